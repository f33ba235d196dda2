"""A case in one line of a list, read a page at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from case_audit.core.allocation.people import same_person
from case_audit.core.audit.model import OPEN, SUBMITTED, Answer, is_answered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from contextlib import AbstractContextManager
    from typing import Protocol

    from case_audit.core.audit.model import Audit
    from case_audit.core.rubric.model import Criterion, Rubric
    from case_audit.core.sample.round import Case, RoundHead
    from case_audit.store.lists import Given, Listed, Lists
    from case_audit.store.readings import Readings

    class Look(Protocol):
        """What a source gives for reading."""

        @property
        def lists(self) -> Lists:
            """What the first screens show."""

        @property
        def readings(self) -> Readings:
            """What an auditor reads of a case."""

    class Source(Protocol):
        """An open database, or a glance into one."""

        def read(self) -> AbstractContextManager[Look]:
            """Read what is there at one moment."""


NOT_STARTED = "not started"
REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case in one line of a list.

    Attributes:
        case: The case.
        round_name: Name of its round.
        audit: Its first audit, if one was begun.
        answered: Criteria answered so far.
        asked: Criteria asked of it; in a page of a list only where its audit is
            open, else 0.
        given_to: Who is to read it; empty where it is given to nobody.
    """

    case: Case
    round_name: str
    audit: Audit | None
    answered: int
    asked: int
    given_to: str = ""

    @property
    def state(self) -> str:
        """``"not started"``, ``"open"``, ``"submitted"`` or ``"replaced"``."""
        if not self.case.stands:
            return REPLACED
        return self.audit.state if self.audit else NOT_STARTED

    def is_for(self, auditor: str) -> bool:
        """Whether it waits for this person: given to them and not begun."""
        return self._waits and same_person(self.given_to, auditor)

    @property
    def is_free(self) -> bool:
        """Whether it waits for anybody: given to nobody and not begun."""
        return self._waits and not self.given_to

    @property
    def _waits(self) -> bool:
        return self.state == NOT_STARTED and self.case.stands


def page_of_cases(
    lists: Lists, one: RoundHead, numbers: Iterable[int], *, whole: bool = False
) -> list[CaseLine]:
    """Return cases of a round in the order of their numbers as given.

    Args:
        lists: What is read.
        one: The round.
        numbers: Which cases; not more than a few hundred.
        whole: Whether to say of every case what is asked of it.
    """
    listed = lists.cases(one.id, numbers)
    begun = [
        found.audit.id
        for found in listed
        if found.audit is not None and found.audit.state == OPEN
    ]
    answers = lists.answers(begun)
    return [_line(lists, one, found, answers, whole=whole) for found in listed]


def _line(
    lists: Lists,
    one: RoundHead,
    found: Listed,
    answers: Mapping[int, Mapping[str, Given]],
    *,
    whole: bool,
) -> CaseLine:
    audit = found.audit
    is_open = audit is not None and audit.state == OPEN
    asked = asked_of(lists, one, found.case.unit) if whole or is_open else ()
    given = answers.get(audit.id, {}) if audit else {}
    answered = sum(is_given(criterion, given.get(criterion.id)) for criterion in asked)
    done = audit is not None and audit.state == SUBMITTED
    return CaseLine(
        case=found.case,
        round_name=one.name,
        audit=audit,
        answered=len(asked) if done else answered,
        asked=len(asked),
        given_to=found.given_to,
    )


def is_given(criterion: Criterion, given: Given | None) -> bool:
    """Whether a criterion needs no further look."""
    if given is None:
        return False
    answer = Answer(
        part="criterion",
        subject=criterion.id,
        value=given.value,
        rationale=given.rationale,
    )
    return is_answered(criterion, answer)


def asked_of(lists: Lists, one: RoundHead, unit: str) -> tuple[Criterion, ...]:
    """Return the criteria that are asked of a case, in the rubric's order."""
    rubric = rubric_of(lists, one)
    known = None
    if any(criterion.applies for criterion in rubric.criteria()):
        from case_audit.exchange.case_values import (  # noqa: PLC0415 - few need it
            case_values,
        )

        attributes = json.loads(lists.attributes(one.frame_id, unit))
        known = case_values(one.cohort, attributes)
    domains = rubric.domains_for(one.cohort, known)
    return tuple(criterion for domain in domains for criterion in domain.criteria)


def rubric_of(lists: Lists, one: RoundHead) -> Rubric:
    """Return the rubric a round is pinned to, read once."""
    return _rubric(lists.rubric_text(one.rubric_digest))


@lru_cache(maxsize=8)
def _rubric(text: str) -> Rubric:
    from case_audit.core.rubric.canonical import (  # noqa: PLC0415 - rubrics are only
        rubric_from_text,  # read where a case is begun, and first screens are quick
    )

    return rubric_from_text(text)
