"""A document as a Word file. Loading this loads the library: only where one is written."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.shared import Inches

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
    in_utc,
    marks,
)
from case_audit.reports.document.pictures import NOTHING, png_pictures
from case_audit.reports.document.word_parts import (
    SMALL,
    SOFT,
    a_table,
    page_numbers,
    repacked,
    styled,
)

if TYPE_CHECKING:
    import datetime as dt

    from docx.document import Document as Written
    from docx.text.paragraph import Paragraph as Line

    from case_audit.reports.document.model import Block, Document
    from case_audit.reports.document.pictures import Chart


def document_docx(doc: Document, *, made: dt.datetime) -> bytes:
    """Return a document as a Word file that is the same whenever it is written.

    Args:
        doc: What to write.
        made: The time that stands in the file.
    """
    written = docx.Document()
    styled(written)
    _properties(written, doc, in_utc(made))
    _edges(written, doc)
    written.add_heading(clean(doc.title), level=0)
    for line in (*marks(doc), *doc.subtitle):
        written.add_paragraph(clean(line), style="Subtitle")
    for level, section in in_levels(doc):
        written.add_heading(clean(section.heading), level=level - 1)
        for block in section.blocks:
            _block(written, block)
    file = BytesIO()
    written.save(file)
    return repacked(file.getvalue(), made=in_utc(made))


def _properties(written: Written, doc: Document, made: dt.datetime) -> None:
    about = written.core_properties
    about.title = clean(doc.title)[:255]
    about.subject = "; ".join(marks(doc))
    about.author = about.last_modified_by = "case-audit"
    about.comments = about.keywords = about.category = ""
    about.language = "en-GB"
    about.created = about.modified = made
    about.revision = 1


def _edges(written: Written, doc: Document) -> None:
    """Write the marks and the page number on every page."""
    section = written.sections[0]
    section.header.paragraphs[0].add_run(" · ".join(marks(doc))).bold = True
    page_numbers(section.footer.paragraphs[0])


def _block(written: Written, block: Block) -> None:
    match block:
        case Paragraph():
            _said(written.add_paragraph(), block)
        case Bullets(items=items):
            for item in items:
                _said(written.add_paragraph(style="List Bullet"), item)
        case Table():
            _caption(written, block.caption)
            a_table(written, block)
            for note in block.notes:
                written.add_paragraph(clean(note), style="Note")
            if not block.notes:
                written.add_paragraph(style="Note")
        case Distribution() | Intervals():
            _chart(written, block)


def _said(line: Line, paragraph: Paragraph) -> None:
    if paragraph.lead:
        line.add_run(f"{clean(paragraph.lead)} ").bold = True
    line.add_run(clean(paragraph.text))
    if after := evidence(paragraph):
        run = line.add_run(f" {after}")
        run.font.size = SMALL
        run.font.color.rgb = SOFT
    if paragraph.changed:
        run = line.add_run(f" [{CHANGED}]")
        run.bold = True


def _caption(written: Written, text: str) -> None:
    written.add_paragraph(
        clean(text), style="Caption"
    ).paragraph_format.keep_with_next = True


def _chart(written: Written, chart: Chart) -> None:
    pictures = png_pictures(chart)
    if not pictures:
        _caption(written, chart.title)
        written.add_paragraph(NOTHING, style="Note")
        return
    _caption(written, chart.title)
    for picture in pictures:
        line = written.add_paragraph(style="Picture")
        # The last one stays with its words; all together would not fit on a page.
        line.paragraph_format.keep_with_next = picture is pictures[-1]
        shape = line.add_run().add_picture(
            BytesIO(picture.png), width=Inches(picture.width)
        )
        inline = shape._inline  # noqa: SLF001 - the library has no other way
        for side in "TBLR":
            inline.set(f"dist{side}", "0")
        inline.docPr.set("name", clean(picture.title))
        inline.docPr.set("title", clean(picture.title))
        inline.docPr.set("descr", clean(picture.alt))
    written.add_paragraph(clean(chart.alt), style="Note")
