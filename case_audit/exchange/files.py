"""Files written whole or not at all, and read up to a size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.errors import FileError
from case_audit.exchange.beside import written_beside

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file through a new one beside it, for its owner alone.

    A full disk or a killed program leaves the old file, or none; never half.

    Args:
        path: Where; an existing file is replaced.
        data: The content.

    Raises:
        FileError: If it cannot be written; names the path.
    """
    with written_beside(path) as new:
        new.write_bytes(data)


def read_whole(path: Path, *, largest: int) -> bytes:
    """Return a file's content.

    Args:
        path: Which file.
        largest: Most bytes that are read.

    Raises:
        FileError: If it cannot be read, or is larger.
    """
    return _read(path, largest=largest)


def read_plain(path: Path | Traversable, *, largest: int) -> bytes:
    """Return the content of a file that others may have put there.

    A folder, pipe or device in its place is refused, not waited for.

    Args:
        path: Which file.
        largest: Most bytes that are read.

    Raises:
        FileError: If it cannot be read, is no plain file, or is larger.
    """
    try:
        plain = path.is_file()
    except OSError as error:
        raise FileError(str(path), action="read", reason=error.strerror) from None
    if not plain:
        reason = "it is not there, or is no plain file"
        raise FileError(str(path), action="read", reason=reason)
    return _read(path, largest=largest)


def _read(path: Path | Traversable, *, largest: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise FileError(str(path), action="read", reason=error.strerror) from None
    if len(data) > largest:
        reason = f"it is larger than {largest // 1_000_000} MB"
        raise FileError(str(path), action="read", reason=reason)
    return data
