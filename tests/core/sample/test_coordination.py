"""Rounds that take notice of each other, and stay fair samples."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction
from hashlib import sha256

import pytest

from case_audit.core.sample.coordination import (
    audited_since,
    behind,
    months_before,
    outside,
    refuse_round,
)
from case_audit.core.sample.draw import draw_sample
from case_audit.core.sample.model import Design
from case_audit.core.sample.numbers import MODULUS, prn
from case_audit.errors import RotationError

UNITS = [f"C{i:03}" for i in range(60)]
SEEDS = [sha256(str(i).encode()).hexdigest() for i in range(2000)]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-04-01", 12, "2025-04-01"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-01-15", 0, "2026-01-15"),
        ("2026-06-30", 18, "2024-12-30"),
    ],
)
def test_months_go_back_by_the_calendar(day: str, months: int, before: str) -> None:
    found = months_before(dt.date.fromisoformat(day), months)

    assert found == dt.date.fromisoformat(before)


def test_whoever_was_audited_lately_is_left_out_by_child() -> None:
    """Two referrals of one child are one file: both are left out."""
    units = [("R1", "C1"), ("R2", "C1"), ("R3", "C2"), ("R4", "C3")]
    audited = {"C1": "2025-04-01", "C2": "2025-03-31"}

    left = audited_since(units, audited, since=dt.date(2025, 4, 1), months=12)

    assert [e.unit for e in left] == ["R1", "R2"]
    assert {e.reason for e in left} == {"audited within 12 months"}


def test_a_re_audit_leaves_out_everybody_else() -> None:
    left = outside([("R1", "C1"), ("R2", "C2")], {"C1"}, name="Spring")

    assert [(e.unit, e.reason) for e in left] == [("R2", "not a case of 'Spring'")]


def test_the_next_round_starts_behind_the_last_number() -> None:
    """Also where the circle closed in between."""
    assert behind([5, 9, 7], start=0) == 10
    assert behind([MODULUS - 1], start=0) == 0
    assert behind([MODULUS - 2, 3], start=MODULUS - 5) == 4


def test_numbers_that_have_come_round_are_refused() -> None:
    """The first round entered at 100; this one at 50 may use 50 to 99."""
    refuse_round([50, 99], start=50, origin=100, name="Spring")
    with pytest.raises(RotationError):
        refuse_round([50, 100], start=50, origin=100, name="Spring")
    with pytest.raises(RotationError):
        refuse_round([49], start=50, origin=100, name="Spring")


@pytest.mark.parametrize(
    ("shift", "overlap"),
    [("0", 8.0), ("1/20", 4.98), ("1/10", 2.29), ("3/20", 0.64), ("1/5", 0.11)],
)
def test_moving_on_leaves_the_same_cases_out(shift: str, overlap: float) -> None:
    """Samples of 8 of 60; independent ones would share 64/60 = 1.07 on average."""
    start = int(Fraction(shift) * MODULUS)
    shared = 0
    for seed in SEEDS:
        by_number = sorted((prn(seed, unit), unit) for unit in UNITS)
        first = {unit for _, unit in by_number[:8]}
        turned = sorted((number - start) % MODULUS for number, _ in by_number)
        names = {(number - start) % MODULUS: unit for number, unit in by_number}
        shared += len(first & {names[number] for number in turned[:8]})

    assert shared / len(SEEDS) == pytest.approx(overlap, abs=0.12)


@pytest.mark.slow
def test_a_rotated_round_is_a_fair_sample_of_the_list_as_it_is_now() -> None:
    """Children who joined since are drawn as often as those who stayed.

    Of 30 children five are drawn; ten leave, twenty join, five more are drawn.
    Chi-square over the 40 children then, 39 degrees of freedom; 72.1 is its 99.9th
    percentile. No case is met twice.
    """
    old, now = UNITS[:30], UNITS[10:50]
    drawn: Counter[str] = Counter()
    for seed in SEEDS:
        first = sorted(old, key=lambda unit: prn(seed, unit))[:5]
        start = behind([prn(seed, unit) for unit in first], start=0)
        design = Design(kind="simple", size=5, reserves=0, start=start)
        sample = draw_sample([(u, "all") for u in now], design=design, seed=seed)
        refuse_round([d.prn for d in sample.drawn], start=start, origin=0, name="x")
        assert not {d.unit for d in sample.drawn} & set(first)
        drawn.update(d.unit for d in sample.drawn)

    expected = len(SEEDS) * 5 / 40
    # Without replacement a count varies less, by 1 - 5/40; its cells sum up to n.
    square = sum((drawn[u] - expected) ** 2 for u in now) / (expected * 35 / 39)
    assert square < 72.1
