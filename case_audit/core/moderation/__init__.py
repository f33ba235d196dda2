"""Two audits of one case: do graders agree, and which way do they differ."""
