"""Actions, and the ends of escalations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("action_text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("reaudit", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("done_on", sa.String(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("verified_on", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.UniqueConstraint("round_id", "number", name="action_number_in_round"),
        sa.CheckConstraint("number >= 1", name="action_number_from_1"),
        sa.CheckConstraint(
            "about IN ('area', 'domain', 'criterion', 'case')", name="action_about"
        ),
        sa.CheckConstraint(
            "status IN ('open', 'done', 'verified')", name="action_status"
        ),
    )
    op.create_index("ix_action_round_id", "action", ["round_id"])
    op.create_table(
        "escalation_closed",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("closed_utc", sa.String(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "level", "since"),
        sa.ForeignKeyConstraint(["case_id"], ["round_case.id"]),
    )
