"""Every unit of every design is explained, so that anyone can compute it again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from design_manifests import DESIGNS, KNOWN, a_manifest

from case_audit.core.sample.explain import explain
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.sample.model import Design

if TYPE_CHECKING:
    from design_manifests import Case


@pytest.fixture(params=DESIGNS)
def case(request: pytest.FixtureRequest) -> Case:
    rows, design = DESIGNS[request.param]
    return a_manifest(rows, design), rows


def test_every_unit_is_explained_in_every_design(case: Case) -> None:
    """What is said of it is what the manifest has."""
    plain, rows = case
    manifest = read_manifest(json.dumps(plain))
    drawn = {entry["unit"] for entry in plain["drawn"]}
    spare = {entry["unit"] for entry in plain["reserves"]}

    for unit, *_ in rows:
        text = " ".join(explain(manifest, unit, rows))
        said = "a reserve" in text, "not drawn" in text
        if unit in drawn:
            assert said == (False, False)
        else:
            assert said == (unit in spare, unit not in spare)


def test_the_arithmetic_of_every_design_is_shown() -> None:
    """By hand: the probability of each drawn unit follows from what is printed."""
    shown = {}
    for name in ("systematic", "pps", "cluster", "capped", "certain"):
        rows, design = DESIGNS[name]
        plain = a_manifest(rows, design)
        unit = plain["drawn"][-1]["unit"]
        shown[name] = explain(read_manifest(json.dumps(plain)), unit, rows)

    assert "printf '%s' '" in shown["systematic"][0]
    assert "systematic:all' | sha256sum" in shown["systematic"][0]
    assert "floor((r + 3) * 18 / 4) = " in shown["systematic"][-1]
    assert "Its target is " in shown["pps"][-1]
    assert ":cluster:" in shown["cluster"][0]
    assert "Its probability is 2/3 * 2/" in shown["cluster"][-1]
    assert ":cap:" in shown["capped"][0]
    assert "Its probability is 1/" in shown["capped"][-1]
    assert shown["certain"] == [
        "It meets age >= 16: it had to be included, with probability 1."
    ]


def test_a_unit_large_enough_is_explained_as_certain() -> None:
    rows = [("A", "all", "50"), ("B", "all", "1"), ("C", "all", "1.5")]
    design = Design(kind="pps", size=2, measure="x", **KNOWN)
    manifest = read_manifest(json.dumps(a_manifest(rows, design)))

    assert explain(manifest, "A", rows)[-1] == (
        "It is one of them: drawn, with probability 1."
    )
    assert "/ 2.5, with probability " in explain(manifest, "B", rows)[-1]


def test_a_stratum_that_gives_nothing_is_explained() -> None:
    rows = [("A", "x", "1"), ("B", "y", "1"), ("C", "y", "1")]
    design = Design(
        kind="systematic", strata=("s",), size=1, minimum=0, order=("a",), reserves=0
    )
    manifest = read_manifest(json.dumps(a_manifest(rows, design)))

    assert "none: not drawn" in explain(manifest, "A", rows)[-1]
    with pytest.raises(KeyError):
        explain(manifest, "Z", rows)


def test_a_capped_unit_that_was_not_kept_is_explained() -> None:
    rows = [("A", "all", "w"), ("B", "all", "w"), ("C", "all", "")]
    design = Design(kind="simple", size=1, at_most=("worker", 1), **KNOWN)
    manifest = read_manifest(json.dumps(a_manifest(rows, design)))

    texts = [explain(manifest, unit, rows) for unit in "ABC"]

    assert sum(text[-1] == "What is not kept is not drawn." for text in texts) == 1
    assert "(worker: none)" in " ".join(texts[2])
