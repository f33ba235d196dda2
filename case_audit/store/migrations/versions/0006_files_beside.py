"""What an import read beside its lists: mapping and further columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the files beside; of earlier imports they are not known."""
    op.add_column(
        "import_file",
        sa.Column("beside_json", sa.Text(), nullable=False, server_default="[]"),
    )
