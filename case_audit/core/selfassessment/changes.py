"""Whether criteria changed from one round to the next by more than chance would show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.estimates.change import change, change_of_shares
from case_audit.core.estimates.families import holm
from case_audit.core.estimates.hypergeometric import LEVEL
from case_audit.core.rubric.crosswalk import YES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from case_audit.core.estimates.change import Change
    from case_audit.core.selfassessment.model import Line
    from case_audit.core.selfassessment.trend import TrendLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A difference between two shares, and what is left of it among many.

    Attributes:
        change: The difference with its interval and test.
        adjusted: The p-value after Holm's correction for all that were compared;
            ``None`` where there is no test.
    """

    change: Change
    adjusted: Fraction | None

    @property
    def beyond_chance(self) -> bool:
        """Whether it is more than chance would show, among all that were compared."""
        if not self.change.clear:
            return False
        return self.adjusted is None or self.adjusted < 1 - LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionChange:
    """A criterion in two rounds.

    Attributes:
        old: What the earlier round found.
        new: What the later one found.
        tested: The difference at the benchmark or better.
    """

    old: Line
    new: Line
    tested: Compared


def changes_of(lines: Iterable[TrendLine]) -> tuple[CriterionChange, ...]:
    """Test every criterion that two rounds can be compared on.

    Args:
        lines: The criteria of the two rounds, side by side.

    Returns:
        In their order; those that may not be compared, or have no estimate in one
        round, are left out. The p-values are adjusted for as many comparisons as
        there are.
    """
    pairs = [
        (line.old[0], line.new[0], compared)
        for line in lines
        if line.ease == YES
        and (compared := _compared(line.old[0], line.new[0])) is not None
    ]
    adjusted = holm([compared.p_value for _, _, compared in pairs])
    return tuple(
        CriterionChange(old=old, new=new, tested=Compared(change=one, adjusted=p_value))
        for (old, new, one), p_value in zip(pairs, adjusted, strict=True)
    )


def _compared(old: Line, new: Line) -> Change | None:
    if old.good_or_better is None or new.good_or_better is None:
        return None
    if old.met and new.met:
        return change(old.met, new.met)
    return change_of_shares(old.good_or_better, new.good_or_better)
