"""What to do next, and how far the rounds are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks import desk

from builders import G
from case_audit.services.home import home, next_case, round_cases
from stored import a_round, audit_case, case_ids

if TYPE_CHECKING:
    from case_audit.services.database import Database


def test_what_to_do_next_is_ones_own_open_case_then_a_free_one(
    database: Database, case: int
) -> None:
    """Then nothing is left to do, and that is said."""
    one, _ = round_cases(database, 1)
    cases = case_ids(database)
    audit_case(database, case, {}, rest=G)
    desk(database, cases[1], "Bo")
    desk(database, cases[2])

    own = next_case(database, one.id, auditor="Ann")
    free = next_case(database, one.id, auditor="Cy")
    for rest in cases[2:]:
        audit_case(database, rest, {}, rest=G)

    assert own is not None
    assert free is not None
    assert (own.id, free.id) == (cases[2], cases[3])
    assert next_case(database, one.id, auditor="Ann") is None
    assert next_case(database, one.id, auditor="Bo") is not None


def test_the_first_screen_shows_rounds_progress_and_ones_own_cases(
    database: Database, case: int
) -> None:
    audit_case(database, case, {}, rest=G)
    begun = audit_case(database, case_ids(database)[1], {"v1": G}, then_submit=False)
    a_round(database, name="Second", size=2)

    found = home(database, auditor="Ann")

    assert (found.kind, found.frames) == ("practice", 1)
    assert [
        (r.round.name, r.cases, r.submitted, r.begun, r.rubric) for r in found.rounds
    ] == [
        ("Second", 2, 0, 0, "A small rubric"),
        ("Spring 2026", 5, 1, 1, "A small rubric"),
    ]
    (mine,) = found.mine
    assert mine.audit is not None
    assert (mine.audit.id, mine.answered, mine.asked) == (begun, 1, 4)
    assert home(database, auditor="Bo").mine == ()
    _, lines = round_cases(database, 1)
    assert [line.state for line in lines] == [
        "submitted",
        "open",
        *["not started"] * 3,
    ]
    assert lines[0].answered == 4
