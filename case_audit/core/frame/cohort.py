"""What a cohort is: a list, who is on it, what is known of them, what is a risk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Derivation = Literal[
    "value",
    "ethnic_group",
    "age",
    "age_band",
    "leaver_age",
    "time_open",
    "source_group",
    "filled",
    "entered",
    "months_open",
    "months_lasted",
    "days_since",
    "working_days",
    "count_band",
    "recency",
    "adoption_stage",
    "adopter_stage",
    "family",
    "listed",
    "s47_before",
    "flag",
    "risks",
]
"""How an attribute comes from its column; see `attributes`. The last five need
the whole list, or the other attributes; see `build`."""

OF_THE_WHOLE: Final = frozenset({"family", "listed", "s47_before", "flag", "risks"})
"""Derivations that one row alone does not give."""
NUMBERS: Final = frozenset(
    {
        *("age", "months_open", "months_lasted", "days_since", "working_days"),
        *("listed", "risks"),
    }
)
"""Derivations that give whole numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """Something known of every unit of a cohort.

    Attributes:
        key: Its name in `FrameUnit.attributes`.
        label: Plain words for screens and documents.
        source: Key of the list's column that it comes from; empty where it does
            not come from one column.
        until: Key of the column with the day up to which time is counted; empty
            for the date of the list.
        derived: How it comes from there.
        codes: Code list of its values, where they are ids of one.
        stratum: Whether frames can be stratified by it.
        fact: Whether auditors are shown it beside the criteria.
    """

    key: str
    label: str
    source: str = ""
    until: str = ""
    derived: Derivation = "value"
    codes: str = ""
    stratum: bool = True
    fact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A reason why a row of the list is not in the frame.

    Attributes:
        rule: The reason in words, as it is counted and printed.
        key: Column that decides.
        values: Ids that exclude; empty means: a date, and it has been reached.
        unless: Column that must be empty for it to exclude; empty for none.
    """

    rule: str
    key: str
    values: tuple[str, ...] = ()
    unless: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Rows of a list that count because of when something happened.

    Attributes:
        key: Column of the date that must lie in the months before the date of
            the list, first and last day included.
        earlier: Why rows from before are left out, as a phrase.
        without: Why rows without the date, or with a later one, are left out;
            empty where they count.
        always: Whether rows without the date are left out of every frame of the
            cohort, also where the window has no length.
        months: Length unless said otherwise; 0 takes the whole list.
    """

    key: str
    earlier: str
    without: str = ""
    always: bool = False
    months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A sign on the list that a case may deserve a closer look.

    Attributes:
        key: Its attribute, beginning with ``risk_``: "yes", "no", or no entry
            where what it needs is not known.
        label: A few words.
        rule: When it is "yes": a condition on the unit's other attributes.
        words: The rule in plain words.
        source: Where the rule, or its limit, is from.
    """

    key: str
    label: str
    rule: str
    words: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """A kind of unit that can be drawn.

    Attributes:
        id: Short name, as in ``--cohort``.
        label: One such case, in words.
        plural: Many such cases, in words.
        list_no: Number of the Annex A list that it comes from.
        excluded: Rows that are not in the frame, first match first. Where it is
            empty, every row of the list's period counts.
        window: Rows that count because of when something happened, if any.
        begins: Date column of the start; rows that start after the date of the
            list are left out. Empty where the list has no start.
        ends: Date column of the end; empty where the list has none.
        latest_by: Date columns that say which of a child's rows is the latest.
        episode: Date column that names an episode, where episodes can be units.
        household: Column that says which rows are of one household, where the
            unit is one.
        repeats: Why a further row of the same unit is left out.
        attributes: What is known of each unit, flags among it.
        default_strata: Attributes by which it is stratified unless said
            otherwise.
        useful_strata: Attributes that are most worth stratifying by.
        flags: Signs of risk.
    """

    id: str
    label: str
    plural: str
    list_no: int
    excluded: tuple[Exclusion, ...] = ()
    window: Window | None = None
    begins: str = ""
    ends: str = ""
    latest_by: tuple[str, ...]
    episode: str = ""
    household: str = ""
    repeats: str = "earlier episode of the same child"
    attributes: tuple[Attribute, ...]
    default_strata: tuple[str, ...]
    useful_strata: tuple[str, ...]
    flags: tuple[Flag, ...] = ()

    def __post_init__(self) -> None:
        found = tuple(
            Attribute(
                key=flag.key,
                label=flag.label,
                derived="flag",
                codes="yes_no",
                fact=False,
            )
            for flag in self.flags
        )
        if found:
            count = Attribute(
                key="risks", label="Signs of risk", derived="risks", fact=False
            )
            found = (*found, count)
        object.__setattr__(self, "attributes", (*self.attributes, *found))
