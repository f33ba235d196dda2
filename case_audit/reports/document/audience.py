"""Who a document is for, and what such a reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from case_audit.reports.document.lines import all_numbers, count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.selfassessment.breakdown import Breakdown
    from case_audit.core.selfassessment.model import Line
    from case_audit.reports.document.lines import Numbers
    from case_audit.reports.document.model import Audience


class Reader(Protocol):
    """What a reader may see of each line."""

    @property
    def audience(self) -> Audience:
        """Who the reader is."""

    @property
    def names_cases(self) -> bool:
        """Whether single cases are spoken of by number."""

    @property
    def sees_teams(self) -> bool:
        """Whether anything is shown team by team."""

    def numbers(self, line: Line) -> Numbers:
        """Return what may be seen of a line that has grades."""

    def groups(self, found: Breakdown) -> tuple[Numbers, ...]:
        """Return what may be seen of a line group by group."""

    def sizes(self, numbers: Sequence[int]) -> tuple[int | None, ...]:
        """Return how large groups of the frame are, as may be seen."""

    def counted(self, found: Numbers) -> str:
        """Return the counts of a line as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Internal:
    """The council's own people: every number, and cases by number."""

    audience: Audience = "internal"
    names_cases: bool = True
    sees_teams: bool = True

    def numbers(self, line: Line) -> Numbers:
        """Return everything that is known of a line."""
        return all_numbers(line)

    def groups(self, found: Breakdown) -> tuple[Numbers, ...]:
        """Return everything that is known of each group."""
        return tuple(all_numbers(group.line) for group in found.groups)

    def sizes(self, numbers: Sequence[int]) -> tuple[int | None, ...]:
        """Return how large groups of the frame are."""
        return tuple(numbers)

    def counted(self, found: Numbers) -> str:
        """Return the counts of a line as a sentence."""
        return count_words(found)
