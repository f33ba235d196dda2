"""One line that says which keys do what; what does not fit is left out whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.app import RenderResult

Hint = tuple[str, str]
"""A key and what it does, each in as few letters as possible."""

HELP: Hint = ("?", "help")


class HintBar(Widget):
    """The bottom line. ``?`` is always there; the rest in order, as far as it fits."""

    DEFAULT_CSS = """
    HintBar { dock: bottom; height: 1; background: $panel; padding: 0 1; }
    """
    hints: reactive[tuple[Hint, ...]] = reactive(())

    def render(self) -> RenderResult:
        room = self.content_size.width - _width(HELP)
        shown = []
        for hint in self.hints:
            room -= _width(hint) + 2
            if room < 0:
                break
            shown.append(hint)
        parts = [
            Content.assemble((key, "bold $accent"), " ", what)
            for key, what in (*shown, HELP)
        ]
        return Content("  ").join(parts)


def _width(hint: Hint) -> int:
    return len(hint[0]) + 1 + len(hint[1])
