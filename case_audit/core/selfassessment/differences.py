"""Whether one group of children is served otherwise than the others, beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.estimates.families import holm
from case_audit.core.estimates.groups import GroupCount, compare_group
from case_audit.core.estimates.share import FEW
from case_audit.core.selfassessment.breakdown import UNKNOWN
from case_audit.core.selfassessment.changes import Compared
from case_audit.core.selfassessment.graded import together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from case_audit.core.estimates.change import Change
    from case_audit.core.estimates.stratified import StratumCount
    from case_audit.core.selfassessment.breakdown import Breakdown, GroupLine
    from case_audit.core.selfassessment.graded import Graded
    from case_audit.core.selfassessment.model import Line

TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDifference:
    """A group of children against all others.

    Attributes:
        key: The attribute that makes the groups.
        label: Its name.
        group: The group's value.
        tested: The group's share less that of the others.
        cases: The group's audited cases by their grade.
        others: Those of the others.
    """

    key: str
    label: str
    group: str
    tested: Compared
    cases: Graded
    others: Graded


def differences_of(found: Sequence[Breakdown]) -> tuple[GroupDifference, ...]:
    """Compare every group that is large enough with all others of whom it is known.

    Groups with fewer than ten graded cases, or too few others, are not compared: a
    test of so few would miss nearly every real difference. Where there are only two
    groups, one comparison is both.

    Args:
        found: One line of a round by one attribute or several.

    Returns:
        In the order of the groups. The p-values are adjusted for all of them.
    """
    pairs = [
        (one, group, others, compared)
        for one in found
        for group, others in _each(one)
        if (compared := _against(group, others, one.subject)) is not None
    ]
    adjusted = holm([compared.p_value for *_, compared in pairs])
    return tuple(
        GroupDifference(
            key=one.key,
            label=one.label,
            group=group.group,
            tested=Compared(change=compared, adjusted=p_value),
            cases=group.cases,
            others=together([other.cases for other in others], one.subject.scale),
        )
        for (one, group, others, compared), p_value in zip(pairs, adjusted, strict=True)
    )


def _each(one: Breakdown) -> Iterator[tuple[GroupLine, list[GroupLine]]]:
    known = [g for g in one.groups if g.group != UNKNOWN and g.line.met]
    for group in known[:1] if len(known) == TWO else known:
        yield group, [other for other in known if other is not group]


def _against(
    group: GroupLine, others: Sequence[GroupLine], whole: Line
) -> Change | None:
    """Compare a group with all others of whom it is known, or return nothing."""
    if min(group.line.n, sum(other.line.n for other in others)) < FEW:
        return None
    return compare_group([_stratum(s, group, others) for s in whole.met])


def _stratum(
    whole: StratumCount, group: GroupLine, others: Sequence[GroupLine]
) -> GroupCount:
    asked, hits = _found(whole.stratum, (group,))
    rest, rest_hits = _found(whole.stratum, others)
    return GroupCount(
        stratum=whole.stratum,
        population=whole.population,
        sampled=whole.sampled,
        group=asked,
        group_hits=hits,
        others=rest,
        others_hits=rest_hits,
    )


def _found(stratum: str, groups: Sequence[GroupLine]) -> tuple[int, int]:
    counts = [s for group in groups for s in group.line.met if s.stratum == stratum]
    return sum(s.asked for s in counts), sum(s.hits for s in counts)
