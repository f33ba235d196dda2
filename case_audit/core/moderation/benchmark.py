"""Words for a coefficient, that it has earned in spite of its uncertainty."""

from __future__ import annotations

from math import erf, sqrt

BANDS = (
    ("almost perfect", 0.8, 1.0),
    ("substantial", 0.6, 0.8),
    ("moderate", 0.4, 0.6),
    ("fair", 0.2, 0.4),
    ("slight", 0.0, 0.2),
    ("poor", -1.0, 0.0),
)
"""Landis and Koch's bands, best first: word, from, to."""

SURE = 0.95


def band(value: float, error: float) -> str:
    """Return the best band that a coefficient reaches with 95% probability.

    The probability that the true value lies in a band is that of a normal variable
    around ``value`` with standard deviation ``error``, cut off at -1 and 1. They are
    added up from the best band down; the first band at which the sum exceeds 0.95 is
    the answer: "at least ...".

    Args:
        value: The coefficient, -1 to 1.
        error: Its standard error, more than 0.

    Returns:
        A word of :data:`BANDS`.

    Source:
        K. L. Gwet, *Handbook of Inter-Rater Reliability*, 4th ed., 2014, chapter 6
        (probabilistic benchmarking); J. R. Landis and G. G. Koch, Biometrics 33
        (1977) 159-174 for the bands.
    """
    whole = _between(value, error, -1.0, 1.0)
    for word, low, _ in BANDS[:-1]:
        if _between(value, error, low, 1.0) / whole > SURE:
            return word
    return BANDS[-1][0]


def worst(*words: str) -> str:
    """Return the worst of words of :data:`BANDS`, at least one."""
    return max(words, key=_place)


def apart(one: str, other: str) -> int:
    """Return how many bands two words are apart."""
    return abs(_place(one) - _place(other))


def _place(word: str) -> int:
    return [known for known, _, _ in BANDS].index(word)


def _between(value: float, error: float, low: float, high: float) -> float:
    """Return the probability that a normal variable lies between two numbers."""
    root = error * sqrt(2)
    return (erf((high - value) / root) - erf((low - value) / root)) / 2
