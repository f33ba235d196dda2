"""Statutory returns and the Standard Safeguarding Dataset, read as Annex A lists."""
