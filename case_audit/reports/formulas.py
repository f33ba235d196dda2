"""The formula behind every number of a calculator: in words, in symbols, its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """How a number was found.

    Attributes:
        words: For a reader who does not read formulas.
        symbols: For one who does.
        source: Where it is from.
    """

    words: str
    symbols: str
    source: str


BUONACCORSI = "J. P. Buonaccorsi, The American Statistician 41 (1987) 215-218"
COCHRAN = "W. G. Cochran, Sampling Techniques, 3rd edition, Wiley 1977"
KORN_GRAUBARD = "E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998) 193-201"

CENSUS = Formula(
    words="Every case was audited, so the share is known.",
    symbols="p = x / N",
    source="counting",
)
EXACT = Formula(
    words=(
        "Every number of cases in the frame is kept under which a result as high as "
        "this one, and one as low, would not be rarer than half of what the level "
        "leaves."
    ),
    symbols=(
        "X hypergeometric (N, M, n); lower = min{M: 2 P(X >= x) > alpha}, "
        "upper = max{M: 2 P(X <= x) > alpha}, alpha = 1 - level"
    ),
    source=BUONACCORSI,
)
STRATIFIED = Formula(
    words=(
        "Each stratum's share counts by its part of the frame. The interval is that "
        "of a simple sample as informative as this one, the finite frame allowed for."
    ),
    symbols=(
        "p = sum W_h p_h, W_h = N_h / N; "
        "var = sum W_h^2 (1 - n_h/N_h) p_h (1 - p_h) / (n_h - 1); "
        "n_eff = min(p (1 - p) / var * (t(n-1) / t(n-H))^2, n / (1 - f)), f = n / N; "
        "bounds = Clopper and Pearson's for n_eff"
    ),
    source=f"{COCHRAN}, chapter 5; {KORN_GRAUBARD}",
)
ZERO_EVENT = Formula(
    words=(
        "The most cases that samples of these sizes may all have missed, wherever "
        "they are, without that being rarer than half of what the level leaves."
    ),
    symbols=(
        "upper = max{sum M_h: prod C(N_h - M_h, n_h) / C(N_h, n_h) > alpha / 2}; "
        "mirrored where every audited case has the property"
    ),
    source=f"{BUONACCORSI}, with the sample space of several strata",
)
INTERVALS = {
    "census": CENSUS,
    "hypergeometric": EXACT,
    "korn_graubard_capped": STRATIFIED,
    "zero_event_stratified": ZERO_EVENT,
}
"""The formulas of :mod:`case_audit.core.estimates.share`, by method."""

SIZE = Formula(
    words=(
        "The cases that a normal interval needs in an endless frame, made smaller "
        "because the frame is not endless; rounded up."
    ),
    symbols="n0 = z^2 p (1 - p) / d^2; n = n0 / (1 + (n0 - 1) / N)",
    source=f"{COCHRAN}, section 4.4",
)
SIZE_EXACT = Formula(
    words="The fewest cases whose exact interval at the expected share is no wider.",
    symbols="min{n: U(n, np) - L(n, np) <= 2 d N}, the wider of np rounded up and down",
    source=BUONACCORSI,
)
DISCOVERY = Formula(
    words=(
        "One less the chance that every case drawn is one of the others: of all "
        "samples of the size, the part that holds at least one."
    ),
    symbols="P = 1 - C(N - M, n) / C(N, n)",
    source="the hypergeometric distribution, exact in whole numbers",
)

NEWCOMBE = "R. G. Newcombe, Statistics in Medicine 17 (1998)"

DIFFERENCE = Formula(
    words=(
        "Each share has Wilson's interval, the finite frame allowed for; how far its "
        "bounds lie from it says how far the difference may lie from what was seen."
    ),
    symbols=(
        "d = p2 - p1; lower = d - sqrt((p2 - l2)^2 + (u1 - p1)^2), "
        "upper = d + sqrt((u2 - p2)^2 + (p1 - l1)^2); l and u: |p - P| = "
        "z sqrt(P (1 - P) / n (N - n) / (N - 1))"
    ),
    source=f"{NEWCOMBE} 873-890, method 10",
)
DIFFERENCE_STRATA = Formula(
    words=(
        "Each round has the interval that a summary prints; the two are put together "
        "as Newcombe does."
    ),
    symbols=(
        "d = p2 - p1; lower = d - sqrt((p2 - l2)^2 + (u1 - p1)^2), "
        "upper = d + sqrt((u2 - p2)^2 + (p1 - l1)^2)"
    ),
    source="G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008) 1693-1702",
)
DIFFERENCE_PAIRED = Formula(
    words=(
        "As for two samples, less what the two audits of one case have in common. "
        "Frames are taken as endless."
    ),
    symbols=(
        "lower = d - sqrt((p2 - l2)^2 - 2 r (p2 - l2) (u1 - p1) + (u1 - p1)^2), upper "
        "likewise; r is phi, corrected for continuity"
    ),
    source=f"{NEWCOMBE} 2635-2650, method 10",
)
DIFFERENCE_CENSUS = Formula(
    words="Every case of both frames was audited, so the difference is known.",
    symbols="d = x2 / N2 - x1 / N1",
    source="counting",
)
CHANGES = {
    "census": DIFFERENCE_CENSUS,
    "newcombe": DIFFERENCE,
    "combined": DIFFERENCE_STRATA,
    "newcombe_paired": DIFFERENCE_PAIRED,
}
"""The intervals of :mod:`case_audit.core.estimates.change`, by method."""

FISHER = Formula(
    words=(
        "If both rounds were of one practice: of all ways the cases found could have "
        "fallen on the two, the part that is less likely, and half of what is as "
        "likely. It does not allow for the finite frames."
    ),
    symbols="p = P(less likely) + P(as likely) / 2, hypergeometric",
    source="H. O. Lancaster, Journal of the American Statistical Association 56 "
    "(1961) 223-234",
)
STUDENT = Formula(
    words="The difference beside its standard error.",
    symbols="t = d / sqrt(var1 + var2), n1 - H1 + n2 - H2 degrees of freedom",
    source=f"{COCHRAN}, chapter 5",
)
MCNEMAR = Formula(
    words=(
        "If cases were as likely to get better as to get worse: how often those that "
        "changed would divide at least so unevenly."
    ),
    symbols="p = 2 P(X <= min(b, c)), X binomial (b + c, 1/2)",
    source="Q. McNemar, Psychometrika 12 (1947) 153-157, exact",
)
TESTS = {"fisher_mid_p": FISHER, "t": STUDENT, "mcnemar_exact": MCNEMAR}
"""The tests of :mod:`case_audit.core.estimates.change`, by name."""

DISCOVERY_STRATA = Formula(
    words=(
        "As for one sample in each stratum, with the cases put where the samples are "
        "least likely to meet them: wherever they are, the chance is no smaller."
    ),
    symbols="P = 1 - max prod C(N_h - M_h, n_h) / C(N_h, n_h) over sum M_h = M",
    source="the hypergeometric distribution, exact in whole numbers",
)
