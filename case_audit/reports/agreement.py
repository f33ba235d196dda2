"""How far graders agree, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from case_audit.reports.calculators import entered, folded, how, quoted
from case_audit.reports.formulas import Formula
from case_audit.reports.wording import percent, plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from case_audit.core.moderation.agreement import Agreement, Coefficient

NOT = "not estimable"

NOTES = {
    "not_enough": "Fewer than two things were graded twice: nothing can be estimated.",
    "all_alike": (
        "All grades are alike. Nobody can tell agreement from habit then, so no "
        "coefficient is given; it is neither 1 nor 0."
    ),
    "few_cases": "Indicative only: fewer than 30 cases were graded twice.",
    "no_two_people": (
        "Kappa and the shift compare two people: name them with --first and --second."
    ),
    "prevalent_grade": (
        "Alpha and AC2 are far apart, as they are where nearly all cases have one "
        "grade, or few cases were graded. Neither may be quoted without the other."
    ),
}

PERCENTAGE = Formula(
    words=(
        "Of all pairs of grades of one case, the part that is the same, and the part "
        "that is the same or next to it. Wilson's interval, for as many cases as the "
        "pairs are worth."
    ),
    symbols="|p - P| <= z sqrt(P (1 - P) / n_eff)",
    source="E. B. Wilson, Journal of the American Statistical Association 22 (1927) "
    "209-212",
)
ALPHA = Formula(
    words="Disagreement seen beside disagreement by chance, grades by their order.",
    symbols=(
        "1 - (n - 1) sum o_ck d_ck / sum n_c n_k d_ck, "
        "d_ck = (n_c + ... + n_k - (n_c + n_k) / 2)^2"
    ),
    source="K. Krippendorff, Computing Krippendorff's Alpha-Reliability, University of "
    "Pennsylvania 2011",
)
AC2 = Formula(
    words="Agreement beyond chance, chance being what doubtful cases leave to it.",
    symbols=(
        "(p_a - p_e) / (1 - p_e), p_e = sum w / (q (q - 1)) sum pi_k (1 - pi_k), "
        "w = 1 - (i - j)^2 / (q - 1)^2"
    ),
    source="K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61 "
    "(2008) 29-48",
)
KAPPA = Formula(
    words="Agreement of two people beyond that of their own habits.",
    symbols="1 - sum (i - j)^2 p_ij / sum (i - j)^2 p_i. p_.j",
    source="J. Cohen, Psychological Bulletin 70 (1968) 213-220",
)
RESAMPLING = Formula(
    words=(
        "Intervals of all but percentages: whole cases drawn again with replacement, "
        "2,000 times, by numbers that follow from the seed."
    ),
    symbols="the k-th smallest and k-th largest, k = (b + 1) (1 - level) / 2",
    source="A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application, "
    "Cambridge 1997, section 5.3",
)
BAND = Formula(
    words=(
        "The best of Landis and Koch's words that the coefficient reaches with 95% "
        "probability; of alpha and AC2 the worse."
    ),
    symbols="P(value > lower end of the band) > 0.95",
    source="K. L. Gwet, Handbook of Inter-Rater Reliability, 4th edition 2014, "
    "chapter 6",
)


def agreement_page(found: Agreement, *, scale: str) -> tuple[str, ...]:
    """Return the page of agreement: inputs, numbers, formulas, a sentence."""
    return tuple(_page(found, scale))


def agreement_plain(found: Agreement) -> dict[str, object]:
    """Return the same as data: shares and coefficients with their bounds."""
    return {
        "n": found.n,
        "exact": _plain(found.exact, found),
        "adjacent": _plain(found.adjacent, found),
        "kappa_quadratic": _plain(found.kappa_quadratic, found),
        "ac2": _plain(found.ac2, found),
        "alpha_ordinal": _plain(found.alpha_ordinal, found),
        "shift": _plain(found.shift, found),
    }


def _plain(one: Coefficient, found: Agreement) -> dict[str, object]:
    return {
        "estimate": None if one.value is None else float(one.value),
        "lower": None if one.lower is None else float(one.lower),
        "upper": None if one.upper is None else float(one.upper),
        "level": float(found.level),
        "method": "wilson" if one.error_method == "wilson" else "bootstrap",
    }


def _page(found: Agreement, scale: str) -> Iterator[str]:
    yield entered("scale", scale)
    yield entered("graded twice or more", found.n)
    yield entered("cases", found.cases)
    yield entered("people", len(found.raters))
    yield entered("level", percent(found.level))
    yield entered("seed of the resampling", found.seed)
    yield ""
    yield entered("same grade", _share(found.exact))
    yield entered("same or next grade", _share(found.adjacent))
    yield entered("Krippendorff's alpha", _number(found.alpha_ordinal))
    yield entered("Gwet's AC2", _number(found.ac2))
    yield entered("Gwet's AC1", _number(found.ac1))
    if found.first:
        yield entered("kappa, quadratic", _number(found.kappa_quadratic))
        yield entered("shift", _steps(found.shift))
        yield from folded(
            f"({found.first} beside {found.second}, in steps of the scale; positive: "
            f"{found.first} is more optimistic)",
            "  ",
        )
    for note in found.notes:
        yield from folded(NOTES[note], "")
    yield ""
    for name, formula in (
        ("Percentages", PERCENTAGE),
        ("Alpha", ALPHA),
        ("AC2", AC2),
        ("Kappa", KAPPA),
        ("Intervals", RESAMPLING),
        ("Words", BAND),
    ):
        yield from how(formula, name=name)
    yield ""
    yield from quoted(sentence(found))


def sentence(found: Agreement) -> str:
    """Return what may be quoted of agreement."""
    if "not_enough" in found.notes:
        return "Too few cases were graded twice to say how far auditors agree."
    same = (
        f"{plural(found.cases, 'case')} were graded by two or more auditors: same grade "
        f"{_share(found.exact)}, within one {_share(found.adjacent)}"
    )
    if "all_alike" in found.notes:
        return f"{same}. Agreement beyond chance is {NOT}: all grades are alike."
    few = "few_cases" in found.notes
    sure = found.band not in ("", "poor") and not few
    words = f"; at least {found.band} agreement" if sure else ""
    return (
        f"{same}; Krippendorff's alpha {_number(found.alpha_ordinal, word=False)}, AC2 "
        f"{_number(found.ac2, word=False)}{words}."
        f"{' Indicative only.' if few else ''}"
    )


def _share(one: Coefficient) -> str:
    if one.value is None or one.lower is None or one.upper is None:
        return NOT
    return f"{percent(one.value)} ({percent(one.lower)} to {percent(one.upper)})"


def _number(one: Coefficient, *, word: bool = True) -> str:
    if one.value is None:
        return NOT
    text = f"{_two(one.value)} ({_between(one)})"
    sure = word and one.band not in ("", "poor")
    return f"{text}, at least {one.band}" if sure else text


def _steps(one: Coefficient) -> str:
    if one.value is None:
        return NOT
    sign = "+" if one.value > 0 else ""
    return f"{sign}{_two(one.value)} ({_between(one)})"


def _between(one: Coefficient) -> str:
    if one.lower is None or one.upper is None:
        return "no interval: cases too much alike"
    return f"{_two(one.lower)} to {_two(one.upper)}"


def _two(value: Fraction) -> str:
    text = f"{float(value):.2f}"
    return "0.00" if text == "-0.00" else text
