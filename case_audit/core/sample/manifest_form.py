"""Whether plain values have the form of a manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from case_audit.core.sample.manifest_design import (
    design_from,
    is_count,
    is_share,
    is_text,
    malformed_design,
)
from case_audit.core.sample.numbers import is_seed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Form = Callable[[object], bool]

_UNIT: dict[str, Form] = {"unit": is_text, "stratum": is_text, "rank": is_count}
_CLUSTER: dict[str, Form] = {
    "name": is_text,
    "population": is_count,
    "drawn": is_count,
    "prn": is_count,
    "rank": is_count,
    "reserve": lambda value: isinstance(value, bool),
}
_STRATUM: dict[str, Form] = {
    "name": is_text,
    "population": is_count,
    "drawn": is_count,
}
_AIDED: dict[str, Form] = {"probability": is_share, "aid": is_text}
_PARTS: tuple[tuple[str, type], ...] = (
    ("algorithm", str),
    ("seed", str),
    ("cohort", str),
    ("frame", dict),
    ("design", dict),
    ("exclusions", list),
    ("strata", list),
    ("drawn", list),
    ("reserves", list),
    ("replacements", list),
)

_REPLACED: dict[str, Form] = dict.fromkeys(
    ("out", "in", "stratum", "reason", "at"), is_text
)


def _units(value: object) -> bool:
    return isinstance(value, list) and all(_has(entry, _UNIT) for entry in value)


def _some(value: object) -> bool:
    return isinstance(value, int) and is_count(value) and value > 0


def _added(value: object) -> bool:
    form: dict[str, Form] = {
        "at": is_text,
        "added": _some,
        "drawn": _units,
        "reserves": _units,
    }
    return isinstance(value, list) and all(_has(entry, form) for entry in value)


def _made(value: object) -> bool:
    parties = value.get("parties", []) if isinstance(value, dict) else None
    return isinstance(parties, list) and all(
        _has(party, {"secret": is_text, "digest": is_text}) for party in parties
    )


def _coordinated(value: object) -> bool:
    return isinstance(value, dict) and (
        value.get("kind") != "rotation" or is_text(value.get("round"))
    )


_AT_TIMES: dict[str, Form] = {
    "extensions": _added,
    "fixed": lambda value: _has(value, {"at": is_text}),
    "seed_made": _made,
    "coordination": _coordinated,
}
_KNOWN = frozenset(
    {
        *(key for key, _ in _PARTS),
        *("seed_mode", "seed_source", "seed_randomness", "seed_made", "fixed"),
        *("round_label", "draw_number", "redraw_reason", "created_utc", "version"),
        *("clusters", "clusters_in_all"),
        *("extensions", "coordination", "reopened"),
    }
)
"""Every key of a manifest, those included that are there only at times."""


def malformed(plain: object) -> str | None:
    """Return what is wrong with the form of a manifest, ``None`` if nothing is."""
    if not isinstance(plain, dict):
        return "it is not a JSON object"
    for key, kind in _PARTS:
        if not isinstance(plain.get(key), kind):
            return f'"{key}" is missing or has another form'
    if not plain.keys() <= _KNOWN:
        return "it has a key that this version does not know"
    if not is_seed(plain["seed"]):
        return '"seed" is not 64 lower-case hexadecimal digits'
    if not is_text(plain["frame"].get("digest")):
        return '"frame" has no "digest"'
    return (
        malformed_design(plain["design"])
        or _other_algorithm(plain)
        or _exclusions(plain["exclusions"])
        or _entries(plain)
        or _at_times(plain)
    )


def _other_algorithm(plain: dict[str, Any]) -> str | None:
    right = design_from(plain["design"]).algorithm
    return None if plain["algorithm"] == right else f'"algorithm" is not {right}'


def _exclusions(entries: list[Any]) -> str | None:
    for entry in entries:
        units = entry.get("units") if isinstance(entry, dict) else None
        if not isinstance(units, list) or not all(map(is_text, units)):
            return '"exclusions" has an entry without "units"'
    return None


def _entries(plain: dict[str, Any]) -> str | None:
    design = design_from(plain["design"])
    unit = _UNIT | _AIDED if design.with_aid else _UNIT
    forms = {"strata": _STRATUM, "drawn": unit, "reserves": unit}
    if design.kind == "cluster":
        if not isinstance(plain.get("clusters"), list):
            return '"clusters" is missing or has another form'
        if not is_count(plain.get("clusters_in_all")):
            return '"clusters_in_all" is missing or has another form'
        forms["clusters"] = _CLUSTER
    for part, form in forms.items():
        if not all(_has(entry, form) for entry in plain[part]):
            return f'"{part}" has an entry of another form'
    return None


def _at_times(plain: dict[str, Any]) -> str | None:
    """Check what happened to the round, and what is there only at times."""
    if not all(_has(entry, _REPLACED) for entry in plain["replacements"]):
        return '"replacements" has an entry of another form'
    for key, holds in _AT_TIMES.items():
        if key in plain and not holds(plain[key]):
            return f'"{key}" has another form'
    return None


def _has(entry: object, form: Mapping[str, Form]) -> bool:
    return isinstance(entry, dict) and all(
        holds(entry.get(key)) for key, holds in form.items()
    )
