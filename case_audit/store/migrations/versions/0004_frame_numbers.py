"""The random numbers of stored frames."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    """Create the numberings and the numbers of their units."""
    op.create_table(
        "numbering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("frame_id", sa.Integer(), nullable=False),
        sa.Column("strata_json", sa.Text(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("counts_json", sa.Text(), nullable=False),
        sa.Column("made_utc", sa.String(), nullable=False),
        sa.CheckConstraint("units >= 0", name="numbering_units"),
        sa.ForeignKeyConstraint(["frame_id"], ["frame.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("frame_id", "strata_json", "seed", name="numbering_once"),
    )
    op.create_index("ix_numbering_frame_id", "numbering", ["frame_id"], unique=False)
    op.create_table(
        "frame_number",
        sa.Column("numbering_id", sa.Integer(), nullable=False),
        sa.Column("stratum_no", sa.Integer(), nullable=False),
        sa.Column("prn", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["numbering_id"], ["numbering.id"]),
        sa.PrimaryKeyConstraint("numbering_id", "stratum_no", "prn", "unit"),
        sqlite_with_rowid=False,
    )
