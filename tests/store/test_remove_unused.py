"""A file made for nothing goes away; one that anybody needs stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from case_audit.services.database import Database
from case_audit.store.database import remove_unused

if TYPE_CHECKING:
    from pathlib import Path


def test_a_database_that_holds_nothing_is_taken_away(tmp_path: Path) -> None:
    """With the files that the embedded database keeps beside it."""
    database = Database(str(tmp_path / "a.db"))

    assert database.discard()

    assert list(tmp_path.iterdir()) == []


def test_a_database_that_holds_anything_stays(tmp_path: Path) -> None:
    """Even if it is only that it is for practice."""
    path = tmp_path / "a.db"
    database = Database(str(path))
    with database.write() as uow:
        uow.registry.set_kind("practice")
        uow.commit()

    assert not database.discard()

    again = Database(str(path))
    assert again.kind() == "practice"
    again.close()


def test_a_database_that_somebody_has_open_stays(tmp_path: Path) -> None:
    """What they write next would be lost."""
    path = tmp_path / "a.db"
    mine, theirs = Database(str(path)), Database(str(path))
    with theirs.write() as uow:
        uow.registry.set_kind("practice")
        gone = mine.discard()
        uow.commit()

    assert not gone
    assert theirs.kind() == "practice"
    theirs.close()


def test_what_is_no_database_of_ours_stays(tmp_path: Path) -> None:
    """Another program's file, or no database at all."""
    other, text = tmp_path / "other.db", tmp_path / "text.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE thing (x)")
    text.write_text("not a database " * 100, "utf-8")

    assert not remove_unused(other)
    assert not remove_unused(text)

    assert other.exists()
    assert text.exists()
