"""What a draw would show, worked out again and again while it is being planned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from case_audit.core.estimates.outlook import look_ahead, strata_ahead
from case_audit.core.estimates.planning import FrameCounts, plan
from case_audit.core.frame.model import ALL
from case_audit.core.sample.allocation import allocate
from case_audit.core.sample.combinations import refuse_impossible
from case_audit.services.frame import in_reading_order
from case_audit.services.frame_facts import frame_facts, strata_counts
from case_audit.services.planning import count_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.estimates.outlook import Outlook, StratumOutlook
    from case_audit.core.estimates.planning import Assumptions
    from case_audit.core.frame.model import StoredFrame
    from case_audit.core.sample.model import Design
    from case_audit.services.database import Database
    from case_audit.services.frame_facts import FrameFacts

_FEW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What to expect of a draw.

    Attributes:
        units: Units that can be drawn.
        outlook: The whole sample.
        strata: Each stratum by itself, by name; empty without strata.
        notes: What a reader must be told, as in
            :class:`case_audit.core.estimates.planning.Plan`.
    """

    units: int
    outlook: Outlook
    strata: tuple[StratumOutlook, ...]
    notes: tuple[str, ...] = ()


def frames_to_plan(database: Database) -> list[StoredFrame]:
    """Return the newest frame of each cohort, in their order, without empty ones.

    The newest is the one made last, from which a draw is made.
    """
    with database.read() as uow:
        frames = uow.frames.frames()
    newest: dict[str, StoredFrame] = {}
    for frame in frames:
        last = newest.setdefault(frame.cohort, frame)
        if frame.id > last.id:
            newest[frame.cohort] = frame
    return [frame for frame in newest.values() if frame.units]


class Forecaster:
    """Works plans out; what it has read of a frame it keeps.

    Safe to use from several threads: a frame is read once, and what can be said
    without reading it is said meanwhile.

    Args:
        database: Where the frames are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._facts: dict[int, FrameFacts] = {}
        self._counts: dict[tuple[int, tuple[str, ...]], Mapping[str, int]] = {}
        self._seen: dict[tuple[int, Design], FrameCounts] = {}
        self._reading = Lock()

    def facts(self, frame_id: int) -> FrameFacts:
        """Return a frame with its groupings; the first time every unit is read."""
        with self._reading:
            if frame_id not in self._facts:
                self._facts[frame_id] = frame_facts(self._database, frame_id)
            return self._facts[frame_id]

    def ahead(
        self, frame: StoredFrame, design: Design, assumptions: Assumptions
    ) -> Ahead:
        """Return what to expect of a draw.

        Raises:
            CaseAuditError: If the design does not fit the frame, as a draw would.
        """
        if not _plain(design):
            return self._planned(frame, design, assumptions)
        counts = FrameCounts(populations=self._populations(frame, design.strata))
        sizes = allocate(counts.populations, design)
        return Ahead(
            units=frame.units,
            outlook=look_ahead(counts, sizes, assumptions),
            strata=strata_ahead(counts, sizes, assumptions) if design.strata else (),
        )

    def _planned(
        self, frame: StoredFrame, design: Design, assumptions: Assumptions
    ) -> Ahead:
        refuse_impossible(design)
        # How many are drawn changes nothing of what there is to draw from.
        key = (frame.id, replace(design, size=1, clusters=1, per_cluster=0, reserves=0))
        if key not in self._seen:
            self._seen[key] = count_frame(self._database, frame.cohort, design)
        found = plan(self._seen[key], design, assumptions)
        strata = {one.name: one for one in found.strata}
        order = in_reading_order(dict.fromkeys(strata, 0))
        return Ahead(
            units=found.population,
            outlook=found.outlook,
            strata=tuple(strata[name] for name in order)
            if design.strata or design.certain
            else (),
            notes=found.notes,
        )

    def _populations(
        self, frame: StoredFrame, strata: tuple[str, ...]
    ) -> Mapping[str, int]:
        if not strata:
            return {ALL: frame.units}
        facts = self.facts(frame.id)
        alone = facts.grouping(strata[0]) if len(strata) < _FEW else None
        if alone is not None:
            return alone.counts
        key = (frame.id, strata)
        if key not in self._counts:
            self._counts[key] = strata_counts(self._database, frame.id, strata)
        return self._counts[key]


def _plain(design: Design) -> bool:
    """Whether a design can be planned on counts alone, without reading the units."""
    more = design.only or design.certain or design.at_most
    return design.kind in {"simple", "stratified"} and not more
