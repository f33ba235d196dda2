"""One line of a round by team, by stratum, or by who the children are.

What is known of a group of cases is estimated from the audited cases of that group
alone. How large the group is in the frame is known, so within a stratum its audited
cases are a simple random sample of the group, given how many there are, and the same
methods hold as for the whole. Where some stratum has cases of the group of which none
was audited, the group is estimated as a domain of the whole sample instead (Cochran,
*Sampling Techniques*, 3rd ed. 1977, section 5A.14).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.estimates.share import estimate
from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.estimates.weighted import Found, estimate_weighted
from case_audit.core.selfassessment.findings import value_of
from case_audit.core.selfassessment.graded import graded
from case_audit.core.selfassessment.model import Line
from case_audit.errors import (
    NothingAppliesError,
    StratumNotAuditedError,
    TooFewClustersError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case_audit.core.estimates.share import Share
    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.graded import Graded
    from case_audit.core.selfassessment.model import DrawFacts, SubmittedAudit

UNKNOWN: Final = ""
"""The group of cases of which it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """How the cases of a frame fall into groups.

    Attributes:
        key: The attribute that makes the groups, for example ``"team"``.
        label: Its name.
        of_case: The group of each case of the round, by number.
        sizes: Cases of the frame by group and stratum; every group of the frame.
    """

    key: str
    label: str
    of_case: Mapping[int, str]
    sizes: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A line for one group of cases.

    Attributes:
        group: The group's value; :data:`UNKNOWN` where it is not known.
        size: Cases of the frame in it.
        audited: Audited cases in it.
        line: What was found.
        cases: The audited cases by their grade.
    """

    group: str
    size: int
    audited: int
    line: Line
    cases: Graded


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """A line of a round, group by group.

    Attributes:
        key: The attribute that makes the groups.
        label: Its name.
        subject: The line of all groups together.
        groups: Every group of the frame, by name; the unknown last.
    """

    key: str
    label: str
    subject: Line
    groups: tuple[GroupLine, ...]


def breakdown(
    line: Line, facts: DrawFacts, audits: Sequence[SubmittedAudit], groups: Groups
) -> Breakdown:
    """Count and estimate a line group by group.

    Args:
        line: What it is about; on a scale.
        facts: How the cases were drawn.
        audits: The submitted audits.
        groups: How the cases fall into groups.

    Raises:
        ValueError: If the line has no grades.
    """
    if line.scale is None:
        msg = f"nothing is graded: {line.id}"
        raise ValueError(msg)
    found = _Cases(line=line, scale=line.scale, facts=facts, audits=audits)
    names = sorted(groups.sizes, key=lambda name: (name == UNKNOWN, name))
    return Breakdown(
        key=groups.key,
        label=groups.label,
        subject=line,
        groups=tuple(found.group(name, groups) for name in names),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cases:
    """The audited cases of a round, for one line."""

    line: Line
    scale: Scale
    facts: DrawFacts
    audits: Sequence[SubmittedAudit]

    def group(self, name: str, groups: Groups) -> GroupLine:
        """Count and estimate one group."""
        mine = [a for a in self.audits if groups.of_case[a.number] == name]
        values = sorted((audit.number, value_of(audit, self.line)) for audit in mine)
        counts = Counter(value for _, value in values)
        met = frozenset(
            g for g in self.scale.ids if self.scale.at_benchmark_or_better(g)
        )
        share, why_not = self._share(name, groups, met)
        worst, _ = self._share(name, groups, frozenset({self.scale.ids[-1]}))
        return GroupLine(
            group=name,
            size=sum(groups.sizes[name].values()),
            audited=len(mine),
            cases=graded(self.scale, values),
            line=Line(
                level=self.line.level,
                id=self.line.id,
                label=self.line.label,
                scale=self.scale,
                counts={grade: counts[grade] for grade in self.scale.ids},
                not_applicable=counts[NOT_APPLICABLE],
                not_evidenced=counts[NOT_EVIDENCED],
                ungraded=counts[""],
                written=0,
                good_or_better=share,
                worst=worst,
                worst_at_most=None,
                why_not=why_not,
                met=self._met(name, groups, met) if share is not None else (),
            ),
        )

    def _met(
        self, name: str, groups: Groups, met: frozenset[str]
    ) -> tuple[StratumCount, ...]:
        if self.facts.weighting is not None:
            return ()
        return tuple(self._strata(name, groups, met))

    def _share(
        self, name: str, groups: Groups, hits: frozenset[str]
    ) -> tuple[Share | None, str]:
        if why := self.facts.why_no_estimate:
            return None, why
        try:
            if self.facts.weighting is not None:
                found = self._found(name, groups, hits)
                if not any(not one.outside for one in found):
                    return None, "no graded case"
                return estimate_weighted(self.facts.weighting, found), ""
            return estimate(self._strata(name, groups, hits)), ""
        except NothingAppliesError:
            return None, "no graded case"
        except (StratumNotAuditedError, TooFewClustersError):
            return None, "no graded case yet in a part of the frame"

    def _found(self, name: str, groups: Groups, hits: frozenset[str]) -> list[Found]:
        """Return the cases one by one; those of other groups are outside."""
        found = []
        for audit in self.audits:
            value = value_of(audit, self.line)
            member = groups.of_case[audit.number] == name
            if not member or value in {*self.scale.ids, NOT_APPLICABLE}:
                inside = member and value != NOT_APPLICABLE
                hit = inside and value in hits
                found.append(Found(number=audit.number, hit=hit, outside=not inside))
        return found

    def _strata(
        self, name: str, groups: Groups, hits: frozenset[str]
    ) -> list[StratumCount]:
        mine, others = Counter[tuple[str, str]](), Counter[str]()
        for audit in self.audits:
            if groups.of_case[audit.number] == name:
                mine[audit.stratum, value_of(audit, self.line)] += 1
            else:
                others[audit.stratum] += 1
        sizes = {stratum: n for stratum, n in groups.sizes[name].items() if n}
        seen = {stratum for stratum, value in mine if self._known(value)}
        if sizes.keys() <= seen and not any(self.facts.out_of_scope.values()):
            return [self._stratum(h, n, mine, hits, 0) for h, n in sizes.items()]
        return [
            self._stratum(
                *(h, n, mine, hits), others[h] + self.facts.out_of_scope.get(h, 0)
            )
            for h, n in self.facts.populations.items()
        ]

    def _stratum(
        self,
        stratum: str,
        population: int,
        mine: Counter[tuple[str, str]],
        hits: frozenset[str],
        besides: int,
    ) -> StratumCount:
        outside = mine[stratum, NOT_APPLICABLE] + besides
        graded = sum(mine[stratum, grade] for grade in self.scale.ids)
        return StratumCount(
            stratum=stratum,
            population=population,
            sampled=graded + outside,
            hits=sum(mine[stratum, grade] for grade in hits),
            outside=outside,
        )

    def _known(self, value: str) -> bool:
        return value in self.scale.ids or value == NOT_APPLICABLE
