"""How the app opens: what it can show at once, and the database behind it."""

from __future__ import annotations

from abc import abstractmethod
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import work

from case_audit.errors import CaseAuditError
from case_audit.services.home import kind, next_case
from case_audit.tui.compositor import SparingScreen
from case_audit.tui.early_desk import EarlyDesk, Opened, Opening
from case_audit.tui.first_look import WaitingScreen, first_look
from case_audit.tui.reading_app import ReadingApp
from case_audit.tui.screens.loading import LoadingScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.screen import Screen

    from case_audit.services.database import Database
    from case_audit.services.opened import OpenCase
    from case_audit.services.settings import Settings
    from case_audit.tui.app import Start
    from case_audit.tui.desk import Desk
    from case_audit.tui.doors import Doors
    from case_audit.tui.first_look import FirstLook
    from case_audit.tui.keymap import Keys
    from case_audit.tui.screens.audit import AuditScreen
    from case_audit.tui.screens.outcome import Outcome


class OpeningApp(ReadingApp):
    """An app that shows its first screen, or a case, before its database is open.

    Args:
        start: What to open with.
        settled: Called once everything that the app needs is loaded.

    Attributes:
        kind: ``"live"``, ``"practice"``, or nothing before the first import.
    """

    def __init__(
        self, start: Start, *, settled: Callable[[], None] | None = None
    ) -> None:
        super().__init__()
        self._start = start
        self._settled = settled
        self._limits: Mapping[str, int] = {}
        self._opening = Opening(self._open_all)
        self._early: EarlyDesk | None = None
        self._began = datetime.now(UTC)
        self.kind = ""

    def get_default_screen(self) -> Screen[None]:
        """Return what lies beneath all screens, and has none of them painted again."""
        return SparingScreen(id="_default")

    @abstractmethod
    def doors(self) -> Doors:
        """Return what screens read and open."""

    @abstractmethod
    def begin(self, name: str) -> None:
        """Begin with a person's name, now that everything is open."""

    @abstractmethod
    def open_case(self, case_id: int) -> None:
        """Put a case on the desk."""

    def use(self, settings: Settings, keys: Keys) -> None:
        """Let settings take effect; limits, for cases opened from now on."""
        self._limits = settings.timescales
        super().use(settings, keys)

    @property
    def database(self) -> Database:
        """The open database; waits until it is open."""
        if self._database is None:
            return self._opening.result().database
        return self._database

    def on_mount(self) -> None:
        start = self._start
        look = None if start.tour else first_look(start.url, start.settings)
        first = self._at_once(look) if look is not None else None
        # The database's libraries take longer to load than the screen to paint.
        if first is None:
            self.push_screen(first := LoadingScreen())
            first.call_after_refresh(self._load)
        else:
            first.call_after_refresh(self._load_when_quiet)

    def _at_once(self, look: FirstLook) -> Screen[None] | AuditScreen | None:
        """Show what can be shown at a glance; ``None`` if it has to wait."""
        name = look.settings.auditor
        straight_on = self._start.newest or self._start.round_name
        if straight_on:
            self._early = self._early_desk(look, name)
        if straight_on and self._early is None:
            look.glance.close()
            return None
        self._glance = look.glance
        self.use(look.settings, {})
        self.auditor, self.kind = name, kind(look.glance)
        if self._early is not None:
            return self.show_desk(self._early)
        home = self.first_screen()
        self.push_screen(home)
        return home

    def _early_desk(self, look: FirstLook, auditor: str) -> EarlyDesk | None:
        from case_audit.services.opened import glance_at

        wanted, glance = self._start.round_name, look.glance
        if self._start.unit:
            return None
        try:
            with glance.read() as read:
                heads = [head for head, _ in read.lists.rounds()]
            ids = [head.id for head in heads if wanted in ("", head.name)]
            case = next_case(glance, ids[0], auditor=auditor) if ids else None
            if case is None:
                return None
            found = glance_at(glance, case.id, auditor=auditor, now=self._began)
        except CaseAuditError:  # the ordinary way tells what is wrong
            return None
        return EarlyDesk(self._opening, found, clock=_now) if found else None

    def first_screen(self) -> Screen[None]:
        """Return the first screen."""
        from case_audit.tui.screens.home import HomeScreen

        return HomeScreen(self.doors())

    def show_desk(self, desk: Desk) -> AuditScreen:
        """Show a case that is on the desk."""
        from case_audit.tui.screens.audit import AuditScreen

        def left(outcome: Outcome | None) -> None:
            from case_audit.services.audit import put_back

            with suppress(CaseAuditError):  # nothing depends on it
                put_back(
                    desk.database,
                    desk.case.audit.id,
                    auditor=self.auditor,
                    now=datetime.now(UTC),
                )
            if len(self.screen_stack) == 1:  # a case was opened straight away
                self.push_screen(self.first_screen())
            if outcome is not None and outcome.sentence:
                self.notify(outcome.sentence, markup=False)

        screen = AuditScreen(desk, kind=self.kind)
        self.push_screen(screen, left)
        return screen

    # Behind it

    def _load_when_quiet(self, seen: Screen[object] | None = None) -> None:
        if self._opening.done:  # what was typed did not wait
            self._load()
        else:
            super()._load_when_quiet(seen)

    @work(thread=True, exit_on_error=False)
    def _open(self) -> None:
        try:
            opened = self._opening.result()
        except CaseAuditError as error:
            self.call_from_thread(self._failed, error)
            return
        self.call_from_thread(self._opened, opened)

    def _open_all(self) -> Opened:
        from case_audit.services.database import Database
        from case_audit.services.settings import read_settings, settings_file
        from case_audit.tui.keymap import keymap

        folder = self._start.settings
        database = Database(self._start.url)
        settings = read_settings(folder)
        keys = keymap(settings, path=str(settings_file(folder)))
        return Opened(database, settings, keys, self._open_early(database))

    def _open_early(self, database: Database) -> OpenCase | CaseAuditError | None:
        from case_audit.core.timescales.limits import Limits
        from case_audit.services.audit import open_case

        if self._early is None:
            return None
        try:
            return open_case(
                database,
                self._early.case.case.id,
                auditor=self.auditor,
                now=self._began,
                limits=Limits(self._limits),
            )
        except CaseAuditError as error:
            return error

    def _opened(self, opened: Opened) -> None:
        self._database = opened.database
        if self._settled is not None:
            self._settled()
        if self._glance is not None:
            self._glance.close()
            self._glance = None
            self._take_over()
            if isinstance(self.screen, WaitingScreen):
                self.screen.go_on()
            return
        self.use(opened.settings, opened.keys)
        if opened.settings.auditor:
            self.begin(opened.settings.auditor)
            return
        from case_audit.tui.screens.name import NameScreen

        self.push_screen(NameScreen(), self._named)

    def _named(self, typed: str | None) -> None:
        from case_audit.services.settings import remember_auditor

        try:
            name = remember_auditor(self._start.settings, typed or "")
        except CaseAuditError as error:
            self._failed(error)
            return
        if name:
            self.begin(name)
        else:
            self.exit()

    def _take_over(self) -> None:
        """Let the case that was shown at a glance be the one that is open."""
        if self._early is None:
            return
        from case_audit.tui.screens.audit import AuditScreen

        shown = [
            screen
            for screen in self.screen_stack
            if isinstance(screen, AuditScreen) and screen.desk is self._early
        ]
        for screen in shown:
            try:
                self._early.take_over()
            except CaseAuditError as error:
                # Somebody else was there meanwhile: show what it is now.
                self.show_error(error)
                while self.screen is not screen:
                    self.pop_screen()
                screen.dismiss(None)
                self.call_later(self.open_case, self._early.case.case.id)
            else:
                screen.show_dates()


def _now() -> datetime:
    return datetime.now(UTC)
