"""What is known of a case, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.frame.cohorts import cohort
from case_audit.exchange.annex_a.spec import label

if TYPE_CHECKING:
    from collections.abc import Mapping


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
