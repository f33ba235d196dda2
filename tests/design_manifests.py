"""A true manifest of every design."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from builders import SEED
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.manifest import Origin, write_manifest
from case_audit.core.sample.model import Design
from case_audit.core.sample.rows import CERTAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.sample.rows import Row

Case = tuple[dict[str, Any], "Sequence[Row]"]

TEAMS = [(f"C{i:02}", f"Team {i % 3}") for i in range(18)]
AIDED = [(unit, "all", str(1 + i * i % 5)) for i, (unit, _) in enumerate(TEAMS)]
KNOWN: Any = {"minimum": 1, "reserves": 2}
STRATA: Any = {"kind": "stratified", "strata": ("team",), "size": 7, **KNOWN}
DESIGNS: dict[str, tuple[Sequence[Row], Design]] = {
    "simple": (TEAMS, Design(kind="simple", size=4, minimum=0)),
    "equal": (TEAMS, Design(**STRATA, allocation="equal")),
    "quota": (
        TEAMS,
        Design(**STRATA, allocation="quota", quotas=(("Team 0", 4),)),
    ),
    "neyman": (
        TEAMS,
        Design(**STRATA, allocation="neyman", expected=(("Team 1", Fraction(1, 10)),)),
    ),
    "certain": (
        [("C99", CERTAIN), *TEAMS],
        Design(**STRATA, certain="age >= 16", only="age >= 3"),
    ),
    "systematic": (
        AIDED,
        Design(kind="systematic", size=4, order=("age", "team"), **KNOWN),
    ),
    "pps": (AIDED, Design(kind="pps", size=6, measure="risks+1", **KNOWN)),
    "cluster": (
        AIDED,
        Design(kind="cluster", size=0, by="w", clusters=2, per_cluster=2, **KNOWN),
    ),
    "capped": (AIDED, Design(kind="simple", size=2, at_most=("worker", 1), **KNOWN)),
    "targeted": (
        TEAMS,
        Design(**(STRATA | {"kind": "targeted", "strata": (), "targeted": "age >= 3"})),
    ),
}


def a_manifest(rows: Sequence[Row], design: Design) -> dict[str, Any]:
    origin = Origin(
        seed=SEED,
        seed_mode="given",
        seed_source="typed in",
        seed_randomness="",
        round_label="Spring",
        draw_number=1,
        cohort="cp",
        as_at="2026-03-31",
        sources=(("a.xlsx", "0" * 64),),
        exclusions=(("mine", ("C77",)),),
        created_utc="2026-04-01T09:00:00Z",
        version="0.1.0",
        filtered=(("does not meet: age >= 3", 5),) if design.only else (),
    )
    sample = draw_sample(rows, design=design, seed=SEED)
    plain: dict[str, Any] = json.loads(
        write_manifest(sample, design=design, origin=origin)
    )
    return plain
