"""The differences of two rubrics for a terminal of 80 columns."""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from case_audit.core.rubric.compare import ADDED, REMOVED
from case_audit.reports.wording import plural
from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.rubric.compare import Change
    from case_audit.core.rubric.model import Rubric

WIDTH = 78
"""Columns, so that a scroll bar still fits beside it."""


def changes_text(changes: Sequence[Change], *, old: Rubric, new: Rubric) -> str:
    """Return the differences, old and new text beneath each other.

    Args:
        changes: As :func:`case_audit.core.rubric.compare.compare` found them.
        old: The rubric to start from.
        new: The rubric to arrive at.

    Returns:
        Lines of at most 78 columns, with a final line feed.
    """
    if not changes:
        return "No difference.\n"
    lines = wrap(
        f"From {_name(old)} to {_name(new)}: {plural(len(changes), 'difference')}.",
        WIDTH,
    )
    for where, found in groupby(changes, key=lambda change: change.where):
        lines += ["", *wrap(one_line(where), WIDTH, subsequent_indent="  ")]
        for change in found:
            lines += _change(change)
    return "\n".join(lines) + "\n"


def _name(rubric: Rubric) -> str:
    return one_line(f"{rubric.id} {rubric.version}")


def _change(change: Change) -> Iterator[str]:
    yield from wrap(
        one_line(change.what), WIDTH, initial_indent="  ", subsequent_indent="    "
    )
    if change.what != ADDED:
        yield from _text("old", change.old)
    if change.what != REMOVED:
        yield from _text("new", change.new)


def _text(side: str, text: str) -> Iterator[str]:
    head = f"    {side}: "
    for line in (text or "(nothing)").split("\n"):
        yield from wrap(
            one_line(line), WIDTH, initial_indent=head, subsequent_indent=" " * 9
        )
        head = " " * 9
