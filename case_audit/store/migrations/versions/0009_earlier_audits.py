"""Rounds of audits from before the program came."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"

CHECK = "purpose IN ('random', 'targeted', 'history')"


def upgrade() -> None:
    """Let a round be history; every round there is keeps its purpose."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE round DROP CONSTRAINT round_purpose")
        op.execute(f"ALTER TABLE round ADD CONSTRAINT round_purpose CHECK ({CHECK})")
        return
    # SQLite changes no check. Its column is replaced and not the table, for other
    # tables point to its rows.
    new = CHECK.replace("purpose", "purpose_new")
    op.execute(
        "ALTER TABLE round ADD COLUMN purpose_new VARCHAR DEFAULT 'random' NOT NULL "
        f"CONSTRAINT round_purpose CHECK ({new})"
    )
    op.execute("UPDATE round SET purpose_new = purpose")
    op.execute("ALTER TABLE round DROP COLUMN purpose")
    op.execute("ALTER TABLE round RENAME COLUMN purpose_new TO purpose")
