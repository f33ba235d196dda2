"""Plan a draw: move the size and see at once what it would show."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from case_audit.errors import CaseAuditError
from case_audit.tui.compositor import SparingScreen
from case_audit.tui.literal import literal, literal_line
from case_audit.tui.plan_setting import TEXTS
from case_audit.tui.planner import Planner, works
from case_audit.tui.screens.choose import ChooseScreen
from case_audit.tui.screens.condition import ConditionScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.screens.strata import StrataScreen
from case_audit.tui.widgets import plan_table
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.plan_form import PlanForm
from case_audit.tui.widgets.plan_words import LABELS, about
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.frame.model import StoredFrame
    from case_audit.services.frame_facts import FrameFacts
    from case_audit.services.plan_ahead import Ahead
    from case_audit.tui.plan_setting import Setting

HINTS = (
    ("← →", "change"),
    ("↑ ↓", "line"),
    ("enter", "type"),
    ("d", "draw"),
    ("tab", "strata"),
    ("esc", "back"),
)
IN_STRATA = (("↑ ↓", "scroll"), ("tab", "back to the plan"))

MOVES: list[Binding] = [
    Binding("right,plus,equals_sign", "move(1)", "More, or the next", id="plan.more"),
    Binding("left,minus", "move(-1)", "Less, or the one before", id="plan.less"),
    Binding("pageup,shift+right", "move(10)", "More by ten", id="plan.ten_more"),
    Binding("pagedown,shift+left", "move(-10)", "Less by ten", id="plan.ten_less"),
    Binding("down,j", "choose(1)", "Next line", id="plan.down"),
    Binding("up,k", "choose(-1)", "Line above", id="plan.up"),
    Binding("backspace", "erase", "Take a typed digit back", id="plan.erase"),
    Binding("t", "switch", "Inadequate: a rate or a number", id="plan.switch"),
    Binding(
        "enter", "write", "Type a condition, or choose from a list", id="plan.write"
    ),
    Binding("s", "strata", "Choose strata from a list", id="plan.strata"),
]


class PlanScreen(SparingScreen[None]):
    """Plans a draw; closes with nothing.

    Args:
        frames: The newest frame of each cohort, at least one.
        cohort: The cohort to begin with.
        kind: ``"live"`` or ``"practice"``.
        work_out: Returns what to expect of a setting; called in a thread.
        read: Returns what a frame can be stratified by; called in a thread.
        draw: Called with the plan when it is to be drawn.
    """

    CSS_PATH = "plan.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (23, "-mid"), (32, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        Binding("d", "draw", "Draw this sample", id="plan.draw"),
        Binding("tab", "strata_pane", "To the strata and back", id="plan.tab"),
        Binding("question_mark", "help", "Help", id="help"),
        Binding("escape,q", "leave", "Back", id="back"),
        *(
            Binding(digit, f"digit('{digit}')", id=f"plan.digit_{digit}", show=False)
            for digit in "0123456789"
        ),
    ]

    def __init__(
        self,
        frames: Sequence[StoredFrame],
        *,
        cohort: str,
        kind: str,
        work_out: Callable[[Setting], Ahead],
        read: Callable[[StoredFrame], FrameFacts],
        draw: Callable[[Planner], None],
    ) -> None:
        super().__init__()
        self._planner = Planner(frames, cohort=cohort)
        self._kind = kind
        self._work_out = work_out
        self._read = read
        self._draw = draw
        self._working = False
        self._learning = False
        self._shown: Ahead | None = None
        self._worked: Setting | None = None

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield PlanForm(self._planner)
        yield Static(id="about", markup=False)
        yield Static(id="summary")
        yield Static(id="heads")
        with VerticalScroll(id="strata"):
            yield Static(id="lines")
        yield Static(id="status")
        yield HintBar()

    def on_mount(self) -> None:
        bar = self.query_one(TopBar)
        bar.title, bar.kind = "Plan a sample", self._kind
        self.query_one(HintBar).hints = HINTS
        self._changed()

    def on_resize(self) -> None:
        self._show()

    # Working it out: in threads, the newest wish first. What a frame holds is read
    # beside it, so that a plan which needs no reading does not wait for it.

    def _changed(self) -> None:
        planner = self._planner
        self.query_one(PlanForm).refresh()
        self.query_one("#about", Static).update(literal(about(planner)))
        if planner.setting != self._worked:
            self.query_one("#status", Static).update("  Working it out …")
            if not self._working:
                self._working = True
                self._work(planner.setting)
        if not planner.knows and not self._learning:
            self._learning = True
            self._learn(planner.setting.frame)

    @work(thread=True, exit_on_error=False)
    def _work(self, setting: Setting) -> None:
        found: Ahead | CaseAuditError
        try:
            found = self._work_out(setting)
        except CaseAuditError as error:
            found = error
        self.app.call_from_thread(self._found, setting, found)

    @work(thread=True, exit_on_error=False)
    def _learn(self, frame: StoredFrame) -> None:
        try:
            facts = self._read(frame)
        except CaseAuditError as error:
            self.app.call_from_thread(self._refuse, error)
        else:
            self.app.call_from_thread(self._learned, facts)

    def _learned(self, facts: FrameFacts) -> None:
        self._learning = False
        if self.is_mounted:
            self._planner.know(facts)
            self._changed()

    def _found(self, setting: Setting, found: Ahead | CaseAuditError) -> None:
        self._working = False
        if not self.is_mounted:
            return
        self._worked = setting
        if isinstance(found, CaseAuditError):
            self._shown = None
            self._refuse(found)
        else:
            self._shown = found
            self._show()
        self._changed()

    def _refuse(self, error: CaseAuditError) -> None:
        self.query_one("#summary", Static).update(literal(f"  {error}"))
        self.query_one("#heads", Static).update("")
        hint = [error.hint] if error.hint else []
        more = "\n".join(f"  {line}" for line in (*error.details, *hint))
        self.query_one("#lines", Static).update(literal(more))
        self.query_one("#status", Static).update("")

    def _show(self) -> None:
        ahead = self._shown
        if ahead is None:
            return
        width = self.query_one("#strata").size.width - 3
        here = self.focused is not None
        self.query_one("#summary", Static).update(plan_table.summary(ahead))
        heads = (
            plan_table.heading(width, here=here) if ahead.strata else literal_line("")
        )
        self.query_one("#heads", Static).update(heads)
        self.query_one("#lines", Static).update(plan_table.strata(ahead, width))
        thin = "  ! too few cases to show how the stratum varies"
        status = thin if plan_table.is_thin(ahead) else ""
        self.query_one("#status", Static).update(status)

    # Keys

    def action_move(self, by: int) -> None:
        """Change the chosen line."""
        self._planner.move(by)
        self._changed()

    def action_choose(self, step: int) -> None:
        """Choose another line; in the strata, scroll."""
        pane = self.query_one("#strata")
        if self.focused is pane:
            pane.scroll_relative(y=step, animate=False)
            return
        self._planner.choose(step)
        self._changed()

    def action_digit(self, digit: str) -> None:
        """Type a number."""
        self._planner.type_digit(digit)
        self._changed()

    def action_erase(self) -> None:
        """Take the last digit back."""
        self._planner.erase()
        self._changed()

    def action_switch(self) -> None:
        """Ask about a rate or a number of inadequate cases."""
        self._planner.switch_inadequate()
        self._changed()

    def action_strata_pane(self) -> None:
        """Go to the strata, to scroll them, and back."""
        pane = self.query_one("#strata")
        inside = self.focused is pane
        self.set_focus(None if inside else pane)
        self.query_one(HintBar).hints = HINTS if inside else IN_STRATA
        self.query_one(PlanForm).set_class(not inside, "-away").refresh()
        self._show()

    def action_strata(self) -> None:
        """Choose several strata from a list."""

        def chosen(keys: tuple[str, ...] | None) -> None:
            if keys is not None:
                self._planner.stratify(keys)
                self._changed()

        if "strata" not in self._planner.setting.fields:
            self.notify("This design has no strata.", markup=False)
            return
        if not self._planner.groupings:
            self.notify("The frame is still being read.", markup=False)
            return
        self.app.push_screen(
            StrataScreen(self._planner.groupings, self._planner.setting.strata), chosen
        )

    def action_write(self) -> None:
        """Type a condition, or choose an attribute from a list."""
        planner, field = self._planner, self._planner.field

        def taken(text: str | None) -> None:
            if text is not None:
                planner.write(text)
                self._changed()

        if field in TEXTS:
            title, now = LABELS[field], str(getattr(planner.setting, field))
            cohort = planner.setting.frame.cohort
            self.app.push_screen(ConditionScreen(title, now, cohort=cohort), taken)
        elif planner.choices:
            choices = list(planner.choices.items())
            self.app.push_screen(ChooseScreen(LABELS[field], choices), taken)
        elif field == "strata":
            self.action_strata()

    def action_draw(self) -> None:
        """Draw this plan, once it can be drawn."""
        if self._planner.setting != self._worked:
            self.notify("One moment: it is still being worked out.", markup=False)
        elif self._shown is None:
            self.notify("This cannot be drawn; the screen says why.", markup=False)
        else:
            self._draw(self._planner)

    def action_leave(self) -> None:
        """Go back: from the strata to the plan, from the plan to where it was."""
        if self.focused is None:
            self.dismiss(None)
        else:
            self.action_strata_pane()

    def can_now(self, action: str, *parameters: object) -> bool:
        """Whether an action would do something, as the plan stands."""
        if action == "draw":
            return self._shown is not None and self._planner.setting == self._worked
        if action == "strata_pane":
            return bool(self._shown and self._shown.strata)
        return works(self._planner, action, *parameters)

    def action_help(self) -> None:
        """Show what the keys do."""
        more = (("0-9", "Type a number"),)
        self.app.push_screen(HelpScreen(self, more=more))
