"""The tables of a document as a workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from case_audit.reports.document.evidence import all_evidence
from case_audit.reports.document.model import Cell
from case_audit.reports.document.parts import clean, in_utc, marks

if TYPE_CHECKING:
    import datetime as dt

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from case_audit.reports.document.model import Document, Table

FIRST = "Read me"
MOST = 31
"""Characters of a sheet's name."""
LONGEST = 32_767
"""Characters that a cell holds."""
NARROWEST, WIDEST = 8, 60
"""Characters: how wide a column is."""
AS_SHOWN = "as shown"

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_PLAIN = re.compile(r"^[<>]?[\d,.]+%?$")
"""A text that says no more than its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Formats of cells."""

    head: Format
    text: Format
    strong: Format
    number: Format
    share: Format
    title: Format
    line: Format


def document_xlsx(doc: Document, *, made: dt.datetime) -> bytes:
    """Return a document's tables as a workbook of values: no formula, nothing hidden.

    The first sheet says whose numbers they are and what is on the others; the last has
    every case that the document cites. Where a text says more than its number, as an
    interval does, it stands in a column of its own.

    Args:
        doc: What to write.
        made: The time that stands in the file.
    """
    import xlsxwriter  # noqa: PLC0415 - only workbooks need it

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "in_memory": True})
    book.set_properties(
        {
            "title": clean(doc.title)[:255],
            "subject": "; ".join(marks(doc)),
            "author": "case-audit",
            "created": in_utc(made),
        }
    )
    looks = _looks(book)
    first = book.add_worksheet(FIRST)
    tables = (*doc.tables, *all_evidence(doc))
    names = sheet_names(tables)
    for name, table in zip(names, tables, strict=True):
        _sheet(book.add_worksheet(name), table, looks, header=" · ".join(marks(doc)))
    _read_me(first, doc, dict(zip(names, tables, strict=True)), looks)
    book.close()
    return file.getvalue()


def sheet_names(tables: tuple[Table, ...]) -> tuple[str, ...]:
    """Return a name for each table's sheet that every program takes, all different."""
    taken = {FIRST.casefold(), "history"}
    names = []
    for table in tables:
        plain = _FORBIDDEN.sub(" ", clean(table.name)).strip(" '")[:MOST].strip(" '")
        name, number = plain or "Table", 1
        while name.casefold() in taken:
            number += 1
            ending = f" {number}"
            name = f"{(plain or 'Table')[: MOST - len(ending)]}{ending}"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _looks(book: Workbook) -> Looks:
    def made(**how: object) -> Format:
        return book.add_format(
            {"font_name": "Arial", "font_size": 10, "valign": "top", **how}
        )

    return Looks(
        head=made(bold=True, text_wrap=True, bottom=1, valign="bottom"),
        text=made(text_wrap=True),
        strong=made(text_wrap=True, bold=True),
        number=made(num_format="0"),
        share=made(num_format="0.0%"),
        title=made(bold=True, font_size=14),
        line=made(),
    )


def _sheet(sheet: Worksheet, table: Table, looks: Looks, *, header: str) -> None:
    columns = [
        column
        for place, head in enumerate(table.head)
        for column in _columns(head, [row[place] for row in table.rows])
    ]
    for place, (head, cells) in enumerate(columns):
        _text(sheet, 0, place, head, looks.head)
        longest = max((len(cell.text) for cell in cells), default=0)
        words = max(map(len, head.split()), default=0)
        sheet.set_column(place, place, min(max(longest, words, NARROWEST) + 2, WIDEST))
        for line, cell in enumerate(cells, start=1):
            _cell(sheet, line, place, cell, looks)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _page(sheet, header)


def _columns(head: str, cells: list[Cell]) -> list[tuple[str, list[Cell]]]:
    """Return a column, and one more where its texts say more than its numbers."""
    told = any(c.value is not None and not _PLAIN.match(c.text) for c in cells)
    if not told:
        return [(head, cells)]
    words = [Cell(text=cell.text, strong=cell.strong) for cell in cells]
    return [(head, cells), (f"{head}, {AS_SHOWN}", words)]


def _cell(sheet: Worksheet, line: int, place: int, cell: Cell, looks: Looks) -> None:
    if cell.value is None:
        _text(
            sheet, line, place, cell.text, looks.strong if cell.strong else looks.text
        )
    elif cell.percent:
        sheet.write_number(line, place, float(cell.value), looks.share)
    else:
        whole = cell.value == int(cell.value)
        look = looks.number if whole else looks.text
        sheet.write_number(line, place, float(cell.value), look)


def _text(sheet: Worksheet, line: int, place: int, text: str, look: Format) -> None:
    """Write words, whatever they look like."""
    sheet.write_string(line, place, clean(text)[:LONGEST], look)


def _page(sheet: Worksheet, header: str) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{header.replace('&', '&&')}")
    sheet.set_footer("&RPage &P of &N")


def _read_me(
    sheet: Worksheet, doc: Document, tables: dict[str, Table], looks: Looks
) -> None:
    sheet.set_column(0, 0, MOST + 2)
    sheet.set_column(1, 1, 90)
    _text(sheet, 0, 0, doc.title, looks.title)
    line = 1
    for said in (*marks(doc), *doc.subtitle):
        sheet.write_string(line, 0, clean(said)[:LONGEST], looks.line)
        line += 1
    line += 1
    _text(sheet, line, 0, "Sheet", looks.head)
    _text(sheet, line, 1, "What it shows", looks.head)
    for name, table in tables.items():
        line += 1
        _text(sheet, line, 0, name, looks.strong)
        _text(sheet, line, 1, table.caption, looks.text)
        for note in table.notes:
            line += 1
            _text(sheet, line, 1, note, looks.text)
    _page(sheet, " · ".join(marks(doc)))
