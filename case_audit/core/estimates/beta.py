"""The beta and Student's t distribution: just what intervals need."""

from __future__ import annotations

from math import exp, inf, lgamma, log, log1p, pi, sqrt
from sys import float_info

_HALF_LOG_TWO_PI = log(2 * pi) / 2
_TINY = float_info.min
_STIRLING_FROM = 15.0
"""From here five terms of Stirling's series are exact to double precision."""
_CLOSE = 1e-10
"""Newton's steps double the digits: after one as small as this none is needed."""
_FLAT = 1e-15
"""A factor of the continued fraction this close to 1 ends it."""
_TERMS = 10_000


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b).

    Args:
        x: From 0 to 1.
        a: First parameter, more than 0.
        b: Second parameter, more than 0.

    Returns:
        The probability that a beta variable is at most ``x``.

    Raises:
        ValueError: If an argument is out of range.
        ArithmeticError: If ``a`` and ``b`` are both beyond about 10 million.

    Source:
        NIST Digital Library of Mathematical Functions, 8.17.22 (continued
        fraction), evaluated by Lentz's method.
    """
    _check(x, a, b)
    if x in {0, 1}:
        return x
    return _incomplete(x, a, b)[0]


def beta_quantile(q: float, a: float, b: float) -> float:
    """Return the x with I_x(a, b) = q.

    Newton's method for ``log I`` as a function of ``log x``, which is nearly
    straight in the lower tail, kept inside a bracket.

    Args:
        q: Probability from 0 to 1.
        a: First parameter, more than 0.
        b: Second parameter, more than 0.

    Returns:
        The quantile, to about 1e-12 of its value for parameters from 0.1; 0 or
        1 where no double lies between.

    Raises:
        ValueError: If an argument is out of range.
    """
    _check(q, a, b)
    if q in {0, 1}:
        return q
    x = min(_start(q, a, b), 1 - float_info.epsilon)
    if x < _TINY:
        return 0.0
    low, high, step = 0.0, 1.0, inf
    while abs(step) > _CLOSE and low < x < high:
        value, slope = _incomplete(x, a, b)
        if value < q:
            low = x
        else:
            high = x
        step = (log(q) - log(value)) * value / slope if value and slope else -inf
        x *= exp(max(min(step, 50.0), -50.0))
        if abs(step) > _CLOSE and not low < x < high:
            x = (low + high) / 2
    return min(x, 1.0)


def t_quantile(tail: float, df: float) -> float:
    """Return the t that a Student variable exceeds with probability ``tail``.

    Args:
        tail: More than 0, at most a half.
        df: Degrees of freedom, more than 0.

    Returns:
        A number from 0 upwards.

    Raises:
        ValueError: If an argument is out of range.
    """
    if not 0 < tail <= 0.5:  # noqa: PLR2004
        msg = f"not 0 < tail <= 1/2: {tail}"
        raise ValueError(msg)
    x = beta_quantile(2 * tail, df / 2, 0.5)
    if x <= 0.5:  # noqa: PLR2004
        return sqrt(df * (1 - x) / x)
    # 1 - x would lose digits where x is close to 1.
    y = beta_quantile(1 - 2 * tail, 0.5, df / 2)
    return sqrt(df * y / (1 - y))


def _check(probability: float, a: float, b: float) -> None:
    if not (0 <= probability <= 1 and a > 0 and b > 0):
        msg = f"not 0 <= {probability} <= 1, {a} > 0, {b} > 0"
        raise ValueError(msg)


def _start(q: float, a: float, b: float) -> float:
    """Return a first guess of the quantile.

    Normal approximation for large parameters (Abramowitz and Stegun 26.5.22
    and 26.2.23), else the first term of the series at 0.
    """
    leading = (log(q) + log(a) - _log_inverse_beta(a, b)) / a
    if min(a, b) < 1:
        return exp(leading) if leading < log(a / (a + b)) else a / (a + b)
    t = sqrt(-2 * log(min(q, 1 - q)))
    y = t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t))
    if q > 0.5:  # noqa: PLR2004
        y = -y
    p, r = 1 / (2 * a - 1), 1 / (2 * b - 1)
    h = 2 / (p + r)
    c = (y * y - 3) / 6
    w = y * sqrt(h + c) / h - (r - p) * (c + 5 / 6 - 2 / (3 * h)) if h + c > 0 else y
    return a / (a + b * exp(min(2 * w, 600.0)))


def _incomplete(x: float, a: float, b: float) -> tuple[float, float]:
    """Return I_x(a, b) and its derivative by log x, for 0 < x < 1."""
    front = exp(_log_front(x, a, b))
    slope = front / (1 - x)
    if x * (a + b + 2) <= a + 1:
        return front * _fraction(x, a, b) / a, slope
    return 1 - front * _fraction(1 - x, b, a) / b, slope


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of I_x(a, b), by Lentz's method."""
    c = 1.0
    d = 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / (1 + even * d)
        c = 1 + even / c
        value *= c * d
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / (1 + odd * d)
        c = 1 + odd / c
        value *= c * d
        if abs(c * d - 1) < _FLAT:
            return value
    msg = f"no convergence for {a} and {b}"
    raise ArithmeticError(msg)


def _log_front(x: float, a: float, b: float) -> float:
    """Return log(x**a * (1 - x)**b / B(a, b)).

    Written as a deviance, so that large parameters do not cancel each other.
    Source: C. Loader, *Fast and accurate computation of binomial
    probabilities*, 2000.
    """
    size = a + b
    deviance = a * _excess(size * x, a) + b * _excess(size * (1 - x), b)
    return _scale(a, b) - deviance


def _excess(seen: float, expected: float) -> float:
    """Return u - log(1 + u) for ``1 + u = seen / expected``."""
    u = (seen - expected) / expected
    # Close to -1 the sum 1 + u has lost the digits that the ratio still has.
    return u - (log1p(u) if u > -0.5 else log(seen / expected))  # noqa: PLR2004


def _log_inverse_beta(a: float, b: float) -> float:
    """Return -log B(a, b)."""
    return lgamma(a + b) - lgamma(a) - lgamma(b)


def _scale(a: float, b: float) -> float:
    """Return log(a**a * b**b / ((a + b)**(a + b) * B(a, b)))."""
    errors = _stirling_error(a + b) - _stirling_error(a) - _stirling_error(b)
    return errors + log(a / (a + b) * b) / 2 - _HALF_LOG_TWO_PI


def _stirling_error(z: float) -> float:
    """Return log Gamma(z) less Stirling's formula for it."""
    if z < _STIRLING_FROM:
        return lgamma(z) - (z - 0.5) * log(z) + z - _HALF_LOG_TWO_PI
    s = 1 / (z * z)
    return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / z
