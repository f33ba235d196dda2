"""Any table of one list, read by a mapping file that says which column is which."""
