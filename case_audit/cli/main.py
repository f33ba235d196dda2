"""Run the command line: sort the options, run the command, report errors."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from case_audit import __version__
from case_audit.cli.common import options, warn
from case_audit.errors import CaseAuditError, ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

INTERRUPTED = 130
CLOSED_PIPE = 141

_WRONG_USAGE: Any = typer.BadParameter.__mro__[2]
"""What every refusal of a command line is; it has no public name."""
_GONE = "PacifyFlushWrapper"
"""What standard output is replaced by once its reader has gone away."""


def run(arguments: list[str]) -> int:
    """Run one command.

    Args:
        arguments: What was typed after the program's name.

    Returns:
        The exit code: 0 done, 1 refused or failed, 2 wrong usage, 3 found
        different, 130 interrupted.
    """
    from case_audit.cli.root import app

    os.umask(0o077)  # whatever is written is for its owner alone
    try:
        rest = list(_shared(_with_values(arguments)))
        options.arguments = tuple(rest)
        code = app(rest, prog_name="case-audit", standalone_mode=False)
    except CaseAuditError as error:
        for line in error.lines:
            warn(line)
        return int(error.exit_code)
    except _WRONG_USAGE as wrong:
        wrong.show()
        return int(ExitCode.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except SystemExit as end:
        if type(sys.stdout).__name__ == _GONE:
            return CLOSED_PIPE
        return end.code if isinstance(end.code, int) else int(ExitCode.DONE)
    if code == INTERRUPTED:
        typer.echo("Stopped. Nothing half-done was kept.", err=True)
    return code if isinstance(code, int) else int(ExitCode.DONE)


def _with_values(arguments: list[str]) -> list[str]:
    """Give ``--map`` an empty value where it has none, for it may have none."""
    given: list[str] = []
    for here, after in zip(arguments, [*arguments, "-"][1:], strict=True):
        given.append(here)
        if here == "--map" and after.startswith("-"):
            given.append("")
    return given


def _shared(arguments: list[str]) -> Iterator[str]:
    """Take the options every command has, wherever they stand; yield the rest."""
    waiting = iter(arguments)
    for argument in waiting:
        name, equals, value = argument.partition("=")
        if argument == "--":
            yield argument
            yield from waiting
        elif name in ("--db", "--rubrics"):
            if not equals:
                value = next(waiting, "")
            _take(name, value)
        elif argument in ("--quiet", "-q"):
            options.quiet = True
        elif argument == "--no-color":
            options.color = False
            os.environ["NO_COLOR"] = "1"
        elif argument == "--no-mouse":
            options.mouse = False
        elif argument == "--version":
            typer.echo(f"case-audit {__version__}")
            raise SystemExit(int(ExitCode.DONE))
        else:
            yield argument


def _take(name: str, value: str) -> None:
    if not value:
        typer.echo(f"{name} needs a value. Try 'case-audit --help'.", err=True)
        raise SystemExit(int(ExitCode.USAGE))
    if name == "--db":
        options.db = value
        return
    folder = Path(value)
    if not folder.is_dir():
        typer.echo(f"--rubrics: {value} is not a folder.", err=True)
        raise SystemExit(int(ExitCode.USAGE))
    options.rubrics = folder
