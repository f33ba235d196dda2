"""How often intervals of agreement cover the truth, on invented pairs of graders.

Run: ``python benchmarks/coverage_agreement.py --draws 400 --seed 20261129``.
Prints the Markdown table of ``docs/agreement.md``.
"""

from __future__ import annotations

import argparse
from itertools import product
from random import Random

from case_audit.core.moderation.agreement import agreement
from case_audit.core.moderation.ratings import Rating

SPREAD = (0.15, 0.40, 0.30, 0.15)
ONE = (0.03, 0.87, 0.08, 0.02)
"""How common each of four grades is, where they are spread and where one prevails."""
LARGE = 4_000
"""Cases from which the truth is taken."""

NAMES = ("exact", "alpha_ordinal", "ac2", "kappa_quadratic", "shift")


def table(common: tuple[float, ...], *, same: float) -> list[float]:
    """Return the chance of every pair of grades; others are a step apart."""
    cells = dict.fromkeys(product(range(4), repeat=2), 0.0)
    for grade, part in enumerate(common):
        cells[grade, grade] += part * same
        near = [k for k in (grade - 1, grade + 1) if 0 <= k < 4]
        for k in near:
            cells[grade, k] += part * (1 - same) / len(near)
    return list(cells.values())


def rated(pairs: list[tuple[int, int]]) -> list[Rating]:
    """Return pairs as ratings."""
    return [
        Rating(unit=str(n), rater=rater, grade=grade)
        for n, pair in enumerate(pairs)
        for rater, grade in zip("AB", pair, strict=True)
    ]


def row(name: str, chances: list[float], n: int, **more: int) -> str:
    """Simulate a size and return its line of the table."""
    random = Random(f"{more['seed']}:{name}:{n}")
    cells = [(one, other) for one in range(4) for other in range(4)]
    whole = [
        pair
        for pair, part in zip(cells, chances, strict=True)
        for _ in range(round(part * LARGE))
    ]
    truth = agreement(rated(whole), grades=4, replicates=1)
    covered = dict.fromkeys(NAMES, 0)
    given = dict.fromkeys(NAMES, 0)
    draws = more["draws"]
    for _ in range(draws):
        found = agreement(
            rated(random.choices(cells, chances, k=n)),
            grades=4,
            replicates=more["replicates"],
        )
        for key in NAMES:
            one, true = getattr(found, key), getattr(truth, key).value
            if one.lower is not None:
                given[key] += 1
                covered[key] += one.lower <= true <= one.upper
    shown = [
        f"{covered[key] / given[key]:.3f}"
        + (f" ({given[key] / draws:.0%})" if given[key] < draws else "")
        for key in NAMES
    ]
    return f"| {name}, {n} cases | {' | '.join(shown)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=400)
    parser.add_argument("--replicates", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=20261129)
    given = parser.parse_args()
    print(f"{given.draws} draws, {given.replicates} resamples, seed {given.seed}.\n")
    print("| graders | same grade | alpha | AC2 | kappa | shift |")
    print("|---|---|---|---|---|---|")
    for name, common, same in (
        ("grades spread, 70% the same", SPREAD, 0.7),
        ("one grade prevails, 88% the same", ONE, 0.88),
    ):
        for n in (12, 30, 60):
            chances = table(common, same=same)
            more = vars(given)
            print(row(name, chances, n, **more), flush=True)


if __name__ == "__main__":
    main()
