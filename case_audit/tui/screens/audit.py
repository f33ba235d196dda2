"""The workspace: one criterion after the other, with the file beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from case_audit.errors import CaseAuditError
from case_audit.tui.in_force import key_for
from case_audit.tui.screens.answering import AnsweringScreen
from case_audit.tui.screens.audit_keys import (
    GRADES,
    IN_DATES,
    IN_FILE,
    KEYS,
    WRITING,
    reading,
)
from case_audit.tui.screens.outcome import Outcome
from case_audit.tui.widgets.chronology import Chronology
from case_audit.tui.widgets.criterion_head import CriterionHead
from case_audit.tui.widgets.facts import facts
from case_audit.tui.widgets.file_pane import FilePane
from case_audit.tui.widgets.grade_list import GradeList
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.jump_list import JumpList
from case_audit.tui.widgets.notes import RATIONALE, Notes
from case_audit.tui.widgets.steady import Steady
from case_audit.tui.widgets.too_small import TooSmall
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.tui.desk import Desk
    from case_audit.tui.screens.closing import ClosingScreen
    from case_audit.tui.widgets.hint_bar import Hint


@runtime_checkable
class OpensCases(Protocol):
    """An application that can put another case on the desk."""

    def open_case(self, case_id: int) -> None:
        """Put a case on the desk."""


class AuditScreen(AnsweringScreen):
    """Audit one case; closes with how it was left.

    Args:
        desk: The case.
        kind: ``"live"`` or ``"practice"``.
    """

    CSS_PATH = "audit.tcss"
    AUTO_FOCUS = "#grades"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        *((0, "-tight"), (60, "-narrow"), (100, "-wide"), (120, "-three")),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-low"), (30, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *KEYS,
        *GRADES,
    ]

    def __init__(self, desk: Desk, *, kind: str) -> None:
        super().__init__(desk, kind=kind)
        self._jump_list: JumpList | None = None

    # The screen

    def compose(self) -> ComposeResult:
        case = self._desk.case
        yield TopBar()
        with Horizontal(id="panes"):
            with Vertical(id="side"):
                with VerticalScroll(id="facts"):
                    yield Static(facts(case))
                yield Chronology(case, id="time")
                yield FilePane(case.file, id="file")
            with Vertical(id="work"):
                with Vertical(id="rubric"):
                    yield CriterionHead()
                    yield GradeList(case.rubric.scale, id="grades")
                yield Notes()
        yield Steady(id="status")
        yield HintBar()
        yield TooSmall()

    def on_mount(self) -> None:
        bar = self.query_one(TopBar)
        bar.kind, bar.title = self._kind, self._desk.title
        if not self._desk.case.yours:
            self.query_one(Notes).let_read_only()
        self.show_criterion()
        self._say(self.opening())

    def show_dates(self) -> None:
        """Show what the dates on the lists say, where it was read after the rest."""
        self.query_one(Chronology).read_again(self._desk.case)
        self.query_one(CriterionHead).show(self._desk)

    def opening(self) -> str:
        """Return what the auditor is told about the case first."""
        return self._desk.opening()

    def show_criterion(self) -> None:
        """Show the criterion on the desk with its answer."""
        self.query_one(CriterionHead).show(self._desk)
        in_words = self._desk.criterion.in_words
        label = "Answer" if in_words else "Because"
        self.query_one(Notes).show(self._desk.answer, label=label)
        self.set_class(in_words, "-words")
        self.show_answer()
        self.on_descendant_focus()

    def show_answer(self) -> None:
        """Show its answer, and where the audit stands, anew."""
        desk = self._desk
        self.query_one(GradeList).show(desk)
        self.query_one(CriterionHead).show_place(desk)
        self.query_one(TopBar).figure = f"{desk.answered}/{len(desk.asked)}"

    # Answers

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys be letters in a field, and what a list makes of them in a list."""
        del parameters
        if not self.is_mounted or action.startswith("_"):
            return True
        if self.query_one(TooSmall).covers:
            return False  # nobody grades what they cannot see
        if self.query_one(Notes).writing or self._jumping:
            return action in ("leave", "dismiss")
        if action == "case":
            return not isinstance(self.focused, FilePane)
        return action not in ("peek", "take") or isinstance(self.focused, GradeList)

    def action_take(self) -> None:
        """Give the grade whose descriptor is open, or begin to write."""
        if self._desk.criterion.in_words:
            self.action_write(RATIONALE)
            return
        self.action_answer(self.query_one(GradeList).peek)

    def on_notes_done(self) -> None:
        self.action_leave()

    def on_descendant_focus(self) -> None:
        self.query_one(HintBar).hints = self._hints()

    def _hints(self) -> tuple[Hint, ...]:
        if self._jumping:
            return JumpList.HINTS
        if self.query_one(Notes).writing:
            return WRITING
        if isinstance(self.focused, FilePane):
            return IN_FILE
        return IN_DATES if isinstance(self.focused, Chronology) else reading(self._desk)

    # Moving

    def action_move(self, step: int) -> None:
        """Go to the next or the previous criterion."""
        self._go(self._desk.index + step)

    def action_next_open(self) -> None:
        """Go to the next criterion without an answer."""
        index = self._desk.next_open()
        if index is None:
            key = key_for(self.app, "audit.check", "c")
            self._say(f"Every criterion is answered · {key} checks and submits")
        else:
            self._go(index)

    def _go(self, index: int) -> None:
        self._keep_texts()
        if self._desk.move_to(index):
            self.show_criterion()
            self._say(self._desk.wanted())

    def action_peek(self, step: int) -> None:
        """Open the descriptor above or below."""
        self.query_one(GradeList).move_peek(step)

    def action_case(self, step: int) -> None:
        """Go to the next or the previous case of the round."""
        self._keep_texts()
        try:
            other = self._desk.neighbour(step)
        except CaseAuditError as error:
            self._refused(error)
            return
        if other is None:
            which = "last" if step > 0 else "first"
            self._say(f"This is the {which} case of the round")
        elif isinstance(self.app, OpensCases):
            self.dismiss(Outcome())
            self.app.call_later(self.app.open_case, other.id)

    # The file and the dates

    def action_file(self) -> None:
        """Go into the child's file, or back."""
        self._into(FilePane, "-file")

    def action_dates(self) -> None:
        """Go to what happened when, or back."""
        self._into(Chronology, "-time")

    def _into(self, pane: type[FilePane | Chronology], name: str) -> None:
        if isinstance(self.focused, pane):
            self.action_leave()
            return
        self.remove_class("-file", "-time")
        self.add_class(name)
        self.set_focus(self.query_one(pane))

    def on_chronology_opened(self, event: Chronology.Opened) -> None:
        self.query_one(FilePane).show_ref(event.ref)
        self.action_file()

    def on_file_pane_quoted(self, event: FilePane.Quoted) -> None:
        self.quote(event.document, event.first, event.last)

    # Other pages

    @property
    def _jumping(self) -> bool:
        # Asked at every key: not by looking through all that is on the screen.
        return self._jump_list is not None and self._jump_list.display

    async def action_go_to(self) -> None:
        """Choose a criterion from a list."""
        self._keep_texts()
        if self._jump_list is None:
            # Not before it is asked for: most cases are read from first to last.
            self._jump_list = JumpList()
            await self.query_one("#panes").mount(self._jump_list)
        self._jump_list.open(self._desk)

    def on_jump_list_chosen(self, event: JumpList.Chosen) -> None:
        self.action_leave()
        if self._desk.move_to_criterion(event.criterion_id):
            self.show_criterion()

    def action_describe(self) -> None:
        """Show all about the criterion."""
        from case_audit.tui.screens.criterion import CriterionScreen

        self.app.push_screen(CriterionScreen(self._desk.case, self._desk.criterion))

    def action_check(self) -> None:
        """Check the answers, write the closing statements, submit."""

        def left(outcome: Outcome | None) -> None:
            if outcome is not None and outcome.go_to:
                self._desk.move_to_criterion(outcome.go_to)
            if outcome is not None and outcome.submitted:
                self.dismiss(outcome)
                return
            self.show_criterion()

        self.app.push_screen(self.closing(), left)

    def closing(self) -> ClosingScreen:
        """Return the page before submitting."""
        from case_audit.tui.screens.closing import ClosingScreen

        return ClosingScreen(self._desk, kind=self._kind)

    def action_help(self) -> None:
        """Show what the keys do."""
        from case_audit.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))

    def words(self) -> dict[str, str]:
        """Return what the keys that grade give."""
        return {f"audit.grade_{g.key}": g.label for g in self._desk.grades()}

    def action_leave(self) -> None:
        """Go one level back: out of a field, a list, the file, the case."""
        grades = self.query_one(GradeList)
        if self.focused is grades:
            self.dismiss(Outcome())
            return
        if isinstance(self.focused, FilePane) and self.focused.drop_selection():
            return
        if self.query_one(Notes).writing:
            self._say(self._desk.wanted())  # what was asked for is asked no more
        if self._jump_list is not None:
            self._jump_list.display = False
        self.remove_class("-file", "-time")
        self.set_focus(grades)
