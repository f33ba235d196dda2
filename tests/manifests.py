"""A true manifest of a small draw."""

from __future__ import annotations

import json
from typing import Any

from builders import AS_AT, NOW, SEED, units
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.manifest import Origin, write_manifest
from case_audit.core.sample.model import Design
from case_audit.services.sample_lines import stratified_rows

ROWS = stratified_rows(units(30), ("team",), without=frozenset())
DESIGN = Design(kind="stratified", size=9, strata=("team",), minimum=2)


def a_manifest(rows: list[tuple[str, str]] = ROWS) -> dict[str, Any]:
    """A true manifest, as plain values to tamper with."""
    origin = Origin(
        seed=SEED,
        seed_mode="given",
        seed_source="typed in",
        seed_randomness="",
        round_label="Spring",
        draw_number=1,
        cohort="cp",
        as_at=AS_AT.isoformat(),
        sources=(("a.xlsx", "0" * 64),),
        exclusions=(),
        created_utc=NOW.isoformat(),
        version="0.1.0",
    )
    text = write_manifest(
        draw_sample(rows, design=DESIGN, seed=SEED), design=DESIGN, origin=origin
    )
    plain: dict[str, Any] = json.loads(text)
    return plain
