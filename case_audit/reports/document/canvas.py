"""A sheet to draw on, measured in inches from its top left corner."""

from __future__ import annotations

import logging
import os
import re
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.etree import ElementTree as ET

from case_audit.reports.document.parts import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, PALE, WHITE = "#1a1f26", "#c9d0d8", "#ffffff"
BLUE, AMBER = "#1f4e79", "#8a4b00"
SIZE = 8.5
"""Points of the text."""
LINE = 0.15
"""Inches from line to line."""
DOTS = 200
"""Dots per inch of a picture: text stays sharp in print."""
POINTS = 72
_FONT = "DejaVu Sans"
"""Comes with matplotlib, so text takes as much room on every computer."""
_PAGE_FONTS = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
"""None is wider than the font that is measured with."""
_RULES: Any = {
    "font.family": [_FONT],
    "svg.fonttype": "none",
    "svg.hashsalt": "case-audit",
    "hatch.linewidth": 0.7,
    "text.parse_math": False,
    "text.usetex": False,
}
_LINK = re.compile(r"url\(#([\w-]+)\)")

Weight = Literal["normal", "bold"]
Align = Literal["left", "center", "right"]


@contextmanager
def ready_to_draw() -> Iterator[None]:
    """Load matplotlib and hold its settings at ours; nothing of it outlasts this.

    Its list of fonts is kept in case-audit's cache folder or, where that cannot be
    written to, in a folder that is gone afterwards.
    """
    with _cache_folder() as folder, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        before = os.environ.get("MPLCONFIGDIR")
        os.environ["MPLCONFIGDIR"] = str(folder)
        logging.getLogger("matplotlib").setLevel(logging.ERROR)
        try:
            import matplotlib as mpl  # noqa: PLC0415 - only charts need it
            import matplotlib.font_manager  # noqa: PLC0415 - lists the fonts here
        finally:
            if before is None:
                del os.environ["MPLCONFIGDIR"]
            else:
                os.environ["MPLCONFIGDIR"] = before
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(_RULES)
            yield


@contextmanager
def _cache_folder() -> Iterator[Path]:
    from platformdirs import user_cache_path  # noqa: PLC0415 - only charts need it

    kept = user_cache_path("case-audit", appauthor=False) / "fonts"
    try:
        kept.mkdir(parents=True, exist_ok=True)
        writable = os.access(kept, os.W_OK)
    except OSError:
        writable = False
    if writable:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="case-audit-") as folder:
        yield Path(folder)


@cache
def _character(character: str, size: float, weight: Weight) -> float:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - see above
    from matplotlib.textpath import TextToPath  # noqa: PLC0415 - see above

    font = FontProperties(family=[_FONT], size=size, weight=weight)
    wide, _, _ = TextToPath().get_text_width_height_descent(character, font, False)  # noqa: FBT003 - theirs
    return float(wide) / POINTS


def width_of(text: str, *, size: float = SIZE, weight: Weight = "normal") -> float:
    """Return how wide a text is, in inches."""
    # A space alone has no extent of its own.
    return sum(_character("n" if c == " " else c, size, weight) for c in text)


def wrapped(
    text: str, room: float, *, size: float = SIZE, weight: Weight = "normal"
) -> tuple[str, ...]:
    """Return a text in lines that are no wider than there is room.

    Args:
        text: Any; made one visible line first.
        room: Inches; a word that is wider is broken.
        size: Of the text, in points.
        weight: Of the text.
    """
    lines: list[str] = []
    line, used = "", 0.0
    pieces = (
        piece
        for word in clean(text).split(" ")
        for piece in _broken(word, room, size, weight)
    )
    for word in pieces:
        wide = width_of(word, size=size, weight=weight)
        gap = width_of(" ", size=size, weight=weight) if line else 0.0
        if line and used + gap + wide > room:
            lines.append(line)
            line, used, gap = "", 0.0, 0.0
        line, used = f"{line} {word}" if line else word, used + gap + wide
    return (*lines, line)


def _broken(word: str, room: float, size: float, weight: Weight) -> list[str]:
    """Return a word whole, or in pieces that fit."""
    pieces, used = [""], 0.0
    for character in word:
        wide = _character(character, size, weight)
        if used + wide > room and pieces[-1]:
            pieces.append("")
            used = 0.0
        pieces[-1] += character
        used += wide
    return pieces


@dataclass(slots=True, kw_only=True)
class Sheet:
    """What is drawn, until it is taken as a picture.

    Attributes:
        width: Inches.
        height: Inches; settled when everything is drawn.
    """

    width: float
    height: float = 1.0
    figure: Figure = field(init=False)
    axes: Axes = field(init=False)

    def __post_init__(self) -> None:
        from matplotlib.figure import Figure  # noqa: PLC0415 - only charts need it

        self.figure = Figure(figsize=(self.width, self.height), facecolor=WHITE)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, self.width)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        weight: Weight = "normal",
        align: Align = "left",
        boxed: bool = False,
    ) -> None:
        """Write a line whose middle is at a height."""
        box = {"boxstyle": "round,pad=0.15", "fc": WHITE, "ec": "none"}
        self.axes.text(
            x,
            y,
            clean(text),
            fontsize=size,
            fontweight=weight,
            color=INK,
            ha=align,
            va="center" if boxed else "center_baseline",
            parse_math=False,
            bbox=box if boxed else None,
        )

    def lines(
        self, x: float, y: float, lines: tuple[str, ...], *, weight: Weight = "normal"
    ) -> None:
        """Write lines below each other, the first with its middle at a height."""
        for place, line in enumerate(lines):
            self.text(x, y + place * LINE, line, weight=weight)

    def box(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        *,
        fill: str = "none",
        hatch: str = "",
        hatched: str = INK,
        dashed: bool = False,
    ) -> None:
        """Draw a rectangle with a pattern and an outline."""
        from matplotlib.patches import Rectangle  # noqa: PLC0415 - only charts need it

        for patch in (
            Rectangle(corner, *size, fc=fill, ec=hatched, lw=0, hatch=hatch or None),
            Rectangle(corner, *size, fc="none", ec=INK, lw=0.7),
        ):
            patch.set_linestyle("--" if dashed else "-")
            self.axes.add_patch(patch)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        color: str = PALE,
        thick: float = 0.7,
        dashed: bool = False,
    ) -> None:
        """Draw a straight line."""
        self.axes.plot(
            (start[0], end[0]),
            (start[1], end[1]),
            color=color,
            lw=thick,
            ls=(0, (4, 3)) if dashed else "-",
            solid_capstyle="butt",
        )

    def dot(self, x: float, y: float) -> None:
        """Draw a dot."""
        self.axes.plot(
            (x,), (y,), marker="o", ms=5.5, color=BLUE, mec=WHITE, mew=0.6, ls=""
        )

    def finish(self, height: float) -> None:
        """Settle how high it is, in inches."""
        self.height = height
        self.figure.set_size_inches(self.width, height)
        self.axes.set_ylim(height, 0)

    def png(self) -> bytes:
        """Return it as a picture in dots."""
        file = BytesIO()
        self.figure.savefig(file, format="png", dpi=DOTS, metadata={"Software": None})
        return file.getvalue()

    def svg(self, *, key: str, title: str, alt: str) -> str:
        """Return it as a picture in lines, to stand in a page.

        Args:
            key: Unique in the page; letters, digits and dashes.
            title: Its name for who cannot see it.
            alt: What it shows, for who cannot see it.
        """
        file = StringIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        self.figure.savefig(file, format="svg", metadata=nothing)
        drawn = ET.fromstring(file.getvalue())  # noqa: S314 - just written here
        return _for_a_page(drawn, key=key, title=title, alt=alt)


def _for_a_page(root: ET.Element, *, key: str, title: str, alt: str) -> str:
    """Return a drawing without what only a file of its own needs."""
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        for name, value in list(element.attrib.items()):
            del element.attrib[name]
            plain = name.rpartition("}")[2]
            element.set(plain, _renamed(plain, value, key))
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in ("metadata", "style"):
                parent.remove(child)
    named = ET.Element("title", id=f"{key}-title")
    named.text = clean(title)
    told = ET.Element("desc", id=f"{key}-desc")
    told.text = clean(alt)
    root[:0] = [named, told]
    root.attrib = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": root.attrib["viewBox"],
        "role": "img",
        "aria-labelledby": f"{key}-title",
        "aria-describedby": f"{key}-desc",
        "style": "stroke-linejoin: round; stroke-linecap: butt",
    }
    return ET.tostring(root, encoding="unicode")


def _renamed(name: str, value: str, key: str) -> str:
    """Return an attribute's value with names that are unique in the page."""
    if name == "id":
        return f"{key}-{value}"
    if name == "href":
        return value.replace("#", f"#{key}-", 1)
    if name in ("style", "clip-path", "fill"):
        value = value.replace(f"'{_FONT}'", _PAGE_FONTS)
        return _LINK.sub(rf"url(#{key}-\1)", value)
    return value
