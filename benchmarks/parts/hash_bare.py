"""The floor of a draw: the hash of every unit, and nothing else.

Run: ``python -m benchmarks.parts.hash_bare 20000``.
"""

from __future__ import annotations

import sys
from hashlib import sha256

SEED = "5e" * 32


def unit_name(number: int) -> str:
    """Return the identifier of an invented unit."""
    return f"SYN-{number:06d}"


def hash_all(units: list[str]) -> int:
    """Hash every unit as the draw does; returns how many."""
    for unit in units:
        sha256(f"{SEED}:{unit}".encode()).digest()
    return len(units)


if __name__ == "__main__":
    hash_all([unit_name(number) for number in range(int(sys.argv[1]))])
