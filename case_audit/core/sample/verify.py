"""Draw again from the frame and say where a manifest differs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from case_audit.core.sample.claim import seed_problems
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.extension import wrong_extensions
from case_audit.core.sample.manifest import (
    plain_cluster,
    plain_drawn,
    plain_stratum,
)
from case_audit.core.sample.numbers import seed_from
from case_audit.core.sample.replacement import out_of_order
from case_audit.errors import CaseAuditError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from case_audit.core.sample.manifest import Manifest
    from case_audit.core.sample.model import Sample
    from case_audit.core.sample.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where a manifest and the draw that was made again part.

    Attributes:
        where: The place in the manifest, for example ``"drawn, line 3"``.
        manifest: What the manifest says there.
        derived: What the frame, the design and the seed give.
    """

    where: str
    manifest: str
    derived: str


def differences(manifest: Manifest, rows: Iterable[Row]) -> tuple[Difference, ...]:
    """Draw again and compare.

    Args:
        manifest: What is claimed.
        rows: The lines of the frame that was drawn from: unit, stratum and, where
            the design needs it, the aid.

    Returns:
        Every difference in the order of the manifest, none where it is true.
        Where the frame itself differs that comes first, and alone: nothing
        drawn from another frame can be compared.
    """
    frame, design = list(rows), manifest.design
    seed = tuple(_seed(manifest))
    if design.with_aid and frame and all(len(row) == WITHOUT_AID for row in frame):
        needed = Difference(
            where="frame, third column",
            manifest=f"a {design.kind} design, which needs one",
            derived="lines of two columns",
        )
        return (*seed, needed)
    try:
        sample = draw_sample(frame, design=design, seed=manifest.seed)
    except (CaseAuditError, ValueError) as error:
        impossible = Difference(where="design", manifest="a sample", derived=str(error))
        return (*seed, impossible)
    if sample.frame_digest != manifest.frame_digest:
        return (
            *seed,
            Difference(
                where="frame, digest",
                manifest=manifest.frame_digest,
                derived=sample.frame_digest,
            ),
        )
    afterwards = _afterwards(manifest, frame)
    return (*seed, *_sample_differences(manifest, sample), *afterwards)


WITHOUT_AID = 2
"""Columns of a line without an aid."""


def _sample_differences(manifest: Manifest, sample: Sample) -> Iterator[Difference]:
    plain, design = manifest.plain, manifest.design
    yield from _counts(plain["exclusions"])
    yield from _compare(
        "frame, units", [plain["frame"].get("units")], [sample.population]
    )
    derived: list[tuple[str, list[dict[str, object]]]] = [
        ("strata", [plain_stratum(s, design) for s in sample.strata]),
        ("drawn", [plain_drawn(d, design) for d in sample.drawn]),
        ("reserves", [plain_drawn(d, design) for d in sample.reserves]),
    ]
    if design.kind == "cluster":
        yield from _compare(
            "clusters_in_all", [plain["clusters_in_all"]], [sample.clusters_in_all]
        )
        derived.insert(0, ("clusters", [plain_cluster(c) for c in sample.clusters]))
    for part, entries in derived:
        yield from _entries(part, plain[part], entries)


def _counts(entries: list[dict[str, Any]]) -> Iterator[Difference]:
    """Compare the counts of exclusions with the units they name."""
    for number, entry in enumerate(entries, start=1):
        named = len(set(entry["units"]))
        if named and entry.get("count") != named:
            yield Difference(
                where=f"exclusions, line {number}, count",
                manifest=str(entry.get("count")),
                derived=str(named),
            )


def filter_differences(
    manifest: Manifest, counted: Mapping[str, int]
) -> Iterator[Difference]:
    """Compare how many units the design's conditions leave out.

    Args:
        manifest: What is claimed.
        counted: What the conditions leave out of the whole frame, by rule.
    """
    claimed = {
        str(entry.get("rule")): entry.get("count")
        for entry in manifest.plain["exclusions"]
    }
    for rule, count in counted.items():
        if claimed.get(rule) != count:
            yield Difference(
                where=f"exclusions, {rule}",
                manifest=str(claimed.get(rule, "nothing")),
                derived=str(count),
            )


def _afterwards(manifest: Manifest, frame: Sequence[Row]) -> Iterator[Difference]:
    """Check what happened to the round after its draw."""
    plain = manifest.plain
    for place, claimed, derived in out_of_order(plain):
        where = f"replacements, line {place}"
        yield Difference(where=where, manifest=claimed, derived=derived)
    for place, claimed, derived in wrong_extensions(manifest, frame):
        where = f"extensions, line {place}"
        yield Difference(where=where, manifest=claimed, derived=derived)


def _seed(manifest: Manifest) -> Iterator[Difference]:
    """Make the seed again from the randomness on record."""
    plain = manifest.plain
    for where, claimed, made in seed_problems(plain):
        yield Difference(where=where, manifest=claimed, derived=made)
    randomness = str(plain.get("seed_randomness", ""))
    if randomness:
        label = str(plain.get("round_label", ""))
        try:
            made = seed_from(randomness, round_label=label)
        except ValueError:
            made = "nothing: the randomness on record is no text"
        yield from _compare("seed", [manifest.seed], [made])
    elif plain.get("seed_mode") in ("public", "two_party"):
        yield Difference(
            where="seed_mode",
            manifest=str(plain["seed_mode"]),
            derived="no randomness on record",
        )


RECORD = (
    *("seed_mode", "seed_source", "seed_randomness", "round_label", "draw_number"),
    *("cohort", "frame", "design", "exclusions", "replacements"),
    *("created_utc", "version", "fixed", "seed_made", "coordination"),
    *("redraw_reason", "extensions", "reopened"),
)
"""What is on record of a draw beside what can be drawn again."""


def record_differences(
    manifest: Manifest, kept: Manifest, *, grown: Container[str] = ()
) -> tuple[Difference, ...]:
    """Compare what cannot be drawn again with the manifest that was kept.

    Args:
        manifest: What is claimed.
        kept: The manifest of the round, from the database.
        grown: Parts of which the manifest is known to have the beginning.
    """
    return tuple(
        Difference(
            where=f"record, {key}",
            manifest=json.dumps(manifest.plain.get(key), sort_keys=True),
            derived=json.dumps(kept.plain.get(key), sort_keys=True),
        )
        for key in RECORD
        if key not in grown and manifest.plain.get(key) != kept.plain.get(key)
    )


def _entries(
    part: str, claimed: list[dict[str, Any]], derived: list[dict[str, object]]
) -> Iterator[Difference]:
    """Compare entries key by key: what is shown of them could be the same text."""
    for number in range(max(len(claimed), len(derived))):
        pair = (claimed[number : number + 1], derived[number : number + 1])
        here, there = (json.dumps(one, sort_keys=True) for one in pair)
        if here == there:
            continue
        lines = [_line(part, one[0]) if one else "nothing" for one in pair]
        if lines[0] == lines[1]:
            lines = [here[1:-1], there[1:-1]]
        yield Difference(
            where=f"{part}, line {number + 1}", manifest=lines[0], derived=lines[1]
        )


_UNIT = ("unit", "stratum", "prn", "rank")
_SHOWN: dict[str, tuple[str, ...]] = {
    "clusters": ("name", "population", "drawn", "prn", "rank", "reserve"),
    "strata": ("name", "population", "kept", "drawn", "inclusion_probability"),
    "drawn": (*_UNIT, "probability", "aid"),
    "reserves": (*_UNIT, "probability", "aid"),
}
"""What is shown of an entry, where it has it."""


def _line(part: str, entry: Mapping[str, object]) -> str:
    return " ".join(str(entry[key]) for key in _SHOWN[part] if key in entry)


def _compare(
    where: str, claimed: list[Any], derived: list[Any]
) -> Iterator[Difference]:
    for number in range(max(len(claimed), len(derived))):
        here = str(claimed[number]) if number < len(claimed) else "nothing"
        there = str(derived[number]) if number < len(derived) else "nothing"
        if here != there:
            yield Difference(
                where=f"{where}, line {number + 1}", manifest=here, derived=there
            )
