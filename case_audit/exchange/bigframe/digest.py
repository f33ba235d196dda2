"""The digest of a frame from its sorted lines, as they come."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_UNITS = re.compile(rb"^[^\t]*", re.MULTILINE)


def digest_lines(
    blocks: Iterable[bytes], *, progress: Callable[[int], None]
) -> tuple[str, int]:
    """Hash the lines of a frame, sorted as bytes, and count repeated units.

    Args:
        blocks: The text ``unit TAB stratum LF``, cut anywhere.
        progress: Told how many lines are done.

    Returns:
        The digest, and how many lines repeat the unit of the line before.
    """
    hashed, rest, done, repeated, last = sha256(), b"", 0, 0, None
    for block in blocks:
        hashed.update(block)
        whole, line_end, beginning = (rest + block).rpartition(b"\n")
        rest = beginning
        if not line_end:
            continue
        units = _UNITS.findall(whole)
        # Sorted, so equal ones stand together: nothing but this block is held.
        repeated += len(units) - len(set(units)) + (units[0] == last)
        last = units[-1]
        done += len(units)
        progress(done)
    return hashed.hexdigest(), repeated
