"""``case-audit narrative``: the lead's own words in the self-assessment."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.common import (
    Json,
    database,
    now,
    person,
    say,
    say_json,
    say_table,
    tell,
    typed,
)

if TYPE_CHECKING:
    from case_audit.services.narrative import Marked, Written

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Write the self-assessment's own words, and see which numbers changed.",
)

Round = Annotated[
    str | None,
    typer.Option("--round", metavar="ROUND", help="The newest if left out."),
]
Section = Annotated[
    str, typer.Argument(metavar="SECTION", help="know, strengths, improve, how, plan.")
]


_LARGEST = 1_000_000
"""Bytes of a file: more than the longest passage has."""


@app.command(name="list")
def list_(*, name: Round = None, json: Json = False) -> None:
    """List the sections that are written, by whom, and how many numbers changed.

    \b
    Example:
      case-audit narrative list --round "Spring 2026"
    """
    from case_audit.services.narrative import passages

    found = passages(database(), _named(name))
    if json:
        say_json([_plain(one) for one in found])
        return
    if not found:
        tell('Nothing is written yet: case-audit narrative set know --text "..."')
        return
    heads = ("section", "revision", "numbers", "changed", "unsure", "written", "by")
    say_table(heads, [_row(one) for one in found])


@app.command()
def show(
    section: Annotated[
        str, typer.Argument(metavar="[SECTION]", help="All of them if left out.")
    ] = "",
    *,
    name: Round = None,
    json: Json = False,
) -> None:
    """Print what is written, with a mark after each number that has changed.

    \b
    The marks:
      60% [now 55%]      the figure it came from reads 55% today
      60% [changed]      it no longer reads so, and there is no one new number
      60% [check]        several figures read so then, and only some do now
      45% [no figure]    it was no figure of the round when it was written

    \b
    Examples:
      case-audit narrative show
      case-audit narrative show plan --round "Spring 2026"
    """
    from case_audit.core.selfassessment.narrative import HEADINGS, KEYS
    from case_audit.errors import UnknownSectionError
    from case_audit.services.narrative import passages

    wanted = typed(section)
    if wanted and wanted not in KEYS:
        raise UnknownSectionError(wanted, known=KEYS)
    found = [
        one
        for one in passages(database(), _named(name))
        if wanted in ("", one.passage.section)
    ]
    if json:
        say_json([_plain(one) for one in found])
        return
    for place, one in enumerate(found):
        if place:
            say("")
        say(f"{HEADINGS[one.passage.section]} ({one.passage.section})")
        say(_with_marks(one))
    if not found:
        tell("Nothing is written there yet.")


@app.command(name="set")
def set_(
    section: Section,
    *,
    text: Annotated[
        str | None, typer.Option("--text", help="What it is to say.")
    ] = None,
    file: Annotated[
        str | None,
        typer.Option("--file", help="Read it from a file; - for standard input."),
    ] = None,
    name: Round = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say which numbers are linked, no more.")
    ] = False,
    json: Json = False,
) -> None:
    """Write a section in your own words. Earlier texts of it are kept.

    Numbers such as 60% and 18 of 30 are linked to the figures of the round that
    read so at this moment. When the round goes on and they change, the reports
    mark them. What is no figure of the round cannot be watched, and is named.

    \b
    Examples:
      case-audit narrative set know --text "18 of 30 plans are good or better."
      case-audit narrative set plan --file plan.txt --round "Spring 2026"
      case-audit narrative set plan --file plan.txt --dry-run
    """
    from case_audit.services.narrative import write_passage

    found = write_passage(
        database(),
        _named(name),
        typed(section),
        _text(text, file),
        by=person(),
        now=now(),
        keep=not dry_run,
    )
    if json:
        say_json(
            {
                "section": found.passage.section,
                "revision": found.passage.revision,
                "linked": {n: found.passage.sources[n] for n in found.linked},
                "foreign": found.foreign,
                "kept": not dry_run,
            }
        )
    else:
        say(_told(found))
    tell("Nothing was changed." if dry_run else "Written. Earlier texts are kept.")


@app.command()
def clear(section: Section, *, name: Round = None) -> None:
    """Take the text of a section away. What it said stays on record.

    \b
    Example:
      case-audit narrative clear plan --round "Spring 2026"
    """
    from case_audit.services.narrative import clear_passage

    clear_passage(database(), _named(name), typed(section), by=person(), now=now())
    tell(f"{typed(section)} is empty again.")


def _named(name: str | None) -> str | None:
    return None if name is None else typed(name)


def _text(text: str | None, file: str | None) -> str:
    """Return the text that was typed, or that of a file or standard input."""
    from case_audit.errors import PassageError
    from case_audit.exchange.files import read_whole

    if (text is None) == (file is None):
        message = "give one of --text and --file"
        raise typer.BadParameter(message, param_hint="--text")
    if text is not None:
        return text
    if file == "-":
        data = sys.stdin.buffer.read(_LARGEST)
    else:
        data = read_whole(Path(str(file)), largest=_LARGEST)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        reason, hint = "the file is not UTF-8 text", "Save it as plain text in UTF-8."
        raise PassageError(reason, hint=hint) from None


def _told(found: Written) -> str:
    one = len(found.linked) == 1
    said = f"{len(found.linked)} {'number is' if one else 'numbers are'} linked"
    if not found.foreign:
        return f"{said}."
    quoted = " and ".join(f"'{number}'" for number in found.foreign)
    if len(found.foreign) == 1:
        return (
            f"{said}; {quoted} is no number of this round, so nobody will notice if "
            "it goes stale."
        )
    return (
        f"{said}; {quoted} are no numbers of this round, so nobody will notice if "
        "they go stale."
    )


def _row(one: Marked) -> tuple[str, ...]:
    kinds = [piece.kind for piece in one.pieces if piece.kind != "text"]
    return (
        one.passage.section,
        str(one.passage.revision),
        str(len(kinds)),
        str(kinds.count("changed")),
        str(kinds.count("unsure")),
        one.passage.at_utc,
        one.passage.by,
    )


def _with_marks(one: Marked) -> str:
    marks = {"unsure": " [check]", "foreign": " [no figure]"}
    found = []
    for piece in one.pieces:
        mark = marks.get(piece.kind, "")
        if piece.kind == "changed":
            mark = f" [now {piece.now}]" if piece.now else " [changed]"
        found.append(piece.text + mark)
    return "".join(found)


def _plain(one: Marked) -> dict[str, object]:
    return {
        "section": one.passage.section,
        "revision": one.passage.revision,
        "by": one.passage.by,
        "at_utc": one.passage.at_utc,
        "text": one.passage.text,
        "numbers": [
            {"text": piece.text, "kind": piece.kind, "now": piece.now or None}
            for piece in one.pieces
            if piece.kind != "text"
        ],
    }
