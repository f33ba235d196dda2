"""What follows from audits: actions, escalations, re-audits."""
