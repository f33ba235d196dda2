"""3. What was found, with evidence."""
