"""One line that says which keys do what; what does not fit is left out whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, TextArea

from case_audit.tui.in_force import hinted

if TYPE_CHECKING:
    from textual.app import RenderResult

Hint = tuple[str, str]
"""A key as it ships and what it does, each in as few letters as possible."""

HELP: Hint = ("?", "help")


class HintBar(Widget):
    """The bottom line: the keys in force.

    The one for help is there wherever it helps, which is not in a field: there it is
    a sign like others. The rest follows in order, as far as it fits.
    """

    DEFAULT_CSS = """
    HintBar { dock: bottom; height: 1; background: $panel; padding: 0 1; }
    """
    hints: reactive[tuple[Hint, ...]] = reactive(())

    def render(self) -> RenderResult:
        in_field = isinstance(self.screen.focused, (Input, TextArea))
        last = ("", "") if in_field else self._now(HELP)
        room = self.content_size.width - _width(last)
        shown = []
        for written in self.hints:
            hint = self._now(written)
            if not hint[0]:
                continue
            room -= _width(hint) + 2
            if room < 0:
                break
            shown.append(hint)
        parts = [
            Content.assemble((key, "bold $accent"), " ", what)
            for key, what in (*shown, last)
            if key
        ]
        return Content("  ").join(parts)

    def _now(self, hint: Hint) -> Hint:
        return hinted(self.screen, hint[0]), hint[1]


def _width(hint: Hint) -> int:
    return len(hint[0]) + 1 + len(hint[1])
