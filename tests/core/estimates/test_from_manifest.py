"""The chances of a round, as the record of its draw has them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from case_audit.core.estimates.from_manifest import weighting_of
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.manifest import Origin, read_manifest, write_manifest
from case_audit.core.sample.model import Design
from case_audit.core.sample.replacement import REASONS
from case_audit.core.sample.rows import FrameLine

ROWS = [FrameLine(f"U{i:02}", "all", str(1 + i % 3)) for i in range(24)]


def drawn(**how: Any) -> tuple[Any, dict[str, int]]:  # noqa: ANN401
    """The manifest of a draw, and the number of each drawn unit."""
    design = Design(**({"size": 6, "minimum": 0} | how))
    seed = "a" * 64
    sample = draw_sample(ROWS, design=design, seed=seed)
    origin = Origin(
        seed=seed,
        seed_mode="given",
        seed_source="",
        seed_randomness="",
        round_label="New",
        draw_number=1,
        cohort="cp",
        as_at="2026-03-31",
        sources=(),
        exclusions=(),
        created_utc="2026-04-01T00:00:00Z",
        version="0",
    )
    manifest = read_manifest(write_manifest(sample, design=design, origin=origin))
    return manifest, {d.unit: n for n, d in enumerate(sample.drawn, start=1)}


@pytest.mark.parametrize(
    "how", [{"kind": "simple"}, {"kind": "systematic", "order": ("age",)}]
)
def test_strata_tell_everything_of_equal_chances(how: dict[str, Any]) -> None:
    assert weighting_of(*drawn(**how)) is None


def test_chances_by_size_add_up_to_the_sample() -> None:
    """48 in all, 6 drawn: a unit of size x has the chance x / 8."""
    weighting = weighting_of(*drawn(kind="pps", measure="plans"))

    assert weighting is not None
    assert (weighting.kind, weighting.population) == ("pps", 24)
    assert len(weighting.chances) == 6
    assert {c.probability for c in weighting.chances.values()} <= {
        Fraction(x, 8) for x in (1, 2, 3)
    }


def test_clusters_have_their_sizes() -> None:
    """2 of 3 clusters of 8, 2 of each."""
    weighting = weighting_of(
        *drawn(kind="cluster", size=0, by="worker", clusters=2, per_cluster=2)
    )

    assert weighting is not None
    assert weighting.clusters_in_all == 3
    assert len(weighting.used) == 2
    assert set(weighting.cluster_sizes.values()) == {8}
    assert {c.probability for c in weighting.chances.values()} == {Fraction(1, 6)}


def test_capped_groups_have_two_phases() -> None:
    """5 of each group of 8 are kept, 6 of the 15 drawn."""
    weighting = weighting_of(*drawn(kind="simple", at_most=("worker", 5)))

    assert weighting is not None
    assert weighting.kind == "capped"
    assert weighting.second == {"all": Fraction(6, 15)}
    assert {c.probability for c in weighting.chances.values()} == {Fraction(1, 4)}


def test_units_out_of_scope_stay_in_the_sample() -> None:
    """They were drawn, and nothing applies to them; the reserve counts as drawn."""
    manifest, numbers = drawn(kind="pps", measure="plans")
    out, spare = manifest.plain["drawn"][0]["unit"], manifest.plain["reserves"][0]
    reason = next(r.key for r in REASONS if r.means == "out of scope")
    manifest.plain["replacements"].append(
        {"out": out, "in": spare["unit"], "reason": reason}
    )
    numbers = {**numbers, spare["unit"]: 7}

    weighting = weighting_of(manifest, numbers)

    assert weighting is not None
    assert weighting.outside == {-1}
    assert set(weighting.chances) == {-1, 2, 3, 4, 5, 6, 7}
