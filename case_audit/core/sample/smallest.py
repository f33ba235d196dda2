"""The smallest numbers of a frame, without holding the frame.

A draw takes the units with the smallest numbers of each stratum. The smallest of
a whole are the smallest of the smallest of its parts, so a frame can be read in
pieces, in any order, on any number of machines.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from heapq import nsmallest
from typing import TYPE_CHECKING
from unicodedata import normalize

from case_audit.core.sample.allocation import allocate
from case_audit.core.sample.model import BOTTOM_K, Drawn, Sample, StratumDraw
from case_audit.core.sample.numbers import is_seed, order_key, prn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from case_audit.core.sample.model import Design

HIGHEST = b"\xff" * 33
"""No key of :func:`keys` is greater."""
FEW = 64
"""Units looked at before there is a limit, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a draw needs to know of a whole frame.

    Attributes:
        digest: Fixes the units and their strata.
        populations: Units in each stratum, N_h, each at least 1.
    """

    digest: str
    populations: Mapping[str, int]


def needs_smallest_only(design: Design) -> bool:
    """Whether a design draws the smallest numbers of each stratum, no more.

    Other designs need every unit with more than its stratum at hand.
    """
    return design.algorithm == BOTTOM_K and not (design.certain or design.only)


def numbers(seed: str) -> Callable[[str], bytes]:
    """Return a function that gives a unit's digest, many times over.

    It gives what :func:`~case_audit.core.sample.numbers.digest` gives, from a
    hash that has read the seed already: the seed is one block of SHA-256, so
    each unit costs one block instead of two.

    Args:
        seed: 64 lower-case hexadecimal digits.
    """
    begun = sha256(f"{seed}:".encode())

    def number(unit: str) -> bytes:
        hashed = begun.copy()
        hashed.update((unit if unit.isascii() else normalize("NFC", unit)).encode())
        return hashed.digest()

    return number


def keys(seed: str, *, start: int = 0) -> Callable[[str], bytes]:
    """Return a function that gives a unit's place in the order of the draw.

    Sorted by these bytes, units stand as by
    :func:`~case_audit.core.sample.numbers.order_key`: one byte says whether the
    number comes before the start of the circle, the digest follows.

    Args:
        seed: 64 lower-case hexadecimal digits.
        start: Where the circle of numbers is entered, 0 to 2**64 - 1.
    """
    number, first = numbers(seed), start.to_bytes(8, "big")

    def key(unit: str) -> bytes:
        digest = number(unit)
        return (b"\0" if digest >= first else b"\1") + digest

    return key


def smallest(
    pieces: Iterable[Iterable[str]], count: int, *, seed: str, start: int = 0
) -> list[str]:
    """Return the units with the smallest numbers, in order.

    Args:
        pieces: Units of one stratum, a few thousand at a time; read once.
        count: How many to keep, at least 0.
        seed: 64 lower-case hexadecimal digits.
        start: Where the circle of numbers is entered.

    Returns:
        All units where there are fewer than ``count``.
    """
    key = keys(seed, start=start)
    kept: list[tuple[bytes, str]] = []
    limit = HIGHEST
    for part in _growing(pieces, count):
        kept += _not_above(limit, part, seed=seed, key=key if start else None)
        if len(kept) > count:
            kept = nsmallest(count, kept)
            limit = kept[-1][0] if kept else b""
    return [unit for _, unit in sorted(kept)]


def _growing(pieces: Iterable[Iterable[str]], count: int) -> Iterator[list[str]]:
    """Yield the units again, the first few in parts that double.

    As many as were seen come at once: half of them are above the limit by chance,
    where a first piece of thousands would be kept whole and sorted through.
    """
    seen = 0
    for piece in pieces:
        units, place = list(piece), 0
        while place < len(units):
            part = units[place : place + max(seen, count, FEW)]
            yield part
            place += len(part)
            seen += len(part)


def _not_above(
    limit: bytes,
    units: list[str],
    *,
    seed: str,
    key: Callable[[str], bytes] | None,
) -> list[tuple[bytes, str]]:
    """Return those units whose key is not above a limit, with their keys.

    Args:
        limit: The limit.
        units: The units.
        seed: 64 lower-case hexadecimal digits.
        key: What gives a unit's key; the digest itself without.
    """
    if key:
        return [(k, unit) for unit in units if (k := key(unit)) <= limit]
    # Nearly every unit is let go here, so this loop is all that a unit costs.
    begun = sha256(f"{seed}:".encode()).copy
    kept = []
    for place, text in enumerate(_encoded(units)):
        hashed = begun()
        hashed.update(text)
        digest = hashed.digest()
        if digest <= limit:
            kept.append((digest, units[place]))
    return kept


def _encoded(units: list[str]) -> list[bytes]:
    """Return units as they are hashed: all at once, where that comes to the same."""
    text = "\0".join(units)
    encoded = text.encode().split(b"\0") if text.isascii() else []
    if len(encoded) == len(units):
        return encoded
    return [normalize("NFC", unit).encode() for unit in units]


def merged(
    parts: Iterable[Mapping[str, Iterable[str]]],
    wanted: Mapping[str, int],
    *,
    seed: str,
    start: int = 0,
) -> dict[str, list[str]]:
    """Join the smallest of the parts of a frame to the smallest of the whole.

    Args:
        parts: Units by stratum: of each part at least as many of the smallest
            numbers as are wanted, or all it has.
        wanted: How many of each stratum.
        seed: 64 lower-case hexadecimal digits.
        start: Where the circle of numbers is entered.

    Returns:
        Units by stratum, smallest number first.
    """
    pieces = list(parts)
    return {
        stratum: smallest(
            (part.get(stratum, ()) for part in pieces), count, seed=seed, start=start
        )
        for stratum, count in wanted.items()
    }


def wanted(counted: Counted, design: Design) -> dict[str, int]:
    """Return how many of the smallest numbers a draw takes from each stratum.

    The drawn units and their reserves, or all units of a smaller stratum.

    Raises:
        ValueError: If the design needs more than the smallest numbers, or a size
            is not of its form.
        CaseAuditError: If the frame cannot give such a sample, as in
            :func:`~case_audit.core.sample.allocation.allocate`.
    """
    return _takes(_sizes(counted, design), counted, design)


def _sizes(counted: Counted, design: Design) -> dict[str, int]:
    if not needs_smallest_only(design) or design.size < 1 or design.reserves < 0:
        msg = "not a design of smallest numbers, or a size below 1"
        raise ValueError(msg)
    return allocate(counted.populations, design)


def _takes(
    sizes: Mapping[str, int], counted: Counted, design: Design
) -> dict[str, int]:
    return {
        stratum: min(size + design.reserves, counted.populations[stratum])
        for stratum, size in sizes.items()
    }


def sample_from(
    counted: Counted,
    candidates: Mapping[str, Sequence[str]],
    *,
    design: Design,
    seed: str,
) -> Sample:
    """Draw from the smallest numbers of each stratum.

    The same sample as :func:`~case_audit.core.sample.draw.draw_sample` draws from
    the whole frame.

    Args:
        counted: The whole frame's digest and strata.
        candidates: Units by stratum, at least those of :func:`wanted`, in any
            order.
        design: Size, allocation and reserves.
        seed: 64 lower-case hexadecimal digits.

    Raises:
        ValueError: If the seed or the design is not of its form, or there are
            fewer candidates than the frame has.
        CaseAuditError: As in :func:`wanted`.
    """
    if not is_seed(seed):
        msg = "not a seed of 64 hexadecimal digits"
        raise ValueError(msg)
    sizes = _sizes(counted, design)
    drawn: list[Drawn] = []
    reserves: list[Drawn] = []
    for stratum, count in _takes(sizes, counted, design).items():
        ranked = nsmallest(
            count,
            candidates.get(stratum, ()),
            key=lambda unit: order_key(seed, unit, start=design.start),
        )
        if len(ranked) < count:
            msg = f"{len(ranked)} candidates where {count} are needed"
            raise ValueError(msg)
        size, population = sizes[stratum], counted.populations[stratum]
        numbered = _numbered(ranked, stratum, Fraction(size, population), seed=seed)
        drawn += numbered[:size]
        reserves += numbered[size:]
    return Sample(
        frame_digest=counted.digest,
        strata=tuple(
            StratumDraw(name=s, population=counted.populations[s], drawn=n)
            for s, n in sizes.items()
        ),
        drawn=tuple(drawn),
        reserves=tuple(reserves),
    )


def _numbered(
    ranked: Sequence[str], stratum: str, probability: Fraction, *, seed: str
) -> list[Drawn]:
    return [
        Drawn(
            unit=unit,
            stratum=stratum,
            prn=prn(seed, unit),
            rank=rank,
            probability=probability,
        )
        for rank, unit in enumerate(ranked, start=1)
    ]
