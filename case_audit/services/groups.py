"""How the cases of a round, and of the frame behind it, fall into groups."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from case_audit.core.frame.cohorts import cohort
from case_audit.core.sample.manifest import read_manifest
from case_audit.core.selfassessment.breakdown import UNKNOWN, Groups
from case_audit.exchange.annex_a.spec import label
from case_audit.services.sample_lines import prepare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from case_audit.core.frame.cohort import Attribute
    from case_audit.core.sample.round import Round
    from case_audit.store.unit_of_work import UnitOfWork

MOST_GROUPS = 60
"""Groups up to which an attribute is broken down; one with more is no grouping."""


def groups_of(uow: UnitOfWork, one: Round, keys: Iterable[str]) -> tuple[Groups, ...]:
    """Return how the cases of a round fall into groups.

    The frame is counted as it was drawn from: what was left out before the draw is
    left out here.

    Args:
        uow: Open unit of work; only read from.
        one: The round.
        keys: The attributes that make groups.

    Returns:
        One entry for each attribute that the frame knows, in that order; none for an
        attribute with a single value or too many.
    """
    known = uow.frames.attribute_keys(one.frame_id)
    wanted = [key for key in dict.fromkeys(keys) if key in known]
    if not wanted:
        return ()
    manifest = read_manifest(one.manifest)
    units = list(uow.frames.units(one.frame_id))
    ready = prepare(
        units, manifest.design, cohort=one.cohort, without=manifest.excluded
    )
    stratum: Mapping[str, str] = {line[0]: line[1] for line in ready.lines}
    cases = {case.unit: case.number for case in uow.rounds.cases(one.id)}
    attributes = {a.key: a for a in cohort(one.cohort).attributes if a.key in wanted}
    sizes: dict[str, dict[str, Counter[str]]] = {key: {} for key in wanted}
    of_case: dict[str, dict[int, str]] = {key: {} for key in wanted}
    for unit in units:
        for key in wanted:
            group = _words(attributes.get(key), unit.attributes.get(key, UNKNOWN))
            if unit.unit in stratum:
                counts = sizes[key].setdefault(group, Counter())
                counts[stratum[unit.unit]] += 1
            if unit.unit in cases:
                of_case[key][cases[unit.unit]] = group
    return tuple(
        Groups(
            key=key,
            label=attributes[key].label if key in attributes else key,
            of_case=of_case[key],
            sizes=sizes[key],
        )
        for key in wanted
        if 1 < len(sizes[key]) <= MOST_GROUPS
    )


def _words(attribute: Attribute | None, value: str) -> str:
    """Return a value as people read it."""
    if attribute is None or not attribute.codes or value == UNKNOWN:
        return value
    return label(attribute.codes, value)
