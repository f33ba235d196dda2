"""Cases by criteria, of any size: only the cells that are seen are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from case_audit.security.text_gate import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rich.style import Style
    from textual.binding import BindingType

    from case_audit.services.board import BoardRow

HEAD = 16
"""Cells at the left for number and unit of a case."""
CELL = 3
"""Cells of one criterion."""
PAGE = 48
"""Cases that are read at once."""
_KEPT = 6
FLAG = "*"


class Grid(ScrollView, can_focus=True):
    """Marks of cases by criteria; tells where the cursor is, and what was chosen.

    Args:
        numbers: The cases, in order.
        width: How many criteria there are.
        read: Reads some cases.
    """

    DEFAULT_CSS = """
    Grid { height: 1fr; margin: 0 1; }
    Grid > .grid--cursor {
        color: $block-cursor-foreground; background: $block-cursor-background;
        text-style: bold;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", id="list.open", show=False)
    ]

    class Moved(Message):
        """The cursor is somewhere else."""

    class Chosen(Message):
        """The cell under the cursor was chosen."""

    def __init__(
        self,
        numbers: Sequence[int],
        width: int,
        read: Callable[[Sequence[int]], Mapping[int, BoardRow]],
    ) -> None:
        super().__init__()
        self._numbers, self._width, self._read = numbers, width, read
        self._pages: dict[int, Mapping[int, BoardRow]] = {}
        self.line, self.column = 0, 0

    def on_mount(self) -> None:
        self.virtual_size = Size(HEAD + CELL * self._width, len(self._numbers))

    def read_anew(self) -> None:
        """Show what is there now."""
        self._pages.clear()
        self.refresh()
        self.post_message(self.Moved())

    @property
    def row(self) -> BoardRow | None:
        """The case under the cursor."""
        return self._row(self.line)

    def _row(self, line: int) -> BoardRow | None:
        if not 0 <= line < len(self._numbers):
            return None
        first = line - line % PAGE
        page = self._pages.pop(first, None)
        if page is None:
            page = self._read(self._numbers[first : first + PAGE])
        self._pages[first] = page
        while len(self._pages) > _KEPT:
            del self._pages[next(iter(self._pages))]
        return page.get(self._numbers[line])

    def render_line(self, y: int) -> Strip:
        """Return one line of what is seen; the case's name stays at the left."""
        line, wide, style = y + self.scroll_offset.y, self.size.width, self.rich_style
        row = self._row(line)
        if row is None:
            return Strip.blank(wide, style)
        name = f"{row.number:>4} {one_line(row.unit)}"
        head = Strip([Segment(name, style)]).adjust_cell_length(HEAD, style)
        cells = Strip(self._cells(row, line, style))
        left = self.scroll_offset.x
        seen = cells.crop(left, left + max(0, wide - HEAD))
        return Strip.join([head, seen]).adjust_cell_length(wide, style)

    def _cells(self, row: BoardRow, line: int, style: Style) -> list[Segment]:
        here = style + self.get_component_rich_style("grid--cursor", partial=True)
        return [
            Segment(
                f" {mark}{FLAG if place in row.flagged else ' '}",
                here if (line, place) == (self.line, self.column) else style,
            )
            for place, mark in enumerate(row.marks)
        ]

    # Moving

    def _move(self, *, down: int = 0, right: int = 0) -> None:
        self.line = max(0, min(self.line + down, len(self._numbers) - 1))
        self.column = max(0, min(self.column + right, self._width - 1))
        # The head hides as many cells as it is wide, so they are asked for too.
        self.scroll_to_region(
            Region(CELL * self.column, self.line, HEAD + CELL, 1),
            animate=False,
            immediate=True,
        )
        self.refresh()
        self.post_message(self.Moved())

    def action_scroll_down(self) -> None:
        """Go to the next case."""
        self._move(down=1)

    def action_scroll_up(self) -> None:
        """Go to the case before."""
        self._move(down=-1)

    def action_scroll_right(self) -> None:
        """Go to the next criterion."""
        self._move(right=1)

    def action_scroll_left(self) -> None:
        """Go to the criterion before."""
        self._move(right=-1)

    def action_page_down(self) -> None:
        """Go a screen further."""
        self._move(down=max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """Go a screen back."""
        self._move(down=-max(1, self.size.height - 1))

    def action_scroll_home(self) -> None:
        """Go to the first case."""
        self._move(down=-len(self._numbers))

    def action_scroll_end(self) -> None:
        """Go to the last case."""
        self._move(down=len(self._numbers))

    def action_choose(self) -> None:
        """Choose the cell under the cursor."""
        self.post_message(self.Chosen())
