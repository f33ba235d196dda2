"""From submitted audits to the lines of a self-assessment."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from case_audit.core.audit.model import (
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    NOT_YET,
    is_answered,
    is_flagged,
)
from case_audit.core.estimates.share import estimate, no_more_than
from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.rubric.model import YES_NO
from case_audit.core.rubric.rules import NONE
from case_audit.core.selfassessment.limits import limits_of
from case_audit.core.selfassessment.model import (
    AreaLines,
    CaseList,
    DomainLines,
    LimitedCase,
    Line,
    Overruled,
    Summary,
)
from case_audit.core.selfassessment.ratings import ratings
from case_audit.core.selfassessment.weighted import weighted_at_most, weighted_share
from case_audit.errors import NothingAppliesError, StratumNotAuditedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Literal

    from case_audit.core.estimates.share import Share
    from case_audit.core.rubric.model import Criterion, Domain, Rubric
    from case_audit.core.rubric.rules import Level
    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.model import (
        DrawFacts,
        Rating,
        SubmittedAudit,
    )

    _About = tuple[Literal["area", "domain", "criterion"], str, str]

NO_GRADE = ""
TARGETED = "these cases were picked for a reason"
"""Why a targeted round has counts and no estimate."""


def compose(
    rubric: Rubric,
    *,
    digest: str,
    facts: DrawFacts,
    audits: Sequence[SubmittedAudit],
) -> Summary:
    """Count and estimate everything one round can say.

    Each line counts the cases at every grade apart, never two grades together,
    and estimates the share of the frame at the benchmark or better and at the
    lowest grade, by stratum as drawn. Drawn cases that are not audited yet are
    taken to be like the audited ones of their stratum, which the limits say.

    Args:
        rubric: What the cases were graded with.
        digest: Fixes its text.
        facts: How they were drawn.
        audits: The submitted audits.
    """
    ordered = sorted(audits, key=lambda audit: audit.number)
    maker = _Lines(rubric, facts, ordered)
    areas = tuple(
        AreaLines(area=area, line=maker.area(area.label), domains=maker.domains())
        if area.id == rubric.area
        else AreaLines(area=area, line=None, domains=())
        for area in rubric.framework.areas
    )
    return Summary(
        facts=facts,
        rubric=rubric,
        rubric_digest=digest,
        submitted=len(ordered),
        areas=areas,
        limited=tuple(_limited(rubric, ordered)),
        answered_no=tuple(_answered_no(rubric, facts.cohort, ordered)),
        ticked=tuple(_ticked(rubric, ordered)),
        overruled=tuple(_overruled(rubric, facts.cohort, ordered)),
        ratings=tuple(maker.ratings()),
        limits=limits_of(rubric, facts=facts, audits=ordered),
    )


class _Lines:
    """Makes the lines of one round."""

    def __init__(
        self, rubric: Rubric, facts: DrawFacts, audits: Sequence[SubmittedAudit]
    ) -> None:
        self._rubric = rubric
        self._facts = facts
        self._audits = audits

    def area(self, label: str) -> Line:
        """The cases as a whole, for the rubric's judgement area."""
        return self._line(
            ("area", self._rubric.area, label),
            self._scale_of_level("overall"),
            lambda audit: audit.grades["overall"],
        )

    def domains(self) -> tuple[DomainLines, ...]:
        """Every domain with its criteria."""
        return tuple(
            DomainLines(line=self._domain(domain), criteria=self._criteria(domain))
            for domain in self._rubric.domains_for(self._facts.cohort)
        )

    def ratings(self) -> Iterator[Rating]:
        """The framework's own ratings, each criterion's with its share."""
        across = self._rubric.rules.across_cases
        cohort = self._facts.cohort
        for rating in ratings(self._rubric, cohort=cohort, audits=self._audits):
            if across is None or rating.level == "domain":
                yield rating
                continue
            scale = self._rubric.scale_of(self._rubric.criterion(rating.id))
            counts = scale.ids[: scale.place(across.rollup.counts) + 1]
            values = [
                (audit.stratum, audit.answers.criterion(rating.id).value)
                for audit in self._audits
            ]
            share, _ = self._share(values, frozenset(counts), scale)
            yield replace(rating, share=share)

    def _domain(self, domain: Domain) -> Line:
        def found(audit: SubmittedAudit) -> str:
            grade = audit.grades.get(domain.id, NO_GRADE)
            return grade or _whole(self._rubric, domain, audit)

        about: _About = ("domain", domain.id, domain.label)
        return self._line(about, self._scale_of_level("domain"), found)

    def _scale_of_level(self, level: Level) -> Scale | None:
        rules, rubric = self._rubric.rules, self._rubric
        if level == "domain":
            graded = rules.domain_rollup.kind != NONE
            return rubric.domain_scale if graded else None
        return rubric.overall_scale if rules.overall_rollup.kind != NONE else None

    def _criteria(self, domain: Domain) -> tuple[Line, ...]:
        return tuple(self._criterion(criterion) for criterion in domain.criteria)

    def _criterion(self, criterion: Criterion) -> Line:
        def found(audit: SubmittedAudit) -> str:
            return audit.answers.criterion(criterion.id).value

        about: _About = ("criterion", criterion.id, criterion.label)
        if criterion.in_words:
            return self._in_words(about, criterion)
        return self._line(about, self._rubric.scale_of(criterion), found)

    def _in_words(self, about: _About, criterion: Criterion) -> Line:
        answers = [audit.answers.criterion(criterion.id) for audit in self._audits]
        counts = Counter(answer.value for answer in answers)
        written = sum(
            answer.value == NOT_YET and is_answered(criterion, answer)
            for answer in answers
        )
        return _ungraded(
            about,
            counts,
            written=written,
            ungraded=counts[NOT_YET] - written,
            why_not="answered in words",
        )

    def _line(
        self,
        about: _About,
        scale: Scale | None,
        found: Callable[[SubmittedAudit], str],
    ) -> Line:
        values = [(audit.stratum, found(audit)) for audit in self._audits]
        counts = Counter(value for _, value in values)
        if scale is None:
            nothing = "nothing is graded on this level"
            return _ungraded(about, Counter(), ungraded=0, written=0, why_not=nothing)
        good = frozenset(g for g in scale.ids if scale.at_benchmark_or_better(g))
        share, why_not = self._share(values, good, scale)
        lowest = frozenset({scale.ids[-1]})
        worst, _ = self._share(values, lowest, scale)
        at_most = None
        if worst is not None and not worst.hits:
            at_most = self._at_most(values, lowest, scale)
        level, key, label = about
        return Line(
            level=level,
            id=key,
            label=label,
            scale=scale,
            written=0,
            counts={grade: counts[grade] for grade in scale.ids},
            not_applicable=counts[NOT_APPLICABLE],
            not_evidenced=counts[NOT_EVIDENCED],
            ungraded=counts[NO_GRADE],
            good_or_better=share,
            worst=worst,
            worst_at_most=at_most,
            why_not=why_not,
        )

    def _share(
        self, values: Sequence[tuple[str, str]], hits: frozenset[str], scale: Scale
    ) -> tuple[Share | None, str]:
        if self._facts.purpose == "targeted":
            return None, TARGETED
        if weighting := self._facts.weighting:
            return weighted_share(weighting, self._numbered(values), hits, scale)
        strata = self._strata(values, hits, scale)
        try:
            return estimate(strata), ""
        except NothingAppliesError:
            return None, "no graded case"
        except StratumNotAuditedError as error:
            if not any(s.sampled for s in strata):
                return None, "no graded case"
            return None, f"no graded case yet in {len(error.strata)} of the strata"

    def _at_most(
        self, values: Sequence[tuple[str, str]], hits: frozenset[str], scale: Scale
    ) -> Share:
        if weighting := self._facts.weighting:
            return weighted_at_most(weighting, self._numbered(values), hits, scale)
        return no_more_than(self._strata(values, hits, scale))

    def _numbered(self, values: Sequence[tuple[str, str]]) -> list[tuple[int, str]]:
        """Return each value with the number of its case instead of its stratum."""
        return [
            (audit.number, value)
            for audit, (_, value) in zip(self._audits, values, strict=True)
        ]

    def _strata(
        self, values: Sequence[tuple[str, str]], hits: frozenset[str], scale: Scale
    ) -> list[StratumCount]:
        counted = Counter(values)
        strata = []
        for name, population in self._facts.populations.items():
            # What the list should not have held was drawn, and nothing applies.
            outside = counted[name, NOT_APPLICABLE]
            outside += self._facts.out_of_scope.get(name, 0)
            graded = sum(counted[name, grade] for grade in scale.ids)
            strata.append(
                StratumCount(
                    stratum=name,
                    population=population,
                    sampled=graded + outside,
                    hits=sum(counted[name, grade] for grade in hits),
                    outside=outside,
                )
            )
        return strata


def _ungraded(
    about: _About, counts: Counter[str], *, ungraded: int, written: int, why_not: str
) -> Line:
    """Return the line of something that has no grades."""
    level, key, label = about
    return Line(
        level=level,
        id=key,
        label=label,
        scale=None,
        counts={},
        not_applicable=counts[NOT_APPLICABLE],
        not_evidenced=counts[NOT_EVIDENCED],
        ungraded=ungraded,
        written=written,
        good_or_better=None,
        worst=None,
        worst_at_most=None,
        why_not=why_not,
    )


def _whole(rubric: Rubric, domain: Domain, audit: SubmittedAudit) -> str:
    """Return what an ungraded domain is: not applicable, not evidenced or neither.

    The criteria that its grade would have come from say so; where it has none,
    all of them.
    """
    rollup = rubric.rules.domain_rollup
    into = rubric.scale_named(rollup.of or rollup.scale)
    able = [c for c in domain.criteria if not c.in_words and rubric.scale_of(c) == into]
    values = {
        audit.answers.criterion(criterion.id).value
        for criterion in able or domain.criteria
    }
    if values == {NOT_APPLICABLE}:
        return NOT_APPLICABLE
    if values <= {NOT_APPLICABLE, NOT_EVIDENCED}:
        return NOT_EVIDENCED
    return NO_GRADE


def _limited(rubric: Rubric, audits: Sequence[SubmittedAudit]) -> Iterator[LimitedCase]:
    limiting = {limit.id for limit in rubric.rules.limits}
    for audit in audits:
        raised = sorted(found for found in audit.raises.values() if found)
        if audit.rules.get("overall") in limiting or raised:
            yield LimitedCase(
                number=audit.number,
                grade=audit.grades["overall"],
                rule=audit.rules["overall"],
                because=audit.because["overall"],
                raises=raised[0] if raised else "",
            )


def _answered_no(
    rubric: Rubric, cohort: str, audits: Sequence[SubmittedAudit]
) -> Iterator[CaseList]:
    for domain in rubric.domains_for(cohort):
        for criterion in domain.criteria:
            if criterion.kind != YES_NO or not criterion.critical:
                continue
            no = rubric.scale_of(criterion).ids[-1]
            cases = tuple(
                audit.number
                for audit in audits
                if audit.answers.criterion(criterion.id).value == no
            )
            if cases:
                yield CaseList(id=criterion.id, label=criterion.label, cases=cases)


def _ticked(rubric: Rubric, audits: Sequence[SubmittedAudit]) -> Iterator[CaseList]:
    for flag in rubric.rules.flags:
        cases = tuple(a.number for a in audits if is_flagged(a.answers, flag.id))
        if cases:
            yield CaseList(id=flag.id, label=flag.label, cases=cases)


def _overruled(
    rubric: Rubric, cohort: str, audits: Sequence[SubmittedAudit]
) -> Iterator[Overruled]:
    labels = {d.id: d.label for d in rubric.domains_for(cohort)}
    labels["overall"] = "the case as a whole"
    for audit in audits:
        for key, label in labels.items():
            if audit.grades.get(key) != audit.computed.get(key):
                yield Overruled(
                    number=audit.number,
                    level="overall" if key == "overall" else "domain",
                    subject=label,
                    computed=audit.computed[key],
                    standing=audit.grades[key],
                )
