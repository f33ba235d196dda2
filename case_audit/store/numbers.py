"""The random numbers of stored frames, in an index."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import collate, delete, update
from sqlmodel import col, select

from case_audit.core.sample.smallest import Counted
from case_audit.store.bulk import CHUNK, bulk_load
from case_audit.store.bulk_read import HALF, frame_units, numbered_units
from case_audit.store.keys import made
from case_audit.store.tables.frame import FrameUnitRow
from case_audit.store.tables.number import FrameNumberRow, NumberingRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlmodel import Session
    from sqlmodel.sql.expression import SelectOfScalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """The numbers of one frame under one seed.

    Attributes:
        id: Its number in the database.
        frame_id: The frame.
        strata: The attributes that make the strata.
        seed: The seed, 64 lower-case hexadecimal digits.
        counted: The frame's digest and strata.
        made_utc: When, ISO time in UTC.
    """

    id: int
    frame_id: int
    strata: tuple[str, ...]
    seed: str
    counted: Counted
    made_utc: str

    @property
    def places(self) -> dict[str, int]:
        """The number of each stratum in the table."""
        return {name: no for no, name in enumerate(self.counted.populations)}


class Numbers:
    """Numbers that were computed once, for draws that read a few of them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(
        self, frame_id: int, strata: tuple[str, ...], seed: str, *, at_utc: str
    ) -> int:
        """Start a numbering anew; nothing draws from it before :meth:`complete`.

        Returns:
            Its number.
        """
        for old in self._session.exec(_numberings(frame_id, strata, seed)).all():
            self.forget(made(old.id))
        row = NumberingRow(
            frame_id=frame_id,
            strata=_json(strata),
            seed=seed,
            complete=False,
            units=0,
            digest="",
            counts="[]",
            made_utc=at_utc,
        )
        self._session.add(row)
        self._session.flush()
        return made(row.id)

    def add(self, numbering_id: int, rows: Iterable[tuple[int, int, str]]) -> int:
        """Keep numbers: number of the stratum, random number, unit."""
        return bulk_load(
            self._session,
            FrameNumberRow,
            ("numbering_id", "stratum_no", "prn", "unit"),
            ((numbering_id, no, prn - HALF, unit) for no, prn, unit in rows),
        )

    def complete(self, numbering_id: int, counted: Counted) -> None:
        """Let draws use a numbering whose units are all there."""
        self._session.execute(
            update(NumberingRow)
            .where(col(NumberingRow.id) == numbering_id)
            .values(
                complete=True,
                units=sum(counted.populations.values()),
                digest=counted.digest,
                counts=_json(list(counted.populations.items())),
            )
        )

    def forget(self, numbering_id: int) -> None:
        """Delete a numbering with its numbers."""
        self._session.execute(
            delete(FrameNumberRow).where(
                col(FrameNumberRow.numbering_id) == numbering_id
            )
        )
        self._session.execute(
            delete(NumberingRow).where(col(NumberingRow.id) == numbering_id)
        )

    def kept(self, frame_id: int) -> list[Numbering]:
        """All complete numberings of a frame, oldest first."""
        rows = self._session.exec(
            select(NumberingRow)
            .where(col(NumberingRow.frame_id) == frame_id, col(NumberingRow.complete))
            .order_by(col(NumberingRow.id))
        )
        return [_numbering(row) for row in rows]

    def smallest(
        self, numbering_id: int, stratum_no: int, count: int, *, start: int = 0
    ) -> list[tuple[int, str]]:
        """Return the smallest numbers of a stratum with their units, by the index.

        Args:
            numbering_id: The numbering.
            stratum_no: The stratum.
            count: How many, at least 0.
            start: Where the circle of numbers is entered.

        Returns:
            ``count`` numbers, or all there are; and beyond them those that equal
            the last, so that ties can be settled.
        """
        found = self._first(numbering_id, stratum_no, count, low=start, high=None)
        if len(found) < count and start:
            more = count - len(found)
            found += self._first(numbering_id, stratum_no, more, low=0, high=start)
        return found

    def _first(
        self,
        numbering_id: int,
        stratum_no: int,
        count: int,
        *,
        low: int,
        high: int | None,
    ) -> list[tuple[int, str]]:
        prn = col(FrameNumberRow.prn)
        stratum = (
            select(FrameNumberRow.prn, FrameNumberRow.unit)
            .where(col(FrameNumberRow.numbering_id) == numbering_id)
            .where(col(FrameNumberRow.stratum_no) == stratum_no)
        )
        ranged = stratum.where(prn >= low - HALF)
        if high is not None:
            ranged = ranged.where(prn < high - HALF)
        found = list(self._session.exec(ranged.order_by(prn).limit(count)))
        if len(found) == count and found:
            last = found[-1][0]
            tied = self._session.exec(stratum.where(prn == last))
            found = [row for row in found if row[0] != last] + list(tied)
        return [(number + HALF, unit) for number, unit in found]

    def pieces(
        self, numbering_id: int, stratum_no: int, *, units: int
    ) -> Iterator[list[str]]:
        """Yield all units of a stratum, about ``units``, some thousand at a time."""
        return numbered_units(self._session, numbering_id, stratum_no, units=units)

    def frame_pieces(self, frame_id: int) -> Iterator[list[str]]:
        """Yield all units of a frame, some thousand at a time."""
        return frame_units(self._session, frame_id)

    def frame_rows(self, frame_id: int) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield each unit of a frame with its attributes, in the order of bytes."""
        unit = col(FrameUnitRow.unit)
        server = self._session.get_bind().dialect.name == "postgresql"
        rows = self._session.exec(
            select(FrameUnitRow.unit, FrameUnitRow.attributes)
            .where(col(FrameUnitRow.frame_id) == frame_id)
            .order_by(collate(unit, "C") if server else unit)
            .execution_options(yield_per=CHUNK)
        )
        for name, attributes in rows:
            yield name, json.loads(attributes)

    def strangers(self, frame_id: int, units: Iterable[str]) -> set[str]:
        """Return those units that the frame does not hold."""
        return {
            unit
            for unit in units
            if self._session.get(FrameUnitRow, (frame_id, unit)) is None
        }


def _numberings(
    frame_id: int, strata: tuple[str, ...], seed: str
) -> SelectOfScalar[NumberingRow]:
    return select(NumberingRow).where(
        col(NumberingRow.frame_id) == frame_id,
        col(NumberingRow.strata) == _json(strata),
        col(NumberingRow.seed) == seed,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _numbering(row: NumberingRow) -> Numbering:
    return Numbering(
        id=made(row.id),
        frame_id=row.frame_id,
        strata=tuple(json.loads(row.strata)),
        seed=row.seed,
        counted=Counted(digest=row.digest, populations=dict(json.loads(row.counts))),
        made_utc=row.made_utc,
    )
