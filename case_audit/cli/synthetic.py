"""``case-audit synth``: invented data to practise and to test with."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from case_audit.cli.common import now, say, say_json, tell

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Make invented data.",
)


class Dirt(StrEnum):
    """How untidy a workbook is."""

    CLEAN = "clean"
    TYPICAL = "typical"
    HOSTILE = "hostile"


@app.callback()
def synth() -> None:
    """Make invented data."""


@app.command()
def make(
    folder: Annotated[
        Path, typer.Argument(help="Where to write; made if it is not there.")
    ] = Path("borrowmere"),
    *,
    children: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many.")] = 60,
    seed: Annotated[
        str, typer.Option(help="Any text; the same seed gives the same county.")
    ] = "borrowmere",
    as_at: Annotated[
        str | None,
        typer.Option(help="The date it describes; the end of last month if left out."),
    ] = None,
    dirt: Annotated[
        Dirt, typer.Option(help="How untidy the workbook is: clean, typical, hostile.")
    ] = Dirt.CLEAN,
    files: Annotated[
        bool, typer.Option("--files/--no-files", help="Write the children's files too.")
    ] = True,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what an earlier run wrote.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Invent a county: an Annex A workbook of 11 lists, and a file for each child.

    Every child, family and worker is invented, and every file says so. It has
    the shape of real data and nothing else: no record of a real person was used,
    and nothing can be learnt from it about real children. planted.jsonl tells
    what the files show on purpose; keep it from those who practise.

    \b
    Examples:
      case-audit synth make practice --children 60
      case-audit synth make big --children 20000 --no-files --dirt typical
      case-audit import practice --db practice.db
    """
    from case_audit.services.synthetic import make_files

    made = make_files(
        folder,
        seed=seed,
        children=children,
        as_at=_date(as_at),
        dirt=dirt.value,
        files=files,
        replace=replace,
    )
    written = [p for p in (made.workbook, made.cases, made.planted) if p is not None]
    if json:
        say_json(
            {
                "files": [str(path) for path in written],
                "children": made.children,
                "documents": made.documents,
                "quirks": made.quirks,
            }
        )
    else:
        for path in written:
            say(str(path))
    tell(
        f"{made.children} invented children, {made.documents} documents. "
        f"Next: case-audit import {folder} --db practice.db"
    )


def _date(text: str | None) -> date:
    if text is None:
        return now().date().replace(day=1) - timedelta(days=1)
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = "must be a date such as 2026-03-31"
        raise typer.BadParameter(message, param_hint="--as-at") from None
