"""What the conditions of a rubric may speak of, and what a case says to them."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from case_audit.core.frame.attributes import (
    ADOPTER_STAGES,
    AGE_BANDS,
    COUNTS,
    ETHNIC_GROUPS,
    HOW_LONG_AGO,
    LEAVER_AGES,
    STAGES,
    TIMES_OPEN,
)
from case_audit.core.frame.cohort import NUMBERS
from case_audit.core.frame.cohorts import COHORTS, cohort
from case_audit.core.rubric.applies import EXTRA, NOT_TOLD, CaseField
from case_audit.exchange.annex_a.cells import read_date, read_text
from case_audit.exchange.annex_a.spec import OPEN_CODELISTS, code_list, columns
from case_audit.exchange.case_values import COHORT
from case_audit.exchange.extras import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from case_audit.core.frame.cohort import Attribute, Cohort
    from case_audit.core.rubric.applies import Kind

_KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {"string": "text", "date": "date", "integer": "number"}
)
_BANDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "age_band": AGE_BANDS,
        "leaver_age": LEAVER_AGES,
        "time_open": TIMES_OPEN,
        "ethnic_group": ETHNIC_GROUPS,
        "count_band": COUNTS,
        "recency": HOW_LONG_AGO,
        "adoption_stage": STAGES,
        "adopter_stage": ADOPTER_STAGES,
    }
)
_YES_NO: Final = CaseField(kind="text", values=("yes", "no"))


@cache
def case_fields(cohorts: tuple[str, ...] = ()) -> Mapping[str, CaseField]:
    """Return the fields that conditions may speak of.

    Args:
        cohorts: Those whose cases are asked about; none for all of them.

    Returns:
        ``cohort``, what the lists tell of cases of these cohorts, and as
        ``extra.NAME`` the further columns that are understood, by name.

    Raises:
        KeyError: If there is no such cohort.
    """
    chosen = [cohort(known) for known in cohorts] or list(COHORTS)
    ids = tuple(one.id for one in chosen)
    found = {COHORT: CaseField(kind="text", values=ids)}
    for one in chosen:
        for attribute in one.attributes:
            field = _field(one, attribute)
            before = found.get(attribute.key, field)
            found[attribute.key] = _either(before, field)
    for name, read in KNOWN.items():
        found[EXTRA + name] = (
            CaseField(kind="date")
            if read is read_date
            else CaseField(kind="text")
            if read is read_text
            else _YES_NO
        )
    return MappingProxyType(found)


def _field(one: Cohort, attribute: Attribute) -> CaseField:
    if attribute.derived in NUMBERS:
        return CaseField(kind="number")
    codes, values = attribute.codes, _BANDS.get(attribute.derived, ())
    if codes and codes not in OPEN_CODELISTS:
        values = tuple(code_list(codes))
    told = tuple(value for value in values if value.casefold() != NOT_TOLD)
    types = {column.key: column.type for column in columns(one.list_no)}
    is_value = attribute.derived == "value"
    kind = _KINDS[types.get(attribute.source, "string")] if is_value else "text"
    return CaseField(kind=kind, values=told)


def _either(one: CaseField, other: CaseField) -> CaseField:
    """Return a field that may be as either of two; their cohorts differ."""
    return CaseField(
        kind=one.kind if one.kind == other.kind else "any",
        values=tuple(dict.fromkeys((*one.values, *other.values)))
        if one.values and other.values
        else (),
    )


def case_labels(cohorts: Iterable[str] = ()) -> dict[str, str]:
    """Return words for the fields inside a sentence, by name.

    Args:
        cohorts: Those whose cases are asked about; none for all of them.

    Raises:
        KeyError: If there is no such cohort.
    """
    chosen = [cohort(known) for known in cohorts] or COHORTS
    found: dict[str, str] = {}
    for one in chosen:
        for attribute in one.attributes:
            label = attribute.label[:1].lower() + attribute.label[1:]
            found.setdefault(attribute.key, label)
    return found
