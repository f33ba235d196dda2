"""Agreement between graders, against other programs and by hand."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_audit.core.moderation.agreement import agreement, by_criterion
from case_audit.core.moderation.ratings import Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from case_audit.core.moderation.agreement import Agreement

REFERENCE = json.loads(
    Path(__file__).with_name("reference.json").read_text(encoding="utf-8")
)
SETS = {**REFERENCE["sets"], "published": REFERENCE["krippendorff_2011"]}


def rated(*cases: str, names: str = "ABCDE") -> list[Rating]:
    """Grades from texts: one a case, one digit a person, a dot for none."""
    return [
        Rating(unit=f"case {number}", rater=name, grade=int(digit))
        for number, case in enumerate(cases)
        for name, digit in zip(names, case, strict=False)
        if digit != "."
    ]


def quick(given: Sequence[Rating], *, grades: int = 4, **more: Any) -> Agreement:  # noqa: ANN401
    return agreement(given, grades=grades, replicates=40, **more)


@pytest.mark.parametrize("name", SETS)
def test_as_other_programs_compute_it(name: str) -> None:
    """irrCAC, krippendorff and statsmodels, to 9 digits; gaps and five people too."""
    known = SETS[name]

    found = quick(rated(*known["cases"]), grades=known["grades"])

    for one, other in (("ac1", found.ac1), ("ac2", found.ac2)):
        assert other.value is not None
        assert [float(other.value), other.error] == pytest.approx(
            known[one], rel=1e-9, abs=1e-12
        )
        assert other.error_method == "gwet"
    assert found.alpha_ordinal.value is not None
    assert float(found.alpha_ordinal.value) == pytest.approx(
        known["alpha"], rel=1e-9, abs=1e-12
    )
    if "kappa" in known:
        kappa = found.kappa_quadratic
        assert kappa.value is not None
        assert [float(kappa.value), kappa.error] == pytest.approx(
            known["kappa"], rel=1e-9, abs=1e-12
        )
        assert kappa.error_method == "fleiss_cohen_everitt"


def test_published_example() -> None:
    """Krippendorff prints .815; Gwet .775, .143 and "Moderate", no more."""
    known = REFERENCE["krippendorff_2011"]
    found = quick(rated(*known["cases"]), grades=5)

    assert found.alpha_ordinal.value is not None
    assert found.ac1.value is not None
    assert found.ac1.error is not None
    assert round(float(found.alpha_ordinal.value), 3) == 0.815
    assert round(float(found.ac1.value), 3) == 0.775
    assert round(found.ac1.error, 3) == 0.143
    assert found.ac1.band == "moderate"
    assert (found.n, found.cases) == (11, 11)


def test_worked_example() -> None:
    """Three cases, two grades, worked by hand.

    alpha: coincidences 2, 1, 1, 2; margins 3 and 3; 1 - 5 * 1 / (3 * 3).
    AC1: seen 2/3, by chance 1/2. kappa: rows 2, 1, columns 1, 2; 1 - 3 * 1 / 5.
    Shift: the second person is once a step worse.
    """
    found = quick(rated("00", "11", "01"), grades=2)

    assert found.alpha_ordinal.value == Fraction(4, 9)
    assert found.ac1.value == Fraction(1, 3)
    assert found.kappa_quadratic.value == Fraction(2, 5)
    assert found.shift.value == Fraction(1, 3)
    assert found.exact.value == Fraction(2, 3)
    assert found.adjacent.value == 1


def test_complete_data_of_three_people_have_krippendorffs_divisor() -> None:
    """By hand: a known program divides as for pairs here, and is wrong.

    Cases 000, 011, 111 of two grades: each case adds its ordered pairs over two, so
    coincidences 3 + 0, 1, 1, 3 + 1; margins 4 and 5; 1 - 8 * 1 / (4 * 5).
    """
    found = quick(rated("000", "011", "111"), grades=2)

    assert found.alpha_ordinal.value == Fraction(3, 5)


@pytest.mark.parametrize("case", ["11", "111", "1.1"])
def test_a_single_grade_is_not_estimable(case: str) -> None:
    """Other programs print 1, 0 or an error; percentages alone can be said."""
    found = quick(rated(*[case] * 5), first="A", second="C" if len(case) > 2 else "B")

    for nothing in (found.alpha_ordinal, found.ac1, found.ac2, found.kappa_quadratic):
        assert nothing.value is None
        assert nothing.lower is None
        assert nothing.error is None
        assert nothing.band == ""
    assert found.exact.value == 1
    assert "all_alike" in found.notes
    assert found.band == ""


def test_perfect_agreement_of_few_cases_is_not_certain() -> None:
    """Resampling cases that all agree shows no spread: no interval from 1 to 1.

    Percentages have Wilson's: 4 of 4 is 4 / (4 + 1.96**2) or more.
    """
    found = quick(rated("00", "11", "22", "00"))

    for perfect in (found.alpha_ordinal, found.ac2, found.kappa_quadratic):
        assert perfect.value == 1
        assert (perfect.lower, perfect.upper) == (None, None)
        assert perfect.band == ""
    assert found.shift.value == 0
    assert found.shift.lower is None
    assert found.exact.upper == 1
    assert found.exact.lower is not None
    z = 1.959963984540054
    assert float(found.exact.lower) == pytest.approx(4 / (4 + z * z), rel=1e-12)


def test_weights_are_over_the_whole_scale() -> None:
    """Grades nobody gave count: over the two seen, AC2 is no more than AC1."""
    cases = REFERENCE["sets"]["prevalent"]["cases"]

    whole = quick(rated(*(c.replace("3", "2") for c in cases)), grades=4)
    seen = quick(
        rated(*(c.translate(str.maketrans("12", "01")) for c in cases)), grades=2
    )

    assert whole.ac2.value is not None
    assert seen.ac2.value is not None
    assert round(float(whole.ac2.value), 3) == 0.984
    assert seen.ac2.value == seen.ac1.value
    assert round(float(seen.ac2.value), 3) == 0.851
    assert whole.kappa_quadratic.value == seen.kappa_quadratic.value


def test_one_prevalent_grade_is_told() -> None:
    """34 of 40 good by both: alpha .23 and AC2 .98 are of one and the same data."""
    found = agreement(rated(*REFERENCE["sets"]["prevalent"]["cases"]), grades=4)

    assert found.notes == ("prevalent_grade",)
    assert (found.alpha_ordinal.band, found.ac2.band) == ("poor", "almost perfect")
    assert found.band == "poor"


def test_a_pure_shift_is_seen_by_shift_alone() -> None:
    """Ten cases one grade apart: AC2 flatters, the shift says a full step.

    Seen 8/9; by chance 26/27 * 1/2; (8/9 - 13/27) / (14/27) = 11/14.
    """
    found = quick(rated(*["12"] * 10))

    assert found.exact.value == 0
    assert found.adjacent.value == 1
    assert found.shift.value == 1
    assert found.ac2.value == Fraction(11, 14)


def test_optimism_is_positive_and_named_people_decide() -> None:
    """First a grade better (a smaller place) than agreed: plus one."""
    given = [
        Rating(unit="1", rater="agreed", grade=2),
        Rating(unit="1", rater="first", grade=1),
        Rating(unit="1", rater="second", grade=2),
        Rating(unit="2", rater="first", grade=0),
        Rating(unit="2", rater="agreed", grade=0),
    ]

    assert quick(given, first="first", second="agreed").shift.value == Fraction(1, 2)
    assert quick(given, first="agreed", second="first").shift.value == -Fraction(1, 2)
    assert quick(given).shift.value == Fraction(1)
    other = [r for r in given if r.rater != "second"]
    other.append(Rating(unit="2", rater="third", grade=0))
    unnamed = quick(other)
    assert unnamed.shift.value is None
    assert unnamed.kappa_quadratic.value is None
    assert "no_two_people" in unnamed.notes


def test_nothing_graded_twice() -> None:
    found = quick([Rating(unit="1", rater="A", grade=0)])
    none = quick([])

    for nothing in (found, none):
        assert nothing.n == 0
        assert nothing.exact.value is None
        assert nothing.ac2.value is None
        assert nothing.shift.value is None
        assert "not_enough" in nothing.notes


def test_one_thing_graded_twice_is_not_enough() -> None:
    found = quick(rated("01"))

    assert found.exact.value == 0
    assert found.ac1.value is None
    assert found.notes == ("not_enough", "few_cases")


def test_criteria_of_a_case_are_not_taken_for_cases() -> None:
    """Ten criteria of two cases tell less than twenty cases: wider bounds."""
    pattern = ["01", "00", "12", "11", "22"]
    apart = rated(*pattern * 4)
    together = [
        Rating(unit=str(n // 5), rater=r, grade=int(g), criterion=str(n % 5))
        for n, case in enumerate(pattern * 4)
        for r, g in zip("AB", case, strict=True)
    ]

    wide = quick(together)

    assert (wide.n, wide.cases) == (20, 4)
    assert wide.ac2.error_method in ("", "bootstrap")
    assert wide.exact.value == quick(apart).exact.value


def test_cases_that_differ_from_each_other_widen_a_percentage() -> None:
    """Two cases agree on all of four criteria, two on none: worth three cases."""
    given = [
        Rating(unit=str(case), rater=rater, grade=grade, criterion=str(criterion))
        for case in range(4)
        for criterion in range(4)
        for rater, grade in (("A", criterion), ("B", (criterion + case % 2) % 4))
    ]

    found = quick(given)

    z = 1.959963984540054
    half = (z * z / 3 * (0.25 + z * z / 12)) ** 0.5
    assert found.exact.value == Fraction(1, 2)
    assert found.exact.lower is not None
    assert float(found.exact.lower) == pytest.approx(
        (0.5 + z * z / 6 - half) / (1 + z * z / 3), rel=1e-12
    )


def test_by_criterion() -> None:
    """Each criterion by itself, in order."""
    given = [
        Rating(unit=str(case), rater=rater, grade=(case + plus) % 4, criterion=name)
        for case in range(4)
        for name, plus in (("plan", 0), ("visits", 1))
        for rater in "AB"
    ]

    found = by_criterion(given, grades=4)

    assert list(found) == ["plan", "visits"]
    assert all(one.n == 4 and one.exact.value == 1 for one in found.values())


@pytest.mark.parametrize(
    "wrong",
    [
        [Rating(unit="1", rater="A", grade=4)],
        [Rating(unit="1", rater="A", grade=-1)],
        [Rating(unit="1", rater="A", grade=1)] * 2,
    ],
)
def test_impossible_grades_are_refused(wrong: list[Rating]) -> None:
    with pytest.raises(ValueError, match="off the scale or a second grade"):
        agreement(wrong, grades=4)


def test_a_scale_has_two_grades() -> None:
    with pytest.raises(ValueError, match="a scale of 1"):
        agreement([], grades=1)


cases = st.lists(
    st.lists(st.sampled_from("0123."), min_size=3, max_size=3).map("".join),
    min_size=2,
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(given=cases, order=st.permutations(range(3)))
def test_neither_the_order_of_people_nor_of_cases_matters(
    given: list[str], order: list[int]
) -> None:
    """Nobody is the standard; reversing the scale changes nothing either."""
    found = agreement(rated(*given), grades=4, replicates=1)
    other = agreement(
        rated(
            *(
                "".join(case[place] for place in order).translate(
                    str.maketrans("0123", "3210")
                )
                for case in reversed(given)
            )
        ),
        grades=4,
        replicates=1,
    )

    for name in ("exact", "adjacent", "alpha_ordinal", "ac1", "ac2"):
        assert getattr(found, name).value == getattr(other, name).value
