"""What changed between two rubrics, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from case_audit.core.rubric.model import Criterion, Rubric
    from case_audit.core.rubric.rules import Limit
    from case_audit.core.rubric.scale import Grade, Scale

ADDED = "added"
REMOVED = "removed"
MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between an old rubric and a new one.

    Attributes:
        where: The part concerned, in the words of the new rubric where it has
            that part, for example ``"criterion v1: Seen alone"``.
        what: :data:`ADDED`, :data:`REMOVED`, :data:`MOVED`, or the name of what
            reads otherwise, for example ``"benchmark"``.
        old: What the old rubric says; empty where it says nothing. Entries of a
            list stand on lines of their own.
        new: What the new rubric says, likewise.
    """

    where: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
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


def compare(old: Rubric, new: Rubric) -> tuple[Change, ...]:
    """Return every difference, none if and only if the rubrics are equal.

    A part is the same in both if its identifier is. Of parts in another order as
    few as possible are said to have moved. A criterion in another domain has
    moved there; its domain may be gone.

    Args:
        old: The rubric to start from.
        new: The rubric to arrive at.
    """
    names = _grade_names(old.scale, new.scale)
    return (
        *_facts("rubric", _of_rubric(old), _of_rubric(new)),
        *_facts("scale", _of_scale(old.scale, names), _of_scale(new.scale, names)),
        *_parts("grade", _grades(old.scale), _grades(new.scale)),
        *_facts("rules", _of_rules(old), _of_rules(new)),
        *_parts("limiting rule", _limits(old, names), _limits(new, names)),
        *_parts("domain", _domains(old), _domains(new)),
        *_parts("criterion", _criteria(old, names), _criteria(new, names)),
    )


def _facts(
    where: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Change]:
    for what in dict.fromkeys((*new, *old)):
        before, after = old.get(what, ""), new.get(what, "")
        if before != after:
            yield Change(where=where, what=what, old=before, new=after)


def _parts(
    kind: str, old: Mapping[str, _Part], new: Mapping[str, _Part]
) -> Iterator[Change]:
    moves = _moves(old, new)
    for key, part in new.items():
        where = f"{kind} {key}: {part.name}"
        if key not in old:
            yield Change(where=where, what=ADDED, old="", new=part.gist)
            continue
        if key in moves:
            before, after = moves[key]
            yield Change(where=where, what=MOVED, old=before, new=after)
        yield from _facts(where, old[key].facts, part.facts)
    for key, part in old.items():
        if key not in new:
            where = f"{kind} {key}: {part.name}"
            yield Change(where=where, what=REMOVED, old=part.gist, new="")


def _moves(
    old: Mapping[str, _Part], new: Mapping[str, _Part]
) -> dict[str, tuple[str, str]]:
    """Return where each moved part was and where it is now."""
    moves = {
        key: (f"in the domain {old[key].home}", f"in the domain {part.home}")
        for key, part in new.items()
        if key in old and old[key].home != part.home
    }
    for home in dict.fromkeys(part.home for part in new.values()):
        stayed = {
            key
            for key, part in new.items()
            if key in old and old[key].home == home == part.home
        }
        before = [key for key in old if key in stayed]
        after = [key for key in new if key in stayed]
        kept = _longest_in_order(before, after)
        for key in stayed - kept:
            moves[key] = (_place(key, before, kept), _place(key, after, kept))
    return moves


def _longest_in_order(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return the most keys that stand in the same order in both lists."""
    places = {key: place for place, key in enumerate(old)}
    nothing: list[str] = []
    runs = [nothing]
    for key in new:
        before = [run for run in runs if not run or places[run[-1]] < places[key]]
        longest = max(before, key=len)
        runs.append([*longest, key])
    longest = max(runs, key=len)
    return set(longest)


def _place(key: str, order: Sequence[str], kept: set[str]) -> str:
    """Return after which part that kept its place a part stands.

    What moved never has the same place in both: else it could have been kept.
    """
    before = [other for other in order[: order.index(key)] if other in kept]
    return f"after {before[-1]}" if before else "at the beginning"


def _grade_names(old: Scale, new: Scale) -> dict[str, str]:
    """Return each grade's label by identifier, the new one where both have it."""
    labels = {grade.id: grade.label for grade in (*old.grades, *new.grades)}
    doubled = list(labels.values())
    return {
        key: label if doubled.count(label) == 1 else f"{label} ({key})"
        for key, label in labels.items()
    }


def _yes(value: bool) -> str:  # noqa: FBT001 - a value, not a switch
    return "yes" if value else "no"


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(texts)


def _of_rubric(rubric: Rubric) -> dict[str, str]:
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
    }


def _of_scale(scale: Scale, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "scale": scale.id,
        "title": scale.title,
        "benchmark": names[scale.benchmark],
        "grades that need a rationale": _lines(
            [names[key] for key in scale.ids if key in scale.rationale_required_at]
        ),
    }


def _grades(scale: Scale) -> dict[str, _Part]:
    return {grade.id: _grade(grade) for grade in scale.grades}


def _grade(grade: Grade) -> _Part:
    facts = {
        "label": grade.label,
        "heading": grade.short,
        "letter": grade.letter,
        "sign": grade.glyph,
        "key": grade.key,
    }
    return _Part(name=grade.label, gist=grade.label, facts=facts)


def _of_rules(rubric: Rubric) -> dict[str, str]:
    rules = rubric.rules
    return {
        "rules": rules.id,
        "version": rules.version,
        "roll-up from criteria to a domain": rules.domain_rollup,
        "roll-up from domains to the case": rules.overall_rollup,
    }


def _limits(rubric: Rubric, names: Mapping[str, str]) -> dict[str, _Part]:
    parts: dict[str, _Part] = {}
    seen: list[str] = []
    for limit in rubric.rules.limits:
        # Nothing forbids two limits of one name.
        seen.append(limit.id)
        number = seen.count(limit.id)
        key = f"{limit.id} (no. {number})" if number > 1 else limit.id
        facts = _of_limit(limit, names)
        gist = _lines([f"{what}: {said}" for what, said in facts.items() if said])
        parts[key] = _Part(name=limit.because, gist=gist, facts=facts)
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
    }


def _domains(rubric: Rubric) -> dict[str, _Part]:
    return {
        domain.id: _Part(
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


def _criteria(rubric: Rubric, names: Mapping[str, str]) -> dict[str, _Part]:
    return {
        criterion.id: _Part(
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
    return {
        "label": criterion.label,
        "question": criterion.asks,
        "benchmark": criterion.benchmark,
        "critical": _yes(criterion.critical),
        "look in": _lines(criterion.look_in),
        "trap": criterion.trap,
        "not applicable when": criterion.not_applicable_when,
        "worst grade if": criterion.inadequate_if,
        "cohorts": _lines(criterion.cohorts) or "all",
        "tags": _lines(criterion.tags),
        "sources": _lines(criterion.source),
        "timescales": _lines(criterion.timescales),
        **{f"descriptor, {names[key]}": text for key, text in descriptors.items()},
    }
