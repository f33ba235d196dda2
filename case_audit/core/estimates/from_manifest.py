"""What the record of a draw says of the chances of its units."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.estimates.weighted import Chance, Weighting
from case_audit.core.sample.replacement import REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.sample.manifest import Manifest


def is_weighted(manifest: Manifest) -> bool:
    """Whether the cases of a draw had chances that strata do not tell."""
    design = manifest.design
    return design.at_most is not None or design.kind in {"pps", "cluster"}


def weighting_of(manifest: Manifest, numbers: Mapping[str, int]) -> Weighting | None:
    """Return how the units of a round are weighted.

    Args:
        manifest: The record of the draw.
        numbers: The number in the round of each unit, reserves in use included.

    Returns:
        ``None`` for designs whose strata tell everything: simple, stratified,
        and systematic, which is taken to be like them.
    """
    design, plain = manifest.design, manifest.plain
    if not is_weighted(manifest):
        return None
    clustered = design.kind == "cluster"
    # Those taken out of the round for good have no number in it any more.
    gone = {unit: -place for place, unit in enumerate(_out_of_scope(manifest), start=1)}
    known = {**numbers, **gone}
    chances = {
        known[entry["unit"]]: Chance(
            probability=Fraction(entry["probability"]),
            stratum=entry["stratum"],
            cluster=entry["aid"] if clustered else "",
        )
        for entry in (*plain["drawn"], *plain["reserves"])
        if entry["unit"] in known
    }
    return Weighting(
        kind="cluster" if clustered else "pps" if design.kind == "pps" else "capped",
        population=sum(s["population"] for s in plain["strata"]),
        chances=chances,
        outside=frozenset(gone.values()),
        drawn={s["name"]: s["drawn"] for s in plain["strata"]},
        second={
            s["name"]: Fraction(s["drawn"], s["kept"])
            for s in plain["strata"]
            if s.get("kept")
        },
        clusters_in_all=plain.get("clusters_in_all", 0),
        cluster_sizes={c["name"]: c["population"] for c in plain.get("clusters", ())},
    )


def _out_of_scope(manifest: Manifest) -> list[str]:
    """Return the units that the list should not have held, in order."""
    means = {reason.key: reason.means for reason in REASONS}
    return [
        entry["out"]
        for entry in manifest.plain["replacements"]
        if means[entry["reason"]] == "out of scope"
    ]
