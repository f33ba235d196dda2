"""Opening a database: what it is set to, and what is refused untouched."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from case_audit.errors import (
    DatabaseError,
    ForeignDatabaseError,
    NewerDatabaseError,
    UnknownDatabaseKindError,
)
from case_audit.services.database import Database
from case_audit.store.database import _SETTINGS, open_database
from case_audit.store.keys import WRITING
from stored import sql

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


TABLES = ["alembic_version", *SQLModel.metadata.tables]


@pytest.fixture
def postgres_only(database: Database) -> Database:
    """The database, where it is PostgreSQL."""
    if "://" not in database.url:
        pytest.skip("about PostgreSQL")
    return database


def shape(path: Path) -> dict[str, str]:
    """Return the digest of every file in a folder, by name."""
    return {p.name: sha256(p.read_bytes()).hexdigest() for p in path.iterdir()}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 30_000),
        ("trusted_schema", 0),
        ("secure_delete", 1),
        ("temp_store", 2),
    ],
)
def test_settings_are_read_back_as_set(
    tmp_path: Path, pragma: str, value: object
) -> None:
    """SQLite may keep others without a word; WAL with FULL survives a power cut."""
    opened = open_database(str(tmp_path / "a.db"))

    with opened.connect() as one, opened.connect() as other:
        found = [c.exec_driver_sql(f"PRAGMA {pragma}").scalar() for c in (one, other)]

    assert found == [value, value]
    opened.dispose()


@posix
def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Children's data lies in it, and so do copies beside it while it is open."""
    old = os.umask(0)
    try:
        opened = Database(str(tmp_path / "deep" / "a.db"))
        with opened.write() as uow:
            uow.registry.set_kind("live")
            uow.commit()
        modes = {p.name: _mode(p) for p in (tmp_path / "deep").iterdir()}
        opened.close()
    finally:
        os.umask(old)

    assert _mode(tmp_path / "deep") == 0o700
    assert set(modes) == {"a.db", "a.db-wal", "a.db-shm"}
    assert set(modes.values()) == {0o600}


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_who_waits_in_vain_for_a_turn_to_write_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a copy of the file is made by a program that locks it."""
    monkeypatch.setitem(_SETTINGS, "busy_timeout", "1")
    path = tmp_path / "a.db"
    ours = Database(str(path))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(DatabaseError, match="database is locked"):
            _decide(ours, "live")
        assert ours.kind() == ""  # readers do not wait
    finally:
        other.close()
        ours.close()


def _decide(database: Database, kind: str) -> None:
    with database.write() as uow:
        uow.registry.set_kind(kind)
        uow.commit()


def a_foreign_one(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photos (id INTEGER)")
    connection.commit()
    connection.close()


def a_migrated_foreign_one(path: Path) -> None:
    """Another program's, which also counts its schema from 0001."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photos (id INTEGER)")
    connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.commit()
    connection.close()


def a_newer_one(path: Path) -> None:
    Database(str(path)).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()


def a_text(path: Path) -> None:
    path.write_text("unit,reason\nSYN-1,Rosa Quillmere\n" * 100)


def a_torn_one(path: Path) -> None:
    """The first pages of a database, the rest overwritten."""
    Database(str(path)).close()
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xaa" * (len(data) - 100))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (a_foreign_one, ForeignDatabaseError),
        (a_migrated_foreign_one, ForeignDatabaseError),
        (a_newer_one, NewerDatabaseError),
        (a_text, DatabaseError),
        (a_torn_one, DatabaseError),
    ],
)
def test_what_is_not_ours_is_refused_and_not_touched(
    tmp_path: Path, make: Callable[[Path], None], error: type[Exception]
) -> None:
    """Pointed at the wrong file: no byte of it changes, nothing is left beside."""
    path = tmp_path / "a.db"
    make(path)
    before = shape(tmp_path)

    with pytest.raises(error):
        open_database(str(path))

    assert shape(tmp_path) == before


def test_the_error_about_a_text_file_does_not_quote_it(tmp_path: Path) -> None:
    """It may be a list of children."""
    a_text(tmp_path / "a.db")

    with pytest.raises(DatabaseError) as caught:
        open_database(str(tmp_path / "a.db"))

    assert "not a database" in str(caught.value)
    assert "Rosa" not in "".join(caught.value.lines)


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    """It is what a first start leaves that was ended at the wrong moment."""
    path = tmp_path / "a.db"
    path.touch()

    Database(str(path)).close()

    assert sqlite3.connect(path).execute("SELECT count(*) FROM event").fetchone() == (
        0,
    )


@pytest.mark.parametrize("name", ["what?.db", "50%.db", "a#b.db", "a b.db", "ü.db"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    """A path is a path, not an address with a question mark in it."""
    path = tmp_path / name

    with Database(str(path)).write() as uow:
        uow.registry.set_kind("practice")
        uow.commit()

    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".db"] == [name]
    assert Database(str(path)).kind() == "practice"


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"cannot be used"):
        open_database(str(tmp_path))


@pytest.mark.parametrize("address", ["nonsense://host/x", "://", "postgres"])
def test_an_address_that_cannot_be_understood_is_said_to_be_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """The last one is no address, so it is the name of a file."""
    monkeypatch.chdir(tmp_path)
    if "://" not in address:
        open_database(address).dispose()
        assert (tmp_path / address).is_file()
        return

    with pytest.raises(UnknownDatabaseKindError, match="names no database"):
        open_database(address)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    """Messages end up in tickets and screenshots."""
    with pytest.raises(DatabaseError) as caught:
        open_database("postgresql+psycopg://ann:s3cret@127.0.0.1:1/audit")

    said = "\n".join(caught.value.lines)
    assert "ann:***@127.0.0.1" in said
    assert "s3cret" not in said


def test_the_usual_address_of_a_server_is_understood(postgres_only: Database) -> None:
    """Nobody knows the name of the driver, and nobody should need to."""
    plain = postgres_only.url.replace("postgresql+psycopg://", "postgresql://")

    again = Database(plain)

    assert again.kind() == ""
    again.close()


def test_another_kind_of_server_is_refused_without_its_password() -> None:
    with pytest.raises(UnknownDatabaseKindError) as caught:
        open_database("mysql://ann:s3cret@host/audit")

    assert "s3cret" not in "".join(caught.value.lines)


def test_another_programs_server_database_is_refused(database: Database) -> None:
    """The same on both databases: its tables stay its own."""
    for table in ("alembic_version", "event"):
        sql(database, f"ALTER TABLE {table} RENAME TO x_{table}")

    with pytest.raises(ForeignDatabaseError):
        open_database(database.url)


def test_an_error_holds_no_values(database: Database) -> None:
    """A statement's values are what was written about a child."""
    statement = text("INSERT INTO meta (key, value) VALUES ('one', :value)")
    writing = open_database(database.url).execution_options(**{WRITING: True})

    def write_twice() -> None:
        with writing.begin() as connection:
            for _ in range(2):
                connection.execute(statement, {"value": "CANARY Rosa"})

    with pytest.raises(DBAPIError) as caught:
        write_twice()

    assert "INSERT INTO meta" in str(caught.value)
    assert "CANARY" not in str(caught.value)
    writing.dispose()


def test_a_refused_write_becomes_one_of_our_errors(database: Database) -> None:
    """With the place in it, and without what should have been written."""

    def write_twice() -> None:
        with database.write() as uow:
            uow.registry.set_kind("live")
            uow.registry.set_kind("CANARY")
            uow.commit()

    with pytest.raises(DatabaseError) as caught:
        write_twice()

    said = "".join(caught.value.lines)
    assert "CANARY" not in said
    assert "cannot be used" in said


def test_several_may_open_a_new_database_at_once(database: Database) -> None:
    """A team starts on a Monday morning: one makes the tables, all go on."""
    address = database.url
    if "://" in address:
        for table in TABLES:
            sql(database, f"DROP TABLE {table} CASCADE")
    else:
        address = f"{address}.new.db"

    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(Database, [address] * 6))

    assert {one.kind() for one in opened} == {""}
    for one in opened:
        one.close()


def test_a_plain_address_of_an_embedded_file_works(tmp_path: Path) -> None:
    """Both ways to name a file lead to the same database."""
    path = tmp_path / "a.db"
    with Database(str(path)).write() as uow:
        uow.registry.set_kind("live")
        uow.commit()

    assert Database(f"sqlite:///{path.as_posix()}").kind() == "live"


def test_reading_does_not_wait_for_writing(database: Database) -> None:
    """Somebody imports for a minute; everybody else reads on."""
    with database.write() as writing:
        writing.registry.set_kind("live")

        assert database.kind() == ""


def test_writing_waits_its_turn(database: Database) -> None:
    """Two at once would both be told "live" and one would be wrong."""

    def decide(kind: str) -> str:
        with database.write() as uow:
            found = uow.registry.kind()
            if not found:
                uow.registry.set_kind(kind)
            uow.commit()
            return found or kind

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(decide, [f"kind{i}" for i in range(8)]))

    assert found == {database.kind()}


def test_what_was_not_committed_is_gone(database: Database) -> None:
    with database.write() as uow:
        uow.registry.set_kind("live")

    assert database.kind() == ""


def test_a_reading_unit_sees_one_moment(database: Database) -> None:
    """A page is never put together from before and after somebody's change."""
    with database.read() as reading:
        before = reading.registry.kind()
        with database.write() as writing:
            writing.registry.set_kind("live")
            writing.commit()

        assert reading.registry.kind() == before == ""
        assert not list(reading.frames.frames())


def test_reading_cannot_write(postgres_only: Database) -> None:
    """A report or a screen leaves the database as it was, mistakes or not."""

    def write() -> None:
        with postgres_only.read() as uow:
            uow.registry.set_kind("live")
            uow.commit()

    with pytest.raises(DatabaseError, match="read-only"):
        write()
