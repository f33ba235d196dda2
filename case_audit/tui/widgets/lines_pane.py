"""Many items one below the other, of which only those on screen are laid out."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import RenderResult
    from textual.binding import BindingType

MARGIN = 2
"""Columns to the left, where it is marked what is chosen."""
WHEEL = 3
"""Rows that a turn of the wheel moves."""
KEPT = 500
"""Items whose rows are kept, so that going up and down wraps nothing twice."""

Place = tuple[int, int]
"""An item, and one of its rows."""


class LinesPane(Widget, can_focus=True):
    """A list with a cursor that stays quick however long it is.

    Nothing is made for an item before it is shown: what it costs to open
    depends on the size of the pane, not on the number of items.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor(1)", "Down", id="lines.down", show=False),
        Binding("up,k", "cursor(-1)", "Up", id="lines.up", show=False),
        Binding("pagedown", "page(1)", "A page down", id="lines.page_down", show=False),
        Binding("pageup", "page(-1)", "A page up", id="lines.page_up", show=False),
        Binding("home", "end(-1)", "To the beginning", id="lines.home", show=False),
        Binding("end", "end(1)", "To the end", id="lines.end", show=False),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._top: Place = (0, 0)
        self._cursor = 0
        self._laid: dict[int, list[Content]] = {}
        self._laid_for = 0

    # What a list of its own says

    @property
    @abstractmethod
    def items(self) -> int:
        """How many items there are."""

    @abstractmethod
    def lay(self, index: int, width: int) -> list[Content]:
        """Return the rows of an item, at least one."""

    @abstractmethod
    def stops(self, index: int) -> bool:
        """Whether the cursor stops at an item."""

    def head(self) -> list[Content]:
        """Return rows that stay above the items."""
        return []

    def mark(self, index: int, row: int) -> str:
        """Return what stands in the margin of one of an item's rows."""
        here = self.has_focus and index == self._cursor
        return "› " if here and row == 0 else "  "

    def moved(self) -> None:
        """Take note that the cursor has moved."""

    # Where it is

    @property
    def cursor(self) -> int:
        """The item under the cursor."""
        return self._cursor

    def go(self, index: int, *, top: bool = False) -> None:
        """Put the cursor on an item and show it; if asked, as the first row."""
        self._cursor = index
        if top:
            self._top = min((index, 0), self._last_top())
        else:
            self._show(index)
        self.moved()
        self.refresh()

    def lay_again(self, cursor: int) -> None:
        """Show items that have changed, with the cursor on one of them."""
        self._laid, self._top = {}, (0, 0)
        self.go(cursor)

    def next_stop(self, step: int, *, start: int | None = None) -> int | None:
        """Return the next item where the cursor stops, up or down."""
        index = (self._cursor if start is None else start) + step
        while 0 <= index < self.items:
            if self.stops(index):
                return index
            index += step
        return None

    def action_cursor(self, step: int) -> None:
        """Go to the next item; first through what is longer than the pane."""
        if self._hangs_over(step):
            self._scroll(step)
            return
        index = self.next_stop(step)
        if index is None:
            self._scroll(step * self._room)
        else:
            self.go(index)

    def action_page(self, step: int) -> None:
        """Go a page up or down."""
        before = self._top
        self._scroll(step * max(self._room - 1, 1))
        if self._top == before:
            self.action_end(step)
        elif (found := self.next_stop(1, start=self._top[0] - 1)) is not None:
            self._cursor = found
            self.moved()

    def action_end(self, step: int) -> None:
        """Go to the beginning or to the end."""
        start = self.items if step > 0 else -1
        index = self.next_stop(-step, start=start)
        if index is not None:
            self.go(index)
        self._top = self._last_top() if step > 0 else (0, 0)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-WHEEL)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        rows = [place for place, _ in self._shown()]
        row = offset.y - len(self.head())
        if 0 <= row < len(rows) and self.stops(rows[row][0]):
            self.go(rows[row][0])

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self._top = min(self._top, self._last_top())
        self._show(self._cursor)

    # How it is laid out

    @property
    def _room(self) -> int:
        return max(self.content_size.height - len(self.head()), 1)

    def _rows(self, index: int) -> list[Content]:
        width = max(self.content_size.width - MARGIN, 1)
        if self._laid_for != width or len(self._laid) > KEPT:
            self._laid, self._laid_for = {}, width
        if index not in self._laid:
            self._laid[index] = self.lay(index, width) or [Content("")]
        return self._laid[index]

    def _step(self, place: Place, rows: int) -> Place:
        """Return the place some rows further down, or up; not beyond either end."""
        index, row = place
        row += rows
        while row < 0 and index > 0:
            index -= 1
            row += len(self._rows(index))
        while index < self.items - 1 and row >= (size := len(self._rows(index))):
            row -= size
            index += 1
        return index, max(row, 0)

    def _last_top(self) -> Place:
        """Return the topmost place at which nothing is left below the pane."""
        if not self.items:
            return 0, 0
        last = self.items - 1
        return self._step((last, len(self._rows(last)) - 1), 1 - self._room)

    def _scroll(self, rows: int) -> None:
        top = min(self._step(self._top, rows), self._last_top())
        if top != self._top:
            self._top = top
            self.refresh()

    def _hangs_over(self, step: int) -> bool:
        """Whether the item under the cursor goes on beyond the pane."""
        shown = [row for (index, row), _ in self._shown() if index == self._cursor]
        if not shown:
            return False
        edge = len(self._rows(self._cursor)) - 1 if step > 0 else 0
        return edge not in shown

    def _show(self, index: int) -> None:
        if not self.items:
            return
        first, last = (index, 0), (index, len(self._rows(index)) - 1)
        lowest = self._step(self._top, self._room - 1)
        if last > lowest:
            self._top = self._step(last, 1 - self._room)
        self._top = min(self._top, first)

    def _shown(self) -> Iterator[tuple[Place, Content]]:
        """Give the rows on screen with their places."""
        left = self._room
        index, first = self._top
        while left > 0 and index < self.items:
            for row, content in enumerate(self._rows(index)):
                if row >= first and left > 0:
                    yield (index, row), content
                    left -= 1
            index, first = index + 1, 0

    def render(self) -> RenderResult:
        lines = [
            Content(self.mark(index, row)) + content
            for (index, row), content in self._shown()
        ]
        return Content("\n").join([*self.head(), *lines])
