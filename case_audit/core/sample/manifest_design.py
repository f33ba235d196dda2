"""A design as the plain values of a manifest, and back."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from case_audit.core.sample.model import ALGORITHMS, Design

if TYPE_CHECKING:
    from collections.abc import Callable

SHARE = re.compile(r"[0-9]{1,12}(?:/0*[1-9][0-9]{0,11})?")
"""A share as a manifest has it: ``0``, ``1`` or ``a/b``."""
ALLOCATIONS = ("none", "proportional", "equal", "neyman", "quota")


def plain_design(design: Design) -> dict[str, object]:
    """Return a design as plain values; what it does not use is not there."""
    plain: dict[str, object] = {
        "kind": design.kind,
        "strata": list(design.strata),
        "size": design.size,
        "allocation": design.allocation if design.strata else "none",
        "minimum": design.minimum,
        "reserves": design.reserves,
        "start": design.start,
    }
    if design.quotas:
        plain["quotas"] = dict(design.quotas)
    if design.expected:
        plain["expected"] = {name: str(share) for name, share in design.expected}
    if design.kind == "systematic":
        plain["order"] = list(design.order)
    if design.kind == "cluster":
        plain["clusters"] = design.clusters
        plain["per_cluster"] = design.per_cluster
    if design.at_most:
        plain["at_most"] = {"attribute": design.at_most[0], "most": design.at_most[1]}
    texts = {
        "measure": design.measure,
        "by": design.by,
        "certain": design.certain,
        "only": design.only,
        "targeted": design.targeted,
    }
    return plain | {key: text for key, text in texts.items() if text}


def design_from(plain: dict[str, Any]) -> Design:
    """Return the design of plain values whose form was checked."""
    allocation = plain.get("allocation", "none")
    capped = plain.get("at_most")
    return Design(
        kind=plain["kind"],
        size=plain["size"],
        strata=tuple(plain["strata"]),
        allocation="proportional" if allocation == "none" else allocation,
        quotas=tuple(plain.get("quotas", {}).items()),
        expected=tuple(
            (name, Fraction(share)) for name, share in plain.get("expected", {}).items()
        ),
        minimum=plain["minimum"],
        order=tuple(plain.get("order", ())),
        measure=plain.get("measure", ""),
        by=plain.get("by", ""),
        clusters=plain.get("clusters", 0),
        per_cluster=plain.get("per_cluster", 0),
        certain=plain.get("certain", ""),
        at_most=(capped["attribute"], capped["most"]) if capped else None,
        only=plain.get("only", ""),
        targeted=plain.get("targeted", ""),
        reserves=plain["reserves"],
        start=plain["start"],
    )


def is_count(value: object) -> bool:
    """Whether a value is a whole number; ``true`` is not one, though Python says so."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_text(value: object) -> bool:
    """Whether a value is text."""
    return isinstance(value, str)


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


def is_share(value: object) -> bool:
    """Whether a value is a share in the one form they have."""
    return isinstance(value, str) and SHARE.fullmatch(value) is not None


def _each(holds: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, dict) and all(map(holds, value.values()))


def _cap(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"attribute", "most"}
        and is_text(value["attribute"])
        and is_count(value["most"])
    )


_FORMS: dict[str, Callable[[object], bool]] = {
    "kind": is_text,
    "strata": _texts,
    "size": is_count,
    "allocation": is_text,
    "minimum": is_count,
    "reserves": is_count,
    "start": is_count,
    "quotas": _each(is_count),
    "expected": _each(is_share),
    "order": _texts,
    "measure": is_text,
    "by": is_text,
    "clusters": is_count,
    "per_cluster": is_count,
    "certain": is_text,
    "at_most": _cap,
    "only": is_text,
    "targeted": is_text,
}
_NEEDED = ("kind", "strata", "size", "minimum", "reserves", "start")


def malformed_design(plain: dict[str, Any]) -> str | None:
    """Return what is wrong with the form of a design, ``None`` if nothing is."""
    for key in _NEEDED:
        if key not in plain or not _FORMS[key](plain[key]):
            return f'"design" has no "{key}", or in another form'
    for key, value in plain.items():
        if key not in _FORMS:
            return '"design" has a key that this version does not know'
        if not _FORMS[key](value):
            return f'"design" has "{key}" in another form'
    if plain["kind"] not in ALGORITHMS:
        return '"design" has an unknown "kind"'
    if plain.get("allocation", "none") not in ALLOCATIONS:
        return '"design" has an unknown "allocation"'
    return None
