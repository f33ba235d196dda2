"""Which words a share may be given: a ladder from counts alone to a plain word.

Readers remember "most children", not the interval. So the word is chosen from the
interval and never from the point estimate: it is said only where every share that the
sample leaves possible would be called the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from case_audit.core.estimates.share import CENSUS, FEW, WIDE

if TYPE_CHECKING:
    from case_audit.core.estimates.share import Share

NOTHING: Final = "nothing"
COUNTS: Final = "counts"
INDICATIVE: Final = "indicative"
BETWEEN: Final = "between"
PLAIN: Final = "plain"
KNOWN: Final = "known"

Rung = Literal["nothing", "counts", "indicative", "between", "plain", "known"]

NONE: Final = "none"
ALL: Final = "all"

WORDS: Final = (
    (ALL, Fraction(1)),
    ("almost all", Fraction(95, 100)),
    ("most", Fraction(80, 100)),
    ("many", Fraction(60, 100)),
    ("some", Fraction(30, 100)),
    ("a small number", Fraction(5, 100)),
    ("a very small number", Fraction(0)),
)
"""Each word with the least share it stands for, largest first.

The words are those of inspection reports; Ofsted publishes no table of them, so where
one ends and the next begins is our own choice, printed in the method of each report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What may be said of a share in words.

    Attributes:
        rung: How much may be said. ``nothing``: there is no estimate. ``counts``:
            fewer than ten cases, so only how many of them. ``indicative``: the
            interval is 30 points wide or more, too wide to judge a service by.
            ``between``: two words or more are possible. ``plain``: one word holds for
            the whole interval. ``known``: every case was audited.
        least: The word for the lower bound; empty for ``nothing`` and ``counts``.
        most: The word for the upper bound, the same where one word holds.
    """

    rung: Rung
    least: str = ""
    most: str = ""

    @property
    def words(self) -> str:
        """The claim as a phrase: ``many``, ``some to most``; empty where none is."""
        if self.least == self.most:
            return self.least
        return f"{self.least} to {self.most}"


def claim_of(share: Share | None) -> Claim:
    """Return what may be said of a share.

    Args:
        share: With its interval; ``None`` where no estimate can be made.
    """
    if share is None:
        return Claim(rung=NOTHING)
    if share.method == CENSUS:
        word = _known(share.estimate)
        return Claim(rung=KNOWN, least=word, most=word)
    if share.n < FEW:
        return Claim(rung=COUNTS)
    least, most = _word(share.lower), _word(share.upper)
    if share.upper - share.lower >= WIDE:
        return Claim(rung=INDICATIVE, least=least, most=most)
    rung: Rung = PLAIN if least == most else BETWEEN
    return Claim(rung=rung, least=least, most=most)


def _known(share: Fraction) -> str:
    """Return the word for a share that is no estimate."""
    if share == 0:
        return NONE
    return ALL if share == 1 else _word(share)


def _word(share: Fraction) -> str:
    """Return the word for a bound; a sample never shows that it is all or none."""
    return next(word for word, least in WORDS[1:] if share >= least)
