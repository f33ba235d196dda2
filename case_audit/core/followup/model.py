"""Actions with an owner and a date, and escalations that are open until closed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from case_audit.core.audit.judge import Computed

Status = Literal["open", "done", "verified"]
"""An action is done once its owner says so, and verified once somebody has seen it."""

About = Literal["area", "domain", "criterion", "case"]
"""What an action is about."""

LONGEST: Final = 2000
"""Characters of the longest text of an action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What has to follow from a round.

    Attributes:
        number: Its number in the round, from 1.
        about: What it is about.
        subject: The area's, domain's or criterion's identifier, or the case's number.
        text: What is to be done.
        owner: Who is to do it, as a role and not a person.
        due: ISO date by which it is to be done.
        measure: How it will be seen.
        reaudit: ISO date of the re-audit that will show it; empty for none.
        status: How far it is.
        done_on: ISO date it was done; empty while it is open.
        evidence: What shows that it was done, or was seen to be.
        verified_on: ISO date somebody saw it; empty before.
    """

    number: int
    about: About
    subject: str
    text: str
    owner: str
    due: str
    measure: str
    reaudit: str = ""
    status: Status = "open"
    done_on: str = ""
    evidence: str = ""
    verified_on: str = ""

    def overdue(self, today: str) -> bool:
        """Whether it is still open after its day.

        Args:
            today: ISO date.
        """
        return self.status == "open" and self.due < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A case that the rules say is to be raised with a manager.

    Attributes:
        number: The case's number in the round.
        level: ``E1``, most urgent, to ``E3``.
        rule: The rule that decided the grade where it was raised: a limit, or the
            roll-up where the grade was as low without one.
        because: The sentence that says why.
        since: When the audit was submitted, ISO time in UTC.
        closed_utc: When it was closed; empty while it is open.
        note: What was done, as noted at its end.
    """

    number: int
    level: str
    rule: str
    because: str
    since: str
    closed_utc: str = ""
    note: str = ""

    @property
    def open(self) -> bool:
        """Whether it is not closed yet."""
        return not self.closed_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How far the actions of a round are.

    Attributes:
        open: Not done yet.
        overdue: How many of these are past their day.
        done: Done, and not verified yet.
        verified: Seen to be done.
    """

    open: int
    overdue: int
    done: int
    verified: int


def count(actions: Iterable[Action], *, today: str) -> Counts:
    """Count actions by how far they are.

    Args:
        actions: Of one round.
        today: ISO date.
    """
    every = list(actions)
    by = Counter(action.status for action in every)
    return Counts(
        open=by["open"],
        overdue=sum(action.overdue(today) for action in every),
        done=by["done"],
        verified=by["verified"],
    )


def escalation_of(
    number: int, computed: Mapping[str, Computed], *, since: str
) -> Escalation | None:
    """Return the most urgent escalation that the grades of a case ask for, if any.

    Args:
        number: The case's number.
        computed: Its computed grades by domain and for the whole.
        since: When the audit was submitted.
    """
    raised = [one for one in computed.values() if one.raises]
    if not raised:
        return None
    first = min(raised, key=lambda one: one.raises)
    return Escalation(
        number=number,
        level=first.raises,
        rule=first.rule,
        because=first.because,
        since=since,
    )


def without_action(
    lowest: Iterable[int], actions: Iterable[Action], reaudited: Iterable[int]
) -> tuple[int, ...]:
    """Return the cases at the lowest grade that nothing follows from yet.

    Args:
        lowest: Numbers of the cases whose grade as a whole is the lowest.
        actions: All actions of the round.
        reaudited: Numbers of cases that are in a later round.

    Returns:
        Their numbers, rising.
    """
    answered = {int(a.subject) for a in actions if a.about == "case"}
    return tuple(sorted(set(lowest) - answered - set(reaudited)))
