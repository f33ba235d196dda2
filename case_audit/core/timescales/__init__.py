"""What the dates on the lists say. No grade depends on it."""
