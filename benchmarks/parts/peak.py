"""Says how much memory a process took at most."""

from __future__ import annotations

import sys

MEBIBYTE = 1 << 20


def peak(*, of_children: bool = False) -> str:
    """Return the most memory that was taken, in MiB.

    Empty on Windows, where the standard library cannot ask.

    Args:
        of_children: Of the largest process that was waited for, not of this
            one. Linux counts what this process took when it started the other,
            so ask only where that was less.
    """
    if sys.platform == "win32":
        return ""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    who = resource.RUSAGE_CHILDREN if of_children else resource.RUSAGE_SELF
    return f"{resource.getrusage(who).ru_maxrss * unit / MEBIBYTE:.0f}"
