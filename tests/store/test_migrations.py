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
from sqlalchemy.exc import IntegrityError
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


def older(tmp_path: Path, version: str, statements: tuple[str, ...]) -> Database:
    """Open with this release what an older one has left behind."""
    address = f"sqlite:///{tmp_path / 'old.db'}"
    folder = files(migrations)
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    with plain_engine(address) as engine, engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for statement in statements:
            connection.execute(text(statement))
    return Database(str(tmp_path / "old.db"))


FIRST = (
    "INSERT INTO meta VALUES ('kind', 'practice')",
    (
        "INSERT INTO import_file VALUES"
        " (1, 'annex_a', 'a.xlsx', '0', '2026-03-31', 'now', 'Lee', 1)"
    ),
    "INSERT INTO frame VALUES (1, 1, 'cp', '2026-03-31', 1, '0', '[]')",
)


def test_units_of_an_older_database_are_their_own_children(tmp_path: Path) -> None:
    """A round that was drawn with the last release finds its children's files."""
    unit = "INSERT INTO frame_unit VALUES (1, 'C1', '{\"team\":\"North\"}')"
    database = older(tmp_path, "0001", (*FIRST, unit))
    with database.read() as uow:
        frame = uow.frames.newest("cp")
        found = list(uow.frames.units(frame.id))

    assert frame.definition == Definition()
    assert found == [FrameUnit(unit="C1", attributes={"team": "North"}, child="C1")]
    database.close()


PART = "'criterion'"
OPENED = "'first', 'open', 'Ann', 'now', NULL, '', NULL"
WORDS = "'', '', 'Ann', '2026-01-01"


def test_answers_of_an_older_database_can_be_taken_back_in_turn(tmp_path: Path) -> None:
    """Their order was not kept, so that of their times is taken."""
    audits = [
        f"{table} VALUES {row}"
        for table, row in (
            ("rubric_text", "('0', 'r', '1', '{}', 'now')"),
            ("round", "(1, 'R', 1, 'cp', '0', '{}', 'now', 'Lee')"),
            ("round_case", "(1, 1, 1, 'C1', 'all'), (2, 1, 2, 'C2', 'all')"),
            ("audit", f"(1, 1, {OPENED}), (2, 2, {OPENED})"),
            ("answer", f"('x', 1, {PART}, 'v1', 1, 'good', {WORDS} 09:00')"),
            ("answer", f"('a', 1, {PART}, 'v1', 2, 'inadequate', {WORDS} 11:00')"),
            ("answer", f"('m', 1, {PART}, 'v2', 1, 'good', {WORDS} 10:00')"),
            ("answer", f"('b', 2, {PART}, 'v1', 1, 'good', {WORDS} 08:00')"),
        )
    ]
    statements = (*FIRST, *(f"INSERT INTO {one}" for one in audits))
    database = older(tmp_path, "0001", statements)

    with database.read() as uow:
        steps = uow.audits.steps(1)

    assert [(s.act, s.answer.subject, s.answer.value) for s in steps] == [
        ("change", "v1", "good"),
        ("change", "v2", "good"),
        ("change", "v1", "inadequate"),
    ]
    assert not any(s.answer.flagged or s.answer.confidence for s in steps)
    database.close()


def test_rounds_of_an_older_database_keep_their_purpose(tmp_path: Path) -> None:
    """And what points to them; from then on earlier audits may be kept beside them."""
    purposes = {1: "random", 2: "targeted"}
    rows = [
        *("rubric_text VALUES ('0', 'r', '1', '{}', 'now')",),
        *(
            "round (id, name, frame_id, cohort, rubric_digest, manifest_json, "
            f"drawn_utc, drawn_by, purpose) VALUES ({key}, 'R{key}', 1, 'cp', '0', "
            f"'m', 'now', 'Lee', '{purpose}')"
            for key, purpose in purposes.items()
        ),
        "round_case (id, round_id, number, unit, stratum) VALUES (1, 2, 1, 'C1', 'all')",
    ]
    frame = FIRST[2].replace("frame VALUES", _FRAME)
    statements = (
        FIRST[0],
        FIRST[1].replace("1)", "1, '[]')"),
        frame,
        *(f"INSERT INTO {row}" for row in rows),
    )
    database = older(tmp_path, "0008", statements)

    with database.read() as uow:
        found = {one.id: one.purpose for one in uow.rounds.rounds()}
        (case,) = uow.rounds.cases(2)

    assert found == purposes
    assert case.unit == "C1"
    sql(database, "UPDATE round SET purpose = 'history' WHERE id = 1")
    with pytest.raises(IntegrityError, match="CHECK"):
        sql(database, "UPDATE round SET purpose = 'whim'")
    database.close()


_FRAME = "frame (id, import_id, cohort, as_at, units, digest, excluded_json) VALUES"
