"""A list that is read by blocks is the one that all cases would make, at any time."""

# ruff: noqa: S608 - statements are put together from our own words

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from case_audit.core.allocation.people import same_person
from case_audit.services.case_list import list_cases, search_cases
from case_audit.store.hands import BLOCK
from case_audit.store.matching import matching, placeholders
from stored import a_round, plain_engine, with_frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from case_audit.services.case_list import CaseList
    from case_audit.services.database import Database

SIZE = 2 * BLOCK + 100
PEOPLE = ("Ann", "anN", "Bo", "Émile O'Neill")
NEWEST = "(SELECT id FROM allocation WHERE round_id = 1 ORDER BY number DESC LIMIT 1)"
STANDS = "c.state IN ('drawn', 'reserve used')"
CASES = f"""
FROM round_case c
LEFT JOIN audit a ON a.case_id = c.id AND a.role = 'first'
LEFT JOIN allocated_case g ON g.case_id = c.id AND g.allocation_id = {NEWEST}
WHERE c.round_id = 1 AND c.state <> 'withdrawn'
"""
WHOSE = """CASE WHEN c.state = 'replaced' THEN 3
WHEN a.auditor = :auditor THEN 0 WHEN a.id IS NOT NULL THEN 2
WHEN coalesce(g.auditor, '') = '' THEN 1 WHEN g.auditor IN ({mine}) THEN 0 ELSE 2 END"""
LAST = (
    "CASE WHEN a.auditor = :auditor AND a.state = 'submitted' "
    "AND c.state <> 'replaced' THEN 1 ELSE 0 END"
)

CHANGES = {
    "begin": (
        "INSERT INTO audit (case_id, role, state, auditor, started_utc, place) "
        "SELECT id, CAST(:role AS varchar), 'open', CAST(:who AS varchar), 'now', '' FROM round_case c WHERE {some} AND "
        "NOT EXISTS (SELECT 1 FROM audit a WHERE a.case_id = c.id AND a.role = CAST(:role AS varchar))"
    ),
    "submit": "UPDATE audit SET state = 'submitted' WHERE {of_some}",
    "take back": "UPDATE audit SET state = 'open' WHERE {of_some}",
    "take over": "UPDATE audit SET auditor = :who WHERE {of_some}",
    "put back": "DELETE FROM audit WHERE {of_some} AND state = 'open'",
    "give": (
        "INSERT INTO allocated_case (allocation_id, case_id, auditor) "
        "SELECT n.wanted, c.id, CAST(:who AS varchar) FROM round_case c, "
        f"(SELECT id AS wanted FROM allocation WHERE round_id = 1 AND id {{which}} "
        f"{NEWEST}) n WHERE {{some}} AND NOT EXISTS (SELECT 1 FROM allocated_case g "
        "WHERE g.allocation_id = n.wanted AND g.case_id = c.id)"
    ),
    "give to another": "UPDATE allocated_case SET auditor = :who WHERE {of_some}",
    "give to nobody": "DELETE FROM allocated_case WHERE {of_some}",
    "give out anew": (
        "INSERT INTO allocation (round_id, number, act, restores, auditors_json, "
        "allow_own_team, at_utc, done_by) SELECT 1, coalesce(max(number), 0) + 1, "
        "'assign', 0, '[]', {no}, 'now', 'Lee' FROM allocation WHERE round_id = 1"
    ),
    "drop the newest": f"DELETE FROM allocation WHERE id = {NEWEST} AND NOT EXISTS "
    "(SELECT 1 FROM allocated_case g WHERE g.allocation_id = allocation.id)",
    "replace": "UPDATE round_case SET state = 'replaced' WHERE {some}",
    "withdraw": "UPDATE round_case SET state = 'withdrawn' WHERE {some}",
    "stand again": "UPDATE round_case SET state = 'reserve used' WHERE {some}",
}
"""What may happen to cases; each happens to some of them at once."""


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    """One change with its values."""
    first = draw(st.integers(1, SIZE))
    values: dict[str, object] = {
        "first": first,
        "last": first + draw(st.sampled_from([0, 3, 700, SIZE])),
        "each": draw(st.integers(1, 5)),
        "who": draw(st.sampled_from(PEOPLE)),
        "role": draw(st.sampled_from(["first", "first", "second"])),
        "which": draw(st.sampled_from(["=", "=", "<"])),
    }
    return draw(st.sampled_from(list(CHANGES))), values


def change(connection: Connection, what: str, values: dict[str, object]) -> None:
    """Let something happen, as anybody with SQL could."""
    some = "number BETWEEN :first AND :last AND number % :each = 0"
    of_some = f"case_id IN (SELECT id FROM round_case WHERE {some})"
    server = connection.dialect.name == "postgresql"
    statement = CHANGES[what].format(
        some=some, of_some=of_some, which=values["which"], no="false" if server else "0"
    )
    connection.execute(text(statement), values)


def plain(
    connection: Connection, auditor: str, readers: Sequence[str], words: str
) -> list[list[int]]:
    """The list in one statement that looks at every case."""
    mine = [name for name in readers if same_person(name, auditor)]
    listed, values = placeholders("me", [*mine, ""])
    condition, sought = matching(words.split())
    whose = WHOSE.format(mine=listed) if readers else "0"
    last = LAST if readers else "0"
    rows = connection.execute(
        text(
            f"SELECT {whose} AS whose, {last} AS done, c.number {CASES} {condition} "
            "ORDER BY 1, 2, 3"
        ),
        {"auditor": auditor, **values, **sought},
    )
    return [[row[2] for row in some] for _, some in groupby(rows, lambda row: row[0])]


def numbers(found: CaseList) -> list[list[int]]:
    return [list(section.numbers) for section in found.sections]


def one(connection: Connection, statement: str, **values: object) -> list[object]:
    return [row[0] for row in connection.execute(text(statement), values)]


@pytest.mark.slow
@example([("give out anew", {"which": "="}), ("drop the newest", {"which": "="})])
@given(st.lists(changes(), min_size=1, max_size=12))
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_happens_the_blocks_are_what_all_cases_would_make(
    database: Database, happened: list[tuple[str, dict[str, object]]]
) -> None:
    """In order, for everybody, with words and without; and so are the counts."""
    a_long_round(database)
    with plain_engine(database.url) as engine:
        with engine.begin() as connection:
            for what, values in happened:
                change(connection, what, values)
        with engine.connect() as connection, database.read() as uow:
            lists = uow.lists
            readers = one(
                connection,
                f"SELECT DISTINCT auditor FROM allocated_case g "
                f"WHERE allocation_id = {NEWEST} ORDER BY auditor",
            )
            assert set(lists.readers(1)) == set(readers)
            assert (
                lists.given_out(1)
                == one(
                    connection,
                    "SELECT count(*) FROM allocated_case g JOIN round_case c ON "
                    f"c.id = g.case_id WHERE g.allocation_id = {NEWEST} AND {STANDS}",
                ).pop()
            )
            begun = lists.progress(1).begun, lists.progress(1).submitted
            assert begun == tuple(
                one(
                    connection,
                    "SELECT count(*) FROM audit a JOIN round_case c ON c.id = a.case_id "
                    f"WHERE a.role = 'first' AND a.state = :state AND {STANDS}",
                    state=state,
                ).pop()
                for state in ("open", "submitted")
            )
            waits = f"{CASES} AND a.id IS NULL AND {STANDS}"
            given_to = [
                one(
                    connection,
                    f"SELECT c.number {waits} AND g.auditor = :who ORDER BY 1",
                    who=who,
                )
                for who in PEOPLE
            ]
            hands = lists.hands
            assert [hands.waiting(1, [who]) for who in PEOPLE] == [*map(len, given_to)]
            assert [hands.first_waiting(1, [who], 5) for who in PEOPLE] == [
                found[:5] for found in given_to
            ]
            free = one(
                connection,
                f"SELECT c.number {waits} AND g.case_id IS NULL ORDER BY 1 LIMIT 1",
            )
            gone = lists.not_standing(1)
            assert [hands.first_free(1, last=SIZE, gone=gone)] == (free or [0])
            for who in PEOPLE:
                for words in ("", "in prog", "bo", "sub X1"):
                    wanted = plain(connection, who, lists.readers(1), words)
                    found = list_cases(database, 1, auditor=who, words=words)
                    assert numbers(found) == wanted, (who, words)


def a_long_round(database: Database) -> None:
    """Put cases into a round until it has more than two blocks, once."""
    with database.read() as uow:
        if uow.lists.frames():
            return
    with_frame(database)
    a_round(database)
    with plain_engine(database.url) as engine, engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO round_case (round_id, number, unit, stratum) "
                "VALUES (1, :number, :unit, 'all')"
            ),
            [{"number": n, "unit": f"X{n}"} for n in range(6, SIZE + 1)],
        )


def test_a_search_shows_what_it_has_and_ends_with_all(database: Database) -> None:
    """Block by block, each list beginning like the next, the last one whole."""
    a_long_round(database)

    found = list(search_cases(database, 1, auditor="Ann", words="1", step=1))

    assert [one.whole for one in found] == [False, False, True]
    some: list[int] = []
    for one_list in found:
        (now,) = numbers(one_list)
        assert now[: len(some)] == some
        assert len(now) > len(some)
        some = now
    assert numbers(list_cases(database, 1, auditor="Ann", words="1")) == [some]
    wanted = [n for n in range(6, SIZE + 1) if "1" in f"X{n}"]
    assert [n for n in some if n > 5] == wanted


def test_what_was_begun_meanwhile_leaves_a_gap(database: Database) -> None:
    """Somebody else may begin a case while a list is open; it is read anew later."""
    a_long_round(database)
    happened: list[tuple[str, dict[str, object]]] = [
        ("give out anew", {}),
        ("give", {"which": "=", "who": "Bo", "first": 1, "last": 5, "each": 1}),
    ]
    begun = {"first": 1_030, "last": 1_030, "each": 1, "who": "Cy", "role": "first"}
    with plain_engine(database.url) as engine:
        with engine.begin() as connection:
            for what, values in happened:
                change(connection, what, {"which": "=", **values})
        section = list_cases(database, 1, auditor="Ann").sections[0]
        with engine.begin() as connection:
            change(connection, "begin", {"which": "=", **begun})

    left = [n for n in range(6, 2 * BLOCK + 1) if n != 1_030]
    assert list(section.numbers)[: 2 * BLOCK - 5] == [*left, 0]
