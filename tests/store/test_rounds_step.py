"""Rounds of the last release get what this one needs, and keep what they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy.exc import IntegrityError

from case_audit.services.database import Database
from case_audit.store import migrations
from case_audit.store.migrations.upgrade import upgrade
from stored import plain_engine

if TYPE_CHECKING:
    from pathlib import Path

OLD = """
INSERT INTO import_file VALUES
    (1, 'annex_a', 'a.xlsx', 'f', '2026-03-31', '2026-04-01', 'Lee', 1);
INSERT INTO frame (id, import_id, cohort, as_at, units, digest, excluded_json)
    VALUES (1, 1, 'cp', '2026-03-31', 1, 'd', '[]');
INSERT INTO rubric_text VALUES ('r', 'small', '1.0', 'Small', '{}');
INSERT INTO round VALUES
    (1, 'Spring', 1, 'cp', 'r', '{}', '2026-04-01T09:00:00Z', 'Lee');
INSERT INTO round_case VALUES (1, 1, 1, 'C1', 'all');
"""


def at_first_step(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a database as the first release left it, with a round in it."""
    newest = command.upgrade

    def only_first(config: object, _revision: str) -> None:
        newest(config, "0001")  # type: ignore[arg-type]

    with plain_engine(str(path)) as engine:
        with monkeypatch.context() as patch:
            patch.setattr(command, "upgrade", only_first)
            upgrade(engine)
        with engine.begin() as connection:
            for statement in OLD.split(";\n"):
                if statement.strip():
                    connection.exec_driver_sql(statement)


def test_a_round_of_the_last_release_is_random_and_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody drew anything else then; and its cases all stand."""
    path = tmp_path / "old.db"
    at_first_step(path, monkeypatch)

    with Database(str(path)).read() as uow:
        (one,) = uow.rounds.rounds()
        (case,) = uow.rounds.cases(one.id)

    assert (one.purpose, one.closed_utc) == ("random", "")
    assert (case.unit, case.state, case.stands) == ("C1", "drawn", True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE round SET purpose = 'whim'",
        "UPDATE round_case SET state = 'lost'",
    ],
)
def test_an_old_database_refuses_what_a_new_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    """A check that only new databases have would be no promise."""
    path = tmp_path / "old.db"
    at_first_step(path, monkeypatch)
    Database(str(path)).close()

    with (
        plain_engine(str(path)) as engine,
        pytest.raises(IntegrityError, match="CHECK"),
        engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)


def test_steps_go_on_from_the_first() -> None:
    """The databases above begin where every database began."""
    assert migrations.KNOWN[0] == "0001"
