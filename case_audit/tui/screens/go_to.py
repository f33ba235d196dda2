"""Go to a criterion: a list of all of them with what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from case_audit.tui.literal import literal_line
from case_audit.tui.widgets.strip import mark

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.tui.desk import Desk


class GoToScreen(ModalScreen[str | None]):
    """Closes with a criterion's identifier, or with ``None``."""

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Stay", id="back"),
        Binding("j", "app.simulate_key('down')", "Down", id="goto.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="goto.up", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        with Vertical(classes="card tall"):
            yield Static("Go to a criterion", classes="title")
            yield OptionList(*self._options(), markup=False)
            yield Static(
                "Enter goes there, Esc stays. Dots are not answered yet.",
                classes="foot",
            )

    def _options(self) -> list[Option]:
        options = []
        previous = ""
        for domain, criterion in self._desk.asked:
            if domain.id != previous:
                options.append(Option(literal_line(domain.label), disabled=True))
                previous = domain.id
            critical = " !" if criterion.critical else ""
            line = f" {mark(self._desk, criterion)}  {criterion.id} {criterion.label}{critical}"
            options.append(Option(literal_line(line), id=criterion.id))
        return options

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = options.get_option_index(self._desk.criterion.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)
