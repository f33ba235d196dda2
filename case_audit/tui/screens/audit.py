"""The workspace: one criterion after the other, with the file beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED, NOT_YET
from case_audit.tui.screens.answering import AnsweringScreen
from case_audit.tui.screens.closing import ClosingScreen, Outcome
from case_audit.tui.screens.criterion import CriterionScreen
from case_audit.tui.screens.go_to import GoToScreen
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.widgets.criterion_head import CriterionHead
from case_audit.tui.widgets.facts import facts
from case_audit.tui.widgets.file_pane import FilePane
from case_audit.tui.widgets.grade_list import GradeList
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.notes import RATIONALE, Notes
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.tui.desk import Desk

READING = (
    ("v", "evidence"),
    ("n p", "next, back"),
    ("N", "next open"),
    ("f", "file"),
    ("g", "go to"),
    ("c", "check"),
    ("u", "undo"),
)
WRITING = (("esc", "done"), ("tab", "next field"))
IN_FILE = (("esc", "back to the criterion"), ("[ ]", "documents"))


def _reading(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return the hints while a criterion is looked at."""
    grades = desk.grades()
    if not grades:
        return (("e", "write"), *READING)
    keys = f"{grades[0].key}-{grades[-1].key}"
    return ((keys, "grade"), ("e", "because"), *READING)


def _key(key: str, action: str, description: str, name: str) -> Binding:
    return Binding(key, action, description, id=name, priority=True)


# Keys act before the next key is looked at (priority), so that what is typed fast
# goes where it is meant; in a field they are letters, see ``check_action``.
KEYS: list[Binding] = [
    _key("0", f"answer('{NOT_APPLICABLE}')", "Not applicable", "audit.na"),
    _key("x", f"answer('{NOT_EVIDENCED}')", "Not evidenced", "audit.ne"),
    _key("backspace", f"answer('{NOT_YET}')", "Clear", "audit.clear"),
    _key("m", "flag", "Flag it, to be looked at again", "audit.flag"),
    _key("o", "sure", "How sure: low, medium, high", "audit.sure"),
    _key("n", "move(1)", "Next criterion", "audit.next"),
    _key("p", "move(-1)", "Previous criterion", "audit.back"),
    _key("N", "next_open", "Next without an answer", "audit.open"),
    _key("down,j", "peek(1)", "Open the descriptor below", "audit.down"),
    _key("up,k", "peek(-1)", "Open the descriptor above", "audit.up"),
    _key("enter", "take", "Give the grade that is open", "audit.take"),
    _key("e", "write('rationale')", "Write why", "audit.why"),
    _key("v", "write('evidence')", "Write the evidence", "audit.evidence"),
    _key("d", "describe", "All about this criterion", "audit.describe"),
    _key("f", "file", "The child's file", "audit.file"),
    _key("g", "go_to", "Go to a criterion", "audit.goto"),
    _key("c", "check", "Check and submit", "audit.check"),
    _key("u", "undo", "Undo", "audit.undo"),
    _key("U", "redo", "Redo", "audit.redo"),
    _key("question_mark", "help", "Help", "help"),
    _key("escape", "leave", "Back", "back"),
]

WRITES = {"answer", "grade", "write", "take", "undo", "redo", "flag", "sure"}
"""Actions that only whoever audits the case may do."""


class AuditScreen(AnsweringScreen):
    """Audit one case; closes with how it was left.

    Args:
        desk: The case.
        kind: ``"live"`` or ``"practice"``.
    """

    CSS_PATH = "audit.tcss"
    AUTO_FOCUS = "#grades"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (140, "-widest")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *KEYS,
        *(
            _key(digit, f"grade('{digit}')", "", f"audit.grade_{digit}")
            for digit in "123456789"
        ),
    ]

    # The screen

    def compose(self) -> ComposeResult:
        case = self._desk.case
        yield TopBar()
        with Horizontal(id="panes"):
            with Vertical(id="rubric"):
                yield CriterionHead()
                yield GradeList(case.rubric.scale, id="grades")
                yield Notes()
            with Vertical(id="side"):
                yield Static(facts(case), id="facts")
                yield FilePane(case.file, id="file")
        yield Static(id="status")
        yield HintBar()

    def on_mount(self) -> None:
        bar = self.query_one(TopBar)
        bar.kind, bar.title = self._kind, self._desk.title
        if not self._desk.case.yours:
            self.query_one(Notes).let_read_only()
        self.show_criterion()
        self._say(self._desk.opening())

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
        """Let keys be letters in a field, and arrows scroll in the file."""
        del parameters
        if not self.is_mounted or action.startswith("_"):
            return True
        if self.query_one(Notes).writing:
            return action in ("leave", "dismiss")
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
        writing = self.query_one(Notes).writing
        in_file = isinstance(self.focused, FilePane)
        hints = IN_FILE if in_file else WRITING if writing else _reading(self._desk)
        self.query_one(HintBar).hints = hints

    # Moving

    def action_move(self, step: int) -> None:
        """Go to the next or the previous criterion."""
        self._go(self._desk.index + step)

    def action_next_open(self) -> None:
        """Go to the next criterion without an answer."""
        index = self._desk.next_open()
        if index is None:
            self._say("Every criterion is answered · c checks and submits")
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

    def action_file(self) -> None:
        """Go into the child's file, or back."""
        if isinstance(self.focused, FilePane):
            self.action_leave()
            return
        self.add_class("-file")
        self.set_focus(self.query_one(FilePane))

    def action_go_to(self) -> None:
        """Choose a criterion from a list."""

        def went(criterion_id: str | None) -> None:
            if criterion_id and self._desk.move_to_criterion(criterion_id):
                self.show_criterion()

        self.app.push_screen(GoToScreen(self._desk), went)

    def action_describe(self) -> None:
        """Show all about the criterion."""
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

        self.app.push_screen(ClosingScreen(self._desk, kind=self._kind), left)

    def can_now(self, action: str) -> bool:
        """Whether an action would change or move anything."""
        desk = self._desk
        if action in WRITES and not desk.case.yours:
            return False
        there = {
            "next_open": lambda: desk.next_open() is not None,
            "undo": lambda: desk.can_step("undo"),
            "redo": lambda: desk.can_step("redo"),
            "take": lambda: not desk.criterion.in_words,
        }
        return action not in there or there[action]()

    def action_help(self) -> None:
        """Show what the keys do."""
        self.app.push_screen(HelpScreen(self))

    def words(self) -> dict[str, str]:
        """Return what the keys that grade give."""
        return {f"audit.grade_{g.key}": g.label for g in self._desk.grades()}

    def action_leave(self) -> None:
        """Go one level back: out of a field, out of the file, out of the case."""
        if isinstance(self.focused, GradeList):
            self.dismiss(Outcome())
            return
        self.remove_class("-file")
        self.set_focus(self.query_one(GradeList))
