"""From answers to grades: the roll-up, the limits, and the sentence that says why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from case_audit.core.audit.model import (
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    is_flagged,
)
from case_audit.core.audit.rollup import Item, Pool, Rolled, roll_up
from case_audit.core.rubric.rules import MANUAL, NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case_audit.core.audit.model import Answers
    from case_audit.core.rubric.model import Domain, Rubric
    from case_audit.core.rubric.rules import Condition, Level, Limit, RollUp
    from case_audit.core.rubric.scale import Scale

UNGRADED: Final = "without a grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A grade and how it came about.

    Attributes:
        grade: The computed grade; empty where nothing below has a grade.
        rule: The roll-up or the limit that decided, for example ``"LIM1"``;
            empty with the grade, but :data:`~case_audit.core.rubric.rules.NONE`
            where nothing is graded on this level at all.
        because: One sentence that names the rule and what drove it.
        drivers: Identifiers of the criteria or domains that drove it.
        standing: The grade that counts: the auditor's own where the auditor
            overruled the computed one, otherwise the computed one.
        raises: The most urgent escalation that a limit which holds asks for;
            empty for none.
    """

    grade: str
    rule: str
    because: str
    drivers: tuple[str, ...]
    standing: str
    raises: str = ""


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
class _Seen:
    """What the limits of one level look at."""

    criteria: Sequence[Item]
    domains: Sequence[Item]
    flags: frozenset[str]


def judge(
    rubric: Rubric,
    *,
    cohort: str,
    answers: Answers,
    known: Mapping[str, str] | None = None,
) -> CaseJudgement:
    """Compute the grade of every domain and of the case.

    A domain's grade comes from its graded criteria by the rubric's roll-up and
    is then lowered by every limit that applies. The case's grade comes from the
    domains' standing grades in the same way. What is not applicable, not
    evidenced or not yet assessed has no grade and is left out, never counted as
    any grade; so is what is graded on another scale than the roll-up's, and what is
    asked about the audit itself.

    Args:
        rubric: The rubric of the round.
        cohort: The case's cohort; decides which criteria are asked.
        answers: What was answered so far.
        known: What is known of the case, which may decide that a criterion is
            not asked.

    Returns:
        Computed grades, each with its reason.
    """
    asked = rubric.domains_for(cohort, known)
    flags = frozenset(f.id for f in rubric.rules.flags if is_flagged(answers, f.id))
    domains: dict[str, Computed] = {}
    every: list[Item] = []
    rolled: list[Item] = []
    for domain in asked:
        items = _criteria(rubric, domain, answers)
        every += items
        domains[domain.id] = _compute(
            rubric,
            "domain",
            rolled=items,
            seen=_Seen(criteria=items, domains=(), flags=flags),
            own=answers.get("domain", domain.id).value,
        )
        rolled.append(_domain_item(rubric, domain, items, domains[domain.id]))
    overall = _compute(
        rubric,
        "overall",
        rolled=rolled,
        seen=_Seen(criteria=every, domains=rolled, flags=flags),
        own=answers.get("overall", "overall").value,
    )
    return CaseJudgement(domains=domains, overall=overall)


def _criteria(rubric: Rubric, domain: Domain, answers: Answers) -> list[Item]:
    found = []
    for criterion in domain.criteria:
        if criterion.about_audit:
            continue
        answer = answers.criterion(criterion.id)
        found.append(
            Item(
                id=criterion.id,
                critical=criterion.critical,
                value=answer.value,
                graded=answer.graded and not criterion.in_words,
                scale="" if criterion.in_words else rubric.scale_of(criterion).id,
            )
        )
    return found


def _domain_item(
    rubric: Rubric, domain: Domain, items: Sequence[Item], found: Computed
) -> Item:
    rollup = rubric.rules.domain_rollup
    into = rubric.scale_named(rollup.of or rollup.scale).id
    return Item(
        id=domain.id,
        role=domain.role,
        value=found.standing,
        graded=bool(found.standing),
        scale=rubric.domain_scale.id,
        able=any(rollup.kind == MANUAL or item.scale == into for item in items),
    )


def _compute(
    rubric: Rubric, level: Level, *, rolled: Sequence[Item], seen: _Seen, own: str
) -> Computed:
    rollup, out = _level(rubric, level)
    limits = _limits(rubric, level, seen)
    raises = _raises(rubric, level, limits, seen)
    if rollup.kind == NONE:
        nothing = "Nothing is graded on this level"
        return _uncomputed(nothing, NONE, "", raises=raises)
    first = _first(rubric, level, rolled, own=own)
    # What no grade could come of is not left out of one.
    able = [item for item in rolled if item.able] or rolled
    if first is None:
        because = (
            "No grade yet: the auditor decides, nothing is computed"
            if rollup.kind == MANUAL
            else f"No grade: {_left_out(able, level) or _nothing_to_grade(rolled, level)}"
        )
        return _uncomputed(because, "", own, raises=raises)
    lowering = [
        pair for pair in limits if out.place(pair[0].at) > out.place(first.grade)
    ]
    if lowering:
        limit, hits = max(lowering, key=lambda pair: out.place(pair[0].at))
        first = _limited(limit, hits, first.grade, out)
    left = _left_out(able, level)
    return Computed(
        grade=first.grade,
        rule=first.rule,
        because=f"{first.because}; {left}." if left else f"{first.because}.",
        drivers=first.drivers,
        standing=own or first.grade,
        raises=raises,
    )


def _raises(
    rubric: Rubric,
    level: Level,
    limits: Sequence[tuple[Limit, tuple[str, ...]]],
    seen: _Seen,
) -> str:
    """Return the most urgent escalation that a limit or a ticked flag asks for."""
    wanted = [limit.raises for limit, _ in limits]
    if level == "overall":
        wanted += [f.raises for f in rubric.rules.flags if f.id in seen.flags]
    return min(filter(None, wanted), default="")


def _level(rubric: Rubric, level: Level) -> tuple[RollUp, Scale]:
    if level == "domain":
        return rubric.rules.domain_rollup, rubric.domain_scale
    return rubric.rules.overall_rollup, rubric.overall_scale


def _uncomputed(because: str, rule: str, own: str, *, raises: str = "") -> Computed:
    return Computed(
        grade="",
        rule=rule,
        because=f"{because}.",
        drivers=(),
        standing=own,
        raises=raises,
    )


def _first(
    rubric: Rubric, level: Level, rolled: Sequence[Item], *, own: str
) -> Rolled | None:
    """Return the grade before any limit; ``None`` where there is none."""
    rollup, out = _level(rubric, level)
    if rollup.kind == MANUAL:
        if not own:
            return None
        because = f"{out.grade(own).label}: the auditor's own grade"
        return Rolled(grade=own, rule=MANUAL, because=because, drivers=())
    into = rubric.scale_named(rollup.of or rollup.scale)
    items = [item for item in rolled if item.graded and item.scale == into.id]
    if not items:
        return None
    return roll_up(rollup, Pool(items=items, into=into, out=out, level=level))


def _limits(
    rubric: Rubric, level: Level, seen: _Seen
) -> list[tuple[Limit, tuple[str, ...]]]:
    """Return the limits that hold, each with what met its condition."""
    return [
        (limit, hits)
        for limit in rubric.rules.limits
        if limit.caps == level and (hits := _met(limit.when, seen, rubric))
    ]


def _limited(limit: Limit, hits: Sequence[str], first: str, scale: Scale) -> Rolled:
    # A ticked flag is in the words of the limit already.
    met_by = "" if limit.when.flag else f" ({', '.join(hits)})"
    because = (
        f"{scale.grade(limit.at).label}: limited by {limit.id} because "
        f"{limit.because}{met_by}; without limits, "
        f"{scale.grade(first).label.lower()}"
    )
    return Rolled(grade=limit.at, rule=limit.id, because=because, drivers=tuple(hits))


def _met(when: Condition, seen: _Seen, rubric: Rubric) -> tuple[str, ...]:
    """Return what met a condition; empty where it does not hold."""
    if when.flag:
        return (when.flag,) if when.flag in seen.flags else ()
    criteria = when.count == "criteria"
    own = rubric.scale if criteria else rubric.domain_scale
    scale = rubric.scale_named(when.scale) if when.scale else own
    pool = [
        item
        for item in (seen.criteria if criteria else seen.domains)
        if (item.critical or not when.critical) and when.role in ("", item.role)
    ]
    if when.answer:
        able = {item.scale for item in pool if item.scale}
        able = {scale.id} if when.scale else able
        pool = [
            item
            for item in pool
            if item.scale in able and (item.graded or item.value == when.answer)
        ]
        hits = [item.id for item in pool if item.value == when.answer]
    else:
        pool = [item for item in pool if item.graded and item.scale == scale.id]
        hits = [i.id for i in pool if scale.at_or_below(i.value, when.at_or_below)]
    if when.more_than is not None:
        holds = bool(pool) and Fraction(len(hits), len(pool)) > when.more_than
    else:
        holds = len(hits) >= when.at_least
    return tuple(hits) if holds else ()


def _nothing_to_grade(items: Sequence[Item], level: Level) -> str:
    """Return why there is no grade where nothing was left out."""
    if not items and level == "overall":
        return "nothing is asked of this case"
    # A domain without anything to roll up has questions about the audit alone.
    if not items or any(item.scale for item in items):
        return "its answers are counted, not graded"
    return "everything is answered in words"


def _left_out(items: Sequence[Item], level: Level) -> str:
    words = {NOT_APPLICABLE: "not applicable", NOT_EVIDENCED: "not evidenced"}
    missing = {"domain": "not yet assessed", "overall": UNGRADED}[level]
    counts = Counter(
        words.get(item.value, missing)
        for item in items
        if not item.graded and (item.scale or item.value in words)
    )
    said = {UNGRADED: "domain" if counts[UNGRADED] == 1 else "domains"}
    return ", ".join(
        f"{n} {said[what]} {what}" if what in said else f"{n} {what}"
        for what, n in sorted(counts.items())
    )
