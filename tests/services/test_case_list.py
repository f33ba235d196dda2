"""The list of cases: any page of it, in order, and what words find."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, G
from case_audit.core.allocation.model import Auditor
from case_audit.errors import DatabaseError
from case_audit.services.allocation import assign
from case_audit.services.case_lines import page_of_cases
from case_audit.services.case_list import list_cases, page_of
from case_audit.services.case_numbers import Numbers
from case_audit.services.home import home, list_rounds, named_round
from case_audit.services.replacement import replace_case, undo_replacement
from case_audit.services.rounds import close_round
from case_audit.store.glance import glance
from case_audit.store.hands import Asked
from case_audit.store.lists import Lists
from stored import a_round, audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from case_audit.services.case_lines import CaseLine, Source
    from case_audit.services.database import Database

NAME = "Spring 2026"


@given(last=st.integers(0, 40), gone=st.sets(st.integers(1, 40)))
def test_numbers_without_some_are_those_that_are_left(
    last: int, gone: set[int]
) -> None:
    """As a list would hold them, of which only the gaps are kept."""
    without = sorted(one for one in gone if one <= last)
    plain = [one for one in range(1, last + 1) if one not in without]

    numbers = Numbers(last, without)

    assert list(numbers) == plain
    assert len(numbers) == len(plain)
    assert numbers[1:7:2] == plain[1:7:2]
    with pytest.raises(IndexError):
        numbers[len(plain)]


def shown(source: Source, words: str = "", auditor: str = "Ann") -> list[list[int]]:
    found = list_cases(source, 1, auditor=auditor, words=words)
    return [list(section.numbers) for section in found.sections]


def many_states(database: Database) -> None:
    """A round with every state of a case, partly given out."""
    with_frame(database)
    a_round(database, size=8, strata=("team",))
    ids = case_ids(database)
    audit_case(database, ids[0], {}, rest=G)
    audit_case(database, ids[1], {"v1": G}, then_submit=False)
    audit_case(database, ids[2], {}, rest=G, auditor="Bo")
    audit_case(database, ids[3], {"v2": G}, auditor="Émile O'Neill", then_submit=False)
    lines = named_round(database, NAME)[1]
    for line in lines[4:6]:
        replace_case(database, NAME, line.case.unit, reason="left", by="Lee", now=NOW)
    undo_replacement(database, NAME, lines[5].case.unit, by="Lee", now=NOW)


def whose(line: CaseLine, auditor: str) -> int:
    """Whose a case is, said in another way than the database is asked."""
    if not line.case.stands:
        return 3
    if line.audit:
        return 0 if line.audit.auditor == auditor else 2
    if not line.given_to:
        return 1
    return 0 if line.is_for(auditor) else 2


def by_hand(lines: list[CaseLine], auditor: str, words: str) -> list[list[int]]:
    """The list as it would be made of all cases."""
    said = {
        "not started": "not started",
        "open": "in progress",
        "submitted": "submitted",
        "replaced": "replaced by a reserve",
    }
    kept = []
    for line in lines:
        who = line.audit.auditor if line.audit else line.given_to
        text = f"{line.case.unit} {line.case.stratum} {who} {said[line.state]}".lower()
        if all(word in text for word in words.lower().split()):
            kept.append(line)
    if not any(line.given_to for line in lines):
        return [[line.case.number for line in kept]] if kept else []
    sections = []
    for part in range(4):
        some = [line for line in kept if whose(line, auditor) == part]
        some.sort(key=lambda line: part == 0 and line.state == "submitted")
        sections.append([line.case.number for line in some])
    return [section for section in sections if section]


WORDS = ("", "not started", "SUBMITTED", "team 1", "ann", "in 1", "%", "reserve", "o'n")


def test_the_list_is_what_all_cases_would_make(database: Database) -> None:
    """With and without cases given out, for three people, whatever is looked for."""
    many_states(database)
    for names in ((), ("Ann", "Bo"), ("anN",)):
        if names:
            people = [Auditor(name=name) for name in names]
            assign(database, NAME, people, by="Lee", now=NOW)
        lines = named_round(database, NAME)[1]
        for auditor in ("Ann", "Bo", "Cy"):
            for words in WORDS:
                wanted = by_hand(lines, auditor, words)
                assert shown(database, words, auditor) == wanted, (names, words)
        progress = list_cases(database, 1, auditor="Ann").progress
        assert progress.cases == sum(line.case.stands for line in lines) == 8
        assert progress.submitted == sum(line.state == "submitted" for line in lines)
    assert shown(database, "Émile") == shown(database, "O'Neill") != []


def test_a_page_is_read_in_the_order_asked_for(database: Database) -> None:
    """What is asked of a case is read where its audit is open, and only there."""
    many_states(database)
    one, lines = named_round(database, NAME)
    asked = {line.case.number: (line.answered, line.asked) for line in lines}

    with database.read() as uow:
        page = page_of_cases(uow.lists, one, [4, 99, 2, 1])

    assert [line.case.number for line in page] == [4, 2, 1]
    assert [line.case for line in page] == [lines[n - 1].case for n in (4, 2, 1)]
    assert [line.audit for line in page] == [lines[n - 1].audit for n in (4, 2, 1)]
    assert (page[0].answered, page[0].asked) == asked[4] == (1, 4)
    assert page[2].asked == 0


def test_a_glance_shows_what_the_ordinary_way_shows(embedded: Database) -> None:
    """Before the first import, with a round, in every state; and it cannot write."""
    people = [Auditor(name="Ann"), Auditor(name="Bo")]
    states: list[Callable[[Database], object]] = [
        lambda _: None,
        many_states,
        lambda d: assign(d, NAME, people, by="Lee", now=NOW),
        lambda d: close_round(d, NAME, by="Lee", now=NOW),
        lambda d: a_round(d, name="Second", size=3),
    ]
    for change in states:
        change(embedded)
        look = glance(embedded.url)
        assert look is not None
        for auditor in ("Ann", "Bo", "Cy"):
            assert home(look, auditor=auditor) == home(embedded, auditor=auditor)
            for line in list_rounds(embedded):
                for words in ("", "ann"):
                    asked = {"auditor": auditor, "words": words}
                    found = list_cases(look, line.round.id, **asked)
                    wanted = list_cases(embedded, line.round.id, **asked)
                    assert [list(s.numbers) for s in found.sections] == [
                        list(s.numbers) for s in wanted.sections
                    ]
                    assert (found.round, found.progress) == (
                        wanted.round,
                        wanted.progress,
                    )
                    for section in found.sections:
                        assert page_of(look, found.round, section.numbers) == page_of(
                            embedded, found.round, section.numbers
                        )
        with pytest.raises(DatabaseError, match="readonly"), look.read():
            look._connection.execute("DELETE FROM event")  # noqa: SLF001
        look.close()
    assert list_rounds(embedded)


def test_a_glance_leaves_what_it_does_not_know_to_the_ordinary_way(
    embedded: Database, tmp_path: Path
) -> None:
    """A server, no file, another step, no database, a file of something else."""
    embedded.close()
    text = tmp_path / "text.db"
    text.write_text("not a database", "utf-8")
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE cooking (recipe TEXT)")

    assert glance(embedded.url) is not None
    for url in ("postgresql://host/name", str(tmp_path / "no.db"), text, foreign):
        assert glance(str(url)) is None
    with closing(sqlite3.connect(embedded.url)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0007'")
        connection.commit()
    assert glance(embedded.url) is None
    assert not (tmp_path / "no.db").exists()


def test_a_glance_loads_no_library() -> None:
    """That is what it is for."""
    code = (
        "import sys, case_audit.store.glance, case_audit.services.case_list, "
        "case_audit.services.home\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'pydantic', 'alembic'} & set(sys.modules)\n"
        "sys.exit(len(heavy))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_statement_of_the_list_reads_all_cases(embedded: Database) -> None:
    """Where nothing is looked for, given out or not."""
    many_states(embedded)
    people = [Auditor(name="Ann"), Auditor(name="Bo")]
    assign(embedded, NAME, people, by="Lee", now=NOW)
    statements: list[str] = []
    with closing(sqlite3.connect(embedded.url)) as connection:

        def run(sql: str, values: Mapping[str, object]) -> list[tuple[object, ...]]:
            rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
            statements.extend(row[3] for row in rows)
            return connection.execute(sql, values).fetchall()

        lists = Lists(run)
        lists.last_number(1)
        lists.not_standing(1)
        lists.readers(1)
        lists.cases(1, [1, 2, 3])
        lists.given_out(1)
        lists.progress(1)
        asked = Asked(round_id=1, auditor="Ann", mine=("Ann",))
        counts = lists.hands.counted(asked, last=8, gone=[])
        for group, blocks in counts.items():
            for block in blocks:
                lists.hands.block(asked, group, block)
        lists.hands.waiting(1, ["Ann"])
        assert lists.hands.first_waiting(1, ["Ann"], 2)
        assert not lists.hands.first_waiting(1, ["Ann"], 0)
        lists.hands.first_free(1, last=8, gone=[])

    assert len(statements) > 20
    scans = [one for one in statements if one.startswith("SCAN")]
    assert [one for one in scans if "CONSTANT" not in one] == []
    held = [one for one in statements if "held_count" in one]
    assert held
    assert all("round_id=? AND way=?" in one for one in held)
    assert any("cases_not_standing" in one for one in statements)
    assert [one for one in statements if "TEMP B-TREE FOR ORDER" in one] == []
