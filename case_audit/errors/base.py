"""What every error has in common."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def shown(text: str, *, longest: int = 120) -> str:
    """Return text from outside as a message shows it.

    Args:
        text: Anything: a key, a value, the name of a file.
        longest: Characters after which it is cut off.

    Returns:
        One line, in which what is hidden or would act stands as an escape.
    """
    cut = text if len(text) <= longest else f"{text[:longest]}…"
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode()
        for sign in cut
    )


class ExitCode(IntEnum):
    """What the shell sees. Scripts rely on these numbers: add, never renumber."""

    DONE = 0
    FAILED = 1
    """Refused, or failed for a reason the message gives."""
    USAGE = 2
    """The command line itself is wrong."""
    DIFFERENT = 3
    """A check ran to its end and found something different."""


class CaseAuditError(Exception):
    """Base class. Never raised itself.

    Args:
        message: What happened, with the offending value in it. A sentence.
        details: Further lines, shown indented: where, and what was counted.
        hint: What the user can do next, as one sentence or command.

    Messages never carry a child's name, identifier, date of birth or free
    text, because they end up in terminals, logs and screenshots.
    """

    exit_code: ExitCode = ExitCode.FAILED

    def __init__(
        self, message: str, *, details: Sequence[str] = (), hint: str = ""
    ) -> None:
        super().__init__(message)
        self.details = tuple(details)
        self.hint = hint

    @property
    def lines(self) -> list[str]:
        """The whole message as lines, the way it is printed."""
        shown = [str(self), *(f"  {line}" for line in self.details)]
        return [*shown, f"  {self.hint}"] if self.hint else shown
