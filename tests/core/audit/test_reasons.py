"""Every computed grade says in one sentence which rule made it and what drove it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import G, I, O, R, a_criterion, a_rubric, a_scale, answers
from case_audit.core.audit.judge import judge
from case_audit.core.audit.model import FLAG, TICKED, Answer
from case_audit.core.rubric.rules import (
    MANUAL,
    ROLLUPS,
    UNCOMPUTED,
    RollUp,
    Step,
)
from case_audit.exchange.rubric_library import Library
from case_audit.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from case_audit.core.audit.judge import Computed
    from case_audit.core.audit.model import Answers
    from case_audit.core.rubric.model import Criterion, Rubric
    from case_audit.core.rubric.rules import Limit

SCALE = a_scale()
LIBRARY = Library((shipped("rubrics"),))
RUBRICS = [LIBRARY.rubric(name) for name in LIBRARY.names()]
LIMITS = {
    f"{rubric.rules.id}-{limit.id}": (rubric, limit)
    for rubric in RUBRICS
    for limit in rubric.rules.limits
    if limit.when.role in {"", *(domain.role for domain in rubric.domains)}
}
"""Each shipped limit in a rubric that can meet it."""


@st.composite
def roll_ups(draw: st.DrawFn, kind: str) -> RollUp:
    """Any roll-up of a kind that an author could declare."""
    bands = tuple(
        zip(
            (O, G, R),
            sorted(draw(st.sets(st.integers(0, 100), min_size=3, max_size=3)))[::-1],
            strict=True,
        )
    )
    if kind == "threshold":
        shares = st.none() | st.fractions(0, Fraction(9, 10), max_denominator=10)
        steps = tuple(
            Step(
                grade=grade,
                at_or_below=grade,
                at_least=draw(st.integers(1, 3)),
                more_than=draw(shares),
            )
            for grade in (I, R, G)
        )
        return RollUp(kind=kind, steps=steps, otherwise=O)
    if kind == "percentage_bands":
        counts = draw(st.sampled_from(SCALE.ids))
        return RollUp(kind=kind, counts=counts, bands=bands, otherwise=I)
    if kind == "points":
        worth = draw(st.lists(st.integers(0, 9), min_size=4, max_size=4))
        points = tuple(zip(SCALE.ids, sorted(worth, reverse=True), strict=True))
        return RollUp(kind=kind, points=points, bands=bands, otherwise=I)
    return RollUp(kind=kind)


def explains_itself(found: Computed, label: str) -> None:
    """Begins with its grade, is one sentence, and names everything that drove it."""
    assert found.because.startswith(f"{label}: ")
    assert found.because.endswith(".")
    assert not re.search(r"[.!?]\s|\n", found.because)
    assert found.drivers
    assert set(found.drivers) <= set(re.findall(r"[\w-]+", found.because))


@pytest.mark.parametrize("kind", [kind for kind in ROLLUPS if kind not in UNCOMPUTED])
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_any_roll_up_names_what_drove_it(kind: str, data: st.DataObject) -> None:
    """Of a domain its criteria, of the case its domains."""
    grades = st.lists(st.sampled_from(SCALE.ids), min_size=1, max_size=4)
    given_ = data.draw(st.lists(grades, min_size=1, max_size=4))
    plain = a_rubric(
        {
            f"d{n}": tuple(a_criterion(f"c{n}x{i}") for i in range(len(values)))
            for n, values in enumerate(given_)
        },
        limits=(),
    )
    rules = replace(
        plain.rules,
        domain_rollup=data.draw(roll_ups(kind)),
        overall_rollup=data.draw(roll_ups(kind)),
    )
    values = {f"c{n}x{i}": v for n, d in enumerate(given_) for i, v in enumerate(d)}

    found = judge(replace(plain, rules=rules), cohort="cp", answers=answers(**values))

    for computed in (*found.domains.values(), found.overall):
        assert computed.rule == kind
        explains_itself(computed, SCALE.grade(computed.grade).label)
    for key, computed in found.domains.items():
        assert all(name.startswith(f"c{key[1:]}x") for name in computed.drivers)
    assert set(found.overall.drivers) <= set(found.domains)


@pytest.mark.parametrize(
    ("values", "because", "drivers"),
    [
        ((O, O, G), "Outstanding: only 1 of 3 criteria at good or worse (c2).", "c2"),
        ((O, O), "Outstanding: none of 2 criteria at good or worse (c0, c1).", "c0 c1"),
        ((O, G, G), "Good: 2 of 3 criteria at good or worse (c1, c2).", "c1 c2"),
    ],
)
def test_too_few_for_a_step_are_named_as_too_few(
    values: tuple[str, ...], because: str, drivers: str
) -> None:
    """The grade above a step rests on those that were not enough for it."""
    step = Step(grade=G, at_or_below=G, at_least=2)
    plain = a_rubric(
        {"d": tuple(a_criterion(f"c{n}") for n in range(len(values)))}, limits=()
    )
    rollup = RollUp(kind="threshold", steps=(step,), otherwise=O)
    rubric = replace(plain, rules=replace(plain.rules, domain_rollup=rollup))
    given_ = answers(**{f"c{n}": value for n, value in enumerate(values)})

    found = judge(rubric, cohort="cp", answers=given_).domains["d"]

    assert (found.because, found.drivers) == (because, tuple(drivers.split()))


@pytest.mark.parametrize(("rubric", "limit"), LIMITS.values(), ids=LIMITS)
def test_every_shipped_limit_says_why(rubric: Rubric, limit: Limit) -> None:
    """Its own name, its reason, what met it, and the grade without it."""
    alone = on_its_own(rubric, limit)
    out = alone.domain_scale if limit.caps == "domain" else alone.overall_scale

    decided = [
        computed
        for computed in graded(alone, met(alone, limit))
        if computed.rule == limit.id
    ]

    assert decided
    for computed in decided:
        begins = f"{out.grade(limit.at).label}: limited by {limit.id} because "
        assert computed.because.startswith(f"{begins}{limit.because}")
        assert f"; without limits, {out.grades[0].label.lower()}" in computed.because
        if limit.when.flag:
            assert computed.drivers == (limit.when.flag,)
        else:
            explains_itself(computed, out.grade(limit.at).label)


def on_its_own(rubric: Rubric, limit: Limit) -> Rubric:
    """The rubric with this limit alone, which lowers whatever the auditor gives.

    Every criterion is critical, so that a limit is met in each rubric.
    """
    rules = rubric.rules
    own = {"domain": rules.domain_rollup, "overall": rules.overall_rollup}
    own["domain"] = replace(own["domain"], kind=MANUAL)
    if limit.caps == "overall":
        own["overall"] = replace(own["overall"], kind=MANUAL)
    return replace(
        rubric,
        rules=replace(
            rules,
            domain_rollup=own["domain"],
            overall_rollup=own["overall"],
            limits=(limit,),
        ),
        domains=tuple(
            replace(d, criteria=tuple(replace(c, critical=True) for c in d.criteria))
            for d in rubric.domains
        ),
    )


def graded(rubric: Rubric, given_: Answers) -> Iterator[Computed]:
    for cohort in rubric.cohorts:
        found = judge(rubric, cohort=cohort, answers=given_)
        yield from (*found.domains.values(), found.overall)


def met(rubric: Rubric, limit: Limit) -> Answers:
    """Answers that meet a limit: all of what it counts, under the best own grades."""
    when = limit.when
    low = when.at_or_below if when.count == "domains" else rubric.domain_scale.ids[0]
    given_ = answers(**{c.id: value(rubric, limit, c) for c in rubric.criteria()})
    for domain in rubric.domains:
        own = Answer(part="domain", subject=domain.id, value=low, rationale="So.")
        given_ = given_.with_answer(own)
    best = rubric.overall_scale.ids[0]
    given_ = given_.with_answer(
        Answer(part="overall", subject="overall", value=best, rationale="So.")
    )
    if when.flag:
        ticked = Answer(part="closing", subject=f"{FLAG}{when.flag}", value=TICKED)
        given_ = given_.with_answer(ticked)
    return given_


def value(rubric: Rubric, limit: Limit, criterion: Criterion) -> str:
    """What a limit counts, on the scale it counts on; the best grade otherwise."""
    when = limit.when
    if criterion.in_words:
        return "Seen in March."
    scale = rubric.scale_of(criterion)
    counted = when.count == "criteria" and scale.id == (when.scale or rubric.scale.id)
    if when.answer:
        return when.answer
    return when.at_or_below if counted and when.at_or_below else scale.ids[0]
