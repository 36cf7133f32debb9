"""Special functions the intervals need: incomplete beta, its inverse, quantiles of Student's t and the normal.

Own implementations because the evaluation runs on the standard library alone; accurate to 1e-12 for the sample
sizes of surveys, which the tests check against exact binomial sums and closed forms.
"""

import math
from collections.abc import Callable, Iterator
from itertools import count
from statistics import NormalDist

from survey_app.evaluation.statistics.inputs import ensure_count

_HALF_LOG_TAU = 0.5 * math.log(math.tau)
# 1/(12z) − 1/(360z³) + …: the Stirling series of ln Γ; at z >= 10 the first term left out is below 1e-15.
_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360)
_STIRLING_FROM = 10
_PRECISION = 1e-17
_TINY = 1e-300
_MOST_TERMS = 200_000


def normal_quantile(probability: float) -> float:
    """Return the quantile of the standard normal distribution; ValueError outside (0, 1)."""
    if not 0 < probability < 1:
        raise ValueError(f"probability must lie between 0 and 1, not {probability}")
    return NormalDist().inv_cdf(probability)


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b), the distribution function of Beta(a, b).

    Raises:
        ValueError: if x lies outside 0…1, or a or b is not positive.

    Source:
        NIST Digital Library of Mathematical Functions, 8.17.
    """
    if not 0 <= x <= 1:
        raise ValueError(f"x must lie in 0…1, not {x}")
    _ensure_shapes(a, b)
    return _incomplete_beta(x, 1 - x, a, b)


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Return the x with I_x(a, b) = probability.

    Raises:
        ValueError: if the probability lies outside 0…1, or a or b is not positive.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"probability must lie in 0…1, not {probability}")
    _ensure_shapes(a, b)
    if probability > 0.5:
        # Near 1 the function has no digits left to tell two x apart; its mirror image has.
        return 1 - beta_quantile(1 - probability, b, a)
    return _find_crossing(lambda x: _incomplete_beta(x, 1 - x, a, b) >= probability, 0.0, 1.0)


def student_t_quantile(probability: float, degrees_of_freedom: int) -> float:
    """Return the quantile of Student's t distribution.

    Args:
        probability: 0.5 <= probability < 1; the lower half is the mirror image.
        degrees_of_freedom: at least 1.

    Raises:
        TypeError: if the degrees of freedom are no int.
        ValueError: outside these ranges.
    """
    freedom = ensure_count(degrees_of_freedom, "degrees_of_freedom", minimum=1)
    if not 0.5 <= probability < 1:
        raise ValueError(f"probability must lie in 0.5…1, not {probability}")
    if probability == 0.5:
        return 0.0
    tail = 1 - probability
    high = 1.0
    while _student_t_tail(high, freedom) > tail:
        high *= 2
    return _find_crossing(lambda t: _student_t_tail(t, freedom) <= tail, 0.0, high)


def _student_t_tail(t: float, freedom: int) -> float:
    """P(T > t) for t >= 0."""
    whole = freedom + t * t
    return _incomplete_beta(freedom / whole, t * t / whole, freedom / 2, 0.5) / 2


def _ensure_shapes(a: float, b: float) -> None:
    if not (a > 0 and b > 0):
        raise ValueError(f"a and b must be positive, not {a} and {b}")


def _find_crossing(is_above: Callable[[float], bool], low: float, high: float) -> float:
    """Halve [low, high] until no float is left between: safe where Newton's steps overshoot."""
    while low < (middle := (low + high) / 2) < high:
        if is_above(middle):
            high = middle
        else:
            low = middle
    return high


def _incomplete_beta(x: float, y: float, a: float, b: float) -> float:
    """I_x(a, b) with y = 1 − x given, so that nothing is lost where one of them is tiny."""
    if x <= 0:
        return 0.0
    if y <= 0:
        return 1.0
    if x <= (a + 1) / (a + b + 2):
        return _beta_weight(x, y, a, b) / a * _continued_fraction(_beta_terms(x, a, b))
    return 1 - _beta_weight(y, x, b, a) / b * _continued_fraction(_beta_terms(y, b, a))


def _beta_weight(x: float, y: float, a: float, b: float) -> float:
    """x^a y^b / B(a, b), written around its maximum: large a and b would cancel in ln Γ."""
    whole = a + b
    shift = x * b - y * a
    exponent = a * _log_ratio(shift / a, x * whole / a) + b * _log_ratio(-shift / b, y * whole / b)
    stirling = _stirling_rest(whole) - _stirling_rest(a) - _stirling_rest(b)
    return math.exp(exponent + stirling) * math.sqrt(a * (b / whole) / math.tau)


def _log_ratio(excess: float, ratio: float) -> float:
    """ln(ratio) where ratio = 1 + excess, from whichever of the two has more digits."""
    return math.log1p(excess) if abs(excess) < 0.5 else math.log(ratio)


def _stirling_rest(z: float) -> float:
    """Return ln Γ(z) − ((z − ½) ln z − z + ½ ln 2π)."""
    if z < _STIRLING_FROM:
        return math.lgamma(z) - ((z - 0.5) * math.log(z) - z + _HALF_LOG_TAU)
    return math.fsum(factor / z ** (2 * index + 1) for index, factor in enumerate(_STIRLING))


def _beta_terms(x: float, a: float, b: float) -> Iterator[float]:
    """Partial numerators of DLMF 8.17.22."""
    for m in count():
        if m:
            yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))


def _continued_fraction(terms: Iterator[float]) -> float:
    """1/(1 + t1/(1 + t2/(1 + …))) by Steed's forward summation.

    Raises:
        ArithmeticError: if it has not settled after very many terms.
    """
    value = step = ratio = 1.0
    for _ in range(_MOST_TERMS):
        ratio = 1 / ((1 + next(terms) * ratio) or _TINY)
        step *= ratio - 1
        value += step
        if abs(step) <= _PRECISION * abs(value):
            return value
    raise ArithmeticError("the continued fraction of the incomplete beta function does not converge")
