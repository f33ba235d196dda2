"""Choose the attributes that make the strata."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from case_audit.reports.wording import plural
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.services.frame_facts import Grouping


class StrataScreen(ModalScreen[tuple[str, ...] | None]):
    """Closes with the chosen attributes in the order they were chosen, or ``None``.

    Args:
        groupings: What can be chosen.
        chosen: What is chosen so far.
    """

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Choose or let go", id="strata.toggle"),
        Binding("escape", "dismiss(None)", "Leave as it was", id="back"),
        Binding("j", "app.simulate_key('down')", "Down", id="strata.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="strata.up", show=False),
    ]

    def __init__(self, groupings: Sequence[Grouping], chosen: Sequence[str]) -> None:
        super().__init__()
        self._groupings = groupings
        self._chosen = list(chosen)

    def compose(self) -> ComposeResult:
        with Vertical(classes="card tall"):
            yield Static("Strata", classes="title")
            yield OptionList(*map(self._option, self._groupings), markup=False)
            yield Static(
                "Space chooses, Enter takes them, Esc leaves them as they were.",
                classes="foot",
            )

    def _option(self, grouping: Grouping) -> Option:
        mark = "x" if grouping.key in self._chosen else " "
        values = plural(len(grouping.counts), "value")
        return Option(
            literal_line(f"[{mark}] {grouping.label} · {values}"), id=grouping.key
        )

    def action_choose(self) -> None:
        """Choose the attribute under the cursor, or let it go."""
        options = self.query_one(OptionList)
        if options.highlighted is None:
            return
        grouping = self._groupings[options.highlighted]
        if grouping.key in self._chosen:
            self._chosen.remove(grouping.key)
        else:
            self._chosen.append(grouping.key)
        prompt = self._option(grouping).prompt
        options.replace_option_prompt_at_index(options.highlighted, prompt)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(tuple(self._chosen))
