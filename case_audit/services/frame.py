"""Show the frames that imports made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.frame.cohorts import cohort
from case_audit.core.rubric.applies import evaluate, unknown_fields
from case_audit.core.rubric.applies_text import parse
from case_audit.core.rubric.applies_words import describe, text_of
from case_audit.core.sample.draw import stratum_of
from case_audit.errors import UnknownStratumError
from case_audit.exchange.annex_a.spec import label
from case_audit.exchange.case_fields import case_fields, case_labels, case_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from case_audit.core.frame.model import FrameUnit, StoredFrame
    from case_audit.services.database import Database


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
            the attribute counts under ``"not recorded"``.
    """

    frame: StoredFrame
    values: dict[str, dict[str, int]]


def show_frame(database: Database, cohort_id: str) -> FramePage:
    """Return the newest frame of a cohort and its possible strata.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
    """
    with database.read() as uow:
        frame = uow.frames.newest(cohort_id)
        units = list(uow.frames.units(frame.id))
    values: dict[str, dict[str, int]] = {}
    for key in strata_keys(cohort_id, units):
        counts: dict[str, int] = {}
        for unit in units:
            name = stratum_of(unit.attributes, (key,))
            counts[name] = counts.get(name, 0) + 1
        values[key] = dict(sorted(counts.items()))
    return FramePage(frame=frame, values=values)


def export_frame(
    database: Database, cohort_id: str, *, strata: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Return unit and stratum of each unit of the newest frame of a cohort.

    Raises:
        UnknownFrameError: If nothing of that cohort was imported.
        UnknownStratumError: If the frame has no such attribute.
    """
    with database.read() as uow:
        units = list(uow.frames.units(uow.frames.newest(cohort_id).id))
    refuse_unknown(cohort_id, units, strata)
    return [(unit.unit, stratum_of(unit.attributes, strata)) for unit in units]


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
    shown_only = {a.key for a in cohort(cohort_id).attributes if not a.stratum}
    found = {key for unit in units for key in unit.attributes}
    return sorted(found - shown_only)


def refuse_unknown(
    cohort_id: str, units: Sequence[FrameUnit], strata: tuple[str, ...]
) -> None:
    """Refuse to stratify by what the frame does not have.

    Raises:
        UnknownStratumError: Names the first such attribute and the known ones.
    """
    known = strata_keys(cohort_id, units)
    for key in strata:
        if key not in known:
            raise UnknownStratumError(key, known=known)


def facts_of(
    cohort_id: str, attributes: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return what is known of a unit in words: label and value.

    The cohort's attributes come in its order with their codes in words, further
    ones (from an extra file) after them. Signs of risk are not among them: an
    auditor judges what the file shows, not what made a lead look.
    """
    known = {a.key: a for a in cohort(cohort_id).attributes}
    found = [
        (a.label, label(a.codes, attributes[key]) if a.codes else attributes[key])
        for key, a in known.items()
        if a.fact and key in attributes
    ]
    found += [
        (key.removeprefix("x_").replace("_", " ").capitalize(), value)
        for key, value in attributes.items()
        if key not in known
    ]
    return tuple(found)
