"""What is missing, impossible, double or too small, counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from recorded import AS_AT, row

from case_audit.core.frame.cohorts import cohort
from case_audit.core.frame.model import FrameUnit
from case_audit.core.frame.quality import (
    STRATA_LOOKED_AT,
    ColumnSpec,
    Findings,
    ListCheck,
    UnitCheck,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from case_audit.core.frame.model import Record, Value

DATES = ("date_of_birth", "care_start", "care_end", "placement_start")


def column(
    key: str, kind: str = "string", *, required: bool = False, coded: bool = False
) -> ColumnSpec:
    return ColumnSpec(key=key, header=key, type=kind, required=required, coded=coded)


COLUMNS = [
    *(column(key, "date") for key in (*DATES, "plan_start", "plan_end")),
    column("gender", required=True, coded=True),
    column("team", required=True),
    column("note"),
    column("previous_plans", "integer"),
]


def looked_at(cohort_id: str, *records: Record) -> dict[str, int]:
    """Look at rows of a list; returns how often each thing was found."""
    found = Findings(places=False)
    check = ListCheck(cohort(cohort_id), COLUMNS, as_at=AS_AT, found=found)
    for record in records:
        check.add(record)
    assert check.rows == len(records)
    return {finding.what: finding.count for finding in found.all(of={})}


def plan(raw: Mapping[str, str] | None = None, /, **values: Value) -> Record:
    """A row of list 7 of which nothing else is missing."""
    whole = {"gender": "female", "team": "North"} | values
    one = row(7, "1", **whole)
    return type(one)(list_no=7, row=2, unit="1", values=whole, raw=raw or {})


def test_a_whole_row_gives_no_finding() -> None:
    whole = plan(date_of_birth="2015-01-01", plan_start="2026-01-01")

    assert looked_at("cp", whole) == {}


@pytest.mark.parametrize(
    ("key", "raw", "what"),
    [
        ("gender", "?", "gender: is not a known code"),
        ("plan_start", "soon", "plan_start: is not a date"),
        ("previous_plans", "many", "previous_plans: is not a whole number"),
        ("gender", " ", "gender: no entry, though Annex A wants one"),
        ("team", "", "team: no entry, though Annex A wants one"),
    ],
)
def test_cells_without_a_value(key: str, raw: str, what: str) -> None:
    """What was written and could not be read is another matter than nothing."""
    assert looked_at("cp", plan({key: raw}, **{key: None})) == {what: 1}


def test_free_text_that_nobody_needs_is_never_a_finding() -> None:
    """A cell that is kept raw only, or an empty one that Annex A does not want."""
    assert looked_at("cp", plan({"note": "anything"}), plan({"note": ""})) == {}


def test_dates_that_cannot_be() -> None:
    """The day of the list and the day of birth themselves can."""
    assert looked_at(
        "cp",
        plan(plan_start="2026-03-31", plan_end="2026-03-31"),
        plan(plan_start="2026-04-01"),
        plan(plan_start="2026-02-02", plan_end="2026-02-01"),
    ) == {
        "plan_start: after the date of the list": 1,
        "plan_end: before plan_start": 1,
    }


@pytest.mark.parametrize(
    ("cohort_id", "start", "early"),
    [
        ("cp", {"plan_start": "2025-05-02"}, False),
        ("cp", {"plan_start": "2025-05-01"}, True),
        ("cic", {"care_start": "2026-03-01"}, False),
        ("cic", {"care_start": "2026-02-28"}, True),
    ],
)
def test_a_child_may_be_known_before_birth_but_is_not_in_care(
    cohort_id: str, start: dict[str, str], *, early: bool
) -> None:
    """Ten months before is too early; children in care are born."""
    (key,) = start
    record = row(
        cohort(cohort_id).list_no,
        "1",
        date_of_birth="2026-03-01",
        gender="female",
        team="North",
        **start,
    )

    found = looked_at(cohort_id, record)

    assert found == ({f"{key}: before the child's birth": 1} if early else {})


@pytest.mark.parametrize(
    ("values", "grown_up"),
    [
        ({"date_of_birth": "2008-04-01", "plan_start": "2026-01-01"}, False),
        ({"date_of_birth": "2008-03-31", "plan_start": "2026-01-01"}, True),
        # The plan ended while the child was seventeen.
        (
            {
                "date_of_birth": "2008-03-30",
                "plan_start": "2025-01-01",
                "plan_end": "2026-03-29",
            },
            False,
        ),
        # Only an age, and no date to be wrong.
        ({"age": 19, "plan_start": "2026-01-01"}, False),
    ],
)
def test_children_are_not_grown_up(values: dict[str, Value], *, grown_up: bool) -> None:
    """The age on the last day of the case, or on the date of the list."""
    what = "Age: 18 or older, though the list is of children"

    assert looked_at("cp", plan(**values)) == ({what: 1} if grown_up else {})


@pytest.mark.parametrize(("age", "odd"), [(15, 1), (16, 0), (25, 0), (26, 1)])
def test_care_leavers_are_16_to_25(age: int, odd: int) -> None:
    leaver = row(9, "1", age=age, gender="female", team="North")

    found = looked_at("care_leaver", leaver)

    assert found == ({"Age: not 16 to 25, as care leavers are": 1} if odd else {})


def checked(
    *units: Mapping[str, str], places: bool = False
) -> tuple[UnitCheck, Findings]:
    found = Findings(places=places)
    check = UnitCheck(cohort("cp"), [column("team")], found=found)
    for number, attributes in enumerate(units):
        check.add(FrameUnit(unit=f"U{number}", attributes=attributes))
    check.finish()
    return check, found


def test_units_count_what_is_not_known_signs_and_small_strata() -> None:
    check, found = checked(
        {"team": "North", "risk_not_alone": "yes"},
        {"team": "South", "risk_not_alone": "no"},
        {"team": "South"},
    )

    said = {(f.kind, f.what): (f.count, f.of) for f in found.all(of={"missing": 3})}
    assert check.units == 3
    assert dict(check.signs["risk_not_alone"]) == {"yes": 1, "no": 1, "not known": 1}
    assert said["small", "Team: strata of a single unit"] == (1, 2)
    assert said["missing", "Category of abuse: not known of units of the frame"] == (
        3,
        3,
    )
    assert not [what for kind, what in said if what.startswith("Team: not known")]


@pytest.mark.parametrize("teams", [STRATA_LOOKED_AT, STRATA_LOOKED_AT + 9])
def test_an_attribute_of_too_many_values_makes_no_strata(teams: int) -> None:
    """They are told as one finding, not as a stratum each."""
    _, found = checked(*({"team": f"T{n}"} for n in range(teams)))

    said = {f.what: f.count for f in found.all(of={}) if f.what.startswith("Team:")}
    if teams > STRATA_LOOKED_AT:
        assert said == {"Team: more than 200 values, too many to draw by": 1}
    else:
        assert said == {"Team: strata of a single unit": teams}


def test_places_are_kept_only_when_asked_for() -> None:
    """They name children."""
    _, silent = checked({"team": "North"})
    _, told = checked({"team": "North"}, places=True)

    assert not any(finding.places for finding in silent.all(of={}))
    assert all(finding.places for finding in told.all(of={}))


def test_findings_come_by_kind_and_the_most_frequent_first() -> None:
    """Of those as frequent, in the order of their words."""
    found = Findings(places=False)
    for kind, what, times in (
        ("small", "d", 9),
        ("missing", "b", 1),
        ("missing", "a", 1),
        ("missing", "c", 2),
    ):
        for _ in range(times):
            found.add(kind, what, "somewhere")  # type: ignore[arg-type]

    assert [f.what for f in found.all(of={})] == ["c", "a", "b", "d"]
