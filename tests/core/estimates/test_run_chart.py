"""The run chart: limits by hand, and each signal by itself."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from case_audit.core.estimates.run_chart import Round, run_chart
from case_audit.core.estimates.stratified import StratumCount

if TYPE_CHECKING:
    from case_audit.core.estimates.run_chart import Line, Point


def chart(
    *hits: int, n: int = 100, size: int = 10_000, breaks: tuple[int, ...] = ()
) -> tuple[Line, ...]:
    """Rounds of one stratum; those in ``breaks`` may not be compared backwards."""
    return run_chart(
        [
            Round(
                name=str(place),
                strata=[
                    StratumCount(stratum="all", population=size, sampled=n, hits=x)
                ],
                comparable=place not in breaks,
            )
            for place, x in enumerate(hits)
        ]
    )


def told(points: tuple[Point, ...], signal: str) -> list[int]:
    return [place for place, p in enumerate(points) if signal in p.signals]


def test_worked_example() -> None:
    """Montgomery's formula by hand: 10 and 30 of 100, 20 of 50.

    Centre 60/250 = .24; 3 * sqrt(.24 * .76 / 100) = .128125,
    3 * sqrt(.24 * .76 / 50) = .181196.
    """
    rounds = [
        Round(
            name=str(n),
            strata=[
                StratumCount(stratum="all", population=9_999, sampled=n, hits=hits)
            ],
        )
        for hits, n in ((10, 100), (30, 100), (20, 50))
    ]

    (line,) = run_chart(rounds)

    assert line.centre == Fraction(24, 100)
    bounds = [float(b) for p in line.points for b in (p.lower, p.upper)]
    assert bounds == pytest.approx(
        [0.111875, 0.368125, 0.111875, 0.368125, 0.058804, 0.421196], abs=1e-6
    )
    assert [p.signals for p in line.points] == [("outside",), (), ()]
    assert [p.n for p in line.points] == [100, 100, 50]
    assert line.provisional


def test_strata_are_weighted_and_a_finite_frame_narrows_the_limits() -> None:
    """By hand: W = 3/4 and 1/4, n = 30 and 10: as informative as 40 cases.

    Share 3/4 * 1/2 + 1/4 * 4/5 = 23/40. Finite: 9/16 / 30 * 1/2 + 1/16 / 10 * 1/2.
    """
    strata = [
        StratumCount(stratum="A", population=60, sampled=30, hits=15),
        StratumCount(stratum="B", population=20, sampled=10, hits=8),
    ]
    rounds = [Round(name="1", strata=strata)]

    (wide,), (narrow,) = run_chart(rounds), run_chart(rounds, finite=True)

    p = 23 / 40
    assert wide.centre == narrow.centre == Fraction(23, 40)
    assert float(wide.points[0].upper) == pytest.approx(
        p + 3 * (p * (1 - p) / 40) ** 0.5, rel=1e-12
    )
    assert float(narrow.points[0].upper) == pytest.approx(
        p + 3 * (p * (1 - p) / 80) ** 0.5, rel=1e-12
    )


def test_a_stratum_where_the_question_applied_to_nobody_has_no_weight() -> None:
    strata = [
        StratumCount(stratum="A", population=60, sampled=30, hits=15),
        StratumCount(stratum="B", population=20, sampled=10, hits=0, outside=10),
    ]

    (line,) = run_chart([Round(name="1", strata=strata)])

    p = 1 / 2
    assert float(line.points[0].lower) == pytest.approx(
        p - 3 * (p * p / 30) ** 0.5, rel=1e-12
    )


def test_limits_stay_from_0_to_1() -> None:
    (line,) = chart(9, 10, n=10)

    assert line.points[0].upper == 1
    (line,) = chart(1, 0, n=10)
    assert line.points[0].lower == 0


def test_a_known_share_off_the_centre_is_outside() -> None:
    """Frames audited in full have no spread of their own."""
    rounds = [
        Round(
            name=str(x),
            strata=[StratumCount(stratum="all", population=10, sampled=10, hits=x)],
        )
        for x in (4, 5)
    ]

    (line,) = run_chart(rounds, finite=True)

    assert all(p.signals == ("outside",) for p in line.points)


@pytest.mark.parametrize("hits", [0, 100])
def test_where_nothing_varies_there_is_no_signal(hits: int) -> None:
    (line,) = chart(*[hits] * 8)

    assert all(p.signals == () for p in line.points)
    assert line.points[0].lower == line.points[0].upper == line.centre


def test_shift_is_seven_on_one_side() -> None:
    """Six are not; a point on the centre ends the run."""
    (seven,) = chart(*[45] * 7, *[55] * 7)
    (six,) = chart(*[45] * 6, *[55] * 6)
    (broken,) = chart(*[45] * 4, 50, *[45] * 3, *[55] * 7)

    assert told(seven.points, "shift") == list(range(14))
    assert told(six.points, "shift") == []
    assert told(broken.points, "shift") == list(range(8, 15))


def test_trend_is_seven_points_each_higher_or_each_lower() -> None:
    """Six steps, so seven points; a step that stays level ends it."""
    (up,) = chart(47, 48, 49, 50, 51, 52, 53)
    (down,) = chart(50, 53, 52, 51, 50, 49, 48, 47)
    (level,) = chart(47, 48, 49, 50, 50, 51, 52, 53)

    assert told(up.points, "trend") == list(range(7))
    assert told(down.points, "trend") == list(range(1, 8))
    assert told(level.points, "trend") == []


def test_two_of_three_near_a_limit() -> None:
    """Standard error 5 points: 61 is beyond two of them, 59 is not.

    All three have to be on that side.
    """
    quiet = [48] * 9
    (near,) = chart(*quiet, 61, 51, 61)
    (crossed,) = chart(*quiet, 62, 49, 62)
    (single,) = chart(*quiet, 61, 51, 59)

    assert told(near.points, "two_of_three") == [9, 11]
    assert told(crossed.points, "two_of_three") == []
    assert told(single.points, "two_of_three") == []


def test_what_cannot_be_compared_is_not_joined() -> None:
    """A new rubric begins a line of its own; no run goes across."""
    lines = chart(*[45] * 6, *[55] * 6, breaks=(0, 6))

    assert [len(line.points) for line in lines] == [6, 6]
    assert [line.centre for line in lines] == [Fraction(45, 100), Fraction(55, 100)]
    assert all(p.signals == () for line in lines for p in line.points)


def test_twelve_rounds_are_enough() -> None:
    assert [chart(*[50] * k)[0].provisional for k in (11, 12)] == [True, False]
    assert run_chart([]) == ()
