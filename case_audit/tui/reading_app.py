"""What the app reads for its lists, at a glance first and from the database later."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final, ParamSpec

from case_audit.services.home import home
from case_audit.tui.first_look import WaitingScreen
from case_audit.tui.private_app import PrivateApp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from textual.screen import Screen

    from case_audit.core.rubric.model import Criterion
    from case_audit.core.sample.round import RoundHead
    from case_audit.errors import CaseAuditError
    from case_audit.services.board import BoardRow
    from case_audit.services.case_lines import CaseLine, Look, Source
    from case_audit.services.case_list import CaseList
    from case_audit.services.database import Database
    from case_audit.services.home import Home
    from case_audit.store.glance import Glance

P = ParamSpec("P")

QUIET: Final = 0.3
"""Seconds without a key or another screen after which libraries are loaded."""


class Latest:
    """What lists are read from: a glance into the database, or itself once it is open.

    A list holds it for as long as it is shown, and reads on when the glance is gone.

    Args:
        app: Whose database it is.
    """

    def __init__(self, app: ReadingApp) -> None:
        self._app = app

    def read(self) -> AbstractContextManager[Look]:
        """Read what is there at one moment."""
        glance = self._app.glance
        return self._app.database.read() if glance is None else glance.read()


class ReadingApp(PrivateApp):
    """An app that can show its lists before its database is open.

    What a list needs is imported where it is shown: a case is on the desk without.

    Attributes:
        auditor: Who is at the keyboard.
    """

    def __init__(self) -> None:
        super().__init__()
        self._database: Database | None = None
        self._glance: Glance | None = None
        self._source: Source = Latest(self)
        self._loading = False
        self.auditor = ""

    @property
    def database(self) -> Database:
        """The open database."""
        if self._database is None:
            msg = "the database is not open yet"
            raise AssertionError(msg)
        return self._database

    @property
    def glance(self) -> Glance | None:
        """The glance into the database, until it is open."""
        return self._glance

    @abstractmethod
    def _open(self) -> object:
        """Open the database, in a thread."""

    def _load(self) -> None:
        """Open the database, unless that has been begun."""
        if not self._loading:
            self._loading = True
            self._open()

    def _load_when_quiet(self, seen: Screen[object] | None = None) -> None:
        """Open the database once nobody presses a key and no screen is being made.

        Its libraries would take half the processor from whoever goes straight on.
        """
        if not self.screen_stack:
            return  # the app is being left
        left = self._last_key + QUIET - monotonic()
        if self.screen is not seen:
            left = QUIET
        if left > 0:
            self.set_timer(left, partial(self._load_when_quiet, self.screen))
        else:
            self._load()

    def _when_open(self, act: Callable[P, None]) -> Callable[P, None]:
        """Return what does the same as soon as the database is open."""

        def do(*args: P.args, **kwargs: P.kwargs) -> None:
            if self._database is None:
                self._load()
                self.push_screen(WaitingScreen(lambda: act(*args, **kwargs)))
            else:
                act(*args, **kwargs)

        return do

    def read_home(self) -> Home:
        """Return what the first screen shows."""
        return home(self._source, auditor=self.auditor)

    def read_cases(self, round_id: int, words: str = "") -> CaseList:
        """Return the cases of a round that hold some words, a page at a time."""
        from case_audit.services.case_list import list_cases

        return list_cases(self._source, round_id, auditor=self.auditor, words=words)

    def search_cases(self, round_id: int, words: str) -> Iterator[CaseList]:
        """Look for the cases of a round that hold some words, step by step."""
        from case_audit.services.case_list import search_cases

        return search_cases(self._source, round_id, auditor=self.auditor, words=words)

    def read_page(self, one: RoundHead, numbers: Sequence[int]) -> list[CaseLine]:
        """Return some cases of a round, by number."""
        from case_audit.services.case_list import page_of

        return page_of(self._source, one, numbers)

    def read_criteria(self, one: RoundHead) -> tuple[Criterion, ...]:
        """Return what may be asked in a round."""
        from case_audit.services.board import board_criteria

        return board_criteria(self._source, one)

    def read_board(
        self, one: RoundHead, numbers: Sequence[int], criteria: tuple[Criterion, ...]
    ) -> list[BoardRow]:
        """Return the marks of some cases of a round, by number."""
        from case_audit.services.board import board_rows

        return board_rows(self._source, one, numbers, criteria)

    def show_error(self, error: CaseAuditError) -> None:
        """Show an error as a notice."""
        self.notify("\n".join(error.lines), severity="error", timeout=20, markup=False)

    def _failed(self, error: CaseAuditError) -> None:
        self.exit(return_code=int(error.exit_code), message="\n".join(error.lines))
