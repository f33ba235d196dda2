"""What protects the people in the files: the text gate and the sealed log."""
