"""What conditions may speak of is what cases can answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from case_audit.core.frame.build import build_frames
from case_audit.core.frame.cohorts import COHORTS
from case_audit.core.frame.model import Record
from case_audit.core.rubric.applies import EXTRA, CaseField, evaluate
from case_audit.core.rubric.applies_text import parse
from case_audit.core.rubric.applies_words import describe
from case_audit.errors import ExpressionError
from case_audit.exchange.annex_a.spec import code_list
from case_audit.exchange.case_fields import case_fields, case_labels
from case_audit.exchange.case_values import case_values
from case_audit.exchange.extras import KNOWN

if TYPE_CHECKING:
    from case_audit.core.frame.cohort import Cohort

AS_AT = date(2026, 3, 31)


def values_of(row: dict[str, str | int], **extras: str) -> dict[str, str]:
    """The values of a child in care, through a frame as an import builds it."""
    known = {"care_start": "2024-01-15", **row}
    record = Record(list_no=8, row=2, unit="C1", values=known, raw={})
    frame, *_ = build_frames([record], as_at=AS_AT, extras={"C1": extras})
    return case_values(frame.cohort, frame.units[0].attributes)


@pytest.mark.parametrize(
    ("row", "condition", "holds"),
    [
        ({"date_of_birth": "2010-03-31"}, "age >= 16", True),
        ({"date_of_birth": "2010-04-01"}, "age >= 16", False),
        ({"age": 16}, "age >= 16", True),
        ({}, "age >= 16", None),
        ({"date_of_birth": "2026-05-01"}, "age < 5", True),
        ({"date_of_birth": "2026-05-01"}, "age >= 16", False),
        ({"date_of_birth": "2026-05-01"}, 'unborn == "yes"', True),
        ({"date_of_birth": "2010-04-01"}, 'unborn == "yes"', False),
        ({}, 'unborn == "yes"', None),
        ({"placement_type": "U4"}, 'placement_type in ("U1", "U4")', True),
        ({"disability": "unknown"}, 'disability == "yes"', None),
        ({"legal_status": "C2"}, "legal_status is known", True),
        ({}, "legal_status is unknown", True),
        ({"placements_12m": 3}, "placements_12m > 2", True),
        ({}, "care_start < 2025-01-01", True),
        ({}, 'cohort == "cic"', True),
        ({}, 'cohort == "cp"', False),
        ({}, 'extra.sibling_group == "A"', True),
        ({}, 'extra.school_house == "red"', True),
        ({}, "extra.plo_start > 2026-01-01", True),
        ({}, 'extra.team == "outside"', True),
        ({"team": "North"}, 'team == "North"', True),
    ],
)
def test_conditions_are_answered_from_the_lists(
    row: dict[str, str | int],
    condition: str,
    holds: bool | None,  # noqa: FBT001 - a parameter of the table
) -> None:
    values = values_of(
        row,
        sibling_group="A",
        x_school_house="Red",
        plo_start="2026-02-01",
        x_team="outside",
    )

    assert evaluate(parse(condition, case_fields()), values) is holds


def test_every_attribute_and_understood_column_can_be_named() -> None:
    fields = case_fields()

    assert {a.key for one in COHORTS for a in one.attributes} < set(fields)
    assert {EXTRA + name for name in KNOWN} < set(fields)
    assert fields["cohort"].values == tuple(one.id for one in COHORTS)


def test_a_field_knows_its_kind_and_its_values() -> None:
    fields = case_fields(("cic",))

    assert fields["age"] == CaseField(kind="number")
    assert fields["missing_12m"] == CaseField(kind="number")
    assert fields["care_start"] == CaseField(kind="date")
    assert fields["team"] == CaseField(kind="text")
    assert fields["placement_type"].values == tuple(code_list("placement_type"))
    assert fields["disability"].values == ("yes", "no")
    assert fields["extra.plo_start"] == CaseField(kind="date")
    assert fields["extra.young_carer"].values == ("yes", "no")


def test_a_cohort_has_only_its_own_fields() -> None:
    """A child in need has no placement: the condition would never be answered."""
    with pytest.raises(ExpressionError, match="'placement_type'"):
        parse("placement_type is known", case_fields(("cin",)))
    with pytest.raises(KeyError):
        case_fields(("pets",))


@pytest.mark.parametrize("one", COHORTS, ids=lambda one: one.id)
def test_every_field_of_a_cohort_can_stand_in_a_condition(one: Cohort) -> None:
    """With a value of its kind; and it has words of its own."""
    fields, labels = case_fields((one.id,)), case_labels((one.id,))
    samples = {"number": "3", "date": "2026-03-31", "text": '"x"', "any": '"x"'}

    for name, field in fields.items():
        value = f'"{field.values[0]}"' if field.values else samples[field.kind]
        condition = parse(f"{name} == {value}", fields)
        assert describe(condition, labels)
        if not name.startswith(EXTRA) and name != "cohort":
            assert labels[name]
