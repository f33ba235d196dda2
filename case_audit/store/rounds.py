"""Rounds and their cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import func
from sqlmodel import col, select

from case_audit.core.sample.round import HISTORY, Case, Round
from case_audit.errors import UnknownRoundError
from case_audit.store.keys import made
from case_audit.store.tables.sample import CaseRow, RoundRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from case_audit.core.sample.model import Drawn
    from case_audit.core.sample.round import CaseState, Purpose
    from case_audit.store.readings import Readings


class Rounds:
    """Drawn samples, pinned to their rubrics."""

    def __init__(self, session: Session, readings: Readings) -> None:
        self._session = session
        self._readings = readings

    def add(self, new: Round) -> int:
        """Keep a round; returns the number it gets, whatever it says itself."""
        row = RoundRow(
            name=new.name,
            frame_id=new.frame_id,
            cohort=new.cohort,
            rubric_digest=new.rubric_digest,
            manifest=new.manifest,
            drawn_utc=new.drawn_utc,
            drawn_by=new.drawn_by,
            purpose=new.purpose,
        )
        self._session.add(row)
        self._session.flush()
        return made(row.id)

    def add_cases(self, round_id: int, drawn: Iterable[Drawn]) -> None:
        """Number the drawn units after those there are, and keep them as cases."""
        first = self._last_number(round_id) + 1
        for number, unit in enumerate(drawn, start=first):
            self._session.add(
                CaseRow(
                    round_id=round_id,
                    number=number,
                    unit=unit.unit,
                    stratum=unit.stratum,
                )
            )
        self._session.flush()

    def add_case(
        self, round_id: int, unit: str, *, stratum: str, state: CaseState
    ) -> int:
        """Keep one more case, or let one stand again; returns its number."""
        row = self._session.exec(
            select(CaseRow).where(
                col(CaseRow.round_id) == round_id, col(CaseRow.unit) == unit
            )
        ).first()
        if row is None:
            row = CaseRow(
                round_id=round_id,
                number=self._last_number(round_id) + 1,
                unit=unit,
                stratum=stratum,
            )
            self._session.add(row)
        row.state = state
        self._session.flush()
        return row.number

    def set_state(self, case_id: int, state: CaseState) -> None:
        """Note what became of a case."""
        row = self._session.exec(select(CaseRow).where(col(CaseRow.id) == case_id))
        row.one().state = state
        self._session.flush()

    def set_manifest(self, round_id: int, manifest: str) -> None:
        """Keep the record of a draw with what was added to it."""
        self._row(round_id).manifest = manifest
        self._session.flush()

    def set_closed(self, round_id: int, closed_utc: str) -> None:
        """Close a round, or open it again with an empty time."""
        self._row(round_id).closed_utc = closed_utc or None
        self._session.flush()

    def _row(self, round_id: int) -> RoundRow:
        return self._session.exec(
            select(RoundRow).where(col(RoundRow.id) == round_id)
        ).one()

    def _last_number(self, round_id: int) -> int:
        last = self._session.exec(
            select(func.max(CaseRow.number)).where(col(CaseRow.round_id) == round_id)
        ).one()
        return last or 0

    def rounds(self) -> list[Round]:
        """All rounds: those drawn here, newest first, then imported ones likewise."""
        rows = self._session.exec(
            select(RoundRow).order_by(
                col(RoundRow.purpose) == HISTORY, col(RoundRow.id).desc()
            )
        )
        return [_round(row) for row in rows]

    def named(self, name: str) -> Round:
        """Return the round with that name.

        Raises:
            UnknownRoundError: If there is none.
        """
        rounds = self.rounds()
        for one in rounds:
            if one.name == name:
                return one
        raise UnknownRoundError(name, known=[r.name for r in rounds])

    def round(self, round_id: int) -> Round:
        """Return the round with that number, which a case refers to."""
        return _round(self._row(round_id))

    def cases(self, round_id: int) -> list[Case]:
        """Return a round's cases by number.

        Replaced ones are among them, and do not stand any more; reserves that
        were put back are not.
        """
        rows = self._session.exec(
            select(CaseRow)
            .where(
                col(CaseRow.round_id) == round_id,
                col(CaseRow.state) != "withdrawn",
            )
            .order_by(col(CaseRow.number))
        )
        return [_case(row) for row in rows]

    def case(self, case_id: int) -> Case:
        """Return the case with that number in the database."""
        return self._readings.case(case_id)


def _round(row: RoundRow) -> Round:
    return Round(
        id=made(row.id),
        name=row.name,
        frame_id=row.frame_id,
        cohort=row.cohort,
        rubric_digest=row.rubric_digest,
        manifest=row.manifest,
        drawn_utc=row.drawn_utc,
        drawn_by=row.drawn_by,
        purpose=cast("Purpose", row.purpose),
        closed_utc=row.closed_utc or "",
    )


def _case(row: CaseRow) -> Case:
    return Case(
        id=made(row.id),
        round_id=row.round_id,
        number=row.number,
        unit=row.unit,
        stratum=row.stratum,
        state=cast("CaseState", row.state),
    )
