"""How Ofsted has judged local authorities, as context for one's own audits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Published judgements on one area, over a number of inspections.

    Attributes:
        area: The judgement area's identifier in ``ilacs``.
        counts: Inspections by grade, best first.
        note: What a reader must know of them; may be empty.
    """

    area: str
    counts: Mapping[str, int]
    note: str = ""

    @property
    def inspections(self) -> int:
        """How many inspections judged this area."""
        return sum(self.counts.values())


FRAMEWORK: Final = "ilacs"
FIRST: Final = "2018-03-12"
LAST: Final = "2025-03-18"
"""Days on which the first and the last of the reports were published."""


def _graded(
    outstanding: int, good: int, requires_improvement: int, inadequate: int
) -> Mapping[str, int]:
    return {
        "outstanding": outstanding,
        "good": good,
        "requires_improvement": requires_improvement,
        "inadequate": inadequate,
    }


ILACS: Final = (
    Published(area="leaders", counts=_graded(67, 96, 68, 28)),
    Published(area="help_and_protection", counts=_graded(30, 106, 98, 25)),
    Published(
        area="children_in_care",
        counts=_graded(48, 120, 74, 17),
        note="until January 2023 one judgement with care leavers",
    ),
    Published(
        area="care_leavers",
        counts=_graded(24, 40, 24, 6),
        note="judged apart since January 2023",
    ),
)
"""The judgements of the 259 ILACS inspections reported between :data:`FIRST` and
:data:`LAST`, counted from Ofsted's published reports (Open Government Licence v3.0)."""
