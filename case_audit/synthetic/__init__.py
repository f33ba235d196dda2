"""Invented data: a county that does not exist, its children, families and files."""
