"""Signs of risk: conditions on what is known of a unit."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from case_audit.core.rubric.applies import evaluate
from case_audit.core.rubric.applies_text import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from case_audit.core.frame.cohort import Cohort
    from case_audit.core.rubric.applies import Expression

RISKS = "risks"
"""The attribute that says how many signs a unit has."""


@cache
def _condition(rule: str) -> Expression:
    return parse(rule, None)


def with_risks(
    cohort: Cohort, known: Mapping[str, str], *, unsure: Collection[str]
) -> dict[str, str]:
    """Return what is known of a unit with its signs of risk.

    A sign is "yes" or "no"; where what it needs is not known it has no entry,
    and is never taken for "no". `RISKS` counts the signs that are "yes", and has
    no entry where none can be told.

    Args:
        cohort: The unit's cohort.
        known: What is known of the unit.
        unsure: Attributes that say nothing because nobody filled their column.
    """
    told = {key: value for key, value in known.items() if key not in unsure}
    answers = {flag.key: evaluate(_condition(flag.rule), told) for flag in cohort.flags}
    signs = {
        key: "yes" if holds else "no"
        for key, holds in answers.items()
        if holds is not None
    }
    if signs:
        signs[RISKS] = str(sum(sign == "yes" for sign in signs.values()))
    return {**known, **signs}
