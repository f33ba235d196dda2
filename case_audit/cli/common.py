"""What every command shares: options, output, the clock, the database."""

from __future__ import annotations

import getpass
import json
import os
import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from case_audit.cli.choices import (
    Common,
    database_there,
    database_url,
    folder,
    options,
    terminal,
)
from case_audit.errors import NoDatabaseError
from case_audit.security.text_gate import escaped, one_line, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.exchange.rubric_library import Library
    from case_audit.services.database import Database

__all__ = [
    "Common",
    "database_there",
    "database_url",
    "folder",
    "options",
    "terminal",
]

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
"""The option of every command that prints data."""


SHARED_HELP = (
    "Every command also takes --db PATH|URL (or CASE_AUDIT_DB), "
    "--rubrics DIR, --quiet, --no-color and --no-mouse."
)


PRACTICE = "practice.db"
"""The database of `case-audit demo`, beside the usual one."""


def say(text: str) -> None:
    """Print a line of the result to standard output, hidden characters visible."""
    typer.echo(visible(text))


def tell(text: str) -> None:
    """Print a line about what happens to standard error, unless ``--quiet``."""
    if not options.quiet:
        warn(text)


def warn(text: str) -> None:
    """Print a line to standard error; on a terminal, in lines that fit into it."""
    wide = shutil.get_terminal_size().columns if sys.stderr.isatty() else 0
    for line in fitted(visible(text), wide):
        typer.echo(line, err=True)


def fitted(text: str, width: int) -> list[str]:
    """Return a text in lines of a width, none lost; commands stay whole.

    Args:
        text: One or more lines. What begins with ``case-audit`` after a colon is a
            command: where it does not fit, it gets a line of its own to be copied.
        width: The widest a line may be; 0 for no limit.
    """
    found: list[str] = []
    for line in text.split("\n"):
        if not width or len(line) <= width:
            found.append(line)
            continue
        indent = line[: len(line) - len(line.lstrip())]
        for part in re.split(r"(?<=:) (?=case-audit )", line):
            if part.startswith("case-audit "):
                found.append(f"{indent}  {part}")
                continue
            found += wrap(
                part,
                width,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
    return found


def say_json(value: object) -> None:
    """Print the result as JSON."""
    say_json_text(json.dumps(value, ensure_ascii=False, indent=2))


def say_json_text(text: str) -> None:
    """Print JSON, with hidden characters as escapes: the same to a program."""
    typer.echo(escaped(text.removesuffix("\n")))


def say_table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print a table with aligned columns; numbers to the right."""
    shown = [[one_cell(cell) for cell in row] for row in rows]
    widths = [
        max(len(head), *(len(row[i]) for row in shown), 0) if shown else len(head)
        for i, head in enumerate(heads)
    ]
    say("  ".join(h.ljust(w) for h, w in zip(heads, widths, strict=True)).rstrip())
    for row in shown:
        cells = (
            cell.rjust(w) if cell.isdecimal() else cell.ljust(w)
            for cell, w in zip(row, widths, strict=True)
        )
        say("  ".join(cells).rstrip())


def typed(text: str) -> str:
    """Return an argument as one visible line of text.

    Bytes that the locale could not read are read as UTF-8, as output is
    written; what is no text at all becomes visible.
    """
    return one_line(os.fsencode(text).decode(errors="replace")).strip()


def one_cell(text: str) -> str:
    """Return text for a table's cell: one line."""
    return " ".join(visible(text).split())


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def database(*, new: bool = False) -> Database:
    """Open the chosen database.

    Args:
        new: Whether an embedded file may be made where there is none. Commands
            that only read do not: a slip of the pen would look like lost data.

    Raises:
        NoDatabaseError: If there is none and none may be made.
    """
    from case_audit.services.database import Database

    url = database_url()
    if not new and not database_there():
        raise NoDatabaseError(url, practice=_practice_beside())
    return Database(url)


def again(command: str) -> str:
    """Return a command to type next, with the database that was named for this one."""
    return f"{command} --db {quote(options.db)}" if options.db else command


def _practice_beside() -> str:
    """Return where practice data is, if no database was named and there is some."""
    named = options.db or os.environ.get("CASE_AUDIT_DB")
    practice = folder("data") / PRACTICE
    return quote(str(practice)) if not named and practice.exists() else ""


def library() -> Library:
    """Return the rubrics, with a notice where the user's hide others.

    Those of ``--rubrics`` come first, then the folder ``rubrics`` in the settings
    folder, then the shipped ones.
    """
    from case_audit.services.rubric import library

    own = folder("config") / "rubrics"
    shelf = library(options.rubrics, own if own.is_dir() else None)
    for file in shelf.shadowed():
        tell(f"Note: your {file} is used instead of the shipped one.")
    return shelf


def person() -> str:
    """Return who is at the keyboard: the name in the settings, or the account's."""
    from case_audit.services.settings import read_settings

    name = read_settings(folder("config")).auditor
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner alone."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, for its owner alone."""
    from case_audit.exchange.files import write_whole

    write_whole(path, data)
