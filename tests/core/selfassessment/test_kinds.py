"""What a summary holds of rubrics that do more than grade."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from rounds import a_dip, a_dip_rubric, a_told_rubric, mixed, rated, round_of, told

from builders import (
    G,
    a_criterion,
    a_narrative,
    a_question,
    a_rubric,
    yes_no,
)
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.selfassessment.model import Summary


def has(summary: Summary, words: str) -> bool:
    return any(words in sentence for sentence in summary.limits)


def test_only_a_critical_no_is_listed_and_only_where_it_was_given() -> None:
    """q2 is critical: cases 4 and 7. q1 has three times no, and is not critical."""
    found = a_dip()

    assert [(one.id, one.cases) for one in found.answered_no] == [("q2", (4, 7))]
    assert [(one.id, one.cases) for one in found.ticked] == [("unmanaged_risk", (9,))]
    assert mixed().answered_no == mixed().ticked == ()


def test_a_case_to_raise_is_listed_though_no_limit_decided_it() -> None:
    """Case 4 was inadequate before the rule could lower it."""
    found = a_dip()

    listed = {case.number: (case.rule, case.raises) for case in found.limited}
    assert listed == {
        4: ("lower_median", "E2"),
        7: ("DIP1", "E2"),
        9: ("LIM7", "E1"),
    }


def test_a_rating_has_the_share_of_the_frame() -> None:
    """8 of 10 and 6 of 9, each as an estimate for the 40 cases; a domain has none."""
    shares = {one.id: one.share for one in rated().ratings}

    assert shares["plan"] is None
    assert shares["p1"] is not None
    assert shares["p1"].estimate == Fraction(8, 10)
    assert shares["p1"].lower < Fraction(8, 10) < shares["p1"].upper
    assert shares["p2"] is not None
    assert (shares["p2"].hits, shares["p2"].n) == (6, 9)


@pytest.mark.parametrize(
    ("words", "rounds"),
    [
        ("A yes says that the file shows it", (a_dip, rated, mixed)),
        ("Nothing of what was written in words", (told, mixed)),
        ("asked of certain cases only", (mixed,)),
        ("The framework's bands rate", (rated, mixed)),
        ("Each interval misses", (a_dip, rated, mixed)),
        ("Each is counted beside what was written", (told,)),
        ("listed beside the grades", (a_dip,)),
        ("they are missing here", (told,)),
    ],
)
def test_each_sentence_stands_where_it_is_true(
    words: str, rounds: tuple[Callable[[], Summary], ...]
) -> None:
    """And nowhere else."""
    every = (a_dip, told, rated, mixed)

    assert [one for one in every if has(one(), words)] == [
        one for one in every if one in rounds
    ]


def test_a_rubric_of_grades_has_no_new_sentence() -> None:
    rubric = a_rubric(limits=())
    found = round_of(rubric, [{"v1": G, "v2": G, "s1": G, "s2": G}])

    for words in ("A yes", "in words", "certain cases", "bands"):
        assert not has(found, words)


def test_a_round_of_words_has_no_line_with_a_scale() -> None:
    """No grades, no shares, and the counts of what was written instead."""
    found = round_of(a_told_rubric(), [{"f1": "3 May"}, {}])

    (area,) = (a for a in found.areas if a.line)
    (domain,) = area.domains
    lines = {line.id: line for line in domain.criteria}
    assert area.line is not None
    assert {line.scale for line in (area.line, domain.line, *lines.values())} == {None}
    assert (lines["f1"].written, lines["f1"].ungraded) == (1, 1)
    assert (lines["n1-police"].written, lines["n1-police"].ungraded) == (0, 2)


def test_an_empty_dip_round_has_nothing_to_list() -> None:
    found = round_of(a_dip_rubric(), [], drawn=5)

    assert (found.answered_no, found.ticked, found.limited) == ((), (), ())


@pytest.mark.parametrize("value", [NOT_APPLICABLE, NOT_EVIDENCED])
def test_a_note_does_not_hide_why_a_domain_has_no_grade(value: str) -> None:
    """What is written, or asked beside the grades, is no part of the domain's grade."""
    rubric = a_rubric(
        {"d": (a_criterion("c"), a_question("q"), a_narrative("n"))}, limits=()
    )
    rubric = replace(rubric, scales=(yes_no(),))
    found = round_of(
        rubric,
        [
            {"c": G, "q": "yes", "n": "Said."},
            {"c": value, "q": "no", "n": "Said."},
            {"c": value, "q": "yes", "n": NOT_APPLICABLE},
        ],
    )

    (line,) = (d.line for area in found.areas for d in area.domains)
    apart = {NOT_APPLICABLE: line.not_applicable, NOT_EVIDENCED: line.not_evidenced}
    assert apart[value] == 2
    assert line.ungraded == 0


def test_a_domain_of_words_alone_is_not_applicable_where_all_of_it_is() -> None:
    rubric = a_rubric({"d": (a_narrative("n"),), "e": (a_criterion("c"),)}, limits=())
    found = round_of(rubric, [{"c": G, "n": NOT_APPLICABLE}, {"c": G, "n": "Said."}])

    words, _ = (d.line for area in found.areas for d in area.domains)
    assert (words.not_applicable, words.ungraded) == (1, 1)
