"""The same seed gives the same county, and the lists agree with each other."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from case_audit.exchange.annex_a.spec import OPEN_CODELISTS, code_list, columns
from case_audit.synthetic import margins
from case_audit.synthetic.county import make_county
from case_audit.synthetic.days import at_work, plus_working, weekday, working_between
from case_audit.synthetic.plan import apportion, children_by_journey

if TYPE_CHECKING:
    from case_audit.synthetic.model import County, Row

AS_AT = date(2026, 3, 31)
DIGEST = """
import hashlib, json
from dataclasses import asdict
from datetime import date
from case_audit.synthetic.county import make_county
c = make_county("det", children=40, as_at=date(2026, 3, 31))
rows = {n: list(c.rows[n]) for n in sorted(c.rows)}
files = [asdict(f) for f in c.files]
text = json.dumps([rows, files, [asdict(p) for p in c.planted]], default=str)
print(hashlib.sha256(text.encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def county() -> County:
    return make_county("lists", children=2_000, as_at=AS_AT, files=False)


def digest(hash_seed: str) -> str:
    env = os.environ | {"PYTHONHASHSEED": hash_seed}
    run = [sys.executable, "-c", DIGEST]
    return subprocess.run(
        run, env=env, capture_output=True, text=True, check=True
    ).stdout


def test_same_seed_same_county_whatever_the_hash_seed() -> None:
    """Sets and dictionaries must decide nothing."""
    assert digest("1") == digest("4242")


def test_another_seed_another_county() -> None:
    one, other = (
        [
            row["date_of_birth"]
            for row in make_county(s, children=30, as_at=AS_AT).rows[6]
        ]
        for s in ("a", "b")
    )

    assert one != other


def test_rows_can_be_read_twice(county: County) -> None:
    """A frame and a workbook are made from the same county."""
    assert list(county.rows[3]) == list(county.rows[3])


def test_rows_have_the_columns_of_their_list(county: County) -> None:
    """Every column, no other, codes that exist, nothing required left out."""
    for number in range(1, 12):
        heads = columns(number)
        for row in county.rows[number]:
            assert sorted(row) == sorted(column.key for column in heads)
            for column in heads:
                value = row[column.key]
                assert value is not None or not column.required, column.key
                if value is not None and column.codes not in {"", *OPEN_CODELISTS}:
                    assert value in code_list(column.codes), (column.key, value)


def test_nothing_has_happened_after_the_day_described(county: County) -> None:
    """Only an unborn child's expected date of birth lies ahead."""
    for number in range(1, 12):
        dated = [c.key for c in columns(number) if c.type == "date"]
        for row in county.rows[number]:
            for key in dated:
                if key != "date_of_birth":
                    assert str(row[key] or "") <= AS_AT.isoformat(), (number, key)


def test_ages_follow_from_birth_dates(county: County) -> None:
    for row in county.rows[6]:
        born = date.fromisoformat(str(row["date_of_birth"]))
        if born > AS_AT:
            assert row["age"] is None
            assert row["gender"] == "not_stated"
        else:
            had_birthday = (born.month, born.day) <= (AS_AT.month, AS_AT.day)
            assert row["age"] == AS_AT.year - born.year - (not had_birthday)
            assert 0 <= int(str(row["age"])) < 18


def in_order(row: Row, *keys: str) -> bool:
    days = [str(row[key]) for key in keys if row[key] is not None]
    return days == sorted(days)


def test_dates_of_one_row_are_in_the_order_of_life(county: County) -> None:
    """A plan cannot end before it began, nor a child be placed before care."""
    orders: dict[int, list[tuple[str, ...]]] = {
        2: [("assessment_start", "assessment_end")],
        4: [("assessment_start", "assessment_authorised")],
        5: [("strategy_date", "icpc_date")],
        6: [("cin_start", "last_seen", "cin_end")],
        7: [("plan_start", "last_visit", "plan_end"), ("plan_start", "last_review")],
        8: [
            ("care_start", "legal_status_start"),
            ("care_start", "placement_start", "care_end"),
            ("care_start", "last_visit"),
            ("care_start", "last_review", "care_end"),
            ("care_start", "last_iro_visit"),
            ("care_start", "last_health_assessment"),
        ],
        10: [
            (
                "care_start",
                "adoption_decision",
                "placement_order",
                "matching",
                "placed",
            ),
        ],
        11: [
            ("enquiry", "stage1_start", "stage1_end", "stage2_start", "stage2_end"),
            ("stage2_end", "approval", "matching", "placed", "adoption_order"),
        ],
    }
    for number, wanted in orders.items():
        for row in county.rows[number]:
            for keys in wanted:
                assert in_order(row, *keys), (number, keys, row)


def test_lists_agree_about_a_child(county: County) -> None:
    """Case status on list 6 is what lists 7 and 8 say; one holder everywhere."""
    need = {row["child_id"]: row for row in county.rows[6]}
    on_plan = {r["child_id"] for r in county.rows[7] if r["plan_end"] is None}
    in_care = {r["child_id"] for r in county.rows[8] if r["care_end"] is None}
    status: dict[object, set[object]] = {}
    for unit, row in need.items():
        status.setdefault(row["case_status"], set()).add(unit)

    assert status["child_protection_plan"] == on_plan
    assert status["looked_after"] == in_care
    for number in (3, 4, 5, 7, 8):
        for row in county.rows[number]:
            if row["child_id"] in need:
                assert row["worker"] == need[row["child_id"]]["worker"]
                assert row["date_of_birth"] == need[row["child_id"]]["date_of_birth"]


def test_every_enquiry_is_settled_one_way(county: County) -> None:
    """A conference was held and decided, or it was not needed."""
    for row in county.rows[5]:
        held = row["icpc_unnecessary"] == "no"
        assert held == (row["icpc_date"] is not None) == (row["icpc_plan"] is not None)


def test_practice_county_has_enough_of_every_open_cohort() -> None:
    """Sixty children: at least fifteen in need, on plans and in care each."""
    for seed in ("p", "q", "r"):
        county = make_county(seed, children=60, as_at=AS_AT, files=False)
        status = Counter(row["case_status"] for row in county.rows[6])

        assert status["child_in_need_plan"] >= 15
        assert status["child_protection_plan"] >= 15
        assert status["looked_after"] >= 15
        assert all(
            any(True for _ in county.rows[number]) for number in (1, 2, *range(3, 12))
        )


@pytest.mark.parametrize("children", [1, 2, 3, 12, 13, 60, 499, 500, 2_000])
def test_exactly_that_many_children(children: int) -> None:
    assert sum(children_by_journey(children).values()) == children


def test_apportion_by_hand() -> None:
    """Webster, 7 by 3:2:1.

    Shares 3.5, 2.33, 1.17; after 3, 2, 1 the quotients are 3/7, 2/5 and 1/3, so
    the first gets the last one.
    """
    assert apportion(7, {"a": 3, "b": 2, "c": 1}) == {"a": 4, "b": 2, "c": 1}


def share(rows: list[Row], key: str, *values: str) -> float:
    return sum(row[key] in values for row in rows) / len(rows)


def test_margins_are_near_the_published_ones() -> None:
    """Within a few points of the figures that margins.py names."""
    county = make_county("margins", children=6_000, as_at=AS_AT, files=False)
    referrals, need, plans, care = (list(county.rows[n]) for n in (3, 6, 7, 8))
    done = [r for r in county.rows[4] if r["assessment_authorised"]]
    days = [
        working_between(
            ordinal(r["assessment_start"]), ordinal(r["assessment_authorised"])
        )
        for r in done
    ]

    assert share(referrals, "referral_source", "6") == pytest.approx(0.287, abs=0.05)
    assert share(referrals, "referral_source", "2A") == pytest.approx(0.182, abs=0.05)
    assert share(need, "disability", "yes") == pytest.approx(0.127, abs=0.03)
    assert share(need, "gender", "male") == pytest.approx(0.538, abs=0.04)
    assert share(plans, "initial_category", "neglect") == pytest.approx(0.505, abs=0.08)
    assert share(plans, "initial_category", "emotional_abuse") == pytest.approx(
        0.357, abs=0.08
    )
    assert share(care, "legal_status", "V2") == pytest.approx(0.17, abs=0.08)
    assert sum(d <= 45 for d in days) / len(days) == pytest.approx(0.857, abs=0.06)
    again = sum(int(str(r["referrals_12m"])) > 0 for r in referrals) / len(referrals)
    assert again == pytest.approx(margins.RE_REFERRAL, abs=0.06)


def ordinal(value: object) -> int:
    return date.fromisoformat(str(value)).toordinal()


def test_working_days_by_hand() -> None:
    """From Friday 6 March 2026: one working day on is Monday the 9th."""
    friday = date(2026, 3, 6).toordinal()

    assert weekday(friday) == 5
    assert date.fromordinal(plus_working(friday, 1)) == date(2026, 3, 9)
    assert working_between(friday, plus_working(friday, 45)) == 45
    assert date.fromordinal(at_work(date(2025, 12, 26).toordinal())) == date(
        2025, 12, 24
    )
