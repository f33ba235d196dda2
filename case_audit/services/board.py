"""Cases by criteria: one mark for each answer of a round, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.services.case_lines import asked_of, is_given, rubric_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from case_audit.core.rubric.model import Criterion, Rubric
    from case_audit.core.sample.round import RoundHead
    from case_audit.services.case_lines import Source
    from case_audit.store.lists import Given

OPEN_MARK = "·"
WRITTEN_MARK = "✓"
NOT_ASKED = " "
MARKS = {NOT_APPLICABLE: "–", NOT_EVIDENCED: "?"}
"""The marks of answers that are no grade, as in the workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One case on the board.

    Attributes:
        case_id: The case.
        number: Its number in the round.
        unit: The child's identifier.
        marks: A character for each criterion of the board: a grade's letter, or a
            mark; :data:`NOT_ASKED` where it is not asked of the case.
        flagged: Places of the criteria that are to be looked at again.
    """

    case_id: int
    number: int
    unit: str
    marks: str
    flagged: frozenset[int]


def board_criteria(source: Source, one: RoundHead) -> tuple[Criterion, ...]:
    """Return the criteria that may be asked in a round, in the rubric's order."""
    with source.read() as read:
        domains = rubric_of(read.lists, one).domains_for(one.cohort)
        return tuple(criterion for domain in domains for criterion in domain.criteria)


def board_rows(
    source: Source,
    one: RoundHead,
    numbers: Iterable[int],
    criteria: tuple[Criterion, ...],
) -> list[BoardRow]:
    """Return some cases of a round in the order of their numbers as given."""
    with source.read() as read:
        lists = read.lists
        rubric = rubric_of(lists, one)
        found = lists.cases(one.id, numbers)
        answers = lists.answers([x.audit.id for x in found if x.audit is not None])
        rows = []
        for listed in found:
            given = answers.get(listed.audit.id, {}) if listed.audit else {}
            asked = {c.id for c in asked_of(lists, one, listed.case.unit)}
            rows.append(
                BoardRow(
                    case_id=listed.case.id,
                    number=listed.case.number,
                    unit=listed.case.unit,
                    marks="".join(_mark(rubric, c, given, asked) for c in criteria),
                    flagged=frozenset(
                        place
                        for place, c in enumerate(criteria)
                        if c.id in given and given[c.id].flagged
                    ),
                )
            )
        return rows


def _mark(
    rubric: Rubric, criterion: Criterion, given: Mapping[str, Given], asked: set[str]
) -> str:
    answer = given.get(criterion.id)
    if criterion.id not in asked:
        return NOT_ASKED
    if answer is None or not is_given(criterion, answer):
        return OPEN_MARK
    if answer.value in MARKS:
        return MARKS[answer.value]
    if not answer.value:
        return WRITTEN_MARK
    return rubric.scale_of(criterion).grade(answer.value).letter
