"""A plan in words: its lines, what they mean, and what its design is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from case_audit.core.estimates.discovery import cases_at
from case_audit.core.frame.cohorts import cohort
from case_audit.reports.wording import long_date
from case_audit.tui.plan_setting import TEXTS, offered
from case_audit.tui.planner import CHOSEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from case_audit.core.sample.model import Allocation, Kind
    from case_audit.tui.plan_setting import Field
    from case_audit.tui.planner import Planner

LABELS: Final[dict[Field, str]] = {
    "design": "Design",
    "size": "Cases to draw",
    "cohort": "Cohort",
    "order": "Sorted by",
    "measure": "Chance grows with",
    "by": "A cluster is",
    "clusters": "Clusters to draw",
    "per_cluster": "Cases of each",
    "targeted": "Picked among",
    "strata": "Strata",
    "shared": "Shared among strata",
    "minimum": "Fewest of a stratum",
    "inadequate": "Inadequate cases",
    "expected": "Good or better",
    "hours": "Hours for a case",
    "auditors": "Auditors",
    "only": "Only where",
    "certain": "Certainly those where",
    "cap": "Cap on",
    "most": "At most of each",
    "reserves": "Reserves",
}
KINDS: Final[dict[Kind, tuple[str, str]]] = {
    "simple": (
        "simple",
        (
            "Every case has the same chance: you can speak of all cases, and it needs the "
            "least explaining."
        ),
    ),
    "stratified": (
        "stratified",
        (
            "Every team (or other stratum) gives its share: all are seen, and you can speak "
            "of all cases."
        ),
    ),
    "systematic": (
        "systematic",
        (
            "Every so many cases down the sorted list: the sample spreads over ages, dates "
            "or teams."
        ),
    ),
    "pps": (
        "by size",
        (
            "Larger or more complex cases come more often, in proportion to a number; "
            "weights put that right."
        ),
    ),
    "cluster": (
        "cluster",
        (
            "Whole workers or families are drawn, then cases of each: few visits, but a "
            "wider interval."
        ),
    ),
    "targeted": (
        "targeted",
        (
            "Cases are picked for their risk: you learn of these cases, and can say nothing "
            "of any other."
        ),
    ),
}
"""What each kind is called, and in one sentence when to choose it."""
SHARED: Final[dict[Allocation, tuple[str, str]]] = {
    "proportional": (
        "in proportion to their size",
        "Large strata give more: best to speak of all cases together.",
    ),
    "equal": ("alike", "Every stratum gives the same number: best to compare them."),
    "neyman": (
        "for the smallest interval",
        (
            "Neyman: more from where grades vary more; here half is expected in each. "
            "Other shares, and quotas: the command."
        ),
    ),
}
ABOUT: Final[dict[Field, str]] = {
    "size": "More cases make the interval narrower; to halve it takes about four times "
    "as many.",
    "cohort": "Whose cases: the frame of each cohort that was made last.",
    "order": "The list is sorted by this before every so many cases are taken. By "
    "several: the command.",
    "measure": "A number known of each case. Plus one, so that cases with 0 can be "
    "drawn too.",
    "by": "What makes a cluster: all cases with the same one belong together.",
    "clusters": "How many workers or families are drawn.",
    "per_cluster": "How many cases of each are read; 0 means all of them.",
    "targeted": "Enter types the condition that a case must meet to be picked.",
    "strata": "Groups that each give some cases. s chooses several at once.",
    "minimum": "So many cases from each stratum, or all it has; 2 give it an interval.",
    "inadequate": "How likely the sample meets one, if so many are. t: a share or a "
    "number.",
    "expected": "The interval is that of a sample which shows this; half is the widest.",
    "hours": "What one audit takes: an assumption, so time your own.",
    "auditors": "Who share the cases; 0 if not said yet.",
    "only": "Enter types a condition: other cases are left out first, and not spoken of.",
    "certain": "Enter types a condition: all these cases are in whatever happens.",
    "cap": "At most so many cases of one worker or family, so that nobody meets the "
    "sample too often.",
    "most": "How many of one worker or family at most.",
    "reserves": "Spare cases in order, for a case that cannot be audited: of each "
    "stratum, or spare clusters.",
}


def about(planner: Planner) -> str:
    """Return what the chosen line means."""
    match planner.field:
        case "design":
            return KINDS[planner.setting.kind][1]
        case "shared":
            return SHARED[planner.setting.allocation][1]
        case field:
            return ABOUT[field]


def value(field: Field, planner: Planner) -> str:
    """Return what stands in a line of the plan."""
    now = planner.setting
    if say := _SAID.get(field):
        return say(planner)
    found = getattr(now, field)
    if field in CHOSEN:
        names = offered(field, now.frame, planner.groupings)
        return names.get(found, str(found))
    return str(found) if found or field not in TEXTS else "-"


def _frame(planner: Planner) -> str:
    frame = planner.setting.frame
    return f"{cohort(frame.cohort).plural}, {long_date(frame.as_at)}"


def _hours(planner: Planner) -> str:
    whole, half = divmod(planner.setting.half_hours, 2)
    return f"{whole}{'.5' if half else ''}"


def plan_words(planner: Planner) -> str:
    """Return a plan as one or two sentences, for the card it is drawn from."""
    shown = [
        f"{LABELS[field].lower()}: {value(field, planner)}"
        for field in planner.setting.fields
        if field in _DRAWN and value(field, planner) not in ("-", "no cap")
    ]
    kind, of = KINDS[planner.setting.kind][0], value("cohort", planner)
    return f"{of}. A {kind} draw; {'; '.join(shown)}"


_DRAWN: Final[tuple[Field, ...]] = (
    *("size", "order", "measure", "by", "clusters", "per_cluster", "targeted"),
    *("strata", "only", "certain", "cap", "most", "reserves"),
)


def _strata(planner: Planner) -> str:
    strata = planner.setting.strata
    if not planner.knows:
        return "none; the frame is being read …"
    labels = {grouping.key: grouping.label for grouping in planner.groupings}
    return " and ".join(labels.get(key, key) for key in strata) or "none"


def _inadequate(planner: Planner) -> str:
    now = planner.setting
    if now.number:
        return f"if {now.number} of {planner.units} are"
    cases = cases_at(now.assumptions.rate, population=planner.units)
    return f"if {now.percent}% are, which is {cases}"


_SAID: Final[dict[Field, Callable[[Planner], str]]] = {
    "design": lambda planner: KINDS[planner.setting.kind][0],
    "size": lambda planner: f"{planner.setting.size} of {planner.units}",
    "cohort": _frame,
    "strata": _strata,
    "shared": lambda planner: (
        SHARED[planner.setting.allocation][0] if planner.setting.strata else "-"
    ),
    "minimum": lambda planner: (
        str(planner.setting.minimum) if planner.setting.strata else "-"
    ),
    "inadequate": _inadequate,
    "expected": lambda planner: f"if {planner.setting.expected}% are",
    "hours": _hours,
    "auditors": lambda planner: str(planner.setting.auditors or "number not said"),
    "per_cluster": lambda planner: str(planner.setting.per_cluster or "all"),
    "most": lambda planner: str(planner.setting.most) if planner.setting.cap else "-",
}
"""What is said of a line in words of its own."""
