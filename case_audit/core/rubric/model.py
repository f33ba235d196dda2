"""What a rubric says, with the framework and the scale it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from case_audit.core.rubric.rules import Rules
    from case_audit.core.rubric.scale import Scale


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
            by grade, one for every grade of the scale.
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
        scale: The grades.
        rules: How the grades of a case roll up.
        domains: At least one, in the order they are asked.
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

    def domains_for(self, cohort: str) -> tuple[Domain, ...]:
        """Return the domains with the criteria that are asked for a cohort.

        Domains without any are left out.
        """
        found = []
        for domain in self.domains:
            asked = tuple(
                c for c in domain.criteria if not c.cohorts or cohort in c.cohorts
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
