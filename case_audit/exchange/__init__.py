"""Files in and out, for machines."""
