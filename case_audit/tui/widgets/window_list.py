"""A list of any length: only the lines that are seen are read and painted."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.binding import Binding
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

PAGE = 64
"""Lines that are read at once."""
_KEPT = 8
"""Pages that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Lines that stand together.

    Attributes:
        heading: The line above them, which the cursor leaves out; empty for none.
        numbers: What each line stands for.
        key: Tells the part among others, whatever its heading says.
    """

    heading: str
    numbers: Sequence[int]
    key: str = ""


class WindowList(ScrollView, can_focus=True):
    """Shows lines by number; tells which one was chosen.

    Args:
        read: Returns the lines of some numbers of a part, by the part's place.
            Numbers that are gone are left out.
    """

    DEFAULT_CSS = """
    WindowList { height: 1fr; margin: 1; overflow-x: hidden; }
    WindowList > .window--heading { color: $secondary; text-style: bold; }
    WindowList > .window--cursor {
        color: $block-cursor-foreground; background: $block-cursor-background;
        text-style: $block-cursor-text-style;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"window--heading", "window--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", id="list.open", show=False)
    ]

    @dataclass
    class Chosen(Message):
        """A line was chosen.

        Attributes:
            number: What it stands for.
        """

        number: int

    def __init__(self, read: Callable[[int, Sequence[int]], Mapping[int, str]]) -> None:
        super().__init__()
        self._read = read
        self._parts: tuple[Part, ...] = ()
        self._starts: list[int] = []
        self._length = 0
        self._pages: dict[tuple[int, int], Mapping[int, str]] = {}
        self._cursor = 0
        self._colours: dict[str, Style] = {}
        self._strips: LRUCache[tuple[str, Style, int], Strip] = LRUCache(2 * PAGE)

    # What it holds

    def show(self, parts: Sequence[Part], *, growing: bool = False) -> None:
        """Show other lines, or the same ones read anew; the cursor stays.

        Args:
            parts: The lines.
            growing: Whether they are those before with more behind each part: then
                the cursor stays at its place in its part, not on its line.
        """
        here = self._at(self._cursor) if growing else None
        key = "" if here is None else self._parts[here[0]].key
        self._parts = tuple(part for part in parts if part.numbers)
        self._starts, line = [], 0
        for part in self._parts:
            self._starts.append(line)
            line += len(part.numbers) + bool(part.heading)
        self._length = line
        self._pages.clear()
        self.virtual_size = Size(0, line)
        wanted = self._cursor
        for start, part in zip(self._starts, self._parts, strict=True):
            if here is not None and part.key == key:
                wanted = start + bool(part.heading) + here[1]
        self._put(min(wanted, line - 1), step=1)
        self.refresh()

    @property
    def number(self) -> int | None:
        """What the line under the cursor stands for; ``None`` in an empty list."""
        found = self._at(self._cursor)
        return None if found is None else self._parts[found[0]].numbers[found[1]]

    def go_to(self, line: int) -> None:
        """Put the cursor on a line, or on the next below that is no heading."""
        self._put(line, step=1)

    def _at(self, line: int) -> tuple[int, int] | None:
        """Return part and place in it; ``None`` for a heading or beyond the end."""
        if not 0 <= line < self._length:
            return None
        part = bisect_right(self._starts, line) - 1
        place = line - self._starts[part] - bool(self._parts[part].heading)
        return None if place < 0 else (part, place)

    def _text(self, part: int, place: int) -> str:
        first = place - place % PAGE
        page = self._pages.pop((part, first), None)
        if page is None:
            page = self._read(part, self._parts[part].numbers[first : first + PAGE])
        self._pages[part, first] = page  # now the last one that was asked for
        while len(self._pages) > _KEPT:
            del self._pages[next(iter(self._pages))]
        return page.get(self._parts[part].numbers[place], "")

    # What is seen

    def render_line(self, y: int) -> Strip:
        """Return one line of what is seen."""
        line, width = y + self.scroll_offset.y, self.size.width
        style = self._colour()
        text = ""
        found = self._at(line)
        if found is not None:
            text = self._text(*found)
            if line == self._cursor:
                style = self._colour("window--cursor")
        elif line < self._length:
            text = self._parts[bisect_right(self._starts, line) - 1].heading
            style = self._colour("window--heading")
        return self._strip(text, style, width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines of what is seen.

        Textual would put a frame around each, which this list has not, and work it out
        anew for each line when it scrolls.
        """
        _, background = self.background_colors
        strips = [self.render_line(y) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return [strip.crop(*crop.column_span) for strip in strips]

    def _strip(self, text: str, style: Style, width: int) -> Strip:
        """Return a line as it is painted; the same one while it only changes place."""
        strip = self._strips.get((text, style, width))
        if strip is None:
            shown = one_line(text)
            if cell_len(shown) > width:
                shown = f"{set_cell_size(shown, width - 1)}…"
            strip = Strip([Segment(shown, style)]).adjust_cell_length(width, style)
            self._strips[text, style, width] = strip
        return strip

    # Moving

    def _put(self, line: int, *, step: int) -> None:
        """Put the cursor on a line, or on the next in that direction that can be."""
        line = max(0, min(line, self._length - 1))
        if self._length and self._at(line) is None:
            # A heading always has a line below it.
            line = line + 1 if step > 0 or line == 0 else line - 1
        before, self._cursor = self._cursor, max(line, 0)
        first = self.scroll_offset.y
        width = self.size.width - self.scrollbar_size_vertical
        self.refresh(
            Region(0, before - first, width, 1),
            Region(0, self._cursor - first, width, 1),
        )
        top = self._cursor
        if top and self._at(top - 1) is None:
            top -= 1  # its heading comes into sight with it
        if not first <= top <= self._cursor < first + self.size.height:
            self.scroll_to_region(
                Region(0, top, 1, self._cursor - top + 1), animate=False, immediate=True
            )

    # Colours

    def notify_style_update(self) -> None:
        """Forget colours that a theme or the focus has changed."""
        super().notify_style_update()
        self._colours.clear()

    def _colour(self, part: str = "") -> Style:
        """Return the style of a part of the list, worked out once.

        Textual works it out anew for every line, from all that lies behind.
        """
        style = self._colours.get(part)
        if style is None:
            style = self.rich_style
            if part:
                style += self.get_component_rich_style(part, partial=True)
            self._colours[part] = style
        return style

    # The keys of anything that scrolls, which here move the cursor.

    def action_scroll_down(self) -> None:
        """Go to the next line; from the last to the first."""
        self._move(1)

    def action_scroll_up(self) -> None:
        """Go to the line before; from the first to the last."""
        self._move(-1)

    def _move(self, step: int) -> None:
        line = self._cursor + step
        if self._at(line) is None and 0 <= line < self._length:
            line += step
        if not 0 <= line < self._length:
            line = 0 if step > 0 else self._length - 1
        self._put(line, step=step)

    def action_page_down(self) -> None:
        """Go a screen further."""
        self._put(self._cursor + max(1, self.size.height - 1), step=1)

    def action_page_up(self) -> None:
        """Go a screen back."""
        self._put(self._cursor - max(1, self.size.height - 1), step=-1)

    def action_scroll_home(self) -> None:
        """Go to the first line."""
        self._put(0, step=1)

    def action_scroll_end(self) -> None:
        """Go to the last line."""
        self._put(self._length - 1, step=1)

    def action_choose(self) -> None:
        """Choose the line under the cursor."""
        if self.number is not None:
            self.post_message(self.Chosen(self.number))

    def on_click(self, event: events.Click) -> None:
        """Choose the line that is clicked."""
        offset = event.get_content_offset(self)
        line = None if offset is None else offset.y + self.scroll_offset.y
        if line is not None and self._at(line) is not None:
            self._put(line, step=1)
            self.action_choose()
