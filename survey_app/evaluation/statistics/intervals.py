"""Intervals for a share: Wilson for display, the exact ones as checks.

All sampling intervals are symmetric by construction: the upper limit is one minus the lower limit of the
opposite answer.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt
from typing import NamedTuple

from survey_app.evaluation.statistics.inputs import (
    Limit,
    Number,
    ensure_count,
    ensure_sample,
    read_confidence,
    read_fraction,
    read_population,
)
from survey_app.evaluation.statistics.special import beta_quantile, normal_quantile


class Interval(NamedTuple):
    """Two limits; Fractions where they are exact, else floats."""

    low: Limit
    high: Limit


@dataclass(frozen=True, slots=True)
class HypergeometricInterval:
    """The counts in the population that the sample does not reject, and the same as shares of the population."""

    low_count: int
    high_count: int
    low: Fraction
    high: Fraction


def effective_sample_size(
    n: int, *, population: int | Fraction | None = None, design_effect: Number = 1
) -> Fraction | None:
    """Return n/deff · (N−1)/(N−n): the size of an infinite-population sample that says as much.

    Args:
        n: persons who answered.
        population: persons who could have answered, also fractional; None for an unlimited population.
        design_effect: how many answers one independent answer stands for; any positive number.

    Returns:
        An exact number, or None for a census: nothing is left to chance.

    Raises:
        ValueError: if n is negative, the population smaller than n or the design effect not positive.
    """
    size = ensure_count(n, "n")
    effect = read_fraction(design_effect, "design_effect")
    if effect <= 0:
        raise ValueError(f"design_effect must be positive, not {design_effect}")
    if population is None:
        return size / effect
    whole = read_population(population, size)
    if whole == size:
        return None
    return size / effect * (whole - 1) / (whole - size)


def wilson_interval(
    successes: int,
    n: int,
    *,
    confidence: Number = 0.95,
    population: int | Fraction | None = None,
    design_effect: Number = 1,
) -> Interval:
    """Return Wilson's score interval, for a finite population with the effective sample size.

    Args:
        successes: affirming answers.
        n: answers.
        confidence: strictly between 0 and 1.
        population: persons who could have answered; the interval is then cut to what is still possible.
        design_effect: see `effective_sample_size`.

    Returns:
        Limits in 0…1 that contain successes/n; a census gives the point.

    Raises:
        TypeError: if a count is no int.
        ValueError: for impossible input.

    Source:
        Wilson 1927; Var(p) = π(1−π)/n · (N−n)/(N−1) inverted under the hypothesised π.
    """
    successes, n = ensure_sample(successes, n)
    level = read_confidence(confidence)
    size = effective_sample_size(n, population=population, design_effect=design_effect)
    share = Fraction(successes, n)
    if size is None:
        return Interval(share, share)
    interval = _build_score_interval(share, size, level)
    if population is None:
        return interval
    whole = read_population(population, n)
    return cut_interval(interval, Interval(successes / whole, (successes + whole - n) / whole))


def cut_interval(interval: Interval, bounds: Interval) -> Interval:
    """Return the interval inside the bounds; where a limit is cut it becomes the bound, as exact as that is."""
    low = bounds.low if bounds.low >= interval.low else interval.low
    high = bounds.high if bounds.high <= interval.high else interval.high
    return Interval(low, high)


def clopper_pearson_interval(successes: int, n: int, *, confidence: Number = 0.95) -> Interval:
    """Return Clopper and Pearson's interval: never below its confidence, wide for small n; a check, not for display.

    Raises:
        TypeError: if a count is no int.
        ValueError: for impossible input.

    Source:
        Clopper and Pearson 1934: quantiles of Beta(k, n−k+1) and Beta(k+1, n−k).
    """
    successes, n = ensure_sample(successes, n)
    tail = float((1 - read_confidence(confidence)) / 2)
    low = _find_beta_limit(tail, successes, n - successes + 1)
    return Interval(low, 1 - _find_beta_limit(tail, n - successes, successes + 1))


def jeffreys_interval(successes: int, n: int, *, confidence: Number = 0.95) -> Interval:
    """Return Jeffreys' interval with its ends set to 0 for k = 0 and to 1 for k = n; a check, not for display.

    Raises:
        TypeError: if a count is no int.
        ValueError: for impossible input.

    Source:
        Brown, Cai and DasGupta 2001: quantiles of Beta(k+½, n−k+½).
    """
    successes, n = ensure_sample(successes, n)
    failures = n - successes
    tail = float((1 - read_confidence(confidence)) / 2)
    low = _find_beta_limit(tail, successes + 0.5, failures + 0.5) if successes else Fraction(0)
    high = 1 - _find_beta_limit(tail, failures + 0.5, successes + 0.5) if failures else Fraction(1)
    return Interval(low, high)


def hypergeometric_interval(
    successes: int, n: int, population: int, *, confidence: Number = 0.95
) -> HypergeometricInterval:
    """Return the exact interval for the number M who would agree among `population` persons.

    Args:
        successes: affirming answers.
        n: answers, drawn without replacement.
        population: persons who could have answered, a whole number.
        confidence: strictly between 0 and 1.

    Returns:
        The outermost M that neither one-sided test rejects at (1 − confidence)/2; a test rejects where its
        probability is that level or less.

    Raises:
        TypeError: if a count is no int.
        ValueError: for impossible input.
    """
    successes, n = ensure_sample(successes, n)
    whole = ensure_count(population, "population", minimum=n)
    tail = (1 - read_confidence(confidence)) / 2
    low = _find_lowest_count(successes, n, whole, tail)
    # The upper limit for "yes" is what is left over by the lower limit for "no".
    high = whole - _find_lowest_count(n - successes, n, whole, tail)
    return HypergeometricInterval(low, high, Fraction(low, whole), Fraction(high, whole))


def _build_score_interval(share: Fraction, size: Fraction, level: Fraction) -> Interval:
    z = -normal_quantile(float((1 - level) / 2))
    low = _find_score_limit(share, size, z)
    high = 1 - _find_score_limit(1 - share, size, z)
    # In a nearly complete census the rounding of floats is wider than the interval.
    return Interval(low if low <= share else share, high if high >= share else share)


def _find_score_limit(share: Fraction, size: Fraction, z: float) -> Limit:
    """Lower root of Wilson's quadratic, as the product of both roots over the upper one: nothing cancels."""
    if share == 0:
        return Fraction(0)
    p, n = float(share), float(size)
    spread = z * sqrt(p * float(1 - share) / n + z * z / (4 * n * n))
    return p * p / (p + z * z / (2 * n) + spread)


def _find_beta_limit(tail: float, a: float, b: float) -> Limit:
    return beta_quantile(tail, a, b) if a > 0 else Fraction(0)


def _find_lowest_count(successes: int, n: int, population: int, tail: Fraction) -> int:
    """Smallest M for which `successes` or more of n are not too many; the probability rises with M."""
    low, high = successes, successes + population - n
    while low < high:
        middle = (low + high) // 2
        if _is_plausible(successes, n, population, middle, tail):
            high = middle
        else:
            low = middle + 1
    return low


def _is_plausible(successes: int, n: int, population: int, agreeing: int, tail: Fraction) -> bool:
    """Whether P(X >= successes) exceeds the tail if `agreeing` of the population would say yes."""
    others = population - agreeing
    ways = sum(comb(agreeing, k) * comb(others, n - k) for k in range(successes, min(n, agreeing) + 1))
    return ways * tail.denominator > tail.numerator * comb(population, n)
