"""How often samples are drawn over 20,000 seeds, for every design.

For each frame the possible samples are listed with their probabilities, worked out
by counting. Chi-square is then compared with its 99.9% point, from R's ``qchisq``.
Whole samples are counted, not single units, so joint inclusion is tested as well.
"""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest

from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.model import Design
from case_audit.core.sample.pps import target_probabilities
from case_audit.core.sample.rows import CERTAIN

SEEDS = 20_000
POINT = {2: 13.815511, 4: 18.466827, 5: 20.515006, 6: 22.457744, 8: 26.124482, 9: 27.877165,
         11: 31.264134, 14: 36.123274}  # fmt: skip
"""The 99.9% points of chi-square by degrees of freedom."""

Samples = dict[frozenset[str], Fraction]


def a_design(kind: Any, size: int, **more: Any) -> Design:  # noqa: ANN401
    return Design(kind=kind, size=size, **({"minimum": 0, "reserves": 0} | more))


def equally(samples: list[frozenset[str]]) -> Samples:
    found: Samples = {}
    for sample in samples:
        found[sample] = found.get(sample, Fraction(0)) + Fraction(1, len(samples))
    return found


def simple() -> tuple[list[Any], Design, Samples]:
    """Two of six: 15 pairs."""
    pairs = [frozenset(pair) for pair in combinations("ABCDEF", 2)]
    return [(u, "all") for u in "ABCDEF"], a_design("simple", 2), equally(pairs)


def stratified() -> tuple[list[Any], Design, Samples]:
    """One of two, and two of four: 2 * 6."""
    rows = [(u, "x") for u in "AB"] + [(u, "y") for u in "CDEF"]
    samples = [
        frozenset({one, *two}) for one in "AB" for two in combinations("CDEF", 2)
    ]
    design = a_design("stratified", 3, strata=("s",), minimum=1)
    return rows, design, equally(samples)


def certain() -> tuple[list[Any], Design, Samples]:
    """A is always in, and two of five with it."""
    rows = [("A", CERTAIN), *((u, "all") for u in "BCDEF")]
    samples = [frozenset({"A", *two}) for two in combinations("BCDEF", 2)]
    return rows, a_design("simple", 3, certain="x"), equally(samples)


def systematic() -> tuple[list[Any], Design, Samples]:
    """Three of seven: r in sevenths gives the seven samples of the circle."""
    rows = [(u, "all", "") for u in "ABCDEFG"]
    samples = []
    for k in range(3 * 7):
        r = Fraction(2 * k + 1, 2 * 3 * 7)
        places = [int((r + j) * 7 / 3) for j in range(3)]
        samples.append(frozenset("ABCDEFG"[at] for at in places))
    return rows, a_design("systematic", 3), equally(samples)


def clusters() -> tuple[list[Any], Design, Samples]:
    """Two of four clusters, at most two units of each: A or B or C, D, E, F."""
    rows = [(u, "all", "x") for u in "ABC"]
    rows += [(u, "all", u) for u in "DEF"]
    taken = {"x": [frozenset(p) for p in combinations("ABC", 2)]}
    taken |= {u: [frozenset(u)] * 3 for u in "DEF"}
    samples = [
        one | other
        for first, second in combinations(taken, 2)
        for one, other in product(taken[first], taken[second])
    ]
    design = a_design("cluster", 0, by="w", clusters=2, per_cluster=2)
    return rows, design, equally(samples)


def capped() -> tuple[list[Any], Design, Samples]:
    """One of A and B, then two of the three that are left; C has no group."""
    rows = [("A", "all", "w"), ("B", "all", "w"), ("C", "all", ""), ("D", "all", "v")]
    samples = [
        frozenset(two) for one in "AB" for two in combinations((one, "C", "D"), 2)
    ]
    return rows, a_design("simple", 2, at_most=("w", 1)), equally(samples)


def by_size() -> tuple[list[Any], Design, Samples]:
    """One of sizes 1, 2 and 3, by integrals of polynomials.

    The chance that u / x of a unit is the smallest is the integral of
    ``x * (1 - y*t) * (1 - z*t)`` over t from 0 to 1/3, y and z being the others.
    """
    x = {"A": 1, "B": 2, "C": 3}
    end = Fraction(1, 3)
    found = {}
    for unit, own in x.items():
        y, z = (size for other, size in x.items() if other != unit)
        found[frozenset(unit)] = own * (end - (y + z) * end**2 / 2 + y * z * end**3 / 3)
    rows = [(u, "all", str(size)) for u, size in x.items()]
    return rows, a_design("pps", 1, measure="x"), found


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", [simple, stratified, certain, systematic, clusters, capped, by_size]
)
def test_samples_come_as_often_as_they_should(case: Any) -> None:  # noqa: ANN401
    """20,000 seeds; a wrong design would be seen at once."""
    rows, design, samples = case()
    seeded = random.Random(20_000)

    times = Counter(
        frozenset(
            d.unit
            for d in draw_sample(
                rows,
                design=design,
                seed=f"{seeded.getrandbits(256):064x}",
                frame_digest="known",
            ).drawn
        )
        for _ in range(SEEDS)
    )

    assert sum(samples.values()) == 1
    assert set(times) <= set(samples)
    statistic = sum(
        (times[sample] - SEEDS * p) ** 2 / (SEEDS * p) for sample, p in samples.items()
    )
    assert float(statistic) < POINT[len(samples) - 1]


@pytest.mark.parametrize(
    "case", [simple, stratified, certain, systematic, clusters, capped]
)
def test_inclusion_probabilities_are_exact(case: Any) -> None:  # noqa: ANN401
    """What a drawn unit carries is the sum over all samples that have it."""
    rows, design, samples = case()
    for seed in (f"{i:064x}" for i in range(60)):
        for drawn in draw_sample(rows, design=design, seed=seed).drawn:
            assert drawn.probability == sum(
                p for sample, p in samples.items() if drawn.unit in sample
            )


@pytest.mark.parametrize(
    "case", [simple, stratified, certain, systematic, clusters, capped]
)
def test_weights_add_up_to_the_frame_on_average(case: Any) -> None:  # noqa: ANN401
    """Exactly so, over every sample that can come."""
    rows, design, samples = case()
    total: dict[frozenset[str], Fraction] = {}
    for seed in (f"{i:064x}" for i in range(3_000)):
        drawn = draw_sample(rows, design=design, seed=seed).drawn
        total[frozenset(d.unit for d in drawn)] = sum(
            (d.weight for d in drawn), start=Fraction(0)
        )
        if len(total) == len(samples):
            break

    assert sum(p * total[sample] for sample, p in samples.items()) == len(rows)


def test_how_far_the_chances_by_size_are_from_their_targets() -> None:
    """The page quotes this: one of sizes 1, 2, 3 is the worst that one meets."""
    _, _, samples = by_size()
    chances = [round(float(p), 3) for p in samples.values()]
    targets = target_probabilities([1, 2, 3], size=1)

    assert chances == [0.130, 0.296, 0.574]
    assert [round(float(p), 3) for p in targets] == [0.167, 0.333, 0.5]
