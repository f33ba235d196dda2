"""``case-audit stats agreement``: how far graders agree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from case_audit.cli.common import Json, library, one_cell, say, say_json, typed


def agreement(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.csv", help="unit,rater,grade[,criterion].", dir_okay=False
        ),
    ],
    *,
    scale: Annotated[
        str, typer.Option(help="The scale the grades are on.")
    ] = "ofsted4",
    first: Annotated[
        str, typer.Option(help="Whose grades stand first in shift and kappa.")
    ] = "",
    second: Annotated[str, typer.Option(help="Whose stand second.")] = "",
    level: Annotated[str, typer.Option(help="Confidence level, 0 to 1.")] = "0.95",
    seed: Annotated[
        str, typer.Option(help="What the resampling starts from.")
    ] = "agreement",
    json: Json = False,
) -> None:
    """Say how far people agree who graded the same cases, and which way they differ.

    Grades are written as on the scale: identifier, label or letter. With a column
    criterion each criterion of a case is compared, and whole cases are resampled.
    The first of two people stands first in the shift; name them with --first and
    --second where there are more.

    \b
    Examples:
      case-audit stats agreement double.csv
      case-audit stats agreement double.csv --first first --second agreed --json
    """
    from case_audit.cli.estimates import share_of
    from case_audit.core.moderation.agreement import agreement as agree
    from case_audit.exchange.calculator_csv import read_ratings
    from case_audit.reports.agreement import agreement_page, agreement_plain

    confidence = share_of(level, option="--level")
    people = [one_cell(typed(name)) for name in (first, second)]
    if any(people) and (not all(people) or people[0] == people[1]):
        message = "needs both --first and --second, two people"
        raise typer.BadParameter(message)
    used = library().scale(typed(scale))
    ratings = read_ratings(file, used, raters=[name for name in people if name])
    found = agree(
        ratings,
        grades=len(used.grades),
        first=people[0],
        second=people[1],
        level=confidence,
        seed=typed(seed),
    )
    if json:
        say_json(agreement_plain(found))
        return
    for line in agreement_page(found, scale=used.title):
        say(line)
