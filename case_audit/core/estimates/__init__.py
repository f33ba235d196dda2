"""4. What may be said of all cases."""
