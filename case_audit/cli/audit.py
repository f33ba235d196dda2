"""``case-audit``, ``audit`` and ``demo``: the app in the terminal."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from case_audit import __version__
from case_audit.cli.common import (
    PRACTICE,
    database,
    database_there,
    folder,
    now,
    options,
    tell,
    terminal,
    typed,
)
from case_audit.cli.opening import open_app, plain_because
from case_audit.errors import NoRoundsError, NoTerminalError, UnknownCaseError


def audit(
    unit: Annotated[
        str | None,
        typer.Argument(help="Open this case; the next one to do if left out."),
    ] = None,
    *,
    name: Annotated[
        str | None,
        typer.Option("--round", help="Name of the round; the newest if left out."),
    ] = None,
    plain: Annotated[
        bool | None,
        typer.Option(
            "--plain/--no-plain",
            help="As a dialogue, line by line, for screen readers and plain "
            "terminals; CASE_AUDIT_PLAIN=1 does the same.",
        ),
    ] = None,
) -> None:
    """Audit cases in the terminal, from where you were.

    Opens your own open case first, then the next that nobody has begun. Every
    answer is on disk the moment it is given; leave at any time.

    \b
    Keys: 1 to 4 grade, 0 not applicable, x not evidenced, e why, v evidence,
    n and p next and back, N the next without an answer, f the child's file,
    c check and submit, u undo, ? help.

    \b
    Examples:
      case-audit audit
      case-audit audit SYN-00042 --round "Spring 2026"
      case-audit audit --plain
    """
    if reason := plain_because(plain):
        from case_audit.cli.plain.audit import audit_in_words

        audit_in_words(reason, round_name=name, unit=unit)
        return
    if name is None and unit is None and terminal() and database_there():
        # The app finds the round itself, after its first paint.
        open_app(newest=True)
        return
    from case_audit.services.home import list_rounds, named_round

    if name is None:
        rounds = list_rounds(database())
        if not rounds:
            raise NoRoundsError
        name = rounds[0].round.name
    else:
        name = typed(name)
    if unit is not None:
        _, lines = named_round(database(), name)
        if unit not in {line.case.unit for line in lines}:
            raise UnknownCaseError(name)
    open_app(round_name=name, unit=unit or "")


def demo(
    *,
    children: Annotated[
        int, typer.Option(min=12, max=5000, help="How many invented children.")
    ] = 60,
    size: Annotated[
        int, typer.Option("--size", "-n", min=1, help="Cases to draw.")
    ] = 8,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="Start again; the old practice is kept aside."),
    ] = False,
    no_app: Annotated[
        bool, typer.Option("--no-app", help="Prepare everything, open nothing.")
    ] = False,
) -> None:
    """Practise: invented data, a drawn sample, the app open on its first case.

    Makes the fictional county of Borrowmere in a practice database of its own,
    draws a sample of child protection cases from it and opens the first one; the
    first time, it offers to show you round. The second time, it goes on where you
    were. Every child, family and worker in it
    is invented.

    \b
    Examples:
      case-audit demo
      case-audit demo --fresh --size 12
    """
    from case_audit.services.demo import Practice, prepare_demo, set_aside

    if not no_app and not terminal():
        raise NoTerminalError
    url = options.db or str(folder("data") / PRACTICE)
    first = not ("://" in url or Path(url).exists())
    if fresh and (aside := set_aside(url, now=now())):
        tell(f"The old practice is kept in {aside}")
    practice = Practice(children=children, size=size, version=__version__)
    prepared = prepare_demo(url, practice, now=now(), tell=tell)
    tell(f"Practice database: {url}")
    if no_app:
        tell(f"Next: case-audit audit --db {url}")
        return
    open_app(round_name=prepared, url=url, tour="offer" if first else "")


def tour() -> None:
    """Be shown round: the way of one invented case, in two minutes.

    Opens the app on a case of its own and says step by step what to press. Nothing
    you do in it is kept, and no other data are touched. Esc leaves it.

    \b
    Examples:
      case-audit tour
    """
    if not terminal():
        raise NoTerminalError
    prefix = "case-audit-tour-"
    with TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as place:
        open_app(url=str(Path(place) / "empty.db"), tour="alone")
