"""A document as a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from browser import pages_of, shown_at

from case_audit.reports.document.html import document_html
from case_audit.reports.document.model import Cell, Intervals, Paragraph, Table
from case_audit.reports.document.pictures import NOTHING
from documents import (
    COUNTS,
    GRADES,
    LONG,
    SCRIPT,
    a_document,
    a_hostile_document,
    no_mark,
)

if TYPE_CHECKING:
    from pathlib import Path


class Read(HTMLParser):
    """What a reader that knows HTML finds in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag with its attributes."""
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost tag of that name."""
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep words that are shown."""
        if self.open and self.open[-1] != "style" and data.strip():
            self.words.append(data.strip())

    def all(self, *names: str) -> list[tuple[str, dict[str, str | None]]]:
        """Every tag of these names, in order."""
        return [found for found in self.tags if found[0] in names]


@pytest.fixture(scope="module")
def page() -> str:
    return document_html(a_document(audience="shareable"))


@pytest.fixture(scope="module")
def hostile() -> str:
    return document_html(a_hostile_document())


def test_it_is_read_in_order(page: str) -> None:
    """By a screen reader: language, landmarks, one title, headings without a gap."""
    read = Read(page)

    levels = [int(tag[1]) for tag, _ in read.all("h1", "h2", "h3", "h4")]

    assert read.tags[0] == ("html", {"lang": "en-GB"})
    for landmark in ("header", "nav", "main", "footer"):
        assert len(read.all(landmark)) == 1
    assert levels == [1, 2, 2, 3, 2, 3, 2]
    assert read.all("a")[0][1] == {"class": "skip", "href": "#main"}


def test_links_go_somewhere_and_names_are_unique(page: str) -> None:
    """Two charts of one make would have the same names inside."""
    read = Read(page)
    names = [a["id"] for _, a in read.tags if "id" in a]
    wanted = [a["href"] or "" for _, a in read.all("a")]
    told = [
        a[k]
        for _, a in read.tags
        for k in a
        if k.startswith("aria-") and k != "aria-label"
    ]

    assert len(set(names)) == len(names)
    assert {w.removeprefix("#") for w in wanted} <= set(names)
    assert set(told) <= set(names)


def test_tables_say_what_their_cells_belong_to(page: str) -> None:
    """Read cell by cell, a number is nothing without its row and column."""
    read = Read(page)
    scopes = [a.get("scope") for _, a in read.all("th")]

    assert len(read.all("caption")) == len(read.all("table")) == 2
    assert scopes.count("col") == len(COUNTS.head) + 2
    assert scopes.count("row") == len(COUNTS.rows) + 2
    assert all(
        a.get("tabindex") == "0" for _, a in read.tags if a.get("role") == "region"
    )
    assert page.count('<td class="strong number">') == 0
    assert '<td class="number">16</td>' in page
    assert "<td>60% (42% to 76%)</td>" in page


def test_charts_are_said_in_words_too(page: str) -> None:
    """For who cannot see them, and for who wants the figures."""
    read = Read(page)
    drawings = [a for tag, a in read.all("svg")]

    assert len(drawings) == 8  # wide and narrow; one has two groups
    assert all(a["role"] == "img" for a in drawings)
    assert len(read.all("details")) == 3
    assert read.words.count(GRADES.alt) == 3


def test_a_shaded_cell_says_the_same_in_its_text() -> None:
    table = Table(
        name="t",
        caption="t",
        head=("", "North"),
        rows=((Cell(text="a"), Cell(text="1 of 9", heat=4)),),
    )

    assert '<td class="heat4">1 of 9</td>' in document_html(a_document(table))


def test_where_nothing_is_drawn_that_is_said() -> None:
    """And a corner of a table without a heading is no heading."""
    chart = Intervals(title="Shares", marks=(no_mark("a", "c"),), alt="none")
    table = Table(name="t", caption="t", head=("", "n"), rows=((Cell(text="a"),) * 2,))

    page = document_html(a_document(chart, table))

    assert NOTHING in page
    assert "<svg" not in page
    assert len(re.findall('<th scope="col"', page)) == 1


def test_it_is_marked_for_whom_it_is_at_the_top_and_on_every_sheet(page: str) -> None:
    """A sheet that lies alone on a desk still says so."""
    assert "<li>Practice data: all of it is invented</li>" in page
    assert (
        '@top-left { content: "Practice data: all of it is invented · Shareable:'
        in page
    )
    assert "Practice" not in document_html(
        a_document(Paragraph(text="a"), practice=False)
    )


def test_what_was_written_is_shown_and_never_obeyed(hostile: str) -> None:
    """In text, in attributes, in the title, and in the drawings."""
    read = Read(hostile)

    assert not read.all("script", "img", "iframe", "object", "embed")
    assert not [k for _, a in read.tags for k in a if k.startswith("on")]
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e\u200f\uffff\ud800]", hostile)
    assert hostile.encode("utf-8")
    assert SCRIPT in " ".join(read.words)
    assert any(LONG in words for words in read.words)


def test_nothing_is_loaded(hostile: str) -> None:
    """Neither by a link nor by the style sheet, and the browser is told so."""
    addresses = set(re.findall(r"https?://[^\s\"'<>]+", hostile))

    assert addresses == {"http://www.w3.org/2000/svg"}  # the name of a language
    assert "default-src 'none'" in hostile
    assert "@import" not in hostile
    assert not re.search(r"url\((?!#)", hostile)


def test_the_same_document_is_the_same_page(page: str) -> None:
    """Two people can compare what they were given."""
    assert document_html(a_document(audience="shareable")) == page


def contrast(one: str, two: str) -> float:
    """Of two colours ``#rrggbb``, as WCAG 2 reckons it."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(two)))
    return (high + 0.05) / (low + 0.05)


def test_every_text_can_be_read_on_its_ground(page: str) -> None:
    """4.5 to 1, in light, in dark and in print."""
    themes = [
        dict(re.findall(r"--([\w-]+): (#\w{6})", found))
        for found in re.findall(r":root \{([^}]+)\}", page)
    ]

    assert len(themes) == 3
    for theme in themes:
        for ink in ("ink", "soft", "link"):
            for ground in ("paper", "band"):
                assert contrast(theme[ink], theme[ground]) >= 4.5
        assert contrast(theme["mark-ink"], theme["mark"]) >= 4.5
        for heat in range(1, 5):
            assert contrast(theme["ink"], theme[f"heat{heat}"]) >= 4.5


@pytest.mark.parametrize("width", [360, 1280])
def test_a_browser_shows_it_without_a_complaint(
    hostile: str, page: str, width: int, tmp_path: Path
) -> None:
    """No error, no request, and nothing wider than the window, long words neither."""
    for name, text in (("page", page), ("hostile", hostile)):
        file = tmp_path / f"{name}.html"
        file.write_text(text, "utf-8")

        shown = shown_at(file, width, tmp_path)

        assert shown.console == []
        assert shown.requests == []
        assert shown.widest <= width


def test_a_long_table_goes_on_over_the_page(tmp_path: Path) -> None:
    """With its headings again and no row cut; printed on A4."""
    rows = tuple((Cell(text=f"Row {n}"), Cell(text="words " * 20)) for n in range(90))
    table = Table(name="Long", caption="Long", head=("One", "Two"), rows=rows)
    file = tmp_path / "long.html"
    file.write_text(document_html(a_document(table)), "utf-8")

    assert 3 <= pages_of(file, tmp_path) <= 5
