"""Choose one of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


class ChooseScreen(ModalScreen[str | None]):
    """Closes with what was chosen, or with ``None``.

    Args:
        title: What is chosen.
        choices: What is given back and what is shown, one a line.
    """

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", id="back"),
        Binding("j", "app.simulate_key('down')", "Down", id="choose.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="choose.up", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        with Vertical(classes="card tall"):
            yield Static(literal_line(self._title), classes="title")
            yield OptionList(
                *(Option(literal_line(shown)) for _, shown in self._choices),
                markup=False,
            )
            yield Static("Enter takes it, Esc goes back.", classes="foot")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._choices[event.option_index][0])
