"""``case-audit audit --plain``: from case to case in words."""

from __future__ import annotations

import sys
from contextlib import suppress
from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.cli.common import database, folder, now, say, typed
from case_audit.cli.plain.dialogue import Dialogue
from case_audit.core.timescales.limits import Limits
from case_audit.errors import (
    CaseAuditError,
    GivenToAnotherError,
    NoRoundsError,
    UnknownCaseError,
)
from case_audit.services.audit import open_case, put_back
from case_audit.services.home import list_rounds, named_round, next_case
from case_audit.services.settings import read_settings, remember_auditor
from case_audit.tui.desk import Desk

if TYPE_CHECKING:
    from case_audit.core.sample.round import Case, Round
    from case_audit.services.database import Database
    from case_audit.services.opened import OpenCase

NARROWEST = 40


def audit_in_words(reason: str, *, round_name: str | None, unit: str | None) -> None:
    """Audit a case, then the next, until the auditor leaves or none is left.

    Args:
        reason: What asked for the dialogue.
        round_name: The round; the newest if left out.
        unit: The case; the next to do if left out.

    Raises:
        NoRoundsError: If nothing is drawn yet.
        UnknownCaseError: If the round has no such case.
    """
    db = database()
    _tell(f"case-audit, plain mode, because of {reason}.")
    auditor = _auditor()
    if not auditor:
        return
    one, case = _first(db, round_name, unit, auditor=auditor)
    while case is not None:
        if not _one_case(db, case, auditor=auditor):
            return
        case = next_case(db, one.id, auditor=auditor)
        if case is not None and not _yes("Next case? yes or no: "):
            return
    if case is None:
        _tell("Nothing is left to do for you in this round.")


def _auditor() -> str:
    """Return the name that stands beside every answer; ask for it the first time."""
    settings = folder("config")
    name = read_settings(settings).auditor
    if name:
        return name
    try:
        return remember_auditor(settings, _ask("Your name, as others know you: "))
    except EOFError:
        return ""


def _yes(what: str) -> bool:
    try:
        return _ask(what).strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _first(
    db: Database, round_name: str | None, unit: str | None, *, auditor: str
) -> tuple[Round, Case | None]:
    if round_name is None:
        rounds = list_rounds(db)
        if not rounds:
            raise NoRoundsError
        round_name = rounds[0].round.name
    one, lines = named_round(db, typed(round_name))
    if unit is None:
        return one, next_case(db, one.id, auditor=auditor)
    found = [line.case for line in lines if line.case.unit == unit]
    if not found:
        raise UnknownCaseError(one.name)
    return one, found[0]


def _one_case(db: Database, case: Case, *, auditor: str) -> bool:
    """Audit one case; whether it was submitted."""
    opened = _open(db, case.id, auditor=auditor)
    if opened is None:
        return False
    dialogue = Dialogue(Desk(db, opened, clock=now), say=_tell, ask=_ask)
    try:
        dialogue.run(kind=db.kind())
    finally:
        with suppress(CaseAuditError):  # nothing depends on it
            put_back(db, opened.audit.id, auditor=auditor, now=now())
    if not dialogue.submitted:
        _tell("Left. Everything is kept; case-audit audit --plain goes on here.")
    return dialogue.submitted


def _open(
    db: Database, case_id: int, *, auditor: str, anyway: bool = False
) -> OpenCase | None:
    limits = Limits(read_settings(folder("config")).timescales)
    try:
        return open_case(
            db, case_id, auditor=auditor, now=now(), limits=limits, anyway=anyway
        )
    except GivenToAnotherError as error:
        for line in error.lines:
            _tell(line)
        if not _yes("Open it all the same? yes or no: "):
            return None
        return _open(db, case_id, auditor=auditor, anyway=True)


def _tell(text: str) -> None:
    """Print a text; in a terminal, broken between words and not within them."""
    for line in text.splitlines() or [""]:
        if sys.stdout.isatty():
            for part in wrap(line, _width(), break_long_words=False) or [""]:
                say(part)
        else:
            say(line)


def _width() -> int:
    import shutil

    return max(shutil.get_terminal_size().columns - 1, NARROWEST)


def _ask(what: str) -> str:
    """Read one line after saying what is wanted.

    Raises:
        EOFError: At the end of the input.
    """
    sys.stdout.write(what if sys.stdin.isatty() else what and f"{what.rstrip()}\n")
    sys.stdout.flush()
    line = sys.stdin.buffer.readline()
    if not line:
        raise EOFError
    return line.decode(errors="replace").rstrip("\r\n")
