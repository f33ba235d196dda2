"""Allocations and probabilities against values computed with R."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from case_audit.core.sample.allocation import allocate
from case_audit.core.sample.model import Design
from case_audit.core.sample.pps import size_of, target_probabilities

REFERENCE = json.loads(Path(__file__).with_name("reference.json").read_text("utf-8"))


@pytest.mark.parametrize("case", REFERENCE["probabilities"].values())
def test_probabilities_by_size_are_those_of_r(case: Any) -> None:  # noqa: ANN401
    """To nine digits and more; the package ``sampling`` prints twelve."""
    sizes = [size_of(text) or 0 for text in case["x"]]

    found = target_probabilities(sizes, size=case["size"])

    assert [float(p) for p in found] == pytest.approx(
        case["probabilities"], abs=6e-13, rel=0
    )


def test_weights_are_those_that_another_package_publishes() -> None:
    """Of the R package sps: sizes 1 to 10, 100 and 150, six to draw."""
    sizes = [*range(1, 11), 100, 150]

    weights = [float(1 / p) for p in target_probabilities(sizes, size=6)]

    published = {6: 2.291667, 7: 1.964286, 9: 1.527778, 10: 1.375, 100: 1, 150: 1}
    for size, weight in zip(sizes, weights, strict=True):
        if size in published:
            assert weight == pytest.approx(published[size], abs=5e-7)


@pytest.mark.parametrize("case", REFERENCE["neyman"])
def test_the_optimal_allocation_has_the_smallest_variance(
    case: Any,  # noqa: ANN401
) -> None:
    """Where two allocations are equally good, either is right."""
    populations = {f"s{i}": n for i, n in enumerate(case["populations"])}
    expected = {f"s{i}": Fraction(p) for i, p in enumerate(case["expected"])}
    design = Design(
        kind="stratified",
        strata=("s",),
        size=case["size"],
        minimum=case["minimum"],
        allocation="neyman",
        expected=tuple(expected.items()),
    )

    found = allocate(populations, design)

    variance = sum(
        n**2 * expected[s] * (1 - expected[s]) / found[s]
        for s, n in populations.items()
    )
    assert float(variance) == pytest.approx(case["variance"], rel=1e-12)
    if len(set(case["expected"])) > 1 and len(set(case["populations"])) > 1:
        assert list(found.values()) == case["drawn"]
