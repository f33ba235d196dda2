"""``case-audit summary``: what we know and how we know it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from case_audit.cli.common import database, say, tell, typed, write_text


class Format(StrEnum):
    """How the summary is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "md"


def summary(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="ROUND", help="Name of the round; the newest if left out."
        ),
    ] = None,
    *,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="text, json or md.")
    ] = Format.TEXT,
    json: Annotated[
        bool, typer.Option("--json", help="Same as --format json.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write to a file instead.")
    ] = None,
) -> None:
    """Print the self-assessment of a round.

    For the judgement area, every domain and every criterion: the cases at each
    grade, each grade apart; how many there are; the share of all cases in the
    frame at good or better, with its 95% interval; which cases a limiting rule
    decided; and what the numbers cannot say. Under ILACS from April 2026 there
    is no overall effectiveness grade, so none is printed.

    Only submitted audits count.

    \b
    Examples:
      case-audit summary
      case-audit summary "Spring 2026" --format md --out spring.md
      case-audit summary --json | jq '.areas[1].good_or_better'
    """
    from case_audit.services.selfassessment import summarise

    found = summarise(database(), None if name is None else typed(name))
    if json or form is Format.JSON:
        from case_audit.reports.summary_json import summary_json

        text = summary_json(found) + "\n"
    elif form is Format.MARKDOWN:
        from case_audit.reports.summary_markdown import summary_markdown

        text = summary_markdown(found)
    else:
        from case_audit.reports.summary_text import summary_text

        text = summary_text(found)
    if out is None:
        say(text.removesuffix("\n"))
        return
    write_text(out, text)
    tell(f"Written to {out}. It is internal: it speaks of single cases by number.")
