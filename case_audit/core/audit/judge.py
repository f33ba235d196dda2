"""From answers to grades: the roll-up, the limits, and the sentence that says why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from case_audit.core.audit.model import NOT_APPLICABLE, NOT_EVIDENCED
from case_audit.core.rubric.rules import WORST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.audit.model import Answers
    from case_audit.core.rubric.model import Domain, Rubric
    from case_audit.core.rubric.rules import Condition, Level, Limit
    from case_audit.core.rubric.scale import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A grade and how it came about.

    Attributes:
        grade: The computed grade; empty where nothing below has a grade.
        rule: The roll-up or the limit that decided, for example ``"LIM1"``;
            empty with the grade.
        because: One sentence that names the rule and what drove it.
        drivers: Identifiers of the criteria or domains that drove it.
        standing: The grade that counts: the auditor's own where the auditor
            overruled the computed one, otherwise the computed one.
    """

    grade: str
    rule: str
    because: str
    drivers: tuple[str, ...]
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseJudgement:
    """The computed grades of one case.

    Attributes:
        domains: By domain, in the rubric's order.
        overall: The case as a whole; its grade speaks to the rubric's
            judgement area and is never an inspectorate's overall effectiveness.
    """

    domains: dict[str, Computed]
    overall: Computed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A criterion or a domain as the rules see it."""

    id: str
    critical: bool
    role: str
    value: str
    graded: bool


def judge(rubric: Rubric, *, cohort: str, answers: Answers) -> CaseJudgement:
    """Compute the grade of every domain and of the case.

    A domain's grade comes from its graded criteria by the rubric's roll-up and
    is then lowered by every limit that applies. The case's grade comes from the
    domains' standing grades in the same way. What is not applicable, not
    evidenced or not yet assessed has no grade and is left out, never counted as
    any grade.

    Args:
        rubric: The rubric of the round.
        cohort: The case's cohort; decides which criteria are asked.
        answers: What was answered so far.

    Returns:
        Computed grades, each with its reason.
    """
    domains: dict[str, Computed] = {}
    every: list[_Item] = []
    for domain in rubric.domains_for(cohort):
        items = _criteria(domain, answers)
        every += items
        own = answers.get("domain", domain.id)
        domains[domain.id] = _compute(
            rubric, "domain", rolled=items, seen=(items, []), own=own.value
        )
    rolled = [
        _Item(
            id=domain.id,
            critical=False,
            role=domain.role,
            value=domains[domain.id].standing,
            graded=bool(domains[domain.id].standing),
        )
        for domain in rubric.domains_for(cohort)
    ]
    overall = _compute(
        rubric,
        "overall",
        rolled=rolled,
        seen=(every, rolled),
        own=answers.get("overall", "overall").value,
    )
    return CaseJudgement(domains=domains, overall=overall)


def _criteria(domain: Domain, answers: Answers) -> list[_Item]:
    found = []
    for criterion in domain.criteria:
        answer = answers.criterion(criterion.id)
        found.append(
            _Item(
                id=criterion.id,
                critical=criterion.critical,
                role="",
                value=answer.value,
                graded=answer.graded,
            )
        )
    return found


def _compute(
    rubric: Rubric,
    level: Level,
    *,
    rolled: Sequence[_Item],
    seen: tuple[Sequence[_Item], Sequence[_Item]],
    own: str,
) -> Computed:
    scale = rubric.scale
    graded = [item for item in rolled if item.graded]
    if not graded:
        because = f"No grade: {_left_out(rolled, level)}."
        return Computed(grade="", rule="", because=because, drivers=(), standing=own)
    first, rule, because, drivers = _roll_up(rubric, level, graded)
    limits = [
        (limit, hits)
        for limit in rubric.rules.limits
        if limit.caps == level and (hits := _met(limit.when, seen, scale))
    ]
    lowering = [pair for pair in limits if scale.place(pair[0].at) > scale.place(first)]
    if lowering:
        limit, hits = max(lowering, key=lambda pair: scale.place(pair[0].at))
        first, rule, because, drivers = _limited(limit, hits, first, scale)
    left = _left_out(rolled, level)
    sentence = f"{because}; {left}." if left else f"{because}."
    return Computed(
        grade=first,
        rule=rule,
        because=sentence,
        drivers=drivers,
        standing=own or first,
    )


def _roll_up(
    rubric: Rubric, level: Level, graded: Sequence[_Item]
) -> tuple[str, str, str, tuple[str, ...]]:
    rules, scale = rubric.rules, rubric.scale
    rule = rules.domain_rollup if level == "domain" else rules.overall_rollup
    values = tuple(item.value for item in graded)
    grade = scale.worst(*values) if rule == WORST else scale.lower_median(values)
    drivers = tuple(item.id for item in graded if item.value == grade)
    counts = Counter(values)
    spread = ", ".join(
        f"{counts[g.id]} {g.label.lower()}" for g in scale.grades if counts[g.id]
    )
    noun = {"domain": "criteria", "overall": "domains"}[level]
    how = "the worst" if rule == WORST else "the middle"
    because = (
        f"{scale.grade(grade).label}: {how} of {len(values)} {noun} ({spread})"
        if len(values) > 1
        else f"{scale.grade(grade).label}: the only grade given ({drivers[0]})"
    )
    return grade, rule, because, drivers


def _limited(
    limit: Limit, hits: Sequence[str], first: str, scale: Scale
) -> tuple[str, str, str, tuple[str, ...]]:
    because = (
        f"{scale.grade(limit.at).label}: limited by {limit.id} because "
        f"{limit.because} ({', '.join(hits)}); without it, "
        f"{scale.grade(first).label.lower()}"
    )
    return limit.at, limit.id, because, tuple(hits)


def _met(
    when: Condition, seen: tuple[Sequence[_Item], Sequence[_Item]], scale: Scale
) -> tuple[str, ...]:
    """Return what met a condition; empty where it does not hold."""
    criteria, domains = seen
    pool = [
        item
        for item in (criteria if when.count == "criteria" else domains)
        if (item.critical or not when.critical) and when.role in ("", item.role)
    ]
    if when.answer:
        hits = [item.id for item in pool if item.value == when.answer]
    else:
        hits = [
            item.id
            for item in pool
            if item.graded and scale.at_or_below(item.value, when.at_or_below)
        ]
    if when.more_than is not None:
        graded = sum(item.graded for item in pool)
        holds = graded > 0 and Fraction(len(hits), graded) > when.more_than
    else:
        holds = len(hits) >= when.at_least
    return tuple(hits) if holds else ()


def _left_out(items: Sequence[_Item], level: Level) -> str:
    words = {NOT_APPLICABLE: "not applicable", NOT_EVIDENCED: "not evidenced"}
    missing = {"domain": "not yet assessed", "overall": "without a grade"}[level]
    counts = Counter(
        words.get(item.value, missing) for item in items if not item.graded
    )
    return ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
