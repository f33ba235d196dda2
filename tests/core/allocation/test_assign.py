"""Giving out cases: all of them, evenly, never to their own people."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import SEED
from case_audit.core.allocation.assign import allocate, lot
from case_audit.core.allocation.model import Auditor, CaseToGive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.allocation.model import Allocation

OTHER_SEED = sha256(b"other").hexdigest()
TEAMS = ("", "North", "South")
PEOPLE = ("Ann Archer", "Bo Baker", "Cy Carter")


def a_case(unit: str, **more: object) -> CaseToGive:
    plain: dict[str, object] = {"unit": unit, "child": unit, "cohort": "cp"}
    return CaseToGive(**(plain | more))  # type: ignore[arg-type]


def cases(number: int, **more: object) -> list[CaseToGive]:
    return [a_case(f"C{i}", **more) for i in range(1, number + 1)]


def readers(found: Allocation) -> dict[str, str]:
    return {placed.unit: placed.auditor for placed in found.placed}


def loads(found: Allocation) -> dict[str, int]:
    return {load.auditor: load.cases for load in found.loads}


def test_an_example_by_hand() -> None:
    """Six cases, three people; each has three cases they may not read.

    Ann is of North (C1, C2) and works with C3; Bo is of South (C4, C5); Cy reads
    everything. Two each is possible, so it is two each.
    """
    drawn = [
        a_case("C1", team="North"),
        a_case("C2", team="North"),
        a_case("C3", named=("Archer, Ann",)),
        a_case("C4", team="South"),
        a_case("C5", team="south"),
        a_case("C6"),
    ]
    people = [
        Auditor(name="Ann Archer", teams=("NORTH ",)),
        Auditor(name="Bo Baker", teams=("South",)),
        Auditor(name="Cy Carter"),
    ]

    found = allocate(drawn, people, seed=SEED)

    assert loads(found) == {"Ann Archer": 2, "Bo Baker": 2, "Cy Carter": 2}
    given = readers(found)
    assert {"C1", "C2", "C3"}.isdisjoint(u for u, a in given.items() if a[0] == "A")
    assert {"C4", "C5"}.isdisjoint(u for u, a in given.items() if a[0] == "B")
    assert {placed.how for placed in found.placed} == {"new"}
    assert (found.left, found.stuck, found.spread) == (0, (), "even")


def test_a_tie_is_settled_by_a_number_that_anyone_can_compute() -> None:
    """One case, two people: the smaller number reads it, whoever wrote the list."""
    people = [Auditor(name="Ann Archer"), Auditor(name="Bo Baker")]
    by_hand = {
        name: sha256(f"{SEED}:C1:{words}".encode()).hexdigest()[:16]
        for name, words in (("Ann Archer", "ann archer"), ("Bo Baker", "baker bo"))
    }

    found = allocate(cases(1), people, seed=SEED)

    assert readers(found)["C1"] == min(by_hand, key=by_hand.__getitem__)
    assert lot(SEED, "C1", "Baker, Bo") == int(by_hand["Bo Baker"], 16)


def test_another_seed_gives_other_people_the_cases() -> None:
    people = [Auditor(name=name) for name in PEOPLE]

    found = [readers(allocate(cases(30), people, seed=s)) for s in (SEED, OTHER_SEED)]

    assert found[0] != found[1]


def test_a_capacity_of_everybody_shares_in_proportion() -> None:
    """Nine cases for people who can take twelve and six: six and three."""
    people = [
        Auditor(name="Ann Archer", capacity=12),
        Auditor(name="Bo Baker", capacity=6),
        Auditor(name="Cy Carter", capacity=0),
    ]

    found = allocate(cases(9), people, seed=SEED)

    assert loads(found) == {"Ann Archer": 6, "Bo Baker": 3, "Cy Carter": 0}
    assert found.spread == "by capacity"


def test_a_capacity_of_some_is_only_a_limit() -> None:
    """Ten cases; Ann takes one at most, so the others share nine."""
    people = [
        Auditor(name="Ann Archer", capacity=1),
        Auditor(name="Bo Baker"),
        Auditor(name="Cy Carter"),
    ]

    found = allocate(cases(10), people, seed=SEED)

    assert loads(found)["Ann Archer"] == 1
    assert {loads(found)["Bo Baker"], loads(found)["Cy Carter"]} == {4, 5}
    assert found.spread == "even"


def test_what_is_begun_stays_and_counts() -> None:
    """Bo began three; of three more Ann gets all, for that is even."""
    drawn = [
        *(a_case(f"B{i}", begun_by="bo  baker", before="Ann Archer") for i in range(3)),
        *cases(3),
        a_case("D", begun_by="Dee Drew", team="North"),
    ]
    people = [
        Auditor(name="Ann Archer"),
        Auditor(name="Bo Baker", capacity=2, units=frozenset({"B1"})),
    ]

    found = allocate(drawn, people, seed=SEED)

    assert loads(found) == {"Ann Archer": 3, "Bo Baker": 3}
    by_unit = {placed.unit: placed for placed in found.placed}
    assert by_unit["B0"].how == by_unit["D"].how == "begun"
    assert by_unit["D"].auditor == "Dee Drew"
    assert by_unit["B1"].barred == "own case"
    assert [load.begun for load in found.loads] == [0, 3]


def test_own_team_is_a_last_resort_and_only_if_allowed() -> None:
    """C1 has nobody else, C2 has; so C1 alone is read in its own team."""
    drawn = [a_case("C1", team="North"), a_case("C2", team="South")]
    people = [Auditor(name="Ann Archer", teams=("North",)), Auditor(name="Bo Baker")]
    bo_busy = [people[0], replace(people[1], capacity=1, units=frozenset({"C1"}))]

    refused = allocate(drawn, bo_busy, seed=SEED)
    allowed = allocate(drawn, bo_busy, seed=SEED, allow_own_team=True)
    not_needed = allocate(drawn[:1], people, seed=SEED, allow_own_team=True)

    assert refused.left == 1
    assert readers(allowed) == {"C1": "Ann Archer", "C2": "Bo Baker"}
    assert [placed.barred for placed in allowed.placed] == ["own team", None]
    assert readers(not_needed) == {"C1": "Bo Baker"}


def test_what_cannot_be_given_out_is_explained() -> None:
    """Three cases only Bo may read, who takes two; Ann and Cy say why not."""
    drawn = [a_case(f"N{i}", team="North") for i in range(3)] + [a_case("S")]
    people = [
        Auditor(name="Ann Archer", teams=("North",), units=frozenset({"N0"})),
        Auditor(name="Bo Baker", capacity=2),
        Auditor(name="Cy Carter", cohorts=frozenset({"cin"})),
    ]

    found = allocate(drawn, people, seed=SEED)

    assert found.left == 1
    assert len(found.placed) == 3
    (stuck,) = found.stuck
    assert stuck.units == ("N0", "N1", "N2")
    assert (stuck.readers, stuck.room) == (("Bo Baker",), 2)
    assert [(b.auditor, b.reason, b.units) for b in stuck.bars] == [
        ("Ann Archer", "own case", ("N0",)),
        ("Ann Archer", "own team", ("N1", "N2")),
        ("Cy Carter", "not the cohort", ("N0", "N1", "N2")),
    ]


def test_without_auditors_or_cases_there_is_nothing_to_give() -> None:
    nobody = allocate(cases(2), [], seed=SEED)
    nothing = allocate([], [Auditor(name="Ann Archer")], seed=SEED)

    assert (nobody.left, nobody.placed, nobody.loads) == (2, (), ())
    assert [(s.units, s.readers) for s in nobody.stuck] == [(("C1", "C2"), ())]
    assert (nothing.left, nothing.placed) == (0, ())


def test_a_capacity_below_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="-1"):
        Auditor(name="Ann", capacity=-1)


# Small worlds, in which everything can be tried


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[CaseToGive], list[Auditor]]:
    """Up to five cases and three people with every kind of bar and history."""
    people = [
        Auditor(
            name=name,
            teams=draw(st.sampled_from([(), ("North",), ("South",)])),
            capacity=draw(st.none() | st.integers(0, 4)),
            units=frozenset(draw(st.sets(st.sampled_from(["C0", "C1", "C2"])))),
            cohorts=draw(st.sampled_from([frozenset[str](), frozenset({"cp"})])),
        )
        for name in PEOPLE[: draw(st.integers(1, 3))]
    ]
    drawn = [
        a_case(
            f"C{i}",
            team=draw(st.sampled_from(TEAMS)),
            named=draw(st.sampled_from([(), PEOPLE[:1]])),
            before=draw(st.sampled_from(["", *PEOPLE])),
            begun_by=draw(st.sampled_from(["", "", "", PEOPLE[0]])),
        )
        for i in range(draw(st.integers(0, 5)))
    ]
    return drawn, people


def own_team(case: CaseToGive, auditor: Auditor) -> bool:
    return case.team != "" and case.team in auditor.teams


def barred(case: CaseToGive, auditor: Auditor) -> bool:
    return (
        case.unit in auditor.units
        or auditor.name in case.named
        or not (not auditor.cohorts or case.cohort in auditor.cohorts)
    )


def price(
    way: Sequence[Auditor],
    to_give: list[CaseToGive],
    drawn: list[CaseToGive],
    people: list[Auditor],
) -> tuple[object, ...]:
    """What the rules weigh, in their order."""
    held = Counter(case.begun_by for case in drawn) + Counter(a.name for a in way)
    by_capacity = all(a.capacity is not None for a in people)
    squares = sum(
        held[a.name] ** 2 * (60 // (a.capacity or 1) if by_capacity else 1)
        for a in people
    )
    pairs = list(zip(to_give, way, strict=True))
    return (
        sum(own_team(case, a) for case, a in pairs),
        squares,
        sum(case.before not in ("", a.name) for case, a in pairs),
        sum(lot(SEED, case.unit, a.name) for case, a in pairs),
    )


def best(
    drawn: list[CaseToGive], people: list[Auditor], *, allow_own_team: bool
) -> dict[str, str] | None:
    """Try every way there is; ``None`` if there is none."""
    to_give = [case for case in drawn if not case.begun_by]
    begun = Counter(case.begun_by for case in drawn)
    ways = []
    for way in product(people, repeat=len(to_give)):
        taken = Counter(a.name for a in way)
        fits = all(
            a.capacity is None
            or taken[a.name] == 0
            or taken[a.name] + begun[a.name] <= a.capacity
            for a in people
        )
        allowed = not any(
            barred(case, a) or (own_team(case, a) and not allow_own_team)
            for case, a in zip(to_give, way, strict=True)
        )
        if fits and allowed:
            ways.append(way)
    if not ways:
        return None
    least = min(ways, key=lambda way: price(way, to_give, drawn, people))
    return {case.unit: a.name for case, a in zip(to_give, least, strict=True)}


@given(world=worlds(), allow=st.booleans())
@settings(max_examples=120)
def test_it_is_the_best_of_all_ways_and_exists_if_any_does(
    world: tuple[list[CaseToGive], list[Auditor]],
    allow: bool,  # noqa: FBT001
) -> None:
    """Tried against every way there is: possible, even, still, and settled."""
    drawn, people = world
    wanted = best(drawn, people, allow_own_team=allow)

    found = allocate(drawn, people, seed=SEED, allow_own_team=allow)

    assert (found.left == 0) == (wanted is not None)
    if wanted is not None:
        given = {p.unit: p.auditor for p in found.placed if p.how != "begun"}
        assert given == wanted


@given(world=worlds(), data=st.data())
@settings(max_examples=60)
def test_the_order_of_lines_never_matters(
    world: tuple[list[CaseToGive], list[Auditor]], data: st.DataObject
) -> None:
    drawn, people = world
    mixed = data.draw(st.permutations(drawn)), data.draw(st.permutations(people))

    one, other = (allocate(*w, seed=SEED) for w in (world, mixed))

    assert readers(one) == readers(other)
    assert one.loads == other.loads
    assert one.left == other.left


@given(world=worlds())
@settings(max_examples=60)
def test_nobody_reads_an_own_case_or_one_of_the_own_team(
    world: tuple[list[CaseToGive], list[Auditor]],
) -> None:
    drawn, people = world
    by_unit = {case.unit: case for case in drawn}
    by_name = {a.name: a for a in people}

    found = allocate(drawn, people, seed=SEED)

    for placed in found.placed:
        if placed.how != "begun":
            case, auditor = by_unit[placed.unit], by_name[placed.auditor]
            assert not barred(case, auditor)
            assert not own_team(case, auditor)
            assert placed.barred is None


@given(world=worlds())
@settings(max_examples=60)
def test_once_given_it_stays_given(
    world: tuple[list[CaseToGive], list[Auditor]],
) -> None:
    """Asked again with what it said, it says the same and moves nothing."""
    drawn, people = world
    first = allocate(drawn, people, seed=SEED)
    told = readers(first)
    again = [replace(case, before=told.get(case.unit, "")) for case in drawn]

    second = allocate(again, people, seed=OTHER_SEED)

    if first.left == 0:
        assert readers(second) == told
        assert {placed.how for placed in second.placed} <= {"kept", "begun"}


@given(number=st.integers(1, 40), auditors=st.integers(1, 8), more=st.integers(1, 8))
@settings(max_examples=40)
def test_new_cases_and_people_move_no_more_than_they_must(
    number: int, auditors: int, more: int
) -> None:
    """Free to read everything: new cases move nothing, a new person gets a share."""
    people = [Auditor(name=f"Person {i}") for i in range(auditors)]
    told = readers(allocate(cases(number), people, seed=SEED))
    given = [replace(case, before=told[case.unit]) for case in cases(number)]

    grown = allocate(
        [*given, *(a_case(f"N{i}") for i in range(more))], people, seed=SEED
    )
    joined = allocate(given, [*people, Auditor(name="New One")], seed=SEED)

    assert {p.how for p in grown.placed} == {"kept", "new"}
    assert max(loads(grown).values()) - min(loads(grown).values()) <= 1
    moved = [p for p in joined.placed if p.how == "moved"]
    assert {p.auditor for p in moved} <= {"New One"}
    assert len(moved) == number // (auditors + 1)


def test_a_large_round_is_given_out_in_a_moment() -> None:
    """300 cases and 30 people of ten teams: ten each, nobody in the own team."""
    drawn = [a_case(f"C{i:03}", team=f"Team {i % 10}") for i in range(300)]
    people = [Auditor(name=f"Person {i}", teams=(f"Team {i % 10}",)) for i in range(30)]

    found = allocate(drawn, people, seed=SEED)

    assert set(loads(found).values()) == {10}
    assert not any(placed.barred for placed in found.placed)
