"""Turns the units of a frame into the lines that a design draws from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from case_audit.core.frame.model import ALL
from case_audit.core.sample.rows import CERTAIN, FrameLine

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from case_audit.core.frame.model import FrameUnit
    from case_audit.core.sample.model import Design
    from case_audit.core.sample.rows import Row

NOT_RECORDED = "not recorded"
"""The stratum of units whose attribute is missing."""

WIDTH = 9
"""Digits to which whole numbers are filled up, so that 9 is sorted before 10."""
_BETWEEN = " / "
_NUMBER = re.compile(rf"[0-9]{{1,{WIDTH}}}")
_MEASURE = re.compile(r"([^+]+?)(?:\+([0-9]{1,6}))?")
_DECIMAL = re.compile(r"([0-9]{1,9})(\.[0-9]{1,6})?")


def stratum_of(attributes: Mapping[str, str], strata: tuple[str, ...]) -> str:
    """Return the name of a unit's stratum.

    Args:
        attributes: What is known of the unit.
        strata: The attributes that make the strata, in order.

    Returns:
        The values joined by `` / ``; tabs and line breaks become spaces, so
        that the name fits a line of the frame. :data:`ALL` without strata.
    """
    if not strata:
        return ALL
    values = (_one_line(attributes.get(key, "")) for key in strata)
    return _BETWEEN.join(value or NOT_RECORDED for value in values)


def lines_of(
    units: Iterable[FrameUnit], design: Design, *, certain: Collection[str] = ()
) -> list[Row]:
    """Return what a design draws from: a line for each unit.

    Args:
        units: The units that can be drawn.
        design: How to draw.
        certain: The units that must be included.

    Returns:
        Pairs, or lines with an aid where the design needs it.
    """
    lines: list[Row] = []
    for unit in units:
        stratum = stratum_of(unit.attributes, design.strata)
        if unit.unit in certain:
            stratum = CERTAIN
        if design.with_aid:
            lines.append(FrameLine(unit.unit, stratum, aid_of(unit, design)))
        else:
            lines.append((unit.unit, stratum))
    return lines


CHILD = "child"
"""Groups and clusters can also be made by whose file a unit is in."""


def aid_of(unit: FrameUnit, design: Design) -> str:
    """Return what a design needs of a unit beside its stratum."""
    attributes = {CHILD: unit.child, **unit.attributes}
    if design.at_most:
        return _one_line(attributes.get(design.at_most[0], ""))
    if design.kind == "cluster":
        return stratum_of(attributes, (design.by,))
    if design.kind == "pps":
        return _size(attributes, design.measure)
    return _sort_key(attributes, design.order)


def named_attributes(design: Design) -> dict[str, str]:
    """Return the attributes a design speaks of, each with the option that names it."""
    found = dict.fromkeys(design.strata, "--strata")
    found |= dict.fromkeys(design.order, "--order")
    if design.measure:
        found[measured(design.measure)[0]] = "--measure"
    if design.by:
        found[design.by] = "--by"
    if design.at_most:
        found[design.at_most[0]] = "--at-most"
    return found


def measured(measure: str) -> tuple[str, int]:
    """Return the attribute of a measure and what is added to it: ``risks+1``."""
    match = _MEASURE.fullmatch(measure)
    if match is None:
        return measure, 0
    return match.group(1).strip(), int(match.group(2) or 0)


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _size(attributes: Mapping[str, str], measure: str) -> str:
    """Return the size as text; what is no number stays as it is, to be refused."""
    key, more = measured(measure)
    text = _one_line(attributes.get(key, ""))
    number = _DECIMAL.fullmatch(text)
    if number is None or not more:
        return text
    return f"{int(number.group(1)) + more}{number.group(2) or ''}"


def _sort_key(attributes: Mapping[str, str], order: tuple[str, ...]) -> str:
    """Return what a systematic sample is sorted by, with whole numbers filled up."""
    filled = {
        key: text.zfill(WIDTH) if _NUMBER.fullmatch(text) else text
        for key in order
        if (text := _one_line(attributes.get(key, "")))
    }
    return stratum_of(filled, order) if order else ""


def as_typed(sorted_by: str) -> str:
    """Return what a systematic sample is sorted by without the zeros that sort it.

    For people to read: zeros that stood in the frame are left out too.
    """
    parts = sorted_by.split(_BETWEEN)
    return _BETWEEN.join(
        str(int(part)) if _NUMBER.fullmatch(part) else part for part in parts
    )
