"""5. What we know and how we know it."""
