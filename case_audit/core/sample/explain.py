"""How one unit came to be drawn or not: the hash to compute, and the arithmetic."""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING

from case_audit.core.sample import cap, cluster, pps, systematic
from case_audit.core.sample.cap import keep_at_most
from case_audit.core.sample.numbers import MODULUS, digest, order_key, prn
from case_audit.core.sample.rows import CERTAIN, as_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from case_audit.core.sample.manifest import Manifest
    from case_audit.core.sample.rows import FrameLine, Row


def explain(manifest: Manifest, unit: str, rows: Sequence[Row]) -> list[str]:
    """Return how to compute by hand whether a unit was drawn.

    Args:
        manifest: The draw.
        unit: The identifier in its canonical form.
        rows: The lines of the frame that was drawn from.

    Returns:
        Commands for a shell, what they print, and the arithmetic that follows.

    Raises:
        KeyError: If the frame has no such unit.
    """
    left = [as_line(row) for row in rows if row[0] not in manifest.excluded]
    mine = next((line for line in left if line.unit == unit), None)
    if mine is None:
        raise KeyError
    design = manifest.design
    if design.certain and mine.stratum == CERTAIN:
        return [
            f"It meets {design.certain}: it had to be included, with probability 1."
        ]
    if design.kind == "cluster":
        return list(_clustered(manifest, mine, left))
    if design.kind == "systematic":
        return list(_systematic(manifest, mine, left))
    if design.kind == "pps":
        return list(_by_size(manifest, mine, left))
    if design.at_most:
        return list(_capped(manifest, mine, left))
    return list(_smallest(manifest, mine, left))


def hashed(seed: str, text: str) -> list[str]:
    """Return the command that computes a number, and what it gives."""
    full = digest(seed, text)
    return [
        f"printf '%s' {quoted(f'{seed}:{text}')} | sha256sum",
        f"{full.hex()}  (SHA-256)",
        f"{full[:8].hex()}  (its first 16 digits)",
        f"{prn(seed, text)}  (the same as a whole number)",
    ]


def quoted(text: str) -> str:
    """Return text for a shell: pasted, it is one word and never a command."""
    return "'" + text.replace("'", "'\\''") + "'"


def _fate(manifest: Manifest, unit: str) -> str:
    for part, words in (("drawn", "drawn"), ("reserves", "a reserve")):
        if any(entry["unit"] == unit for entry in manifest.plain[part]):
            return words
    return "not drawn"


def _rank(manifest: Manifest, unit: str, members: Sequence[str]) -> int:
    seed, start = manifest.seed, manifest.design.start
    mine = order_key(seed, unit, start=start)
    return sum(order_key(seed, u, start=start) <= mine for u in members)


def _with(chance: Fraction) -> str:
    return f"with probability {chance} = {float(chance):.9f}"


def _drawn_of(manifest: Manifest, stratum: str) -> int:
    named = [s for s in manifest.plain["strata"] if s["name"] == stratum]
    return sum(int(s["drawn"]) for s in named[:1])


def _smallest(
    manifest: Manifest, mine: FrameLine, lines: Sequence[FrameLine]
) -> Iterator[str]:
    members = [line.unit for line in lines if line.stratum == mine.stratum]
    yield from hashed(manifest.seed, mine.unit)
    yield (
        f"It is number {_rank(manifest, mine.unit, members)} from the smallest of "
        f"{len(members)} in stratum {mine.stratum}: {_fate(manifest, mine.unit)}."
    )


def _capped(
    manifest: Manifest, mine: FrameLine, lines: Sequence[FrameLine]
) -> Iterator[str]:
    attribute, most = manifest.design.at_most or ("", 1)
    group = [line for line in lines if line.aid == mine.aid] if mine.aid else [mine]
    keys = sorted(order_key(manifest.seed, cap.LABEL + line.unit) for line in group)
    place = keys.index(order_key(manifest.seed, cap.LABEL + mine.unit)) + 1
    yield from hashed(manifest.seed, cap.LABEL + mine.unit)
    yield (
        f"It is number {place} from the smallest of {len(group)} in its group "
        f"({attribute}: {mine.aid or 'none'}), of which {min(most, len(group))} are "
        f"kept: {'kept' if place <= most else 'not kept'}."
    )
    if place > most:
        yield "What is not kept is not drawn."
        return
    kept = keep_at_most(lines, most=most, seed=manifest.seed)
    members = [line.unit for line in kept if line.stratum == mine.stratum]
    yield from hashed(manifest.seed, mine.unit)
    size = _drawn_of(manifest, mine.stratum)
    yield (
        f"It is number {_rank(manifest, mine.unit, members)} from the smallest of "
        f"{len(members)} kept in stratum {mine.stratum}, of which {size} are drawn: "
        f"{_fate(manifest, mine.unit)}."
    )
    yield (
        f"Its probability is {min(most, len(group))}/{len(group)} * "
        f"{size}/{len(members)}."
    )


def _systematic(
    manifest: Manifest, mine: FrameLine, lines: Sequence[FrameLine]
) -> Iterator[str]:
    members = [line for line in lines if line.stratum == mine.stratum]
    size, start = _drawn_of(manifest, mine.stratum), manifest.design.start
    place = systematic.in_order(members).index(mine)
    number = systematic.random_start(manifest.seed, mine.stratum, start=start)
    yield from hashed(manifest.seed, systematic.LABEL + mine.stratum)
    yield f"Divided by 2 to the power of 64 that is r = {number / MODULUS:.12f}."
    yield (
        f"It is at place {place}, counted from 0, of {len(members)} in the sorted list "
        f"of stratum {mine.stratum}."
    )
    taken = systematic.positions(len(members), size, number=number) if size else []
    step = max((j for j, at in enumerate(taken) if at <= place), default=0)
    shown = f"floor((r + {step}) * {len(members)} / {size})"
    yield (
        f"Drawn are the places floor((r + j) * {len(members)} / {size}) for j from 0 "
        f"to {size - 1}; nearest is {shown} = {taken[step] if taken else 'none'}: "
        f"{_fate(manifest, mine.unit)}."
    )


def _by_size(
    manifest: Manifest, mine: FrameLine, lines: Sequence[FrameLine]
) -> Iterator[str]:
    members = [line for line in lines if line.stratum == mine.stratum]
    sizes = [pps.size_of(line.aid) or 0 for line in members]
    size = _drawn_of(manifest, mine.stratum)
    chances = pps.target_probabilities(sizes, size=size)
    own = members.index(mine)
    alone = sum(chance == 1 for chance in chances)
    yield from hashed(manifest.seed, mine.unit)
    yield (
        f"Its size is {mine.aid}. {alone} of {len(members)} in stratum {mine.stratum} "
        "are large enough to be certain."
    )
    if chances[own] == 1:
        yield f"It is one of them: {_fate(manifest, mine.unit)}, with probability 1."
        return
    start = manifest.design.start
    others = [
        ((order_key(manifest.seed, line.unit, start=start), line.aid), x)
        for line, x, chance in zip(members, sizes, chances, strict=True)
        if chance != 1
    ]
    ordered = sorted(others, key=cmp_to_key(pps.by_number_over_size))
    rank = [one[0][2] for one, _ in ordered].index(mine.unit) + 1
    yield (
        f"It is number {rank} from the smallest by number / size of the "
        f"{len(others)} others, of which {size - alone} are drawn: "
        f"{_fate(manifest, mine.unit)}."
    )
    total = sum(x for _, x in others)
    yield (
        f"Its target is {size - alone} * {mine.aid} / {_plain(total)}, "
        f"{_with(chances[own])}."
    )


def _plain(millionths: int) -> str:
    """Return a sum of sizes as a decimal."""
    whole, part = divmod(millionths, 10**pps.PLACES)
    return f"{whole}.{part:0{pps.PLACES}}".rstrip("0").rstrip(".")


def _clustered(
    manifest: Manifest, mine: FrameLine, lines: Sequence[FrameLine]
) -> Iterator[str]:
    design, seed = manifest.design, manifest.seed
    names = sorted({line.aid for line in lines})
    members = [line.unit for line in lines if line.aid == mine.aid]
    rank = _rank(manifest, cluster.LABEL + mine.aid, [cluster.LABEL + n for n in names])
    yield from hashed(seed, cluster.LABEL + mine.aid)
    yield (
        f"Its cluster {mine.aid} is number {rank} from the smallest of {len(names)}, of "
        f"which {design.clusters} are drawn."
    )
    taken = min(design.per_cluster or len(members), len(members))
    yield from hashed(seed, mine.unit)
    yield (
        f"It is number {_rank(manifest, mine.unit, members)} from the smallest of "
        f"{len(members)} in its cluster, of which {taken} are taken: "
        f"{_fate(manifest, mine.unit)}."
    )
    yield (
        f"Its probability is {design.clusters}/{len(names)} * {taken}/{len(members)}."
    )
