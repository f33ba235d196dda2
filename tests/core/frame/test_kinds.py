"""Who is in each cohort, and what is known of its units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from recorded import AS_AT, frame_of, left_out, row, units

from case_audit.core.frame.build import FrameBuilder
from case_audit.core.frame.definition import Definition

if TYPE_CHECKING:
    from case_audit.core.frame.model import Value


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        ("2026-04-01", "still open"),
        (None, "still open"),
        ("2026-03-31", ""),
        ("2025-09-30", ""),
        ("2025-09-29", "closed before the window"),
    ],
)
def test_recently_closed_is_six_months_with_both_ends(
    day: str | None, rule: str
) -> None:
    """What the lists of Annex A look back; a day more or less must be told."""
    frame = frame_of("cin_closed", [row(6, "1", cin_end=day)])

    assert left_out(frame) == ({rule: 1} if rule else {})
    assert units(frame) == ([] if rule else ["1"])


def test_another_window_can_be_asked_for() -> None:
    """And is on record with the frame."""
    records = [row(7, "1", plan_end="2026-03-01"), row(7, "2", plan_end="2025-12-31")]

    frame = frame_of("cp_ended", records, Definition(closed_within=2))

    assert units(frame) == ["1"]
    assert left_out(frame) == {"plan ended before the window": 1}
    assert frame.definition.closed_within == 2


def test_a_closed_case_without_a_day_has_a_reason_of_its_own() -> None:
    """Not known is neither in nor out of the window."""
    frame = frame_of(
        "cin_closed",
        [
            row(6, "1", case_status="closed_episode"),
            row(6, "2", cin_start="2026-01-01"),
        ],
    )

    assert left_out(frame) == {"closed, on what day is not known": 1, "still open": 1}


def test_open_and_closed_cohorts_of_a_list_share_its_rows() -> None:
    """Nobody is lost between them, and the open ones are as ever."""
    records = [
        row(8, "1", care_start="2025-01-01"),
        row(8, "2", care_start="2025-01-01", care_end="2026-02-01"),
        row(8, "3", care_start="2025-01-01", legal_status="V4"),
    ]

    assert units(frame_of("cic", records)) == ["1"]
    assert units(frame_of("cic_ceased", records)) == ["2"]
    assert left_out(frame_of("cic_ceased", records)) == {
        "short breaks only": 1,
        "still in care": 1,
    }


@pytest.mark.parametrize(
    ("cohort_id", "list_no", "values", "rule"),
    [
        ("contact", 1, {"contact_date": "2026-03-01"}, ""),
        ("contact", 1, {"contact_date": "2025-11-01"}, "contact before the window"),
        ("contact", 1, {}, "on what day is not known"),
        ("early_help", 2, {}, ""),
        (
            "early_help",
            2,
            {"assessment_end": "2025-01-01"},
            "completed before the window",
        ),
        ("assessment", 4, {}, "not yet authorised"),
        ("assessment", 4, {"assessment_authorised": "2026-03-01"}, ""),
    ],
)
def test_events_are_of_the_whole_list_unless_a_window_is_asked_for(
    cohort_id: str, list_no: int, values: dict[str, Value], rule: str
) -> None:
    records = [row(list_no, "1", **values)]

    assert units(frame_of(cohort_id, records)) == ["1"]
    found = frame_of(cohort_id, records, Definition(closed_within=3))
    assert left_out(found) == ({rule: 1} if rule else {})


def test_adopters_of_one_household_are_one_unit() -> None:
    """Two people who adopt together are one decision to look at."""
    records = [
        row(11, "B2", 2, family_id="F", enquiry="2026-01-01", approval="2026-03-01"),
        row(11, "A1", 3, family_id="F", enquiry="2026-01-01", approval="2026-03-01"),
        row(11, "F", 4, enquiry="2025-01-01", leaving="2026-05-01"),
    ]

    frame = frame_of("adopters", records)

    assert units(frame) == ["A1", "F"]
    assert [u.attributes["stage"] for u in frame.units] == ["approved", "enquiry"]
    assert frame.units[0].attributes["family"] == "F"
    assert left_out(frame) == {"another row of the same household": 1}


@pytest.mark.parametrize(("older", "unit"), [("A1", "A1"), ("C3", "B2")])
def test_an_older_row_names_a_household_but_does_not_describe_it(
    older: str, unit: str
) -> None:
    """A household keeps its name in whatever order its rows are read."""
    records = [
        row(11, "B2", 2, family_id="F", enquiry="2026-01-01", approval="2026-03-01"),
        row(11, older, 3, family_id="F", enquiry="2025-01-01"),
    ]

    forwards, backwards = (
        frame_of("adopters", rows) for rows in (records, records[::-1])
    )

    assert units(forwards) == units(backwards) == [unit]
    assert forwards.units[0].attributes["stage"] == "approved"
    assert left_out(forwards) == {"another row of the same household": 1}


def test_an_adopter_on_the_list_with_two_households_is_one_unit() -> None:
    """A unit twice would be drawn twice."""
    records = [
        row(11, "1", 2, family_id="F", enquiry="2026-01-01"),
        row(11, "1", 3, family_id="G", enquiry="2026-02-01"),
    ]

    frame = frame_of("adopters", records)

    assert [unit.attributes["family"] for unit in frame.units] == ["G"]
    assert left_out(frame) == {"another row of the same household": 1}


@pytest.mark.parametrize(
    ("values", "stage"),
    [
        ({}, "decision made"),
        ({"placement_order": "2026-01-02"}, "placement order"),
        ({"placed": "2026-02-01", "matching": "2026-01-02"}, "placed"),
        ({"adoption_order": "2026-04-01"}, "decision made"),
        (
            {"decision_reversed": "2026-03-01", "placed": "2026-02-01"},
            "decision reversed",
        ),
    ],
)
def test_the_stage_of_an_adoption_is_the_last_that_was_reached(
    values: dict[str, Value], stage: str
) -> None:
    """On the date of the list: an order to come is not made yet."""
    frame = frame_of(
        "adoption", [row(10, "1", adoption_decision="2026-01-01", **values)]
    )

    assert frame.units[0].attributes["stage"] == stage


def test_families_come_from_the_extra_columns_and_the_list() -> None:
    """Brothers and sisters can be kept apart, or drawn together."""
    builder = FrameBuilder(as_at=AS_AT)
    for record in (row(7, "1"), row(7, "2"), row(7, "3")):
        builder.add(record)
    extras = {"1": {"sibling_group": "S"}, "2": {"family_id": "F"}}

    frame = builder.frames(extras)[0]

    assert [u.attributes.get("family") for u in frame.units] == ["S", "F", None]


def test_numbers_and_dates_come_in_bands_too() -> None:
    frame = frame_of("cp", [row(7, "1", previous_plans=4, last_visit="2026-03-01")])

    assert frame.units[0].attributes["plans_band"] == "3-4"
    assert frame.units[0].attributes["visit_band"] == "30 days or less"


def test_what_cannot_be_counted_has_no_band() -> None:
    """A day after the date of the list, and less than none."""
    values: dict[str, Value] = {"previous_plans": -1, "last_visit": "2026-04-01"}
    frame = frame_of("cp", [row(7, "1", plan_start="2026-03-31", **values)])
    ended = frame_of(
        "cp_ended", [row(7, "1", plan_start="2026-02-02", plan_end="2026-02-01")]
    )

    known = frame.units[0].attributes
    assert not {"plans_band", "visit_band"} & known.keys()
    assert known["months_open"] == "0"
    assert "months_lasted" not in ended.units[0].attributes
