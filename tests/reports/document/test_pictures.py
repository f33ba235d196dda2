"""The charts of a document."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from fractions import Fraction
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from case_audit.reports.document.bars import HATCHES, shade
from case_audit.reports.document.canvas import ready_to_draw, width_of, wrapped
from case_audit.reports.document.model import Distribution, Intervals
from case_audit.reports.document.pictures import (
    NARROW,
    SEE_FIRST,
    TALLEST,
    WIDE,
    png_pictures,
    svg_pictures,
)
from documents import (
    GRADES,
    LONG,
    MATHS,
    OFSTED,
    SCRIPT,
    SHARES,
    TREND,
    a_bar,
    a_hostile_document,
    a_mark,
    no_mark,
)

if TYPE_CHECKING:
    from case_audit.reports.document.pictures import (
        Chart,
    )


def words(svg: str) -> list[str]:
    """The words of a drawing, from top to bottom of its source."""
    return [
        node.text or ""
        for node in ET.fromstring(svg).iter()  # noqa: S314 - our own
        if node.tag.endswith("text")
    ]


def drawn(chart: Chart, *, width: float = WIDE) -> str:
    (picture,) = svg_pictures(chart, key="k", width=width)
    return picture.svg


def all_drawn(chart: Chart) -> list[str]:
    return [picture.svg for picture in svg_pictures(chart, key="k")]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bars_say_every_number(width: float) -> None:
    """A part too narrow for its number has it beside the bar, with its pattern."""
    said = words(drawn(GRADES, width=width))

    assert said[:4] == list(OFSTED)
    assert said[4:9] == [
        "Met",
        "Partly met",
        "Not met",
        "c",
        "hidden to protect children",
    ]
    for number in ("16", "9", "3", "14", "11", "4", "30", "n = 30", "n = 6", "no case"):
        assert number in said


def test_beside_a_hidden_number_stands_no_sum() -> None:
    """It could be worked out from it."""
    one = Distribution(
        title="t", bars=(a_bar("Partnership", None, 14, 11, 4),), alt="a"
    )

    said = words(drawn(one))

    assert said[-4:] == ["c", "14", "11", "4"]
    assert not any("n =" in text for text in said)


def test_grades_can_be_told_apart_in_grey() -> None:
    """On paper from an office printer, and with every kind of colour vision."""
    for of in range(2, 8):
        greys = [
            0.2126 * r + 0.7152 * g + 0.0722 * b
            for r, g, b in (shade(place, of) for place in range(of))
        ]
        assert greys == sorted(greys, reverse=True)
        assert min(a - b for a, b in pairwise(greys)) > 25
    assert len(set(HATCHES)) == len(HATCHES) >= 7


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_intervals_say_their_figures(width: float) -> None:
    """A dot without its number and its interval would be a decoration."""
    said = words(drawn(SHARES, width=width))

    for mark in SHARES.marks:
        assert set(mark.said.split()) <= set(" ".join(said).split())
    assert "c" in said
    assert {"0%", "25%", "50%", "75%", "100%"} <= set(said)


def test_a_trend_is_a_small_chart_for_each_group() -> None:
    """Points of time are joined within a group and never across."""
    first, second = all_drawn(TREND)

    assert [svg.count("stroke-width: 0.9") for svg in (first, second)] == [2, 1]
    assert "Visits" in words(first)
    assert "Supervision" in words(second)
    for svg in (first, second):
        assert words(svg).count("0%") == 1
        assert "centre line: 60%" in words(svg)


def test_what_names_the_next_group_is_its_first_mark() -> None:
    """A domain heads its criteria, in one small chart and without its name twice."""
    marks = (
        a_mark("All cases", 3, 5),
        a_mark("Visits", 1, 5, strong=True),
        a_mark("v1", 1, 5, group="Visits"),
        a_mark("v2", 2, 5, group="Visits"),
    )

    first, second = all_drawn(Intervals(title="t", marks=marks, alt="a"))

    assert "All cases" in words(first)
    assert words(second).count("Visits") == 1
    assert {"v1", "v2"} <= set(words(second))


def test_an_axis_alone_is_not_drawn() -> None:
    """Where nothing can be estimated, or all of it is hidden."""
    marks = (no_mark("a", "no estimate: none audited"), no_mark("b", ""))
    chart = Intervals(title="t", marks=marks, alt="a")

    assert svg_pictures(chart, key="k") == ()
    assert png_pictures(chart) == ()


def test_a_chart_longer_than_a_page_comes_in_parts() -> None:
    """Made smaller, nobody could read it."""
    bars = tuple(a_bar(f"Criterion {n}", 3, 2, 1, n) for n in range(60))
    marks = tuple(a_mark(f"Criterion {n}", n, 60) for n in range(60))

    for chart in (
        Distribution(title="Bars", bars=bars, alt="All bars."),
        Intervals(title="Marks", marks=marks, alt="All marks."),
    ):
        pictures = svg_pictures(chart, key="k")
        said = [text for p in pictures for text in words(p.svg)]

        assert len(pictures) > 1
        assert all(p.height < TALLEST + 1 for p in pictures)
        assert [said.count(f"Criterion {n}") for n in range(60)] == [1] * 60
        assert pictures[1].title.endswith(f"(part 2 of {len(pictures)})")
        assert [p.alt for p in pictures[1:]] == [SEE_FIRST] * (len(pictures) - 1)


def test_hostile_text_is_drawn_as_it_is() -> None:
    """No tag, no formula, no hidden character; and a long word stays on the sheet."""
    for n, chart in enumerate(a_hostile_document().sections[0].blocks[-2:]):
        assert isinstance(chart, Distribution | Intervals)
        (picture,) = svg_pictures(chart, key=f"k{n}")
        svg = picture.svg

        assert "<script" not in svg
        assert not re.search("[\x00-\x08\u202e\u200f\uffff\ud800]", svg)
        assert {SCRIPT, MATHS} <= set(words(svg))
        assert "".join(t for t in words(svg) if set(t) == {"a"}) == LONG


def test_a_drawing_stands_in_a_page_with_others() -> None:
    """Its names are its own, its patterns are found, and it is read out."""
    svg = drawn(GRADES)
    names = re.findall(r'\bid="([^"]+)"', svg)
    used = re.findall(r"url\(#([^)]+)\)", svg) + re.findall(r'href="#([^"]+)"', svg)

    assert len(set(names)) == len(names)
    assert all(name.startswith("k-0-") for name in names)
    assert used
    assert set(used) <= set(names)
    assert '<title id="k-0-title">Cases by grade' in svg
    assert "<style" not in svg
    assert "<metadata" not in svg
    assert 'role="img"' in svg


def test_the_same_chart_is_the_same_file() -> None:
    """Or no one could see that a report has not changed."""
    assert svg_pictures(TREND, key="k") == svg_pictures(TREND, key="k")
    assert png_pictures(TREND) == png_pictures(TREND)


def test_a_picture_in_dots_is_sharp_enough_for_print() -> None:
    """200 dots an inch."""
    (picture,) = png_pictures(SHARES)

    image = Image.open(BytesIO(picture.png))

    assert image.size[0] == WIDE * 200
    assert abs(image.size[1] - picture.height * 200) <= 1
    assert len(set(image.convert("RGB").tobytes())) > 2


def test_one_row_is_enough() -> None:
    """A round of one criterion, and one where the share is nothing or everything."""
    one = Distribution(title="t", bars=(a_bar("a", 0, 0, 0, 1),), alt="a")
    ends = Intervals(
        title="t",
        marks=(a_mark("a", 0, 5), a_mark("b", 5, 5)),
        alt="a",
        centre=Fraction(0),
    )

    assert "n = 1" in words(drawn(one))
    assert "centre line: 0%" in words(drawn(ends, width=NARROW))


def test_lines_keep_to_their_room() -> None:
    """By the width of the letters, not by their number."""
    with ready_to_draw():
        lines = wrapped("iiii WWWW iiii WWWWWWWWWW", 0.6)
        wide = [width_of(line) for line in lines]

    assert "".join(lines).replace(" ", "") == "iiiiWWWWiiiiWWWWWWWWWW"
    assert max(wide) <= 0.6
    assert wrapped("", 1) == ("",)


CHART = """
from documents import GRADES
from case_audit.reports.document.pictures import svg_pictures
svg_pictures(GRADES, key="k")
import os
assert "MPLCONFIGDIR" not in os.environ
"""


@pytest.mark.parametrize("writable", [True, False])
def test_nothing_is_written_outside_our_own_cache(
    tmp_path: Path, *, writable: bool
) -> None:
    """A home that is read-only is met on servers; a foreign setting changes nothing."""
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    cache = home / "cache"
    if not writable:
        cache.write_text("a file where a folder should be", "utf-8")
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", CHART],
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        env=os.environ
        | {
            "HOME": str(home),
            "XDG_CACHE_HOME": str(cache),
            "TMPDIR": str(temporary),
            "PYTHONPATH": os.pathsep.join(("tests", *sys.path)).replace(
                "tests", str(Path(__file__).parents[2]), 1
            ),
        },
    )

    written = {p.relative_to(home).parts[:3] for p in home.rglob("*") if p.is_file()}

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert written == {("cache", "case-audit", "fonts") if writable else ("cache",)}
    assert list(temporary.iterdir()) == []
