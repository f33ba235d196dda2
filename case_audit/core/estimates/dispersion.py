"""How uncertain a weighted total is, by the design that gave the weights."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from case_audit.core.estimates.weighted import Chance, Weighting

    Residual = tuple[Chance, float, float]
    """How a unit was drawn, its probability with those not audited allowed for,
    and its residual."""


def by_size(residuals: Sequence[Residual]) -> tuple[float, int]:
    """Return the variance under probabilities proportional to size, and its df.

    Hajek's approximation, which holds for designs of a fixed size and high
    entropy, and needs no joint probabilities: in each stratum

        n / (n - 1) * sum (1 - pi_k) * (z_k / pi_k - A)**2
        A = sum (1 - pi_k) * z_k / pi_k / sum (1 - pi_k)

    Units drawn with certainty add nothing and are not counted in n. A stratum with
    one other unit has no spread of its own: there A is 0 and the factor 1.

    Args:
        residuals: The audited units.

    Returns:
        The variance of the total of ``z``, and the degrees of freedom: units that
        were not certain less their strata.

    Source:
        J. Hajek, Asymptotic theory of rejective sampling with varying
        probabilities from a finite population, Annals of Mathematical Statistics
        35 (1964) 1491-1523; the estimator as in the R package samplingVarEst.
    """
    total, df = 0.0, 0
    for members in _by_stratum(residuals):
        chancy = [(pi, z / pi) for _, pi, z in members if pi < 1]
        if not chancy:
            continue
        df += len(chancy) - 1
        if len(chancy) == 1:
            ((pi, expanded),) = chancy
            total += (1 - pi) * expanded**2
            continue
        share = fsum(1 - pi for pi, _ in chancy)
        middle = fsum((1 - pi) * e for pi, e in chancy) / share
        squares = fsum((1 - pi) * (e - middle) ** 2 for pi, e in chancy)
        total += squares * len(chancy) / (len(chancy) - 1)
    return total, df


def two_phases(
    residuals: Sequence[Residual], second: Mapping[str, Fraction]
) -> tuple[float, int]:
    """Return the variance where groups were capped before the draw, and its df.

    The second phase is a simple sample of each stratum's kept units, so with
    ``e = z / pi`` it adds ``(1 - f) * n / (n - 1) * sum (e - mean)**2``. The first
    phase, in which the groups kept ``min(k, N_g)`` units each, adds
    ``sum (1 - a) / a * z**2 / pi`` with ``a = pi / f``: as if its units had been kept
    independently of each other, which errs on the safe side where units of one
    group are alike.

    Args:
        residuals: The audited units.
        second: The part f of the kept units that was drawn, by stratum.

    Returns:
        The variance of the total of ``z``, and the degrees of freedom: units less
        strata.

    Source:
        C.-E. Sarndal, B. Swensson and J. Wretman, *Model Assisted Survey
        Sampling*, Springer 1992, chapter 9 (two phases).
    """
    total, df = 0.0, 0
    for members in _by_stratum(residuals):
        first, audited, _ = members[0]
        drawn = float(second[first.stratum])
        fraction = drawn * audited / float(first.probability)
        df += len(members) - 1
        expanded = [z / pi for _, pi, z in members]
        mean = fsum(expanded) / len(expanded) if len(expanded) > 1 else 0.0
        squares = fsum((e - mean) ** 2 for e in expanded)
        total += (1 - fraction) * squares * len(expanded) / max(len(expanded) - 1, 1)
        for chance, pi, z in members:
            kept = min(float(chance.probability) / drawn, 1.0)
            total += (1 - kept) / kept * z**2 / pi
    return total, df


def between_clusters(
    residuals: Sequence[Residual], weighting: Weighting
) -> tuple[float, int]:
    """Return the variance of a two-stage sample of clusters, and its df.

    With m of M clusters, ``t_i = N_i * mean(z)`` in a cluster and k_i of its N_i
    units audited:

        M**2 * (1 - m / M) / m * var(t) + M / m * sum N_i**2 * (1 - k_i / N_i) * var_i / k_i

    Args:
        residuals: The audited units.
        weighting: Sizes and number of the clusters.

    Returns:
        The variance of the total of ``z``, and the degrees of freedom: clusters
        less one; where all clusters were drawn, units less clusters.

    Source:
        W. G. Cochran, *Sampling Techniques*, 3rd ed., Wiley 1977, section 11.8.
    """
    clusters: dict[str, list[float]] = {}
    for chance, _, z in residuals:
        clusters.setdefault(chance.cluster, []).append(z)
    found, every = len(clusters), weighting.clusters_in_all
    totals, within = [], 0.0
    for name, values in clusters.items():
        size, audited = weighting.cluster_sizes[name], len(values)
        totals.append(size * fsum(values) / audited)
        if audited > 1:
            within += size * (size - audited) * _variance(values) / audited
    if found == every:
        return within, len(residuals) - found
    between = every * (every - found) / found * _variance(totals)
    return between + every / found * within, found - 1


def _variance(values: Sequence[float]) -> float:
    mean = fsum(values) / len(values)
    return fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


def _by_stratum(residuals: Iterable[Residual]) -> list[list[Residual]]:
    strata: dict[str, list[Residual]] = {}
    for one in residuals:
        strata.setdefault(one[0].stratum, []).append(one)
    return list(strata.values())
