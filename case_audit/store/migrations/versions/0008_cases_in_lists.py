"""Cases that do not stand are found without reading those that do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add an index of the few cases that are replaced or put back."""
    gone = sa.text("state IN ('replaced', 'withdrawn')")
    op.create_index(
        "cases_not_standing",
        "round_case",
        ["round_id", "number"],
        sqlite_where=gone,
        postgresql_where=gone,
    )
