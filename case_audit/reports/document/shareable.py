"""What may be seen outside the council: no small numbers, no cases, no teams."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.selfassessment.disclosure import DFE, protect_row, protect_table
from case_audit.reports.document.lines import Numbers, count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.breakdown import Breakdown
    from case_audit.core.selfassessment.disclosure import Row, Rule
    from case_audit.core.selfassessment.model import Line
    from case_audit.reports.document.model import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Shareable:
    """Readers outside the council.

    Attributes:
        rule: The rule that hides small numbers.
    """

    rule: Rule = DFE
    audience: Audience = "shareable"
    names_cases: bool = False
    sees_teams: bool = False

    def numbers(self, line: Line) -> Numbers:
        """Return what may be seen of a line by itself.

        Raises:
            ValueError: If nothing is graded.
        """
        scale = _scale(line)
        row = protect_row(_cells(line), sides=_sides(scale), rule=self.rule)
        shown = self._shown(line, scale, row)
        if shown.share is None and line.level != "area":
            return self._share_alone(line, scale) or shown
        return shown

    def _share_alone(self, line: Line, scale: Scale) -> Numbers | None:
        """Return a line's share and n without any count by grade, where that is safe.

        The share says more than single counts do. It tells how many cases are at the
        benchmark, and nothing of how they fall to the grades there, since noughts are
        hidden as well. Not for the cases as a whole: they are printed group by group
        too, and what one table hides must not follow from the other.
        """
        counts = line.counts
        met = sum(counts[g] for g in scale.ids if scale.at_benchmark_or_better(g))
        cells = (met, line.n - met, *_cells(line)[len(counts) :])
        row = protect_row(
            cells, sides=(frozenset({0, 1}), frozenset({0})), rule=self.rule
        )
        share = line.good_or_better
        graded, better = row.sides
        enough = line.n >= self.rule.share_from
        if share is None or not (graded and better and enough) or row.withheld:
            return None
        return Numbers(
            line=line,
            scale=scale,
            counts=dict.fromkeys(scale.ids),
            not_applicable=row.cells[2],
            not_evidenced=row.cells[3],
            n=line.n,
            share=share,
            why_not="",
            worst=False,
        )

    def groups(self, found: Breakdown) -> tuple[Numbers, ...]:
        """Return what may be seen of each group, where all together are shown too."""
        scale = _scale(found.subject)
        table = protect_table(
            [_cells(group.line) for group in found.groups],
            sides=_sides(scale),
            rule=self.rule,
            totals_known=True,
        )
        return tuple(
            self._shown(group.line, scale, row)
            for group, row in zip(found.groups, table.rows, strict=True)
        )

    def sizes(self, numbers: Sequence[int]) -> tuple[int | None, ...]:
        """Return how large groups of the frame are, the small ones hidden."""
        return protect_row(numbers, rule=self.rule).cells

    def counted(self, found: Numbers) -> str:
        """Return the counts of a line as a sentence."""
        return count_words(found)

    def _shown(self, line: Line, scale: Scale, row: Row) -> Numbers:
        graded, better, lowest = row.sides
        cells = row.cells
        share = line.good_or_better
        enough = line.n >= self.rule.share_from
        seen = share if better and graded and enough and not row.withheld else None
        hidden = share is not None and seen is None
        return Numbers(
            line=line,
            scale=scale,
            counts=dict(zip(scale.ids, cells, strict=False)),
            not_applicable=cells[-3],
            not_evidenced=cells[-2],
            n=line.n if graded and not row.withheld else None,
            share=seen,
            why_not="" if hidden or row.withheld else line.why_not,
            worst=lowest and seen is not None,
        )


def _scale(line: Line) -> Scale:
    if line.scale is None:
        msg = f"nothing is graded: {line.id}"
        raise ValueError(msg)
    return line.scale


def _cells(line: Line) -> tuple[int, ...]:
    """Return every audited case once: by grade, and the three that are no grades."""
    return (
        *line.counts.values(),
        line.not_applicable,
        line.not_evidenced,
        line.ungraded,
    )


def _sides(scale: Scale) -> tuple[frozenset[int], ...]:
    """Return the columns whose sum n and the two shares would tell."""
    grades = range(len(scale.ids))
    better = [p for p in grades if scale.at_benchmark_or_better(scale.ids[p])]
    return frozenset(grades), frozenset(better), frozenset({len(scale.ids) - 1})
