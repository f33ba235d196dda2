"""How far graders agree on the same cases, and which way they differ: the one entry.

Several numbers stand beside each other because each alone misleads: percentages
know nothing of chance; kappa and alpha collapse where nearly all cases have one
grade; AC2 does not, and flatters. All are over the whole scale, not over the grades
that happened to be given.

Intervals: of percentages Wilson's, for as many units as the cases are worth; of the
others by resampling whole cases (:mod:`case_audit.core.moderation.bootstrap`), so
criteria of one case are not taken for independent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from case_audit.core.moderation import coefficients, spread
from case_audit.core.moderation.benchmark import apart, band, worst
from case_audit.core.moderation.bootstrap import REPLICATES, resamples, spread_of
from case_audit.core.moderation.ratings import (
    TWO,
    items_of,
    scale_of,
    tally,
    vector,
)
from case_audit.core.normal import wilson, z_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from case_audit.core.moderation.ratings import Item, Rating, Tally

    Found = Callable[[Tally], Fraction | None]

LEVEL = Fraction(95, 100)
SEED = "agreement"
"""What the resampling starts from unless another seed is given."""

PARTS = ("first", "second")
"""What the first and the blind second auditor of a case are called, whoever they are."""

FEW = 30
"""Cases graded twice, below which agreement is called indicative only."""

ALPHA, AC1, AC2, KAPPA = "alpha", "ac1", "ac2", "kappa"

ErrorMethod = Literal["", "gwet", "fleiss_cohen_everitt", "bootstrap", "wilson"]

ALIKE = "all_alike"
NOT_ENOUGH = "not_enough"
FEW_CASES = "few_cases"
NO_PAIR = "no_two_people"
SILENT = {ALIKE, NOT_ENOUGH}
"""Notes with which nothing but percentages and the shift can be told."""
PREVALENT = "prevalent_grade"
APART = 2
"""Words between alpha and AC2 from which a reader is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """One number about agreement.

    Attributes:
        value: ``None`` where it is not estimable.
        lower: Lower bound; ``None`` where no interval can be given.
        upper: Upper bound; likewise.
        error: Standard error; likewise.
        error_method: How it was found: ``gwet`` or ``fleiss_cohen_everitt`` by
            formula, where each case was graded on one thing; else ``bootstrap``.
            ``wilson`` for percentages, which have bounds and no standard error.
        usable: Replicates that gave a number; of percentages 0.
        band: The word that it has earned, such as ``moderate``, to be read as "at
            least"; empty for percentages and shift, and without a standard error.
    """

    value: Fraction | None
    lower: Fraction | None = None
    upper: Fraction | None = None
    error: float | None = None
    error_method: ErrorMethod = ""
    usable: int = 0
    band: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far graders agree.

    Attributes:
        n: Things graded by two or more: cases, or criteria of cases.
        cases: Cases they belong to.
        raters: People who graded them, in order of appearance.
        grades: Grades on the scale, q.
        first: Whose grade stands first in ``shift`` and ``kappa_quadratic``; empty
            where no two were compared.
        second: Whose stands second.
        exact: Share of pairs with the same grade.
        adjacent: Share of pairs with the same or a neighbouring grade.
        alpha_ordinal: Krippendorff's alpha.
        ac1: Gwet's AC1.
        ac2: Gwet's AC2, quadratic.
        kappa_quadratic: Cohen's kappa of the two people.
        shift: Mean step of the first from the second; optimism is positive.
        band: The word that both alpha and AC2 have earned; empty where either has
            none.
        level: Confidence level of all intervals.
        seed: What the resampling started from.
        notes: ``not_enough`` (fewer than two things graded twice), ``all_alike``
            (one grade only: nothing but percentages can be estimated),
            ``few_cases`` (fewer than 30), ``no_two_people`` (not two people, and
            none named, so that there is no shift and no kappa), ``prevalent_grade``
            (alpha and AC2 are two words apart or more, as they are where nearly
            all cases have one grade: neither may be quoted without the other).
    """

    n: int
    cases: int
    raters: tuple[str, ...]
    grades: int
    first: str
    second: str
    exact: Coefficient
    adjacent: Coefficient
    alpha_ordinal: Coefficient
    ac1: Coefficient
    ac2: Coefficient
    kappa_quadratic: Coefficient
    shift: Coefficient
    band: str
    level: Fraction
    seed: str
    notes: tuple[str, ...]


def agreement(
    given: Iterable[Rating],
    *,
    grades: int,
    first: str = "",
    second: str = "",
    level: Fraction = LEVEL,
    seed: str = SEED,
    replicates: int = REPLICATES,
) -> Agreement:
    """Tell how far graders agree.

    Args:
        given: Their grades, in any order; what only one person graded may be among
            them and counts for the spread of grades in AC1 and AC2 alone.
        grades: Grades on the scale, at least two.
        first: Whose grade comes first in ``shift`` and ``kappa_quadratic``. Without
            it and ``second``, raters called "first" and "second" are compared, or
            the only two there are in order of appearance; others are not.
        second: Whose comes second.
        level: Confidence level, more than 0 and less than 1.
        seed: What the resampling starts from.
        replicates: How many resamples.

    Raises:
        ValueError: As for :func:`case_audit.core.moderation.ratings.items_of`.
    """
    items = items_of(given, grades=grades)
    people = tuple(dict.fromkeys(r for i in items if i.paired for r in i.grades))
    if not (first or second):
        first, second = _compared(people)
    sums = _Sums(items, grades=grades, first=first, second=second)
    draws = sums.draws(seed=seed, replicates=replicates)
    notes = [*_notes(sums, named=bool(first and second))]

    chancy = _beyond_chance(sums, draws, level=level, known=not SILENT & set(notes))
    word = _word(chancy[ALPHA].band, chancy[AC2].band, notes)
    return Agreement(
        n=sums.whole.paired,
        cases=sums.cases,
        raters=people,
        grades=grades,
        first=first,
        second=second,
        exact=_percentage(coefficients.exact, sums, level=level),
        adjacent=_percentage(coefficients.adjacent, sums, level=level),
        alpha_ordinal=chancy[ALPHA],
        ac1=chancy[AC1],
        ac2=chancy[AC2],
        kappa_quadratic=chancy[KAPPA],
        shift=_resampled(coefficients.shift, sums.whole, draws, level=level),
        band=word,
        level=level,
        seed=seed,
        notes=tuple(notes),
    )


def _compared(people: tuple[str, ...]) -> tuple[str, str]:
    """Return the two who are compared unless others are named."""
    if set(PARTS) <= set(people):
        return PARTS
    return (people[0], people[1]) if len(people) == TWO else ("", "")


def by_criterion(
    given: Iterable[Rating], *, grades: int, first: str = "", second: str = ""
) -> dict[str, Agreement]:
    """Tell the same for each criterion by itself, in order of appearance.

    Args:
        given: As for :func:`agreement`.
        grades: Likewise.
        first: Likewise.
        second: Likewise.
    """
    apart: dict[str, list[Rating]] = {}
    for rating in given:
        apart.setdefault(rating.criterion, []).append(rating)
    return {
        criterion: agreement(found, grades=grades, first=first, second=second)
        for criterion, found in apart.items()
    }


class _Sums:
    """What is counted of the items: of each, of each case and of all."""

    def __init__(
        self, items: Sequence[Item], *, grades: int, first: str, second: str
    ) -> None:
        self._grades, self._scale = grades, scale_of(items)
        rows = [
            vector(item, grades=grades, scale=self._scale, first=first, second=second)
            for item in items
        ]
        by_case: dict[str, list[int]] = {}
        for item, row in zip(items, rows, strict=True):
            before = by_case.setdefault(item.unit, [0] * len(row))
            by_case[item.unit] = [a + b for a, b in zip(before, row, strict=True)]
        self._by_case = list(by_case.values())
        self._each = [self._tally(row) for row in rows]
        empty = [0] * (2 + 4 * grades**2 + grades)
        self.whole = self._tally([sum(n) for n in zip(empty, *rows, strict=True)])
        self.tallies = [self._tally(row) for row in self._by_case if row[1]]
        self.cases = len(self.tallies)

    def _tally(self, sums: Sequence[int]) -> Tally:
        return tally(sums, grades=self._grades, scale=self._scale)

    def draws(self, *, seed: str, replicates: int) -> list[Tally]:
        """Return the sums of resampled cases."""
        if not self._by_case:
            return []
        found = resamples(self._by_case, seed=seed, replicates=replicates)
        return [self._tally(sums) for sums in found]

    def formula(
        self, error: Callable[[Sequence[Tally], Tally], float | None]
    ) -> float | None:
        """Return a standard error by formula, where items are independent."""
        if len(self._each) > len(self._by_case):
            return None
        return error(self._each, self.whole)


def _notes(sums: _Sums, *, named: bool) -> Iterator[str]:
    if sums.whole.paired < TWO:
        yield NOT_ENOUGH
    elif sums.whole.alike:
        yield ALIKE
    if sums.cases < FEW:
        yield FEW_CASES
    if not named:
        yield NO_PAIR


def _word(alpha: str, ac2: str, notes: list[str]) -> str:
    """Return the word that both have earned; note where they are far apart."""
    if not (alpha and ac2):
        return ""
    if apart(alpha, ac2) >= APART:
        notes.append(PREVALENT)
    return worst(alpha, ac2)


def _beyond_chance(
    sums: _Sums, draws: Sequence[Tally], *, level: Fraction, known: bool
) -> dict[str, Coefficient]:
    """Return the coefficients that allow for chance; empty ones where not known."""
    ways: tuple[tuple[str, Found, float | None, ErrorMethod], ...] = (
        (ALPHA, coefficients.alpha_ordinal, None, ""),
        (AC1, coefficients.ac1, sums.formula(spread.ac1_error), "gwet"),
        (AC2, coefficients.ac2, sums.formula(spread.ac2_error), "gwet"),
        (
            KAPPA,
            coefficients.kappa_quadratic,
            sums.formula(lambda _, whole: spread.kappa_error(whole)),
            "fleiss_cohen_everitt",
        ),
    )
    found = {}
    for name, way, error, method in ways:
        seen = Coefficient(value=None)
        if known:
            seen = _resampled(
                way, sums.whole, draws, level=level, error=error, method=method
            )
        if seen.value is not None and seen.error:
            seen = replace(seen, band=band(float(seen.value), seen.error))
        found[name] = seen
    return found


def _resampled(
    found: Found,
    whole: Tally,
    draws: Sequence[Tally],
    *,
    level: Fraction,
    error: float | None = None,
    method: ErrorMethod = "",
) -> Coefficient:
    """Return a coefficient with its interval from resampled cases."""
    value = found(whole)
    if value is None:
        return Coefficient(value=None)
    seen = spread_of([found(draw) for draw in draws], level=level)
    if error is None:
        error, method = seen.error, "bootstrap"
    return Coefficient(
        value=value,
        lower=seen.lower,
        upper=seen.upper,
        error=error,
        error_method="" if error is None else method,
        usable=seen.usable,
    )


def _percentage(found: Found, sums: _Sums, *, level: Fraction) -> Coefficient:
    """Return a share of pairs with Wilson's interval for what the cases are worth.

    That is ``p * (1 - p) / variance``, the variance between cases of a ratio, at most
    the things graded; where nothing varies, the number of cases.
    """
    share = found(sums.whole)
    if share is None:
        return Coefficient(value=None)
    pairs = sum(sums.whole.pairs)
    squares = Fraction(0)
    for case in sums.tallies:
        own = sum(case.pairs)
        squares += (own * ((found(case) or 0) - share) / pairs) ** 2
    cases = sums.cases
    size = Fraction(cases)
    if squares and cases > 1:
        worth = share * (1 - share) / squares * (cases - 1) / cases
        size = min(worth, Fraction(sums.whole.paired))
    lower, upper = wilson(float(share), float(size), z_of(level))
    return Coefficient(value=share, lower=lower, upper=upper, error_method="wilson")
