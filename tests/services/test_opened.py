"""A case is the same at a glance and when it is opened."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from desks import desk

from builders import AS_AT, NOW, G
from case_audit.core.allocation.model import Auditor
from case_audit.errors import CaseAuditError
from case_audit.services.allocation import assign
from case_audit.services.answers import give_answer, keep_draft, typed
from case_audit.services.audit import open_case
from case_audit.services.opened import glance_at
from case_audit.services.replacement import replace_case
from case_audit.services.rounds import close_round
from case_audit.store.glance import glance
from stored import a_round, audit_case, case_ids, with_frame

if TYPE_CHECKING:
    from case_audit.core.audit.model import Part
    from case_audit.services.database import Database
    from case_audit.services.opened import OpenCase


@pytest.fixture
def cases(embedded: Database) -> list[int]:
    """Five cases that nobody has begun."""
    with_frame(embedded)
    a_round(embedded)
    return case_ids(embedded)


def glanced(database: Database, case: int) -> OpenCase | None:
    """The case as both see it that do not write."""
    look = glance(database.url)
    assert look is not None
    found = glance_at(look, case, auditor="Ann", now=NOW)
    assert glance_at(database, case, auditor="Ann", now=NOW) == found
    look.close()
    return found


def same(database: Database, case: int) -> OpenCase:
    """The case, after it was seen to be the same in every way of reading it."""
    before = glanced(database, case)
    opened = open_case(database, case, auditor="Ann", now=NOW)
    assert before is not None
    assert before.same_but_for_dates(opened)
    assert replace(before, audit=opened.audit, as_at=AS_AT.isoformat()) == opened
    return before


def test_a_case_nobody_began_is_seen_as_it_will_be_begun(
    embedded: Database, cases: list[int]
) -> None:
    """Looking at it begins nothing."""
    found = glanced(embedded, cases[0])

    with embedded.read() as uow:
        assert uow.audits.of_case(cases[0]) is None
    assert found is not None
    assert found.yours
    assert (found.audit.id, found.audit.auditor) == (0, "Ann")
    assert len(found.file.documents) > 0
    same(embedded, cases[0])


def test_answers_place_and_what_was_being_typed_are_there(
    embedded: Database, cases: list[int]
) -> None:
    """Two texts of one answer become two revisions, in both."""
    audit_case(embedded, cases[0], {"v1": G}, auditor="Ann", then_submit=False)
    audit = desk(embedded, cases[0]).audit.id
    with embedded.write() as uow:
        uow.audits.move(audit, "v2")
        uow.commit()
    part: Part = "criterion"
    for field, text in (("rationale", "half\u202e a note"), ("evidence", "line 3")):
        draft = typed(part, "v2", field=field, text=text)
        keep_draft(embedded, audit, draft, auditor="Ann", now=NOW)

    found = same(embedded, cases[0])

    assert found.recovered == 2
    assert found.audit.place == "v2"
    assert found.answers.criterion("v2").revision == 2
    assert found.answers.criterion("v1").value == G


def test_others_and_submitted_cases_are_read_only(
    embedded: Database, cases: list[int]
) -> None:
    audit_case(embedded, cases[0], {"v1": G}, auditor="Bo", then_submit=False)
    audit_case(embedded, cases[1], {}, rest=G, auditor="Ann")

    assert not same(embedded, cases[0]).yours
    assert not same(embedded, cases[1]).yours


def test_a_begun_case_of_a_closed_round_is_read_only(
    embedded: Database, cases: list[int]
) -> None:
    audit_case(embedded, cases[0], {"v1": G}, auditor="Ann", then_submit=False)
    close_round(embedded, "Spring 2026", by="Lee", now=NOW)

    assert not same(embedded, cases[0]).yours
    assert glanced(embedded, cases[1]) is None


def test_what_would_be_refused_is_left_to_the_ordinary_way(
    embedded: Database, cases: list[int]
) -> None:
    """A case that is replaced, given to somebody else, or of which nothing is asked."""
    with embedded.read() as uow:
        unit = uow.rounds.case(cases[0]).unit
    replace_case(embedded, "Spring 2026", unit, reason="left", by="Lee", now=NOW)
    people = [Auditor(name="Bo")]
    assign(embedded, "Spring 2026", people, by="Lee", now=NOW)

    for case in cases[:2]:
        assert glanced(embedded, case) is None
        with pytest.raises(CaseAuditError):
            open_case(embedded, case, auditor="Ann", now=NOW)


def test_what_changed_meanwhile_is_seen(embedded: Database, cases: list[int]) -> None:
    """Also where only the revision of an answer tells."""
    audit_case(embedded, cases[0], {"v1": G}, auditor="Ann", then_submit=False)
    before = same(embedded, cases[0])
    audit, answer = before.audit.id, before.answers.criterion("v1")
    for value in ("", G):
        kept = give_answer(
            embedded, audit, replace(answer, value=value), auditor="Ann", now=NOW
        )
        answer = kept

    after = open_case(embedded, cases[0], auditor="Ann", now=NOW)

    assert not before.same_but_for_dates(after)


def test_reading_a_case_at_a_glance_loads_no_library() -> None:
    """That is what it is for; nor does the desk that it is put on."""
    code = (
        "import sys, case_audit.services.opened, case_audit.tui.desk\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'pydantic', 'alembic', 'yaml', 'holidays', "
        "'textual'} & set(sys.modules)\n"
        "sys.exit(len(heavy))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
