"""What is hidden stays hidden from somebody who can calculate."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_audit.core.selfassessment.disclosure import (
    DFE,
    NHS,
    RULES,
    TEN,
    Row,
    Rule,
    Table,
    all_alike,
    differences,
    protect_row,
    protect_table,
)
from case_audit.core.selfassessment.movable import ANY, Edge, Network

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Counts = tuple[int, ...]

GOOD_OR_BETTER = frozenset({0, 1})
LOWEST = frozenset({3})

TINY = Rule(name="tiny", small=2, mark="c", nearest=1, share_from=4, said="")
ROUNDING = Rule(name="rounding", small=2, mark="*", nearest=3, share_from=4, said="")


class Reader:
    """Somebody who has what is printed, the rule, and all the time of the world."""

    def __init__(
        self,
        true: Sequence[Counts],
        table: Table,
        rule: Rule,
        sides: Sequence[frozenset[int]],
    ) -> None:
        self._true, self._table, self._rule, self._sides = true, table, rule, sides
        self._most = max(map(max, true)) + 1

    def possible(self) -> list[tuple[Counts, ...]]:
        """Return every table that agrees with all that is printed."""
        rows = [
            [
                guess
                for guess in product(range(self._most + 1), repeat=len(counts))
                if self._agrees(row, guess, counts)
            ]
            for row, counts in zip(self._table.rows, self._true, strict=True)
        ]
        whole, sums = self._table.whole, added(self._true)
        return [
            table
            for table in product(*rows)
            if whole is None or self._agrees(whole, added(table), sums)
        ]

    def _agrees(self, row: Row, guess: Counts, true: Counts) -> bool:
        if row.withheld:
            return sum(guess) >= min(sum(true), 1)
        printed = zip((*row.cells, row.total), (*guess, sum(guess)), strict=True)
        return all(self._fits(one, number) for one, number in printed) and all(
            sum(guess[c] for c in side) == sum(true[c] for c in side)
            for side, shown in zip(self._sides, row.sides, strict=True)
            if shown
        )

    def _fits(self, printed: int | None, number: int) -> bool:
        if printed is None:
            return number >= 1
        if not printed:
            return number == 0
        slack = self._rule.nearest // 2
        return number > self._rule.small and abs(number - printed) <= slack


def added(table: Sequence[Counts]) -> Counts:
    return tuple(map(sum, zip(*table, strict=True)))


def given_away(true: Sequence[Counts], table: Table, rule: Rule) -> Iterator[str]:
    """Yield each small number of which only one value is possible."""
    sides = SIDES_OF[len(true[0])]
    possible = Reader(true, table, rule, sides).possible()
    assert tuple(true) in possible
    for r, row in enumerate(true):
        for c, number in enumerate(row):
            if rule.is_small(number) and len({p[r][c] for p in possible}) < 2:
                yield f"cell {r} {c}"
        if rule.is_small(sum(row)) and len({sum(p[r]) for p in possible}) < 2:
            yield f"total {r}"
    if table.whole is None or table.whole.withheld:
        return
    for c, number in enumerate(added(true)):
        if rule.is_small(number) and len({added(p)[c] for p in possible}) < 2:
            yield f"whole {c}"


SIDES_OF = {2: (frozenset({0}),), 3: (frozenset({0, 1}), frozenset({2}))}


@pytest.mark.parametrize("rule", [TINY, ROUNDING], ids=lambda rule: rule.name)
@pytest.mark.parametrize("totals_known", [True, False])
def test_no_small_number_of_a_table_can_be_worked_out(
    rule: Rule,
    totals_known: bool,  # noqa: FBT001
) -> None:
    """All tables of two groups and two grades, against all tables that agree."""
    for numbers in product((0, 1, 2, 4), repeat=4):
        true = [numbers[:2], numbers[2:]]
        if true != sorted(true):
            continue  # the other order of the groups is the same table
        table = protect_table(
            true, rule=rule, totals_known=totals_known, sides=SIDES_OF[2]
        )

        assert list(given_away(true, table, rule)) == [], true


@settings(deadline=None, max_examples=25, derandomize=True)
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=2, max_size=2))
def test_nor_of_three_grades_with_two_shares(true: list[Counts]) -> None:
    """Shares that are printed tell no more than they may."""
    table = protect_table(true, rule=TINY, totals_known=True, sides=SIDES_OF[3])

    assert list(given_away(true, table, TINY)) == []


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.tuples(*[st.integers(0, 5)] * 3), st.sampled_from([TINY, ROUNDING]))
def test_nor_of_a_row(counts: Counts, rule: Rule) -> None:
    """A row has fewer ways out: only its total binds it."""
    row = protect_row(counts, rule=rule, sides=SIDES_OF[3])

    table = Table(rows=(row,), whole=None)
    assert list(given_away([counts], table, rule)) == []


def can_move(network: Network, place: int) -> bool:
    """Whether a number can be more than one thing."""
    return network.is_free(place, up=True) or network.is_free(place, up=False)


@settings(deadline=None, max_examples=40, derandomize=True)
@given(
    st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=2, max_size=2),
    st.sets(st.tuples(st.integers(0, 1), st.integers(0, 2))),
)
def test_the_search_finds_just_what_can_be_something_else(
    true: list[Counts], hidden: set[tuple[int, int]]
) -> None:
    """For any hidden cells: movable exactly if another table has the same sums."""
    network = Network()
    cells = {}
    for r, row in enumerate(true):
        total = sum(row)
        network.add(Edge(tail=0, head=2 + r, value=total, low=total, high=total))
        for c, number in enumerate(row):
            bounds = (1, ANY) if (r, c) in hidden and number else (number, number)
            edge = Edge(
                tail=2 + r, head=4 + c, value=number, low=bounds[0], high=bounds[1]
            )
            cells[r, c] = network.add(edge)
    for c, number in enumerate(added(true)):
        network.add(Edge(tail=4 + c, head=1, value=number, low=number, high=number))

    free = [(r, c) for r, c in hidden if true[r][c]]
    others = []
    for values in product(range(1, 6), repeat=len(free)):
        table = [list(row) for row in true]
        for (r, c), number in zip(free, values, strict=True):
            table[r][c] = number
        found = [tuple(row) for row in table]
        same_rows = [sum(row) for row in found] == [sum(row) for row in true]
        if same_rows and added(found) == added(true):
            others.append(found)
    for (r, c), place in cells.items():
        seen = {table[r][c] for table in others}
        assert can_move(network, place) is (len(seen) > 1)


def test_one_hidden_cell_of_a_row_is_given_away_and_two_are_not() -> None:
    """1 and 2 of a known sum of 3 could be 2 and 1; beside a known 2, 1 is 1."""
    for bound, movable in (((2, 2), False), ((1, ANY), True)):
        network = Network()
        network.add(Edge(tail=0, head=1, value=3, low=3, high=3))
        hidden = network.add(Edge(tail=1, head=0, value=1, low=1, high=ANY))
        network.add(Edge(tail=1, head=0, value=2, low=bound[0], high=bound[1]))

        assert can_move(network, hidden) is movable


def test_worked_example_of_a_row() -> None:
    """Three children at the lowest grade: one more number goes with theirs."""
    row = protect_row((9, 20, 14, 3))

    assert row.cells == (None, 20, 14, None)
    assert row.total == 46
    assert not row.withheld
    assert [DFE.printed(cell) for cell in row.cells] == ["c", "20", "14", "c"]


def test_numbers_that_must_all_be_one_need_a_third() -> None:
    """1 and 1 of a known sum of 2 cannot be anything else."""
    assert protect_row((1, 1, 20, 8)).cells == (None, None, 20, None)


def test_a_small_row_and_a_hopeless_one_are_withheld() -> None:
    """Four children in all, and seven grades with one child each."""
    nothing = Row(cells=(None,) * 4, total=None, sides=(), withheld=True)

    assert protect_row((0, 4, 0, 0)) == nothing
    assert protect_row((1,) * 7).cells == (None,) * 7
    assert protect_row((1,) * 7).total is None
    assert protect_row((0, 0, 0, 0)).cells == (0, 0, 0, 0)
    assert protect_row((0, 7, 0, 0)).cells == (0, 7, 0, 0)


def test_a_share_that_gives_a_count_back_is_not_printed() -> None:
    """33% of 12 is 4, and what is left of 12 is 8."""
    sides = (GOOD_OR_BETTER, LOWEST)

    def allowed(*counts: int) -> tuple[bool, ...]:
        return protect_row(counts, sides=sides).sides

    assert allowed(12, 12, 9, 8) == (True, True)
    assert allowed(12, 12, 4, 2) == (True, False)  # the lowest alone is 2
    assert allowed(4, 30, 9, 4) == (False, False)  # good or better less good is 4
    assert allowed(2, 2, 19, 9) == (False, True)  # good or better are 4
    assert allowed(19, 9, 3, 2) == (False, False)  # the rest are 5
    assert allowed(9, 0, 0, 0) == (False, False)  # fewer than 10 cases
    assert allowed(12, 12, 0, 0) == (True, True)  # nought is a true nought
    assert allowed(0, 4, 0, 0) == (False, False)  # nothing of it is printed


def test_sides_that_cross_are_not_both_printed() -> None:
    """Two that overlap and a third that repeats the first, and none."""
    sides = (
        frozenset({0, 1}),
        frozenset({1, 2}),
        frozenset({0, 1}),
        frozenset({1}),
        frozenset[int](),
    )

    row = protect_row((10, 11, 12, 13), sides=sides)

    assert row.sides == (True, False, True, True, True)


def test_groups_that_say_the_grade_of_everybody_are_withheld() -> None:
    """Seven cases, all inadequate; and no other group gives them back."""
    table = protect_table([(0, 10, 10, 0), (0, 0, 0, 7)], totals_known=True)

    assert table.rows[1].withheld
    assert table.rows[1].total is None
    assert table.whole == protect_row((0, 10, 10, 7))
    # Or the other group would be the whole less this one.
    assert table.rows[0].cells == (0, None, 10, 0)
    assert table.rows[0].total is None
    assert all_alike((0, 0, 3))
    assert not all_alike((0, 0, 0))
    assert not all_alike((1, 0, 3))


def test_where_the_whole_says_it_nothing_more_can_be_hidden() -> None:
    """All cases of all groups at one grade: both groups are withheld, and it ends."""
    table = protect_table([(0, 7), (0, 9)], totals_known=True)

    assert [row.withheld for row in table.rows] == [True, True]
    assert table.whole is not None
    assert table.whole.cells == (0, 16)
    assert protect_table([(7,)], totals_known=False).rows[0].withheld
    assert protect_table([], totals_known=True).rows == ()


def test_an_exchange_between_groups_is_worked_by_hand() -> None:
    """The 3 of the first group: with 9, 8 and 4 it is in a rectangle that can turn."""
    table = protect_table([(3, 9), (8, 7), (30, 40)], totals_known=True)

    assert [row.cells for row in table.rows] == [(None, None), (None, None), (30, 40)]
    assert [row.total for row in table.rows] == [12, 15, 70]


def test_a_small_total_takes_another_total_with_it() -> None:
    """Four cases are the whole less the other groups, if these are all known."""
    table = protect_table([(2, 2), (20, 30), (40, 30)], totals_known=True)

    assert table.rows[0].withheld
    assert [row.total for row in table.rows] == [None, None, 70]
    assert table.rows[2].cells == (40, 30)


def test_rules_have_names_and_print_by_themselves() -> None:
    """NHS: 1 to 7 are a star, the rest to the nearest 5; and ten."""
    assert set(RULES) == {"dfe", "nhs", "ten"}
    assert RULES["nhs"] is NHS

    row = protect_row((12, 0, 23, 7), rule=NHS)

    assert row.cells == (10, 0, 25, None)
    assert row.total == 40
    assert [NHS.printed(cell) for cell in row.cells] == ["10", "0", "25", "*"]
    assert NHS.known(8) == (8, 12)
    assert NHS.known(0) == (0, 0)
    assert protect_row((9, 10, 30), rule=TEN).cells == (None, None, 30)


def test_what_is_hidden_may_be_more_than_a_small_number() -> None:
    """Four times 7 is 28, printed as 30; but a star may stand for 8 or 9 as well."""
    row = protect_row((7, 7, 7, 7), rule=NHS)

    assert row.cells == (None,) * 4
    assert row.total == 30


def test_the_same_table_is_always_hidden_the_same_way() -> None:
    """A report made again must not show by its differences what it hides."""
    rows = [(6, 7, 0, 3), (9, 9, 9, 9), (1, 12, 5, 2), (0, 0, 8, 1)]

    tables = {
        repr(protect_table(rows, totals_known=True, sides=(GOOD_OR_BETTER, LOWEST)))
        for _ in range(3)
    }

    assert len(tables) == 1


def test_two_versions_of_a_report_are_held_against_each_other() -> None:
    """12 then and 13 now are one child, hidden in neither."""
    old = {"a": 12, "b": 12, "c": None, "d": 12, "e": 12, "f": 20}
    new = {"b": 13, "a": 12, "c": 7, "d": None, "e": 18, "f": 15, "g": 9}

    assert differences(old, new) == ("b", "f")
    assert differences({"a": 10}, {"a": 15}, NHS) == ()
