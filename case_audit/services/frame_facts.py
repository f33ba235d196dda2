"""What a lead looks at of one stored frame: its strata, counted as rows stream by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.frame.cohorts import cohort
from case_audit.core.frame.model import ALL
from case_audit.core.frame.risks import RISKS
from case_audit.core.sample.draw import NOT_RECORDED, stratum_of
from case_audit.exchange.files import write_whole
from case_audit.exchange.frame_tsv import frame_lines
from case_audit.services.frame import value_counts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from case_audit.core.frame.model import StoredFrame
    from case_audit.services.database import Database

MOST = 200
"""Values up to which an attribute makes strata; one with more is no grouping."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """An attribute that a frame can be stratified by.

    Attributes:
        key: The attribute.
        label: Its name in words.
        counts: Units with each value, in the order of the values; a unit without
            the attribute counts under ``"not recorded"``.
        risk: Whether it is a sign of risk, or their number.
    """

    key: str
    label: str
    counts: Mapping[str, int]
    risk: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameFacts:
    """A stored frame with everything it can be stratified by.

    Attributes:
        frame: The frame.
        cohort: The cohort in words, such as ``"Child protection plans"``.
        groupings: In the order of the keys.
    """

    frame: StoredFrame
    cohort: str
    groupings: tuple[Grouping, ...]

    def grouping(self, key: str) -> Grouping | None:
        """Return the grouping by an attribute, if the frame has it."""
        return next((g for g in self.groupings if g.key == key), None)


def frame_facts(database: Database, frame_id: int) -> FrameFacts:
    """Return a frame and its groupings; units are read once and not held."""
    with database.read() as uow:
        frame = uow.frames.frame(frame_id)
        kind = cohort(frame.cohort)
        counts, _ = value_counts(uow.frames.units(frame_id), frame.cohort)
    labels = {a.key: a.label for a in kind.attributes}
    return FrameFacts(
        frame=frame,
        cohort=kind.plural,
        groupings=tuple(
            Grouping(
                key=key,
                label=labels.get(key, key),
                counts=found,
                risk=key == RISKS or key.startswith("risk_"),
            )
            for key, found in counts.items()
            if len(found.keys() - {NOT_RECORDED}) <= MOST
        ),
    )


def strata_counts(
    database: Database, frame_id: int, strata: tuple[str, ...]
) -> dict[str, int]:
    """Return the units of each stratum of a frame, by name; units are not held."""
    counts: Counter[str] = Counter()
    with database.read() as uow:
        for unit in uow.frames.units(frame_id):
            counts[stratum_of(unit.attributes, strata)] += 1
    return dict(sorted(counts.items()))


def write_frame(database: Database, frame_id: int, path: Path) -> int:
    """Write a frame as lines of unit TAB stratum, whole or not at all.

    Args:
        database: Where the frame is.
        frame_id: The frame.
        path: Where to; a file that is there is replaced.

    Returns:
        How many units were written.

    Raises:
        FileError: If it cannot be written.
    """
    with database.read() as uow:
        rows = [(unit.unit, ALL) for unit in uow.frames.units(frame_id)]
    write_whole(path, frame_lines(rows))
    return len(rows)
