"""Where a large frame lies, and what is read of it."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from case_audit.errors import MixedFrameFilesError, NoFrameFilesError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from case_audit.core.sample.smallest import Counted

Kind = Literal["parquet", "csv"]
KINDS: dict[str, Kind] = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".csv.gz": "csv",
}
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BigFrame:
    """A frame in files.

    Attributes:
        place: What was asked for: a file, a folder, a pattern or an address.
        files: The files or addresses, sorted.
        kind: What they are.
        unit: The column of identifiers.
        strata: The columns that make the strata, in order.
        remote: Whether they are on the network.
    """

    place: str
    files: tuple[str, ...]
    kind: Kind
    unit: str
    strata: tuple[str, ...] = ()
    remote: bool = False

    @property
    def in_folders(self) -> bool:
        """Whether folders such as ``authority=803`` hold values of columns."""
        return any("=" in part for f in self.files for part in Path(f).parts[:-1])

    @property
    def base(self) -> str:
        """The folder above the first folder that holds a value."""
        parts = Path(self.files[0]).parts[:-1]
        plain = [n for n, part in enumerate(parts) if "=" in part]
        return str(Path(*parts[: plain[0] if plain else len(parts)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class BigReading:
    """What a draw needs of a large frame.

    Attributes:
        counted: The whole frame's digest and strata.
        smallest: Units of each stratum, at least those that may be drawn.
        left_out: Which of the units to be left out were there.
    """

    counted: Counted
    smallest: Mapping[str, list[str]]
    left_out: frozenset[str] = frozenset()


class Engine(Protocol):
    """What reads a large frame: every engine gives the same."""

    name: str

    def read(
        self,
        frame: BigFrame,
        *,
        seed: str,
        start: int,
        most: int,
        without: frozenset[str],
        progress: Callable[[int], None],
    ) -> BigReading:
        """Read a frame once or twice, and hold nothing of it.

        Args:
            frame: Where it is.
            seed: 64 lower-case hexadecimal digits.
            start: Where the circle of numbers is entered.
            most: How many of the smallest numbers to give of each stratum.
            without: Units left out before the draw.
            progress: Told how many lines of the frame are in its digest.

        Raises:
            CaseAuditError: One of :mod:`case_audit.errors.bigframe`.
        """
        ...


def big_frame(place: str, *, unit: str, strata: tuple[str, ...]) -> BigFrame:
    """Find the files of a frame.

    Args:
        place: A file, a folder, a pattern such as ``frame/*.parquet``, or an
            address with ``://``.
        unit: The column of identifiers.
        strata: The columns that make the strata.

    Raises:
        NoFrameFilesError: If there are none.
        MixedFrameFilesError: If some are Parquet and some CSV.
    """
    remote = "://" in place
    found = (place,) if remote else _files(place)
    kinds = {kind for file in found if (kind := _kind(file))}
    if not kinds:
        raise NoFrameFilesError(place)
    if len(kinds) > 1:
        raise MixedFrameFilesError(sorted(kinds))
    return BigFrame(
        place=place,
        files=tuple(file for file in found if _kind(file)),
        kind=kinds.pop(),
        unit=unit,
        strata=strata,
        remote=remote,
    )


def _files(place: str) -> tuple[str, ...]:
    path = Path(place)
    if path.is_file():
        return (str(path),)
    pattern = str(path / "**" / "*") if path.is_dir() else place
    found = glob.glob(pattern, recursive=True)  # noqa: PTH207 - as a shell finds them
    return tuple(sorted(file for file in found if Path(file).is_file()))


def _kind(file: str) -> Kind | None:
    name = file.rpartition("/")[2].partition("?")[0].lower()
    return next((kind for end, kind in KINDS.items() if name.endswith(end)), None)


def file_digest(file: str) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    hashed = sha256()
    with Path(file).open("rb") as stream:
        while block := stream.read(BLOCK):
            hashed.update(block)
    return hashed.hexdigest()
