"""Overrule a computed grade, with a reason; both are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from case_audit.core.audit.model import NOT_YET
from case_audit.tui.in_force import key_for
from case_audit.tui.literal import literal_line

if TYPE_CHECKING:
    from collections.abc import Callable

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
        Binding("c", f"choose('{KEEP}')", "The computed one", id="overrule.computed"),
        *(
            Binding(digit, f"choose('{digit}')", id=f"audit.grade_{digit}")
            for digit in "123456789"
        ),
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
            rows = [(key_for(self.app, "overrule.computed", "c"), "The computed one")]
            rows += [
                (
                    key_for(self.app, f"audit.grade_{g.key}", g.key),
                    f"{g.letter} {g.label}",
                )
                for g in self._scale.grades
            ]
            options = [
                Option(literal_line(f"{key:<2} {words}"), id=one)
                for (key, words), one in zip(
                    rows, (KEEP, *self._scale.ids), strict=True
                )
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let no key choose while the reason is written."""
        del parameters
        return action != "choose" or not isinstance(self.focused, TextArea)

    def action_choose(self, key: str) -> None:
        """Choose the grade that has this key, if one has."""
        keys = {grade.key: grade.id for grade in self._scale.grades} | {KEEP: KEEP}
        if key in keys:
            options = self.query_one(OptionList)
            options.highlighted = options.get_option_index(keys[key])
            self._chosen(keys[key])

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
