"""``case-audit stats``: calculators."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import Json, one_cell, say, say_json, typed
from case_audit.cli.estimates_agreement import agreement
from case_audit.cli.estimates_change import compare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from case_audit.core.estimates.discovery import Discovery
    from case_audit.core.estimates.stratified import StratumCount

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Calculate with samples."
)

Population = Annotated[int | None, typer.Option(min=1, help="Cases in the frame.")]
_COUNTS = 3

Level = Annotated[str, typer.Option(help="Confidence level, 0 to 1.")]


@app.callback()
def stats() -> None:
    """Calculate with samples."""


@app.command()
def interval(
    *,
    population: Annotated[
        int | None, typer.Option(min=1, help="Cases in the frame.")
    ] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Cases audited.")] = None,
    hits: Annotated[
        int | None, typer.Option(min=0, help="Audited cases with the property.")
    ] = None,
    strata: Annotated[
        list[str] | None,
        typer.Option(help="NAME:CASES:AUDITED:HITS instead; once for each stratum."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            help="A CSV file instead: stratum,population,sampled,hits.", dir_okay=False
        ),
    ] = None,
    level: Level = "0.95",
    json: Json = False,
) -> None:
    """Print the interval of a share: its formula, its source, a sentence to quote.

    For a simple random sample the exact hypergeometric interval: every number of
    cases in the frame under which a result as high, or as low, as the one found
    would not be rarer than half of what the level leaves. For strata drawn apart,
    the interval that a summary prints.

    \b
    Examples:
      case-audit stats interval --population 300 --sample 30 --hits 18
      case-audit stats interval --strata "Team A:120:20:3" --strata "Team B:80:10:4"
      case-audit stats interval --file strata.csv --json
    """
    from case_audit.core.estimates.share import estimate
    from case_audit.reports.calculators import interval_page

    if file is None:
        counted = _counted(population, sample, hits, strata or [])
    else:
        counted = _read(file, given=bool(population or sample or hits or strata))
    share = estimate(counted, level=share_of(level, option="--level"))
    if json:
        say_json(
            {
                "estimate": float(share.estimate),
                "lower": float(share.lower),
                "upper": float(share.upper),
                "lower_count": share.lower_count,
                "upper_count": share.upper_count,
                "method": share.method,
            }
        )
        return
    _say_all(interval_page(counted, share))


def _counted(
    population: int | None, sample: int | None, hits: int | None, strata: list[str]
) -> list[StratumCount]:
    """Return what was counted, from either kind of option."""
    from case_audit.core.estimates.stratified import StratumCount

    single = (population, sample, hits)
    if strata and any(number is not None for number in single):
        message = "give either --population, --sample and --hits, or --strata"
        raise typer.BadParameter(message)
    if strata:
        found = [_stratum(text) for text in strata]
        if len({s.stratum for s in found}) < len(found):
            message = "names a stratum twice"
            raise typer.BadParameter(message, param_hint="--strata")
        return found
    if population is None or sample is None or hits is None:
        message = "needs --population, --sample and --hits, or --strata"
        raise typer.BadParameter(message)
    if not hits <= sample <= population:
        message = "needs hits <= sample <= population"
        raise typer.BadParameter(message)
    return [
        StratumCount(stratum="all", population=population, sampled=sample, hits=hits)
    ]


def _read(file: Path, *, given: bool) -> list[StratumCount]:
    """Return what was counted, from a file."""
    from case_audit.exchange.calculator_csv import read_strata

    if given:
        message = "give either --file, or numbers"
        raise typer.BadParameter(message)
    return list(read_strata(file))


def _stratum(text: str) -> StratumCount:
    """Return a stratum from ``NAME:CASES:AUDITED:HITS``; the name may have colons."""
    from case_audit.core.estimates.stratified import StratumCount

    name, *numbers = typed(text).rsplit(":", 3)
    counts = [int(n) for n in numbers if n.strip().isdecimal()]
    if name.strip() and len(counts) == _COUNTS and counts[1]:
        population, sampled, hits = counts
        if hits <= sampled <= population:
            return StratumCount(
                stratum=one_cell(name),
                population=population,
                sampled=sampled,
                hits=hits,
            )
    message = (
        f'"{one_cell(typed(text))}" is not NAME:CASES:AUDITED:HITS with '
        'hits <= audited <= cases, such as "Team A:120:20:3"'
    )
    raise typer.BadParameter(message, param_hint="--strata")


@app.command()
def size(
    *,
    population: Population = None,
    half_width: Annotated[
        str, typer.Option(help="Plus or minus what, as a share: 0.1 for 10 points.")
    ],
    expected: Annotated[str, typer.Option(help="The share expected, 0 to 1.")] = "0.5",
    file: Annotated[
        Path | None,
        typer.Option(help="A CSV file instead: stratum,population.", dir_okay=False),
    ] = None,
    level: Level = "0.95",
    json: Json = False,
) -> None:
    """Print how many cases an interval of a wished width needs.

    Twice: by Cochran's formula with finite population correction, and as the
    fewest cases whose exact interval at the expected share is no wider. Without
    --expected one half is taken, which needs the most cases.

    \b
    Examples:
      case-audit stats size --population 240 --half-width 0.1
      case-audit stats size --population 240 --half-width 0.05 --expected 0.8
      case-audit stats size --file frame.csv --half-width 0.1
    """
    from case_audit.core.estimates.size import size_for
    from case_audit.reports.calculators import size_page

    whole = _whole(population, file)
    half = share_of(half_width, option="--half-width", below=Fraction(1, 2))
    share = share_of(expected, option="--expected")
    confidence = share_of(level, option="--level")
    found = size_for(
        population=whole, half_width=half, expected=share, level=confidence
    )
    if json:
        say_json(
            {
                "n": found.formula,
                "method": "cochran_finite",
                "n_exact": found.exact,
                "method_exact": "hypergeometric",
                "population": whole,
                "half_width": float(half),
                "expected": float(share),
                "level": float(confidence),
            }
        )
        return
    _say_all(
        size_page(
            found,
            population=whole,
            half_width=half,
            expected=share,
            level=confidence,
        )
    )


def _whole(population: int | None, file: Path | None) -> int:
    """Return how many cases a frame has, from a number or a file of its strata."""
    from case_audit.exchange.calculator_csv import read_frame

    if (population is None) == (file is None):
        message = "needs either --population or --file"
        raise typer.BadParameter(message)
    if file is None:
        return population or 0
    return sum(s.population for s in read_frame(file, drawn=False))


@app.command()
def discovery(
    *,
    population: Population = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Cases drawn.")] = None,
    rate: Annotated[
        str | None, typer.Option(help="Share of cases that are so, 0 to 1.")
    ] = None,
    cases: Annotated[
        int | None, typer.Option(min=1, help="Number of cases that are so.")
    ] = None,
    probability: Annotated[
        str | None,
        typer.Option(help="Instead of --sample: the chance asked for, 0 to 1."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            help="A CSV file instead: stratum,population,sampled.", dir_okay=False
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Print the chance that a random sample meets at least one case of a kind.

    Ask it before six or twelve files are read: had some cases been inadequate,
    would you have seen one? With --probability instead of --sample it prints how
    many cases have to be drawn. A rate that is no whole number of cases is
    rounded down, which is on the safe side.

    \b
    Examples:
      case-audit stats discovery --population 240 --sample 30 --cases 5
      case-audit stats discovery --population 240 --rate 0.05 --probability 0.95
      case-audit stats discovery --file strata.csv --cases 5
    """
    if (rate is None) == (cases is None):
        message = "needs either --rate or --cases"
        raise typer.BadParameter(message)
    if file is not None:
        given = (population, sample, probability)
        if any(number is not None for number in given):
            message = "give either --file, or --population and --sample"
            raise typer.BadParameter(message)
        _discover_in_strata(file, cases=cases, rate=rate, json=json)
        return
    if population is None or (sample is None) == (probability is None):
        message = "needs --population and either --sample or --probability, or --file"
        raise typer.BadParameter(message)
    if max(cases or 0, sample or 0) > population:
        message = "needs --cases and --sample to be at most --population"
        raise typer.BadParameter(message)
    found = _discovered(
        population,
        sample=sample,
        cases=cases,
        rate=share_of(rate, option="--rate") if rate else None,
        wanted=share_of(probability, option="--probability") if probability else None,
    )
    if json:
        say_json(_discovery_plain(found) | {"method": "hypergeometric"})
        return
    from case_audit.reports.calculators import discovery_page

    _say_all(discovery_page(found))


def _discover_in_strata(
    file: Path, *, cases: int | None, rate: str | None, json: bool
) -> None:
    """Print the chance that samples of several strata meet one, wherever it is."""
    from case_audit.core.estimates.discovery import (
        Discovery,
        cases_at,
        chance_wherever,
    )
    from case_audit.exchange.calculator_csv import read_frame
    from case_audit.reports.calculators import discovery_strata_page

    strata = read_frame(file, drawn=True)
    whole = sum(s.population for s in strata)
    asked = share_of(rate, option="--rate") if rate else None
    having = cases_at(asked, population=whole) if asked else cases or 1
    if having > whole:
        message = "needs --cases to be at most the cases in the file"
        raise typer.BadParameter(message)
    sizes = [(s.population, s.sampled) for s in strata]
    found = Discovery(
        population=whole,
        sample=sum(s.sampled for s in strata),
        cases=having,
        chance=chance_wherever(sizes, cases=having),
        rate=asked,
    )
    if json:
        say_json(_discovery_plain(found) | {"method": "hypergeometric_stratified"})
        return
    _say_all(discovery_strata_page(strata, found))


def _discovery_plain(found: Discovery) -> dict[str, object]:
    return {
        "probability": float(found.chance),
        "n": found.sample,
        "cases": found.cases,
        "population": found.population,
    }


def _discovered(
    population: int,
    *,
    sample: int | None,
    cases: int | None,
    rate: Fraction | None,
    wanted: Fraction | None,
) -> Discovery:
    """Return the chance of a sample, or the sample for a chance."""
    from case_audit.core.estimates.discovery import (
        Discovery,
        cases_at,
        chance_to_meet_one,
        size_to_meet_one,
    )

    having = cases_at(rate, population=population) if rate else cases or 1
    if wanted is None:
        drawn = sample or 1
    else:
        drawn = size_to_meet_one(population=population, cases=having, chance=wanted)
    return Discovery(
        population=population,
        sample=drawn,
        cases=having,
        chance=chance_to_meet_one(population=population, sample=drawn, cases=having),
        rate=rate,
        wanted=wanted,
    )


def share_of(text: str, *, option: str, below: Fraction = Fraction(1)) -> Fraction:
    """Return a share that was typed: ``0.05``, ``1/20`` or ``5%``."""
    plain = typed(text)
    try:
        share = Fraction(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not 0 < share < below:
        message = f"{option} must be between 0 and {float(below):g}, for example 0.05"
        raise typer.BadParameter(message, param_hint=option)
    return share


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


app.command()(compare)
app.command()(agreement)
