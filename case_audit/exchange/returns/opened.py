"""Opens files that others put there: plain files only, and never too large."""

from __future__ import annotations

import stat
from contextlib import contextmanager
from hashlib import sha256
from os import fstat
from typing import TYPE_CHECKING, Final

from case_audit.errors import UnusableReturnError
from case_audit.exchange.annex_a.folding import tidy
from case_audit.exchange.annex_a.read import SYNTHETIC_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

MIB: Final = 1 << 20
MAX_FILE: Final = 1_024 * MIB
"""The largest file that is read. A large county's census takes 100 MiB."""

READMES: Final = frozenset({"readme", "readme.txt", "readme.md"})
"""Names, in lower case, of the files in which a folder may carry the mark."""

_MARK_WITHIN: Final = 4_096
_HINT: Final = "Check the path, and that it is the file that was exported."


@contextmanager
def opened(path: Path, *, largest: int = MAX_FILE) -> Iterator[BinaryIO]:
    """Open a plain file for reading; a link to one will do.

    A pipe or device is refused, not waited for.

    Args:
        path: The file.
        largest: Most bytes it may have.

    Raises:
        UnusableReturnError: If it is no plain file, empty, too large, or cannot
            be opened.
    """
    name = tidy(path.name)
    try:
        if not path.is_file():
            raise UnusableReturnError(name, "it is not there, or no plain file")
        file = path.open("rb")
    except OSError as error:
        reason = "it cannot be opened"
        raise UnusableReturnError(name, reason, hint=_HINT) from error
    with file:
        facts = fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise UnusableReturnError(name, "it is no plain file")
        if not facts.st_size:
            raise UnusableReturnError(name, "the file is empty")
        if facts.st_size > largest:
            raise UnusableReturnError(name, f"it is larger than {largest // MIB} MiB")
        yield file


def digest_of(files: Iterable[tuple[str, str]]) -> str:
    """Return the digest of several files from their names and digests."""
    lines = sorted(f"{digest}  {name}\n" for name, digest in files)
    return sha256("".join(lines).encode()).hexdigest()


def is_marked(text: str) -> bool:
    """Say whether a text begins with the mark of invented data."""
    return tidy(text.removeprefix("\ufeff")).lstrip("# ").startswith(SYNTHETIC_MARK)


def folder_is_marked(folder: Path) -> bool:
    """Say whether a README file in a folder says that its data are invented."""
    try:
        files = [file for file in folder.iterdir() if file.name.lower() in READMES]
    except OSError:
        return False
    return any(map(_says_so, files))


def _says_so(file: Path) -> bool:
    try:
        with opened(file, largest=MIB) as readme:
            return is_marked(readme.read(_MARK_WITHIN).decode("utf-8", "replace"))
    except (OSError, UnusableReturnError):
        return False
