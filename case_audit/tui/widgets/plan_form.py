"""The lines of a plan, one of them chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from case_audit.tui.literal import literal_line
from case_audit.tui.widgets.plan_words import LABELS, value

if TYPE_CHECKING:
    from textual.app import RenderResult

    from case_audit.tui.plan_setting import Field
    from case_audit.tui.planner import Planner

_LABEL = 22


class PlanForm(Widget):
    """Shows a plan; the screen moves it.

    Where there are more lines than rows, those around the chosen one are shown,
    and arrows at the edge say that there are more.

    Args:
        planner: The plan.
    """

    DEFAULT_CSS = "PlanForm { height: 9; padding: 0 1; }"

    def __init__(self, planner: Planner) -> None:
        super().__init__()
        self._planner = planner

    def render(self) -> RenderResult:
        room = max(self.content_size.width, 1)
        rows = max(self.content_size.height, 1)
        fields = self._planner.setting.fields
        first = fields.index(self._planner.field) - rows // 2
        first = max(0, min(first, len(fields) - rows))
        seen = fields[first : first + rows]
        lines = [self._line(field, room - 2) for field in seen]
        if first:
            lines[0] = Content.assemble(lines[0], " ▴")
        if first + rows < len(fields):
            lines[-1] = Content.assemble(lines[-1], " ▾")
        return Content("\n").join(lines)

    def _line(self, field: Field, room: int) -> Content:
        chosen = field == self._planner.field
        mark = "▸ " if chosen else "  "
        words = literal_line(
            f"{mark}{LABELS[field]:<{_LABEL}}{value(field, self._planner)}"
        )
        if words.cell_length > room:
            words = words.truncate(max(room, 1), ellipsis=True)
        words = words.pad_right(max(room - words.cell_length, 0))
        return (
            words.stylize("reverse")
            if chosen and not self.has_class("-away")
            else words
        )
