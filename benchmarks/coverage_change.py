"""How often intervals of a change cover it, and how often a run chart cries wolf.

Run: ``python benchmarks/coverage_change.py --draws 4000 --seed 20261129``.
Prints the Markdown tables of ``docs/comparing.md``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product
from math import comb, sqrt
from random import Random
from typing import TYPE_CHECKING

from case_audit.core.estimates.beta import t_quantile
from case_audit.core.estimates.change import change, freedom
from case_audit.core.estimates.paired import Pairs, change_of_pairs
from case_audit.core.estimates.run_chart import Round, run_chart
from case_audit.core.estimates.stratified import StratumCount, variance

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALL = 1e-12
FIVE = (900, 240, 420, 160, 1300)
ALIKE = (0.55, 0.30, 0.45, 0.60, 0.42)
BETTER = (0.70, 0.45, 0.60, 0.75, 0.57)
APART = (0.10, 0.90, 0.90, 0.95, 0.17)
RARE = (0.04,) * 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Two rounds of one frame, whose truth is known."""

    name: str
    drawn: tuple[int, ...]
    first: tuple[float, ...]
    second: tuple[float, ...]


DESIGNS = (
    Design(name="12 each, 15 points up", drawn=(12,) * 5, first=ALIKE, second=BETTER),
    Design(name="12 each, no change", drawn=(12,) * 5, first=ALIKE, second=ALIKE),
    Design(name="4 each, no change", drawn=(4,) * 5, first=ALIKE, second=ALIKE),
    Design(name="2 each, no change", drawn=(2,) * 5, first=ALIKE, second=ALIKE),
    Design(name="12 each, far apart", drawn=(12,) * 5, first=APART, second=APART),
    Design(name="12 each, rare", drawn=(12,) * 5, first=RARE, second=RARE),
)
"""Of the frame :data:`FIVE`."""

FRAMES = ((300, 30), (120, 12), (45, 30), (60, 12), (1000, 60))
"""Cases in a frame and drawn from it, the same in both rounds."""


@cache
def chances(size: int, having: int, drawn: int) -> tuple[float, ...]:
    """Return the chance of every number of hits in a sample."""
    return tuple(
        comb(having, k) * comb(size - having, drawn - k) / comb(size, drawn)
        for k in range(drawn + 1)
    )


def one(size: int, drawn: int, hits: int) -> StratumCount:
    """Return what was found in a simple random sample."""
    return StratumCount(stratum="all", population=size, sampled=drawn, hits=hits)


def exact_row(size: int, drawn: int) -> str:
    """Return the coverage over every sample, for a grid of truths."""
    found = {
        (x, y): change([one(size, drawn, x)], [one(size, drawn, y)])
        for x, y in product(range(drawn + 1), repeat=2)
    }
    bounds = {
        at: (float(c.lower) - SMALL, float(c.upper) + SMALL) for at, c in found.items()
    }
    wrong = {at for at, c in found.items() if c.clear}
    grid = sorted({round(size * step / 20) for step in range(21)})
    covered, alarms = [], []
    for m, k in product(grid, repeat=2):
        p, q = chances(size, m, drawn), chances(size, k, drawn)
        truth = (k - m) / size
        covered.append(
            sum(
                p[x] * q[y]
                for (x, y), (low, high) in bounds.items()
                if low <= truth <= high
            )
        )
        if m == k:
            alarms.append(sum(p[x] * q[y] for x, y in wrong))
    cells = [
        f"{drawn} of {size}",
        f"{sum(covered) / len(covered):.3f}",
        f"{min(covered):.3f}",
        f"{sum(c >= 0.95 for c in covered) / len(covered):.0%}",
        f"{max(alarms):.3f}",
    ]
    return f"| {' | '.join(cells)} |"


def sample(
    random: Random, drawn: Sequence[int], shares: Sequence[float]
) -> tuple[StratumCount, ...]:
    """Draw one stratified sample of :data:`FIVE`."""
    found = []
    for place, (size, n, share) in enumerate(zip(FIVE, drawn, shares, strict=True)):
        weights = list(accumulate(chances(size, round(size * share), n)))
        (hits,) = random.choices(range(n + 1), cum_weights=weights)
        found.append(
            StratumCount(stratum=str(place), population=size, sampled=n, hits=hits)
        )
    return tuple(found)


def simulated_row(design: Design, *, draws: int, seed: int) -> str:
    """Return the coverage of the printed interval and of the textbook's."""
    random = Random(f"{seed}:{design.name}")
    truth = sum(
        round(size * b) - round(size * a)
        for size, a, b in zip(FIVE, design.first, design.second, strict=True)
    ) / sum(FIVE)
    ours = plain = clear = 0
    wide = narrow = 0.0
    seen = Counter(
        (
            sample(random, design.drawn, design.first),
            sample(random, design.drawn, design.second),
        )
        for _ in range(draws)
    )
    for (first, second), times in seen.items():
        found = change(first, second)
        ours += times * (found.lower - SMALL <= truth <= found.upper + SMALL)
        wide += times * float(found.upper - found.lower)
        clear += times * found.clear
        spread = float(variance(first) + variance(second))
        half = t_quantile(0.025, freedom(first) + freedom(second)) * sqrt(spread)
        plain += times * (abs(float(found.difference) - truth) <= half + SMALL)
        narrow += times * 2 * half
    cells = [
        design.name,
        *(f"{n / draws:.3f}" for n in (ours, wide, plain, narrow, clear)),
    ]
    return f"| {' | '.join(cells)} |"


def pairs_row(n: int, *, draws: int, seed: int) -> str:
    """Return the coverage of the interval for cases audited again."""
    random = Random(f"{seed}:pairs:{n}")
    weights = (0.45, 0.25, 0.10, 0.20)
    seen = Counter(
        tuple(Counter(random.choices("binw", weights, k=n))[c] for c in "binw")
        for _ in range(draws)
    )
    covered = clear = 0
    for (both, improved, worsened, neither), times in seen.items():
        found = change_of_pairs(
            Pairs(both=both, improved=improved, worsened=worsened, neither=neither)
        )
        covered += times * (found.lower <= 0.15 <= found.upper)
        clear += times * found.clear
    return f"| {n} cases again, 15 points up | {covered / draws:.3f} | {clear / draws:.3f} |"


def chart_row(size: int, drawn: int, share: float, rounds: int, **more: int) -> str:
    """Return how often a steady practice gives a signal."""
    random = Random(f"{more['seed']}:{size}:{drawn}:{share}:{rounds}")
    found: Counter[str] = Counter()
    for _ in range(more["charts"]):
        for world in ("same", "chance"):
            points = []
            for name in range(rounds):
                having = round(size * share)
                if world == "chance":
                    having = sum(random.random() < share for _ in range(size))
                weights = list(accumulate(chances(size, having, drawn)))
                (hits,) = random.choices(range(drawn + 1), cum_weights=weights)
                points.append(Round(name=str(name), strata=[one(size, drawn, hits)]))
            for finite in (False, True):
                (line,) = run_chart(points, finite=finite)
                signals = {s for p in line.points for s in p.signals}
                found[f"{world} {finite} outside"] += "outside" in signals
                found[f"{world} {finite} any"] += bool(signals)
    names = [
        f"{world} {finite} {what}"
        for world in ("same", "chance")
        for finite in (False, True)
        for what in ("outside", "any")
    ]
    cells = [f"{drawn} of {size}, {share:.0%}, {rounds} rounds"]
    cells += [f"{found[name] / more['charts']:.2f}" for name in names]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=4_000)
    parser.add_argument("--charts", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=20261129)
    given = parser.parse_args()
    print(
        "| both rounds | mean coverage | least | truths at .95 or more | false alarms |"
    )
    print("|---|---|---|---|---|")
    for size, drawn in FRAMES:
        print(exact_row(size, drawn), flush=True)
    print(f"\n{given.draws} draws, seed {given.seed}.\n")
    print("| strata | covered | width | textbook's t covers | width | clear |")
    print("|---|---|---|---|---|---|")
    for design in DESIGNS:
        print(simulated_row(design, draws=given.draws, seed=given.seed), flush=True)
    print("\n| pairs | covered | clear |\n|---|---|---|")
    for n in (12, 30, 60):
        print(pairs_row(n, draws=given.draws, seed=given.seed), flush=True)
    print(f"\n{given.charts} charts, seed {given.seed}.\n")
    print(
        "| steady practice | same frames, outside | any | finite, outside | any "
        "| frames by chance, outside | any | finite, outside | any |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for size, drawn in ((300, 30), (45, 30)):
        for share in (0.6, 0.9):
            for rounds in (12, 20):
                print(
                    chart_row(
                        size,
                        drawn,
                        share,
                        rounds,
                        charts=given.charts,
                        seed=given.seed,
                    ),
                    flush=True,
                )


if __name__ == "__main__":
    main()
