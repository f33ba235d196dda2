"""Small numbers that would tell of a child are hidden, and cannot be worked out.

What leaves the council shows no count of a few children. Hiding it alone is not enough:
where the sum is shown, one hidden number is the sum less the others. So more is hidden
until each hidden small number could be at least two things.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from case_audit.core.selfassessment.hiding import TOTAL, Hidden, hide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Protected = int | None
"""A count as it may be printed; ``None`` for one that is hidden."""

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of disclosure control.

    Attributes:
        name: What it is chosen by.
        small: Counts from 1 to this are hidden; a true nought is shown.
        mark: What stands for a hidden count.
        nearest: Counts that are shown are rounded to a multiple of this; 1 or an
            odd number.
        share_from: A share is printed of at least so many cases.
        said: The sentence that tells the reader.
    """

    name: str
    small: int
    mark: str
    nearest: int
    share_from: int
    said: str

    def is_small(self, number: int) -> bool:
        """Whether a count must be hidden by itself."""
        return 1 <= number <= self.small

    def rounded(self, number: int) -> int:
        """Return a count that is shown as it is printed."""
        return (number + self.nearest // 2) // self.nearest * self.nearest

    def known(self, number: int) -> tuple[int, int]:
        """Return the least and the most that a count that is shown can be."""
        if not number:
            return 0, 0
        printed, slack = self.rounded(number), self.nearest // 2
        return max(printed - slack, self.small + 1), printed + slack

    def printed(self, number: Protected) -> str:
        """Return a protected count as text."""
        return self.mark if number is None else str(number)


DFE: Final = Rule(
    name="dfe",
    small=5,
    mark="c",
    nearest=1,
    share_from=10,
    said="Counts from 1 to 5 are shown as c; further figures are hidden to protect "
    "children.",
)
"""As the Department for Education publishes on children in need."""

NHS: Final = Rule(
    name="nhs",
    small=7,
    mark="*",
    nearest=5,
    share_from=10,
    said="Counts from 1 to 7 are shown as *, others to the nearest 5; further figures "
    "are hidden to protect children.",
)
"""As NHS hospital statistics below the national level."""

TEN: Final = Rule(
    name="ten",
    small=9,
    mark="c",
    nearest=1,
    share_from=10,
    said="Counts from 1 to 9 are shown as c; further figures are hidden to protect "
    "children.",
)
"""A count is shown from 10 on."""

RULES: Final[Mapping[str, Rule]] = {rule.name: rule for rule in (DFE, NHS, TEN)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of counts as it may be printed.

    Attributes:
        cells: The counts.
        total: Their sum.
        sides: For each side that was asked for, whether its share may be printed.
        withheld: Whether nothing of it may be printed, noughts neither.
    """

    cells: tuple[Protected, ...]
    total: Protected
    sides: tuple[bool, ...]
    withheld: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Groups by grades as they may be printed.

    Attributes:
        rows: The groups, in the order given.
        whole: All groups together, where that is printed too; just what
            :func:`protect_row` makes of the sums.
    """

    rows: tuple[Row, ...]
    whole: Row | None


def all_alike(counts: Sequence[int]) -> bool:
    """Whether all cases of a group are at one grade, which tells the grade of each."""
    return sum(1 for number in counts if number) == 1


def protect_row(
    counts: Sequence[int],
    *,
    sides: Sequence[frozenset[int]] = (),
    rule: Rule = DFE,
) -> Row:
    """Say what may be printed of one row of counts and its total.

    Small counts are hidden, then the smallest others, until no hidden small count
    follows from the total and what is shown. A row whose total is small, or in which
    hiding everything is not enough, is withheld with its total.

    A share gives away the sum of its side. It may be printed if the row has enough
    cases, neither the side nor the rest of the row is a small number of cases, and no
    hidden small count follows from it and the shares allowed before it. A side that
    crosses an allowed one is not allowed.

    Args:
        counts: Cases in each column, not negative.
        sides: Sets of columns whose share of the total is to be printed.
        rule: The rule of disclosure control.

    Returns:
        The row as it may be printed.

    Source:
        Primary rule: Department for Education, *Children in need*, methodology.
        Secondary: L. H. Cox, Network models for complementary cell suppression,
        *Journal of the American Statistical Association* 90 (1995).
    """
    state = Hidden(
        table=(tuple(counts),),
        rule=rule,
        sides=tuple(sides),
        whole=None,
        alike=frozenset(),
    )
    hide(state)
    return _row(state, 0)


def protect_table(
    rows: Sequence[Sequence[int]],
    *,
    sides: Sequence[frozenset[int]] = (),
    rule: Rule = DFE,
    totals_known: bool,
) -> Table:
    """Say what may be printed of groups by grades.

    As :func:`protect_row` for each group, and a group whose cases are all at one grade
    is withheld. Where the line of all groups together is printed too, nothing that is
    hidden follows from the two together: exactly, by a search for a way to change the
    table by one that leaves everything that is printed as it is.

    Args:
        rows: Cases of each group in each column, not negative; as many columns each.
        sides: Sets of columns whose share is to be printed, of groups and the whole.
        rule: The rule of disclosure control.
        totals_known: Whether the line of all groups together is printed too.

    Returns:
        What may be printed. Only what the line of all groups itself tells stays
        known, such as that all cases of all groups are at one grade.
    """
    whole = None
    if totals_known:
        sums = tuple(map(sum, zip(*rows, strict=True)))
        whole = protect_row(sums, sides=sides, rule=rule)
    state = Hidden(
        table=tuple(tuple(row) for row in rows),
        rule=rule,
        sides=tuple(sides),
        whole=whole,
        alike=frozenset(r for r, row in enumerate(rows) if all_alike(row)),
    )
    hide(state)
    return Table(rows=tuple(_row(state, r) for r in range(len(rows))), whole=whole)


def _row(state: Hidden, r: int) -> Row:
    withheld = r in state.withheld
    row = state.table[r]
    *cells, total = (
        None if withheld or (r, c) in state.numbers else state.rule.rounded(number)
        for c, number in (*enumerate(row), (TOTAL, sum(row)))
    )
    return Row(
        cells=tuple(cells),
        total=total,
        sides=tuple(side in state.shares[r] for side in range(len(state.sides))),
        withheld=withheld,
    )


def differences(
    old: Mapping[_Key, Protected], new: Mapping[_Key, Protected], rule: Rule = DFE
) -> tuple[_Key, ...]:
    """Return the numbers whose change between two versions is a small number.

    Whoever has both versions of a report takes one from the other: 12 cases then and
    13 now are one case, hidden in neither. Rounded counts do not tell.

    Args:
        old: The counts published before, by what they are about.
        new: Those that are to be published.
        rule: The rule of disclosure control.

    Returns:
        What is given away, in the order of the new version.
    """
    found = []
    for key, now in new.items():
        before = old.get(key)
        if before is None or now is None or rule.nearest > 1:
            continue
        if rule.is_small(abs(now - before)):
            found.append(key)
    return tuple(found)
