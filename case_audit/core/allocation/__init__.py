"""Who reads which file."""
