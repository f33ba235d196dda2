"""From counts to the lines of a self-assessment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from case_audit.core.audit.computed import OVERALL
from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED, NOT_YET
from case_audit.core.estimates.share import estimate, no_more_than
from case_audit.core.estimates.stratified import StratumCount
from case_audit.core.selfassessment.case_lists import case_lists_of
from case_audit.core.selfassessment.limits import limits_of
from case_audit.core.selfassessment.model import (
    ABOUT_AUDITS,
    AreaLines,
    DomainLines,
    Line,
    Summary,
)
from case_audit.core.selfassessment.outcome import NO_GRADE, WRITTEN, scale_of_level
from case_audit.core.selfassessment.ratings import ratings_from
from case_audit.core.selfassessment.tally import by_case, tally_of
from case_audit.core.selfassessment.weighted import weighted_at_most, weighted_share
from case_audit.errors import NothingAppliesError, StratumNotAuditedError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from case_audit.core.estimates.share import Share
    from case_audit.core.rubric.model import Criterion, Domain, Rubric
    from case_audit.core.rubric.scale import Scale
    from case_audit.core.selfassessment.case_lists import CaseLists
    from case_audit.core.selfassessment.model import (
        DrawFacts,
        Rating,
        SubmittedAudit,
    )
    from case_audit.core.selfassessment.tally import ByCase, Subject, Tally

    _About = tuple[Literal["area", "domain", "criterion"], str, str]


def compose(
    rubric: Rubric,
    *,
    digest: str,
    facts: DrawFacts,
    audits: Sequence[SubmittedAudit],
) -> Summary:
    """Count and estimate everything one round can say, from its audits.

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
    weighted = facts.weighting is not None
    return compose_counted(
        rubric,
        digest=digest,
        facts=facts,
        found=tally_of(rubric, facts.cohort, ordered),
        cases=case_lists_of(rubric, facts.cohort, ordered),
        values=by_case(rubric, facts.cohort, ordered) if weighted else None,
    )


def compose_counted(
    rubric: Rubric,
    *,
    digest: str,
    facts: DrawFacts,
    found: Tally,
    cases: CaseLists,
    values: ByCase | None = None,
) -> Summary:
    """Estimate everything one round can say, from its counts.

    The same as :func:`compose` from the audits that were counted.

    Args:
        rubric: What the cases were graded with.
        digest: Fixes its text.
        facts: How they were drawn.
        found: What the submitted audits found.
        cases: Those that are named.
        values: What was found in each case. Needed where the cases had different
            chances (``facts.weighting``): counts by stratum do not tell which of
            them counts how much. Otherwise not looked at.

    Raises:
        ValueError: If cases had different chances and ``values`` is missing.
    """
    if facts.weighting is not None and values is None:
        msg = "cases with different chances need their values one by one"
        raise ValueError(msg)
    maker = _Lines(rubric, facts, found, values or {})
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
        submitted=found.submitted,
        areas=areas,
        limited=cases.limited,
        answered_no=cases.answered_no,
        ticked=cases.ticked,
        overruled=cases.overruled,
        ratings=tuple(maker.ratings()),
        limits=limits_of(rubric, facts=facts, found=found),
        limited_more=cases.limited_more,
        raised_more=cases.raised_more,
        overruled_more=cases.overruled_more,
    )


class _Lines:
    """Makes the lines of one round."""

    def __init__(
        self, rubric: Rubric, facts: DrawFacts, found: Tally, values: ByCase
    ) -> None:
        self._rubric = rubric
        self._facts = facts
        self._found = found
        self._by_case = values

    def area(self, label: str) -> Line:
        """The cases as a whole, for the rubric's judgement area."""
        return self._line(
            ("area", self._rubric.area, label),
            scale_of_level(self._rubric, OVERALL),
            ("overall", OVERALL),
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
        for rating in ratings_from(self._rubric, cohort=cohort, found=self._found):
            if across is None or rating.level == "domain":
                yield rating
                continue
            scale = self._rubric.scale_of(self._rubric.criterion(rating.id))
            counts = scale.ids[: scale.place(across.rollup.counts) + 1]
            about: Subject = ("criterion", rating.id)
            share, _ = self._share(about, frozenset(counts), scale)
            yield replace(rating, share=share)

    def _domain(self, domain: Domain) -> Line:
        return self._line(
            ("domain", domain.id, domain.label),
            scale_of_level(self._rubric, "domain"),
            ("domain", domain.id),
        )

    def _criteria(self, domain: Domain) -> tuple[Line, ...]:
        return tuple(self._criterion(criterion) for criterion in domain.criteria)

    def _criterion(self, criterion: Criterion) -> Line:
        about: _About = ("criterion", criterion.id, criterion.label)
        if criterion.in_words:
            return _ungraded(
                about,
                self._found.values("criterion", criterion.id),
                why_not="answered in words",
            )
        scale = self._rubric.scale_of(criterion)
        line = self._line(about, scale, ("criterion", criterion.id))
        if not criterion.about_audit:
            return line
        # A case that was not audited has no audit to say it of.
        return replace(
            line,
            good_or_better=None,
            worst=None,
            worst_at_most=None,
            why_not=ABOUT_AUDITS,
            met=(),
        )

    def _line(self, about: _About, scale: Scale | None, subject: Subject) -> Line:
        counts = self._found.values(*subject)
        if scale is None:
            why_not = "nothing is graded on this level"
            return _ungraded(about, counts, why_not=why_not)
        good = frozenset(g for g in scale.ids if scale.at_benchmark_or_better(g))
        share, why_not = self._share(subject, good, scale)
        lowest = frozenset({scale.ids[-1]})
        worst, _ = self._share(subject, lowest, scale)
        at_most = None
        if worst is not None and not worst.hits:
            at_most = self._at_most(subject, lowest, scale)
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
            met=self._met(subject, good, scale) if share is not None else (),
        )

    def _met(
        self, subject: Subject, good: frozenset[str], scale: Scale
    ) -> tuple[StratumCount, ...]:
        if self._facts.weighting is not None:
            return ()
        return tuple(self._strata(subject, good, scale))

    def _share(
        self, subject: Subject, hits: frozenset[str], scale: Scale
    ) -> tuple[Share | None, str]:
        if why := self._facts.why_no_estimate:
            return None, why
        if weighting := self._facts.weighting:
            return weighted_share(
                weighting, self._by_case.get(subject, ()), hits, scale
            )
        strata = self._strata(subject, hits, scale)
        try:
            return estimate(strata), ""
        except NothingAppliesError:
            return None, "no graded case"
        except StratumNotAuditedError as error:
            if not any(s.sampled for s in strata):
                return None, "no graded case"
            return None, f"no graded case yet in {len(error.strata)} of the strata"

    def _at_most(self, subject: Subject, hits: frozenset[str], scale: Scale) -> Share:
        if weighting := self._facts.weighting:
            return weighted_at_most(
                weighting, self._by_case.get(subject, ()), hits, scale
            )
        return no_more_than(self._strata(subject, hits, scale))

    def _strata(
        self, subject: Subject, hits: frozenset[str], scale: Scale
    ) -> list[StratumCount]:
        counted = self._found.by_stratum(*subject)
        strata = []
        for name, population in self._facts.populations.items():
            # What the list should not have held was drawn, and nothing applies.
            outside = counted.get((name, NOT_APPLICABLE), 0)
            outside += self._facts.out_of_scope.get(name, 0)
            graded = sum(counted.get((name, grade), 0) for grade in scale.ids)
            strata.append(
                StratumCount(
                    stratum=name,
                    population=population,
                    sampled=graded + outside,
                    hits=sum(counted.get((name, grade), 0) for grade in hits),
                    outside=outside,
                )
            )
        return strata


def _ungraded(about: _About, counts: Counter[str], *, why_not: str) -> Line:
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
        ungraded=counts[NOT_YET],
        written=counts[WRITTEN],
        good_or_better=None,
        worst=None,
        worst_at_most=None,
        why_not=why_not,
    )
