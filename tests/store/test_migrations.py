"""The migrations make the tables that the code expects, whole or not at all."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from alembic import command, op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from case_audit.core.frame.definition import Definition
from case_audit.core.frame.model import FrameUnit
from case_audit.errors import DatabaseError
from case_audit.services.database import Database
from case_audit.store import migrations
from case_audit.store.migrations import HEAD, KNOWN
from stored import plain_engine, sql

if TYPE_CHECKING:
    from pathlib import Path

TABLES = ["alembic_version", *SQLModel.metadata.tables]


def tables(address: str) -> set[str]:
    with plain_engine(address) as engine:
        return set(inspect(engine).get_table_names())


def test_a_fresh_database_is_what_the_tables_say(database: Database) -> None:
    """Otherwise a query works on a developer's machine and fails on a council's."""
    with plain_engine(database.url) as engine, engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        found = compare_metadata(context, SQLModel.metadata)

    assert found == []


def test_every_constraint_of_the_tables_is_in_the_database(database: Database) -> None:
    """The comparison above does not look at checks; the database must."""
    with plain_engine(database.url) as engine:
        seen = inspect(engine)
        there = {
            (table, check["name"])
            for table in SQLModel.metadata.tables
            for check in seen.get_check_constraints(table)
        }
    wanted = {
        (name, constraint.name)
        for name, table in SQLModel.metadata.tables.items()
        for constraint in table.constraints
        if type(constraint).__name__ == "CheckConstraint" and constraint.name
    }

    assert wanted
    assert wanted <= there


def test_the_known_steps_are_the_ones_that_ship() -> None:
    """A step left out of the list would make its own databases "newer"."""
    folder = files(migrations)
    script = ScriptDirectory(str(folder))

    assert [s.revision for s in script.walk_revisions()][::-1] == list(KNOWN)
    assert script.get_heads() == [HEAD]


def test_a_failed_step_leaves_nothing_behind(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After a full disk, the next start finds the old state, not half a new one."""
    if "://" in database.url:
        address = database.url
        for table in TABLES:
            sql(database, f"DROP TABLE {table} CASCADE")
    else:
        address = str(tmp_path / "new.db")
    made: list[str] = []
    create = op.create_table

    def create_some(name: str, *columns: object) -> None:
        made.append(name)
        if len(made) > 4:
            create(made[0], *columns)  # type: ignore[arg-type]
        create(name, *columns)  # type: ignore[arg-type]

    monkeypatch.setattr(op, "create_table", create_some)
    with pytest.raises(DatabaseError, match="already exists"):
        Database(address)
    left = tables(address)
    monkeypatch.undo()
    again = Database(address)

    assert len(made) == 5
    assert left == set()
    assert tables(address) == set(TABLES)
    again.close()


def test_opening_again_changes_nothing(database: Database) -> None:
    """Every command opens the database; only the first may have work to do."""
    sql(database, "UPDATE alembic_version SET version_num = version_num")
    with database.write() as uow:
        uow.registry.set_kind("practice")
        uow.commit()

    again = Database(database.url)

    assert again.kind() == "practice"
    assert sql(database, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    again.close()


def test_units_of_an_older_database_are_their_own_children(tmp_path: Path) -> None:
    """A round that was drawn with the last release finds its children's files."""
    address = f"sqlite:///{tmp_path / 'old.db'}"
    folder = files(migrations)
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    with plain_engine(address) as engine, engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in (
            "INSERT INTO meta VALUES ('kind', 'practice')",
            (
                "INSERT INTO import_file VALUES"
                " (1, 'annex_a', 'a.xlsx', '0', '2026-03-31', 'now', 'Lee', 1)"
            ),
            "INSERT INTO frame VALUES (1, 1, 'cp', '2026-03-31', 1, '0', '[]')",
            "INSERT INTO frame_unit VALUES (1, 'C1', '{\"team\":\"North\"}')",
        ):
            connection.execute(text(statement))

    database = Database(str(tmp_path / "old.db"))
    with database.read() as uow:
        frame = uow.frames.newest("cp")
        found = list(uow.frames.units(frame.id))

    assert frame.definition == Definition()
    assert found == [FrameUnit(unit="C1", attributes={"team": "North"}, child="C1")]
    database.close()
