"""Rounds whose cases had different chances: weighted, or not estimated at all."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from rounds import facts

from builders import G, I, R, a_rubric, answers
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.estimates.weighted import Chance, Weighting
from case_audit.core.selfassessment.compose import compose
from case_audit.core.selfassessment.model import SubmittedAudit
from case_audit.core.selfassessment.weighted import weighted_share
from case_audit.reports.statements import method_of, statements

if TYPE_CHECKING:
    from case_audit.core.selfassessment.model import Line, Summary

RUBRIC = a_rubric()
(DOMAIN,) = RUBRIC.domains[:1]
CRITERION = DOMAIN.criteria[0].id
SCALE = RUBRIC.scale_of(DOMAIN.criteria[0])


def audit(number: int, grade: str) -> SubmittedAudit:
    """A submitted audit that gives every criterion the same grade."""
    every = [c.id for d in RUBRIC.domains for c in d.criteria]
    given = answers(**dict.fromkeys(every, grade))
    found = judge(RUBRIC, cohort="cp", answers=given)
    everything = {**found.domains, "overall": found.overall}
    return SubmittedAudit(
        number=number,
        stratum="all",
        answers=given,
        grades={key: c.standing for key, c in everything.items()},
        rules={key: c.rule for key, c in everything.items()},
        because={key: c.because for key, c in everything.items()},
        computed={key: c.grade for key, c in everything.items()},
    )


def area_line(summary: Summary) -> Line:
    (found,) = (area.line for area in summary.areas if area.line)
    return found


def by_size(*parts: str) -> Weighting:
    return Weighting(
        kind="pps",
        population=40,
        chances={
            number: Chance(probability=Fraction(part), stratum="all")
            for number, part in enumerate(parts, start=1)
        },
        drawn={"all": len(parts)},
    )


def clusters(*names: str) -> Weighting:
    return Weighting(
        kind="cluster",
        population=40,
        chances={
            number: Chance(probability=Fraction(1, 4), stratum="all", cluster=name)
            for number, name in enumerate(names, start=1)
        },
        drawn={"all": len(names)},
        clusters_in_all=8,
        cluster_sizes=dict.fromkeys(names, 5),
    )


def summary_of(weighting: Weighting, *grades: str, **more: Any) -> Summary:  # noqa: ANN401
    return compose(
        RUBRIC,
        digest="d" * 64,
        facts=facts(weighting=weighting, **more),
        audits=[audit(number, grade) for number, grade in enumerate(grades, start=1)],
    )


def test_a_share_weighs_each_case_by_its_chance() -> None:
    """A good case with the chance 1/2 and two others with 1/4: 2 of 10."""
    summary = summary_of(by_size("1/2", "1/4", "1/4"), G, R, R)

    share = area_line(summary).good_or_better
    assert share is not None
    assert share.estimate == Fraction(1, 5)
    assert share.method == "hajek_pps"
    told = " ".join(statements(summary))
    assert "Weighted by chance, an estimated 20%" in told
    assert "Unweighted it would be 33%; the cases did not all have the same" in told
    assert "Hajek" in method_of(summary)
    assert any("different chances" in limit for limit in summary.limits)
    assert any("leans a little" in limit for limit in summary.limits)


def test_nothing_found_is_bounded_with_the_whole_confidence() -> None:
    """The sentence that no more than so many are takes one side only."""
    line = area_line(summary_of(by_size("1/2", "1/4", "1/4"), G, G, R))

    assert line.worst is not None
    assert line.worst_at_most is not None
    assert line.worst_at_most.method == "zero_event_weighted"
    assert line.worst_at_most.upper < line.worst.upper


def test_one_cluster_has_counts_and_no_share() -> None:
    line = area_line(summary_of(clusters("a", "a"), G, I))

    assert (line.counts[G], line.counts[I]) == (1, 1)
    assert line.good_or_better is None
    assert line.why_not == "one cluster alone does not show how clusters differ"


def test_clusters_are_counted_in_the_limits() -> None:
    summary = summary_of(clusters("a", "a", "b"), G, I, G)

    assert area_line(summary).good_or_better is not None
    assert any("from 2 of 8 clusters" in limit for limit in summary.limits)
    assert not any("leans a little" in limit for limit in summary.limits)


def test_steps_are_said_to_be_treated_as_random() -> None:
    found = compose(
        RUBRIC, digest="d" * 64, facts=facts(design="systematic"), audits=[]
    )

    assert any("at regular steps" in limit for limit in found.limits)


@pytest.mark.parametrize(
    ("weighting", "values", "why"),
    [
        (by_size("1/2"), [], "no graded case"),
        (by_size("1/2"), [(1, NOT_EVIDENCED)], "no graded case"),
        (by_size("1/2"), [(1, NOT_APPLICABLE)], "no graded case"),
        (
            Weighting(
                kind="pps",
                population=9,
                chances={
                    1: Chance(probability=Fraction(1, 2), stratum="a"),
                    2: Chance(probability=Fraction(1, 2), stratum="b"),
                },
                drawn={"a": 1, "b": 1},
            ),
            [(1, G)],
            "no graded case yet in 1 of the strata",
        ),
    ],
)
def test_why_there_is_no_share(
    weighting: Weighting, values: list[tuple[int, str]], why: str
) -> None:
    assert weighted_share(weighting, values, frozenset({G}), SCALE) == (None, why)
