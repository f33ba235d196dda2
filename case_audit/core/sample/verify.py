"""Draw again from the frame and say where a manifest differs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.manifest import plain_drawn
from case_audit.core.sample.numbers import seed_from
from case_audit.errors import CaseAuditError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from case_audit.core.sample.manifest import Manifest


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


def differences(
    manifest: Manifest, rows: Iterable[tuple[str, str]]
) -> tuple[Difference, ...]:
    """Draw again and compare.

    Args:
        manifest: What is claimed.
        rows: Unit and stratum of each unit of the frame that was drawn from.

    Returns:
        Every difference in the order of the manifest, none where it is true.
        Where the frame itself differs that comes first, and alone: nothing
        drawn from another frame can be compared.
    """
    frame = list(rows)
    seed = tuple(_seed(manifest))
    try:
        sample = draw_sample(frame, design=manifest.design, seed=manifest.seed)
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
    plain = manifest.plain
    found = [
        *seed,
        *_compare("frame, units", [plain["frame"].get("units")], [sample.population]),
        *_compare(
            "strata",
            [_line(s) for s in plain["strata"]],
            [
                f"{s.name} {s.population} {s.drawn} {s.inclusion_probability}"
                for s in sample.strata
            ],
        ),
    ]
    for part, derived in (("drawn", sample.drawn), ("reserves", sample.reserves)):
        claimed = [_line(entry) for entry in plain[part]]
        found += _compare(part, claimed, [_line(plain_drawn(d)) for d in derived])
    return tuple(found)


def _seed(manifest: Manifest) -> Iterator[Difference]:
    """Make the seed again from the randomness on record."""
    plain = manifest.plain
    randomness = str(plain.get("seed_randomness", ""))
    if randomness:
        label = str(plain.get("round_label", ""))
        try:
            made = seed_from(randomness, round_label=label)
        except ValueError:
            made = "nothing: the randomness on record is no text"
        yield from _compare("seed", [manifest.seed], [made])
    elif plain.get("seed_mode") == "public":
        yield Difference(
            where="seed_mode", manifest="public", derived="no randomness on record"
        )


RECORD = (
    *("seed_mode", "seed_source", "seed_randomness", "round_label", "draw_number"),
    *("cohort", "frame", "design", "exclusions", "replacements"),
    *("created_utc", "version"),
)
"""What is on record of a draw beside what can be drawn again."""


def record_differences(manifest: Manifest, kept: Manifest) -> tuple[Difference, ...]:
    """Compare what cannot be drawn again with the manifest that was kept.

    Args:
        manifest: What is claimed.
        kept: The manifest of the round, from the database.
    """
    return tuple(
        Difference(
            where=f"record, {key}",
            manifest=json.dumps(manifest.plain.get(key), sort_keys=True),
            derived=json.dumps(kept.plain.get(key), sort_keys=True),
        )
        for key in RECORD
        if manifest.plain.get(key) != kept.plain.get(key)
    )


def _line(entry: dict[str, object]) -> str:
    keys = ("unit", "stratum", "prn", "rank")
    if "population" in entry:
        keys = ("name", "population", "drawn", "inclusion_probability")
    return " ".join(str(entry.get(key, "-")) for key in keys)


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
