"""A document as a Word file."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from typing import TYPE_CHECKING
from zipfile import ZipFile

import docx
import pytest

from case_audit.reports.document.model import Cell, Intervals, Paragraph, Table
from case_audit.reports.document.pictures import NOTHING
from case_audit.reports.document.word import document_docx
from case_audit.reports.document.word_parts import SIZES, TEXT, fitted
from documents import (
    COUNTS,
    GRADES,
    LONG,
    NASTY,
    SCRIPT,
    a_document,
    a_hostile_document,
    no_mark,
)

if TYPE_CHECKING:
    from pathlib import Path

MADE = dt.datetime(2026, 3, 31, 12, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("word") / "report.docx"
    path.write_bytes(document_docx(a_document(), made=MADE))
    return path


def inside(file: Path, part: str = "document") -> str:
    """The XML of a part of a file."""
    return ZipFile(file).read(f"word/{part}.xml").decode("utf-8")


def test_headings_are_headings(file: Path) -> None:
    """The navigation of Word and a screen reader go by the style, not by the look."""
    lines = docx.Document(str(file)).paragraphs
    found = [(p.style.name, p.text) for p in lines if p.style is not None]
    styles = [
        name for name, _ in found if name and name.startswith(("Title", "Heading"))
    ]

    assert styles == ["Title", *(f"Heading {n}" for n in (1, 2, 1, 2, 1))]
    seen = "Children are seen alone. Shown by cases 1, 2; against it: no case."
    assert ("List Bullet", seen) in found
    assert found[3:5] == [
        ("Subtitle", "Borrowmere, 31 March 2026"),
        ("Subtitle", "Our own view from case audit; it is not an Ofsted judgement."),
    ]


def test_tables_are_tables(file: Path) -> None:
    """With headings that come again on each page and rows that stay whole."""
    first, second = docx.Document(str(file)).tables

    assert [cell.text for cell in first.rows[0].cells] == list(COUNTS.head)
    assert [[cell.text for cell in row.cells] for row in first.rows[1:]] == [
        [cell.text for cell in row] for row in COUNTS.rows
    ]
    assert len(second.rows) == 3
    for xml in re.findall("<w:tbl>.*?</w:tbl>", inside(file), re.DOTALL):
        lines = re.findall("<w:tr>.*?</w:tr>", xml, re.DOTALL)
        assert ["<w:tblHeader/>" in line for line in lines] == [True, False, False]
        assert all("<w:cantSplit/>" in line for line in lines)
    assert f'<w:tblCaption w:val="{COUNTS.caption}"/>' in inside(file)


def test_pictures_are_described(file: Path) -> None:
    """For who cannot see them; the words stand below for everyone."""
    written = docx.Document(str(file))
    told = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', inside(file))

    assert len(told) == 4  # the trend has two groups
    assert told[0] == GRADES.alt
    assert GRADES.alt in [line.text for line in written.paragraphs]
    assert all(shape.width <= 6.7 * 914400 for shape in written.inline_shapes)


def test_where_nothing_is_drawn_that_is_said(tmp_path: Path) -> None:
    """A caption without a picture would look like a fault."""
    path = tmp_path / "none.docx"
    chart = Intervals(title="Shares", marks=(no_mark("a", "c"),), alt="none")

    path.write_bytes(document_docx(a_document(chart), made=MADE))

    lines = [line.text for line in docx.Document(str(path)).paragraphs]
    assert lines[-2:] == ["Shares", NOTHING]


def test_every_page_is_marked_and_numbered(file: Path) -> None:
    """A sheet that lies alone on a desk still says for whom it is."""
    written = docx.Document(str(file))
    (section,) = written.sections
    about = written.core_properties
    styles = written.styles.element.xml

    assert section.header.paragraphs[0].text == (
        "Practice data: all of it is invented · Internal: not to be shared, small numbers are not hidden"
    )
    assert re.findall(r'w:instr="(\w+)"', inside(file, "footer1")) == [
        "PAGE",
        "NUMPAGES",
    ]
    assert about.title == "Self-assessment: children in need, spring 2026"
    assert about.author == "case-audit"
    assert about.created == MADE
    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', styles)) == {"en-GB"}


def test_the_same_document_is_the_same_file(file: Path, tmp_path: Path) -> None:
    """Byte for byte, so that a changed report can be told from an unchanged one."""
    again = tmp_path / "again.docx"
    again.write_bytes(document_docx(a_document(), made=MADE))

    assert again.read_bytes() == file.read_bytes()
    assert {about.date_time for about in ZipFile(again).infolist()} == {
        (2026, 3, 31, 12, 30, 0)
    }


def test_what_was_written_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    """No field, no link, no hidden character; XML takes it all."""
    path = tmp_path / "hostile.docx"

    path.write_bytes(document_docx(a_hostile_document(), made=MADE))

    written = docx.Document(str(path))
    xml = inside(path)
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e\u200f\uffff]", xml)
    assert "w:hyperlink" not in xml
    assert "w:instr" not in xml
    assert SCRIPT in written.tables[0].rows[1].cells[0].text
    assert LONG in "".join(line.text for line in written.paragraphs)


def test_a_table_fits_the_page() -> None:
    """As large as it goes without a broken word; when nothing helps, it is shared out."""
    counts, narrow = fitted(COUNTS)
    _, nasty = fitted(NASTY)
    small = Table(name="s", caption="s", head=("A", "B"), rows=((Cell(text=""),) * 2,))
    wide = Table(
        name="w", caption="w", head=tuple(f"improvement{n}" for n in range(20)), rows=()
    )

    assert counts in SIZES
    assert sum(narrow) <= TEXT + 1e-9
    assert sum(nasty) <= TEXT + 1e-9
    assert sum(fitted(small)[1]) < TEXT / 4
    assert fitted(wide)[0] == SIZES[-1]
    assert round(sum(fitted(wide)[1]), 6) == TEXT


def test_live_data_is_not_called_practice(tmp_path: Path) -> None:
    """And an internal page says that it is one."""
    path = tmp_path / "live.docx"
    path.write_bytes(
        document_docx(a_document(Paragraph(text="a"), practice=False), made=MADE)
    )

    header = docx.Document(str(path)).sections[0].header.paragraphs[0].text

    assert header.startswith("Internal:")


def test_a_shaded_cell_is_filled_and_others_are_not(tmp_path: Path) -> None:
    path = tmp_path / "heat.docx"
    cells = (Cell(text="a"), Cell(text="1 of 9", heat=4), Cell(text="9 of 9"))
    table = Table(name="t", caption="t", head=("", "North", "South"), rows=(cells,))

    path.write_bytes(document_docx(a_document(table), made=MADE))

    assert inside(path).count("<w:shd ") == 1
    assert 'w:fill="EFB65A"' in inside(path)


@pytest.mark.slow
def test_libreoffice_opens_it(file: Path, tmp_path: Path) -> None:
    """Councils have other programs than Word; two pages, or three with other fonts."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here: apt-get install libreoffice-writer")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [
            office,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            file,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )

    pdf = (tmp_path / "report.pdf").read_bytes()

    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) in (2, 3)
