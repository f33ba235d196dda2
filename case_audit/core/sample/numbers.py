"""Permanent random numbers: a keyed hash of every unit that anyone can redo.

``printf '%s' "$SEED:$UNIT" | sha256sum`` prints the digest; its first sixteen
digits are the number.

Source:
    Permanent random numbers: E. Ohlsson, Coordination of samples using
    permanent random numbers, in *Business Survey Methods*, Wiley 1995.
    Selection by hash: R. L. Rivest, Consistent sampling with replacement,
    arXiv 1808.10016 (2018).
"""

from __future__ import annotations

import re
from hashlib import sha256
from unicodedata import normalize

MODULUS = 2**64
_SEED = re.compile(r"[0-9a-f]{64}")


def is_seed(text: str) -> bool:
    """Whether a text is a seed: 64 lower-case hexadecimal digits."""
    return _SEED.fullmatch(text) is not None


def seed_from(randomness: str, *, round_label: str) -> str:
    """Turn public randomness into a seed.

    SHA-256 of the UTF-8 text ``<randomness>:<round label>``, where white space
    inside the randomness is dropped, so that dice read out in groups and in one
    go give the same seed.

    Args:
        randomness: For example twenty digits of ten-sided dice; not empty.
        round_label: Name of the round, so that one throw serves several.

    Returns:
        64 lower-case hexadecimal digits.

    Raises:
        ValueError: If the randomness is empty.
    """
    canonical = "".join(randomness.split())
    if not canonical:
        msg = "the randomness is empty"
        raise ValueError(msg)
    return sha256(f"{canonical}:{round_label}".encode()).hexdigest()


def digest(seed: str, unit: str) -> bytes:
    """Return SHA-256 of the UTF-8 text ``<seed>:<unit>``, 32 bytes.

    The unit is taken in Unicode normal form C, so that the same letters give
    the same number however a system wrote them down.
    """
    return sha256(f"{seed}:{normalize('NFC', unit)}".encode()).digest()


def prn(seed: str, unit: str) -> int:
    """Return a unit's permanent random number.

    The first 8 bytes, big-endian, of :func:`digest`.

    Args:
        seed: 64 lower-case hexadecimal digits.
        unit: The identifier.

    Returns:
        A whole number from 0 to 2**64 - 1.
    """
    return int.from_bytes(digest(seed, unit)[:8], "big")


def order_key(seed: str, unit: str, *, start: int = 0) -> tuple[int, bytes, str]:
    """Return what units are sorted by: number, then full digest, then text.

    Args:
        seed: 64 lower-case hexadecimal digits.
        unit: The identifier.
        start: Where the circle of numbers is entered, 0 to 2**64 - 1; shifting
            it gives another sample from the same numbers.
    """
    full = digest(seed, unit)
    return (int.from_bytes(full[:8], "big") - start) % MODULUS, full, unit
