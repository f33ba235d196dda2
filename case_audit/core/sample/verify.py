"""Draw again from the frame and say where a manifest differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.manifest import plain_drawn
from case_audit.errors import SampleTooLargeError, SampleTooSmallError

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
    try:
        sample = draw_sample(frame, design=manifest.design, seed=manifest.seed)
    except (SampleTooLargeError, SampleTooSmallError, ValueError) as error:
        return (Difference(where="design", manifest="a sample", derived=str(error)),)
    if sample.frame_digest != manifest.frame_digest:
        return (
            Difference(
                where="frame, digest",
                manifest=manifest.frame_digest,
                derived=sample.frame_digest,
            ),
        )
    plain = manifest.plain
    found = [
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
