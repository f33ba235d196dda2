"""``case-audit stats``: calculators."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

import typer

from case_audit.cli.common import say, say_json

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Calculate with samples."
)


@app.callback()
def stats() -> None:
    """Calculate with samples."""


@app.command()
def interval(
    *,
    population: Annotated[int, typer.Option(min=1, help="Cases in the frame.")],
    sample: Annotated[int, typer.Option(min=1, help="Cases audited.")],
    hits: Annotated[int, typer.Option(min=0, help="Audited cases with the property.")],
    level: Annotated[str, typer.Option(help="Confidence level, 0 to 1.")] = "0.95",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print the exact interval for a simple random sample of a finite frame.

    The hypergeometric interval: every number of cases in the frame under which
    a result as high, or as low, as the one found would not be rarer than half
    of what the level leaves.

    \b
    Example:
      case-audit stats interval --population 300 --sample 30 --hits 18
    """
    from case_audit.core.estimates.share import estimate
    from case_audit.core.estimates.stratified import StratumCount

    if not hits <= sample <= population:
        message = "needs hits <= sample <= population"
        raise typer.BadParameter(message)
    share = estimate(
        [StratumCount(stratum="all", population=population, sampled=sample, hits=hits)],
        level=_level(level),
    )
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
    from case_audit.reports.wording import METHODS, interval, percent

    say(f"{interval(share)}")
    if sample == population:
        say(f"All {population} cases were audited: no sampling error.")
        return
    say(
        f"Between {share.lower_count} and {share.upper_count} of {population} cases, "
        f"{percent(share.level)} confidence ({METHODS[share.method]})."
    )


def _level(text: str) -> Fraction:
    try:
        level = Fraction(text)
    except (ValueError, ZeroDivisionError):
        level = Fraction(0)
    if not 0 < level < 1:
        message = "--level must be between 0 and 1, for example 0.95"
        raise typer.BadParameter(message)
    return level
