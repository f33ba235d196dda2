"""Reserves in the place of drawn cases: only for a reason, always the next in order.

The cases of a stratum stay what they were drawn as: the first in the order of
their numbers. So a replacement takes the next reserve and no other, and what was
replaced is accounted for: out of scope (a part of the list that the estimates do
not speak of), or not answered (shown as a rate).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from case_audit.errors import UnknownReasonError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Means = Literal["out of scope", "not answered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a drawn case may be replaced.

    Attributes:
        key: What is typed.
        label: In words.
        means: What it is to the estimates. ``out of scope``: the list should not
            have held it; it stays in the sample as a case that no question applies
            to. ``not answered``: it belongs to the list and nothing is known of
            it; the others are taken to be like it, and the rate is shown.
    """

    key: str
    label: str
    means: Means


REASONS = (
    Reason(
        key="locked",
        label="the record is locked or sealed, for example by order of a court",
        means="not answered",
    ),
    Reason(
        key="proceedings",
        label="an investigation or statutory review is under way that an audit "
        "would disturb",
        means="not answered",
    ),
    Reason(
        key="held-elsewhere",
        label="the file is with another authority or system and cannot be had in time",
        means="not answered",
    ),
    Reason(
        key="unreadable",
        label="the file cannot be found or opened; that is a finding of its own",
        means="not answered",
    ),
    Reason(
        key="conflict",
        label="everybody who could audit it has worked on the case or knows the family",
        means="not answered",
    ),
    Reason(
        key="left",
        label="it was closed or transferred before the date of the list",
        means="out of scope",
    ),
    Reason(
        key="not-in-cohort",
        label="it was never of this cohort on the date of the list",
        means="out of scope",
    ),
    Reason(
        key="duplicate",
        label="it is the same case as another entry of the list",
        means="out of scope",
    ),
    Reason(
        key="no-child",
        label="the entry is a test or an error, there is no such child",
        means="out of scope",
    ),
)
"""The only reasons. That a case is long, hard, awkward or somebody's own is none."""


def reason(key: str) -> Reason:
    """Return the reason with that key.

    Raises:
        UnknownReasonError: If there is none; names them all.
    """
    for one in REASONS:
        if one.key == key:
            return one
    raise UnknownReasonError(key, known=[f"{r.key}: {r.label}" for r in REASONS])


def in_order(plain: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the spare units of each stratum in the order they are to be taken.

    Args:
        plain: A manifest: its reserves, then what extensions added.
    """
    order: dict[str, list[dict[str, Any]]] = {}
    for entry in plain["reserves"]:
        order.setdefault(entry["stratum"], []).append(entry)
    for extension in plain.get("extensions", ()):
        for entry in (*extension["drawn"], *extension["reserves"]):
            line = order.setdefault(entry["stratum"], [])
            if all(known["unit"] != entry["unit"] for known in line):
                line.append(entry)
    return order


def taken(plain: Mapping[str, Any]) -> set[str]:
    """Return the spare units that are in the round."""
    used = {one["in"] for one in plain["replacements"]}
    for extension in plain.get("extensions", ()):
        used |= {entry["unit"] for entry in extension["drawn"]}
    return used


def next_reserve(plain: Mapping[str, Any], stratum: str) -> dict[str, Any] | None:
    """Return the next reserve of a stratum, or nothing if all are used."""
    used = taken(plain)
    spare = in_order(plain).get(stratum, ())
    return next((entry for entry in spare if entry["unit"] not in used), None)


def standing(plain: Mapping[str, Any]) -> dict[str, str]:
    """Return the units that are to be audited, each with its stratum."""
    drawn = [*plain["drawn"]]
    for extension in plain.get("extensions", ()):
        drawn += extension["drawn"]
    found = {entry["unit"]: entry["stratum"] for entry in drawn}
    for one in plain["replacements"]:
        stratum = found.pop(one["out"], one.get("stratum", ""))
        found[one["in"]] = stratum
    return found


def out_of_order(plain: Mapping[str, Any]) -> Iterator[tuple[int, str, str]]:
    """Yield every replacement that is not what the rule gives.

    Yields:
        Its place in the list from 1, what the manifest says, what should be there.
    """
    stratum_of = {e["unit"]: e["stratum"] for e in plain["drawn"]}
    for extension in plain.get("extensions", ()):
        stratum_of |= {e["unit"]: e["stratum"] for e in extension["drawn"]}
    added = {u for x in plain.get("extensions", ()) for u in _units(x["drawn"])}
    order = {s: _units(line) for s, line in in_order(plain).items()}
    free = {s: [u for u in units if u not in added] for s, units in order.items()}
    keys = {r.key for r in REASONS}
    for place, one in enumerate(plain["replacements"], start=1):
        said, stratum = str(one.get("in")), stratum_of.pop(one.get("out"), None)
        if stratum is None:
            yield place, f"out: {one.get('out')}", "a case that stood in the round"
            continue
        line = free.get(stratum, [])
        wanted = line.pop(0) if line else "nothing: no reserve is left"
        if said != wanted:
            yield place, f"in: {said}", f"in: {wanted}"
        if one.get("stratum") != stratum:
            yield place, f"stratum: {one.get('stratum')}", f"stratum: {stratum}"
        if one.get("reason") not in keys:
            yield place, f"reason: {one.get('reason')}", "a reason of the list"
        stratum_of[said] = stratum


def _units(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    return [entry["unit"] for entry in entries]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of the cases of a round.

    Attributes:
        drawn: Cases drawn, extensions included.
        replaced: How many were replaced, by reason key.
        out_of_scope: How many of those were out of scope, by stratum.
        not_answered: How many were not answered, by stratum.
        reserves_used: Reserves that were used, in order.
        standing: Cases to be audited, by stratum.
    """

    drawn: int
    replaced: Mapping[str, int]
    out_of_scope: Mapping[str, int]
    not_answered: Mapping[str, int]
    reserves_used: int
    standing: Mapping[str, int]


def account(plain: Mapping[str, Any]) -> Account:
    """Count what became of the cases of a round, from its manifest."""
    means = {r.key: r.means for r in REASONS}
    replacements: Sequence[Mapping[str, Any]] = plain["replacements"]
    out = [r["stratum"] for r in replacements if means[r["reason"]] == "out of scope"]
    rest = [r["stratum"] for r in replacements if means[r["reason"]] == "not answered"]
    added = sum(len(x["drawn"]) for x in plain.get("extensions", ()))
    return Account(
        drawn=len(plain["drawn"]) + added,
        replaced=dict(Counter(r["reason"] for r in replacements)),
        out_of_scope=dict(Counter(out)),
        not_answered=dict(Counter(rest)),
        reserves_used=len(replacements),
        standing=dict(Counter(standing(plain).values())),
    )
