"""A change between two rounds in words: what went in, what came out, what to quote."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.reports.calculators import entered, folded, how, quoted
from case_audit.reports.formulas import CHANGES, TESTS
from case_audit.reports.wording import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.estimates.change import Change
    from case_audit.core.estimates.paired import Pairs
    from case_audit.core.estimates.stratified import StratumCount

WAYS = {
    "census": "all cases of both audited, no sampling error",
    "newcombe": "Newcombe's interval with finite population correction",
    "combined": "the intervals of both rounds combined",
    "newcombe_paired": "Newcombe's interval for pairs",
}
"""The intervals of :mod:`case_audit.core.estimates.change`, in words."""

TEST_NAMES = {
    "fisher_mid_p": "Fisher's test, mid-p",
    "t": "Student's test",
    "mcnemar_exact": "McNemar's exact test",
}
"""The tests, in words."""

NOTES = {
    "few": "Indicative only: one side has fewer than 10 cases.",
    "counts_only": "One side has fewer than 5 cases: say counts and no share.",
    "finite_frame": (
        "A tenth of a frame or more was audited. The interval allows for that and the "
        "test does not, so the test is the more careful of the two."
    ),
    "no_test": "No test: the cases show no variance to test with.",
}


def change_page(
    rounds: Sequence[tuple[str, Sequence[StratumCount]]], change: Change
) -> tuple[str, ...]:
    """Return the page of two rounds drawn independently."""
    lines: list[str] = []
    for name, strata in rounds:
        for s in strata:
            label = name if len(strata) == 1 else f"{name}, {s.stratum}"
            counts = f"N = {s.population}, n = {s.sampled}, x = {s.hits}"
            lines.append(entered(label, counts))
    return (*lines, *_page(change))


def pairs_page(pairs: Pairs, change: Change) -> tuple[str, ...]:
    """Return the page of cases audited twice."""
    return (
        entered("cases audited twice, n", pairs.n),
        entered("with the property both times", pairs.both),
        entered("became better, b", pairs.improved),
        entered("became worse, c", pairs.worsened),
        entered("without it both times", pairs.neither),
        *_page(change),
    )


def _page(change: Change) -> Iterator[str]:
    yield entered("level", percent(change.level))
    yield ""
    yield f"{percent(change.first)} to {percent(change.second)}: {_moved(change)}"
    yield from folded(f"({_bounds(change)}, {WAYS[change.method]})", "  ")
    if change.p_value is not None:
        yield f"p {p_text(change.p_value)} ({TEST_NAMES[change.test]})."
    yield verdict(change)
    for note in change.notes:
        yield from folded(NOTES[note], "")
    yield ""
    yield from how(CHANGES[change.method], name="Interval")
    if change.test:
        yield from how(TESTS[change.test], name="Test")
    yield ""
    yield from quoted(sentence(change))


def sentence(change: Change) -> str:
    """Return what may be quoted of a change.

    The direction is claimed only where it is more than chance would show.
    """
    if "counts_only" in change.notes:
        return (
            f"{change.n[0]} and {change.n[1]} cases are too few to compare shares; "
            "only counts are given."
        )
    moved = f"{_moved(change)} ({_bounds(change)})"
    if change.method == "census":
        return f"{_moved(change)}; every case was audited both times."
    words = "more than chance would show" if change.clear else "no clear change"
    tested = "" if change.p_value is None else f", p {p_text(change.p_value)}"
    few = " Indicative only, for there were few cases." if "few" in change.notes else ""
    return f"{moved}: {words}{tested}.{few}"


def verdict(change: Change) -> str:
    """Return whether it is more than chance would show, in a sentence."""
    if change.method == "census":
        return "Both frames are known; no sampling error."
    if change.clear:
        return "This is more than chance would show."
    return "This is not more than chance would show."


def points(difference: Fraction, *, sign: bool = True) -> str:
    """Return a difference of shares in whole percentage points, halves away from 0."""
    whole = int(abs(difference) * 100 + Fraction(1, 2))
    mark = "-" if difference < 0 and whole else "+" if sign and whole else ""
    return f"{mark}{whole}"


def p_text(p_value: Fraction) -> str:
    """Return a p-value to three places with its sign, never 0: ``= 0.031``."""
    return "< 0.001" if p_value < Fraction(1, 1000) else f"= {float(p_value):.3f}"


def _moved(change: Change) -> str:
    whole = points(change.difference, sign=False).removeprefix("-")
    if whole == "0":
        return "No difference in whole points"
    way = "Up" if change.difference > 0 else "Down"
    return f"{way} {whole} point{'' if whole == '1' else 's'}"


def _bounds(change: Change) -> str:
    if change.method == "census":
        return "exact"
    return (
        f"{percent(change.level)} interval {points(change.lower)} to "
        f"{points(change.upper)}"
    )
