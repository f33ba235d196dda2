"""A plan in words and numbers, for a terminal and for other programs."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from case_audit.core.estimates.planning import (
    CAPPED,
    CLUSTER,
    FEW_ALONE,
    NO_INTERVAL,
    NO_SHARE,
    PPS,
    SYSTEMATIC,
)
from case_audit.reports.calculators import fine
from case_audit.reports.wording import percent, plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from case_audit.core.estimates.outlook import Outlook, StratumOutlook
    from case_audit.core.estimates.planning import Plan
    from case_audit.core.estimates.shifts import Purpose, Shift

NOTES = {
    SYSTEMATIC: "A systematic sample is planned as a random one.",
    PPS: (
        "Chances by size are planned as equal ones: the sizes are not looked at. The "
        "interval will be wider the less the sizes have to do with the grades."
    ),
    CAPPED: (
        "The cap on groups decides how many can be drawn. That it makes the interval a "
        "little wider is not looked at."
    ),
    CLUSTER: (
        "Cases of one cluster are alike. How much so is an assumption: see --alike."
    ),
    NO_INTERVAL: "Such a sample gives no interval for the whole frame.",
    NO_SHARE: (
        "Cases that are picked say nothing of the others: there will be counts, and no "
        "share and no interval. The numbers here are those of a random sample."
    ),
}
"""What a plan's notes mean."""

SHIFTS: dict[Purpose, str] = {
    "ten_points": "to know it to within 10 points",
    "half_as_wide": "to halve the width",
    "meet_one": "to meet one wherever, 95%",
    "even": "if half of all cases were good",
    "level_90": "with 90% confidence",
}
"""What a shift is for."""

HEADS = ("cases", "interval to expect", "meets one", "wherever", "hours")
SHIFT_HEADS = ("what would shift it", "cases", "interval", "wherever", "hours")
STRATUM_HEADS = ("stratum", "cases", "of", "interval to expect", "meets one")


def bounds(lower: Fraction | None, upper: Fraction | None) -> str:
    """Return an interval in words, or a dash."""
    if lower is None or upper is None:
        return "-"
    return f"{percent(lower)} to {percent(upper)}"


def outlook_row(outlook: Outlook) -> tuple[str, ...]:
    """Return the line of one size: cases, interval, chances, hours."""
    return (
        _size(outlook),
        bounds(outlook.lower, outlook.upper),
        fine(outlook.chance),
        fine(outlook.chance_wherever),
        f"{float(outlook.hours):g}",
    )


def _size(outlook: Outlook) -> str:
    size = f"{round(float(outlook.size), 1):g}"
    return f"{size} in {outlook.clusters}" if outlook.clusters else size


def stratum_row(stratum: StratumOutlook) -> tuple[str, ...]:
    """Return the line of one stratum."""
    return (
        stratum.name,
        str(stratum.size),
        str(stratum.population),
        bounds(stratum.lower, stratum.upper)
        if stratum.size < stratum.population
        else "all are audited",
        f"{fine(stratum.chance)} (of {stratum.cases})",
    )


def shift_row(shift: Shift) -> tuple[str, ...]:
    """Return the line of what would shift a plan."""
    found = shift.outlook
    return (
        SHIFTS[shift.kind],
        _size(found),
        bounds(found.lower, found.upper),
        fine(found.chance_wherever),
        f"{float(found.hours):g}",
    )


def plan_sentences(plan: Plan) -> tuple[str, ...]:
    """Return what to say of a plan beside its tables."""
    return tuple(_sentences(plan))


def _sentences(plan: Plan) -> Iterator[str]:
    given, found = plan.assumptions, plan.outlook
    level = percent(given.level)
    if found.lower is not None and found.upper is not None:
        yield (
            f"If the sample shows what is expected, the interval of all "
            f"{plan.population} cases is {percent(found.lower)} to "
            f"{percent(found.upper)} ({level})."
        )
    are = "is" if found.cases == 1 else "are"
    yield (
        f"If {found.cases} of them {are} inadequate, at least one is met with a chance "
        f"of {fine(found.chance)} where they are spread evenly, and of at least "
        f"{fine(found.chance_wherever)} wherever they are."
    )
    if len(plan.strata) > 1 and given.cases is not None:
        yield "In the line of a stratum they are all there, or as many as it holds."
    yield _hours(plan)
    if found.design_effect != 1:
        yield (
            f"Design effect {float(found.design_effect):.2f}: the variance is so many "
            "times that of a simple sample of the size."
        )
    if plan.thin:
        yield (
            f"Too few cases to show how a stratum varies, fewer than 4: "
            f"{', '.join(plan.thin)}."
        )
    alone = [s for s in plan.strata if s.size < min(FEW_ALONE, s.population)]
    if alone and len(plan.strata) > 1:
        yield (
            f"{plural(len(alone), 'stratum', 'strata')} of {len(plan.strata)} would "
            f"give fewer than {FEW_ALONE} cases: nothing should be said of them alone."
        )
    yield from (NOTES[note] for note in plan.notes)


def _hours(plan: Plan) -> str:
    given, found = plan.assumptions, plan.outlook
    text = (
        f"{float(found.hours):g} hours at {float(given.hours_per_case):g} a case (an "
        "assumption: time your own audits)"
    )
    if found.hours_each is None:
        return f"{text}."
    return f"{text}, {float(found.hours_each):.3g} for each of {given.auditors}."


def assumed(plan: Plan) -> tuple[str, ...]:
    """Return what the plan takes for granted, as lines."""
    given = plan.assumptions
    own = ""
    if given.by_stratum:
        named = plural(
            len(given.by_stratum), "stratum has its own", "strata have their own"
        )
        own = f" ({named})"
    lines = [
        f"share expected: {percent(given.expected)}{own}",
        f"inadequate cases asked about: {plan.outlook.cases} of {plan.population}",
        f"hours a case: {float(given.hours_per_case):g}",
    ]
    if plan.design.kind == "cluster":
        lines.append(f"likeness within a cluster: {float(given.correlation):g}")
    return tuple(lines)


def folded(text: str) -> list[str]:
    """Return a sentence as lines that fit a terminal of 80 columns."""
    return wrap(text, width=79, break_on_hyphens=False)


def plan_json(plan: Plan, shifts: tuple[Shift, ...]) -> dict[str, Any]:
    """Return a plan for other programs: every number unrounded."""
    given = plan.assumptions
    return {
        "population": plan.population,
        "design": plan.design.kind,
        "assumptions": {
            "expected": float(given.expected),
            "expected_by_stratum": {s: float(p) for s, p in given.by_stratum.items()},
            "cases": plan.outlook.cases,
            "level": float(given.level),
            "correlation": float(given.correlation),
            "hours_per_case": float(given.hours_per_case),
            "auditors": given.auditors or None,
        },
        **_plain(plan.outlook),
        "strata": [
            {
                "name": s.name,
                "population": s.population,
                "size": s.size,
                "expected": float(s.expected),
                "lower": _number(s.lower),
                "upper": _number(s.upper),
                "cases": s.cases,
                "chance": float(s.chance),
                "thin": s.name in plan.thin,
            }
            for s in plan.strata
        ],
        "ladder": [_plain(rung) for rung in plan.ladder],
        "shifts": [{"kind": s.kind} | _plain(s.outlook) for s in shifts],
        "notes": list(plan.notes),
    }


def _plain(outlook: Outlook) -> dict[str, Any]:
    return {
        "size": float(outlook.size),
        "clusters": outlook.clusters,
        "lower": _number(outlook.lower),
        "upper": _number(outlook.upper),
        "chance": float(outlook.chance),
        "chance_wherever": float(outlook.chance_wherever),
        "hours": float(outlook.hours),
        "hours_each": _number(outlook.hours_each),
        "design_effect": float(outlook.design_effect),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
