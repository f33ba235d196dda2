"""What frames were asked to hold, whose each unit is, and the extra columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0003"


def upgrade() -> None:
    """Frames made before hold children, as by default; each unit is its child."""
    # In one statement each: SQLite adds no constraint to a table that is there.
    op.execute(
        "ALTER TABLE frame ADD COLUMN unit_kind VARCHAR DEFAULT 'child' NOT NULL"
        " CONSTRAINT frame_unit_kind CHECK (unit_kind IN ('child', 'episode'))"
    )
    op.add_column(
        "frame",
        sa.Column("definition_json", sa.Text(), server_default="{}", nullable=False),
    )
    op.add_column("frame_unit", sa.Column("child", sa.String(), nullable=True))
    op.execute("UPDATE frame_unit SET child = unit")
    op.create_table(
        "extra",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("child", sa.String(), nullable=False),
        sa.Column("values_json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["import_file.id"]),
        sa.PrimaryKeyConstraint("import_id", "child"),
    )
