"""Counts that are missing are made, wrong ones are found, cases come by an index."""

# ruff: noqa: S608 - statements are put together from our own words

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from builders import (
    LIM7,
    NOW,
    UNMANAGED,
    G,
    I,
    O,
    R,
    a_criterion,
    a_question,
    a_rubric,
    yes_no,
)
from case_audit.core.audit.model import FLAG, TICKED, Answer
from case_audit.core.selfassessment.case_lists import LISTED
from case_audit.errors import DatabaseError, UnknownRoundError
from case_audit.reports.summary_json import summary_json
from case_audit.reports.summary_text import summary_text
from case_audit.services.answers import give_answer
from case_audit.services.audit import submit
from case_audit.services.counts import complete
from case_audit.services.database import Database
from case_audit.services.evidence import cases_at
from case_audit.services.replacement import replace_case
from case_audit.services.selfassessment import chosen, recount, summarise
from case_audit.services.submitted import BATCH
from case_audit.store import migrations
from case_audit.store.counts import CASES_AT, OF_ROUND, TOTAL
from stored import a_round, audit_case, case_ids, plain_engine, sql, with_frame

if TYPE_CHECKING:
    from pathlib import Path

SPRING = "Spring 2026"
PLAIN = replace(
    a_rubric(
        {"voice": (a_criterion("v1"), a_question("q1", critical=True))},
        limits=(LIM7,),
    ),
    scales=(yes_no(),),
)
RUBRIC = replace(PLAIN, rules=replace(PLAIN.rules, flags=(UNMANAGED,)))
MANY = BATCH + 40


def one_audit(database: Database, size: int) -> int:
    """Draw a round and audit one of its cases: no, ticked, raised and overruled."""
    with_frame(database, size=size + 5)
    a_round(database, size=size, rubric=RUBRIC)
    (first, *_) = case_ids(database)
    audit = audit_case(database, first, {"v1": G, "q1": "no"}, then_submit=False)
    for answer in (
        Answer(part="closing", subject=FLAG + UNMANAGED.id, value=TICKED),
        Answer(part="overall", subject="overall", value=R, rationale="So it is."),
        Answer(part="domain", subject="voice", value=O, rationale="So it is."),
        *(
            Answer(part="closing", subject=key, rationale="Something true.")
            for key in ("difference", "strengths", "improve", "rationale")
        ),
    ):
        given = replace(answer, rationale=answer.rationale or "Seen.")
        give_answer(database, audit, given, auditor="Ann", now=NOW)
    submit(database, audit, auditor="Ann", now=NOW)
    return audit


def many_audits(database: Database, size: int = MANY) -> None:
    """Let every case of a round have the same audit, written past the program."""
    audit = one_audit(database, size)
    sql(
        database,
        "INSERT INTO audit (case_id, role, state, auditor, started_utc, "
        "submitted_utc, place, computed_json) SELECT c.id, role, a.state, auditor, "
        "started_utc, submitted_utc, place, computed_json FROM audit a, round_case c "
        f"WHERE a.id = {audit} AND c.id <> a.case_id ORDER BY c.id",
    )
    sql(
        database,
        "INSERT INTO answer (id, audit_id, part, subject, revision, value, rationale, "
        "evidence, flagged, confidence, step, act, auditor, at_utc) "
        "SELECT lower(hex(randomblob(16))), a.id, part, subject, revision, value, "
        "rationale, evidence, flagged, confidence, step, act, w.auditor, at_utc "
        f"FROM answer w, audit a WHERE w.audit_id = {audit} AND a.id <> {audit}",
    )


def outcomes_of(database: Database) -> int:
    ((audits,),) = sql(database, "SELECT count(DISTINCT audit_id) FROM outcome")
    assert isinstance(audits, int)
    return audits


def test_audits_written_past_the_program_are_counted_before_they_are_read(
    embedded: Database,
) -> None:
    """By an older release or from a file: some at a time, and each time is kept."""
    many_audits(embedded)
    one = chosen(embedded, SPRING)
    sql(
        embedded,
        "CREATE TRIGGER full BEFORE INSERT ON outcome "
        f"WHEN NEW.audit_id = {BATCH + 20} "
        "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
    )

    before = outcomes_of(embedded)
    with pytest.raises(DatabaseError, match="disk is full"):
        complete(embedded, one)
    between = outcomes_of(embedded)
    sql(embedded, "DROP TRIGGER full")
    found = summarise(embedded)

    assert (before, between, outcomes_of(embedded)) == (1, BATCH + 1, MANY)
    assert (found.submitted, found.facts.auditors, found.facts.begun) == (MANY, 1, 0)
    # Of each kind the first are named, and how many there are is said.
    first = tuple(range(1, LISTED + 1))
    (no,) = found.answered_no
    (ticked,) = found.ticked
    assert (no.cases, no.more) == (ticked.cases, ticked.more) == (first, MANY - LISTED)
    assert tuple(case.number for case in found.limited) == first
    assert found.limited_more == MANY - LISTED
    assert dict(found.raised_more) == {"E1": MANY - LISTED}
    assert [(g.number, g.level) for g in found.overruled[:3]] == [
        (1, "domain"),
        (1, "overall"),
        (2, "domain"),
    ]
    assert (len(found.overruled), found.overruled_more) == (LISTED, 2 * MANY - LISTED)
    told = " ".join(summary_text(found).split())
    assert f"18, 19, 20 and {MANY - LISTED} more ({MANY} in all)" in told
    assert f"and {2 * MANY - LISTED} more" in told
    assert f"{2 * MANY} grades in all" in told
    plain = json.loads(summary_json(found))
    assert plain["answered_no"][0]["more"] == MANY - LISTED
    assert plain["raises_more"] == {"E1": MANY - LISTED}
    assert plain["overruled_more"] == 2 * MANY - LISTED
    assert recount(embedded).right


def test_a_database_of_an_older_release_is_counted_once(
    embedded: Database, tmp_path: Path
) -> None:
    """Opened with this release it has the same summary; then nothing is left to do."""
    many_audits(embedded, size=3)
    audit_case(embedded, case_ids(embedded)[0], {}, auditor="Bo", then_submit=False)
    wanted = summarise(embedded)
    path = tmp_path / "old.db"
    copy_as_of("0010", embedded, path)

    old = Database(str(path))
    found = summarise(old)

    assert found == wanted
    assert recount(old).waiting == 0
    old.close()


def copy_as_of(version: str, database: Database, path: Path) -> None:
    """Copy what a release of then would have kept."""
    config = Config()
    config.set_main_option("script_location", str(files(migrations)))
    config.set_main_option("path_separator", "os")
    with plain_engine(str(path)) as engine:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, version)
        with engine.connect() as connection:
            tables = connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'table'")
            ).scalars()
            names = [n for n in tables if n != "alembic_version"]
            connection.execute(text(f"ATTACH '{database.url}' AS new"))
            for name in names:
                info = connection.execute(text(f"PRAGMA main.table_info({name})"))
                columns = ", ".join(row[1] for row in info)
                connection.execute(
                    text(
                        f"INSERT INTO main.{name} ({columns}) "
                        f"SELECT {columns} FROM new.{name} WHERE true"
                    )
                )
            connection.commit()


def test_a_wrong_count_is_found_and_put_right(database: Database) -> None:
    """Somebody with SQL, or a fault of the disk."""
    one_audit(database, 3)
    wanted = summarise(database)

    sql(database, "UPDATE tally SET cases = cases + 1 WHERE subject = 'v1'")
    wrong = recount(database)
    after = summarise(database)
    sql(database, "DELETE FROM tally")
    gone = recount(database, SPRING)

    assert (wrong.audits, wrong.waiting, wrong.wrong_audits) == (1, 0, 0)
    assert (wrong.wrong_counts, wrong.right) == (1, False)
    assert (after, summarise(database)) == (wanted, wanted)
    assert gone.wrong_counts > wrong.wrong_counts
    assert recount(database).right


def test_an_outcome_that_is_not_the_audits_is_found(embedded: Database) -> None:
    """It cannot be changed, only made wrongly; so the guard is taken away first."""
    one_audit(embedded, 3)
    wanted = summarise(embedded)
    sql(embedded, "DROP TRIGGER outcome_fixed")
    sql(embedded, f"UPDATE outcome SET value = '{I}' WHERE subject = 'v1'")

    found = recount(embedded)

    assert (found.wrong_audits, found.wrong_counts) == (1, 2)
    assert summarise(embedded) == wanted
    assert recount(embedded).right


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE outcome SET value = 'outstanding'",
        "INSERT INTO outcome SELECT 2, level, subject, value, round_id, 1 FROM outcome",
        "INSERT INTO outcome SELECT 1, level, 'x', value, round_id, 2 FROM outcome",
    ],
    ids=["changed", "of a second audit", "of another case"],
)
def test_the_database_refuses_outcomes_that_would_not_be_true(
    database: Database, statement: str
) -> None:
    one_audit(database, 3)
    sql(
        database,
        "INSERT INTO audit (id, case_id, role, state, auditor, started_utc, place) "
        "SELECT 2, case_id, 'second', 'submitted', 'Bo', 'now', '' FROM audit",
    )

    with pytest.raises(DBAPIError, match=r"counted|changed"):
        sql(database, statement)


def test_cases_come_with_their_number(database: Database) -> None:
    """Behind a sentence stand its cases: the first ones, and how many in all."""
    with_frame(database)
    a_round(database, size=6, rubric=RUBRIC)
    for number, case in enumerate(case_ids(database), start=1):
        values = {"v1": G if number != 4 else I, "q1": "yes"}
        audit_case(database, case, values, then_submit=number < 6)
    unit = sql(database, "SELECT unit FROM round_case WHERE number = 2")[0][0]
    replace_case(database, SPRING, str(unit), reason="locked", by="Lee", now=NOW)

    assert cases_at(database, SPRING, "v1", G) == ((1, 3, 5), 3)
    assert cases_at(database, SPRING, "v1", G, 2) == ((1, 3), 3)
    assert cases_at(database, SPRING, "v1", I, limit=0) == ((), 1)
    assert cases_at(database, SPRING, "v9", G) == ((), 0)
    with pytest.raises(UnknownRoundError):
        cases_at(database, "Autumn", "v1", G)


def test_what_is_counted_is_read_by_indexes_alone(embedded: Database) -> None:
    """No table is walked through and nothing is sorted, however many answers."""
    one_audit(embedded, 3)
    outcome = {"level": "criterion", "subject": "v1", "value": G}

    for statement in (CASES_AT, OF_ROUND, TOTAL):
        rows = sql(
            embedded,
            f"EXPLAIN QUERY PLAN {statement}",
            **{"round": 1, "limit": 20} | outcome,
        )
        plan = " / ".join(str(row[3]) for row in rows)
        assert "SCAN" not in plan
        assert "TEMP B-TREE" not in plan
        assert "INDEX cases_by_outcome" in plan or "PRIMARY KEY" in plan
        assert "answer" not in plan
