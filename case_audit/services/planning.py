"""Plan a round before it is drawn: nothing is kept, and no seed is needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.estimates.planning import frame_counts, plan
from case_audit.core.estimates.shifts import shifts
from case_audit.errors import NothingGradedError, UnknownUnitsError
from case_audit.services.sample_lines import prepare
from case_audit.services.selfassessment import overall_grades

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.estimates.planning import Assumptions, FrameCounts, Plan
    from case_audit.core.estimates.shifts import Shift
    from case_audit.core.sample.exclusion import Exclusion
    from case_audit.core.sample.model import Design
    from case_audit.services.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRound:
    """A plan with what would shift it.

    Attributes:
        frame: What can be drawn, for plans of other sizes.
        plan: What the design would show.
        shifts: What would shift it.
    """

    frame: FrameCounts
    plan: Plan
    shifts: tuple[Shift, ...]


def count_frame(
    database: Database,
    cohort: str,
    design: Design,
    *,
    exclusions: Sequence[Exclusion] = (),
    exclusions_file: str = "",
) -> FrameCounts:
    """Count the newest frame of a cohort as a design sees it.

    Args:
        database: Where the frame is.
        cohort: Whose cases.
        design: How to draw.
        exclusions: Cases to leave out before the draw.
        exclusions_file: Name of the file they are from, for messages.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
        UnknownUnitsError: If an exclusion is not in the frame.
        CaseAuditError: As the draw does, if the frame has not what the design
            speaks of.
    """
    with database.read() as uow:
        units = list(uow.frames.units(uow.frames.newest(cohort).id))
    here = {unit.unit for unit in units}
    if strangers := [e.line for e in exclusions if e.unit not in here]:
        raise UnknownUnitsError(exclusions_file, lines=strangers, frame=cohort)
    prepared = prepare(
        units, design, cohort=cohort, without={e.unit for e in exclusions}
    )
    return frame_counts(prepared.lines, design)


def plan_round(frame: FrameCounts, design: Design, given: Assumptions) -> PlannedRound:
    """Return what a design would show, and what would shift it.

    Raises:
        CaseAuditError: If the design does not fit the frame.
    """
    found = plan(frame, design, given)
    return PlannedRound(
        frame=frame,
        plan=found,
        shifts=shifts(frame, design, given, outlook=found.outlook),
    )


def expected_from(database: Database, name: str, given: Assumptions) -> Assumptions:
    """Expect the shares of an earlier round, by stratum.

    Of the cases as a whole, at the benchmark or better: (hits + 1) / (cases + 2),
    so that a few cases all alike are not taken for certainty.

    Args:
        database: Where the round is.
        name: Its name.
        given: The other assumptions.

    Raises:
        UnknownRoundError: If there is no such round.
        NothingGradedError: If no case of it has a grade as a whole.
    """
    found = overall_grades(database, name)
    if not found.graded:
        raise NothingGradedError(name)
    return replace(
        given,
        expected=_softened(*found.whole),
        by_stratum={s: _softened(*counts) for s, counts in found.graded.items()},
    )


def _softened(hits: int, n: int) -> Fraction:
    return Fraction(hits + 1, n + 2)
