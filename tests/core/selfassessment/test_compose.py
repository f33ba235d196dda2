"""Numbers of a self-assessment, worked by hand, and the sentences that limit them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rounds import facts

from builders import LIM1, LIM2, G, I, O, R, a_criterion, a_rubric, answers
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED, NOT_YET
from case_audit.core.rubric.model import JudgementArea
from case_audit.core.selfassessment.compose import compose
from case_audit.core.selfassessment.model import SubmittedAudit

if TYPE_CHECKING:
    from case_audit.core.rubric.model import Rubric
    from case_audit.core.selfassessment.model import Line, Summary

GRADES = (O, G, R, I)


def audit(
    rubric: Rubric, number: int, stratum: str = "all", **values: str
) -> SubmittedAudit:
    """A submitted audit with the grades that its answers give."""
    given_answers = answers(**values)
    found = judge(rubric, cohort="cp", answers=given_answers)
    everything = {**found.domains, "overall": found.overall}
    return SubmittedAudit(
        number=number,
        stratum=stratum,
        answers=given_answers,
        grades={key: c.standing for key, c in everything.items()},
        rules={key: c.rule for key, c in everything.items()},
        because={key: c.because for key, c in everything.items()},
        computed={key: c.grade for key, c in everything.items()},
    )


def summary_of(
    rubric: Rubric,
    audits: list[SubmittedAudit],
    **more: Any,  # noqa: ANN401
) -> Summary:
    return compose(rubric, digest="d" * 64, facts=facts(**more), audits=audits)


def area_line(summary: Summary) -> Line:
    (found,) = (area.line for area in summary.areas if area.line)
    return found


def criterion_line(summary: Summary, key: str) -> Line:
    (found,) = (
        c
        for area in summary.areas
        for d in area.domains
        for c in d.criteria
        if c.id == key
    )
    return found


def has(summary: Summary, words: str) -> bool:
    return any(words in sentence for sentence in summary.limits)


ONE = a_rubric({"voice": (a_criterion("v1"),)}, limits=())


def test_worked_example() -> None:
    """Four of forty audited in full, three at good or better: 3/4 of the frame."""
    audits = [audit(ONE, n, v1=v) for n, v in enumerate((G, O, R, G), start=1)]

    line = area_line(summary_of(ONE, audits))

    assert dict(line.counts) == {O: 1, G: 2, R: 1, I: 0}
    assert line.good_or_better is not None
    assert line.good_or_better.estimate == Fraction(3, 4)
    assert line.good_or_better.population == 40
    assert line.worst is not None
    assert line.worst.hits == 0
    assert line.worst_at_most is not None
    assert line.worst_at_most.level == Fraction(9, 10)


def test_strata_are_weighted_by_their_size() -> None:
    """Two of 30 and two of 10: 30/40 * 1/2 + 10/40 * 1 = 5/8, not 3/4."""
    audits = [
        audit(ONE, 1, "A", v1=G),
        audit(ONE, 2, "A", v1=R),
        audit(ONE, 3, "B", v1=G),
        audit(ONE, 4, "B", v1=G),
    ]

    line = area_line(
        summary_of(ONE, audits, populations={"A": 30, "B": 10}, drawn={"A": 2, "B": 2})
    )

    assert line.good_or_better is not None
    assert line.good_or_better.estimate == Fraction(5, 8)
    assert line.good_or_better.raw == Fraction(3, 4)


@given(
    st.lists(
        st.sampled_from([*GRADES, NOT_APPLICABLE, NOT_EVIDENCED]),
        min_size=1,
        max_size=12,
    )
)
def test_every_case_is_counted_once_and_each_grade_apart(values: list[str]) -> None:
    """Nothing merged, nothing lost: the counts add up to the cases."""
    audits = [audit(ONE, n, v1=v) for n, v in enumerate(values, start=1)]

    found = summary_of(ONE, audits, drawn={"all": len(values)})

    line = criterion_line(found, "v1")
    assert {g: values.count(g) for g in GRADES} == dict(line.counts)
    assert line.not_applicable == values.count(NOT_APPLICABLE)
    assert line.not_evidenced == values.count(NOT_EVIDENCED)
    for one in (line, area_line(found)):
        total = one.n + one.not_applicable + one.not_evidenced + one.ungraded
        assert total == len(values)


def test_a_case_without_any_grade_is_ungraded_as_a_whole() -> None:
    """Its one domain is not applicable; the case has no grade to count."""
    found = summary_of(ONE, [audit(ONE, 1, v1=NOT_APPLICABLE)])

    assert area_line(found).ungraded == 1
    assert criterion_line(found, "v1").not_applicable == 1
    assert area_line(found).good_or_better is None


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ((NOT_APPLICABLE, NOT_APPLICABLE), "not_applicable"),
        ((NOT_APPLICABLE, NOT_EVIDENCED), "not_evidenced"),
        ((NOT_EVIDENCED, NOT_EVIDENCED), "not_evidenced"),
        ((NOT_YET, NOT_APPLICABLE), "ungraded"),
    ],
)
def test_a_domain_without_a_grade_says_which_kind(
    values: tuple[str, str], place: str
) -> None:
    """Three different things that a blank cell would hide."""
    rubric = a_rubric({"voice": (a_criterion("v1"), a_criterion("v2"))}, limits=())
    found = summary_of(rubric, [audit(rubric, 1, v1=values[0], v2=values[1])])

    (area,) = (a for a in found.areas if a.line)
    line = area.domains[0].line
    places = {
        "not_applicable": line.not_applicable,
        "not_evidenced": line.not_evidenced,
        "ungraded": line.ungraded,
    }
    assert places == {name: int(name == place) for name in places}


def test_without_graded_cases_there_is_no_estimate_but_a_reason() -> None:
    """Of a whole round, or of one of the strata."""
    nothing = area_line(summary_of(ONE, []))
    half = area_line(
        summary_of(
            ONE,
            [audit(ONE, 1, "A", v1=G)],
            populations={"A": 30, "B": 10},
            drawn={"A": 2, "B": 2},
        )
    )
    unseen = area_line(summary_of(ONE, [audit(ONE, 1, v1=NOT_EVIDENCED)]))

    assert (nothing.good_or_better, nothing.why_not) == (None, "no graded case")
    assert half.why_not == "no graded case yet in 1 of the strata"
    assert unseen.why_not == "no graded case"


def test_only_the_rubrics_own_area_has_lines() -> None:
    """A round says nothing about areas it did not look at."""
    found = summary_of(ONE, [audit(ONE, 1, v1=G)])

    assert [(a.area.id, a.line is None, a.domains == ()) for a in found.areas] == [
        ("leaders", True, True),
        ("help_and_protection", False, False),
    ]


def test_cases_decided_by_a_limit_are_listed_and_roll_ups_are_not() -> None:
    """The reader sees which cases a rule brought down, with its sentence."""
    rubric = a_rubric(
        {
            "voice": (a_criterion("v1"),),
            "plan": (a_criterion("p1"),),
            "safety": (a_criterion("s1", critical=True),),
        },
        limits=(LIM1, LIM2),
    )
    audits = [
        audit(rubric, 2, v1=G, p1=G, s1=I),
        audit(rubric, 1, v1=I, p1=I, s1=G),
    ]

    found = summary_of(rubric, audits)

    (limited,) = found.limited
    assert (limited.number, limited.grade, limited.rule) == (2, I, "LIM2")
    assert "the child's safety is inadequate" in limited.because


def test_overruled_grades_are_listed_with_both() -> None:
    """The standing grade counts; the computed one stays visible."""
    one = audit(ONE, 1, v1=G)
    own = replace(one, grades={"voice": R, "overall": R})

    found = summary_of(ONE, [own])

    assert [(o.number, o.subject, o.computed, o.standing) for o in found.overruled] == [
        (1, "Domain voice", G, R),
        (1, "the case as a whole", G, R),
    ]
    assert dict(area_line(found).counts) == {O: 0, G: 0, R: 1, I: 0}


def test_criteria_of_other_cohorts_have_no_line() -> None:
    rubric = a_rubric(
        {"voice": (a_criterion("v1"), a_criterion("v2", cohorts=("cic",)))}, limits=()
    )

    found = summary_of(rubric, [audit(rubric, 1, v1=G)])

    (area,) = (a for a in found.areas if a.line)
    assert [c.id for c in area.domains[0].criteria] == ["v1"]


def test_the_order_of_the_audits_does_not_matter() -> None:
    audits = [audit(ONE, n, v1=v) for n, v in enumerate((G, I, R), start=1)]

    assert summary_of(ONE, audits) == summary_of(ONE, audits[::-1])


FULL = [audit(ONE, n, v1=G) for n in range(1, 5)]

SENTENCES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    # words, facts under which they stand, facts under which they do not
    ("2 of 6 drawn cases are not audited yet", {"drawn": {"all": 6}}, {}),
    (
        "Nothing about one stratum alone: 2 of 2",
        {"populations": {"all": 20, "B": 20}, "drawn": {"all": 4, "B": 0}},
        {},
    ),
    (
        "Nothing about the 3 cases left out before the draw (mine: 1, moved: 2)",
        {"excluded": {"mine": 1, "moved": 2}},
        {},
    ),
    ("The seed is the computer's own", {"seed_mode": "machine"}, {}),
    (
        "The seed is the computer's own",
        {"seed_mode": "machine"},
        {"seed_mode": "given"},
    ),
    ("The seed was typed in as it is", {"seed_mode": "given"}, {}),
    (
        "The seed was typed in as it is",
        {"seed_mode": "given"},
        {"seed_mode": "machine"},
    ),
    ("This is draw 3 from the same frame", {"draw_number": 3}, {}),
    (
        "the same frame (reason: it was short)",
        {"draw_number": 2, "redraw_reason": "it was short"},
        {"draw_number": 2},
    ),
    (
        "the minutes have to show it",
        {"claim": "the minutes have to show it", "unchosen": False},
        {"claim": "the minutes have to show it"},
    ),
    (
        "1 drawn cases were replaced by the next reserves in order (1 because locked)",
        {"replaced": {"locked": 1}},
        {},
    ),
    ("1 of them should not have been on the list", {"out_of_scope": {"all": 1}}, {}),
    ("Nothing is known of 1 of 5 cases", {"not_answered": {"all": 1}}, {}),
    ("No audit had been submitted by then", {"planned": 3}, {}),
    (
        "Audits submitted by then: 2",
        {"planned": 3, "seen_before": 2},
        {"planned": 3},
    ),
    (
        "Nothing found in them may be inferred to other cases",
        {"purpose": "targeted"},
        {},
    ),
    (
        "The seed was typed in as it is",
        {"seed_mode": "given"},
        {"seed_mode": "given", "purpose": "targeted"},
    ),
    ("Each interval misses the true share", {}, {"purpose": "targeted"}),
    ("Every child, family and worker here is invented", {}, {"kind": "live"}),
]


@pytest.mark.parametrize(("words", "under", "otherwise"), SENTENCES)
def test_a_limit_stands_just_when_its_condition_does(
    words: str, under: dict[str, Any], otherwise: dict[str, Any]
) -> None:
    """A sentence that always stands is read by nobody."""
    assert has(summary_of(ONE, FULL, **under), words)
    assert not has(summary_of(ONE, FULL, **otherwise), words)


def test_open_judgements_are_counted_in_words() -> None:
    """One, several or none."""
    one = [*FULL[:3], audit(ONE, 4, v1=NOT_EVIDENCED)]
    two = [*FULL[:2], *(audit(ONE, n, v1=NOT_EVIDENCED) for n in (3, 4))]

    assert has(summary_of(ONE, one), "1 judgement was left open")
    assert has(summary_of(ONE, two), "2 judgements were left open")
    assert not has(summary_of(ONE, FULL), "left open")


def test_areas_out_of_sight_are_named() -> None:
    """Those that files can show and those they cannot."""
    more = JudgementArea(
        id="care", label="In care", short="Care", graded_from_files=True
    )
    framework = ONE.framework
    wide = replace(ONE, framework=replace(framework, areas=(*framework.areas, more)))

    assert has(summary_of(wide, FULL), "Nothing about other judgement areas (Care)")
    assert not has(summary_of(ONE, FULL), "other judgement areas")
    assert has(summary_of(ONE, FULL), "cannot be graded from children's files")


@pytest.mark.parametrize("kind", ["live", "practice"])
def test_some_limits_always_stand(kind: str) -> None:
    found = summary_of(ONE, FULL, kind=kind)

    for words in (
        "No second auditor has read these cases",
        "misses the true share about once in twenty",
        "it is not an Ofsted judgement",
    ):
        assert has(found, words)


def test_totals_are_those_of_the_draw() -> None:
    found = summary_of(
        ONE, FULL, populations={"A": 30, "all": 10}, drawn={"A": 3, "all": 4}
    )

    assert (found.population, found.drawn, found.submitted) == (40, 7, 4)
