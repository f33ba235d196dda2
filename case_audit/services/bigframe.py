"""Draw from frames too large for the database, where their files lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.frame.model import canonical_unit
from case_audit.core.sample.manifest import Origin, write_manifest
from case_audit.core.sample.smallest import needs_smallest_only, sample_from
from case_audit.errors import FrameNeedsDatabaseError, UnknownUnitsError
from case_audit.exchange.bigframe.source import big_frame, file_digest
from case_audit.services.times import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from case_audit.core.sample.exclusion import Exclusion
    from case_audit.core.sample.model import Design, Sample
    from case_audit.core.sample.seed import Seed
    from case_audit.exchange.bigframe.source import BigFrame, Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class BigRequest:
    """What to draw from files.

    Attributes:
        place: A file, a folder, a pattern or an address.
        unit: The column of identifiers.
        design: Size, strata and reserves; its strata are columns of the files.
        seed: What the draw starts from, with its origin.
        label: Name of the round, for the record.
        cohort: What the units are, for the record.
        as_at: The date the frame describes, ISO; empty if not said.
        exclusions: Cases to leave out before the draw.
        exclusions_file: Name of the file they are from, for messages.
    """

    place: str
    unit: str
    design: Design
    seed: Seed
    label: str
    cohort: str
    as_at: str = ""
    exclusions: Sequence[Exclusion] = ()
    exclusions_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BigDraw:
    """What a draw from files gave.

    Attributes:
        frame: What was drawn from.
        sample: Who was drawn.
        manifest: The record, JSON.
    """

    frame: BigFrame
    sample: Sample
    manifest: str


def draw_big(
    request: BigRequest,
    engine: Engine,
    *,
    version: str,
    now: datetime,
    progress: Callable[[int], None] = lambda _lines: None,
) -> BigDraw:
    """Draw a sample from files; nothing is kept in a database.

    The same sample and the same manifest as from the same frame in the database
    or in memory, whatever the engine, the order of rows and the number of files.

    Args:
        request: What to draw.
        engine: What reads the files.
        version: Version of the program, for the record.
        now: The time, for the record.
        progress: Told how many lines of the frame are in its digest.

    Raises:
        FrameNeedsDatabaseError: If the design needs more than numbers.
        UnknownUnitsError: If an exclusion is not in the frame.
        CaseAuditError: If the files or the columns do not serve, or the frame
            cannot give such a sample.
    """
    design, seed = request.design, request.seed.text
    if not needs_smallest_only(design):
        raise FrameNeedsDatabaseError(design.kind)
    frame = big_frame(request.place, unit=request.unit, strata=design.strata)
    without = frozenset(canonical_unit(e.unit) for e in request.exclusions)
    reading = engine.read(
        frame,
        seed=seed,
        start=design.start,
        most=design.size + design.reserves,
        without=without,
        progress=progress,
    )
    if reading.left_out != without:
        strangers = [
            e.line
            for e in request.exclusions
            if canonical_unit(e.unit) not in reading.left_out
        ]
        raise UnknownUnitsError(
            request.exclusions_file, lines=strangers, frame=request.cohort
        )
    sample = sample_from(reading.counted, reading.smallest, design=design, seed=seed)
    origin = _origin(request, frame, version=version, now=now)
    manifest = write_manifest(sample, design=design, origin=origin)
    return BigDraw(frame=frame, sample=sample, manifest=manifest)


def _origin(
    request: BigRequest, frame: BigFrame, *, version: str, now: datetime
) -> Origin:
    by_rule: dict[str, list[str]] = {}
    for exclusion in request.exclusions:
        by_rule.setdefault(exclusion.reason, []).append(canonical_unit(exclusion.unit))
    return Origin(
        seed=request.seed.text,
        seed_mode=request.seed.mode,
        seed_source=request.seed.source,
        seed_randomness=request.seed.randomness,
        round_label=request.label,
        draw_number=1,
        cohort=request.cohort,
        as_at=request.as_at,
        # What lies on the network may change under its name: the digest of the
        # frame fixes what was read.
        sources=tuple(
            (file.replace("\\", "/").rpartition("/")[2], "")
            if frame.remote
            else (file.replace("\\", "/").rpartition("/")[2], file_digest(file))
            for file in frame.files
        ),
        exclusions=tuple((r, tuple(u)) for r, u in sorted(by_rule.items())),
        created_utc=utc(now),
        version=version,
    )
