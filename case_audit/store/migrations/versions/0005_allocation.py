"""Who reads which file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create revisions of allocations and their cases."""
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=False),
        sa.Column("auditors_json", sa.Text(), nullable=False),
        sa.Column("allow_own_team", sa.Boolean(), nullable=False),
        sa.Column("at_utc", sa.String(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.CheckConstraint("number >= 1", name="allocation_number_from_1"),
        sa.CheckConstraint("act IN ('assign', 'clear', 'undo')", name="allocation_act"),
        sa.CheckConstraint(
            "restores >= 0 AND restores < number", name="allocation_restores_earlier"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("round_id", "number", name="allocation_once"),
    )
    op.create_index("ix_allocation_round_id", "allocation", ["round_id"])
    op.create_table(
        "allocated_case",
        sa.Column("allocation_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("auditor", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["allocation_id"], ["allocation.id"]),
        sa.ForeignKeyConstraint(["case_id"], ["round_case.id"]),
        sa.PrimaryKeyConstraint("allocation_id", "case_id"),
    )
