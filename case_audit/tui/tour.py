"""A tour of two minutes: the real workspace, with a strip that says what to do next.

It waits for each thing to be done, and blocks no key. Its case lies in a database of
its own, which is deleted when the tour ends; no other data are touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Literal

from textual.content import Content
from textual.widgets import Static

from case_audit import __version__
from case_audit.errors import CaseAuditError
from case_audit.tui.desk import Desk
from case_audit.tui.screens.audit import AuditScreen
from case_audit.tui.screens.closing import ClosingScreen
from case_audit.tui.screens.confirm import ConfirmScreen
from case_audit.tui.widgets.file_pane import FilePane
from case_audit.tui.widgets.grade_list import GradeList
from case_audit.tui.widgets.notes import Notes
from case_audit.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import App, ComposeResult

    from case_audit.services.tour import Tour
    from case_audit.tui.screens.outcome import Outcome

LEFT: Final = (
    "You left the tour. Nothing of it is kept; t on the first screen starts it."
)
DONE: Final = (
    "That was the whole way of a case. Nothing of the tour is kept; t on the first "
    "screen starts it again."
)
OFFER: Final = (
    "It takes two minutes, with a case of its own, and nothing of it is kept. Later, t "
    "on the first screen starts it."
)
CLOSING: Final = (
    "All grades on one page, with what is missing. s submits and y says yes; a "
    "submitted case can be taken back. Here nothing is kept. Esc goes back."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to do.

    Attributes:
        says: What, in one or two sentences.
        done: Whether it was done; called after everything that happens.
    """

    says: str
    done: Callable[[AuditScreen, Desk], bool]


def steps(desk: Desk) -> Iterator[Step]:
    """Yield the steps.

    Args:
        desk: The case of the tour, its first criterion on it.
    """
    yield from _first_criterion(desk.criterion.id)
    yield from _second_criterion(desk.criterion.id)


def _first_criterion(first: str) -> Iterator[Step]:
    peeks: set[str] = set()

    def peeked(screen: AuditScreen, _: Desk) -> bool:
        peeks.add(screen.query_one(GradeList).peek)
        return len(peeks) > 1

    yield Step(
        says="One question at a time, and what each grade looks like. Good is open: "
        "press Down or Up to open another. Esc ends the tour at any time.",
        done=peeked,
    )
    yield Step(
        says="Give the grade that fits: 1 is the best, 2 is good, 4 the worst. It is "
        "saved at once. You can look into the file first: f.",
        done=lambda _, desk: desk.answers.criterion(first).graded,
    )
    yield Step(
        says="Say why: e, then a few words, then Esc.",
        done=lambda screen, desk: (
            _written(screen) and bool(desk.answers.criterion(first).rationale.strip())
        ),
    )
    yield Step(
        says="f goes into the child's file. Was the child seen alone?",
        done=lambda screen, _: isinstance(screen.focused, FilePane),
    )
    yield Step(
        says="The arrows go from line to line. On the line that shows it, press q: it is "
        "quoted as evidence, with its place.",
        done=lambda _, desk: bool(desk.answers.criterion(first).evidence.strip()),
    )


def _second_criterion(first: str) -> Iterator[Step]:
    yield Step(
        says="Esc goes back to the questions. N goes to the next without an "
        "answer; the others are answered already.",
        done=lambda _, desk: desk.criterion.id != first,
    )
    yield Step(
        says="Not sure? m flags a question, to be looked at again.",
        done=lambda _, desk: any(a.flagged for a in desk.answers.given.values()),
    )
    yield Step(
        says="u takes the last thing back, as often as you like; U makes it again. Press "
        "u now.",
        done=lambda _, desk: not any(a.flagged for a in desk.answers.given.values()),
    )
    yield Step(
        says="Grade this one too, 1 to 4. Best and worst need a word of why: e.",
        done=lambda screen, desk: desk.next_open() is None and _written(screen),
    )
    yield Step(
        says="All are answered. c checks the case, and there you submit it.",
        done=lambda *_: False,
    )


def _written(screen: AuditScreen) -> bool:
    return not screen.query_one(Notes).writing


class Strip(Static):
    """What to do next, in at most three lines."""

    DEFAULT_CSS = """
    Strip { height: auto; max-height: 3; padding: 0 1; background: $boost; }
    """

    def say(self, text: str, place: str) -> None:
        """Show a step, and which one it is."""
        self.update(Content.assemble((f"TOUR {place}  ", "bold $accent"), text))


def _with_strip(parts: ComposeResult) -> ComposeResult:
    """Yield the parts of a screen, and the strip under its top line."""
    for part in parts:
        yield part
        if isinstance(part, TopBar):
            yield Strip()


class TourClosing(ClosingScreen):
    """Check and submit, with what to do."""

    CSS_PATH = "screens/closing.tcss"

    def compose(self) -> ComposeResult:
        yield from _with_strip(super().compose())

    def on_mount(self) -> None:
        self.query_one(Strip).say(CLOSING, "the last step")


class TourScreen(AuditScreen):
    """The workspace with a strip that leads through it.

    Args:
        desk: The case of the tour.
    """

    CSS_PATH = "screens/audit.tcss"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, kind="practice")
        self._steps = tuple(steps(desk))
        self._at = 0

    def compose(self) -> ComposeResult:
        yield from _with_strip(super().compose())

    def on_mount(self) -> None:
        self._tell()

    def opening(self) -> str:
        """Say nothing of what is answered: it came with the tour."""
        return ""

    @property
    def place(self) -> str:
        """Which step it is: ``3 of 11``."""
        return f"{self._at + 1} of {len(self._steps)}"

    def closing(self) -> ClosingScreen:
        """Return the page before submitting."""
        return TourClosing(self._desk, kind=self._kind)

    # Whatever is done ends in one of these.

    def show_answer(self) -> None:
        """Show the answer, and whether it was what was waited for."""
        super().show_answer()
        self.call_later(self._look)

    def action_peek(self, step: int) -> None:
        """Open the descriptor above or below."""
        super().action_peek(step)
        self.call_later(self._look)

    def on_descendant_focus(self) -> None:
        self.call_later(self._look)

    def on_screen_resume(self) -> None:
        self.call_later(self._look)

    def _look(self) -> None:
        """Go on for as long as what is asked for is done."""
        if not self.is_mounted or not self.query(Strip):
            return
        before = self._at
        while self._steps[self._at].done(self, self._desk):
            self._at += 1
        if self._at != before:
            self._tell()

    def _tell(self) -> None:
        self.query_one(Strip).say(self._steps[self._at].says, self.place)


class Tours:
    """Begins tours, and clears them away.

    Args:
        app: The application.
        auditor: Who is shown round.
    """

    def __init__(self, app: App[None], *, auditor: str) -> None:
        self._app = app
        self._auditor = auditor

    def first(
        self, how: Literal["offer", "alone"], *, then: Callable[[], None]
    ) -> None:
        """Begin where the app was opened for a tour.

        Args:
            how: ``"offer"`` asks first; ``"alone"`` leaves the app at the end.
            then: What to do after one that was offered, or instead.
        """
        if how == "alone":
            self._begin(lambda said: self._app.exit(message=said))
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - Textual calls it so
            if yes:
                self.take(then)
            else:
                then()

        question = ConfirmScreen("Shall the program show you round first?", OFFER)
        self._app.push_screen(question, answered)

    def take(self, then: Callable[[], None] | None = None) -> None:
        """Show the way of a case; ``then`` is called at the end."""

        def after(said: str) -> None:
            self._app.notify(said, markup=False)
            if then is not None:
                then()

        self._begin(after)

    def _begin(self, after: Callable[[str], None]) -> None:
        """Prepare the case in a thread, then open it."""
        from case_audit.services.tour import prepare_tour

        # On Windows a file that is still open cannot be deleted; the system's own
        # folder for such files is cleared in time.
        folder = TemporaryDirectory(
            prefix="case-audit-tour-", ignore_cleanup_errors=True
        )

        def prepare() -> None:
            place = Path(folder.name)
            try:
                tour = prepare_tour(
                    place, auditor=self._auditor, version=__version__, now=_now()
                )
            except CaseAuditError as error:
                folder.cleanup()
                self._app.call_from_thread(after, "\n".join(error.lines))
                return
            self._app.call_from_thread(self._open, tour, folder.cleanup, after)

        self._app.run_worker(prepare, thread=True)

    def _open(
        self, tour: Tour, clear: Callable[[], None], after: Callable[[str], None]
    ) -> None:
        def left(outcome: Outcome | None) -> None:
            tour.database.close()
            clear()
            after(DONE if outcome is not None and outcome.submitted else LEFT)

        if isinstance(self._app.screen, TourScreen):  # the key was pressed twice
            tour.database.close()
            clear()
            return
        desk = Desk(tour.database, tour.case, clock=_now)
        self._app.push_screen(TourScreen(desk), left)


def _now() -> datetime:
    return datetime.now(UTC)
