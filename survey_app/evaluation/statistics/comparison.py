"""Comparing surveys: two of them, a row of them, several tests at once, several ways of pooling."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import copysign, erfc, sqrt

from survey_app.evaluation.statistics.inputs import (
    Limit,
    Number,
    ensure_count,
    ensure_sample,
    read_fraction,
    read_share,
)
from survey_app.evaluation.statistics.intervals import wilson_interval

_FEWEST_SURVEYS_FOR_A_TREND = 3


class Change(StrEnum):
    """How the first share lies to the second."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"


class Trend(StrEnum):
    """Where a row of surveys points."""

    RISING = "rising"
    FALLING = "falling"
    NO_CLEAR_TREND = "no_clear_trend"


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """First share minus second with its interval."""

    difference: Fraction
    low: Limit
    high: Limit
    label: Change


@dataclass(frozen=True, slots=True)
class TrendTest:
    """A test for trend: chi-square and slope are exact, None where they are undefined."""

    chi2: Fraction | None
    z: float | None
    p_value: float | None
    slope: Fraction | None
    label: Trend


@dataclass(frozen=True, slots=True)
class PooledShares:
    """Three ways of making one share of several meetings; `by_attendance` is None if attendance is not known."""

    pooled: Fraction
    by_attendance: Fraction | None
    mean_of_meetings: Fraction


def newcombe_difference(
    successes_1: int, n_1: int, successes_2: int, n_2: int, *, confidence: Number = 0.95
) -> ShareDifference:
    """Return the difference of two independent shares with Newcombe's hybrid score interval.

    Returns:
        `higher` or `lower` only if the interval excludes 0.

    Raises:
        TypeError: if a count is no int.
        ValueError: for impossible input.

    Source:
        Newcombe 1998b, method 10.
    """
    ensure_sample(successes_1, n_1)
    ensure_sample(successes_2, n_2)
    share_1, share_2 = Fraction(successes_1, n_1), Fraction(successes_2, n_2)
    low_1, high_1 = wilson_interval(successes_1, n_1, confidence=confidence)
    low_2, high_2 = wilson_interval(successes_2, n_2, confidence=confidence)
    difference = share_1 - share_2
    low = difference - sqrt((share_1 - low_1) ** 2 + (high_2 - share_2) ** 2)
    high = difference + sqrt((high_1 - share_1) ** 2 + (share_2 - low_2) ** 2)
    return ShareDifference(difference, low, high, _name_change(low, high))


def cochran_armitage(
    successes: Sequence[int], n: Sequence[int], scores: Sequence[Number], *, alpha: Number = 0.05
) -> TrendTest:
    """Return the test for a linear trend in shares.

    Args:
        successes: affirming answers per survey.
        n: answers per survey, each at least 1.
        scores: where each survey lies, for example days since the first one.
        alpha: level below which three or more surveys are called rising or falling.

    Returns:
        Slope in share per unit of score. If all affirm or none, chi-square, z and p are None; if all scores are
        equal, the slope is None as well.

    Raises:
        TypeError: if a count is no int.
        ValueError: for lists of different length, no survey, or impossible counts.

    Source:
        Cochran 1954, Armitage 1955.
    """
    level = read_share(alpha, "alpha")
    if not len(successes) == len(n) == len(scores) or not n:
        raise ValueError("successes, n and scores must have the same length, at least 1")
    samples = [ensure_sample(count, size) for count, size in zip(successes, n, strict=True)]
    weights = [size for _, size in samples]
    places = [read_fraction(score, "score") for score in scores]
    centre = sum((w * x for w, x in zip(weights, places, strict=True)), Fraction(0)) / sum(weights)
    offsets = [place - centre for place in places]
    moment = sum((k * x for (k, _), x in zip(samples, offsets, strict=True)), Fraction(0))
    spread = sum((w * x * x for w, x in zip(weights, offsets, strict=True)), Fraction(0))
    share = Fraction(sum(k for k, _ in samples), sum(weights))
    return _build_trend(moment, spread, share, level=level, surveys=len(samples))


def holm_adjust(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Holm's adjusted p-values in the given order, at most 1.

    Raises:
        TypeError: if a p-value is no number.
        ValueError: if one lies outside 0…1.
    """
    for p_value in p_values:
        read_share(p_value, "p_value")
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    adjusted = [0.0] * len(p_values)
    largest = 0.0
    for rank, index in enumerate(order):
        largest = max(largest, min(1.0, (len(p_values) - rank) * float(p_values[index])))
        adjusted[index] = largest
    return tuple(adjusted)


def pooled_shares(meetings: Sequence[tuple[int, int, int | None]]) -> PooledShares:
    """Return the share over several meetings in three ways.

    Args:
        meetings: (successes, n, attended) per meeting, each with an answer.

    Returns:
        `by_attendance` weights every meeting by the persons present; it is None if one attendance is unknown, or
        smaller than the number of answers and therefore not to be believed.

    Raises:
        TypeError: if a count is no int.
        ValueError: without a meeting, or for impossible counts.
    """
    if not meetings:
        raise ValueError("meetings must not be empty")
    samples = [ensure_sample(successes, n) for successes, n, _ in meetings]
    shares = [Fraction(successes, n) for successes, n in samples]
    pooled = Fraction(sum(successes for successes, _ in samples), sum(n for _, n in samples))
    attendance = [attended for _, _, attended in meetings]
    mean = sum(shares, Fraction(0)) / len(shares)
    return PooledShares(pooled, _weigh_by_attendance(shares, [n for _, n in samples], attendance), mean)


def _name_change(low: Limit, high: Limit) -> Change:
    if low > 0:
        return Change.HIGHER
    return Change.LOWER if high < 0 else Change.NO_CLEAR_DIFFERENCE


def _build_trend(moment: Fraction, spread: Fraction, share: Fraction, *, level: Fraction, surveys: int) -> TrendTest:
    slope = moment / spread if spread else None
    variance = share * (1 - share) * spread
    if variance == 0:
        return TrendTest(None, None, None, slope, Trend.NO_CLEAR_TREND)
    chi2 = moment * moment / variance
    z = copysign(sqrt(chi2), moment)
    p_value = erfc(sqrt(chi2 / 2))
    if p_value >= level or surveys < _FEWEST_SURVEYS_FOR_A_TREND:
        return TrendTest(chi2, z, p_value, slope, Trend.NO_CLEAR_TREND)
    return TrendTest(chi2, z, p_value, slope, Trend.RISING if moment > 0 else Trend.FALLING)


def _weigh_by_attendance(
    shares: Sequence[Fraction], sizes: Sequence[int], attendance: Sequence[int | None]
) -> Fraction | None:
    weights = [None if attended is None else ensure_count(attended, "attended") for attended in attendance]
    known = [weight for weight, size in zip(weights, sizes, strict=True) if weight is not None and weight >= size]
    if len(known) < len(shares):
        return None
    return sum((weight * share for weight, share in zip(known, shares, strict=True)), Fraction(0)) / sum(known)
