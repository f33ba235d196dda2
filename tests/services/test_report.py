"""The self-assessment of a round in a database, with all that stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import AS_AT, G, I, R, a_criterion, a_rubric, units
from case_audit.core.frame.model import Frame, FrameUnit
from case_audit.errors import LeftOutError, NoRoundsError, UnknownSubjectError
from case_audit.reports.document.build import INTERNAL
from case_audit.services.report import report, written
from stored import a_round, audit_case, case_ids, keep_frame

if TYPE_CHECKING:
    from case_audit.services.database import Database

RUBRIC = a_rubric(
    {"help": (a_criterion("a1"), a_criterion("a2")), "plan": (a_criterion("b1"),)},
    limits=(),
)


def keep(database: Database, every: list[FrameUnit]) -> None:
    keep_frame(database, Frame(cohort="cp", as_at=AS_AT, units=tuple(every)))


def with_children(database: Database) -> None:
    """Forty children of three teams; every second one a girl, three not recorded."""
    keep(
        database,
        [
            FrameUnit(
                unit=one.unit,
                attributes={
                    **one.attributes,
                    **({"gender": "female" if n % 2 else "male"} if n > 3 else {}),
                },
            )
            for n, one in enumerate(units(40), start=1)
        ],
    )


def test_the_groups_are_counted_in_the_frame_and_in_the_round(
    database: Database,
) -> None:
    """Codes stand in words, and what is not recorded is a group of its own."""
    with_children(database)
    a_round(database, size=12, rubric=RUBRIC, strata=("team",), minimum=2)
    for case in case_ids(database)[:10]:
        audit_case(database, case, {}, rest=G)

    found = report(database)

    by_team = found.by_team[0]
    assert by_team.key == "team"
    assert sum(g.size for g in by_team.groups) == 40
    assert sum(g.audited for g in by_team.groups) == 10
    (people,) = (one for one in found.groups if one.key == "gender")
    assert [g.group for g in people.groups] == ["Female", "Male", ""]
    assert [g.size for g in people.groups] == [18, 19, 3]
    assert len(found.by_team) == 6


def test_a_frame_without_attributes_has_no_groups(database: Database) -> None:
    keep(database, [FrameUnit(unit=f"u{n:02}", attributes={}) for n in range(9)])
    a_round(database, size=2, rubric=RUBRIC)

    found = report(database)

    assert (found.by_team, found.groups) == ((), ())


def test_each_earlier_round_is_set_beside_it(database: Database) -> None:
    with_children(database)
    a_round(database, name="Spring", size=4, rubric=RUBRIC)
    for case in case_ids(database, "Spring"):
        audit_case(database, case, {}, rest=R)
    a_round(database, name="Summer", size=4, rubric=RUBRIC)

    assert [t.old.facts.name for t in report(database).earlier] == ["Spring"]
    assert report(database, "Spring").earlier == ()


def test_nothing_inadequate_can_be_left_out(database: Database) -> None:
    """The refusal names each of them; what is sound may go."""
    with_children(database)
    a_round(database, size=3, rubric=RUBRIC)
    first, *others = case_ids(database)
    audit_case(database, first, {"a1": I}, rest=G)
    for case in others:
        audit_case(database, case, {}, rest=G)
    found = report(database)

    with pytest.raises(LeftOutError) as refused:
        written(found, INTERNAL, without=["a1", "b1"])
    assert refused.value.what == ("a1 Label of a1: 1 case is at 'inadequate' there",)
    with pytest.raises(LeftOutError, match="2 things"):
        written(found, INTERNAL, without=["help"])

    made = written(found, INTERNAL, without=["plan"])
    assert made.shown.subjects == {"help", "a1", "a2"}


def test_what_the_rubric_does_not_have_cannot_be_left_out(database: Database) -> None:
    with_children(database)
    a_round(database, size=3, rubric=RUBRIC)

    with pytest.raises(UnknownSubjectError, match="'zz'"):
        written(report(database), INTERNAL, without=["zz"])


def test_without_a_round_there_is_nothing_to_report(database: Database) -> None:
    with pytest.raises(NoRoundsError):
        report(database)
