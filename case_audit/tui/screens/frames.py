"""The frames that can be drawn from, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from case_audit.core.frame.cohorts import cohort, default_definition
from case_audit.core.frame.definition import definition_words
from case_audit.reports.wording import plural
from case_audit.tui.compositor import SparingScreen
from case_audit.tui.literal import literal_line
from case_audit.tui.screens.help import HelpScreen
from case_audit.tui.widgets.frame_text import units_word
from case_audit.tui.widgets.hint_bar import HintBar
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from case_audit.core.frame.definition import Definition
    from case_audit.core.frame.model import StoredFrame
    from case_audit.tui.doors import FrameDoors

HINTS = (
    ("enter", "open"),
    ("p", "plan"),
    ("c", "check"),
    ("d", "compare"),
    ("x", "export"),
    ("m", "make"),
    ("esc", "back"),
)

NO_FRAMES = """\
No frames yet. A frame is the list of cases that can be drawn, and comes with an
import:

      case-audit import annex_a.xlsx

To look round with an invented county instead:

      case-audit demo

Press q to go back, leave the app, then type one of these.
"""


class FramesScreen(SparingScreen[None]):
    """Lists frames, the newest import first, and opens one.

    Args:
        frames: The frames.
        kind: ``"live"`` or ``"practice"``.
        doors: What it opens.
    """

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "plan", "Plan a draw from this cohort", id="frames.plan"),
        Binding("c", "check", "How good the frame is", id="frames.check"),
        Binding("d", "diff", "Compare with another frame", id="frames.diff"),
        Binding("m", "make", "Make another frame", id="frames.make"),
        Binding("x", "export", "Write the frame to a file", id="frames.export"),
        Binding("j", "app.simulate_key('down')", "Down", id="frames.down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", id="frames.up", show=False),
        Binding("question_mark", "help", "Help", id="help"),
        Binding("escape,q", "leave", "Back", id="back"),
    ]

    def __init__(
        self, frames: Sequence[StoredFrame], *, kind: str, doors: FrameDoors
    ) -> None:
        super().__init__()
        self._frames = tuple(frames)
        self._kind = kind
        self._doors = doors
        self._first: StoredFrame | None = None

    def compose(self) -> ComposeResult:
        yield TopBar()
        if not self._frames:
            yield Static(NO_FRAMES, id="words", markup=False)
        yield OptionList(*map(_option, self._frames), markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        bar = self.query_one(TopBar)
        bar.title, bar.kind = "Frames", self._kind
        self._fill()

    def _fill(self) -> None:
        self.query_one(TopBar).figure = plural(len(self._frames), "frame")
        self.query_one(HintBar).hints = HINTS if self._frames else HINTS[-1:]
        options = self.query_one(OptionList)
        options.display = bool(self._frames)
        if self._frames:
            options.highlighted = 0

    def _here(self) -> StoredFrame | None:
        place = self.query_one(OptionList).highlighted
        return None if place is None else self._frames[place]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        here = self._frames[event.option_index]
        if self._first is None:
            self._doors.open_frame(here)
        else:
            self._compare(self._first, here)

    def action_plan(self) -> None:
        """Plan a draw from the cohort under the cursor."""
        if here := self._here():
            self._doors.open_plan(here.cohort)

    def action_check(self) -> None:
        """Look at how good the frame under the cursor is."""
        if here := self._here():
            self._doors.open_check(here)

    def action_make(self) -> None:
        """Make another frame, to begin with of the cohort under the cursor."""
        here = self._here()
        self._unmark()
        self._doors.open_make(here.cohort if here else "", self._made)

    def _made(self, frames: Sequence[StoredFrame], number: int) -> None:
        self._frames = tuple(frames)
        options = self.query_one(OptionList)
        options.clear_options().add_options(map(_option, frames))
        self._fill()
        options.highlighted = [frame.id for frame in frames].index(number)

    def action_export(self) -> None:
        """Write the frame under the cursor to a file."""
        if here := self._here():
            self._doors.open_export(here)

    def action_diff(self) -> None:
        """Compare: the first press marks a frame, the second takes the other."""
        here = self._here()
        if here is None:
            return
        if self._first is not None:
            self._compare(self._first, here)
            return
        self._first = here
        bar = self.query_one(TopBar)
        bar.title = "Frames · compare the marked one with …"
        options = self.query_one(OptionList)
        options.replace_option_prompt(
            _key(here), literal_line(_line(here, marked=True))
        )
        self.query_one(HintBar).hints = (("enter", "with this one"), ("esc", "not"))

    def _compare(self, first: StoredFrame, other: StoredFrame) -> None:
        self._unmark()
        if first.id == other.id:
            self.notify("Choose another frame to compare it with.", markup=False)
            return
        old, new = sorted((first, other), key=lambda frame: frame.id)
        self._doors.open_diff(old, new)

    def _unmark(self) -> None:
        if self._first is None:
            return
        options = self.query_one(OptionList)
        options.replace_option_prompt(
            _key(self._first), literal_line(_line(self._first))
        )
        self._first = None
        self.query_one(TopBar).title = "Frames"
        self.query_one(HintBar).hints = HINTS

    def action_leave(self) -> None:
        """Go back, or let go of the marked frame."""
        if self._first is None:
            self.dismiss(None)
        else:
            self._unmark()

    def can_now(self, action: str, *parameters: object) -> bool:
        """Whether there is a frame to do it with; two, to compare them."""
        del parameters
        least = {"plan": 1, "check": 1, "make": 1, "export": 1, "diff": 2}
        return len(self._frames) >= least.get(action, 0)

    def action_help(self) -> None:
        """Show what the keys do."""
        self.app.push_screen(HelpScreen(self, more=(("Enter", "Open the frame"),)))


def _option(frame: StoredFrame) -> Option:
    return Option(literal_line(_line(frame)), id=_key(frame))


def _key(frame: StoredFrame) -> str:
    return str(frame.id)


def _line(frame: StoredFrame, *, marked: bool = False) -> str:
    mark = "▸" if marked else " "
    name = cohort(frame.cohort).plural
    if len(name) > _NAME:
        name = f"{name[: _NAME - 1]}…"
    holds = definition_words(frame.definition)
    special = "" if holds == definition_words(_usual(frame)) else f" · {holds}"
    return (
        f"{mark}{frame.id:>4} {name:<{_NAME}} {frame.as_at} {frame.units:>6} "
        f"{units_word(frame):<10}{special} · {frame.source.name}"
    )


def _usual(frame: StoredFrame) -> Definition:
    return default_definition(cohort(frame.cohort))


_NAME = 34
"""Columns of a cohort's name."""
