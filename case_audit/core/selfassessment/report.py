"""Everything a self-assessment can say of a round, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from case_audit.core.selfassessment.agreeing import agreeing
from case_audit.core.selfassessment.breakdown import Groups, breakdown
from case_audit.core.selfassessment.differences import differences_of
from case_audit.core.selfassessment.findings import findings_of, practice_lines
from case_audit.core.selfassessment.graded import graded_on
from case_audit.core.selfassessment.model import Line
from case_audit.core.selfassessment.run import run_of
from case_audit.core.selfassessment.tags import tagged, with_tag
from case_audit.core.selfassessment.tally import by_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from case_audit.core.audit.model import Answers
    from case_audit.core.estimates.run_chart import Line as RunLine
    from case_audit.core.followup.model import Action, Escalation
    from case_audit.core.frame.quality import Finding
    from case_audit.core.selfassessment.agreeing import Agreeing
    from case_audit.core.selfassessment.breakdown import Breakdown
    from case_audit.core.selfassessment.changes import CriterionChange
    from case_audit.core.selfassessment.differences import GroupDifference
    from case_audit.core.selfassessment.findings import AreaFindings
    from case_audit.core.selfassessment.graded import Graded
    from case_audit.core.selfassessment.model import SubmittedAudit, Summary
    from case_audit.core.selfassessment.narrative import Piece, Section
    from case_audit.core.selfassessment.tags import Tagged
    from case_audit.core.selfassessment.tally import ByCase
    from case_audit.core.selfassessment.trend import Trend

NO_ANSWERS: Final[Mapping[int, Answers]] = MappingProxyType({})
NOTHING_BEFORE: Final[Mapping[str, ByCase]] = MappingProxyType({})
TEAM: Final = "team"
PEOPLE: Final = ("gender", "ethnic_group", "disability")
"""Who the children are: the protected characteristics that the lists hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LowestCase:
    """A case whose grade as a whole is the lowest.

    Attributes:
        number: Its number in the round.
        because: The sentence that says why.
        raises: The most urgent escalation that the rules ask for; empty for none.
    """

    number: int
    because: str
    raises: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagLine:
    """What was found for a tag of the National Framework, or of another one.

    Attributes:
        tagged: The tag and its criteria.
        line: Cases by the lower median of those criteria.
        cases: The audited cases by that grade.
    """

    tagged: Tagged
    line: Line
    cases: Graded


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A self-assessment, in numbers and names.

    Attributes:
        summary: The round's lines.
        areas: Strengths and what needs to improve, for each area it speaks to.
        lowest: The cases at the lowest grade as a whole, by number.
        by_team: The cases as a whole, then each domain and criterion, team by team;
            nothing where the frame knows of no teams.
        by_stratum: The same by each attribute that made the strata, but for teams.
        groups: The cases as a whole by stratum and by who the children are.
        differences: Groups of children against all others, the cases as a whole.
        tags: The outcomes of the framework that the criteria speak to.
        earlier: The round against each earlier one, the earliest first.
        changes: What changed since the latest of them, criterion by criterion.
        run: The cases as a whole over the rounds, with control limits; nothing where
            there are too few.
        agreeing: How far second auditors agree; ``None`` where no case was read twice.
        narrative: The lead's own words by section, with the numbers that have changed.
        actions: What is to be done and not seen to be done yet, by number.
        escalations: Cases to be raised with a manager, the most urgent first.
        unanswered: Cases at the lowest grade that neither an action nor a re-audit
            follows from.
        today: ISO date that overdue is measured by; empty where there are no actions.
        faults: What is missing, impossible or double in the list that was drawn from.
        found: What was found in each audited case.
        before: The same of earlier rounds, by name.
    """

    summary: Summary
    areas: tuple[AreaFindings, ...]
    lowest: tuple[LowestCase, ...]
    by_team: tuple[Breakdown, ...]
    by_stratum: tuple[Breakdown, ...]
    groups: tuple[Breakdown, ...]
    differences: tuple[GroupDifference, ...]
    tags: tuple[TagLine, ...]
    earlier: tuple[Trend, ...] = ()
    changes: tuple[CriterionChange, ...] = ()
    run: tuple[RunLine, ...] = ()
    agreeing: Agreeing | None = None
    narrative: Mapping[Section, tuple[Piece, ...]] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    unanswered: tuple[int, ...] = ()
    today: str = ""
    faults: tuple[Finding, ...] = ()
    found: ByCase = field(default_factory=dict)
    before: Mapping[str, ByCase] = field(default_factory=dict)

    def cases(self, line: Line, *, of: str = "") -> Graded:
        """Return the audited cases by what was found in each on a line.

        Args:
            line: A line of the round, or of an earlier one.
            of: The name of an earlier round; empty for this one.

        Returns:
            No case where the earlier round's are not known.
        """
        return graded_on(line, self.before.get(of, {}) if of else self.found)

    @property
    def open_escalations(self) -> tuple[Escalation, ...]:
        """The escalations that are not closed."""
        return tuple(one for one in self.escalations if one.open)


def report_of(
    summary: Summary,
    audits: Sequence[SubmittedAudit],
    *,
    groups: Sequence[Groups] = (),
    earlier: Sequence[Trend] = (),
    second: Mapping[int, Answers] = NO_ANSWERS,
    before: Mapping[str, ByCase] = NOTHING_BEFORE,
) -> Report:
    """Put together what a round can say.

    Args:
        summary: Its lines.
        audits: Its submitted audits.
        groups: How its cases fall into groups; those by team make a line for every
            criterion, the others one for the cases as a whole.
        earlier: The round against each earlier one.
        second: The answers of second auditors, by number of the case.
        before: What was found in each case of earlier rounds, by name.
    """
    facts = summary.facts
    audits = sorted(audits, key=lambda one: one.number)
    graded = [line for line in _lines(summary) if line.scale is not None]

    def each(keys: set[str], lines: Sequence[Line]) -> tuple[Breakdown, ...]:
        some = [one for one in groups if one.key in keys]
        return tuple(
            breakdown(line, facts, audits, one) for one in some for line in lines
        )

    wholes = [line for line in graded if line.level == "area"]
    apart = each({one.key for one in groups} - {TEAM}, wholes)
    return Report(
        summary=summary,
        areas=findings_of(summary, audits),
        lowest=tuple(_lowest(summary, audits)),
        by_team=each({TEAM}, graded),
        by_stratum=each({*facts.strata_by} - {TEAM}, graded),
        groups=apart,
        differences=differences_of([one for one in apart if one.key in PEOPLE]),
        tags=tuple(_tags(summary, audits)),
        earlier=tuple(earlier),
        changes=earlier[-1].changes if earlier else (),
        run=run_of(summary, earlier),
        agreeing=agreeing(summary.rubric, facts.cohort, audits, second),
        found=by_case(summary.rubric, facts.cohort, audits),
        before=before,
    )


def _lines(summary: Summary) -> Iterator[Line]:
    for area in summary.areas:
        if area.line is not None:
            yield area.line
        yield from practice_lines(area, summary.rubric)


def _lowest(summary: Summary, audits: Sequence[SubmittedAudit]) -> Iterator[LowestCase]:
    scale = summary.rubric.overall_scale
    for audit in sorted(audits, key=lambda one: one.number):
        if audit.grades.get("overall") == scale.ids[-1]:
            raised = sorted(found for found in audit.raises.values() if found)
            yield LowestCase(
                number=audit.number,
                because=audit.because["overall"],
                raises=raised[0] if raised else "",
            )


def _tags(summary: Summary, audits: Sequence[SubmittedAudit]) -> Iterator[TagLine]:
    facts, rubric = summary.facts, summary.rubric
    whole = Groups(
        key="",
        label="",
        of_case=dict.fromkeys((audit.number for audit in audits), "all"),
        sizes={"all": facts.populations},
    )
    for one in tagged(rubric, facts.cohort):
        subject = Line(
            level="criterion",
            id=one.tag,
            label=one.tag,
            scale=rubric.scale,
            counts={},
            not_applicable=0,
            not_evidenced=0,
            ungraded=0,
            written=0,
            good_or_better=None,
            worst=None,
            worst_at_most=None,
            why_not="",
        )
        with_it = with_tag(rubric, one, audits)
        (found,) = breakdown(subject, facts, with_it, whole).groups
        yield TagLine(tagged=one, line=found.line, cases=found.cases)
