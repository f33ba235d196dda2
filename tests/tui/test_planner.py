"""The planner: keys change a plan, and never into one that cannot be."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_audit.core.frame.model import Source, StoredFrame
from case_audit.core.sample.combinations import refuse_impossible
from case_audit.services.frame_facts import FrameFacts, Grouping
from case_audit.tui.plan_setting import FIELDS
from case_audit.tui.planner import Planner

if TYPE_CHECKING:
    from case_audit.tui.plan_setting import Field


def a_frame(cohort: str = "cp", units: int = 40, number: int = 1) -> StoredFrame:
    source = Source(
        kind="annex_a",
        name="annex_a.xlsx",
        sha256="0" * 64,
        as_at="2026-03-31",
        imported_utc="2026-04-01T09:00:00Z",
        imported_by="Lee",
        synthetic=True,
    )
    return StoredFrame(
        id=number,
        import_id=1,
        cohort=cohort,
        as_at="2026-03-31",
        units=units,
        digest="0" * 64,
        excluded=(),
        source=source,
    )


def grouping(key: str, values: int) -> Grouping:
    counts = {f"{key} {i}": 2 for i in range(values)}
    return Grouping(key=key, label=key.capitalize(), counts=counts, risk=False)


def a_planner(*frames: StoredFrame) -> Planner:
    planner = Planner(frames or (a_frame(),))
    planner.know(
        FrameFacts(
            frame=planner.setting.frame,
            cohort="Child protection plans",
            groupings=(
                grouping("gender", 1),
                grouping("team", 4),
                grouping("ward", 60),
                grouping("worker", 9),
            ),
        )
    )
    return planner


def at(planner: Planner, field: Field) -> Planner:
    fields = planner.setting.fields
    planner.choose(fields.index(field) - fields.index(planner.field))
    return planner


def test_the_size_moves_by_steps_and_stays_within_the_frame() -> None:
    planner = a_planner()

    sizes = [planner.setting.size]
    for by in (1, -10, -100, 7, 1000):
        planner.move(by)
        sizes.append(planner.setting.size)

    assert sizes == [30, 31, 21, 1, 8, 40]


def test_a_small_frame_begins_with_all_of_it() -> None:
    assert a_planner(a_frame(units=7)).setting.size == 7


def test_a_number_is_typed_digit_by_digit_and_taken_back() -> None:
    """Another key ends it; the next digit begins anew."""
    planner = a_planner()

    seen = []
    for key in "12<<3":
        if key == "<":
            planner.erase()
        else:
            planner.type_digit(key)
        seen.append(planner.setting.size)
    planner.move(1)
    planner.type_digit("2")

    assert seen == [1, 12, 1, 1, 3]
    assert planner.setting.size == 2


def test_every_line_can_be_changed() -> None:
    planner = a_planner()

    at(planner, "strata").move(1)
    at(planner, "shared").move(1)
    at(planner, "minimum").move(1)
    at(planner, "inadequate").move(5)
    at(planner, "expected").move(-10)
    at(planner, "hours").move(1)
    at(planner, "auditors").type_digit("5")

    now = planner.setting
    assert now.strata == ("team",)
    assert (now.equal, now.minimum, now.percent, now.expected) == (True, 3, 10, 40)
    assert now.assumptions.hours_per_case == Fraction(7, 2)
    assert now.assumptions.auditors == 5
    assert now.design.kind == "stratified"
    assert (now.design.allocation, now.design.minimum) == ("equal", 3)


def test_hours_are_typed_whole_and_taken_back() -> None:
    planner = at(a_planner(), "hours")
    for key in "12":
        planner.type_digit(key)
    twelve = planner.setting.half_hours
    planner.erase()

    assert (twelve, planner.setting.half_hours) == (24, 2)


def test_digits_say_nothing_to_a_line_without_a_number() -> None:
    planner = at(a_planner(), "strata")
    before = planner.setting

    planner.type_digit("3")

    assert planner.setting == before


def test_strata_go_round_through_what_makes_a_few() -> None:
    """One value is no stratification, and sixty are for the list."""
    planner = at(a_planner(), "strata")

    seen = []
    for by in (1, 1, 1, -1):
        planner.move(by)
        seen.append(planner.setting.strata)

    assert seen == [("team",), ("worker",), (), ("worker",)]
    planner.stratify(("team", "worker", "unknown"))
    both = planner.setting.strata
    planner.move(1)

    assert both == ("team", "worker")
    assert not planner.setting.strata


def test_another_cohort_keeps_what_fits_it() -> None:
    """Its own size is the most; its strata are not known yet."""
    planner = a_planner(a_frame(), a_frame("cin", units=12, number=2))
    at(planner, "strata").move(1)
    at(planner, "inadequate")
    planner.switch_inadequate()
    planner.move(30)

    at(planner, "cohort").move(10)

    now = planner.setting
    assert (now.frame.cohort, now.size, now.strata) == ("cin", 12, ())
    assert now.number == 12
    planner.move(-1)
    assert planner.setting.frame.cohort == "cp"


def test_a_rate_becomes_a_number_and_a_rate_again() -> None:
    """5% of 40 are two."""
    planner = at(a_planner(), "inadequate")

    planner.switch_inadequate()
    number = planner.setting.assumptions.cases
    planner.switch_inadequate()

    assert number == 2
    assert planner.setting.assumptions.cases is None


def test_a_plan_begins_with_the_cohort_that_was_asked_for() -> None:
    frames = (a_frame(), a_frame("cin", number=2))

    assert Planner(frames, cohort="cin").setting.frame.cohort == "cin"
    assert Planner(frames, cohort="cic").setting.frame.cohort == "cp"


@pytest.mark.parametrize(
    ("strata", "more", "command"),
    [
        ((), {}, "case-audit draw --cohort cp --size 30"),
        (
            ("team", "worker"),
            {},
            "case-audit draw --cohort cp --size 30 --strata team,worker",
        ),
        (
            ("team",),
            {"shared": 1, "minimum": -1},
            (
                "case-audit draw --cohort cp --size 30 --strata team "
                "--allocation equal --minimum 1"
            ),
        ),
    ],
)
def test_the_command_draws_the_same(
    strata: tuple[str, ...], more: dict[Field, int], command: str
) -> None:
    planner = a_planner()
    planner.stratify(strata)
    for field, by in more.items():
        at(planner, field).move(by)

    assert planner.command() == command


@pytest.mark.parametrize(
    ("steps", "command"),
    [
        (1, "--size 30 --strata team"),
        (2, "--size 30 --design systematic"),
        (3, "--size 30 --measure risks+1"),
        (4, "--by worker --clusters 6 --per-cluster 3"),
        (5, "--size 30 --targeted 'risks >= 1'"),
        (6, "--size 30"),
        (-1, "--size 30 --targeted 'risks >= 1'"),
    ],
)
def test_the_kinds_go_round_and_each_has_what_it_needs(
    steps: int, command: str
) -> None:
    """No kind begins in a state that cannot be drawn."""
    planner = at(a_planner(), "design")

    for _ in range(abs(steps)):
        planner.move(1 if steps > 0 else -1)

    assert planner.command() == f"case-audit draw --cohort cp {command}"
    refuse_impossible(planner.setting.design)


def test_before_the_frame_is_read_there_is_nothing_to_stratify_by() -> None:
    """The kind is passed over, both ways."""
    planner = at(Planner((a_frame(),)), "design")

    planner.move(1)
    there = planner.setting.kind
    planner.move(-1)

    assert (there, planner.setting.kind) == ("systematic", "simple")


def test_what_goes_with_a_draw_is_in_its_command() -> None:
    planner = a_planner()
    at(planner, "only").write("age >= 2")
    at(planner, "certain").write("risks >= 2")
    at(planner, "reserves").type_digit("3")
    at(planner, "design").move(1)
    planner.move(1)
    at(planner, "order").write("team")

    assert planner.command() == (
        "case-audit draw --cohort cp --size 30 --order team --only 'age >= 2' "
        "--certain 'risks >= 2' --reserves 3"
    )


KEYS = st.lists(
    st.one_of(
        st.sampled_from(["up", "down", "t", "<"]),
        st.sampled_from("0123456789"),
        st.sampled_from([1, -1, 10, -10]),
    ),
    max_size=40,
)


@given(keys=KEYS)
def test_no_keys_lead_to_an_impossible_plan(keys: list[str | int]) -> None:
    """Every number stays in its range, whatever is pressed in whatever order."""
    planner = a_planner(a_frame(units=23), a_frame("cin", units=3, number=2))
    for key in keys:
        match key:
            case int():
                planner.move(key)
            case "up" | "down":
                planner.choose(1 if key == "down" else -1)
            case "t":
                planner.switch_inadequate()
            case "<":
                planner.erase()
            case _:
                planner.type_digit(key)

        now = planner.setting
        assert 1 <= now.size <= planner.units
        assert 0 <= now.number <= planner.units
        assert 0 <= now.assumptions.expected <= 1
        assert 0 < now.assumptions.rate <= 1
        assert now.assumptions.hours_per_case > 0
        assert planner.field in FIELDS
