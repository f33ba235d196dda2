"""Make a frame anew from what was imported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.build import FrameBuilder
from case_audit.core.frame.cohorts import (
    COHORTS,
    PRECEDENCE,
    RANKS,
    cohort,
    default_definition,
)
from case_audit.core.frame.definition import Definition, definition_text
from case_audit.core.frame.model import Excluded
from case_audit.errors import NoEpisodesError, NothingImportedError, NoWindowError
from case_audit.security.sealed_log import content_digest
from case_audit.services.frame import condition_text, filtered
from case_audit.services.frame_refs import known_cohort
from case_audit.services.times import utc
from case_audit.services.working_days import working_days_between

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from case_audit.core.frame.cohort import Cohort
    from case_audit.core.frame.definition import UnitKind
    from case_audit.core.frame.model import Frame, Source
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


EVERY: Final = 1000
"""Rows after which it is told how many have been read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The frame that a lead asks for.

    Attributes:
        cohort: Its cohort.
        unit: Whether each unit is a child or an episode.
        only: Condition that units must meet; empty for none.
        closed_within: Months of the window; ``None`` for the cohort's usual.
        precedence: Whether a child of a higher cohort is left out.
    """

    cohort: str
    unit: UnitKind = "child"
    only: str = ""
    closed_within: int | None = None
    precedence: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFrame:
    """A frame that was made.

    Attributes:
        id: Its number; 0 where it was not kept.
        frame: The frame.
        rows: How many rows its list has: as many as units and rows left out.
        source: The import it was made from.
        kept: Whether it is in the database; a trial is not.
    """

    id: int
    frame: Frame
    rows: int
    source: Source
    kept: bool


def make_frame(
    database: Database,
    wanted: Wanted,
    *,
    made_by: str,
    now: datetime,
    keep: bool = True,
    told: Callable[[int], None] | None = None,
) -> MadeFrame:
    """Make a frame from the rows of the newest import and keep it.

    It becomes the newest frame of its cohort, from which the next round is drawn.

    Args:
        database: Where the rows are.
        wanted: What the frame is to hold.
        made_by: Who makes it.
        now: The time, for the record.
        keep: ``False`` makes the same frame and keeps nothing.
        told: Called with how many rows have been read, now and then; what it
            raises ends the work, and nothing is kept.

    Raises:
        UnknownCohortError: If there is no such cohort.
        NoEpisodesError: If its units cannot be episodes.
        NoWindowError: If it has no window.
        ExpressionError: If the condition cannot be understood.
        NothingImportedError: If the newest import has no rows of its list.
    """
    one = known_cohort(wanted.cohort)
    definition = definition_of(one, wanted)
    # Only what is kept needs its turn to write.
    with database.write() if keep else database.read() as uow:
        imports = uow.frames.imports()
        rows = uow.records.count(imports[0][0], one.list_no) if imports else 0
        if not rows:
            raise NothingImportedError(one.id, list_no=one.list_no)
        import_id, source = imports[0]
        builder = builder_of(one, definition, as_at=source.as_at)
        frame = _made(uow, import_id, builder, told=told)
        frame_id = 0
        if keep:
            frame_id = uow.frames.add_frame(import_id, frame)
            uow.registry.log(
                at_utc=utc(now),
                actor=made_by,
                action="frame",
                subject=f"frame {frame_id}",
                content=content_digest([definition_text(definition), frame.digest]),
            )
            uow.commit()
    return MadeFrame(id=frame_id, frame=frame, rows=rows, source=source, kept=keep)


def definition_of(one: Cohort, wanted: Wanted) -> Definition:
    """Return what is asked for as it is kept, or refuse it.

    Raises:
        NoEpisodesError: If the cohort's units cannot be episodes.
        NoWindowError: If it has no window.
        ExpressionError: If the condition cannot be understood.
    """
    if wanted.unit == "episode" and not one.episode:
        raise NoEpisodesError(one.id, known=[c.id for c in COHORTS if c.episode])
    months = wanted.closed_within
    if months is not None and one.window is None:
        raise NoWindowError(one.id, known=[c.id for c in COHORTS if c.window])
    return Definition(
        unit=wanted.unit,
        closed_within=default_definition(one).closed_within
        if months is None
        else months,
        only=condition_text(one.id, wanted.only) if wanted.only else "",
        precedence=wanted.precedence,
    )


def builder_of(one: Cohort, definition: Definition, *, as_at: str) -> FrameBuilder:
    """Return what makes a frame of a cohort, and those that go before it."""
    before = [cohort(name) for name, _ in PRECEDENCE[: RANKS.get(one.id, 0)]]
    return FrameBuilder(
        as_at=date.fromisoformat(as_at),
        cohorts=[*(before if definition.precedence else ()), one],
        definitions={one.id: definition},
        working_days=working_days_between,
    )


def _made(
    uow: UnitOfWork,
    import_id: int,
    builder: FrameBuilder,
    *,
    told: Callable[[int], None] | None,
) -> Frame:
    stream = uow.records.stream(import_id, builder.lists)
    for number, record in enumerate(stream):
        if told and number % EVERY == 0:
            told(number)
        builder.add(record)
    return narrowed(builder.frames(_extras(uow, import_id))[-1])


def _extras(uow: UnitOfWork, import_id: int) -> Mapping[str, Mapping[str, str]]:
    return uow.records.extras(import_id)


def narrowed(frame: Frame) -> Frame:
    """Return a frame with only the units its definition's condition keeps."""
    if not frame.definition.only:
        return frame
    kept, left_out = filtered(frame.units, frame.definition.only, cohort=frame.cohort)
    more = [Excluded(rule=rule, count=len(units)) for rule, units in left_out.items()]
    return replace(
        frame,
        units=tuple(kept),
        excluded=tuple(sorted((*frame.excluded, *more), key=lambda e: e.rule)),
    )
