"""Undo without end: what can be taken back is read from the changes themselves.

Every change of an audit is kept as a step, and taking one back is a step too. So
undo survives a restart, works the same in every window, and hides nothing: who
reads the history sees the grade, the undo and the redo.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from case_audit.core.audit.model import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from case_audit.core.audit.model import Part

Act = Literal["change", "undo", "redo"]
CHANGE: Final = "change"
UNDO: Final = "undo"
REDO: Final = "redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of an audit.

    Attributes:
        act: Whether it was made, taken back, or made again.
        answer: The answer as it stood afterwards.
    """

    act: Act
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What can be taken back, and what can be made again; the next one last.

    Attributes:
        back: Answers as they stood before each change that still counts.
        again: Answers as they stood before each change that was taken back was.
    """

    back: tuple[Answer, ...]
    again: tuple[Answer, ...]


def steps_of(steps: Iterable[Step]) -> Steps:
    """Return what can be taken back and made again after these steps.

    A new change ends what could be made again, as in every editor.

    Args:
        steps: All steps of one audit, oldest first.
    """
    standing: dict[tuple[Part, str], Answer] = {}
    back: list[Answer] = []
    again: list[Answer] = []
    for step in steps:
        key = (step.answer.part, step.answer.subject)
        before = standing.get(key) or Answer(part=key[0], subject=key[1])
        if step.act == UNDO and back:
            back.pop()
            again.append(before)
        elif step.act == REDO and again:
            again.pop()
            back.append(before)
        elif step.act == CHANGE:
            back.append(before)
            again.clear()
        standing[key] = step.answer
    return Steps(back=tuple(back), again=tuple(again))


def restored(current: Answer, earlier: Answer) -> Answer:
    """Return an answer with what an earlier state of it said.

    Args:
        current: As it stands; its revision is kept, so that nothing that was
            changed elsewhere is overwritten.
        earlier: What it is to say again.
    """
    return replace(
        current,
        value=earlier.value,
        rationale=earlier.rationale,
        evidence=earlier.evidence,
        flagged=earlier.flagged,
        confidence=earlier.confidence,
    )
