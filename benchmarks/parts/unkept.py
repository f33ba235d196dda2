"""The app, in which a letter of a note is kept nowhere: the floor of keeping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.__main__ import main
from case_audit.tui.desk import Desk

if TYPE_CHECKING:
    from case_audit.core.audit.model import Part


def forget(self: Desk, part: Part, subject: str, *, field: str, text: str) -> None:
    """Keep nothing."""
    del self, part, subject, field, text


if __name__ == "__main__":
    Desk.draft = forget  # type: ignore[method-assign]
    main()
