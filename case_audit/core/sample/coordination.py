"""Rounds that take notice of each other: not the same cases, or the same ones.

Source:
    Permanent random numbers and the rotation of the starting point: E. Ohlsson,
    Coordination of samples using permanent random numbers, in *Business Survey
    Methods*, Wiley 1995.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from case_audit.core.sample.exclusion import Exclusion
from case_audit.core.sample.numbers import MODULUS
from case_audit.errors import RotationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date

YEAR = 12
"""Months."""


def months_before(day: date, months: int) -> date:
    """Return the same day some months earlier; the last of a shorter month."""
    year, month = divmod(day.year * YEAR + day.month - 1 - months, YEAR)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def audited_since(
    units: Iterable[tuple[str, str]],
    audited: Mapping[str, str],
    *,
    since: date,
    months: int,
) -> tuple[Exclusion, ...]:
    """Return the units that are left out because their child was audited lately.

    What is left is not a sample of the whole frame any more: the estimates are of
    the children that were not audited before, and of no others.

    Args:
        units: Unit and child of each unit of the frame.
        audited: The day each child was last audited, ISO, over all rounds.
        since: First day that counts.
        months: How long ago that is, for the reason.
    """
    why = f"audited within {months} months"
    first = since.isoformat()
    return tuple(
        Exclusion(line=0, unit=unit, reason=why)
        for unit, child in units
        if audited.get(child, "") >= first
    )


def outside(
    units: Iterable[tuple[str, str]], children: AbstractSet[str], *, name: str
) -> tuple[Exclusion, ...]:
    """Return the units whose child was not among the cases of an earlier round.

    Args:
        units: Unit and child of each unit of the frame.
        children: Those of the earlier round's cases.
        name: The earlier round, for the reason.
    """
    why = f"not a case of {name!r}"
    return tuple(
        Exclusion(line=0, unit=unit, reason=why)
        for unit, child in units
        if child not in children
    )


def behind(used: Iterable[int], *, start: int) -> int:
    """Return the starting point behind the last number that a round used.

    Going up the circle of numbers, the share of new children among those still
    ahead is a martingale, and the last number used is a stopping time. So the next
    cases are a simple random sample of the list as it is then, whoever joined or
    left it since, until the numbers have come round once.

    Args:
        used: The numbers of all cases the round used, at least one.
        start: Where the round entered the circle, 0 to 2**64 - 1.
    """
    last = max((number - start) % MODULUS for number in used)
    return (start + last + 1) % MODULUS


def refuse_round(drawn: Iterable[int], *, start: int, origin: int, name: str) -> None:
    """Refuse a draw whose numbers have come round to where the first round began.

    Args:
        drawn: The numbers of its cases.
        start: Where it enters the circle.
        origin: Where the first round with this seed entered it.
        name: The round it rotates from, for messages.

    Raises:
        RotationError: If a number lies behind the origin: cases would be met again,
            and children who joined the list favoured.
    """
    ahead = (origin - start) % MODULUS
    if any((number - start) % MODULUS >= ahead for number in drawn):
        raise RotationError(name)
