"""In how many audited cases families and practitioners were asked, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.model import ASKS_FAMILY, ASKS_PRACTITIONER
from case_audit.core.selfassessment.feedback import asked
from case_audit.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.selfassessment.feedback import Asked
    from case_audit.core.selfassessment.model import Summary

HEADING: Final = "Who was asked for the audits"
NO_FEEDBACK: Final = (
    "Whether families and practitioners were asked what they think is no question of "
    "this rubric, so nothing is known of it here."
)
NOT_ANSWERED: Final = (
    "Whether families and practitioners were asked what they think was not answered in "
    "any of these audits, so nothing is known of it here."
)
NOT_HEARD: Final = (
    "Asked is not heard: what they said, or that they said nothing, stands in the notes "
    "of each case."
)
WHOM: Final = {ASKS_FAMILY: "Families", ASKS_PRACTITIONER: "Practitioners"}

Counts = tuple[int | None, ...]
"""Audited cases that are answered yes, no, not applicable, not evidenced and not at
all; ``None`` for what a reader may not see."""


def counts_of(one: Asked) -> Counts:
    """Return all counts, as the council itself sees them."""
    line = one.line
    apart = line.not_applicable, line.not_evidenced, line.ungraded
    return one.yes, one.no, *apart


def coverage(one: Asked, counts: Counts) -> str:
    """Return in how many cases somebody was asked, and what became of the others.

    Args:
        one: The question.
        counts: What may be seen of it.
    """
    name = f"{one.line.id} {one.line.label}"
    yes = counts[0]
    if yes is None:
        return (
            f"{WHOM[one.whom]}: in how many audited cases they were asked what they "
            f"think ({name}) is not shown, to protect children."
        )
    what = ("not asked", "not applicable", "not evidenced", "not answered")
    others = ", ".join(
        f"{how} in {number:,}"
        for how, number in zip(what, counts[1:], strict=True)
        if number
    )
    return (
        f"{WHOM[one.whom]} were asked what they think in {yes:,} of "
        f"{plural(one.n, 'audited case')} ({name}){': ' if others else ''}{others}."
    )


def asked_lines(summary: Summary) -> Iterator[str]:
    """Yield sentences for the council itself; none where the rubric does not ask."""
    found = asked(summary)
    yield from (coverage(one, counts_of(one)) for one in found)
    if any(one.yes for one in found):
        yield NOT_HEARD
