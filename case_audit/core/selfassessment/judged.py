"""A submitted audit from its answers and the grades that were computed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.core.audit.model import Answers
from case_audit.core.selfassessment.model import SubmittedAudit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.audit.judge import Computed


def judged(
    number: int,
    found: Mapping[str, Computed],
    *,
    stratum: str = "",
    answers: Answers | None = None,
) -> SubmittedAudit:
    """Return a submitted audit.

    Args:
        number: The case's number in the round.
        found: The grades, by domain and for the case as a whole.
        stratum: Where the case was drawn.
        answers: What was answered; none where only the grades are looked at.
    """
    return SubmittedAudit(
        number=number,
        stratum=stratum,
        answers=answers or Answers({}),
        grades={key: c.standing for key, c in found.items()},
        rules={key: c.rule for key, c in found.items()},
        because={key: c.because for key, c in found.items()},
        computed={key: c.grade for key, c in found.items()},
        raises={key: c.raises for key, c in found.items()},
    )
