"""What a case says to the conditions of a rubric."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.frame.cohorts import cohort
from case_audit.core.rubric.applies import EXTRA

if TYPE_CHECKING:
    from collections.abc import Mapping

COHORT: Final = "cohort"
"""The field that says what kind of case it is."""


def case_values(cohort_id: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """Return what a case says to conditions: texts by field name.

    A child who is not yet born is younger than any age; one whose age is known
    is born.

    Args:
        cohort_id: The case's cohort.
        attributes: What is known of the unit, as in its frame.

    Raises:
        KeyError: If there is no such cohort.
    """
    listed = {attribute.key for attribute in cohort(cohort_id).attributes}
    found = {COHORT: cohort_id}
    # A column that is understood goes before another one of nearly the same name.
    for key in sorted(attributes, key=lambda key: not key.startswith("x_")):
        name = key if key in listed else EXTRA + key.removeprefix("x_")
        found[name] = attributes[key]
    if found.get("unborn") == "yes":
        found["age"] = "-1"
    elif "age" in found:
        found["unborn"] = "no"
    return found
