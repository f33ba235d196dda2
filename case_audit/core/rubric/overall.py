"""What the overall grade was, given the judgements: a what-if, never a judgement.

Ofsted judged the whole and added nothing up. What can be counted is how often
which overall grade followed. Such counts are rules here, in order; the first that
holds decides, and each carries the published reports it was counted on. Grades
are compared, never averaged.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from case_audit.core.rubric.scale import Scale

Comparison = Literal["is", "at_or_below", "at_or_above"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Something that a report gives a grade to.

    Attributes:
        column: What it is called in a file of grades.
        label: The inspectorate's words.
        short: A heading.
        also: Other names of the column.
        required: Whether nothing can be said without its grade.
        judged_with: The column whose grade covers this one too in reports that
            judge both together; empty if it always stands alone.
        own_since: From this day of publication on it has a grade of its own
            unless the report is marked otherwise; ``None`` if that is not so.
    """

    column: str
    label: str
    short: str
    also: tuple[str, ...] = ()
    required: bool = True
    judged_with: str = ""
    own_since: date | None = None

    @property
    def needed(self) -> bool:
        """Whether a report without its grade cannot be used."""
        return self.required and not self.judged_with


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCount:
    """A condition: how many of some judgements have a grade in some range.

    Attributes:
        of: Columns of the judgements that are counted. One without a grade of
            its own is not counted.
        comparison: How their grades are compared.
        grade: With which grade.
        at_least: Fewest there must be, from 0.
        at_most: Most there may be; ``None`` for any number.
    """

    of: tuple[str, ...]
    comparison: Comparison
    grade: str
    at_least: int = 1
    at_most: int | None = None

    def holds(self, judgements: Mapping[str, str], scale: Scale) -> bool:
        """Whether that many judgements are as asked."""
        found = sum(
            self._fits(judgements[column], scale)
            for column in self.of
            if column in judgements
        )
        return found >= self.at_least and (
            self.at_most is None or found <= self.at_most
        )

    def _fits(self, grade: str, scale: Scale) -> bool:
        if self.comparison == "is":
            return grade == self.grade
        if self.comparison == "at_or_below":
            return scale.at_or_below(grade, self.grade)
        return scale.at_or_below(self.grade, grade)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallRule:
    """What the overall grade was under some conditions.

    Attributes:
        id: Short and unique in its file.
        when: All of them must hold; empty for the last rule alone.
        overall: The overall grade; empty where it is left to judgement.
        because: Why, in a sentence or two.
        support: Published reports this rule decides, by published overall grade.
    """

    id: str
    when: tuple[GradeCount, ...]
    overall: str
    because: str
    support: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallRules:
    """How overall grades followed from judgements under one framework.

    Attributes:
        framework: Name and version, for example ``"ilacs@2018"``.
        title: What it is.
        scale: The grades.
        judgements: What a report judges, in the framework's order.
        rules: At least one; the last has no conditions.
        valid_to: Last day of the framework.
        reports: How many published reports were counted.
        first: The day the first of them was published.
        last: The day the last of them was published.
    """

    framework: str
    title: str
    scale: Scale
    judgements: tuple[Judgement, ...]
    rules: tuple[OverallRule, ...]
    valid_to: date
    reports: int
    first: date
    last: date

    def is_named(self, framework: str) -> bool:
        """Whether a text names this framework, with or without the version."""
        name = _letters(framework)
        return name in (
            _letters(self.framework.partition("@")[0]),
            _letters(self.framework),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The grades of one inspection report, as a file gives them.

    Attributes:
        row: Its row in the file as a spreadsheet counts, the header being 1;
            0 if it comes from no file.
        urn: The authority's number; empty if not given.
        authority: The authority's name; empty if not given.
        framework: The framework as written; empty if not given.
        published: The day of publication, if given.
        together: Whether it judges children in care and care leavers together;
            ``None`` if not said.
        judgements: Grades by column; what has no grade is left out.
        overall: The published overall grade; empty if none.
    """

    row: int = 0
    urn: str = ""
    authority: str = ""
    framework: str = ""
    published: date | None = None
    together: bool | None = None
    judgements: Mapping[str, str]
    overall: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the rules make of the judgements.

    Attributes:
        overall: The overall grade; empty where it is left to judgement or the
            report cannot be used.
        rule: The rule that decided; empty where the report cannot be used.
        because: Why.
        support: Published reports the rule was counted on, by overall grade.
    """

    overall: str
    rule: str
    because: str
    support: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A report with what the rules make of it."""

    report: Report
    decision: Decision

    @property
    def agrees(self) -> bool | None:
        """Whether the published overall grade is the same; ``None`` if one is missing."""
        if not (self.decision.overall and self.report.overall):
            return None
        return self.decision.overall == self.report.overall


def decide(rules: OverallRules, judgements: Mapping[str, str]) -> Decision:
    """Say which overall grade followed from such judgements.

    Args:
        rules: The rules of the framework.
        judgements: Grades by column. What is judged together with another is
            left out.

    Returns:
        The first rule that holds, or why there is no answer.
    """
    missing = [
        judgement.short
        for judgement in rules.judgements
        if judgement.needed and judgement.column not in judgements
    ]
    if missing:
        gap = "gives no judgements" if not judgements else _no_grade(missing)
        return _unusable(f"The report {gap}.")
    for rule in rules.rules:
        if all(count.holds(judgements, rules.scale) for count in rule.when):
            return Decision(
                overall=rule.overall,
                rule=rule.id,
                because=rule.because,
                support=rule.support,
            )
    msg = f"the last rule of {rules.framework} has conditions"
    raise ValueError(msg)


def answer(rules: OverallRules, report: Report) -> Answer:
    """Say which overall grade followed from a report's judgements, or why none.

    A report of another framework, or one that leaves open what was judged, is
    not guessed at.
    """
    why = _why_unusable(rules, report)
    decision = _unusable(why) if why else decide(rules, report.judgements)
    return Answer(report=report, decision=decision)


def counted(answers: Iterable[Answer]) -> dict[str, Counter[str]]:
    """Count published overall grades by the rule that decided.

    This is how the support of a rule is measured.
    """
    found: dict[str, Counter[str]] = {}
    for given in answers:
        if given.decision.rule and given.report.overall:
            grades = found.setdefault(given.decision.rule, Counter())
            grades[given.report.overall] += 1
    return found


def _why_unusable(rules: OverallRules, report: Report) -> str:
    if report.framework and not rules.is_named(report.framework):
        return f"The report is of another framework, not {rules.framework}."
    if not report.judgements:
        return "The report gives no judgements."
    if report.published and report.published > rules.valid_to and not report.overall:
        return (
            f"Published after {rules.framework} ended, without an overall grade. "
            "Take the date out to ask what it would have been."
        )
    for judgement in rules.judgements:
        if judgement.judged_with and (why := _why_unclear(judgement, report)):
            return why
    return ""


def _why_unclear(judgement: Judgement, report: Report) -> str:
    """Say why it is open whether two judgements were made together."""
    if judgement.column in report.judgements:
        if report.together:
            return (
                f"{judgement.short} has a grade, but the report is marked as judging "
                "it together with another."
            )
        return ""
    if report.together:
        return ""
    own = judgement.own_since
    alone = own is not None and report.published is not None and report.published >= own
    if report.together is False or alone:
        return f"The report {_no_grade([judgement.short])}."
    return ""


def _no_grade(names: list[str]) -> str:
    return f"has no grade for: {', '.join(names)}"


def _unusable(why: str) -> Decision:
    return Decision(overall="", rule="", because=why, support={})


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
