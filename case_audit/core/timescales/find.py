"""What every timescale says of one case."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from case_audit.core.timescales import (
    care,
    health,
    leavers,
    others,
    protection,
    quality,
    referral,
)
from case_audit.core.timescales.case import (
    CannotTellError,
    DoesNotApplyError,
    Reading,
)
from case_audit.core.timescales.model import Finding, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.timescales.case import CaseDates
    from case_audit.core.timescales.model import Timescale
    from case_audit.core.timescales.rule import Rule

_ROOMS: Final = (referral, protection, care, health, leavers, others, quality)
_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        rule.timescale.id: rule
        for rule in sorted(
            (rule for room in _ROOMS for rule in room.RULES),
            key=lambda rule: rule.timescale.id,
        )
    }
)

TIMESCALES: Final[Mapping[str, Timescale]] = MappingProxyType(
    {name: rule.timescale for name, rule in _RULES.items()}
)
"""Every timescale by its identifier, in the order of the identifiers."""


def find(case: CaseDates, timescale: str) -> Finding:
    """Return what one timescale says of a case.

    Args:
        case: What is known of it.
        timescale: An identifier of `TIMESCALES`.

    Raises:
        KeyError: If there is no such timescale.
    """
    rule, reading = _RULES[timescale], Reading(case)
    missing: tuple[str, ...] = ()
    try:
        part = rule.find(reading)
    except CannotTellError as error:
        part = Part(
            status="not_computable", sentence=f"Not computable: {error.reason}."
        )
        missing = error.missing
    except DoesNotApplyError as error:
        part = Part(status="not_applicable", sentence=error.reason)
    return Finding(
        timescale=timescale,
        status=part.status,
        sentence=part.sentence,
        rule=case.limits.words(rule.timescale.rule),
        amount=part.amount,
        unit=part.unit,
        dates=tuple(reading.used),
        missing=missing,
    )


def find_all(case: CaseDates) -> tuple[Finding, ...]:
    """Return what every timescale says of a case, in the order of `TIMESCALES`."""
    return tuple(find(case, timescale) for timescale in TIMESCALES)
