"""Who is in a frame, who is not, and that nobody is lost on the way."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.frame.build import FrameBuilder, build_frames
from case_audit.core.frame.cohorts import COHORTS, cohort
from case_audit.core.frame.model import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from case_audit.core.frame.model import Frame, Value

AS_AT = date(2026, 3, 31)


def row(list_no: int, unit: str, **values: Value) -> Record:
    """Return a record of which only these values matter."""
    return Record(list_no=list_no, row=2, unit=unit, values=values, raw={})


def frames(records: Iterable[Record]) -> dict[str, Frame]:
    return {frame.cohort: frame for frame in build_frames(records, as_at=AS_AT)}


def units(frame: Frame) -> list[str]:
    return [unit.unit for unit in frame.units]


def left_out(frame: Frame) -> dict[str, int]:
    return {excluded.rule: excluded.count for excluded in frame.excluded}


@pytest.mark.parametrize(
    ("cohort_id", "list_no", "values", "rule"),
    [
        ("cp", 7, {"plan_end": "2026-03-31"}, "plan ended"),
        ("cic", 8, {"care_end": "2026-01-01"}, "no longer in care"),
        ("cic", 8, {"legal_status": "V4"}, "short breaks only"),
        ("cic", 8, {"legal_status": "V3"}, "short breaks only"),
        ("cin", 6, {"cin_end": "2026-01-01"}, "case closed"),
        ("cin", 6, {"case_status": "closed_episode"}, "case closed"),
        ("cin", 6, {"case_status": "looked_after"}, "in care"),
        (
            "cin",
            6,
            {"case_status": "child_protection_plan"},
            "on a child protection plan",
        ),
        ("cin", 6, {"case_status": "open_assessment"}, "open assessment"),
        ("cp", 7, {"plan_start": "2026-04-01"}, "begins after the date of the list"),
    ],
)
def test_closed_and_other_cases_are_left_out_and_counted(
    cohort_id: str, list_no: int, values: dict[str, Value], rule: str
) -> None:
    """The certificate says how many were left out, and by which rule."""
    frame = frames([row(list_no, "1", **values), row(list_no, "2")])[cohort_id]

    assert units(frame) == ["2"]
    assert left_out(frame) == {rule: 1}


@pytest.mark.parametrize(
    ("cohort_id", "list_no", "values"),
    [
        ("cp", 7, {"plan_end": "2026-04-01"}),
        ("cp", 7, {"plan_start": "2026-03-31"}),
        ("cic", 8, {"legal_status": "V2"}),
        ("cin", 6, {"case_status": "child_in_need_plan"}),
        ("cin", 6, {}),
        ("assessment", 4, {"assessment_authorised": "2026-01-01"}),
        ("care_leaver", 9, {"in_touch": "no"}),
        ("care_leaver", 9, {"last_contact": "2026-04-02"}),
    ],
)
def test_open_cases_are_in(
    cohort_id: str, list_no: int, values: dict[str, Value]
) -> None:
    """A plan that ends tomorrow is open today; a gap in a row is no reason."""
    assert units(frames([row(list_no, "1", **values)])[cohort_id]) == ["1"]


def test_the_latest_open_episode_is_the_unit() -> None:
    """A child is drawn once, and the auditor is shown the case as it is now."""
    frame = frames(
        [
            row(7, "1", plan_start="2025-01-01", team="Old"),
            row(7, "1", plan_start="2025-09-01", team="New"),
            row(7, "1", plan_start="2025-05-01", team="Between"),
            row(7, "1", plan_start="2026-01-01", plan_end="2026-02-01", team="Ended"),
            row(7, "1", team="Undated"),
        ]
    )["cp"]

    assert [u.attributes["team"] for u in frame.units] == ["New"]
    assert left_out(frame) == {
        "earlier episode of the same child": 3,
        "plan ended": 1,
    }


def test_of_two_equal_dates_the_later_row_counts() -> None:
    """Systems write a correction below what it corrects."""
    frame = frames(
        [
            row(3, "1", referral_date="2026-01-01", team="First"),
            row(3, "1", referral_date="2026-01-01", team="Second"),
        ]
    )["referral"]

    assert [u.attributes["team"] for u in frame.units] == ["Second"]


def test_care_goes_before_protection_before_need_before_assessment() -> None:
    """A child on four lists is one case, and audited as what it is most."""
    everywhere = [row(n, "1") for n in (4, 6, 7, 8)]
    protected = [row(n, "2") for n in (4, 6, 7)]
    in_need = [row(n, "3") for n in (4, 6)]
    assessed = [row(4, "4")]

    found = frames([*everywhere, *protected, *in_need, *assessed])

    assert {c: units(found[c]) for c in ("cic", "cp", "cin", "assessment")} == {
        "cic": ["1"],
        "cp": ["2"],
        "cin": ["3"],
        "assessment": ["4"],
    }
    assert left_out(found["assessment"]) == {
        "in care": 1,
        "on a child protection plan": 1,
        "child in need": 1,
    }


def test_short_breaks_do_not_take_a_child_out_of_need() -> None:
    """Such a child is not in care, so it stays where it is."""
    found = frames([row(8, "1", legal_status="V4"), row(6, "1")])

    assert units(found["cin"]) == ["1"]
    assert units(found["cic"]) == []


def test_an_ended_plan_does_not_take_a_child_out_of_need() -> None:
    """A child stepped down is a child in need now."""
    found = frames([row(7, "1", plan_end="2026-01-01"), row(6, "1")])

    assert units(found["cin"]) == ["1"]


def test_events_and_care_leavers_stand_for_themselves() -> None:
    """A referral of a child in care is still a referral to audit."""
    found = frames([row(8, "1"), *(row(n, "1") for n in (1, 2, 3, 5, 9))])

    for cohort_id in ("contact", "early_help", "referral", "s47", "care_leaver"):
        assert units(found[cohort_id]) == ["1"]


def test_only_lists_that_were_there_have_frames() -> None:
    """An empty frame would say that there are no such children."""
    assert set(frames([row(7, "1"), row(10, "1")])) == {"cp", "cp_ended", "adoption"}
    assert build_frames([], as_at=AS_AT) == []


def test_extras_are_added_to_the_unit() -> None:
    """What another file knows of a child stands beside what the list knows."""
    (frame, _ended) = build_frames(
        {7: [row(7, "1", team="North"), row(7, "2")]},
        as_at=AS_AT,
        extras={"1": {"manager": "A"}, "9": {"manager": "B"}},
    )

    assert [dict(u.attributes) for u in frame.units] == [
        {"team": "North", "manager": "A"},
        {},
    ]


def test_cohorts_are_found_by_name() -> None:
    """Commands name them."""
    assert cohort("cp").list_no == 7
    with pytest.raises(KeyError):
        cohort("unknown")


days = st.sampled_from(["2025-01-01", "2026-03-31", "2026-04-01", None])
starts = {c.list_no: c.begins or c.latest_by[0] for c in COHORTS}


@st.composite
def some_record(draw: st.DrawFn) -> Record:
    list_no = draw(st.integers(1, 11))
    values: dict[str, Value] = {
        starts.get(list_no, "x"): draw(days),
        "plan_end": draw(days),
        "care_end": draw(days),
        "cin_end": draw(days),
        "legal_status": draw(st.sampled_from(["C2", "V4", None])),
        "case_status": draw(
            st.sampled_from(
                ["looked_after", "child_in_need_plan", "closed_episode", None]
            )
        ),
    }
    known = {key: value for key, value in values.items() if value is not None}
    return row(list_no, draw(st.sampled_from("ABCDE")), **known)


@given(records=st.lists(some_record(), max_size=40))
def test_every_row_is_accounted_for(records: list[Record]) -> None:
    """Rows of the list = units of the frame + rows left out, for every cohort."""
    found = frames(records)
    rows = Counter(record.list_no for record in records)

    assert set(found) == {c.id for c in COHORTS if rows[c.list_no]}
    for cohort_id, frame in found.items():
        excluded = sum(e.count for e in frame.excluded)
        assert rows[cohort(cohort_id).list_no] == len(frame.units) + excluded
        assert units(frame) == sorted(set(units(frame)))
        assert all(e.count > 0 for e in frame.excluded)


@given(records=st.lists(some_record(), max_size=40))
def test_no_child_is_in_two_of_the_case_cohorts(records: list[Record]) -> None:
    """The four together could be audited without seeing a child twice."""
    found = frames(records)

    seen = Counter(
        unit
        for c in ("cic", "cp", "cin", "assessment")
        if c in found
        for unit in units(found[c])
    )

    assert not [unit for unit, times in seen.items() if times > 1]


@given(records=st.lists(some_record(), max_size=20), data=st.data())
def test_the_order_of_lists_does_not_matter(
    records: list[Record], data: st.DataObject
) -> None:
    """Sheets may come in any order; the rows of one list stay in theirs."""
    order = data.draw(st.permutations(range(1, 12)))
    moved = sorted(records, key=lambda r: order.index(r.list_no))

    builder = FrameBuilder(as_at=AS_AT)
    for record in moved:
        builder.add(record)

    assert builder.frames() == build_frames(records, as_at=AS_AT)


@pytest.mark.parametrize(
    ("filled", "sign"),
    [
        ({}, None),
        ({8: frozenset({"placement_urn"}), 5: frozenset({"strategy_date"})}, "yes"),
    ],
)
def test_a_few_rows_are_taken_as_of_a_list_whose_columns_are_filled(
    filled: dict[int, frozenset[str]], sign: str | None
) -> None:
    """Whether nobody gave a number is a matter of the whole list."""
    builder = FrameBuilder(as_at=AS_AT, cohorts=[cohort("cic"), cohort("cin_closed")])
    builder.already_filled(filled)
    builder.add(row(8, "1", placement_type="K2"))
    builder.add(row(6, "2", cin_end="2026-03-01", closure_reason="RC8"))

    found = {frame.cohort: frame.units[0].attributes for frame in builder.frames()}

    assert found["cic"].get("risk_unregistered") == sign
    known = "s47_before_closure" in found["cin_closed"]
    assert known == bool(filled)
