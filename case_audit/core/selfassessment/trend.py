"""Two rounds side by side: which shares may be compared, and what that shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from case_audit.core.rubric.crosswalk import NO, Comparison, comparable, unchanged
from case_audit.core.selfassessment.changes import changes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.rubric.crosswalk import Crosswalk, Ease
    from case_audit.core.selfassessment.changes import CriterionChange
    from case_audit.core.selfassessment.model import Line, Summary

Seen = Literal["higher", "lower", "chance", ""]
"""What became of a share: higher or lower by more than chance would show, not more than
that, or empty where it was not compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLine:
    """A criterion, or several that belong together, in two rounds.

    Attributes:
        old: What the earlier round found; empty for what is new.
        new: What the later round found; empty for what was dropped.
        ease: Whether the shares may be compared, read with care, or not at all.
        why: The reason, in words that can follow a colon.
        note: What the crosswalk says besides; may be empty.
    """

    old: tuple[Line, ...]
    new: tuple[Line, ...]
    ease: Ease
    why: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Two rounds side by side.

    Attributes:
        old: The earlier round.
        new: The later round.
        crosswalk: The crosswalk's name; empty where none was given and only what
            reads the same is compared.
        lines: The later rubric's criteria in its order, then what was dropped.
        changes: Those that can be compared, each tested and corrected for all of
            them.
    """

    old: Summary
    new: Summary
    crosswalk: str
    lines: tuple[TrendLine, ...]
    changes: tuple[CriterionChange, ...]

    def seen(self, line: TrendLine) -> Seen:
        """Return what became of the share of a line: the answer of its test.

        ``higher`` or ``lower`` where it changed by more than chance would show,
        among all that were compared. ``chance`` elsewhere; then the share may have
        risen, fallen or stayed. Empty where the two may not be compared, or one has
        no estimate.
        """
        for one in self.changes:
            if line.new and one.new is line.new[0] and one.old is line.old[0]:
                if not one.tested.beyond_chance:
                    return "chance"
                return "higher" if one.tested.change.difference > 0 else "lower"
        return ""

    def with_ease(self, ease: Ease) -> tuple[TrendLine, ...]:
        """Return the lines that may be compared that easily."""
        return tuple(line for line in self.lines if line.ease == ease)


def trend(old: Summary, new: Summary, walk: Crosswalk | None = None) -> Trend:
    """Carry the criteria of two rounds across a crosswalk.

    Args:
        old: The earlier round.
        new: The later round, of the same cohort.
        walk: The crosswalk from the earlier round's rubric to the later one's,
            without problems. Without it, criteria are compared that stand in
            both rubrics under one identifier with the same text.

    Raises:
        ValueError: If the rounds are of different cohorts.
    """
    if old.facts.cohort != new.facts.cohort:
        msg = f"cohorts {old.facts.cohort} and {new.facts.cohort}"
        raise ValueError(msg)
    way = unchanged(old.rubric, new.rubric) if walk is None else walk
    order = {c.id: place for place, c in enumerate(new.rubric.criteria())}
    last = len(order)
    lines = sorted(
        _lines(old, new, way),
        key=lambda line: min((order[one.id] for one in line.new), default=last),
    )
    return Trend(
        old=old,
        new=new,
        crosswalk="" if walk is None else walk.id,
        lines=tuple(lines),
        changes=changes_of(lines),
    )


def _lines(old: Summary, new: Summary, walk: Crosswalk) -> Iterator[TrendLine]:
    before, after = _by_id(old), _by_id(new)
    for pair in walk.pairs:
        one = tuple(before[key] for key in pair.old if key in before)
        other = tuple(after[key] for key in pair.new if key in after)
        found = comparable(pair, walk, old.rubric, new.rubric)
        if (len(one), len(other)) != (len(pair.old), len(pair.new)):
            found = Comparison(ease=NO, why="not asked of this cohort in both rounds")
        if one or other:
            yield TrendLine(
                old=one, new=other, ease=found.ease, why=found.why, note=pair.note
            )
    for alone in walk.added:
        if alone.id in after:
            yield TrendLine(
                old=(), new=(after[alone.id],), ease=NO, why="new", note=alone.note
            )
    for alone in walk.dropped:
        if alone.id in before:
            yield TrendLine(
                old=(before[alone.id],),
                new=(),
                ease=NO,
                why="dropped",
                note=alone.note,
            )


def _by_id(summary: Summary) -> dict[str, Line]:
    return {
        line.id: line
        for area in summary.areas
        for domain in area.domains
        for line in domain.criteria
    }
