"""How a Word file looks: styles, tables, page numbers."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from case_audit.reports.document.parts import clean, number_columns

if TYPE_CHECKING:
    import datetime as dt

    from docx.document import Document as Written
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph as Line

    from case_audit.reports.document.model import Table

INK, SOFT = RGBColor(0x1A, 0x1F, 0x26), RGBColor(0x3F, 0x4A, 0x56)
SMALL = Pt(9)
FONT = "Arial"
TEXT = 174
"""Millimetres between the margins of an A4 page."""
POINT = 0.3528 * 1.1
"""Millimetres, on the generous side: bold is wider, and so are some programs."""
THIN, WIDE = frozenset("iljtfrI.,;:'|!()[] -"), frozenset("mwMW%@–")
"""Letters of Arial that are much narrower and wider than the others."""
LONGEST_WORD = 11.0
"""Times the size: what is longer is broken."""
NAMES = 9.0
"""Times the size: a line of the first column, which names the rows."""
PADDING = 3.0
"""Millimetres beside the text of a cell."""
HEAT = ("", "FDF3DC", "FAE3B4", "F6CF87", "EFB65A")
"""Shades of cells, none to darkest, as on the HTML page."""
WIDEST_WISH = 90.0
"""Millimetres: more is not asked for by a column, as long lines read badly."""
SIZES = (8.5, 8.0, 7.5, 7.0)
"""Points of a table's text: the largest at which no word is broken."""
TWIPS = 56.69
"""In a millimetre."""
HEADINGS = {"Title": 20, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}
"""Points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How the cells of a column look.

    Attributes:
        width: Twentieths of a point.
        right: Whether its text is flush right.
        size: Points of its text.
    """

    width: int
    right: bool
    size: float


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
    _style(written, "Picture", size=9, after=3)
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
    columns = [
        Column(width=round(width * TWIPS), right=right, size=size)
        for width, right in zip(widths, number_columns(table), strict=True)
    ]
    grid = "".join(f'<w:gridCol w:w="{column.width}"/>' for column in columns)
    head = [
        _cell(text, column, bold=True, under=True)
        for text, column in zip(table.head, columns, strict=True)
    ]
    rows = [
        [
            _cell(
                cell.text,
                column,
                bold=cell.strong or row[0].strong,
                fill=HEAT[cell.heat],
            )
            for cell, column in zip(row, columns, strict=True)
        ]
        for row in table.rows
    ]
    # The library takes a second for a long table, cell by cell.
    made = parse_xml(
        f"<w:tbl {nsdecls('w')}>{_about(table)}<w:tblGrid>{grid}</w:tblGrid>"
        f"{_row(head, first=True)}{''.join(_row(row) for row in rows)}</w:tbl>"
    )
    written.element.body.sectPr.addprevious(made)


def fitted(table: Table) -> tuple[float, tuple[float, ...]]:
    """Return the size of a table's text in points and its columns' widths in mm."""
    columns = [
        (head, *(row[place].text for row in table.rows))
        for place, head in enumerate(table.head)
    ]
    words = [
        max(_ems(word) for text in column for word in (text.split() or ["0"]))
        for column in columns
    ]
    words = [min(word, LONGEST_WORD) for word in words]
    words[0] = max(words[0], min(NAMES, max(map(_ems, columns[0]))))
    size = next((size for size in SIZES if sum(_needs(words, size)) <= TEXT), SIZES[-1])
    needs = _needs(words, size)
    over = sum(needs) / TEXT
    if over > 1:
        return size, tuple(need / over for need in needs)
    longest = [max(map(_ems, column[1:]), default=0.0) for column in columns]
    wishes = [
        max(min(wish, WIDEST_WISH) - need, 0.0)
        for wish, need in zip(_needs(longest, size), needs, strict=True)
    ]
    part = min((TEXT - sum(needs)) / (sum(wishes) or 1), 1.0)
    return size, tuple(
        need + wish * part for need, wish in zip(needs, wishes, strict=True)
    )


def _ems(text: str) -> float:
    """Return about how wide a text is, as times its size."""
    return sum(
        0.34 if c in THIN else 0.9 if c in WIDE else 0.7 if c.isupper() else 0.56
        for c in text
    )


def _needs(ems: list[float], size: float) -> list[float]:
    return [number * size * POINT + PADDING for number in ems]


def _about(table: Table) -> str:
    """Return a table's rules, and its caption for who cannot see it."""
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C9D0D8"/>'
        for side in ("top", "bottom", "insideH")
    )
    return (
        f'<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{rules}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="68" w:type="dxa"/>'
        '<w:right w:w="68" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0420" w:firstRow="1" '
        'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(clean(table.caption))}"/></w:tblPr>'
    )


def _row(cells: list[str], *, first: bool = False) -> str:
    head = "<w:tblHeader/>" if first else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str, column: Column, *, bold: bool, under: bool = False, fill: str = ""
) -> str:
    rule = '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1A1F26"/>'
    rules = f"<w:tcBorders>{rule}</w:tcBorders>" if under else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    side = '<w:jc w:val="right"/>' if column.right else ""
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/>{rules}{shade}</w:tcPr>'
        '<w:p><w:pPr><w:pStyle w:val="Cell"/><w:spacing w:before="40" w:after="40"/>'
        f'{side}</w:pPr><w:r><w:rPr>{weight}<w:sz w:val="{round(column.size * 2)}"/>'
        f'</w:rPr><w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r></w:p></w:tc>'
    )


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
