"""What every way of writing a document says alike."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from case_audit.reports.document.evidence import evidence_words
from case_audit.reports.document.model import (
    Bullets,
    Distribution,
    Evidence,
    Intervals,
    Paragraph,
    Table,
)
from case_audit.security.text_gate import SHOWN_AS, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.reports.document.model import Document, Section

CHANGED = "A number here has changed since this was written."
HIDDEN = "c"
"""What stands in place of a number that is hidden to protect children."""
AUDIENCES = {
    "internal": "Internal: not to be shared, small numbers are not hidden",
    "shareable": "Shareable: small numbers are hidden",
}
PRACTICE = "Practice data: all of it is invented"

_NOWHERE = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
"""Code points that are no characters, and that XML does not take."""
_NARROW = 9
"""Characters of the longest text in a column whose numbers stand under each other."""


def clean(text: str) -> str:
    """Return text as one visible line that any file can hold."""
    return _NOWHERE.sub(SHOWN_AS, " ".join(one_line(text).split()))


def evidence(paragraph: Paragraph) -> str:
    """Return the cases behind a paragraph and those against it, in a sentence."""
    basis = paragraph.basis
    return clean(evidence_words(basis)) if isinstance(basis, Evidence) else ""


def marks(doc: Document) -> tuple[str, ...]:
    """Return what is said at the top of a document and on each of its pages."""
    audience = AUDIENCES[doc.audience]
    return (PRACTICE, audience) if doc.practice else (audience,)


def in_levels(doc: Document) -> Iterator[tuple[int, Section]]:
    """Yield the sections with levels from 2 that never skip one downwards."""
    before = 1
    for section in doc.sections:
        before = min(section.level, before + 1)
        yield before, section


def number_columns(table: Table) -> tuple[bool, ...]:
    """Return for each column whether it holds short numbers, set flush right."""
    return tuple(
        place > 0 and _numbers(table, place) for place, _ in enumerate(table.head)
    )


def _numbers(table: Table, place: int) -> bool:
    cells = [row[place] for row in table.rows]
    return any(cell.value is not None for cell in cells) and all(
        len(cell.text) <= _NARROW for cell in cells
    )


def in_utc(made: dt.datetime) -> dt.datetime:
    """Return a time in UTC and without its zone, as files of an office hold it."""
    return made.astimezone(dt.UTC).replace(tzinfo=None) if made.tzinfo else made


def texts(doc: Document) -> Iterator[str]:
    """Yield everything that is read in a document, part by part."""
    for section in doc.sections:
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield block.text
                case Bullets(items=items):
                    yield from (item.text for item in items)
                case Table(rows=rows, notes=notes):
                    yield from (cell.text for row in rows for cell in row)
                    yield from notes
                case Intervals(marks=found):
                    yield from (mark.said for mark in found)
                case Distribution():
                    continue
