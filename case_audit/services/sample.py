"""Draw rounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.frame.cohort_words import in_words
from case_audit.core.frame.cohorts import COHORTS
from case_audit.core.rubric.canonical import rubric_digest, rubric_text
from case_audit.core.sample.combinations import refuse_impossible
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.manifest import Origin, write_manifest
from case_audit.core.sample.round import Round
from case_audit.errors import (
    NoRubricError,
    UnknownCohortError,
    UnknownUnitsError,
    WrongCohortError,
)
from case_audit.security.sealed_log import content_digest
from case_audit.services.beside import NOTHING, frame_of, refuse_name, with_record
from case_audit.services.numbers import draw_stored
from case_audit.services.rubric import list_rubrics
from case_audit.services.sample_lines import Prepared, prepare
from case_audit.services.times import utc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from case_audit.core.frame.model import FrameUnit, StoredFrame
    from case_audit.core.rubric.model import Rubric
    from case_audit.core.sample.exclusion import Exclusion
    from case_audit.core.sample.model import Design, Sample
    from case_audit.core.sample.seed import Seed
    from case_audit.exchange.rubric_library import Library
    from case_audit.services.beside import Beside
    from case_audit.services.database import Database
    from case_audit.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a lead asks for.

    Attributes:
        name: Name of the round.
        cohort: Whose newest frame is drawn from.
        rubric: What the cases are to be graded with.
        design: Size, strata and reserves.
        seed: What the draw starts from, with its origin.
        exclusions: Cases to leave out before the draw.
        exclusions_file: Name of the file they are from, for messages.
        beside: What else is on record of the draw.
    """

    name: str
    cohort: str
    rubric: Rubric
    design: Design
    seed: Seed
    exclusions: Sequence[Exclusion] = ()
    exclusions_file: str = ""
    beside: Beside = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRound:
    """What a draw gave.

    Attributes:
        name: Name of the round.
        frame: What was drawn from.
        sample: Who was drawn.
        manifest: The record, JSON.
        kept: Whether it is in the database; a trial is not.
        design: How it was drawn.
        left_out: Units that the design's conditions left out, by reason in words.
    """

    name: str
    frame: StoredFrame
    sample: Sample
    manifest: str
    kept: bool
    design: Design
    left_out: Mapping[str, int]


def draw_round(
    database: Database,
    request: Request,
    *,
    version: str,
    drawn_by: str,
    now: datetime,
    keep: bool = True,
) -> DrawnRound:
    """Draw a sample from the newest frame of a cohort and keep it as a round.

    Args:
        database: Where the frame is.
        request: What to draw.
        version: Version of the program, for the record.
        drawn_by: Who draws.
        now: The time, for the record.
        keep: ``False`` draws the same sample and keeps nothing.

    Raises:
        RoundExistsError: If the name is taken.
        WrongCohortError: If the rubric is not meant for the cohort.
        UnknownFrameError: If nothing of that cohort was imported.
        UnknownStratumError: If the frame cannot be stratified by an attribute.
        UnknownAttributeError: If no unit has an attribute the design speaks of.
        ExpressionError: If a condition cannot be understood.
        UnknownUnitsError: If an exclusion is not in the frame.
        DesignError: If parts of the design do not go together.
        SampleTooLargeError: If the frame holds fewer cases.
        SampleTooSmallError: If the strata's minimums need more.
        RedrawError: If the list was drawn from before and no reason is given.
        PlanBrokenError: If the draw was fixed, and what would be drawn is not it.
    """
    with database.write() as uow:
        _refuse(uow, request)
        frame = frame_of(uow, request.beside, request.cohort)
        refuse_impossible(request.design)
        sample, ready = _sample(uow, frame, request)
        origin = _origin(uow, request, frame, version=version, now=now)
        manifest = write_manifest(
            sample,
            design=request.design,
            origin=replace(origin, filtered=ready.filtered),
        )
        manifest = with_record(
            uow, request.beside, manifest, same=_earlier(uow, frame), keep=keep
        )
        if keep:
            _keep(uow, request, frame, sample, manifest, by=drawn_by, at=utc(now))
            uow.commit()
    return DrawnRound(
        name=request.name,
        frame=frame,
        sample=sample,
        manifest=manifest,
        kept=keep,
        design=request.design,
        left_out=ready.reasons,
    )


def _refuse(uow: UnitOfWork, request: Request) -> None:
    refuse_name(uow, request.name, request.beside.plan)
    if request.cohort not in request.rubric.cohorts:
        raise WrongCohortError(
            request.rubric.id, cohort=request.cohort, meant_for=request.rubric.cohorts
        )


def _sample(
    uow: UnitOfWork, frame: StoredFrame, request: Request
) -> tuple[Sample, Prepared]:
    """Draw from the numbers of the frame where that will do, else from all of it."""
    design, seed = request.design, request.seed.text
    without = {e.unit for e in request.exclusions}
    if not uow.numbers.strangers(frame.id, without):
        found = draw_stored(uow, frame, design=design, seed=seed, without=without)
        if found:
            return found, Prepared()
    units = list(uow.frames.units(frame.id))
    _refuse_strangers(units, request, frame)
    ready = prepare(units, design, cohort=request.cohort, without=without)
    return draw_sample(ready.lines, design=design, seed=seed), ready


def _refuse_strangers(
    units: Sequence[FrameUnit], request: Request, frame: StoredFrame
) -> None:
    here = {unit.unit for unit in units}
    strangers = [e.line for e in request.exclusions if e.unit not in here]
    if strangers:
        raise UnknownUnitsError(
            request.exclusions_file, lines=strangers, frame=frame.cohort
        )


def _origin(
    uow: UnitOfWork,
    request: Request,
    frame: StoredFrame,
    *,
    version: str,
    now: datetime,
) -> Origin:
    by_rule: dict[str, list[str]] = {}
    for exclusion in request.exclusions:
        by_rule.setdefault(exclusion.reason, []).append(exclusion.unit)
    return Origin(
        seed=request.seed.text,
        seed_mode=request.seed.mode,
        seed_source=request.seed.source,
        seed_randomness=request.seed.randomness,
        round_label=request.name,
        draw_number=len(_earlier(uow, frame)) + 1,
        cohort=request.cohort,
        as_at=frame.as_at,
        sources=frame.source.files,
        exclusions=tuple((r, tuple(u)) for r, u in sorted(by_rule.items())),
        created_utc=utc(now),
        version=version,
    )


def _earlier(uow: UnitOfWork, frame: StoredFrame) -> list[str]:
    """Return the rounds drawn from the same list, oldest first."""
    # The same cases imported again are the same frame: no way to start anew.
    same = {f.id for f in uow.frames.frames() if _same(f, frame)}
    return [r.name for r in uow.rounds.rounds() if r.frame_id in same][::-1]


def _same(one: StoredFrame, other: StoredFrame) -> bool:
    return (one.cohort, one.digest) == (other.cohort, other.digest)


def _keep(
    uow: UnitOfWork,
    request: Request,
    frame: StoredFrame,
    sample: Sample,
    manifest: str,
    *,
    by: str,
    at: str,
) -> None:
    digest = rubric_digest(request.rubric)
    uow.registry.keep_rubric(
        request.rubric, digest=digest, text=rubric_text(request.rubric)
    )
    round_id = uow.rounds.add(
        Round(
            id=0,
            name=request.name,
            frame_id=frame.id,
            cohort=request.cohort,
            rubric_digest=digest,
            manifest=manifest,
            drawn_utc=at,
            drawn_by=by,
            purpose="targeted" if request.design.kind == "targeted" else "random",
        )
    )
    uow.rounds.add_cases(round_id, sample.drawn)
    if request.beside.plan:
        uow.plans.drawn(request.beside.plan.id, round_id)
    uow.registry.log(
        at_utc=at,
        actor=by,
        action="draw",
        subject=f"round {round_id}",
        content=content_digest(manifest),
    )


def round_name(database: Database, cohort: str) -> str:
    """Return a name for a round that was given none: cohort, date, number.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
    """
    with database.read() as uow:
        frame = uow.frames.newest(cohort)
        taken = {one.name for one in uow.rounds.rounds()}
    number = 1
    words = in_words(cohort)
    words = words[:1].upper() + words[1:]
    while (name := f"{words} {frame.as_at} draw {number}") in taken:
        number += 1
    return name


def rubric_for(shelf: Library, cohort: str, *, name: str | None) -> Rubric:
    """Return the rubric to grade a cohort with.

    Args:
        shelf: Where rubrics are.
        cohort: The cohort.
        name: The rubric's identifier; without it, the cohort's usual one, or
            the only one that fits.

    Raises:
        UnknownCohortError: If there is no such cohort.
        NoRubricError: If none was named or is usual, and there is not just one.
        RubricError: If none was named or fits, and a file is not sound.
        UnknownRubricError: If the named one is not there.
    """
    known = [kind.id for kind in COHORTS]
    if cohort not in known:
        raise UnknownCohortError(cohort, known=known)
    name = name or shelf.usual(cohort)
    if name:
        return shelf.rubric(name)
    lines, errors = list_rubrics(shelf)
    fitting = [line.rubric for line in lines if cohort in line.rubric.cohorts]
    if not fitting and errors:
        raise errors[0]
    if len(fitting) != 1:
        raise NoRubricError(cohort, found=[rubric.id for rubric in fitting])
    return fitting[0]
