"""Draw again and compare: whether a manifest is true."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.frame.model import canonical_unit
from case_audit.core.sample.explain import explain
from case_audit.core.sample.later import later_changes
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.round import HISTORY
from case_audit.core.sample.rows import lines_digest
from case_audit.core.sample.verify import (
    Difference,
    differences,
    filter_differences,
    record_differences,
)
from case_audit.errors import (
    CaseAuditError,
    ManifestError,
    UnknownFrameError,
    UnknownUnitError,
)
from case_audit.exchange.files import read_whole
from case_audit.services.beside import plan_differences
from case_audit.services.sample_lines import prepare

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from case_audit.core.frame.model import StoredFrame
    from case_audit.core.sample.later import Later
    from case_audit.core.sample.manifest import Manifest
    from case_audit.core.sample.rows import Row
    from case_audit.services.database import Database
    from case_audit.services.sample_lines import Prepared
    from case_audit.store.unit_of_work import UnitOfWork

LARGEST = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What drawing again showed.

    Attributes:
        units: Units of the frame that was drawn from again.
        drawn: Cases the manifest lists.
        against: What it was compared with, in words.
        differences: Every difference; none where the manifest is true.
        since: What was done to the round after this copy of its manifest was made.
            That is no difference: the copy is true of the round as it was.
    """

    units: int
    drawn: int
    against: str
    differences: tuple[Difference, ...]
    since: tuple[Later, ...] = ()


def verify_against_rows(
    manifest: Manifest, rows: Sequence[Row], *, against: str
) -> Verification:
    """Draw again from lines: unit, stratum and, where the design needs it, the aid.

    Units that the manifest names as left out before the draw are left out. What
    the design's conditions left out cannot be counted from lines.
    """
    left = [row for row in rows if row[0] not in manifest.excluded]
    return Verification(
        units=len(left),
        drawn=len(manifest.plain["drawn"]),
        against=against,
        differences=differences(manifest, left),
    )


def verify_against_database(database: Database, manifest: Manifest) -> Verification:
    """Draw again from the frame in the database that has the manifest's digest.

    Where no frame of the cohort has it, the newest one is compared, and the
    difference is the frame's. Where the database keeps a round of that name,
    what cannot be drawn again (who saw the seed being made, how many draws there
    were before) is compared with its own manifest. A copy made before cases were
    added or replaced, or before the round was opened again, is true of that time.

    Raises:
        UnknownFrameError: If the database has no frame of the cohort.
    """
    with database.read() as uow:
        candidates = [f for f in uow.frames.frames() if f.cohort == manifest.cohort]
        if not candidates:
            known = sorted({f.cohort for f in uow.frames.frames()})
            raise UnknownFrameError(manifest.cohort, known=known)
        tried = [_verify(uow, manifest, frame) for frame in candidates]
        kept = _kept(uow, manifest)
        fixed = plan_differences(uow, manifest.plain)
    true_frame = [v for v in tried if not _other_frame(v)]
    found = (true_frame or tried)[0]
    if kept is None:
        return replace(
            found, against=f"{found.against} (no round of that name is kept here)"
        )
    since = later_changes(manifest, kept)
    record = record_differences(manifest, kept, grown={one.key for one in since})
    different = (*found.differences, *record, *fixed)
    return replace(found, differences=different, since=since)


def _kept(uow: UnitOfWork, manifest: Manifest) -> Manifest | None:
    label = manifest.plain.get("round_label")
    for one in uow.rounds.rounds():
        if one.name == label and one.purpose != HISTORY:
            return read_manifest(one.manifest)
    return None


def frame_rows(database: Database, manifest: Manifest) -> Sequence[Row]:
    """Return the rows of the frame that has the manifest's digest.

    Raises:
        UnknownFrameError: If no frame in the database has it.
    """
    with database.read() as uow:
        frames = uow.frames.frames()
        for frame in frames:
            if frame.cohort == manifest.cohort:
                with suppress(CaseAuditError):
                    rows = _prepared(uow, manifest, frame).lines
                    if _digest(manifest, rows) == manifest.frame_digest:
                        return rows
    raise UnknownFrameError(manifest.cohort, known=sorted({f.cohort for f in frames}))


def _verify(uow: UnitOfWork, manifest: Manifest, frame: StoredFrame) -> Verification:
    against = f"the frame of {frame.units} imported from {frame.source.name}"
    try:
        ready = _prepared(uow, manifest, frame)
    except CaseAuditError as error:
        found = Difference(where="design", manifest="a sample", derived=str(error))
        return Verification(
            units=frame.units,
            drawn=len(manifest.plain["drawn"]),
            against=against,
            differences=(found,),
        )
    checked = verify_against_rows(manifest, ready.lines, against=against)
    if _other_frame(checked):
        return checked
    counts = filter_differences(manifest, dict(ready.filtered))
    return replace(checked, differences=(*checked.differences, *counts))


def round_rows(database: Database, name: str, *, cohort: str) -> Sequence[Row]:
    """Return the lines of the frame that a round was drawn from.

    Args:
        database: Where the round is.
        name: Its name.
        cohort: Its cohort, so that a slip is noticed.

    Raises:
        UnknownRoundError: If there is no such round.
        UnknownFrameError: If it was drawn from another cohort.
    """
    with database.read() as uow:
        one = uow.rounds.named(name)
        if one.cohort != cohort:
            raise UnknownFrameError(cohort, known=[one.cohort])
        frame = uow.frames.frame(one.frame_id)
        return _prepared(uow, read_manifest(one.manifest), frame).lines


def _prepared(uow: UnitOfWork, manifest: Manifest, frame: StoredFrame) -> Prepared:
    return prepare(
        list(uow.frames.units(frame.id)),
        manifest.design,
        cohort=frame.cohort,
        without=manifest.excluded,
    )


def _digest(manifest: Manifest, rows: Sequence[Row]) -> str:
    return lines_digest(rows, with_aid=manifest.design.with_aid)


OTHER_FRAME = ("frame, digest", "frame, third column", "design")
"""Differences after which nothing else can be compared."""


def _other_frame(verification: Verification) -> bool:
    return any(d.where in OTHER_FRAME for d in verification.differences)


def read_manifest_file(path: Path, piped: bytes | None = None) -> Manifest:
    """Read a manifest.

    Args:
        path: The file.
        piped: What came through a pipe instead.

    Raises:
        FileError: If the file cannot be read.
        ManifestError: If it is not a manifest.
    """
    data = piped if piped is not None else read_whole(path, largest=LARGEST)
    try:
        return read_manifest(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problem = "it is not UTF-8"
    except RecursionError:
        problem = "it is nested too deeply"
    raise ManifestError(problem)


def explain_unit(manifest: Manifest, unit: str, rows: Sequence[Row]) -> list[str]:
    """Return how to compute by hand whether a unit was drawn.

    Args:
        manifest: The draw.
        unit: Any unit of the frame, drawn or not.
        rows: The frame that was drawn from.

    Raises:
        UnknownUnitError: If the frame has no such unit.
    """
    try:
        return explain(manifest, canonical_unit(unit), rows)
    except (KeyError, ValueError):
        raise UnknownUnitError from None
