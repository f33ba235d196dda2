"""How a Word file looks: styles, tables, page numbers."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from case_audit.reports.document.parts import clean, number_columns

if TYPE_CHECKING:
    import datetime as dt

    from docx.document import Document as Written
    from docx.styles.style import ParagraphStyle
    from docx.table import Table as WordTable
    from docx.table import _Cell as WordCell
    from docx.text.paragraph import Paragraph as Line

    from case_audit.reports.document.model import Table

INK, SOFT = RGBColor(0x1A, 0x1F, 0x26), RGBColor(0x3F, 0x4A, 0x56)
SMALL = Pt(9)
FONT = "Arial"
TEXT = 174
"""Millimetres between the margins of an A4 page."""
LETTER = 0.21
"""Millimetres that a letter takes for each point of its size, on the generous side."""
SHORTEST_WORD, LONGEST_WORD = 3, 20
"""Letters that there is room for; what is longer is broken."""
PADDING = 4.6
"""Millimetres beside the text of a cell."""
WIDEST_WISH = 90.0
"""Millimetres: more is not asked for by a column, as long lines read badly."""
SIZES = (8.5, 8.0, 7.5, 7.0)
"""Points of a table's text: the largest at which no word is broken."""
RULES = {"top": 4, "bottom": 4, "insideH": 4}
"""Eighths of a point."""
HEADINGS = {"Title": 20, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}
"""Points."""


def styled(written: Written) -> None:
    """Set page, language, fonts and spaces."""
    page = written.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm((210 - TEXT) / 2)
    page.top_margin, page.bottom_margin = Mm(24), Mm(20)
    page.header_distance = page.footer_distance = Mm(10)
    for language in written.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    _style(written, "Normal", size=10.5, after=6, lines=1.15)
    for name, size in HEADINGS.items():
        before = 0 if name == "Title" else size * 1.2
        style = _style(written, name, size=size, before=before, after=4, bold=True)
        style.paragraph_format.keep_with_next = True
    _style(written, "Subtitle", size=10.5, after=1)
    _style(written, "Caption", size=10, before=10, after=4, bold=True)
    _style(written, "Header", size=8.5)
    _style(written, "Footer", size=8.5)
    _style(written, "List Bullet", size=10.5, after=3, lines=1.15)
    for name in ("Note", "Picture", "Cell"):
        written.styles.add_style(name, 1).base_style = written.styles["Normal"]
    _style(written, "Note", size=9, after=6).font.color.rgb = SOFT
    _style(written, "Picture", size=9, after=3).paragraph_format.keep_with_next = True
    _style(written, "Cell", size=8.5, after=0)


def _style(
    written: Written,
    name: str,
    *,
    size: float,
    before: float = 0,
    after: float = 0,
    lines: float = 1.0,
    bold: bool = False,
) -> ParagraphStyle:
    style: Any = written.styles[name]
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = INK
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = lines
    # The template's fonts, letter spacing and rules would win otherwise.
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), FONT)
    for spacing in properties.findall(qn("w:spacing")):
        properties.remove(spacing)
    for rules in style.element.iter(qn("w:pBdr")):
        rules.getparent().remove(rules)
    return style  # type: ignore[no-any-return]


def page_numbers(line: Line) -> None:
    """Write the number of the page and of all pages, counted by whoever opens it."""
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for before, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        line.add_run(before)
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), field)
        shown = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = "1"
        shown.append(text)
        number.append(shown)
        line._p.append(number)  # noqa: SLF001 - the library knows no fields


def a_table(written: Written, table: Table) -> None:
    """Write a table whose headings stand on each page and whose rows stay whole."""
    size, widths = fitted(table)
    made = written.add_table(rows=1, cols=len(table.head))
    made.autofit = False
    right = number_columns(table)
    _told(made, table)
    _head(made.rows[0]._tr)  # noqa: SLF001 - the library has no other way
    for place, (cell, text) in enumerate(
        zip(made.rows[0].cells, table.head, strict=True)
    ):
        _write(cell, text, size=size, bold=True, right=right[place])
        _under(cell)
    for row in table.rows:
        line = made.add_row()
        _whole(line._tr)  # noqa: SLF001 - the library has no other way
        strong = row[0].strong
        for place, (cell, found) in enumerate(zip(line.cells, row, strict=True)):
            bold = strong or found.strong
            _write(cell, found.text, size=size, bold=bold, right=right[place])
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = Mm(wide)
        for cell in column.cells:
            cell.width = Mm(wide)


def fitted(table: Table) -> tuple[float, tuple[float, ...]]:
    """Return the size of a table's text in points and its columns' widths in mm."""
    columns = [
        (head, *(row[place].text for row in table.rows))
        for place, head in enumerate(table.head)
    ]
    words = [
        max(len(word) for text in column for word in (text.split() or [""]))
        for column in columns
    ]
    letters = [min(max(word, SHORTEST_WORD), LONGEST_WORD) for word in words]
    size = next(
        (size for size in SIZES if sum(_needs(letters, size)) <= TEXT), SIZES[-1]
    )
    needs = _needs(letters, size)
    over = sum(needs) / TEXT
    if over > 1:
        return size, tuple(need / over for need in needs)
    longest = [max((len(text) for text in column[1:]), default=0) for column in columns]
    wishes = [
        max(min(number * LETTER * size + PADDING, WIDEST_WISH) - need, 0.0)
        for number, need in zip(longest, needs, strict=True)
    ]
    part = min((TEXT - sum(needs)) / (sum(wishes) or 1), 1.0)
    return size, tuple(
        need + wish * part for need, wish in zip(needs, wishes, strict=True)
    )


def _needs(letters: list[int], size: float) -> list[float]:
    return [number * LETTER * size + PADDING for number in letters]


def _write(cell: WordCell, text: str, *, size: float, bold: bool, right: bool) -> None:
    line = cell.paragraphs[0]
    line.style = "Cell"
    run = line.add_run(clean(text))
    run.font.size, run.font.bold = Pt(size), bold
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _told(made: WordTable, table: Table) -> None:
    """Give a table its rules, and its caption for who cannot see it."""
    about = made._tbl.tblPr  # noqa: SLF001 - the library has no other way
    rules = OxmlElement("w:tblBorders")
    for side, thick in RULES.items():
        rules.append(_rule(side, thick, "C9D0D8"))
    after = [about.find(qn(f"w:{name}")) for name in ("tblLayout", "tblLook")]
    next(found for found in after if found is not None).addprevious(rules)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), clean(table.caption))
    about.append(caption)


def _rule(side: str, thick: int, colour: str) -> Any:  # noqa: ANN401 - untyped element
    rule = OxmlElement(f"w:{side}")
    for key, value in {"val": "single", "sz": thick, "space": 0}.items():
        rule.set(qn(f"w:{key}"), str(value))
    rule.set(qn("w:color"), colour)
    return rule


def _under(cell: WordCell) -> None:
    rules = OxmlElement("w:tcBorders")
    rules.append(_rule("bottom", 8, "1A1F26"))
    cell._tc.get_or_add_tcPr().append(rules)  # noqa: SLF001 - the library has no other way


def _whole(row: Any) -> None:  # noqa: ANN401 - untyped element
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _head(row: Any) -> None:  # noqa: ANN401 - untyped element
    _whole(row)
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def repacked(file: bytes, *, made: dt.datetime) -> bytes:
    """Return a zip file with one time for all that is in it."""
    new = BytesIO()
    with ZipFile(BytesIO(file)) as old, ZipFile(new, "w", ZIP_DEFLATED) as packed:
        for name in old.namelist():
            about = ZipInfo(name, made.timetuple()[:6])
            about.compress_type = ZIP_DEFLATED
            about.external_attr = 0o600 << 16
            packed.writestr(about, old.read(name))
    return new.getvalue()
