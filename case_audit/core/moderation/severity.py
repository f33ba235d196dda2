"""Which way one person's grades differ from those of others on the same cases.

For moderation alone: a person is not scored, ranked or reported by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

from case_audit.core.moderation.bootstrap import REPLICATES, resamples, spread_of
from case_audit.core.moderation.ratings import items_of, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from case_audit.core.moderation.ratings import Item, Rating

LEVEL = Fraction(95, 100)
SEED = "severity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """How severe one person grades, beside others.

    Attributes:
        rater: Who.
        n: Things that others graded too.
        cases: Cases they belong to.
        index: Mean step from the others' mean grade to this person's; positive
            where this person is more severe. In steps of the scale.
        lower: Lower bound by resampling cases; ``None`` where they do not vary.
        upper: Upper bound; likewise.
        harsher: Cases on which this person was more severe.
        milder: Cases on which less.
        p_value: Of the sign test: the probability of cases divided at least as
            unevenly if either were as likely; 1 where none differ.
    """

    rater: str
    n: int
    cases: int
    index: Fraction
    lower: Fraction | None
    upper: Fraction | None
    harsher: int
    milder: int
    p_value: Fraction


def severities(
    given: Iterable[Rating],
    *,
    grades: int,
    level: Fraction = LEVEL,
    seed: str = SEED,
    replicates: int = REPLICATES,
) -> tuple[Severity, ...]:
    """Return how severe each person grades, in order of appearance.

    ``mean(grade - mean of the others' grades)`` over what others graded too. Only
    cases shared with others count, so a person who happened to get hard cases is
    not called severe for it.

    Args:
        given: Grades, in any order.
        grades: Grades on the scale, at least two.
        level: Confidence level, between 0 and 1.
        seed: What the resampling starts from.
        replicates: How many resamples.

    Raises:
        ValueError: As for :func:`case_audit.core.moderation.ratings.items_of`.
    """
    items = [i for i in items_of(given, grades=grades) if i.paired]
    scale = scale_of(items)
    people = dict.fromkeys(rater for item in items for rater in item.grades)
    return tuple(
        _severity(
            person,
            _steps(person, items, scale=scale),
            scale=scale,
            level=level,
            seed=f"{seed}:{place}",
            replicates=replicates,
        )
        for place, person in enumerate(people)
    )


def sign_test(one: int, other: int) -> Fraction:
    """Return the two-sided probability of so uneven a division by chance.

    Twice the chance of as few or fewer on the smaller side, out of all ways to divide
    ``one + other`` evenly likely, at most 1.

    Args:
        one: Cases on one side, at least 0.
        other: On the other side.
    """
    n = one + other
    ways = sum(comb(n, k) for k in range(min(one, other) + 1))
    return min(Fraction(1), Fraction(2 * ways, 2**n))


def _steps(
    person: str, items: Sequence[Item], *, scale: int
) -> Mapping[str, Sequence[int]]:
    """Return by case the steps of a person from the others, times ``scale``."""
    found: dict[str, list[int]] = {}
    for item in items:
        if person in item.grades:
            others = len(item.grades) - 1
            rest = sum(item.grades.values()) - item.grades[person]
            step = scale * (item.grades[person] * others - rest) // others
            found.setdefault(item.unit, []).append(step)
    return found


def _severity(
    person: str,
    steps: Mapping[str, Sequence[int]],
    *,
    scale: int,
    level: Fraction,
    seed: str,
    replicates: int,
) -> Severity:
    # Sums of what is above and below, since resampled numbers are not negative.
    rows = [
        (
            sum(step for step in case if step > 0),
            sum(-step for step in case if step < 0),
            len(case),
        )
        for case in steps.values()
    ]
    draws = resamples(rows, seed=seed, replicates=replicates)
    seen = spread_of(
        [Fraction(up - down, scale * n) for up, down, n in draws], level=level
    )
    n = sum(row[2] for row in rows)
    harsher = sum(1 for up, down, _ in rows if up > down)
    milder = sum(1 for up, down, _ in rows if up < down)
    return Severity(
        rater=person,
        n=n,
        cases=len(rows),
        index=Fraction(sum(up - down for up, down, _ in rows), scale * n),
        lower=seen.lower,
        upper=seen.upper,
        harsher=harsher,
        milder=milder,
        p_value=sign_test(harsher, milder),
    )
