"""What a terminal shows already, so that only what differs is sent to it.

Over a slow line every byte is waited for. As Textual ships, a line of a pane of which
one word changes is sent whole, and its colours again with every piece of it.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby, repeat
from operator import itemgetter, ne
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.control import Control

# Textual has no public name for what puts a screen together.
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.color import Color
    from rich.console import Console
    from rich.style import Style


class Look(NamedTuple):
    """How characters look.

    Attributes:
        codes: What a terminal is told; empty for its own colours.
        ground: The colour behind them; ``None`` for the terminal's own.
        on_blanks: Whether more than that is to be seen on a blank.
    """

    codes: str
    ground: Color | None
    on_blanks: bool


Cell = tuple[str, Look]
"""A character one column wide, and how it looks."""

_PLAIN = Look(codes="", ground=None, on_blanks=False)


class Sent:
    """What of a screen is known, by line and column."""

    def __init__(self) -> None:
        self._lines: dict[int, list[Cell | None]] = {}
        self._whole: dict[int, list[Strip]] = {}

    def forget(self) -> None:
        """Know nothing more: everything is sent again."""
        self._lines.clear()
        self._whole.clear()

    def take_whole(self, lines: Mapping[int, list[Strip]]) -> None:
        """Take note of a whole screen, by line; it is looked at when it is asked for."""
        self.forget()
        self._whole.update(lines)

    def differing(
        self, x: int, y: int, strip: Strip, colours: ColorSystem
    ) -> tuple[int, Sequence[Cell]] | None:
        """Take note of what is sent to a line, and return as much as differs.

        Args:
            x: Column of the first cell, from 0.
            y: The line, from 0.
            strip: What is to be shown there.
            colours: The terminal's.

        Returns:
            The column of the first cell that differs, and the cells from there to the
            last one that does; no cells if all is shown already. ``None`` if that
            cannot be told.
        """
        cells = _cells(strip, colours)
        end = x + (strip.cell_length if cells is None else len(cells))
        known = self._known(y, colours, end)
        if cells is None:
            known[x:end] = [None] * (end - x)
            return None
        before = known[x:end]
        if before == cells:
            return x, ()
        known[x:end] = cells
        changed = list(map(ne, before, cells))
        first, last = changed.index(True), len(changed) - changed[::-1].index(True)
        return x + first, cells[first:last]

    def _known(self, y: int, colours: ColorSystem, end: int) -> list[Cell | None]:
        known = self._lines.setdefault(y, [])
        for strip in self._whole.pop(y, ()):
            cells = _cells(strip, colours)
            known += [None] * strip.cell_length if cells is None else cells
        known += [None] * (end - len(known))
        return known


class Pen:
    """Writes cells, and changes looks only where one would see it."""

    def __init__(self) -> None:
        self._look = _PLAIN

    def text(self, cells: Sequence[Cell]) -> str:
        """Return cells as text with the signs for their looks."""
        written = []
        for look, run in groupby(cells, key=itemgetter(1)):
            text = "".join(character for character, _ in run)
            if not self._serves(look, text):
                written.append(self._take(look))
            written.append(text)
        return "".join(written)

    def lifted(self) -> str:
        """Return the sign that ends all looks, if there are any."""
        return self._take(_PLAIN) if self._look.codes else ""

    def _serves(self, look: Look, text: str) -> bool:
        """Whether a text looks right without another sign."""
        if look.codes == self._look.codes:
            return True
        same_ground = look.ground == self._look.ground
        more = look.on_blanks or self._look.on_blanks
        return same_ground and not more and not text.strip(" ")

    def _take(self, look: Look) -> str:
        codes = ("0;" if self._look.codes else "") + look.codes
        self._look = look
        return f"\x1b[{codes.rstrip(';')}m"


class WholeUpdate(LayoutUpdate):
    """A whole screen, of which note is taken when it is sent.

    Args:
        update: The same, as Textual sends it.
        sent: What is shown.
    """

    def __init__(self, update: LayoutUpdate, *, sent: Sent) -> None:
        super().__init__(update.strips, update.region)
        self._sent = sent

    def render_segments(self, console: Console) -> str:
        self._sent.take_whole(
            {y: list(of) for y, of in enumerate(self.strips, self.region.y)}
        )
        return super().render_segments(console)


class SparingUpdate(ChopsUpdate):
    """A part of a screen, sent as far as it differs from what is shown.

    Args:
        chops: The pieces of each line, by their first column.
        spans: The lines with the first column and the column after the last.
        chop_ends: The columns at which the pieces of each line end.
        sent: What is shown; it is brought up to date when this is sent, not before.
    """

    def __init__(
        self,
        chops: Sequence[Mapping[int, Strip]],
        spans: list[tuple[int, int, int]],
        chop_ends: list[list[int]],
        *,
        sent: Sent,
    ) -> None:
        super().__init__(chops, spans, chop_ends)
        self._sent = sent

    def render_segments(self, console: Console) -> str:
        # As Textual's strips do it; there is no public name.
        colours = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001
        pen, written = Pen(), []
        for x, y, strip in self._pieces():
            found = self._sent.differing(x, y, strip, colours)
            if found is None:
                written += [pen.lifted(), _move(x, y), strip.render(console)]
            elif found[1]:
                written += [_move(found[0], y), pen.text(found[1])]
        return "".join([*written, pen.lifted()])

    def _pieces(self) -> Iterator[tuple[int, int, Strip]]:
        """Give column, line and content of whatever lies in the spans."""
        for y, left, right in self.spans:
            pieces = zip(self.chop_ends[y], self.chops[y].items(), strict=False)
            for end, (x, strip) in pieces:
                if strip is not None and x < right and end > left:
                    yield x, y, strip if end <= right else strip.crop(0, right - x)


def _move(x: int, y: int) -> str:
    return Control.move_to(x, y).segment.text


def _cells(strip: Strip, colours: ColorSystem) -> list[Cell] | None:
    """Return the cells of a strip; none if one column does not hold one character."""
    found: list[Cell] = []
    for text, style, control in strip:
        cells = None if control else _piece(text, style, colours)
        if cells is None:
            return None
        found += cells
    return found


@lru_cache(2048)
def _piece(
    text: str, style: Style | None, colours: ColorSystem
) -> tuple[Cell, ...] | None:
    plain = text.isascii() and text.isprintable()
    narrow = plain or all(cell_len(character) == 1 for character in text)
    if not narrow or (style and style.link):
        return None
    look = _look(style, colours) if style else _PLAIN
    return tuple(zip(text, repeat(look)))


@lru_cache(1024)
def _look(style: Style, colours: ColorSystem) -> Look:
    return Look(
        codes=Strip.render_ansi(style, colours),
        ground=style.bgcolor,
        on_blanks=bool(
            style.reverse
            or style.underline
            or style.underline2
            or style.overline
            or style.strike
            or style.blink
        ),
    )
