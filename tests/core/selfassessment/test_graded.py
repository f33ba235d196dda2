"""Which cases have which grade: what stands behind every number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rounds import a_dip, dip_cases, told

from builders import G, I, O, R, a_rubric
from case_audit.core.audit.model import NOT_APPLICABLE
from case_audit.core.selfassessment.graded import Graded, graded, graded_on, together

if TYPE_CHECKING:
    from case_audit.core.selfassessment.tally import ByCase

SCALE = a_rubric().scale


def test_the_cases_of_each_grade_are_parted_at_the_benchmark() -> None:
    found = graded(SCALE, [(1, G), (2, I), (3, O), (4, R), (5, NOT_APPLICABLE)])

    assert (found.met, found.missed, found.lowest) == ((1, 3), (2, 4), (2,))
    assert found.at((R, NOT_APPLICABLE)) == (4, 5)
    assert found.at(()) == ()


def test_what_is_answered_in_words_has_no_benchmark() -> None:
    found = graded(None, [(1, "written"), (2, "written")])

    assert (found.met, found.missed, found.lowest) == ((), (), ())
    assert found.at(("written",)) == (1, 2)


def test_groups_are_put_together_in_the_order_of_their_cases() -> None:
    one, other = graded(SCALE, [(2, G), (9, R)]), graded(SCALE, [(1, G)])

    both = together([one, other], SCALE)

    assert both.cases == {G: (1, 2), R: (9,)}
    assert together([], SCALE) == Graded(scale=SCALE, cases={})


def test_a_line_finds_its_cases_by_what_it_is_about() -> None:
    """The cases as a whole, a domain, a criterion, and what was found in none."""
    summary = a_dip()
    (area,) = (one for one in summary.areas if one.line)
    assert area.line is not None
    criterion = area.domains[0].criteria[0]
    found: ByCase = {
        ("overall", "overall"): [(1, G), (2, I)],
        ("criterion", "q1"): [(n, c["q1"]) for n, c in enumerate(dip_cases(), 1)],
    }

    assert graded_on(area.line, found).lowest == (2,)
    assert graded_on(criterion, found).missed == (10, 11, 12)
    assert graded_on(area.domains[1].line, found).cases == {}


def test_a_line_in_words_has_its_cases_too() -> None:
    line = next(a for a in told().areas if a.line).domains[0].criteria[0]

    found = graded_on(line, {("criterion", line.id): [(1, "written")]})

    assert found.at(("written",)) == (1,)
