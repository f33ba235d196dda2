"""The board of a round: a mark for every case and criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import Static

from case_audit.services.case_numbers import Joined
from case_audit.tui.compositor import SparingScreen
from case_audit.tui.literal import literal_line
from case_audit.tui.widgets.grid import Grid
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.services.board import BoardRow
    from case_audit.services.case_list import CaseList
    from case_audit.tui.doors import Doors

HINTS = (("enter", "open there"), ("↑↓←→", "move"), ("esc", "back"))
LEGEND = "· no answer   – not applicable   ? not evidenced   ✓ written   * flagged"


class BoardScreen(SparingScreen[None]):
    """Shows where a round stands, and opens a case at a criterion.

    Args:
        cases: The cases, as the list shows them to the person at the keyboard.
        doors: What it reads and opens.
    """

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "Grid"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "app.simulate_key('down')", "Down", id="board.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="board.up", show=False),
        Binding("question_mark", "help", "Help", id="help"),
        Binding("escape,q", "dismiss(None)", "Back", id="back"),
    ]

    def __init__(self, cases: CaseList, doors: Doors) -> None:
        super().__init__()
        self._doors = doors
        self._cases = cases
        self._criteria = doors.criteria(cases.round)

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield Static(id="where")
        parts = [section.numbers for section in self._cases.sections]
        numbers = parts[0] if len(parts) == 1 else Joined(parts)
        yield Grid(numbers, len(self._criteria), self._read)
        yield Static(LEGEND, id="legend")
        yield HintBar()

    def on_mount(self) -> None:
        bar = self.query_one(TopBar)
        bar.title, bar.kind = f"{self._cases.round.name} · board", self._doors.kind
        self.query_one(HintBar).hints = HINTS
        self.on_grid_moved()

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self.query_one(Grid).read_anew()

    def _read(self, numbers: Sequence[int]) -> dict[int, BoardRow]:
        rows = self._doors.board(self._cases.round, numbers, self._criteria)
        return {row.number: row for row in rows}

    def on_grid_moved(self) -> None:
        grid = self.query_one(Grid)
        if grid.row is not None and self._criteria:
            criterion = self._criteria[grid.column]
            words = f"case {grid.row.number} · {criterion.id} {criterion.label}"
            self.query_one("#where", Static).update(literal_line(words), layout=False)

    def on_grid_chosen(self) -> None:
        grid = self.query_one(Grid)
        if grid.row is not None:
            place = self._criteria[grid.column].id if self._criteria else ""
            self._doors.open_at(grid.row.case_id, place)

    def action_help(self) -> None:
        """Show what the keys do."""
        from case_audit.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self, more=(("Enter", "Open the case there"),)))
