"""What a rubric says, with the framework and the scale it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from case_audit.core.rubric.applies import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from case_audit.core.rubric.applies import Expression
    from case_audit.core.rubric.rules import Rules
    from case_audit.core.rubric.scale import Scale

GRADED: Final = "graded"
"""A place on the rubric's scale."""
YES_NO: Final = "yes_no"
"""Yes or no, asked so that yes is what is expected."""
FACT: Final = "fact"
"""Something to note down, never graded."""
NARRATIVE: Final = "narrative"
"""Answered in words, never graded."""
KINDS: Final = (GRADED, YES_NO, FACT, NARRATIVE)
IN_WORDS: Final = (FACT, NARRATIVE)
"""Kinds whose answer is a text and not a grade."""

YES_NO_SCALE: Final = "yes-no"
"""Identifier of the scale of a yes-or-no criterion."""

ASKS_FAMILY: Final = "FEEDBACK-FAMILY"
ASKS_PRACTITIONER: Final = "FEEDBACK-PRACTITIONER"
"""Tags of a yes-or-no question about the audit itself: were they asked for it?"""
FEEDBACK: Final = (ASKS_FAMILY, ASKS_PRACTITIONER)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementArea:
    """Something the inspectorate judges.

    Attributes:
        id: Stable identifier, for example ``"children_in_care"``.
        label: The inspectorate's words.
        short: A heading.
        graded_from_files: Whether children's files can show it; the impact of
            leaders cannot be graded from files.
    """

    id: str
    label: str
    short: str
    graded_from_files: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """An inspection framework in one version.

    Attributes:
        id: For example ``"ilacs"``.
        version: For example ``"2026-04"``.
        title: Its name.
        publishes_overall: Whether the inspectorate gives one overall grade;
            where it does not, nothing here ever prints one.
        areas: What is judged, in the framework's order.
    """

    id: str
    version: str
    title: str
    publishes_overall: bool
    areas: tuple[JudgementArea, ...]

    @property
    def name(self) -> str:
        """Framework and version in one, for example ``"ilacs@2026-04"``."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing to look for in a child's file.

    Attributes:
        id: Short and unique in the rubric, for example ``"mo3"``.
        label: Its name on screen.
        asks: The question to answer from the file.
        benchmark: What the benchmark grade looks like, in a sentence.
        critical: Whether the worst grade here limits the whole case.
        look_in: Where to look in the file.
        trap: The mistake graders make most often.
        not_applicable_when: When it does not apply, in words.
        inadequate_if: The fact that alone decides for the worst grade; empty
            where there is none.
        cohorts: The cohorts it is asked for; empty for all.
        tags: For example the National Framework's outcomes, ``"NF-O3"``.
        source: Where the requirement comes from.
        timescales: Identifiers of the timescales shown beside it.
        descriptors: What each grade looks like in the file and for the child,
            by grade, one for every grade of the criterion's scale; none for a
            criterion that is answered in words.
        kind: One of :data:`KINDS`.
        prompts: Short questions to have in mind.
        applies: For which cases it is asked; ``None`` for all of its cohorts.
        agency: The agency whose part it asks about; empty where it is about no
            agency.
        question: The identifier it has without the agency: criteria with the
            same one are read side by side. Empty with ``agency``.
    """

    id: str
    label: str
    asks: str
    benchmark: str
    critical: bool
    look_in: tuple[str, ...]
    trap: str
    not_applicable_when: str
    inadequate_if: str
    cohorts: tuple[str, ...]
    tags: tuple[str, ...]
    source: tuple[str, ...]
    timescales: tuple[str, ...]
    descriptors: Mapping[str, str]
    kind: str = GRADED
    prompts: tuple[str, ...] = ()
    applies: Expression | None = None
    agency: str = ""
    question: str = ""

    @property
    def in_words(self) -> bool:
        """Whether the answer is a text and not a grade."""
        return self.kind in IN_WORDS

    @property
    def about_audit(self) -> bool:
        """Whether it asks what the audit did, and nothing of practice."""
        return self.kind == YES_NO and any(tag in FEEDBACK for tag in self.tags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Criteria that belong together and are graded as one.

    Attributes:
        id: Unique in the rubric.
        label: Its name on screen.
        role: ``"safety"``, ``"oversight"`` or empty: what limiting rules refer to.
        module: The shared module it came from, for example
            ``"recording@1.0"``; empty for the rubric's own.
        criteria: At least one, in the order they are asked.
    """

    id: str
    label: str
    role: str
    module: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """The instrument that cases are graded with.

    Attributes:
        id: For example ``"child-protection"``.
        version: A changed rubric is a new version.
        title: Its name on screen.
        framework: The framework it serves.
        area: Identifier of the judgement area the case grade speaks to.
        cohorts: The cohorts it is meant for.
        scale: The grades of its graded criteria.
        rules: How the grades of a case roll up.
        domains: At least one, in the order they are asked.
        scales: Every other scale that a criterion or a roll-up uses.
    """

    id: str
    version: str
    title: str
    framework: Framework
    area: str
    cohorts: tuple[str, ...]
    scale: Scale
    rules: Rules
    domains: tuple[Domain, ...]
    scales: tuple[Scale, ...] = ()

    def scale_named(self, scale_id: str) -> Scale:
        """Return a scale by its identifier; the rubric's own for an empty one.

        Raises:
            KeyError: If nothing here uses it.
        """
        for scale in (self.scale, *self.scales):
            if scale_id in ("", scale.id):
                return scale
        raise KeyError(scale_id)

    def scale_of(self, criterion: Criterion) -> Scale:
        """Return the scale a criterion is answered on.

        Raises:
            KeyError: If it is answered in words.
        """
        if criterion.in_words:
            raise KeyError(criterion.id)
        return self.scale_named(YES_NO_SCALE if criterion.kind == YES_NO else "")

    @property
    def domain_scale(self) -> Scale:
        """The scale of the domains' grades."""
        return self.scale_named(self.rules.domain_rollup.scale)

    @property
    def overall_scale(self) -> Scale:
        """The scale of a case's grade."""
        return self.scale_named(self.rules.overall_rollup.scale)

    def domains_for(
        self, cohort: str, known: Mapping[str, str] | None = None
    ) -> tuple[Domain, ...]:
        """Return the domains with the criteria that are asked.

        Domains without any are left out. Where it cannot be told whether a
        criterion applies to a case, it is asked.

        Args:
            cohort: The cohort of the case.
            known: What is known of the case, by field; ``None`` for every
                criterion that may be asked in the cohort.
        """
        found = []
        for domain in self.domains:
            asked = tuple(
                c
                for c in domain.criteria
                if (not c.cohorts or cohort in c.cohorts) and _applies(c, cohort, known)
            )
            if asked:
                found.append(
                    Domain(
                        id=domain.id,
                        label=domain.label,
                        role=domain.role,
                        module=domain.module,
                        criteria=asked,
                    )
                )
        return tuple(found)

    def criteria(self) -> Iterator[Criterion]:
        """All criteria in the order they are asked."""
        for domain in self.domains:
            yield from domain.criteria

    def criterion(self, criterion_id: str) -> Criterion:
        """Return the criterion with that identifier.

        Raises:
            KeyError: If the rubric has none.
        """
        for criterion in self.criteria():
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)


def _applies(
    criterion: Criterion, cohort: str, known: Mapping[str, str] | None
) -> bool:
    if criterion.applies is None or known is None:
        return True
    return evaluate(criterion.applies, {**known, "cohort": cohort}) is not False
