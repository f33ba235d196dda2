"""Show the frames that imports made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from case_audit.core.frame.attributes import reading_order
from case_audit.core.frame.cohorts import cohort
from case_audit.core.rubric.applies import evaluate, unknown_fields
from case_audit.core.rubric.applies_text import parse
from case_audit.core.rubric.applies_words import describe, text_of
from case_audit.core.sample.draw import NOT_RECORDED, stratum_of
from case_audit.core.sample.rows import FrameLine
from case_audit.errors import UnknownStratumError
from case_audit.exchange.case_fields import case_fields, case_labels
from case_audit.exchange.case_values import case_values
from case_audit.services.frame_refs import find_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from case_audit.core.frame.model import FrameUnit, StoredFrame
    from case_audit.services.database import Database


MOST_VALUES = 1000
"""Values of one attribute that are counted apart."""
MORE_VALUES = "further values"
UNKNOWN_SIGN = "not known"


def list_frames(database: Database) -> list[StoredFrame]:
    """Return every frame: newest import first, then in the cohorts' order."""
    with database.read() as uow:
        return uow.frames.frames()


@dataclass(frozen=True, slots=True, kw_only=True)
class FramePage:
    """A frame with what it can be stratified by.

    Attributes:
        frame: The frame.
        values: How many units have each value, by attribute; a unit without
            the attribute counts under ``"not recorded"``, and all values after
            the first :data:`MOST_VALUES` under one name.
        signs: How many units have each sign of risk: yes, no, not known.
    """

    frame: StoredFrame
    values: dict[str, dict[str, int]]
    signs: dict[str, dict[str, int]] = field(default_factory=dict)


def show_frame(database: Database, asked: str) -> FramePage:
    """Return a frame and its possible strata. Only counts are held, never units.

    Args:
        database: Where it is.
        asked: The frame, as `find_frame` takes it: a cohort means its newest.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
        NoSuchFrameError: If there is no such frame.
        UnknownCohortError: If there is no such cohort.
    """
    with database.read() as uow:
        frame = find_frame(uow, asked)
        one = cohort(frame.cohort)
        values, units = value_counts(uow.frames.units(frame.id), frame.cohort)
    signs = {flag.key: _sign(values.get(flag.key), units) for flag in one.flags}
    return FramePage(frame=frame, values=values, signs=signs)


def value_counts(
    units: Iterable[FrameUnit], cohort_id: str
) -> tuple[dict[str, dict[str, int]], int]:
    """Count the values of each attribute that units can be stratified by.

    Args:
        units: The units of one frame; they are read once and not held.
        cohort_id: Their cohort.

    Returns:
        The counts by attribute, under the names that strata get in a draw and as
        people read them, and the number of units. A unit without the attribute
        counts under ``"not recorded"``, and what is not among the first
        :data:`MOST_VALUES` values under :data:`MORE_VALUES`.
    """
    shown_only = {a.key for a in cohort(cohort_id).attributes if not a.stratum}
    raw: dict[str, Counter[str]] = {}
    total = 0
    for unit in units:
        total += 1
        for key in unit.attributes.keys() - shown_only:
            known, value = raw.setdefault(key, Counter()), unit.attributes[key]
            fits = value in known or len(known) < MOST_VALUES
            known[value if fits else MORE_VALUES] += 1
    return {key: _named(raw[key], key, units=total) for key in sorted(raw)}, total


def _named(found: Counter[str], key: str, *, units: int) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for value, number in found.items():
        counts[stratum_of({key: value}, (key,))] += number
    if missing := units - found.total():
        counts[NOT_RECORDED] += missing
    return in_reading_order(counts)


def in_reading_order(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts of strata as people read them: what is not known comes last."""
    last = (NOT_RECORDED, MORE_VALUES)
    names = sorted(counts, key=lambda name: (name in last, reading_order(name)))
    return {name: counts[name] for name in names}


def _sign(counts: Mapping[str, int] | None, units: int) -> dict[str, int]:
    found = {
        UNKNOWN_SIGN if k == NOT_RECORDED else k: n for k, n in (counts or {}).items()
    }
    return found or {UNKNOWN_SIGN: units}


def export_frame(
    database: Database, asked: str, *, strata: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Return unit and stratum of each unit of a frame.

    Args:
        database: Where it is.
        asked: The frame, as `find_frame` takes it: a cohort means its newest.
        strata: Attributes that make the strata.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
        NoSuchFrameError: If there is no such frame.
        UnknownCohortError: If there is no such cohort.
        UnknownStratumError: If the frame has no such attribute.
    """
    lines = export_lines(database, asked, strata=strata)
    return [(line.unit, line.stratum) for line in lines]


def export_lines(
    database: Database, asked: str, *, strata: tuple[str, ...], aid: str = ""
) -> list[FrameLine]:
    """Return the lines of a frame with what a design needs beside the stratum.

    Args:
        database: Where it is.
        asked: The frame, as `find_frame` takes it.
        strata: Attributes that make the strata.
        aid: Attribute that the design needs of each unit, for example its size or
            its worker; empty for none.

    Raises:
        CaseAuditError: As :func:`export_frame` does.
    """
    lines: list[FrameLine] = []
    keys: set[str] = set()
    with database.read() as uow:
        frame = find_frame(uow, asked)
        # Only the lines are held: what is known of the units is far larger.
        for unit in uow.frames.units(frame.id):
            keys.update(unit.attributes)
            lines.append(
                FrameLine(
                    unit.unit,
                    stratum_of(unit.attributes, strata),
                    stratum_of(unit.attributes, (aid,)) if aid else "",
                )
            )
    _refuse(strata, known=_strata_among(frame.cohort, keys))
    if aid and aid not in keys:
        raise UnknownStratumError(aid, known=sorted(keys))
    return lines


def condition_text(cohort_id: str, expression: str) -> str:
    """Return a condition on units in its one written form.

    Args:
        cohort_id: The units' cohort, which says what is known of them.
        expression: As it was typed, for example ``age >= 16``.

    Raises:
        ExpressionError: If it cannot be understood, or speaks of what is not
            known of the cohort; says where, and what may have been meant.
    """
    return text_of(parse(expression, case_fields((cohort_id,))))


def filtered(
    units: Iterable[FrameUnit], expression: str, *, cohort: str
) -> tuple[list[FrameUnit], dict[str, list[str]]]:
    """Part units by a condition.

    A unit of which the condition cannot be answered, because a value is not
    known, is left out under a reason of its own: not known is not no.

    Args:
        units: The units of one frame.
        expression: A condition on their attributes, for example ``age >= 16 and
            team == "North"``; further columns of an authority are ``extra.NAME``.
        cohort: Their cohort.

    Returns:
        The units that meet it, and the others by reason, both in the order given.

    Raises:
        ExpressionError: As :func:`condition_text` does, before any unit is read.
    """
    wanted = parse(expression, case_fields((cohort,)))
    labels = case_labels((cohort,))
    unmet = f"does not meet the filter: {describe(wanted, labels)}"
    kept: list[FrameUnit] = []
    left_out: dict[str, list[str]] = {}
    for unit in units:
        values = case_values(cohort, unit.attributes)
        holds = evaluate(wanted, values)
        if holds:
            kept.append(unit)
            continue
        rule = unmet
        if holds is None:
            fields = unknown_fields(wanted, values)
            unknown = ", ".join(labels.get(field, field) for field in fields)
            rule = f"the filter cannot be answered, not known: {unknown}"
        left_out.setdefault(rule, []).append(unit.unit)
    return kept, left_out


def strata_keys(cohort_id: str, units: Sequence[FrameUnit]) -> list[str]:
    """Return the attributes that a frame can be stratified by."""
    return _strata_among(cohort_id, {key for unit in units for key in unit.attributes})


def _strata_among(cohort_id: str, keys: set[str]) -> list[str]:
    shown_only = {a.key for a in cohort(cohort_id).attributes if not a.stratum}
    return sorted(keys - shown_only)


def refuse_unknown(
    cohort_id: str, units: Sequence[FrameUnit], strata: tuple[str, ...]
) -> None:
    """Refuse to stratify by what the frame does not have.

    Raises:
        UnknownStratumError: Names the first such attribute and the known ones.
    """
    _refuse(strata, known=strata_keys(cohort_id, units))


def _refuse(strata: tuple[str, ...], *, known: list[str]) -> None:
    for key in strata:
        if key not in known:
            raise UnknownStratumError(key, known=known)
