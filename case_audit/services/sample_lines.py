"""From the units of a frame to the lines that are drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from case_audit.core.sample.lines import (
    CHILD,
    lines_of,
    named_attributes,
    stratum_of,
)
from case_audit.core.sample.rows import CERTAIN
from case_audit.errors import ReservedStratumError, UnknownAttributeError
from case_audit.services.frame import filtered, refuse_unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from case_audit.core.frame.model import FrameUnit
    from case_audit.core.sample.model import Design
    from case_audit.core.sample.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is drawn from, and what the conditions of the design left out.

    Attributes:
        lines: A line for each unit that can be drawn; none where they were not
            needed.
        filtered: How many units each condition left out, by its rule: what the
            manifest says, and what does not change with the wording of reasons.
        reasons: How many were left out, by reason in words.
    """

    lines: Sequence[Row] = ()
    filtered: tuple[tuple[str, int], ...] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)


def prepare(
    units: Sequence[FrameUnit],
    design: Design,
    *,
    cohort: str,
    without: Collection[str] = (),
) -> Prepared:
    """Leave units out and turn the others into lines.

    Units named beforehand go first, then those that do not meet the conditions, so
    that nobody is counted twice.

    Args:
        units: The units of the frame.
        design: How to draw.
        cohort: Whose frame it is.
        without: Units that were left out by name.

    Raises:
        UnknownStratumError: If the frame cannot be stratified by an attribute.
        UnknownAttributeError: If no unit has an attribute the design speaks of.
        ReservedStratumError: If a stratum has the name that certain units get.
        ExpressionError: If a condition cannot be understood.
    """
    _refuse_unknown(units, design, cohort=cohort)
    left = [unit for unit in units if unit.unit not in without]
    rules: list[tuple[str, int]] = []
    reasons: dict[str, int] = {}
    for words, condition in (
        ("does not meet", design.only),
        ("is not targeted by", design.targeted),
    ):
        if condition:
            kept, left_out = filtered(left, condition, cohort=cohort)
            rules.append((f"{words}: {condition}", len(left) - len(kept)))
            for reason, names in left_out.items():
                reasons[reason] = reasons.get(reason, 0) + len(names)
            left = kept
    certain: set[str] = set()
    if design.certain:
        met, _ = filtered(left, design.certain, cohort=cohort)
        certain = {unit.unit for unit in met}
        _refuse_reserved(left, design)
    return Prepared(
        lines=lines_of(left, design, certain=certain),
        filtered=tuple(rules),
        reasons=reasons,
    )


def _refuse_unknown(units: Sequence[FrameUnit], design: Design, *, cohort: str) -> None:
    refuse_unknown(cohort, units, design.strata)
    known = {key for unit in units for key in unit.attributes}
    for name, option in named_attributes(design).items():
        if name not in known and not (name == CHILD and option != "--measure"):
            raise UnknownAttributeError(name, option=option, known=sorted(known))


def _refuse_reserved(units: Sequence[FrameUnit], design: Design) -> None:
    if any(stratum_of(u.attributes, design.strata) == CERTAIN for u in units):
        raise ReservedStratumError(CERTAIN)


def stratified_rows(
    units: Sequence[FrameUnit],
    strata: tuple[str, ...],
    *,
    without: Collection[str],
) -> list[tuple[str, str]]:
    """Return unit and stratum of each unit that can be drawn."""
    return [
        (unit.unit, stratum_of(unit.attributes, strata))
        for unit in units
        if unit.unit not in without
    ]
