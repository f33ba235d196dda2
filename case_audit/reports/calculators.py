"""Calculators in words: what went in, what came out, how, and what may be quoted."""

from __future__ import annotations

from fractions import Fraction
from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.reports.formulas import (
    DISCOVERY,
    DISCOVERY_STRATA,
    INTERVALS,
    SIZE,
    SIZE_EXACT,
)
from case_audit.reports.wording import METHODS, interval, percent, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.estimates.discovery import Discovery
    from case_audit.core.estimates.share import Share
    from case_audit.core.estimates.size import Size
    from case_audit.core.estimates.stratified import StratumCount
    from case_audit.reports.formulas import Formula

_WIDTH = 30
_COLUMNS = 79


def interval_page(strata: Sequence[StratumCount], share: Share) -> tuple[str, ...]:
    """Return the page of an interval: inputs, result, formula, sentence."""
    population = sum(s.population for s in strata)
    sample = sum(s.sampled for s in strata)
    return (
        *_interval_inputs(strata, share),
        "",
        interval(share),
        *_interval_counts(share, census=sample == population),
        "",
        *how(INTERVALS[share.method]),
        "",
        *quoted(_interval_sentence(share, several=len(strata) > 1)),
    )


def _interval_inputs(strata: Sequence[StratumCount], share: Share) -> Iterator[str]:
    if len(strata) == 1:
        (only,) = strata
        yield entered("cases in the frame, N", only.population)
        yield entered("cases audited, n", only.sampled)
        yield entered("with the property, x", only.hits)
    else:
        for s in strata:
            counts = f"N = {s.population}, n = {s.sampled}, x = {s.hits}"
            yield entered(f"stratum {s.stratum}", counts)
        yield entered("strata, H", len(strata))
    yield entered("level", percent(share.level))


def _interval_counts(share: Share, *, census: bool) -> Iterator[str]:
    if census:
        yield f"All {share.population} cases were audited: no sampling error."
        return
    yield from folded(
        f"Between {share.lower_count} and {share.upper_count} of {share.population} "
        f"cases, {percent(share.level)} confidence ({METHODS[share.method]}).",
        "",
    )


def _interval_sentence(share: Share, *, several: bool) -> str:
    found = f"{share.hits} of {plural(share.n, 'audited case')} had the property."
    if share.method == "census":
        return f"{found} These are all {share.population} cases: no sampling error."
    weighted = "Weighted by stratum, we" if several else "We"
    return (
        f"{found} {weighted} are {percent(share.level)} confident that between "
        f"{share.lower_count} and {share.upper_count} of the {share.population} cases "
        f"do ({percent(share.lower)} to {percent(share.upper)})."
    )


def size_page(
    size: Size,
    *,
    population: int,
    half_width: Fraction,
    expected: Fraction,
    level: Fraction,
) -> tuple[str, ...]:
    """Return the page of a sample size."""
    points = _points(half_width)
    return (
        entered("cases in the frame, N", population),
        entered("interval wished for, d", f"plus or minus {points} points"),
        entered("share expected, p", percent(expected)),
        entered("level", percent(level)),
        "",
        f"Cochran's formula: {plural(size.formula, 'case')}",
        f"Exact interval:    {plural(size.exact, 'case')}",
        f"Take the larger:   {plural(max(size.formula, size.exact), 'case')}",
        "",
        *how(SIZE, name="Cochran's formula"),
        f"  Here: z = {size.z:.4f}, n0 = {size.first:.2f}.",
        *how(SIZE_EXACT, name="Exact interval"),
        "",
        *quoted(
            f"To know the share to within {points} points with {percent(level)} "
            f"confidence, {max(size.formula, size.exact)} of the {population} cases "
            "have to be audited."
        ),
    )


def discovery_page(found: Discovery) -> tuple[str, ...]:
    """Return the page of a question of discovery sampling.

    Either the chance that a sample meets at least one case, or the sample that
    does so with a chance asked for.
    """
    if found.wanted is not None:
        return _discovery_size_page(found, found.wanted)
    chance = fine(found.chance)
    return (
        *_discovery_inputs(found),
        entered("cases drawn, n", found.sample),
        "",
        f"Chance to meet at least one: {chance}",
        f"Chance to meet none:         {fine(1 - found.chance)}",
        "",
        *how(DISCOVERY),
        "",
        *quoted(
            f"Had {found.cases} of the {found.population} cases been so, a random "
            f"sample of {found.sample} would have met at least one with a chance of "
            f"{chance}."
        ),
    )


def discovery_strata_page(
    strata: Sequence[StratumCount], found: Discovery
) -> tuple[str, ...]:
    """Return the page of a question of discovery in samples of several strata."""
    chance = fine(found.chance)
    return (
        *(
            entered(f"stratum {s.stratum}", f"N = {s.population}, n = {s.sampled}")
            for s in strata
        ),
        *_discovery_inputs(found),
        entered("cases drawn, n", found.sample),
        "",
        f"Chance to meet at least one, wherever they are: {chance} or more",
        "",
        *how(DISCOVERY_STRATA),
        "",
        *quoted(
            f"Had {found.cases} of the {found.population} cases been so, wherever they "
            f"were, these samples would have met at least one with a chance of {chance} "
            "or more."
        ),
    )


def _discovery_size_page(found: Discovery, wanted: Fraction) -> tuple[str, ...]:
    drawn, chance = plural(found.sample, "case"), fine(found.chance)
    return (
        *_discovery_inputs(found),
        entered("chance asked for", fine(wanted)),
        "",
        f"Draw {drawn}: at least one is met with a chance of {chance}.",
        "",
        *how(DISCOVERY, name="The smallest n for which P is at least that"),
        "",
        *quoted(
            f"{drawn} of {found.population} are drawn, so that if {found.cases} of "
            f"them are so, at least one is met with a chance of {chance}."
        ),
    )


def _discovery_inputs(found: Discovery) -> Iterator[str]:
    yield entered("cases in the frame, N", found.population)
    if found.rate is not None:
        yield entered("rate asked about", fine(found.rate))
    yield entered("cases that are so, M", found.cases)
    if found.rate is not None and found.rate * found.population != found.cases:
        exact = float(found.rate * found.population)
        yield from folded(
            f"({fine(found.rate)} of {found.population} is {exact:.2f}; fewer cases "
            "are harder to meet, so it is rounded down, to one at least)",
            "  ",
        )


def fine(share: Fraction) -> str:
    """Return a share as per cent to one place; never 0 or 100 where it is not."""
    tenths = int(share * 1000 + Fraction(1, 2))
    if tenths == 0 and share > 0:
        return "<0.1%"
    if tenths == 1000 and share < 1:  # noqa: PLR2004
        return ">99.9%"
    return f"{tenths / 10:g}%"


def _points(half_width: Fraction) -> str:
    return f"{float(half_width * 100):g}"


def entered(label: str, value: object) -> str:
    """Return a line of what went in."""
    return f"{label + ':':<{_WIDTH}} {value}"


def how(formula: Formula, *, name: str = "How") -> tuple[str, ...]:
    """Return how a number was found, with its source."""
    return (
        *folded(f"{name}: {formula.words}", ""),
        *folded(f"Formula: {formula.symbols}", "  "),
        *folded(f"Source: {formula.source}.", "  "),
    )


def quoted(sentence: str) -> tuple[str, ...]:
    """Return a sentence that may be quoted."""
    return ("To quote:", *folded(sentence, "  "))


def folded(text: str, margin: str) -> list[str]:
    """Return a text as lines that fit a terminal of 80 columns."""
    return wrap(
        text,
        width=_COLUMNS,
        initial_indent=margin,
        subsequent_indent=f"{margin}  " if margin else "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
