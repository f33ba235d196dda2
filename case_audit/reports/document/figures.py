"""The numbers of a document, for a program that reckons with them."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

from case_audit.reports.document.evidence import all_evidence
from case_audit.reports.document.parts import clean

if TYPE_CHECKING:
    from case_audit.reports.document.model import Cell, Document

HEAD = ("table", "row", "column", "text", "value")
DIGITS = 12
"""Significant digits of a share."""

_OBEYED = re.compile("^[=+\\-@\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet takes for the beginning of a formula, full-width signs too."""
_NUMBER = re.compile(r"^[-+]?\d+(\.\d+)?%?$")


def document_csv(doc: Document) -> str:
    """Return all tables of a document, and the cases it cites, as one long table.

    A line is a cell: the name of its table, the name of its row, the heading of its
    column, the text that is read, and the number behind it, a share from 0 to 1. A
    text that a spreadsheet would obey begins with an apostrophe.
    """
    file = StringIO()
    lines = csv.writer(file)
    lines.writerow(HEAD)
    for table in (*doc.tables, *all_evidence(doc)):
        for row in table.rows:
            for head, cell in zip(table.head[1:], row[1:], strict=True):
                said = map(guarded, (table.name, row[0].text, head, cell.text))
                lines.writerow((*said, value_of(cell)))
    return file.getvalue()


def guarded(text: str) -> str:
    """Return a text as one visible line that no spreadsheet reckons with."""
    shown = clean(text)
    obeyed = _OBEYED.match(shown) and not _NUMBER.match(shown)
    return f"'{shown}" if obeyed else shown


def value_of(cell: Cell) -> str:
    """Return the number behind a cell; empty where there is none."""
    if cell.value is None:
        return ""
    if cell.value == int(cell.value):
        return str(int(cell.value))
    return f"{float(cell.value):.{DIGITS}g}"
