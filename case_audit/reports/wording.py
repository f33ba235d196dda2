"""Numbers and dates in words: the only place where anything is rounded."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from case_audit.core.estimates.share import Share
    from case_audit.core.selfassessment.model import DrawFacts, Summary
    from case_audit.core.timescales.model import Finding, Status

_HALF = Fraction(1, 2)
_ALL = 100

METHODS = {
    "census": "all cases audited, no sampling error",
    "hypergeometric": "exact hypergeometric interval",
    "hypergeometric_domain": "exact hypergeometric interval for the cases it applies to",
    "korn_graubard_capped": "Korn-Graubard interval with finite population correction",
    "zero_event_stratified": "exact stratified bound",
    "hajek_pps": "Korn-Graubard interval for chances by size, Hajek's variance",
    "cluster_korn_graubard": "Korn-Graubard interval, variance between clusters",
    "two_phase_korn_graubard": "Korn-Graubard interval for capped groups, two phases",
    "zero_event_weighted": "conservative bound for different chances",
    "zero_event_cluster": "conservative bound that counts clusters",
}
"""The methods of :mod:`case_audit.core.estimates.share` and of its neighbour
:mod:`case_audit.core.estimates.weighted`, in words."""

STATUSES: dict[Status, str] = {
    "met": "met",
    "late": "late",
    "overdue": "overdue",
    "flag": "worth a look",
    "clear": "clear",
    "not_computable": "not computable",
    "not_applicable": "does not apply",
}
"""How a timescale stands, in words."""


def percent(share: Fraction) -> str:
    """Return a share as whole per cent, halves rounded up.

    What is not quite nothing or not quite all is never printed as that.
    """
    whole = int(share * 100 + _HALF)
    if whole == 0 and share > 0:
        return "<1%"
    if whole == _ALL and share < 1:
        return ">99%"
    return f"{whole}%"


def interval(share: Share) -> str:
    """Return a share with its interval, for example ``60% (42% to 76%)``."""
    if share.method == "census":
        return f"{percent(share.estimate)} (all)"
    return (
        f"{percent(share.estimate)} ({percent(share.lower)} to {percent(share.upper)})"
    )


def plural(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def long_date(iso: str) -> str:
    """Return an ISO date as people write it: ``31 March 2026``."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def fact_value(value: str) -> str:
    """Return an attribute as people write it: an ISO date in words."""
    try:
        return long_date(value)
    except ValueError:
        return value


def taken(facts: DrawFacts) -> str:
    """Return why cases were taken, in two words or three."""
    return "for a reason" if facts.purpose == "targeted" else "at random"


def earlier_audits(summary: Summary) -> str:
    """Return in a sentence what audits from before the program came are."""
    facts = summary.facts
    return (
        f"Earlier audits of {plural(summary.drawn, 'case')}, imported, as at "
        f"{long_date(facts.as_at)}; {facts.stated}."
    )


def standing(finding: Finding) -> str:
    """Return how a timescale stands: ``overdue by 4 working days``."""
    words = STATUSES[finding.status]
    if finding.status in ("late", "overdue"):
        return f"{words} by {plural(finding.amount, finding.unit.removesuffix('s'))}"
    return words
