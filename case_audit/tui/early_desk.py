"""A case on the desk before the database is open, and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from case_audit.errors import CaseAuditError, ChangedMeanwhileError
from case_audit.tui.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from case_audit.core.audit.history import Act
    from case_audit.services.database import Database
    from case_audit.services.opened import OpenCase
    from case_audit.services.settings import Settings
    from case_audit.tui.keymap import Keys


@dataclass(frozen=True, slots=True)
class Opened:
    """What there is once the libraries are loaded.

    Attributes:
        database: The open database.
        settings: The user's settings.
        keys: The keys that are not as they ship.
        case: The case that was on the desk before, opened; why it could not be,
            or ``None`` if there was none.
    """

    database: Database
    settings: Settings
    keys: Keys
    case: OpenCase | CaseAuditError | None = None


class Opening:
    """Opens once, in whichever thread asks first; all others wait for it.

    Args:
        act: Opens; may raise a :class:`case_audit.errors.CaseAuditError`.
    """

    def __init__(self, act: Callable[[], Opened]) -> None:
        self._act = act
        self._lock = Lock()
        self._found: Opened | CaseAuditError | None = None

    @property
    def done(self) -> bool:
        """Whether it was opened already, or could not be."""
        return self._found is not None

    def result(self) -> Opened:
        """Return what was opened.

        Raises:
            CaseAuditError: If it could not be.
        """
        with self._lock:
            if self._found is None:
                try:
                    self._found = self._act()
                except CaseAuditError as error:
                    self._found = error
        if isinstance(self._found, CaseAuditError):
            raise self._found
        return self._found


class EarlyDesk(Desk):
    """A case that was read at a glance, and is opened behind it.

    Whatever has to be kept waits until it is open, and is kept before it returns, as
    on every desk. Going to another criterion does not wait: the place is kept later.

    Args:
        opening: Opens the database, and the case in it.
        case: The case at a glance.
        clock: Returns the time, with its zone.
    """

    def __init__(
        self, opening: Opening, case: OpenCase, *, clock: Callable[[], datetime]
    ) -> None:
        super().__init__(None, case, clock=clock)
        self.complete = False
        self._opening = opening
        self._refused: CaseAuditError | None = None
        self._moved = False

    @property
    def database(self) -> Database:
        """Where everything is kept; waits until it is open.

        Raises:
            CaseAuditError: If the case could not be opened as it was shown.
        """
        if self._database is None:
            self.take_over()
        return super().database

    def take_over(self) -> None:
        """Go on with the case as it is open; waits until it is.

        Raises:
            CaseAuditError: If it could not be opened as it was shown.
        """
        if self._database is None and self._refused is None:
            try:
                opened = self._opening.result()
                self.case = self._as_shown(opened.case)
            except CaseAuditError as error:
                self._refused = error
            else:
                self._database = opened.database
                self.complete = True
                if self._moved:
                    self._remember_place()
        if self._refused is not None:
            raise self._refused

    def _as_shown(self, opened: OpenCase | CaseAuditError | None) -> OpenCase:
        if isinstance(opened, CaseAuditError):
            raise opened
        if opened is None or not self.case.same_but_for_dates(opened):
            raise ChangedMeanwhileError
        return opened

    def can_step(self, act: Act) -> bool:
        """Whether there is something to undo, or to make again."""
        try:
            return super().can_step(act)
        except CaseAuditError:
            return False

    def _remember_place(self) -> None:
        if self._database is None:
            self._moved = True
        else:
            super()._remember_place()
