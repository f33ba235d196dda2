"""The instrument: frameworks, scales, criteria, descriptors and grade rules."""
