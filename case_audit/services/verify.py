"""Draw again and compare: whether a manifest is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.frame.model import canonical_unit
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.numbers import digest, prn
from case_audit.core.sample.verify import differences
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
    """Draw again from rows of a file, each a unit and its stratum."""
    return Verification(
        units=len(rows),
        drawn=len(manifest.plain["drawn"]),
        against=against,
        differences=differences(manifest, rows),
    )


def verify_against_database(database: Database, manifest: Manifest) -> Verification:
    """Draw again from the frame in the database that has the manifest's digest.

    Where no frame of the cohort has it, the newest one is compared, and the
    difference is the frame's.

    Raises:
        UnknownFrameError: If the database has no frame of the cohort.
    """
    with database.read() as uow:
        candidates = [f for f in uow.frames.frames() if f.cohort == manifest.cohort]
        if not candidates:
            known = sorted({f.cohort for f in uow.frames.frames()})
            raise UnknownFrameError(manifest.cohort, known=known)
        tried = [_verify(uow, manifest, frame) for frame in candidates]
    true_frame = [v for v in tried if not _other_frame(v)]
    return (true_frame or tried)[0]


def _verify(uow: UnitOfWork, manifest: Manifest, frame: StoredFrame) -> Verification:
    rows = stratified_rows(
        list(uow.frames.units(frame.id)),
        manifest.design.strata,
        without=manifest.excluded,
    )
    against = f"the frame of {frame.units} imported from {frame.source.name}"
    return verify_against_rows(manifest, rows, against=against)


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
        raise ManifestError(problem) from None


def explain_unit(manifest: Manifest, unit: str) -> list[str]:
    """Return how to compute a unit's number by hand, and where it stands.

    Raises:
        UnknownUnitError: If it is neither drawn nor a reserve.
    """
    name = canonical_unit(unit)
    for part in ("drawn", "reserves"):
        for entry in manifest.plain[part]:
            if entry["unit"] == name:
                return [
                    f"printf '%s' '{manifest.seed}:{name}' | sha256sum",
                    f"{digest(manifest.seed, name).hex()}  (SHA-256)",
                    f"{digest(manifest.seed, name)[:8].hex()}  (its first 16 digits)",
                    f"{prn(manifest.seed, name)}  (the same as a whole number)",
                    (
                        f"It is number {entry['rank']} from the smallest in stratum "
                        f"{entry['stratum']}: {part}."
                    ),
                ]
    raise UnknownUnitError
