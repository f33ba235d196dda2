"""Flags and confidence of answers, and the order in which they were changed."""

from __future__ import annotations

from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns; number earlier changes by time, as well as it can tell."""
    op.add_column(
        "answer",
        sa.Column("flagged", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    # In words of our own: a check can only come with its column in SQLite.
    op.execute(
        "ALTER TABLE answer ADD COLUMN confidence VARCHAR "
        "CONSTRAINT answer_confidence CHECK "
        "(confidence IN ('low', 'medium', 'high'))"
    )
    op.execute(
        "ALTER TABLE answer ADD COLUMN act VARCHAR DEFAULT 'change' NOT NULL "
        "CONSTRAINT answer_act CHECK (act IN ('change', 'undo', 'redo'))"
    )
    op.add_column("answer", sa.Column("step", sa.Integer(), nullable=True))
    _number()
    op.create_index("steps_of_audit", "answer", ["audit_id", "step"], unique=True)


def _number() -> None:
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT audit_id, id FROM answer ORDER BY audit_id, at_utc, revision, id"
        )
    ).all()
    steps = [
        {"id": row.id, "step": place}
        for _, of_audit in groupby(rows, key=lambda row: row.audit_id)
        for place, row in enumerate(of_audit, 1)
    ]
    if steps:
        connection.execute(
            sa.text("UPDATE answer SET step = :step WHERE id = :id"), steps
        )
