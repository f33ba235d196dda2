"""Overrule a computed grade, with a reason; both are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from case_audit.core.audit.model import NOT_YET
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.audit.judge import Computed
    from case_audit.core.rubric.scale import Scale

KEEP = "computed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """An auditor's own grade.

    Attributes:
        grade: The grade, or empty to go by the computed one.
        reason: Why it differs.
    """

    grade: str
    reason: str


class OverruleScreen(ModalScreen[None]):
    """Puts an auditor's own grade beside the computed one.

    Args:
        scale: The grades.
        computed: What the rules gave.
        ruling: What stands so far.
        choose: Called with the grade the moment it is chosen; with an empty text
            to go by the computed one.
        keep: Called with the whole reason after every letter.
        give: Called with the whole reason at the end.
    """

    CSS_PATH = "card.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done", "Done", id="back", priority=True),
    ]

    def __init__(
        self,
        scale: Scale,
        computed: Computed,
        *,
        ruling: Ruling,
        choose: Callable[[str], None],
        keep: Callable[[str], None],
        give: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._scale = scale
        self._computed = computed
        self._ruling = ruling
        self._choose = choose
        self._keep = keep
        self._give = give

    def compose(self) -> ComposeResult:
        with Vertical(classes="card tall"):
            yield Static("Which grade stands?", classes="title")
            yield Static(literal_line(f"Computed: {self._computed.because}"))
            options = [Option(Content("c  The computed one"), id=KEEP)]
            options += [
                Option(Content(f"{g.key}  {g.letter} {g.label}"), id=g.id)
                for g in self._scale.grades
            ]
            yield OptionList(*options, markup=False)
            yield Static("Because (needed where yours differs)")
            area = TextArea(self._ruling.reason, tab_behavior="focus")
            area.cursor_blink = False
            area.disabled = not self._ruling.grade
            yield area
            yield Static("Enter or the key chooses. Esc: done.", classes="foot")

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = options.get_option_index(self._ruling.grade or KEEP)

    def on_key(self, event: events.Key) -> None:
        if isinstance(self.focused, TextArea) or event.character is None:
            return
        options = self.query_one(OptionList)
        keys = {grade.key: grade.id for grade in self._scale.grades} | {"c": KEEP}
        if event.character in keys:
            event.stop()
            options.highlighted = options.get_option_index(keys[event.character])
            self._chosen(keys[event.character])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._chosen(event.option_id or KEEP)

    def _chosen(self, option_id: str) -> None:
        if option_id == KEEP:
            self._choose(NOT_YET)
            self.dismiss(None)
            return
        self._choose(option_id)
        self._ruling = Ruling(grade=option_id, reason=self._ruling.reason)
        area = self.query_one(TextArea)
        area.disabled = False
        self.set_focus(area)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        if event.text_area.text != self._ruling.reason:
            self._keep(event.text_area.text)

    def action_done(self) -> None:
        """Close; the reason is kept with the grade it explains."""
        if self._ruling.grade:
            self._give(self.query_one(TextArea).text)
        self.dismiss(None)
