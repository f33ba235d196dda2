"""A share over many rounds: centre line, control limits and signals (p-chart).

Control charts ask whether a process is steady. Points between the limits, and without
a pattern that chance would rarely make, are one practice; there is nothing to explain
in a single one being higher than the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from typing import TYPE_CHECKING, Literal

from case_audit.core.estimates.stratified import weighted_share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from case_audit.core.estimates.stratified import StratumCount

    Rule = Callable[[Sequence["_Seen"]], Iterator[int]]

Signal = Literal["outside", "shift", "trend", "two_of_three"]

RUN = 7
"""Points on one side of the centre line, or each above the last, that make a signal."""
ENOUGH = 12
"""Rounds that can be compared, below which limits are provisional."""
SIGMAS = 3
NEAR = 2
"""Standard errors from the centre beyond which a point is near a limit."""

_FINE = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round found.

    Attributes:
        name: The round.
        strata: One entry per stratum, together the whole frame; something audited
            in each.
        comparable: Whether it may be compared with the round before: same rubric or
            a crosswalk that says so, same frame, same way of drawing. False begins a
            new line with limits of its own. Of the first round it says nothing.
    """

    name: str
    strata: Sequence[StratumCount]
    comparable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One round on the chart.

    Attributes:
        name: The round.
        share: The share found, weighted by stratum, 0 to 1.
        n: Audited cases to which the question applies.
        lower: Lower control limit, 0 to 1; rounded to 15 places.
        upper: Upper control limit.
        signals: Why it is a signal; empty for none.
    """

    name: str
    share: Fraction
    n: int
    lower: Fraction
    upper: Fraction
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Rounds that may be joined by a line.

    Attributes:
        centre: The centre line: the share of all of them together.
        points: In order.
        provisional: Whether there are fewer than 12, so that the limits are a first
            guess and will move.
    """

    centre: Fraction
    points: tuple[Point, ...]
    provisional: bool


def run_chart(rounds: Sequence[Round], *, finite: bool = False) -> tuple[Line, ...]:
    """Return the chart's lines, each of rounds that may be compared.

    With ``w_i = 1 / sum(W_h**2 / n_h)``, the size of a simple sample as informative as
    round i's strata (its n for one stratum), the centre is
    ``p = sum(w_i * p_i) / sum(w_i)`` and the limits are
    ``p - 3 * sqrt(p * (1 - p) / w_i)`` and ``p + 3 * sqrt(p * (1 - p) / w_i)``, cut off at
    0 and 1.

    Signals, the first three of which need no limits:

    - ``outside``: beyond a limit;
    - ``shift``: one of 7 or more in a row on the same side of the centre;
    - ``trend``: one of 7 or more in a row, each higher, or each lower, than the last;
    - ``two_of_three``: beyond two thirds of the way to a limit, with another such in
      three in a row that are all on that side.

    Args:
        rounds: In order of time.
        finite: Whether limits allow for the finite frame, ``W_h**2 / n_h`` times
            ``1 - n_h / N_h``. They then say how far samples of frames with exactly the
            same share would spread. Off, they say it of a practice that stays the
            same, whose frames differ by chance too; that is what a chart is for.

    Raises:
        ZeroDivisionError: If nothing was audited in a stratum.

    Source:
        W. A. Shewhart's p-chart as in D. C. Montgomery, *Statistical Quality
        Control*, 7th ed., Wiley 2013, section 7.2; the signals are those of NHS
        England's *Making Data Count*, as in the R package NHSRplotthedots 0.2.2, as
        is the number of points from which limits are no longer trial limits.
    """
    lines: list[list[Round]] = []
    for found in rounds:
        if not lines or not found.comparable:
            lines.append([])
        lines[-1].append(found)
    return tuple(_line(line, finite=finite) for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A point as rules see it.

    Attributes:
        share: The share.
        side: 1 above the centre, -1 below, 0 on it.
        square: Squared distance from the centre in standard errors; ``None`` where
            there is none, as where every case has the property.
    """

    share: Fraction
    side: int
    square: Fraction | None


def _line(rounds: Sequence[Round], *, finite: bool) -> Line:
    shares = [weighted_share(found.strata) for found in rounds]
    sizes = [_size(found.strata) for found in rounds]
    whole = sum((w * p for w, p in zip(sizes, shares, strict=True)), Fraction(0))
    centre = whole / sum(sizes, Fraction(0))
    spreads = [
        centre * (1 - centre) * _spread(found.strata, finite=finite) for found in rounds
    ]
    seen = [
        _Seen(
            share=share,
            side=(share > centre) - (share < centre),
            square=(share - centre) ** 2 / spread if spread else None,
        )
        for share, spread in zip(shares, spreads, strict=True)
    ]
    signals: list[list[Signal]] = [[] for _ in rounds]
    for name, rule in _RULES:
        for place in sorted(set(rule(seen))):
            signals[place].append(name)
    points = [
        Point(
            name=found.name,
            share=share,
            n=sum(s.asked for s in found.strata),
            lower=max(Fraction(0), centre - SIGMAS * _root(spread)),
            upper=min(Fraction(1), centre + SIGMAS * _root(spread)),
            signals=tuple(why),
        )
        for found, share, spread, why in zip(
            rounds, shares, spreads, signals, strict=True
        )
    ]
    return Line(centre=centre, points=tuple(points), provisional=len(points) < ENOUGH)


def _spread(strata: Sequence[StratumCount], *, finite: bool) -> Fraction:
    """Return the variance of a weighted share over that of a single case."""
    sizes = [Fraction(s.population * s.asked, s.sampled) for s in strata]
    whole = sum(sizes, Fraction(0))
    total = Fraction(0)
    for s, size in zip(strata, sizes, strict=True):
        if s.asked:
            part = 1 - Fraction(s.sampled, s.population) if finite else 1
            total += (size / whole) ** 2 * part / s.asked
    return total


def _size(strata: Sequence[StratumCount]) -> Fraction:
    return 1 / _spread(strata, finite=False)


def _root(square: Fraction) -> Fraction:
    """Return a square root, rounded down to 15 places."""
    return Fraction(isqrt(int(square * _FINE * _FINE)), _FINE)


def _outside(points: Sequence[_Seen]) -> Iterator[int]:
    for place, point in enumerate(points):
        beyond = point.side if point.square is None else point.square > SIGMAS**2
        if beyond:
            yield place


def _shift(points: Sequence[_Seen]) -> Iterator[int]:
    for end in range(RUN, len(points) + 1):
        run = range(end - RUN, end)
        if abs(sum(points[place].side for place in run)) == RUN:
            yield from run


def _trend(points: Sequence[_Seen]) -> Iterator[int]:
    steps = [
        (after.share > before.share) - (after.share < before.share)
        for before, after in pairwise(points)
    ]
    for end in range(RUN, len(points) + 1):
        if abs(sum(steps[end - RUN : end - 1])) == RUN - 1:
            yield from range(end - RUN, end)


def _two_of_three(points: Sequence[_Seen]) -> Iterator[int]:
    for end in range(3, len(points) + 1):
        three = range(end - 3, end)
        near = [place for place in three if (points[place].square or 0) > NEAR**2]
        if len(near) > 1 and abs(sum(points[place].side for place in three)) == 3:  # noqa: PLR2004
            yield from near


_RULES: tuple[tuple[Signal, Rule], ...] = (
    ("outside", _outside),
    ("shift", _shift),
    ("trend", _trend),
    ("two_of_three", _two_of_three),
)
