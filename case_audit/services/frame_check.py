"""Look at how good a frame is, before anything is drawn from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from case_audit.core.frame.cohorts import (
    LAST_IN_PRECEDENCE,
    PRECEDENCE,
    RANKS,
    cohort,
)
from case_audit.core.frame.lookalikes import LookAlikes
from case_audit.core.frame.quality import (
    ColumnSpec,
    Findings,
    ListCheck,
    UnitCheck,
)
from case_audit.exchange.annex_a.spec import LISTS, OPEN_CODELISTS, columns
from case_audit.services.frame_refs import find_frame

if TYPE_CHECKING:
    from case_audit.core.frame.cohort import Cohort
    from case_audit.core.frame.model import StoredFrame
    from case_audit.core.frame.quality import Finding, Kind
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameCheck:
    """What was found in a frame.

    Attributes:
        frame: The frame.
        rows: Rows of its list; 0 where the import kept none.
        children: How many children the units belong to.
        findings: Everything found, by kind, the most frequent first.
        signs: How many units have each sign of risk: yes, no, not known.
        not_told: What could not be looked at, in words.
    """

    frame: StoredFrame
    rows: int
    children: int
    findings: tuple[Finding, ...]
    signs: dict[str, dict[str, int]]
    not_told: tuple[str, ...]


def check_frame(database: Database, asked: str, *, units: bool = False) -> FrameCheck:
    """Look for what is missing, impossible, double or too small in a frame.

    Args:
        database: Where the frame is.
        asked: The frame, as `find_frame` takes it.
        units: Whether to say which units and rows: that names children.

    Raises:
        NoSuchFrameError: If there is none.
        UnknownFrameError: If the cohort has none.
        UnknownCohortError: If there is no such cohort.
    """
    found = Findings(places=units)
    with database.read() as uow:
        frame = find_frame(uow, asked)
        one = cohort(frame.cohort)
        specs = _specs(one)
        of_list = ListCheck(
            one, specs, as_at=date.fromisoformat(frame.as_at), found=found
        )
        for record in uow.records.stream(frame.import_id, {one.list_no}):
            of_list.add(record)
        of_units = UnitCheck(one, specs, found=found)
        children = _units(uow, frame, of_units, found)
        _shared(uow, frame, found)
        _accounts(frame, of_list.rows, found)
        not_told = _not_told(uow, frame, one, rows=of_list.rows)
    of: dict[Kind, int] = {
        "missing": of_list.rows,
        "impossible": of_list.rows,
        "duplicate": children,
    }
    findings = found.all(of=of)
    for finding in findings:
        if finding.kind == "missing" and finding.what.endswith("of the frame"):
            finding.of = of_units.units
    return FrameCheck(
        frame=frame,
        rows=of_list.rows,
        children=children,
        findings=tuple(findings),
        signs={key: dict(counts) for key, counts in of_units.signs.items()},
        not_told=tuple(not_told),
    )


def _units(
    uow: UnitOfWork, frame: StoredFrame, of_units: UnitCheck, found: Findings
) -> int:
    """Look at every unit; returns how many children they belong to."""
    alike, children, before = LookAlikes(), 0, ""
    for unit in uow.frames.units(frame.id):
        of_units.add(unit)
        alike.learn(unit.child)
        children += unit.child != before
        before = unit.child
    of_units.finish()
    _name_doubles(uow, frame, alike, found)
    return children


def _specs(one: Cohort) -> list[ColumnSpec]:
    return [
        ColumnSpec(
            key=column.key,
            header=column.header,
            type=column.type,
            required=column.required and column.key != LISTS[one.list_no].id_key,
            coded=bool(column.codes) and column.codes not in OPEN_CODELISTS,
        )
        for column in columns(one.list_no)
    ]


def _name_doubles(
    uow: UnitOfWork, frame: StoredFrame, alike: LookAlikes, found: Findings
) -> None:
    if not alike.any:
        return
    what = (
        "identifiers that differ from another only in capitals, blanks, leading "
        "zeros or letters that look alike"
    )
    told = ""
    for unit in uow.frames.units(frame.id):
        if unit.child != told and alike.has_double(unit.child):
            found.add("duplicate", what, unit.child)
            told = unit.child


def _shared(uow: UnitOfWork, frame: StoredFrame, found: Findings) -> None:
    """Count children in several frames of one import that exclude each other."""
    if frame.cohort not in RANKS:
        return
    newest: dict[str, int] = {}
    for other in uow.frames.frames():
        if other.import_id == frame.import_id and other.cohort in RANKS:
            newest[other.cohort] = max(other.id, newest.get(other.cohort, 0))
    newest[frame.cohort] = frame.id
    names = ", ".join((*(name for name, _ in PRECEDENCE), LAST_IN_PRECEDENCE))
    what = f"children in more than one of the frames {names}"
    for child, _ in uow.records.in_several(set(newest.values())):
        found.add("duplicate", what, child)


def _accounts(frame: StoredFrame, rows: int, found: Findings) -> None:
    excluded = sum(e.count for e in frame.excluded)
    if rows and rows != frame.units + excluded:
        what = (
            f"{rows} rows on the list, but {frame.units} units and {excluded} left out"
        )
        found.add("accounts", what, str(frame.id))


def _not_told(
    uow: UnitOfWork, frame: StoredFrame, one: Cohort, *, rows: int
) -> list[str]:
    told = []
    if not rows:
        told.append(
            "The rows of the list are not in the database, so only the units of the "
            "frame were looked at."
        )
    if frame.definition.precedence:
        for name, rule in PRECEDENCE[: RANKS.get(one.id, 0)]:
            list_no = cohort(name).list_no
            if not uow.records.count(frame.import_id, list_no):
                told.append(
                    f"List {list_no} was not imported, so nobody was left out as "
                    f"'{rule}'."
                )
    return told
