"""Further cases for a round: the next ones in the same order."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.manifest import plain_drawn
from case_audit.core.sample.model import BOTTOM_K
from case_audit.core.sample.replacement import in_order, taken
from case_audit.errors import CaseAuditError, NotExtendableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.sample.manifest import Manifest
    from case_audit.core.sample.model import Drawn
    from case_audit.core.sample.rows import Row

KINDS = frozenset({"simple", "stratified"})


def refuse_extension(manifest: Manifest) -> None:
    """Refuse designs whose larger sample does not hold the smaller one.

    Raises:
        NotExtendableError: Says which design it is.
    """
    design = manifest.design
    if design.kind not in KINDS or manifest.plain["algorithm"] != BOTTOM_K:
        reason = (
            f"it is {design.kind}, drawn by {manifest.plain['algorithm']}; only simple "
            "and stratified draws grow and keep what was drawn"
        )
        raise NotExtendableError(reason)


def extended(
    manifest: Manifest, rows: Sequence[Row], *, added: int
) -> tuple[tuple[Drawn, ...], tuple[Drawn, ...]]:
    """Return the next cases of a round, and the reserves after them.

    Every stratum gets what a larger draw gives it more, taken behind all that was
    used: drawn cases, earlier extensions and reserves in the place of others.

    Args:
        manifest: The draw, with its replacements and extensions.
        rows: The frame that was drawn from.
        added: How many cases, at least 1.

    Raises:
        NotExtendableError: If the design cannot grow.
        SampleTooLargeError: If the frame has not that many cases left.
    """
    refuse_extension(manifest)
    plain, design = manifest.plain, manifest.design
    earlier = sum(x["added"] for x in plain.get("extensions", ()))
    used = len(plain["replacements"])
    small = replace(design, size=design.size + earlier)
    large = replace(small, size=small.size + added, reserves=design.reserves + used)
    # One draw large enough for cases, used reserves and further ones.
    grown = draw_sample(rows, design=large, seed=manifest.seed)
    now = Counter(e["stratum"] for e in plain["drawn"])
    for extension in plain.get("extensions", ()):
        now.update(e["stratum"] for e in extension["drawn"])
    known = {e["unit"] for line in in_order(plain).values() for e in line}
    gone = taken(plain) | {e["unit"] for e in plain["drawn"]}
    new: list[Drawn] = []
    spare: list[Drawn] = []
    for stratum in grown.strata:
        line = [
            d
            for d in (*grown.drawn, *grown.reserves)
            if d.stratum == stratum.name and d.unit not in gone
        ]
        more = stratum.drawn - now[stratum.name]
        new += line[:more]
        left = line[more : more + design.reserves]
        spare += [d for d in left if d.unit not in known]
    if len(new) < added:
        reason = "every case of a stratum is used, reserves in the place of others too"
        raise NotExtendableError(reason)
    return tuple(new), tuple(spare)


def wrong_extensions(
    manifest: Manifest, rows: Sequence[Row]
) -> Iterator[tuple[int, str, str]]:
    """Yield every extension that is not what the rule gives.

    Replacements made between two extensions are taken from the record in the order
    of its times.

    Yields:
        Its place in the list from 1, what the manifest says, what should be there.
    """
    plain = manifest.plain
    found: list[dict[str, Any]] = []
    for place, one in enumerate(plain.get("extensions", ()), start=1):
        before = [r for r in plain["replacements"] if r["at"] <= one["at"]]
        then = type(manifest)(plain | {"extensions": found, "replacements": before})
        try:
            new, spare = extended(then, rows, added=one["added"])
        except CaseAuditError as error:
            yield place, f"{one['added']} added", str(error)
            return
        for key, units in (("drawn", new), ("reserves", spare)):
            derived = [plain_drawn(unit, manifest.design) for unit in units]
            if derived != one[key]:
                said, right = _apart(one[key], derived)
                yield place, f"{key}: {said}", right
        found.append(one)


def _apart(*lists: list[dict[str, Any]]) -> Iterator[str]:
    """Show two lists of units so that they differ: by name, or by all they hold."""
    names = [", ".join(str(entry["unit"]) for entry in one) for one in lists]
    whole = (json.dumps(one, sort_keys=True) for one in lists)
    return iter(names) if len(set(names)) > 1 else whole
