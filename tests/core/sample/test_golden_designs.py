"""A draw of every design made once: no later version may draw anything else."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import naive_draw as naive
import pytest

from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.manifest_design import design_from, plain_design
from case_audit.core.sample.model import ALGORITHMS, CAPPED

GOLDEN = json.loads(
    (Path(__file__).parents[2] / "golden" / "designs.json").read_text("utf-8")
)
DRAWS: dict[str, Any] = GOLDEN["draws"]
SEED: str = GOLDEN["seed"]


@pytest.mark.parametrize("drawn", DRAWS.values(), ids=DRAWS)
def test_the_draw_is_kept(drawn: Any) -> None:  # noqa: ANN401
    design = design_from(drawn["design"])

    sample = draw_sample(map(tuple, drawn["lines"]), design=design, seed=SEED)

    assert plain_design(design) == drawn["design"]
    assert design.algorithm == drawn["algorithm"]
    assert sample.frame_digest == drawn["frame_digest"]
    assert [[s.name, s.population, s.drawn, s.kept] for s in sample.strata] == drawn[
        "strata"
    ]
    assert [
        [c.name, c.population, c.drawn, c.prn, c.rank, c.reserve]
        for c in sample.clusters
    ] == drawn["clusters"]
    for part in ("drawn", "reserves"):
        assert [
            [d.unit, d.stratum, d.prn, d.rank, str(d.probability)]
            for d in getattr(sample, part)
        ] == drawn[part]


def test_every_algorithm_has_a_kept_draw() -> None:
    kept = {drawn["algorithm"] for drawn in DRAWS.values()}

    assert kept == {*ALGORITHMS.values(), CAPPED}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("systematic", lambda lines: naive.systematic(lines, 11, SEED)),
        ("pps", lambda lines: naive.pps(lines, 11, SEED)),
        ("cluster, all", lambda lines: naive.cluster(lines, 2, 0, SEED)),
        ("cluster, some", lambda lines: naive.cluster(lines, 4, 3, SEED)),
        ("capped", lambda lines: naive.capped(lines, 2, 9, SEED)),
    ],
)
def test_the_kept_draw_is_that_of_the_plain_description(
    name: str,
    found: Any,  # noqa: ANN401
) -> None:
    drawn = DRAWS[name]

    assert found([tuple(line) for line in drawn["lines"]]) == [
        (unit, Fraction(chance)) for unit, _, _, _, chance in drawn["drawn"]
    ]
