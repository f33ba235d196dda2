"""Second auditors on the same cases: how often they agree, and about what not."""

from __future__ import annotations

from fractions import Fraction

from rounds import audits_of, round_of

from builders import G, I, O, R, a_criterion, a_narrative, a_rubric, answers
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.selfassessment.agreeing import agreeing

RUBRIC = a_rubric(
    {"help": (a_criterion("a1"), a_criterion("a2"), a_narrative("n1"))}, limits=()
)
CASES = [{"a1": G, "a2": G}] * 12


def test_only_what_both_graded_is_compared() -> None:
    """a1: 9 of 12 alike, in 3 the first is better; a2: 2 cases have no second grade."""
    second = {
        n: answers(
            a1=R if n <= 3 else G,
            a2=NOT_APPLICABLE if n == 1 else NOT_EVIDENCED if n == 2 else G,
        )
        for n in range(1, 13)
    }

    found = agreeing(RUBRIC, "cp", audits_of(RUBRIC, CASES), second)

    assert found is not None
    assert found.cases == 12
    first, other = found.criteria
    assert (first.same, first.n, first.higher) == (9, 12, 3)
    assert (other.same, other.n) == (10, 10)
    assert found.overall.exact.value == Fraction(19, 22)
    assert found.overall.shift.value == Fraction(3, 22)


def test_the_cases_read_twice_are_known_by_what_was_found_in_them() -> None:
    """Case 1: the first is better at a1. Case 2: at a1, and the second at a2."""
    second = {
        1: answers(a1=R, a2=G),
        2: answers(a1=R, a2=O),
        5: answers(a1=G, a2=NOT_EVIDENCED),
        9: answers(a1=NOT_EVIDENCED, a2=NOT_EVIDENCED),
    }

    found = agreeing(RUBRIC, "cp", audits_of(RUBRIC, CASES)[::-1], second)

    assert found is not None
    assert (found.numbers, found.cases) == ((1, 2, 5, 9), 4)
    assert (found.alike, found.apart) == ((5,), (1, 2))
    assert (found.better, found.worse) == ((1, 2), (2,))
    first, other = found.criteria
    assert (first.alike, first.apart) == ((5,), (1, 2))
    assert (other.alike, other.better, other.worse) == ((1,), (), (2,))


def test_disagreement_is_low_below_four_fifths_of_ten_cases() -> None:
    audits = audits_of(RUBRIC, CASES)
    second = {n: answers(a1=I if n <= 3 else G, a2=G) for n in range(1, 13)}
    few = {n: answers(a1=I if n <= 3 else G, a2=G) for n in range(1, 10)}

    found, fewer = (agreeing(RUBRIC, "cp", audits, s) for s in (second, few))

    assert found is not None
    assert fewer is not None
    assert found.doubted == {"a1"}
    assert fewer.doubted == frozenset()


def test_eight_of_ten_is_enough() -> None:
    second = {n: answers(a1=I if n <= 2 else G, a2=G) for n in range(1, 11)}

    found = agreeing(RUBRIC, "cp", audits_of(RUBRIC, CASES), second)

    assert found is not None
    assert found.doubted == frozenset()


def test_without_second_audits_there_is_nothing_to_tell() -> None:
    assert agreeing(RUBRIC, "cp", audits_of(RUBRIC, CASES), {}) is None
    assert agreeing(RUBRIC, "cp", [], {1: answers(a1=G)}) is None


def test_the_summary_says_that_graders_were_not_compared_only_where_so() -> None:
    alone = round_of(RUBRIC, CASES)
    twice = round_of(RUBRIC, CASES, read_twice=3)

    said = "No second auditor has read these cases"
    assert any(said in text for text in alone.limits)
    assert not any(said in text for text in twice.limits)
