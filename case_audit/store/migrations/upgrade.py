"""Run the missing steps in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from case_audit.store.keys import to_write

if TYPE_CHECKING:
    from sqlalchemy import Engine


def upgrade(engine: Engine) -> None:
    """Bring the tables of a database to the newest step.

    Every missing step happens, or none does.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    writing = to_write(engine)
    with writing.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
