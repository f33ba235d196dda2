"""Audits in files: CSV, workbooks and JSON Lines, in a council's own words or ours."""
