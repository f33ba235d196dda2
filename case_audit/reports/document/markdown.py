"""A document as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.reports.document.model import (
    Bullets,
    Distribution,
    Intervals,
    Paragraph,
    Table,
)
from case_audit.reports.document.parts import (
    CHANGED,
    clean,
    evidence,
    in_levels,
    marks,
    number_columns,
)
from case_audit.reports.markdown import cells, literal, literal_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.reports.document.model import Block, Cell, Document


def document_markdown(doc: Document) -> str:
    """Return a document as Markdown, with a final line feed.

    Text is shown as it is: nothing in it is taken for a mark, a link or HTML. A chart
    is what it shows, in sentences.
    """
    lines = [
        f"# {_text(doc.title)}",
        "",
        *(f"**{_text(mark)}**  " for mark in marks(doc)),
        *(f"{literal_block(clean(line))}  " for line in doc.subtitle),
    ]
    for level, section in in_levels(doc):
        lines += ["", f"{'#' * level} {_text(section.heading)}"]
        for block in section.blocks:
            lines += ["", *_block(block)]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    return literal(clean(text))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _paragraph(block)
        case Bullets(items=items):
            yield from (f"- {_paragraph(item)}" for item in items)
        case Table():
            yield from _table(block)
        case Distribution() | Intervals():
            yield f"**{_text(block.title)}**"
            yield ""
            yield literal_block(clean(block.alt))


def _paragraph(paragraph: Paragraph) -> str:
    first = (
        f"**{_text(paragraph.lead)}** {_text(paragraph.text)}"
        if paragraph.lead
        else literal_block(clean(paragraph.text))
    )
    after = evidence(paragraph)
    said = (
        first,
        f"({literal(after)})" if after else "",
        f"**{literal(CHANGED)}**" if paragraph.changed else "",
    )
    return " ".join(part for part in said if part)


def _table(table: Table) -> Iterator[str]:
    yield f"**{_text(table.caption)}**"
    yield ""
    yield cells([_text(head) for head in table.head])
    yield cells(["---:" if right else "---" for right in number_columns(table)])
    for row in table.rows:
        yield cells([_cell(cell) for cell in row])
    for note in table.notes:
        yield ""
        yield literal_block(clean(note))


def _cell(cell: Cell) -> str:
    text = _text(cell.text)
    return f"**{text}**" if cell.strong and text else text
