"""Large files written whole or not at all, without holding them in memory."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from case_audit.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give a new file beside the wanted one, and put it there at the end.

    If anything goes wrong the new file is removed and an old one stays as it
    was. The file is for its owner alone.

    Args:
        path: Where the file will be; an existing one is replaced.

    Raises:
        FileError: If the system refuses; names the path.
    """
    try:
        descriptor, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix
        )
        os.close(descriptor)
        new = Path(name)
        try:
            yield new
            with new.open("rb+") as file:
                os.fsync(file.fileno())
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FileError(str(path), action="written", reason=error.strerror) from None
