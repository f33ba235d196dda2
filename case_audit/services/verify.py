"""Draw again and compare: whether a manifest is true."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from case_audit.core.frame.model import canonical_unit, frame_digest
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.numbers import digest, order_key, prn
from case_audit.core.sample.verify import differences, record_differences
from case_audit.errors import ManifestError, UnknownFrameError, UnknownUnitError
from case_audit.exchange.files import read_whole
from case_audit.services.sample import stratified_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from case_audit.core.frame.model import StoredFrame
    from case_audit.core.sample.manifest import Manifest
    from case_audit.core.sample.verify import Difference
    from case_audit.services.database import Database
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
    """

    units: int
    drawn: int
    against: str
    differences: tuple[Difference, ...]


def verify_against_rows(
    manifest: Manifest, rows: Sequence[tuple[str, str]], *, against: str
) -> Verification:
    """Draw again from rows, each a unit and its stratum.

    Units that the manifest says were left out before the draw are left out.
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
    were before) is compared with its own manifest.

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
    true_frame = [v for v in tried if not _other_frame(v)]
    found = (true_frame or tried)[0]
    if kept is None:
        return replace(
            found, against=f"{found.against} (no round of that name is kept here)"
        )
    record = record_differences(manifest, kept)
    return replace(found, differences=(*found.differences, *record))


def _kept(uow: UnitOfWork, manifest: Manifest) -> Manifest | None:
    label = manifest.plain.get("round_label")
    for one in uow.rounds.rounds():
        if one.name == label:
            return read_manifest(one.manifest)
    return None


def frame_rows(database: Database, manifest: Manifest) -> list[tuple[str, str]]:
    """Return the rows of the frame that has the manifest's digest.

    Raises:
        UnknownFrameError: If no frame in the database has it.
    """
    with database.read() as uow:
        frames = uow.frames.frames()
        for frame in frames:
            if frame.cohort == manifest.cohort:
                rows = _rows(uow, manifest, frame)
                if frame_digest(rows) == manifest.frame_digest:
                    return rows
    raise UnknownFrameError(manifest.cohort, known=sorted({f.cohort for f in frames}))


def _verify(uow: UnitOfWork, manifest: Manifest, frame: StoredFrame) -> Verification:
    rows = _rows(uow, manifest, frame)
    against = f"the frame of {frame.units} imported from {frame.source.name}"
    return verify_against_rows(manifest, rows, against=against)


def round_rows(database: Database, name: str, *, cohort: str) -> list[tuple[str, str]]:
    """Return the rows of the frame that a round was drawn from.

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
        return _rows(uow, read_manifest(one.manifest), frame)


def _rows(
    uow: UnitOfWork, manifest: Manifest, frame: StoredFrame
) -> list[tuple[str, str]]:
    return stratified_rows(
        list(uow.frames.units(frame.id)),
        manifest.design.strata,
        without=manifest.excluded,
    )


def _other_frame(verification: Verification) -> bool:
    return any(d.where in ("frame, digest", "design") for d in verification.differences)


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


def explain_unit(
    manifest: Manifest, unit: str, rows: Sequence[tuple[str, str]]
) -> list[str]:
    """Return how to compute a unit's number by hand, and where it stands.

    Args:
        manifest: The draw.
        unit: Any unit of the frame, drawn or not.
        rows: The frame that was drawn from.

    Raises:
        UnknownUnitError: If the frame has no such unit.
    """
    try:
        name = canonical_unit(unit)
    except ValueError:
        raise UnknownUnitError from None
    stratum = dict(rows).get(name)
    if stratum is None or name in manifest.excluded:
        raise UnknownUnitError
    seed, start = manifest.seed, manifest.design.start
    mine = order_key(seed, name, start=start)
    members = [u for u, s in rows if s == stratum and u not in manifest.excluded]
    rank = sum(order_key(seed, u, start=start) <= mine for u in members)
    return [
        f"printf '%s' {_quoted(f'{seed}:{name}')} | sha256sum",
        f"{digest(seed, name).hex()}  (SHA-256)",
        f"{digest(seed, name)[:8].hex()}  (its first 16 digits)",
        f"{prn(seed, name)}  (the same as a whole number)",
        (
            f"It is number {rank} from the smallest of {len(members)} in stratum "
            f"{stratum}: {_fate(manifest, name)}."
        ),
    ]


def _fate(manifest: Manifest, unit: str) -> str:
    for part, words in (("drawn", "drawn"), ("reserves", "a reserve")):
        if any(entry["unit"] == unit for entry in manifest.plain[part]):
            return words
    return "not drawn"


def _quoted(text: str) -> str:
    """Return text for a shell: pasted, it is one word and never a command."""
    return "'" + text.replace("'", "'\\''") + "'"
