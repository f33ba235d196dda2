"""The cases of a round, each with its state in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static

from case_audit.core.audit.model import SUBMITTED
from case_audit.services.case_list import IN_WORDS
from case_audit.tui.compositor import SparingScreen
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.top_bar import TopBar
from case_audit.tui.widgets.window_list import Part, WindowList

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.audit.model import Audit
    from case_audit.services.case_lines import CaseLine
    from case_audit.services.case_list import CaseList, Section
    from case_audit.tui.doors import Doors

HINTS = (
    ("enter", "open"),
    ("n", "next to do"),
    ("/", "find"),
    ("b", "board"),
    ("s", "summary"),
    ("r", "take back"),
    ("esc", "back"),
)
FINDING = (("enter", "to the list"), ("esc", "all cases"))
NONE_FOUND = """\
No case holds these words.

They are looked for in unit, stratum, auditor and state, for example:
    not started
    smith in progress

Esc shows all cases again.
"""
LARGE = 5_000
"""Cases from which on words are looked for at Enter, not at every letter."""
PAUSE = 0.01
"""Seconds between two steps of a search, for what is pressed meanwhile."""


class CasesScreen(SparingScreen[None]):
    """Lists a round's cases and opens one.

    Args:
        round_id: The round.
        doors: What it reads and opens.
    """

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "WindowList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "Open the next case to do", id="cases.next"),
        Binding("slash", "find", "Find cases by words", id="cases.find"),
        Binding("b", "board", "Board: cases by criteria", id="cases.board"),
        Binding("s", "summary", "Summary of this round", id="cases.summary"),
        Binding("r", "reopen", "Take a submitted audit back", id="cases.reopen"),
        Binding("j", "app.simulate_key('down')", "Down", id="cases.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="cases.up", show=False),
        Binding("question_mark", "help", "Help", id="help"),
        Binding("escape,q", "leave", "Back", id="back"),
    ]

    def __init__(self, round_id: int, doors: Doors) -> None:
        super().__init__()
        self._doors = doors
        self._round_id = round_id
        self._list: CaseList = doors.cases(round_id, "")
        self._search: Iterator[CaseList] = iter(())

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield Input(id="find", placeholder="unit, stratum, auditor or state")
        yield Static(id="words")
        yield WindowList(self._read)
        yield HintBar()

    def on_mount(self) -> None:
        self.query_one("#find").display = False
        self.query_one("#words", Static).update(Content(NONE_FOUND))
        self._show()

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self.refresh_cases()

    def refresh_cases(self) -> None:
        """Read the cases anew; those of a long round that hold words, step by step."""
        words = self.query_one("#find", Input).value
        self._search = iter(())
        if words.split() and self._list.progress.cases > LARGE:
            self._search = self._doors.search(self._round_id, words)
            self._go_on()
        else:
            self._list = self._doors.cases(self._round_id, words)
            self._show()

    def _go_on(self) -> None:
        """Look through some more cases; keys that were pressed come before the next."""
        found = next(self._search, None) if self.is_active else None
        if found is None:
            return
        before = self._list
        # A list that is only read anew stays as it is until that is done.
        if found.whole or not before.whole or found.words != before.words:
            self._list = found
            self._show(growing=found.words == before.words and not before.whole)
        if not found.whole:
            self.set_timer(PAUSE, self._go_on)

    def _show(self, *, growing: bool = False) -> None:
        found = self._list
        bar = self.query_one(TopBar)
        bar.title, bar.kind = found.round.name, self._doors.kind
        bar.figure = f"{found.progress.submitted}/{found.progress.cases} submitted"
        if not found.whole:
            bar.figure = f"looking · {bar.figure}"
        none = bool(found.words) and found.whole and not found.sections
        self.query_one("#words").display = none
        self.query_one(WindowList).show(
            [
                Part(heading=_heading(s), numbers=s.numbers, key=s.heading)
                for s in found.sections
            ],
            growing=growing,
        )
        self._hint()

    def _hint(self) -> None:
        finding = isinstance(self.focused, Input)
        self.query_one(HintBar).hints = FINDING if finding else HINTS

    def _read(self, part: int, numbers: Sequence[int]) -> dict[int, str]:
        yours = self._list.sections[part].yours
        lines = self._doors.page(self._list.round, numbers)
        return {line.case.number: case_text(line, yours=yours) for line in lines}

    def _here(self) -> CaseLine | None:
        """Return the case under the cursor."""
        number = self.query_one(WindowList).number
        wanted = [] if number is None else [number]
        return next(iter(self._doors.page(self._list.round, wanted)), None)

    def on_window_list_chosen(self) -> None:
        line = self._here()
        if line is not None:
            self._doors.open_case(line.case.id)

    # Finding

    def action_find(self) -> None:
        """Find cases by words."""
        field = self.query_one("#find", Input)
        field.display = True
        field.focus()

    def on_input_changed(self) -> None:
        if self._list.progress.cases <= LARGE:
            self.refresh_cases()

    def on_input_submitted(self) -> None:
        self.refresh_cases()
        self.query_one(WindowList).focus()

    def on_descendant_focus(self) -> None:
        self._hint()

    def action_leave(self) -> None:
        """Show all cases again, or go back."""
        field = self.query_one("#find", Input)
        if not field.display:
            self.dismiss(None)
            return
        field.value, field.display = "", False
        self.refresh_cases()
        self.query_one(WindowList).focus()

    # What else can be done

    def action_next(self) -> None:
        """Open your own open case, then one that is yours, then one that is nobody's."""
        self._doors.open_next(self._round_id)

    def action_board(self) -> None:
        """Show the cases of this list by criteria."""
        from case_audit.tui.screens.board import BoardScreen

        if self._list.sections:
            self.app.push_screen(BoardScreen(self._list, self._doors))

    def action_summary(self) -> None:
        """Show the summary of this round."""
        self._doors.open_summary(self._round_id)

    def action_reopen(self) -> None:
        """Take back the submitted audit under the cursor."""
        submitted = self._submitted()
        if submitted is None:
            self.notify("Put the cursor on a submitted case first.", markup=False)
            return
        self._doors.reopen(submitted)
        self.refresh_cases()

    def _submitted(self) -> Audit | None:
        """Return the audit under the cursor, if it is submitted."""
        line = self._here()
        return line.audit if line and line.state == SUBMITTED else None

    def can_now(self, action: str, *parameters: object) -> bool:
        """Whether the case under the cursor can be taken back."""
        del parameters
        return action != "reopen" or self._submitted() is not None

    def action_help(self) -> None:
        """Show what the keys do."""
        from case_audit.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self, more=(("Enter", "Open the case"),)))


def _heading(section: Section) -> str:
    return f"{section.heading}: {len(section.numbers)}" if section.heading else ""


def case_text(line: CaseLine, *, yours: bool = False) -> str:
    """Return a case in one line.

    Args:
        line: The case.
        yours: Whether it stands among the reader's own, so that nobody needs to be
            told whom it is given to.
    """
    who = f" · {line.audit.auditor}" if line.audit else ""
    if not yours and line.given_to and not line.audit:
        who = f" · given to {line.given_to}"
    stratum = "" if line.case.stratum == "all" else f" · {line.case.stratum}"
    how_far = f", {line.answered} of {line.asked}" if line.state == "open" else ""
    state = f"{IN_WORDS[line.state]}{how_far}"
    return f" {line.case.number:>3}  {line.case.unit:<14}  {state}{who}{stratum}"
