"""``case-audit stats compare``: whether a share has changed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from case_audit.cli.common import Json, say, say_json, typed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from case_audit.core.estimates.change import Change
    from case_audit.core.estimates.paired import Pairs
    from case_audit.core.estimates.stratified import StratumCount

    Round = tuple[str, Sequence[StratumCount]]

_TWO = 2


def compare(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="ROUNDS.csv",
            help="Instead of numbers: round,stratum,population,sampled,hits.",
            dir_okay=False,
        ),
    ] = None,
    *,
    first: Annotated[
        str | None, typer.Option(metavar="HITS/AUDITED", help="The earlier round.")
    ] = None,
    first_population: Annotated[
        int | None, typer.Option(min=1, help="Cases in its frame.")
    ] = None,
    second: Annotated[
        str | None, typer.Option(metavar="HITS/AUDITED", help="The later round.")
    ] = None,
    second_population: Annotated[
        int | None, typer.Option(min=1, help="Cases in its frame.")
    ] = None,
    improved: Annotated[
        int | None,
        typer.Option(min=0, help="Same cases again: how many became better."),
    ] = None,
    worsened: Annotated[
        int | None, typer.Option(min=0, help="And how many became worse.")
    ] = None,
    level: Annotated[str, typer.Option(help="Confidence level, 0 to 1.")] = "0.95",
    json: Json = False,
) -> None:
    """Say whether a share has changed: interval, test, and a sentence to quote.

    Two rounds drawn independently; strata from a file. Where the same cases were
    audited again, give --improved and --worsened instead of the populations. Only
    rounds of one rubric and of one kind of frame can be compared.

    \b
    Examples:
      case-audit stats compare --first 14/30 --first-population 300 --second 23/30 --second-population 310
      case-audit stats compare --first 14/30 --second 21/30 --improved 9 --worsened 2
      case-audit stats compare rounds.csv --json
    """
    from case_audit.cli.estimates import share_of
    from case_audit.core.estimates.change import change
    from case_audit.core.estimates.paired import change_of_pairs
    from case_audit.reports.changes import change_page, pairs_page

    confidence = share_of(level, option="--level")
    if improved is not None or worsened is not None:
        single = (file, first_population, second_population)
        if any(given is not None for given in single):
            _wrong("give either --improved and --worsened, or populations or a file")
        pairs = _pairs(first, second, improved, worsened)
        found = change_of_pairs(pairs, level=confidence)
        page = pairs_page(pairs, found)
    else:
        options = (first, first_population, second, second_population)
        rounds = _rounds(file, options)
        found = change(rounds[0][1], rounds[1][1], level=confidence)
        page = change_page(rounds, found)
    if json:
        say_json(_plain(found))
        return
    for line in page:
        say(line)


def _plain(found: Change) -> dict[str, object]:
    return {
        "first": float(found.first),
        "second": float(found.second),
        "difference": float(found.difference),
        "lower": float(found.lower),
        "upper": float(found.upper),
        "level": float(found.level),
        "method": found.method,
        "p_value": _number(found.p_value),
        "test": found.test,
        "clear": found.clear,
        "notes": list(found.notes),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _rounds(
    file: Path | None, options: tuple[str | None, int | None, str | None, int | None]
) -> tuple[Round, Round]:
    """Return what was found in two rounds, from a file or from options."""
    from case_audit.core.estimates.stratified import StratumCount
    from case_audit.errors import CalculatorFileError
    from case_audit.exchange.calculator_csv import ROUNDS, read_rounds
    from case_audit.reports.wording import plural

    if file is not None:
        if any(given is not None for given in options):
            _wrong("give either a file, or --first and --second")
        read = list(read_rounds(file).items())
        if len(read) != _TWO:
            problem = f"it has {plural(len(read), 'round')}, and two are compared"
            raise CalculatorFileError(
                file.name, line=1, problem=problem, columns=ROUNDS
            )
        return read[0], read[1]
    first, first_population, second, second_population = options
    if not (first and first_population and second and second_population):
        _wrong(
            "needs --first, --first-population, --second and --second-population, or "
            "--improved and --worsened, or a file"
        )
    found = []
    for name, text, population in (
        ("first", first, first_population),
        ("second", second, second_population),
    ):
        hits, sampled = _counts(text or "", f"--{name}")
        if sampled > (population or 0):
            _wrong(f"--{name} has more cases than --{name}-population")
        counts = StratumCount(
            stratum=name, population=population or 0, sampled=sampled, hits=hits
        )
        found.append((f"{name} round", [counts]))
    return found[0], found[1]


def _pairs(
    first: str | None, second: str | None, improved: int | None, worsened: int | None
) -> Pairs:
    """Return cases audited twice, from the options."""
    from case_audit.core.estimates.paired import Pairs

    if not first or not second or improved is None or worsened is None:
        _wrong("needs --first, --second, --improved and --worsened")
    before, n = _counts(first, "--first")
    after, again = _counts(second, "--second")
    both = before - worsened
    neither = n - both - improved - worsened
    if n != again or after != both + improved or both < 0 or neither < 0:
        _wrong(
            "does not add up: both rounds have the same cases, and the later hits are "
            "the earlier ones with --improved more and --worsened fewer"
        )
    return Pairs(both=both, improved=improved, worsened=worsened, neither=neither)


def _counts(text: str, option: str) -> tuple[int, int]:
    """Return hits and audited cases from ``18/30``."""
    found = re.fullmatch(r"\s*([0-9]{1,9})\s*/\s*([0-9]{1,9})\s*", typed(text))
    hits, sampled = map(int, found.groups()) if found else (1, 0)
    if hits > sampled or not sampled:
        _wrong(f"{option} is hits/audited, such as 18/30", option=option)
    return hits, sampled


def _wrong(message: str, *, option: str | None = None) -> NoReturn:
    raise typer.BadParameter(message, param_hint=option)
