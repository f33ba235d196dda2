"""Resampling of cases: how a number would vary if other cases had been graded twice.

The stream of numbers follows from the seed alone, so that an interval can be
computed again anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from math import sqrt
from struct import iter_unpack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REPLICATES = 2000
USABLE = Fraction(9, 10)
"""The part of the replicates that must give a number for an interval to be given."""
_BITS = 64


def stream(seed: str) -> Iterator[int]:
    """Yield numbers from 0 to 2**64 - 1 without end.

    The n-th block of four is SHA-256 of ``"<seed>:<n>"``, n from 0, read as four
    numbers of 8 bytes, big-endian.

    Args:
        seed: Any text.
    """
    block = 0
    while True:
        digest = sha256(f"{seed}:{block}".encode()).digest()
        for (number,) in iter_unpack(">Q", digest):
            yield number
        block += 1


def resamples(
    rows: Sequence[Sequence[int]], *, seed: str, replicates: int = REPLICATES
) -> Iterator[tuple[int, ...]]:
    """Yield the column sums of samples of the rows, drawn with replacement.

    A number x of the stream picks row ``x * len(rows) // 2**64``; rows differ in
    their chance by less than one part in 2**50.

    Args:
        rows: One row of whole numbers for each case, at least one; 0 or more.
        seed: For :func:`stream`.
        replicates: How many samples.
    """
    # A row as one long integer: adding two adds every column at once.
    size, columns = len(rows), len(rows[0])
    width = (size * max(map(max, rows))).bit_length() // 8 + 1
    packed = [
        int.from_bytes(b"".join(n.to_bytes(width, "little") for n in row), "little")
        for row in rows
    ]
    cuts = [slice(at, at + width) for at in range(0, columns * width, width)]
    numbers = stream(seed)
    for _ in range(replicates):
        total = sum(packed[next(numbers) * size >> _BITS] for _ in range(size))
        data = total.to_bytes(columns * width, "little")
        yield tuple(int.from_bytes(data[cut], "little") for cut in cuts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How a number varies over replicates.

    Attributes:
        lower: Lower bound; ``None`` where no interval can be given.
        upper: Upper bound; likewise.
        error: Standard deviation of the replicates; likewise.
        usable: Replicates that gave a number.
        replicates: All replicates.
    """

    lower: Fraction | None
    upper: Fraction | None
    error: float | None
    usable: int
    replicates: int


def spread_of(values: Sequence[Fraction | None], *, level: Fraction) -> Spread:
    """Return the percentile interval of replicates, and their standard deviation.

    The bounds are the k-th smallest and the k-th largest value with
    ``k = (b + 1) * (1 - level) / 2`` rounded down, b the usable replicates. There is
    none where fewer than nine replicates of ten gave a number, or all gave the
    same: cases that are all alike tell nothing of how others would vary.

    Source:
        A. C. Davison and D. V. Hinkley, *Bootstrap Methods and their Application*,
        Cambridge University Press 1997, section 5.3.
    """
    found = sorted(v for v in values if v is not None)
    b = len(found)
    k = int((b + 1) * (1 - level) / 2)
    if k < 1 or b < USABLE * len(values) or found[0] == found[-1]:
        return Spread(
            lower=None, upper=None, error=None, usable=b, replicates=len(values)
        )
    near = [float(v) for v in found]
    mean = sum(near) / b
    return Spread(
        lower=found[k - 1],
        upper=found[-k],
        error=sqrt(sum((v - mean) ** 2 for v in near) / (b - 1)),
        usable=b,
        replicates=len(values),
    )
