"""The application: who is there, what is open, and the way between screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from case_audit.errors import CaseAuditError, ClosedRoundError, GivenToAnotherError
from case_audit.services.home import kind
from case_audit.tui.opening_app import OpeningApp

if TYPE_CHECKING:
    from pathlib import Path

    from case_audit.core.audit.model import Audit
    from case_audit.services.case_list import CaseList
    from case_audit.tui.doors import Doors
    from case_audit.tui.lead import Lead
    from case_audit.tui.tour import Tours


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the app opens with.

    Attributes:
        url: The database.
        settings: The user's folder for settings.
        round_name: Open this round's next case at once; empty for the home
            screen.
        unit: Open this case of the round instead.
        newest: Open the next case of the newest round, if there is one.
        rubrics: A folder of rubrics that comes before the user's own.
        tour: ``"alone"`` for the guided tour and nothing else, ``"offer"`` to ask
            whether to take it first.
    """

    url: str
    settings: Path
    round_name: str = ""
    unit: str = ""
    newest: bool = False
    rubrics: Path | None = None
    tour: Literal["", "offer", "alone"] = ""


class CaseAuditApp(OpeningApp):
    """Case audit in the terminal."""

    TITLE = "case-audit"
    CSS_PATH = "app.tcss"

    def begin(self, name: str) -> None:
        """Show the first screen, and what was asked for."""
        self.auditor, self.kind = name, kind(self.database)
        self.switch_screen(self.first_screen())
        if self._start.tour:
            self._tours().first(self._start.tour, then=self._open_asked)
        else:
            self._open_asked()

    def _open_asked(self) -> None:
        if self._start.newest:
            self.call_after_refresh(self._open_newest)
        elif self._start.round_name:
            self.call_after_refresh(self._open_first)

    def _open_newest(self) -> None:
        rounds = self.read_home().rounds
        if rounds:
            self.open_next(rounds[0].round.id)

    def _open_first(self) -> None:
        from case_audit.services.home import named_round

        try:
            one, lines = named_round(self.database, self._start.round_name)
        except CaseAuditError as error:
            self.show_error(error)
            return
        for line in lines:
            if self._start.unit and line.case.unit == self._start.unit:
                self.open_case(line.case.id)
                return
        self.open_next(one.id)

    def action_settings(self) -> None:
        """Show settings and keys."""
        from case_audit.tui.screens.settings import SettingsScreen
        from case_audit.tui.settings_editor import SettingsEditor

        if self._database is None or isinstance(self.screen, SettingsScreen):
            return
        try:
            editor = SettingsEditor(self._start.settings, self.use)
        except CaseAuditError as error:
            self.show_error(error)
            return
        self.push_screen(SettingsScreen(editor, kind=self.kind))

    def doors(self) -> Doors:
        """Return what screens read and open."""
        from case_audit.tui.doors import Doors

        return Doors(
            auditor=self.auditor,
            kind=self.kind,
            home=self.read_home,
            cases=self.read_cases,
            search=self.search_cases,
            page=self.read_page,
            criteria=self.read_criteria,
            board=self.read_board,
            open_round=self.open_round,
            open_next=self._when_open(self.open_next),
            open_case=self._when_open(self.open_case),
            open_at=self._when_open(lambda case, at: self.open_case(case, at=at)),
            open_summary=self._when_open(self.open_summary),
            reopen=self._when_open(self.reopen),
            open_plan=self._when_open(lambda: self._lead().open_plan()),
            open_frames=self._when_open(lambda: self._lead().open_frames()),
            open_tour=lambda: self._tours().take(),
        )

    def _tours(self) -> Tours:
        from case_audit.tui.tour import Tours

        return Tours(self, auditor=self.auditor)

    def _lead(self) -> Lead:
        # Drawing and its libraries are loaded when they are first asked for.
        from case_audit.tui.lead import Lead

        return Lead(self, self.database, *self._own_rubrics())

    def _own_rubrics(self) -> list[Path]:
        folders = (self._start.rubrics, self._start.settings / "rubrics")
        return [folder for folder in folders if folder]

    # What screens ask for

    def open_round(self, round_id: int) -> None:
        """Show the cases of a round."""
        from case_audit.tui.screens.cases import CasesScreen

        self.push_screen(CasesScreen(round_id, self.doors()))

    def open_next(self, round_id: int) -> None:
        """Open the auditor's next case of a round."""
        from case_audit.services.home import next_case

        case = next_case(self.database, round_id, auditor=self.auditor)
        if case is None:
            self.notify(_why_none(self.read_cases(round_id)), markup=False)
        else:
            self.open_case(case.id)

    def open_case(self, case_id: int, *, anyway: bool = False, at: str = "") -> None:
        """Put a case on the desk; ask first if it is given to somebody else."""
        from case_audit.core.timescales.limits import Limits
        from case_audit.services.audit import open_case
        from case_audit.tui.desk import Desk

        try:
            case = open_case(
                self.database,
                case_id,
                auditor=self.auditor,
                now=datetime.now(UTC),
                limits=Limits(self._limits),
                anyway=anyway,
            )
        except GivenToAnotherError as error:
            self._ask_for(case_id, error, at=at)
            return
        except CaseAuditError as error:
            self.show_error(error)
            return

        desk = Desk(self.database, case, clock=lambda: datetime.now(UTC))
        desk.move_to_criterion(at)
        self.show_desk(desk)

    def _ask_for(self, case_id: int, error: GivenToAnotherError, *, at: str) -> None:
        from case_audit.tui.screens.confirm import take_over

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - Textual calls it so
            if yes:
                self.open_case(case_id, anyway=True, at=at)

        self.push_screen(take_over(error.number, error.auditor), answered)

    def open_summary(self, round_id: int) -> None:
        """Show the summary of a round."""
        from case_audit.tui.summary_way import show_summary

        name = self.read_cases(round_id).round.name
        show_summary(self, name, folders=self._own_rubrics())

    def reopen(self, audit: Audit) -> None:
        """Take a submitted audit back."""
        from case_audit.services.audit import reopen

        try:
            reopen(self.database, audit.id, auditor=self.auditor, now=datetime.now(UTC))
        except CaseAuditError as error:
            self.show_error(error)


def _why_none(cases: CaseList) -> str:
    one, progress = cases.round, cases.progress
    if one.closed_utc:
        return "\n".join(ClosedRoundError(one.name, since=one.closed_utc).lines)
    others = progress.cases > progress.begun + progress.submitted
    more = " The other cases are given to others." if others else ""
    return f"Nothing is left to do for you in this round.{more}"
