"""What ``case-audit draw`` says of a sample."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from case_audit.cli.common import again, say_table, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from case_audit.core.sample.model import Design, Drawn
    from case_audit.services.sample import DrawnRound


def show_drawn(drawn: DrawnRound) -> None:
    """Print the drawn cases as a table, and say how each stratum was drawn."""
    design = drawn.design
    heads = ("case", "unit", "stratum", *_heads(design))
    rows = [
        (str(number), unit.unit, unit.stratum, *_cells(unit, design))
        for number, unit in enumerate(drawn.sample.drawn, start=1)
    ]
    say_table(heads, rows)
    tell("")
    for line in _strata(drawn):
        tell(line)
    for line in notes(drawn):
        tell(line)


def _heads(design: Design) -> tuple[str, ...]:
    if not design.with_aid:
        return ()
    if design.kind == "systematic":
        return ("sorted by",) if design.order else ()
    what = design.at_most[0] if design.at_most else design.measure or design.by
    return (what, "probability")


def _cells(unit: Drawn, design: Design) -> tuple[str, ...]:
    from case_audit.core.sample.lines import as_typed

    aid = as_typed(unit.aid) if design.kind == "systematic" else unit.aid
    return tuple((aid, f"{float(unit.probability):.6f}")[: len(_heads(design))])


def _strata(drawn: DrawnRound) -> Iterator[str]:
    design, sample = drawn.design, drawn.sample
    if design.kind == "cluster":
        for one in sample.clusters:
            if not one.reserve:
                yield f"{one.name}: {one.drawn} of {one.population} drawn"
        taken = sum(not one.reserve for one in sample.clusters)
        yield f"{taken} of {sample.clusters_in_all} clusters (by {design.by}) drawn"
        return
    for stratum in sample.strata:
        counts = f"{stratum.name}: {stratum.drawn} of {stratum.population} drawn"
        if stratum.kept is not None:
            counts += f", from {stratum.kept} left by the cap"
        elif design.kind in {"simple", "stratified", "systematic"}:
            chance = float(stratum.inclusion_probability)
            counts += f", each with probability {chance:.3f}"
        yield counts


def notes(drawn: DrawnRound) -> Iterator[str]:
    """Yield what has to be known of a sample of its design."""
    design, sample = drawn.design, drawn.sample
    for reason, count in drawn.left_out.items():
        yield f"Left out before the draw, {reason}: {count}"
    given = {name for name, _ in design.expected}
    if design.allocation == "neyman":
        half = [s.name for s in sample.strata if s.name not in given]
        which = f"for: {', '.join(half)}" if given else "for every stratum"
        if half:
            yield f"No share was given, so 1/2 was expected, {which}"
    empty = [s.name for s in sample.strata if not s.drawn and design.kind != "cluster"]
    if empty:
        yield f"Nothing can be said of strata of which none is drawn: {len(empty)}"
    if design.kind == "systematic":
        yield "A systematic sample cannot be extended later: a larger one is another."
    elif design.kind == "pps":
        yield (
            "The probabilities are targets; the method comes near them, and nearer the "
            "larger the sample."
        )
    elif design.kind == "cluster":
        yield (
            "Cases of one cluster are alike, so this says less than as many cases drawn "
            "singly: what it says rests on the number of clusters."
        )
    elif design.kind == "targeted":
        yield (
            "These cases were picked for their risks, not by chance: they show what "
            "happened in them and say nothing of other cases."
        )


def next_step(drawn: DrawnRound, out: Path | None) -> None:
    """Say what was drawn in all, where the record is, and what to do next."""
    from case_audit.core.sample.claim import claim

    sample, design = drawn.sample, drawn.design
    how = ""
    if len(sample.strata) > 1 and design.strata:
        how = f", {design.allocation} allocation"
    spares = len(sample.reserves)
    spare = f"{spares} {'reserve' if spares == 1 else 'reserves'} in order"
    tell(
        f'{len(sample.drawn)} of {sample.population} cases drawn for "{drawn.name}"'
        f"{how}, with {spare}."
    )
    tell(f"Frame digest {sample.frame_digest}")
    if design.kind != "targeted":  # of those, the notes say as much
        tell(claim(json.loads(drawn.manifest)).sentence)
    if not drawn.kept:
        tell("Nothing was kept: this was a dry run.")
        return
    manifest = out or "MANIFEST"
    if out is None:
        tell(
            "Manifest: "
            + again(f'case-audit round show "{drawn.name}" --manifest')
            + " > manifest.json"
        )
    check, audit = again(f"case-audit verify {manifest}"), again("case-audit audit")
    tell(f"Check it: {check}. Next: {audit}")
