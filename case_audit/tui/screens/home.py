"""The first screen: where you were, your queue, every round with its progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from case_audit.core.frame.cohort_words import in_words
from case_audit.tui.compositor import SparingScreen
from case_audit.tui.in_force import key_for
from case_audit.tui.literal import literal_line
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.services.home import CaseLine, Home, RoundLine
    from case_audit.tui.doors import Doors
    from case_audit.tui.widgets.hint_bar import Hint

HINTS = (
    ("enter", "open"),
    ("c", "continue"),
    ("s", "summary"),
    ("p", "plan"),
    ("f", "frames"),
    ("t", "tour"),
    ("q", "quit"),
)

NOTHING_YET = """\
Nothing here yet.

  {tour}   shows the way of a case in two minutes, with an invented one

  To practise on an invented county:
      case-audit demo

  To start with your own Annex A workbook:
      case-audit import annex_a.xlsx
      case-audit draw --cohort cp --size 30
      case-audit audit

Press {quit} to leave, then type one of these.
"""
NO_ROUNDS = """\
The lists are imported, but no sample is drawn yet.

  {frames}   looks at the frames: who can be drawn, and who was left out
  {plan}   plans a draw: move the size, see what it would show, and draw

  Or press {quit} to leave, then type:
      case-audit draw --cohort cp --size 30
"""


class HomeScreen(SparingScreen[None]):
    """Shows the state of everything and opens a round or a case.

    Args:
        doors: What it reads and opens.
    """

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "continue", "Continue where you were", id="home.continue"),
        Binding("s", "summary", "Summary of the round", id="home.summary"),
        Binding("p", "plan", "Plan a draw", id="home.plan"),
        Binding("f", "frames", "Frames: who can be drawn", id="home.frames"),
        Binding("j", "app.simulate_key('down')", "Down", id="home.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="home.up", show=False),
        Binding("t", "tour", "Guided tour with an invented case", id="home.tour"),
        Binding("question_mark", "help", "Help", id="help"),
        Binding("escape", "stay", "Back", id="back", show=False),
        Binding("q", "app.quit", "Quit", id="quit"),
    ]

    def __init__(self, doors: Doors) -> None:
        super().__init__()
        self._doors = doors

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield Static(id="words")
        yield OptionList(markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        self.refresh_home()

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self.refresh_home()

    def refresh_home(self) -> None:
        """Read everything anew."""
        home = self._doors.home()
        bar = self.query_one(TopBar)
        bar.title, bar.kind = f"case-audit · {self._doors.auditor}", home.kind
        self.query_one(HintBar).hints = _hints(home)
        options = self.query_one(OptionList)
        here = options.highlighted
        options.clear_options()
        options.add_options(_options(home))
        options.display = bool(options.option_count)
        words = "" if home.rounds else (NO_ROUNDS if home.frames else NOTHING_YET)
        self.query_one("#words", Static).update(Content(self._with_keys(words)))
        self.query_one("#words", Static).display = bool(words)
        if options.option_count:
            open_to = bool(home.rounds)
            last = options.option_count - 1
            options.highlighted = min(here or 1, last) if open_to else None
            options.focus()

    def _with_keys(self, words: str) -> str:
        """Return words with the keys in force; whoever switched one off has Ctrl+P."""
        named = (("tour", "t"), ("frames", "f"), ("plan", "p"))
        keys = {name: key_for(self.app, f"home.{name}", ships) for name, ships in named}
        keys["quit"] = key_for(self.app, "quit", "q") or "Ctrl+Q"
        return words.format_map({name: key or "Ctrl+P" for name, key in keys.items()})

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        part, _, number = (event.option_id or "").partition(":")
        if part == "case":
            self._doors.open_case(int(number))
        elif part == "round":
            self._doors.open_round(int(number))

    def action_continue(self) -> None:
        """Open the audit that was worked on last, or the next case."""
        home = self._doors.home()
        if home.mine or home.given:
            self._doors.open_case((*home.mine, *home.given)[0].case.id)
        elif home.rounds:
            self._doors.open_next(home.rounds[0].round.id)

    def action_summary(self) -> None:
        """Show the summary of the round under the cursor."""
        options = self.query_one(OptionList)
        if options.highlighted is None:
            return
        chosen = options.get_option_at_index(options.highlighted).id or ""
        part, _, number = chosen.partition(":")
        if part == "round":
            self._doors.open_summary(int(number))
        else:
            self.notify("Put the cursor on a round first.", markup=False)

    def action_plan(self) -> None:
        """Plan a draw."""
        self._doors.open_plan()

    def action_frames(self) -> None:
        """Show the frames."""
        self._doors.open_frames()

    def can_now(self, action: str, *parameters: object) -> bool:
        """Whether there is something to continue, to sum up, to draw from."""
        del parameters
        home = self._doors.home()
        if action == "summary":
            options = self.query_one(OptionList)
            here = options.highlighted
            chosen = "" if here is None else options.get_option_at_index(here).id or ""
            return chosen.startswith("round:")
        return action not in _useless(home)

    def action_stay(self) -> None:
        """Say how to leave: one Esc too many is no wish to."""
        key = key_for(self.app, "quit", "q") or "Ctrl+Q"
        words = f"This is the first screen. {key} leaves case-audit."
        self.notify(words, markup=False)

    def action_tour(self) -> None:
        """Show the way of a case with an invented one."""
        self._doors.open_tour()

    def action_help(self) -> None:
        """Show what the keys do."""
        from case_audit.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self, more=(("Enter", "Open"),)))


def _hints(home: Home) -> tuple[Hint, ...]:
    """Return the keys that do something as things stand."""
    return tuple(hint for hint in HINTS if hint[1] not in _useless(home))


def _useless(home: Home) -> set[str]:
    """Return what does nothing as long as no frame or no round is there."""
    return {
        *(() if home.rounds else ("open", "continue", "summary")),
        *(() if home.frames else ("plan", "frames")),
    }


def _options(home: Home) -> list[Option]:
    rows: list[Option] = []
    if home.mine:
        rows.append(_heading("Continue where you were"))
        rows += [
            Option(literal_line(_case(line)), id=f"case:{line.case.id}")
            for line in home.mine
        ]
    if home.given:
        rows.append(_heading(f"Yours to audit: {home.to_audit}"))
        rows += [
            Option(literal_line(_given(line)), id=f"case:{line.case.id}")
            for line in home.given
        ]
        if home.to_audit > len(home.given):
            more = f"  and {home.to_audit - len(home.given)} more, under their rounds"
            rows.append(Option(literal_line(more), disabled=True))
    if home.rounds:
        rows.append(_heading("Rounds"))
        rows += [
            Option(literal_line(_round(line)), id=f"round:{line.round.id}")
            for line in home.rounds
        ]
    if home.waiting:
        rows.append(_heading("Fixed, waiting for the seed"))
        rows += [
            Option(literal_line(f"  {name}: {command}"), disabled=True)
            for name, command in home.waiting
        ]
    return rows


def _heading(text: str) -> Option:
    return Option(Content.assemble((text, "bold $secondary")), disabled=True)


def _case(line: CaseLine) -> str:
    return (
        f"  {line.round_name} · case {line.case.number} · "
        f"{line.answered} of {line.asked} criteria answered"
    )


def _given(line: CaseLine) -> str:
    return f"  {line.round_name} · case {line.case.number} · not started"


def _round(line: RoundLine) -> str:
    begun = f", {line.begun} in progress" if line.begun else ""
    imported = line.round.purpose == "history"
    closed = " · closed" if line.round.closed_utc else ""
    closed = " · imported" if imported else closed
    return (
        f"  {line.round.name} · {in_words(line.round.cohort)} · "
        f"{line.submitted} of {line.cases} submitted{begun}{closed}"
    )
