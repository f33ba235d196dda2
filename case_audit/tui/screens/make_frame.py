"""Make a frame: what it is to hold, who would be in, and only then make it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual import work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from case_audit.errors import CaseAuditError
from case_audit.tui.frame_wish import fields_text
from case_audit.tui.literal import literal, literal_line
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.widgets.frame_text import made_text, made_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult, RenderResult
    from textual.binding import BindingType

    from case_audit.services.frame_make import MadeFrame, Wanted
    from case_audit.tui.frame_wish import FrameWish


LABELS: Final = {
    "cohort": "Cohort",
    "unit": "Each unit",
    "months": "Closed within",
    "overlap": "Precedence",
    "only": "Only where",
}
FOOT: Final = "↑ ↓ line, ← → change, Enter counts and keeps nothing, Esc back."
READY: Final = "Enter makes this frame. ↑ ↓ line, PgUp PgDn scroll, Esc back."


class Make(Protocol):
    """Makes the frame that is wanted, or only counts who would be in it."""

    def __call__(
        self, wanted: Wanted, *, keep: bool, told: Callable[[int], None]
    ) -> MadeFrame:
        """Tell how many rows were read while it is made; keep it, or nothing."""


class _GivenUpError(Exception):
    """The screen was left while rows were being read."""


class Choice(Widget, can_focus=True):
    """A line that arrow keys change.

    Args:
        wish: What it changes.
        field: Which part of it.
    """

    DEFAULT_CSS = (
        "Choice { height: 1; width: 1fr; } Choice:focus { text-style: reverse; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "move(1)", "The next", id="make.next", show=False),
        Binding("left", "move(-1)", "The one before", id="make.before", show=False),
    ]

    def __init__(self, wish: FrameWish, field: str) -> None:
        super().__init__(id=field)
        self._wish = wish

    def render(self) -> RenderResult:
        return literal_line(self._wish.value(self.id or ""))

    def action_move(self, step: int) -> None:
        """Change it."""
        self._wish.move(self.id or "", step)
        self.refresh()
        if isinstance(self.screen, MakeFrameScreen):
            self.screen.changed()


class MakeFrameScreen(ModalScreen["MadeFrame | None"]):
    """Closes with the frame that was made, or with ``None``.

    Args:
        wish: What is asked for; it is changed, so that nothing typed is lost.
        dated: Which import it is made from, and its date, in words.
        make: Makes the frame; called in a thread.
    """

    CSS_PATH = "make_frame.tcss"
    AUTO_FOCUS = "#cohort"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="back"),
        Binding("enter", "go_on", "Count, then make it", id="make.go"),
        Binding("up", "app.focus_previous", "Line above", id="make.up", show=False),
        Binding("down", "app.focus_next", "Line below", id="make.down", show=False),
        Binding("pageup", "scroll(-1)", "Scroll up", id="make.scroll_up", show=False),
        Binding(
            "pagedown", "scroll(1)", "Scroll down", id="make.scroll_down", show=False
        ),
    ]

    def __init__(self, wish: FrameWish, *, dated: str, make: Make) -> None:
        super().__init__()
        self._wish = wish
        self._dated = dated
        self._make = make
        self._counted: Wanted | None = None
        self._units = ""
        self._busy = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="card tall"):
            yield Static("Make a frame", classes="title")
            yield Static(literal_line(self._dated), id="dated")
            yield from self._fields()
            yield Static(id="about", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(id="result")
            yield Static(FOOT, classes="foot")

    def _fields(self) -> ComposeResult:
        for field, label in LABELS.items():
            with Horizontal(classes="line"):
                yield Static(label, classes="label")
                if field in ("months", "only"):
                    value = getattr(self._wish, field)
                    box = Input(value, id=field, max_length=400, compact=True)
                    # A line that is come back to is gone on with, not typed over.
                    box.select_on_focus = False
                    box.cursor_blink = False
                    yield box
                else:
                    yield Choice(self._wish, field)

    def on_mount(self) -> None:
        self.changed()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._about(event.widget.id or "")

    def _about(self, field: str) -> None:
        self.query_one("#about", Static).update(literal(self._wish.about(field)))

    def on_input_changed(self, event: Input.Changed) -> None:
        before = getattr(self._wish, event.input.id or "")
        if event.value != before:
            setattr(self._wish, event.input.id or "", event.value)
            self.changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_go_on()

    def changed(self) -> None:
        """What was counted is not what is asked for any more."""
        self._counted = None
        self._foot(FOOT)
        self._show(fields_text(self._wish.cohort.id))
        if self.focused:
            self._about(self.focused.id or "")

    def _show(self, text: str) -> None:
        self.query_one("#result", Static).update(literal(text))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _foot(self, text: str) -> None:
        self.query_one(".foot", Static).update(text)

    def action_scroll(self, way: int) -> None:
        """Scroll what was found."""
        pane = self.query_one(VerticalScroll)
        pane.scroll_relative(y=way * max(pane.size.height - 1, 1), animate=False)

    def action_go_on(self) -> None:
        """Count what is asked for; once it is counted, ask whether to make it."""
        if self._busy:
            return
        if wrong := self._wish.wrong:
            self._show(wrong)
            return
        wanted = self._wish.wanted
        if wanted != self._counted:
            self._begin("Counting", wanted, keep=False)
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - Textual calls it so
            if yes:
                self._begin("Making the frame", wanted, keep=True)

        self.app.push_screen(
            ConfirmScreen(
                "Make this frame?",
                f"{self._units}\nIt becomes the newest frame of its cohort: the next "
                "round is drawn from it. Frames that are there stay.",
            ),
            answered,
        )

    def _begin(self, what: str, wanted: Wanted, *, keep: bool) -> None:
        self._busy = what
        self._show(f"{what} …")
        self._work(wanted, keep=keep)

    @work(thread=True, exit_on_error=False)
    def _work(self, wanted: Wanted, *, keep: bool) -> None:
        worker = get_current_worker()

        def told(rows: int) -> None:
            if worker.is_cancelled:
                raise _GivenUpError
            self.app.call_from_thread(self._read, rows)

        try:
            made = self._make(wanted, keep=keep, told=told)
        except _GivenUpError:
            return
        except CaseAuditError as wrong:
            error = wrong
            self.app.call_from_thread(self._refused, error)
        else:
            self.app.call_from_thread(self._found, wanted, made)

    def _read(self, rows: int) -> None:
        if self.is_mounted and self._busy:
            self._show(f"{self._busy} … {rows} rows read")

    def _refused(self, error: CaseAuditError) -> None:
        self._busy = ""
        if self.is_mounted:
            self._counted = None
            self._foot(FOOT)
            self._show("\n".join(error.lines))

    def _found(self, wanted: Wanted, made: MadeFrame) -> None:
        self._busy = ""
        if not self.is_mounted:
            return
        if made.kept:
            self.dismiss(made)
            return
        if self._wish.wrong or wanted != self._wish.wanted:
            self.changed()
            return
        self._counted = wanted
        self._units = made_words(made)
        self._foot(READY)
        self._show(f"{made_text(made)}\nThe same as a command\n  {self._wish.command}")

    def action_leave(self) -> None:
        """Go back; what was typed is there again next time."""
        if self._busy.startswith("Making"):
            self.notify("One moment: the frame is being made.", markup=False)
        else:
            self.dismiss(None)
