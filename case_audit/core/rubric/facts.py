"""Everything a rubric says, part by part, in words: what a comparison compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from case_audit.core.rubric.applies_words import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case_audit.core.rubric.model import Criterion, Rubric
    from case_audit.core.rubric.rules import Flag, Limit, RollUp
    from case_audit.core.rubric.scale import Grade, Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part among others of its kind: a grade, limit, domain or criterion.

    Attributes:
        name: What it is called.
        home: The domain of a criterion; empty for other parts.
        gist: What is said of it when it is added or removed.
        facts: What it says, by the name of each fact.
    """

    name: str
    home: str = ""
    gist: str
    facts: Mapping[str, str]


def grade_names(old: Rubric, new: Rubric) -> dict[str, str]:
    """Return each grade's label by identifier, the new one where both have it."""
    scales = (*old.scales, old.scale, *new.scales, new.scale)
    labels = {grade.id: grade.label for scale in scales for grade in scale.grades}
    doubled = list(labels.values())
    return {
        key: label if doubled.count(label) == 1 else f"{label} ({key})"
        for key, label in labels.items()
    }


def _yes(value: bool) -> str:  # noqa: FBT001 - a value, not a switch
    return "yes" if value else "no"


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(texts)


def of_rubric(rubric: Rubric) -> dict[str, str]:
    """Return what is said of the rubric as a whole."""
    framework = rubric.framework
    return {
        "identifier": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "framework": framework.name,
        "framework's title": framework.title,
        "framework has one overall grade": _yes(framework.publishes_overall),
        "framework's judgement areas": _lines(
            [
                f"{area.id}: {area.label} ({area.short}; graded from files: "
                f"{_yes(area.graded_from_files)})"
                for area in framework.areas
            ]
        ),
        "judgement area": rubric.area,
        "cohorts": _lines(rubric.cohorts),
        "further scales": _lines([_scale_line(scale) for scale in rubric.scales]),
    }


def _scale_line(scale: Scale) -> str:
    grades = ", ".join(
        f"{g.id} {g.label} {g.short} {g.letter} {g.glyph} {g.key}" for g in scale.grades
    )
    needed = ", ".join(sorted(scale.rationale_required_at))
    return (
        f"{scale.id}: {scale.title} ({grades}; benchmark {scale.benchmark}; "
        f"rationale for {needed or 'none'})"
    )


def of_scale(scale: Scale, names: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of the rubric's scale."""
    return {
        "scale": scale.id,
        "title": scale.title,
        "benchmark": names[scale.benchmark],
        "grades that need a rationale": _lines(
            [names[key] for key in scale.ids if key in scale.rationale_required_at]
        ),
    }


def grades(scale: Scale) -> dict[str, Part]:
    """Return a scale's grades."""
    return {grade.id: _grade(grade) for grade in scale.grades}


def _grade(grade: Grade) -> Part:
    facts = {
        "label": grade.label,
        "heading": grade.short,
        "letter": grade.letter,
        "sign": grade.glyph,
        "key": grade.key,
    }
    return Part(name=grade.label, gist=grade.label, facts=facts)


def of_rules(rubric: Rubric, names: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of the roll-ups."""
    rules = rubric.rules
    across = rules.across_cases
    rated = (
        f"{_rollup(across.rollup, names)}\na domain: {across.domain}" if across else ""
    )
    return {
        "rules": rules.id,
        "version": rules.version,
        "roll-up from criteria to a domain": _rollup(rules.domain_rollup, names),
        "roll-up from domains to the case": _rollup(rules.overall_rollup, names),
        "rating of a round": rated,
        "flags": _lines([_flag(flag) for flag in rules.flags]),
    }


def _flag(flag: Flag) -> str:
    raised = f" Raises {flag.raises}." if flag.raises else ""
    return (
        f"{flag.id}: {flag.label}. {flag.asks} To be written down: {flag.record}"
        f"{raised}"
    )


def _rollup(rollup: RollUp, names: Mapping[str, str]) -> str:
    lines = [rollup.kind]
    if rollup.of:
        lines.append(f"of grades on the scale {rollup.of}")
    if rollup.scale:
        lines.append(f"on the scale {rollup.scale}")
    for step in rollup.steps:
        share = "" if step.more_than is None else f", more than {step.more_than}"
        lines.append(
            f"{names.get(step.grade, step.grade)}: at least {step.at_least}{share} at "
            f"{names.get(step.at_or_below, step.at_or_below)} or worse"
        )
    if rollup.counts:
        lines.append(f"share at {names.get(rollup.counts, rollup.counts)} or better")
    lines += [
        f"{names.get(grade, grade)}: {worth} points" for grade, worth in rollup.points
    ]
    lines += [
        f"{names.get(grade, grade)}: from {lowest}%" for grade, lowest in rollup.bands
    ]
    if rollup.otherwise:
        lines.append(f"otherwise {names.get(rollup.otherwise, rollup.otherwise)}")
    return _lines(lines)


def limits(rubric: Rubric, names: Mapping[str, str]) -> dict[str, Part]:
    """Return the limiting rules."""
    parts: dict[str, Part] = {}
    seen: list[str] = []
    for limit in rubric.rules.limits:
        # Nothing forbids two limits of one name.
        seen.append(limit.id)
        number = seen.count(limit.id)
        key = f"{limit.id} (no. {number})" if number > 1 else limit.id
        facts = _of_limit(limit, names)
        gist = _lines([f"{what}: {said}" for what, said in facts.items() if said])
        parts[key] = Part(name=limit.because, gist=gist, facts=facts)
    return parts


def _of_limit(limit: Limit, names: Mapping[str, str]) -> dict[str, str]:
    when = limit.when
    return {
        "limits": limit.caps,
        "best grade still possible": names[limit.at],
        "because": limit.because,
        "counts": when.count,
        "critical criteria only": _yes(when.critical),
        "domains of the role": when.role,
        "grade, or a worse one": names.get(when.at_or_below, ""),
        "answer": when.answer,
        "from this number on": str(when.at_least),
        "more than this share": "" if when.more_than is None else str(when.more_than),
        "on the scale": when.scale,
        "flag": when.flag,
        "escalation to raise": limit.raises,
    }


def domains(rubric: Rubric) -> dict[str, Part]:
    """Return the domains."""
    return {
        domain.id: Part(
            name=domain.label,
            gist=_lines([f"{c.id}: {c.label}" for c in domain.criteria]),
            facts={
                "label": domain.label,
                "role": domain.role,
                "module": domain.module,
            },
        )
        for domain in rubric.domains
    }


def criteria(rubric: Rubric, names: Mapping[str, str]) -> dict[str, Part]:
    """Return the criteria."""
    return {
        criterion.id: Part(
            name=criterion.label,
            home=domain.id,
            gist=_lines([criterion.asks, f"in the domain {domain.id}"]),
            facts=_of_criterion(criterion, names),
        )
        for domain in rubric.domains
        for criterion in domain.criteria
    }


def _of_criterion(criterion: Criterion, names: Mapping[str, str]) -> dict[str, str]:
    descriptors = criterion.descriptors
    asked = criterion.applies
    return {
        "label": criterion.label,
        "kind": criterion.kind,
        "question": criterion.asks,
        "benchmark": criterion.benchmark,
        "critical": _yes(criterion.critical),
        "look in": _lines(criterion.look_in),
        "trap": criterion.trap,
        "not applicable when": criterion.not_applicable_when,
        "worst grade if": criterion.inadequate_if,
        "prompts": _lines(criterion.prompts),
        "cohorts": _lines(criterion.cohorts) or "all",
        "asked only if": "" if asked is None else text_of(asked),
        "agency": criterion.agency,
        "question behind it": criterion.question,
        "tags": _lines(criterion.tags),
        "sources": _lines(criterion.source),
        "timescales": _lines(criterion.timescales),
        **{f"descriptor, {names[key]}": text for key, text in descriptors.items()},
    }
