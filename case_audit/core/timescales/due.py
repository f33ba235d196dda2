"""Whether something was in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from case_audit.core.timescales.case import CannotTellError
from case_audit.core.timescales.days import in_words, months_after
from case_audit.core.timescales.limits import LIMITS, counted
from case_audit.core.timescales.model import Part, flagged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from case_audit.core.timescales.case import CaseDates


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last day on which something is in time.

    Attributes:
        day: That day.
        unit: What a delay is counted in. A limit in months gives days.
    """

    day: date
    unit: Literal["working days", "days"]


def due(case: CaseDates, start: date, limit: str) -> Due:
    """Return when something is due.

    Args:
        case: Has the limits and the working days.
        start: The event it is counted from: day 0.
        limit: Key of the limit.
    """
    number = case.limits[limit]
    match LIMITS[limit].unit:
        case "working days":
            return Due(day=case.days.after(start, number), unit="working days")
        case "months":
            return Due(day=months_after(start, number), unit="days")
        case _:
            return Due(day=start + timedelta(days=number), unit="days")


def over(case: CaseDates, last: Due, day: date) -> int:
    """Return by how much a day is later than the last one; 0 if it is not."""
    if last.unit == "working days":
        return case.days.between(last.day, day)
    return max((day - last.day).days, 0)


def after(start: date, done: date | None, *, what: str) -> None:
    """Refuse dates that stand in the wrong order.

    Raises:
        CannotTellError: If something was done before it began.
    """
    if done is not None and done < start:
        reason = (
            f"the dates are out of order: {what} on {in_words(done)}, before "
            f"{in_words(start)}"
        )
        raise CannotTellError(reason)


def once(
    case: CaseDates,
    what: tuple[str, str],
    *,
    done: date | None,
    last: Due,
    until: date | None = None,
) -> Part:
    """Judge something that has to be done once.

    Args:
        case: The case.
        what: Subject and verb, for example ``("The first review", "held")``.
        done: When it was done.
        last: The last day in time.
        until: The day up to which it could be done; the date of the lists
            unless it all ended before.
    """
    noun, verb = what
    end = until or case.as_at
    late = over(case, last, done or end)
    last_day, amount = in_words(last.day), counted(late, last.unit)
    if done and not late:
        return Part(
            status="met",
            sentence=f"{noun} was {verb} on {in_words(done)}; the last day was "
            f"{last_day}.",
        )
    if done:
        return Part(
            status="late",
            sentence=f"{noun} was {verb} on {in_words(done)}, {amount} after the last "
            f"day, {last_day}.",
            amount=late,
            unit=last.unit,
        )
    if not late:
        return Part(
            status="clear",
            sentence=f"{noun} has not been {verb} yet; the last day is {last_day}.",
        )
    return Part(
        status="overdue",
        sentence=f"{noun} was not {verb} by {in_words(end)}; the last day was "
        f"{last_day}, {amount} before.",
        amount=late,
        unit=last.unit,
    )


def again(
    case: CaseDates,
    noun: str,
    *,
    done: date,
    last: Due,
    until: date | None = None,
) -> Part:
    """Judge something that has to be done again and again.

    Args:
        case: The case.
        noun: What, for example ``"The latest visit"``.
        done: When it was done last.
        last: The last day in time for the next one.
        until: The day up to which it counts; the date of the lists unless it
            all ended before.
    """
    end = until or case.as_at
    late = over(case, last, end)
    was = f"{noun} was on {in_words(done)}; the next"
    if not late:
        verb = "is" if end == case.as_at else "was"
        return Part(status="met", sentence=f"{was} {verb} due by {in_words(last.day)}.")
    return Part(
        status="overdue",
        sentence=f"{was} was due by {in_words(last.day)}, "
        f"{counted(late, last.unit)} before {in_words(end)}.",
        amount=late,
        unit=last.unit,
    )


def noticed(checks: Sequence[Callable[[], str]], *, otherwise: str) -> Part:
    """Return a flag for whatever several checks notice.

    Args:
        checks: Each returns a phrase, or nothing.
        otherwise: The sentence where none notices anything.

    Raises:
        CannotTellError: If nothing was noticed and a check could not be made.
    """
    flags, failed = [], None
    for check in checks:
        try:
            flag = check()
        except CannotTellError as error:
            failed = failed or error
        else:
            flags += [flag] if flag else []
    if failed is None:
        return flagged(flags, otherwise=otherwise)
    if not flags:
        raise failed
    part = flagged(flags, otherwise="")
    return replace(part, sentence=f"{part.sentence} Not all was seen: {failed.reason}.")
