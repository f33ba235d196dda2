"""Why a round was drawn, what became of its cases, and plans fixed beforehand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"


def upgrade() -> None:
    """Add to rounds and cases, then create plans and promises."""
    # In words of our own: a check can only come with its column in SQLite.
    op.execute(
        "ALTER TABLE round ADD COLUMN purpose VARCHAR DEFAULT 'random' NOT NULL "
        "CONSTRAINT round_purpose CHECK (purpose IN ('random', 'targeted'))"
    )
    op.add_column("round", sa.Column("closed_utc", sa.String(), nullable=True))
    op.execute(
        "ALTER TABLE round_case ADD COLUMN state VARCHAR DEFAULT 'drawn' NOT NULL "
        "CONSTRAINT case_state CHECK "
        "(state IN ('drawn', 'replaced', 'reserve used', 'withdrawn'))"
    )
    _plans()
    _promises()


def _plans() -> None:
    op.create_table(
        "round_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("rubric_digest", sa.String(), nullable=False),
        sa.Column("plan_json", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("fixed_utc", sa.String(), nullable=False),
        sa.Column("fixed_by", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
        sa.ForeignKeyConstraint(["frame_id"], ["frame.id"]),
        sa.ForeignKeyConstraint(["rubric_digest"], ["rubric_text.digest"]),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
    )
    op.create_index("ix_round_plan_frame_id", "round_plan", ["frame_id"])


def _promises() -> None:
    op.create_table(
        "round_promise",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("promised_utc", sa.String(), nullable=False),
        sa.Column("promised_by", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=True),
        sa.Column("revealed_utc", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("plan_id", "place"),
        sa.UniqueConstraint("plan_id", "party", name="promise_once_a_party"),
        sa.CheckConstraint("place IN (1, 2)", name="promise_of_two"),
        sa.ForeignKeyConstraint(["plan_id"], ["round_plan.id"]),
    )
