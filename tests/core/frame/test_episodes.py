"""Episodes as units, and that every row is accounted for."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded import AS_AT, EPISODES, frame_of, left_out, row, units

from case_audit.core.frame.candidates import months_before
from case_audit.core.frame.cohorts import COHORTS, cohort
from case_audit.core.frame.definition import Definition
from case_audit.core.frame.episode import row_of

if TYPE_CHECKING:
    from case_audit.core.frame.definition import UnitKind
    from case_audit.core.frame.model import Record, Value


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
