"""The audit as a dialogue, line by line: for screen readers and plain terminals."""
