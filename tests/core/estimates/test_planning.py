"""Plans: what a design would show, before a file is opened."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_audit.core.estimates.outlook import expected_bounds
from case_audit.core.estimates.planning import (
    Assumptions,
    FrameCounts,
    frame_counts,
    look,
    plan,
    resized,
)
from case_audit.core.estimates.share import estimate
from case_audit.core.estimates.shifts import shifts
from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.model import Design
from case_audit.core.sample.rows import FrameLine
from case_audit.errors import CaseAuditError, SampleTooLargeError

LEVEL = Fraction(95, 100)
ONE = FrameCounts(populations={"all": 240})
TEAMS = FrameCounts(populations={"A": 90, "B": 60, "C": 30, "D": 5})
WORKERS = FrameCounts(populations={"all": 100}, clusters=(30, 20, 20, 15, 10, 5))


def simple(size: int, **more: Any) -> Design:  # noqa: ANN401
    return Design(kind="simple", size=size, minimum=0, **more)


def by_team(size: int, **more: Any) -> Design:  # noqa: ANN401
    return Design(kind="stratified", size=size, strata=("team",), **more)


def by_worker(clusters: int, **more: Any) -> Design:  # noqa: ANN401
    return Design(kind="cluster", size=0, by="worker", clusters=clusters, **more)


def test_a_simple_plan_by_hand() -> None:
    """30 of 240 at one half: 15 hits, and of 12 inadequate one is met in 80.7%."""
    found = plan(ONE, simple(30)).outlook

    exact = estimate([StratumCount(stratum="a", population=240, sampled=30, hits=15)])
    assert (found.lower, found.upper) == (exact.lower, exact.upper)
    assert found.cases == 12
    assert float(found.chance) == pytest.approx(0.8066128227066313, rel=1e-12)
    assert found.chance == found.chance_wherever
    assert found.hours == 90
    assert found.hours_each is None


def test_auditors_share_the_hours() -> None:
    given = Assumptions(hours_per_case=Fraction(5, 2), auditors=4)

    found = plan(ONE, simple(30), given).outlook

    assert found.hours == 75
    assert found.hours_each == Fraction(75, 4)


def test_strata_are_planned_each_and_together() -> None:
    """The whole interval is what a summary would print of such a result."""
    quotas = {"A": 12, "B": 10, "C": 8, "D": 5}
    design = by_team(35, allocation="quota", quotas=tuple(quotas.items()))
    given = Assumptions(
        expected=Fraction(1, 2), by_stratum={"D": Fraction(2, 5)}, cases=7
    )

    found = plan(TEAMS, design, given)

    printed = estimate(
        [
            StratumCount(
                stratum=name,
                population=TEAMS.populations[name],
                sampled=size,
                hits=2 if name == "D" else size // 2,
            )
            for name, size in quotas.items()
        ]
    )
    assert found.outlook.lower == pytest.approx(printed.lower)
    assert found.outlook.upper == pytest.approx(printed.upper)
    assert [s.size for s in found.strata] == [12, 10, 8, 5]
    assert found.strata[3].lower == found.strata[3].upper == Fraction(2, 5)
    assert found.strata[3].cases == 5
    assert found.outlook.chance_wherever <= found.outlook.chance
    assert found.ladder == (found.outlook,)


def test_strata_that_give_too_few_are_named() -> None:
    """Fewer than four do not show how a stratum varies."""
    assert plan(TEAMS, by_team(20)).thin == ("C", "D")
    assert plan(TEAMS, by_team(60, minimum=5)).thin == ()


def test_a_ladder_surrounds_the_size_asked_for() -> None:
    found = plan(ONE, simple(30))

    assert [rung.size for rung in found.ladder] == [15, 22, 30, 45, 60]
    assert found.outlook in found.ladder
    assert [r.size for r in plan(ONE, simple(200)).ladder] == [100, 150, 200, 240]
    assert plan(ONE, simple(240)).outlook.lower == Fraction(1, 2)


def test_certain_cases_are_known() -> None:
    """They are a stratum drawn in full, and the ladder starts above them."""
    frame = FrameCounts(populations={"all": 100, "must be included": 20})

    found = plan(frame, simple(30, certain="age >= 16"))

    assert [s.size for s in found.strata] == [10, 20]
    assert found.ladder[0].size > 20
    assert found.notes == ()


def test_a_stratum_without_a_case_leaves_no_interval() -> None:
    """Nothing can be said of the whole where a part is not looked at."""
    found = plan(TEAMS, by_team(2, minimum=0))

    assert found.outlook.lower is found.outlook.upper is None
    assert found.strata[3].lower is None
    assert "no_interval" in found.notes
    kinds = {
        s.kind
        for s in shifts(TEAMS, found.design, Assumptions(), outlook=found.outlook)
    }
    assert kinds == {"meet_one"}


def test_a_single_case_of_each_stratum_leaves_no_interval() -> None:
    """No stratum would show how it varies."""
    parts = [(10, 1, Fraction(1, 2)), (20, 1, Fraction(1, 2))]

    assert expected_bounds(parts, level=LEVEL) is None
    whole = [(10, 10, Fraction(1, 2)), *parts]
    assert expected_bounds(whole, level=LEVEL) is None


def test_shares_without_spread_are_planned_with_the_cap() -> None:
    """If nobody is expected to be good, the interval still has a width."""
    parts = [(90, 10, Fraction(0)), (60, 10, Fraction(0))]

    bounds = expected_bounds(parts, level=LEVEL)

    assert bounds is not None
    assert bounds[0] == 0
    assert bounds[1] > Fraction(1, 10)


def test_clusters_cost_the_design_effect() -> None:
    """4 of each of 3 workers: 1 + 3 * 0.1, and two degrees of freedom."""
    found = plan(WORKERS, by_worker(3, per_cluster=4)).outlook

    assert found.size == 12
    assert found.design_effect == Fraction(13, 10)
    alike = Assumptions(correlation=Fraction(1, 2))
    wider = plan(WORKERS, by_worker(3, per_cluster=4), alike).outlook
    assert wider.lower is not None
    assert found.lower is not None
    assert wider.lower < found.lower


def test_inadequate_cases_of_one_worker_are_met_if_that_worker_is_drawn() -> None:
    """All with the largest: 3 of 6 workers, then every one of the 30 cases."""
    found = plan(WORKERS, by_worker(3)).outlook

    assert found.chance_wherever == Fraction(1, 2)
    assert found.size == 50


def test_one_cluster_leaves_no_interval_and_all_leave_no_doubt() -> None:
    one, every = plan(WORKERS, by_worker(1)), plan(WORKERS, by_worker(6))

    assert one.outlook.lower is None
    assert "no_interval" in one.notes
    assert (every.outlook.lower, every.outlook.upper) == (Fraction(1, 2),) * 2
    assert [rung.clusters for rung in every.ladder] == [3, 4, 6]


@pytest.mark.parametrize(
    ("design", "note"),
    [
        (simple(30, at_most=("worker", 2)), "capped"),
        (Design(kind="systematic", size=30, minimum=0, order=("age",)), "systematic"),
        (Design(kind="pps", size=30, minimum=0, measure="plans"), "pps"),
        (Design(kind="targeted", size=30, minimum=0), "no_share"),
    ],
)
def test_approximations_are_noted(design: Design, note: str) -> None:
    assert plan(ONE, design).notes == (note,)


def test_a_frame_is_counted_as_its_design_sees_it() -> None:
    lines = [
        FrameLine("1", "A", "x"),
        FrameLine("2", "B", "x"),
        FrameLine("3", "A", "y"),
    ]

    assert frame_counts(lines, by_team(2)).populations == {"A": 2, "B": 1}
    assert frame_counts([("1", "A")], by_team(2)).population == 1
    clustered = frame_counts(lines, by_worker(1))
    assert (clustered.populations, clustered.clusters) == ({"all": 3}, (2, 1))


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(SampleTooLargeError):
        plan(ONE, simple(241))
    with pytest.raises(CaseAuditError):
        plan(WORKERS, by_worker(7))


def test_many_cases_are_spread_at_once() -> None:
    """Of frames of millions, the cases are not placed one by one."""
    frame = FrameCounts(populations={"A": 9_000_000, "B": 1_000})

    found = plan(frame, by_team(60)).outlook

    assert found.cases == 450_050
    assert 0.9 < found.chance_wherever <= found.chance < 1


def test_shifts_are_the_smallest_sizes_that_do() -> None:
    """One case fewer would not do."""
    given = Assumptions(expected=Fraction(7, 10))
    asked = look(ONE, simple(30), given)

    found = {s.kind: s.outlook for s in shifts(ONE, simple(30), given, outlook=asked)}

    assert set(found) == {"ten_points", "half_as_wide", "meet_one", "even", "level_90"}
    ten, met = found["ten_points"], found["meet_one"]
    assert ten.upper is not None
    assert ten.lower is not None
    assert ten.upper - ten.lower <= Fraction(1, 5)
    assert met.size == 52
    less = look(ONE, resized(simple(30), 51), given)
    assert less.chance < Fraction(95, 100) <= met.chance
    assert found["even"].size == found["level_90"].size == 30


def test_nothing_shifts_a_census() -> None:
    given = Assumptions(level=Fraction(9, 10))
    every = look(ONE, simple(240), given)

    assert [s.kind for s in shifts(ONE, simple(240), given, outlook=every)] == [
        "meet_one"
    ]


def test_a_design_of_one_size_has_no_other_sizes() -> None:
    """Quotas for every stratum leave nothing to grow."""
    quotas = (("A", 6), ("B", 6), ("C", 4), ("D", 4))
    design = by_team(20, allocation="quota", quotas=quotas)
    asked = look(TEAMS, design, Assumptions())

    kinds = [s.kind for s in shifts(TEAMS, design, Assumptions(), outlook=asked)]

    assert kinds == ["level_90"]


def test_clusters_shift_by_clusters() -> None:
    design = by_worker(2)
    asked = look(WORKERS, design, Assumptions())

    found = shifts(WORKERS, design, Assumptions(), outlook=asked)

    met = next(s.outlook for s in found if s.kind == "meet_one")
    assert met.clusters == 6


@settings(deadline=None, max_examples=20)
@given(
    st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 300), min_size=1),
    st.data(),
)
def test_more_cases_never_tell_less(
    populations: dict[str, int], data: st.DataObject
) -> None:
    """A larger sample meets inadequate cases more often, wherever they are."""
    frame = FrameCounts(populations=populations)
    least = sum(min(2, n) for n in populations.values())
    small = data.draw(st.integers(least, frame.population))
    large = data.draw(st.integers(small, frame.population))

    one, other = (look(frame, by_team(n), Assumptions()) for n in (small, large))

    assert one.chance <= other.chance
    assert one.chance_wherever <= other.chance_wherever
    assert one.chance_wherever <= one.chance


def of_workers(*groups: tuple[str, str, int]) -> list[FrameLine]:
    """Lines of a frame: stratum, worker and how many cases they have there."""
    each = [(s, w) for s, w, cases in groups for _ in range(cases)]
    return [
        FrameLine(unit=f"C{number:03}", stratum=stratum, aid=worker)
        for number, (stratum, worker) in enumerate(each)
    ]


def test_no_size_is_offered_that_the_cap_does_not_leave() -> None:
    """Two of each of three workers, and two cases that nobody holds: eight."""
    design = simple(4, at_most=("worker", 2))
    lines = of_workers(
        ("all", "a", 9), ("all", "b", 9), ("all", "c", 9), ("all", "", 2)
    )
    counts = frame_counts(lines, design)

    found = plan(counts, design)
    other = shifts(counts, design, Assumptions(), outlook=found.outlook)

    assert (counts.population, counts.most) == (29, 8)
    assert [outlook.size for outlook in found.ladder] == [2, 3, 4, 6, 8]
    assert all(shift.outlook.size <= 8 for shift in other)
    assert plan(counts, resized(design, 8)).ladder[-1].size == 8
    with pytest.raises(SampleTooLargeError) as refused:
        plan(counts, resized(design, 9))
    assert str(refused.value) == ("Cannot draw 9 cases: at most worker=2 leaves 8.")


def test_under_a_cap_strata_get_what_the_draw_gives_them() -> None:
    """A has many workers and B one: the cap takes most of B before it is shared."""
    design = by_team(6, at_most=("worker", 1))
    lines = of_workers(*(("A", f"a{i}", 2) for i in range(10)), ("B", "b", 20))

    found = plan(frame_counts(lines, design), design)

    drawn = draw_sample(lines, design=design, seed="ab" * 32)
    assert {s.name: s.size for s in found.strata} == {
        s.name: s.drawn for s in drawn.strata
    }
    assert {s.name: s.population for s in found.strata} == {"A": 20, "B": 20}


def test_a_group_across_strata_counts_once_under_the_cap() -> None:
    design = by_team(3, at_most=("worker", 2), minimum=1)
    counts = frame_counts(of_workers(("A", "a", 5), ("B", "a", 5)), design)

    assert (counts.kept, counts.most) == ({"A": 2, "B": 2}, 2)
    with pytest.raises(SampleTooLargeError):
        plan(counts, design)
