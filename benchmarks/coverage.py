"""How often the printed intervals cover the truth, on invented frames.

Run: ``python benchmarks/coverage.py --draws 20000 --seed 20260101``.
Prints the Markdown table of ``docs/statistics.md``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import comb
from random import Random
from typing import TYPE_CHECKING

from case_audit.core.estimates.beta import beta_quantile, t_quantile
from case_audit.core.estimates.hypergeometric import LEVEL
from case_audit.core.estimates.share import estimate
from case_audit.core.estimates.stratified import (
    StratumCount,
    variance,
    weighted_share,
)
from case_audit.errors import NothingAppliesError

if TYPE_CHECKING:
    from collections.abc import Sequence

    Bounds = tuple[float, float]

FIVE = (900, 240, 420, 160, 1300)
ALIKE = (0.55, 0.30, 0.45, 0.60, 0.42)
APART = (0.10, 0.90, 0.90, 0.95, 0.17)
RARE = (0.04,) * 5
MIXED = (0.9, 0.5, 0.3, 0.1, 0.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A frame whose truth is known, and how many units are drawn of it."""

    name: str
    population: tuple[int, ...]
    drawn: tuple[int, ...]
    share: tuple[float, ...]
    applies: tuple[float, ...] = field(default=())

    def asked(self, stratum: int) -> int:
        """Units of a stratum to which the question applies."""
        if not self.applies:
            return self.population[stratum]
        return round(self.population[stratum] * self.applies[stratum])

    def hits(self, stratum: int) -> int:
        """Units of a stratum with the property."""
        return round(self.asked(stratum) * self.share[stratum])

    @property
    def truth(self) -> Fraction:
        """The share that the interval should cover."""
        strata = range(len(self.population))
        return Fraction(sum(map(self.hits, strata)), sum(map(self.asked, strata)))


DESIGNS = (
    Design(name="SRS 30 of 240", population=(240,), drawn=(30,), share=(0.1,)),
    Design(name="SRS 30 of 45", population=(45,), drawn=(30,), share=(0.2,)),
    Design(name="SRS 12 of 120", population=(120,), drawn=(12,), share=(0.6,)),
    Design(
        name="proportional, n = 60",
        population=FIVE,
        drawn=(18, 5, 8, 3, 26),
        share=ALIKE,
    ),
    Design(name="12 each", population=FIVE, drawn=(12,) * 5, share=ALIKE),
    Design(
        name="12 each, strata far apart",
        population=FIVE,
        drawn=(12,) * 5,
        share=APART,
    ),
    Design(name="4 each", population=FIVE, drawn=(4,) * 5, share=ALIKE),
    Design(name="2 each", population=FIVE, drawn=(2,) * 5, share=ALIKE),
    Design(
        name="2 each, strata far apart",
        population=FIVE,
        drawn=(2,) * 5,
        share=APART,
    ),
    Design(name="rare, 12 each", population=FIVE, drawn=(12,) * 5, share=RARE),
    Design(
        name="rare, only in the largest stratum, 12 each",
        population=FIVE,
        drawn=(12,) * 5,
        share=(0, 0, 0, 0, 0.04),
    ),
    Design(
        name="two strata in full",
        population=(200, 120, 60, 6, 3),
        drawn=(16, 10, 5, 6, 3),
        share=(0.5, 0.3, 0.6, 0.5, 1.0),
    ),
    Design(
        name="all but one stratum in full",
        population=(200, 12, 6),
        drawn=(20, 12, 6),
        share=(0.4, 0.5, 0.5),
    ),
    Design(
        name="one stratum with a single unit drawn",
        population=(200, 120, 60, 20),
        drawn=(16, 10, 5, 1),
        share=(0.5, 0.3, 0.6, 0.5),
    ),
    Design(
        name="SRS 30 of 240, applies to 60%",
        population=(240,),
        drawn=(30,),
        share=(0.6,),
        applies=(0.6,),
    ),
    Design(
        name="SRS 30 of 45, applies to 60%",
        population=(45,),
        drawn=(30,),
        share=(0.2,),
        applies=(0.6,),
    ),
    Design(
        name="12 each, applies to 10-90%",
        population=FIVE,
        drawn=(12,) * 5,
        share=ALIKE,
        applies=MIXED,
    ),
    Design(
        name="12 each, applies to 10-90%, rare",
        population=FIVE,
        drawn=(12,) * 5,
        share=RARE,
        applies=MIXED,
    ),
    Design(
        name="12 each, applies to 10-90%, far apart",
        population=FIVE,
        drawn=(12,) * 5,
        share=APART,
        applies=MIXED,
    ),
)


@cache
def _ways(size: int, having: int, drawn: int) -> tuple[range, list[int]]:
    """Return the possible hits in a sample and their cumulative weights."""
    possible = range(max(0, drawn - size + having), min(drawn, having) + 1)
    weights = (comb(having, k) * comb(size - having, drawn - k) for k in possible)
    return possible, list(accumulate(weights))


def _hypergeometric(random: Random, *, size: int, having: int, drawn: int) -> int:
    """Draw a number of hits."""
    possible, weights = _ways(size, having, drawn)
    return random.choices(possible, cum_weights=weights)[0]


def _sample(design: Design, random: Random) -> tuple[StratumCount, ...]:
    """Draw one stratified sample."""
    counts = []
    for stratum, (size, drawn) in enumerate(
        zip(design.population, design.drawn, strict=True)
    ):
        asked = _hypergeometric(
            random, size=size, having=design.asked(stratum), drawn=drawn
        )
        hits = _hypergeometric(
            random,
            size=design.asked(stratum),
            having=design.hits(stratum),
            drawn=asked,
        )
        counts.append(
            StratumCount(
                stratum=str(stratum),
                population=size,
                sampled=drawn,
                hits=hits,
                outside=drawn - asked,
            )
        )
    return tuple(counts)


def _ours(strata: Sequence[StratumCount]) -> Bounds:
    """Return the interval that is printed."""
    share = estimate(strata)
    return float(share.lower), float(share.upper)


def _uncapped(strata: Sequence[StratumCount]) -> Bounds:
    """Return Korn and Graubard's interval without cap or exact bounds.

    Clopper and Pearson's for the number audited where nothing or all was found.
    """
    n = sum(s.asked for s in strata)
    df = n - sum(1 for s in strata if s.asked)
    share, spread = weighted_share(strata), variance(strata)
    p = float(share)
    if not 0 < share < 1:
        size = float(n)
    elif spread == 0:
        return p, p
    elif df == 0:
        return 0.0, 1.0
    else:
        ratio = t_quantile(0.025, n - 1) / t_quantile(0.025, df)
        size = float(share * (1 - share) / spread) * ratio**2
    lower = beta_quantile(0.025, size * p, size * (1 - p) + 1) if p else 0.0
    upper = 1 - beta_quantile(0.025, size * (1 - p), size * p + 1) if p < 1 else 1.0
    return lower, upper


def _row(design: Design, *, draws: int, seed: int) -> str:
    """Simulate a design and return its line of the table."""
    random = Random(f"{seed}:{design.name}")
    truth = float(design.truth)
    below = above = plain = 0
    width = 0.0
    seen: Counter[tuple[StratumCount, ...]] = Counter(
        _sample(design, random) for _ in range(draws)
    )
    for strata, times in seen.items():
        try:
            lower, upper = _ours(strata)
        except NothingAppliesError:
            lower, upper = 0.0, 1.0
        below += times * (truth < lower - 1e-12)
        above += times * (truth > upper + 1e-12)
        width += times * (upper - lower)
        low, high = _uncapped(strata) if any(s.asked for s in strata) else (0.0, 1.0)
        plain += times * (low <= truth <= high)
    covered = 1 - (below + above) / draws
    cells = [
        design.name,
        f"{truth:.3f}",
        f"{covered:.3f}",
        f"{below / draws:.3f}",
        f"{above / draws:.3f}",
        f"{width / draws:.3f}",
        f"{plain / draws:.3f}",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=20260101)
    options = parser.parse_args()
    print(f"Level {float(LEVEL)}, {options.draws} draws, seed {options.seed}.\n")
    print(
        "| design | true share | covered | truth below | truth above "
        "| mean width | uncapped covers |"
    )
    print("|---|---|---|---|---|---|---|")
    for design in DESIGNS:
        print(_row(design, draws=options.draws, seed=options.seed), flush=True)


if __name__ == "__main__":
    main()
