"""Who is in each cohort, and which signs of risk its units have."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.frame.build import FrameBuilder
from case_audit.core.frame.candidates import months_before
from case_audit.core.frame.cohorts import COHORTS, cohort
from case_audit.core.frame.definition import Definition
from case_audit.core.frame.episode import row_of
from case_audit.core.frame.model import Record
from case_audit.core.timescales.days import WorkingDays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.frame.definition import UnitKind
    from case_audit.core.frame.model import Frame, Value

AS_AT = date(2026, 3, 31)
DAYS = WorkingDays(lambda _: frozenset())
EPISODES = [c.id for c in COHORTS if c.episode]


def row(list_no: int, unit: str, number: int = 2, /, **values: Value) -> Record:
    return Record(list_no=list_no, row=number, unit=unit, values=values, raw={})


def frame_of(
    cohort_id: str,
    records: Sequence[Record],
    definition: Definition | None = None,
) -> Frame:
    builder = FrameBuilder(
        as_at=AS_AT,
        definitions={cohort_id: definition} if definition else {},
        working_days=DAYS.between,
    )
    for record in records:
        builder.add(record)
    return next(f for f in builder.frames() if f.cohort == cohort_id)


def units(frame: Frame) -> list[str]:
    return [unit.unit for unit in frame.units]


def left_out(frame: Frame) -> dict[str, int]:
    return {e.rule: e.count for e in frame.excluded}


def signs(cohort_id: str, *others: Record, **values: Value) -> dict[str, str]:
    """The signs of one unit, without the beginning that all have."""
    one = cohort(cohort_id)
    frame = frame_of(cohort_id, [row(one.list_no, "1", **values), *others])
    attributes = frame.units[0].attributes
    keys = ["risks", *(flag.key for flag in one.flags)]
    return {
        key.removeprefix("risk_"): attributes[key] for key in keys if key in attributes
    }


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


def test_signs_of_contacts_and_referrals() -> None:
    again = row(1, "1", 3, contact_date="2026-01-01")

    assert signs("contact", contact_source="6") == {
        "risks": "1",
        "police": "yes",
        "repeat": "no",
    }
    assert signs("contact", again, contact_date="2026-02-01") == {
        "risks": "1",
        "repeat": "yes",
    }
    assert signs("referral", referral_nfa="yes", referrals_12m=1) == {
        "risks": "1",
        "nfa_again": "yes",
    }
    assert signs("referral", referral_nfa="no") == {"risks": "0", "nfa_again": "no"}
    assert signs("referral", referral_nfa="yes") == {}


def test_a_column_that_nobody_filled_is_not_a_no() -> None:
    """A sign that needs it is not known; it does not clear the case."""
    old = {"assessment_start": "2024-01-01"}
    other = row(2, "2", assessment_start="2026-01-01", assessment_end="2026-02-01")

    assert signs("early_help", **old) == {}
    assert signs("early_help", other, **old) == {"risks": "1", "long_open": "yes"}
    assert signs("adoption", adoption_decision="2026-01-01") == {}
    assert "unregistered" not in signs("cic", placement_type="K2")


@pytest.mark.parametrize(
    ("authorised", "late"), [("2026-03-09", "no"), ("2026-03-10", "yes")]
)
def test_an_assessment_is_late_after_45_working_days(
    authorised: str, late: str
) -> None:
    """5 January 2026 is a Monday: nine weeks later, 9 March, is day 45."""
    found = signs(
        "assessment",
        assessment_start="2026-01-05",
        assessment_authorised=authorised,
        child_seen="no",
        support_required="yes",
    )

    assert found == {
        "risks": "2" if late == "yes" else "1",
        "late": late,
        "not_seen": "yes",
        "no_support": "no",
    }


def test_an_assessment_that_is_open_too_long_is_late_too() -> None:
    assert signs("assessment", assessment_start="2026-01-05") == {
        "risks": "1",
        "late": "yes",
    }


def test_signs_of_enquiries() -> None:
    """The list counts earlier enquiries, so one earlier makes two."""
    assert signs("s47", s47_12m=1, icpc_unnecessary="yes") == {
        "risks": "2",
        "repeat": "yes",
        "no_conference": "yes",
    }
    assert signs("s47", s47_12m=0) == {"risks": "0", "repeat": "no"}


@pytest.mark.parametrize(
    ("seen", "start", "found"),
    [
        ("2026-03-01", "2025-03-31", {"not_seen": "no", "long_open": "no"}),
        ("2026-02-28", "2025-03-30", {"not_seen": "yes", "long_open": "yes"}),
    ],
)
def test_more_than_30_days_and_more_than_12_months(
    seen: str, start: str, found: dict[str, str]
) -> None:
    """Thirty days and twelve months to the day are not more."""
    told = signs("cin", last_seen=seen, cin_start=start, disability="no")

    assert {key: told[key] for key in found} == found
    assert told["disability"] == "no"


@pytest.mark.parametrize(
    ("reason", "enquiry", "found"),
    [
        ("RC8", "2026-01-01", {"risks": "1", "closed_after_s47": "yes"}),
        ("RC8", "2026-02-02", {"risks": "0", "closed_after_s47": "no"}),
        ("RC1", "2026-01-01", {"risks": "0", "closed_after_s47": "no"}),
        ("RC9", None, {}),
    ],
)
def test_closed_after_an_enquiry(
    reason: str, enquiry: str | None, found: dict[str, str]
) -> None:
    """Without a list of enquiries nothing is known of them."""
    others = [row(5, "1", strategy_date=enquiry)] if enquiry else []

    told = signs("cin_closed", *others, cin_end="2026-02-01", closure_reason=reason)

    assert told == found


def test_signs_of_child_protection() -> None:
    assert signs(
        "cp",
        plan_start="2024-12-30",
        previous_plans=1,
        emergency_protection="yes",
        seen_alone="no",
    ) == {
        "risks": "4",
        **dict.fromkeys(("repeat_plan", "long_plan", "emergency", "not_alone"), "yes"),
    }
    assert signs("cp", plan_start="2024-12-31") == {"risks": "0", "long_plan": "no"}
    for end, short in (("2026-03-14", "yes"), ("2026-03-15", "no")):
        told = signs("cp_ended", plan_start="2025-11-15", plan_end=end)
        assert told["short_plan"] == short


def test_signs_of_children_in_care() -> None:
    other = row(8, "2", placement_urn="SC1")

    assert signs(
        "cic",
        other,
        placement_type="K2",
        placements_12m=3,
        missing_12m=1,
        uasc="yes",
        legal_status="V2",
        legal_status_start="2025-09-30",
    ) == {
        "risks": "5",
        "with_parents": "no",
        **dict.fromkeys(("unregistered", "moves", "missing", "uasc"), "yes"),
        "long_s20": "yes",
    }
    assert signs("cic", other, placement_type="P1")["unregistered"] == "no"
    assert signs("cic", placement_type="H5")["unregistered"] == "yes"
    assert "unregistered" not in signs("cic", placement_type="K2")
    assert signs("cic_ceased", care_end="2026-01-01", care_end_reason="E4B") == {
        "risks": "1",
        "unplanned_return": "yes",
    }


def test_signs_of_care_leavers_and_adoption() -> None:
    assert (
        signs(
            "care_leaver",
            in_touch="no",
            suitability="unsuitable",
            activity="G5",
            accommodation="X",
            uasc="yes",
        )["risks"]
        == "5"
    )
    assert signs(
        "adoption", adoption_decision="2025-01-01", decision_reversed="2026-01-01"
    ) == {"risks": "1", "reversed": "yes"}


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


EPISODE: Definition = Definition(unit="episode")


def test_an_episode_is_called_by_its_child_and_its_day() -> None:
    """Worked by hand: two referrals of one child, one of them on a busy day."""
    records = [
        row(3, "100234", 2, referral_date="2026-02-03", referral_source="6"),
        row(3, "100234", 3, referral_date="2026-02-03", referral_source="2A"),
        row(3, "100234", 4, referral_date="2026-03-01"),
        row(3, "100234", 5, referral_date="2026-03-01"),
        row(3, "A@2026-03-01", 6, referral_date="2026-03-02"),
        row(3, "5", 7),
    ]

    frame = frame_of("referral", records, EPISODE)

    assert units(frame) == [
        *("100234@2026-02-03", "100234@2026-02-03#2", "100234@2026-03-01"),
        "A@2026-03-01@2026-03-02",
    ]
    assert {unit.child for unit in frame.units} == {"100234", "A@2026-03-01"}
    assert left_out(frame) == {
        "the date of the episode is not known": 1,
        "the same episode entered twice": 1,
    }


def test_each_episode_is_about_its_own_row() -> None:
    """What its dates say is said of that referral, not of the child's latest."""
    records = [
        row(3, "1", 2, referral_date="2026-02-03"),
        row(3, "1", 3, referral_date="2026-03-01"),
        row(6, "1", 2, cin_start="2026-02-03"),
    ]

    frame = frame_of("referral", records, EPISODE)

    rows = [row_of(cohort("referral"), unit, records) for unit in frame.units]
    assert rows == records[:2]
    (ended,) = frame_of("cp_ended", [row(7, "1", plan_end="2026-03-01")]).units
    assert row_of(cohort("cp_ended"), ended, records) is None


def test_a_child_that_was_taken_out_takes_all_its_assessments_along() -> None:
    """Every row is counted under the reason."""
    records = [
        row(8, "1"),
        row(4, "1", 2, assessment_start="2026-01-01"),
        row(4, "1", 3, assessment_start="2026-02-01"),
        row(4, "2", 4, assessment_start="2026-02-01"),
    ]

    apart = frame_of("assessment", records, EPISODE)
    together = frame_of("assessment", records, Definition(precedence=False))

    assert units(apart) == ["2@2026-02-01"]
    assert left_out(apart) == {"in care": 2}
    assert units(together) == ["1", "2"]
    assert left_out(together) == {"earlier episode of the same child": 1}


@pytest.mark.parametrize(
    ("count", "day"),
    [(0, "2026-08-31"), (6, "2026-02-28"), (12, "2025-08-31"), (99999, "0001-01-01")],
)
def test_months_back(count: int, day: str) -> None:
    """The last day of a month that is too short; never before the calendar."""
    assert months_before(date(2026, 8, 31), count).isoformat() == day


day = st.dates(AS_AT - timedelta(days=400), AS_AT + timedelta(days=30)).map(str)
either = st.one_of(st.none(), st.sampled_from(["2026-03-01", "2026-02-01"]), day)


@st.composite
def some_rows(draw: st.DrawFn, list_no: int) -> list[Record]:
    """Rows of one list, as bad as they come."""
    one = [c for c in COHORTS if c.list_no == list_no]
    keys = {k for c in one for k in (*c.latest_by, c.begins, c.ends, c.episode) if k}
    found = []
    for number in range(draw(st.integers(0, 12))):
        values: dict[str, Value] = {key: draw(either) for key in sorted(keys)}
        values["case_status"] = draw(st.sampled_from(["closed_episode", None, "x"]))
        values["legal_status"] = draw(st.sampled_from(["V3", "C2", None]))
        values["family_id"] = draw(st.sampled_from(["F", "G", None]))
        unit = draw(st.sampled_from(["1", "2", "A@2026-03-01", "é", "1@2026-03-01#2"]))
        found.append(row(list_no, unit, number + 2, **values))
    return found


@given(data=st.data())
def test_rows_are_units_and_exclusions_whatever_is_asked_for(
    data: st.DataObject,
) -> None:
    """The invariant of every frame: rows of the list = units + left out."""
    one = data.draw(st.sampled_from(COHORTS))
    kinds: list[UnitKind] = ["child", "episode"] if one.episode else ["child"]
    definition = Definition(
        unit=data.draw(st.sampled_from(kinds)),
        closed_within=data.draw(st.integers(0, 12)) if one.window else 0,
        precedence=data.draw(st.booleans()),
    )
    lists = {one.list_no, 6, 7, 8}
    records = [r for n in sorted(lists) for r in data.draw(some_rows(n))]
    rows = Counter(record.list_no for record in records)[one.list_no]
    if not rows:
        return

    frame = frame_of(one.id, records, definition)

    assert rows == len(frame.units) + sum(e.count for e in frame.excluded)
    assert units(frame) == sorted(set(units(frame)))
    assert {u.child for u in frame.units} <= {r.unit for r in records}


@given(data=st.data(), cohort_id=st.sampled_from(EPISODES))
def test_the_order_of_rows_never_names_an_episode(
    data: st.DataObject, cohort_id: str
) -> None:
    """The same list, sorted another way, is the same frame."""
    one = cohort(cohort_id)
    records = data.draw(some_rows(one.list_no))
    moved = [
        row(r.list_no, r.unit, number, **r.values)
        for number, r in enumerate(data.draw(st.permutations(records)))
    ]
    definition = Definition(unit="episode", closed_within=0)
    if not records:
        return

    first = frame_of(cohort_id, records, definition)

    assert first.digest == frame_of(cohort_id, moved, definition).digest
    for unit in first.units:
        found = row_of(one, unit, records)
        assert found is not None
        assert found.values[one.episode] == unit.unit.rsplit("@", 1)[1][:10]
