"""The cases of a round, each with its state in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from case_audit.core.audit.model import SUBMITTED
from case_audit.tui.literal import literal_line
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.audit.model import Audit
    from case_audit.services.home import CaseLine
    from case_audit.tui.doors import Doors

HINTS = (
    ("enter", "open"),
    ("n", "next to do"),
    ("s", "summary"),
    ("r", "take back"),
    ("esc", "back"),
)


class CasesScreen(Screen[None]):
    """Lists a round's cases and opens one.

    Args:
        round_id: The round.
        doors: What it reads and opens.
    """

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "Open the next case to do", id="cases.next"),
        Binding("s", "summary", "Summary of this round", id="cases.summary"),
        Binding("r", "reopen", "Take a submitted audit back", id="cases.reopen"),
        Binding("j", "app.simulate_key('down')", "Down", id="cases.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="cases.up", show=False),
        Binding("question_mark", "help", "Help", id="help"),
        Binding("escape,q", "dismiss(None)", "Back", id="back"),
    ]

    def __init__(self, round_id: int, doors: Doors) -> None:
        super().__init__()
        self._doors = doors
        self._round_id = round_id
        self._lines: list[CaseLine] = []

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield OptionList(markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        self.query_one(HintBar).hints = HINTS
        self.refresh_cases()

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self.refresh_cases()

    def refresh_cases(self) -> None:
        """Read the cases anew."""
        one, self._lines = self._doors.cases(self._round_id)
        done = sum(line.state == SUBMITTED for line in self._lines)
        bar = self.query_one(TopBar)
        bar.title, bar.kind = one.name, self._doors.kind
        standing = sum(line.case.stands for line in self._lines)
        bar.figure = f"{done}/{standing} submitted"
        options = self.query_one(OptionList)
        here = options.highlighted or 0
        options.clear_options()
        options.add_options(_options(self._lines, self._doors.auditor))
        if options.option_count:
            options.highlighted = min(here, options.option_count - 1)
            if options.get_option_at_index(options.highlighted).disabled:
                options.action_cursor_down()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._doors.open_case(int(event.option_id or 0))

    def action_next(self) -> None:
        """Open your own open case, then one that is yours, then one that is nobody's."""
        self._doors.open_next(self._round_id)

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
        options = self.query_one(OptionList)
        here = options.highlighted
        chosen = None if here is None else options.get_option_at_index(here).id
        line = next((one for one in self._lines if str(one.case.id) == chosen), None)
        return line.audit if line and line.state == SUBMITTED else None

    def can_now(self, action: str) -> bool:
        """Whether the case under the cursor can be taken back."""
        return action != "reopen" or self._submitted() is not None

    def action_help(self) -> None:
        """Show what the keys do."""
        self.app.push_screen(HelpScreen(self, more=(("Enter", "Open the case"),)))


def _options(lines: list[CaseLine], auditor: str) -> list[Option]:
    """Return the lines; where cases are given out, under headings, yours first."""
    if not any(line.given_to for line in lines):
        return [_option(line) for line in lines]
    yours = [line for line in lines if _is_yours(line, auditor)]
    yours.sort(key=lambda line: line.state == SUBMITTED)
    nobodys = [line for line in lines if line.is_free]
    gone = [line for line in lines if not line.case.stands]
    others = [line for line in lines if line not in (*yours, *nobodys, *gone)]
    rows: list[Option] = []
    for heading, part in (
        ("Yours to audit", yours),
        ("Given to nobody", nobodys),
        ("Given to others", others),
        ("Replaced by reserves", gone),
    ):
        if part:
            head = Content.assemble((heading, "bold $secondary"))
            rows.append(Option(head, disabled=True))
            rows += [_option(line, to_whom=part is not yours) for line in part]
    return rows


def _option(line: CaseLine, *, to_whom: bool = False) -> Option:
    return Option(literal_line(_line(line, to_whom=to_whom)), id=str(line.case.id))


def _is_yours(line: CaseLine, auditor: str) -> bool:
    """Whether you audit it, have audited it, or are to; not if it was replaced."""
    if not line.case.stands:
        return False
    if line.audit:
        return line.audit.auditor == auditor
    return line.is_for(auditor)


def _line(line: CaseLine, *, to_whom: bool) -> str:
    who = f" · {line.audit.auditor}" if line.audit else ""
    if to_whom and line.given_to and not line.audit:
        who = f" · given to {line.given_to}"
    stratum = "" if line.case.stratum == "all" else f" · {line.case.stratum}"
    states = {
        "not started": "not started",
        "open": f"in progress, {line.answered} of {line.asked}",
        "submitted": "submitted",
        "replaced": "replaced by a reserve",
    }
    return f" {line.case.number:>3}  {line.case.unit:<14}  {states[line.state]}{who}{stratum}"
