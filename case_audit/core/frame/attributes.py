"""Derives what frames are stratified by from what the lists hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from case_audit.core.frame.cohorts import Cohort, Derivation
    from case_audit.core.frame.model import Value

    Derive = Callable[[Value, int | None, date], str | None]

UNBORN: Final = "unborn"
FURTHER: Final = "x_"
"""How the keys of columns begin that a council keeps beside a list's own."""
AGE_BANDS: Final = (UNBORN, "0-4", "5-9", "10-15", "16-17", "18+")
LEAVER_AGES: Final = ("16-17", "18-20", "21-25", "26+")
TIMES_OPEN: Final = (
    *("under 3 months", "3-6 months", "6-12 months", "12-24 months"),
    "24 months or more",
)
ETHNIC_GROUPS: Final = ("White", "Mixed", "Asian", "Black", "Other", "Unknown")
"""The census groups; Chinese is Asian, as in the census since 2011."""

_AGE_TOPS: Final = (4, 9, 15, 17)
_LEAVER_TOPS: Final = (17, 20, 25)
_MONTH_TOPS: Final = (2, 5, 11, 23)
_ETHNIC_INITIALS: Final = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black"}
_ETHNIC_CODES: Final = {
    "CHNE": "Asian",
    "OOTH": "Other",
    "REFU": "Unknown",
    "NOBT": "Unknown",
    "UNKNOWN": "Unknown",
}
_SOURCE_GROUPS: Final = {
    "1": "Individual",
    "2": "Schools and education",
    "3": "Health",
    "4": "Housing",
    "5": "Council services",
    "6": "Police",
    "7": "Other legal agency",
    "8": "Other",
    "9": "Anonymous",
    "10": "Unknown",
}


def years_between(earlier: date, later: date) -> int:
    """Return the whole years from one day to another, as ages are counted.

    Someone born on 29 February has a birthday on 1 March in other years.
    """
    birthday_to_come = (later.month, later.day) < (earlier.month, earlier.day)
    return later.year - earlier.year - birthday_to_come


def months_between(earlier: date, later: date) -> int:
    """Return the whole months from one day to another."""
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    return months - (later.day < earlier.day)


def age_on(values: Mapping[str, Value], *, as_at: date) -> int | None:
    """Return a child's age in whole years, -1 if not yet born.

    The date of birth decides; without one, the age on the list, or its word
    that the child is unborn.

    Args:
        values: The row's values.
        as_at: The date the list describes.

    Returns:
        ``None`` if nothing is known.
    """
    born = values.get("date_of_birth")
    if isinstance(born, str):
        day = date.fromisoformat(born)
        return -1 if day > as_at else years_between(day, as_at)
    if values.get("unborn") == "yes":
        return -1
    age = values.get("age")
    return age if isinstance(age, int) else None


def _band(number: int, tops: tuple[int, ...], names: tuple[str, ...]) -> str:
    """Return the name of the first band whose top is not exceeded."""
    return names[sum(number > top for top in tops)]


def _age_band(age: int | None) -> str | None:
    if age is None:
        return None
    return UNBORN if age < 0 else _band(age, _AGE_TOPS, AGE_BANDS[1:])


def _leaver_age(age: int | None) -> str | None:
    return None if age is None or age < 0 else _band(age, _LEAVER_TOPS, LEAVER_AGES)


def _time_open(value: Value, as_at: date) -> str | None:
    if not isinstance(value, str):
        return None
    months = months_between(date.fromisoformat(value), as_at)
    return _band(months, _MONTH_TOPS, TIMES_OPEN)


def _ethnic_group(value: Value) -> str | None:
    code = str(value or "")
    return _ETHNIC_CODES.get(code) or _ETHNIC_INITIALS.get(code[:1])


def _source_group(value: Value) -> str | None:
    code = str(value or "")
    return _SOURCE_GROUPS.get(code) or _SOURCE_GROUPS.get(code[:1])


_DERIVED: Final[dict[Derivation, Derive]] = {
    "value": lambda value, _age, _as_at: None if value is None else str(value),
    "filled": lambda value, _age, _as_at: "no" if value is None else "yes",
    "age": lambda _, age, _as_at: None if age is None or age < 0 else str(age),
    "age_band": lambda _, age, _as_at: _age_band(age),
    "leaver_age": lambda _, age, _as_at: _leaver_age(age),
    "time_open": lambda value, _age, as_at: _time_open(value, as_at),
    "ethnic_group": lambda value, _age, _as_at: _ethnic_group(value),
    "source_group": lambda value, _age, _as_at: _source_group(value),
}


def attributes_of(
    cohort: Cohort, values: Mapping[str, Value], *, as_at: date
) -> dict[str, str]:
    """Return what is known of one unit.

    Args:
        cohort: The unit's cohort.
        values: The values of its row.
        as_at: The date the list describes.

    Returns:
        Texts by attribute key; what is not known has no key. Further columns
        (``x_...``) are kept as they stand.
    """
    age = age_on(values, as_at=as_at)
    known = {}
    for attribute in cohort.attributes:
        derive = _DERIVED[attribute.derived]
        text = derive(values.get(attribute.source), age, as_at)
        if text is not None:
            known[attribute.key] = text
    if age is not None and age < 0:
        known["unborn"] = "yes"
    else:
        known.pop("unborn", None)
    for key, value in values.items():
        if key.startswith(FURTHER) and value is not None:
            known[key] = str(value)
    return known
