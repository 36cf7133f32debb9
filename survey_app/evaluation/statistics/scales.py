"""Items with more than yes and no: scales and multiple choice."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from survey_app.evaluation.statistics.inputs import (
    Limit,
    Number,
    ensure_choice,
    ensure_count,
    ensure_counts,
    read_confidence,
    read_fraction,
    read_population,
)
from survey_app.evaluation.statistics.intervals import Interval, wilson_interval
from survey_app.evaluation.statistics.special import student_t_quantile


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """A share with its counts and its Wilson interval."""

    successes: int
    n: int
    share: Fraction
    low: Limit
    high: Limit


@dataclass(frozen=True, slots=True)
class MeanInterval:
    """A mean with its spread; all but the mean are None for a single answer."""

    mean: Fraction
    variance: Fraction | None
    standard_deviation: float | None
    low: Limit | None
    high: Limit | None


def top_box_share(
    counts: Sequence[int], *, boxes: int = 2, best: str = "last", confidence: Number = 0.95
) -> ShareInterval:
    """Return the share of the best `boxes` options of a scale.

    Args:
        counts: persons per option, in the order of the options.
        boxes: how many options affirm, fixed before the data.
        best: at which end the good options stand, "first" or "last".
        confidence: strictly between 0 and 1.

    Raises:
        TypeError: if a count is no int.
        ValueError: without an answer, with more boxes than options, or for another `best`.
    """
    persons = ensure_counts(counts, "counts")
    ensure_choice(best, "best", ("first", "last"))
    if ensure_count(boxes, "boxes", minimum=1) > len(persons):
        raise ValueError(f"boxes ({boxes}) must not exceed the number of options ({len(persons)})")
    chosen = persons[:boxes] if best == "first" else persons[-boxes:]
    return _build_share(sum(chosen), sum(persons), confidence)


def mean_interval(
    counts: Sequence[int],
    *,
    values: Sequence[Number] | None = None,
    confidence: Number = 0.95,
    population: int | Fraction | None = None,
) -> MeanInterval:
    """Return the mean of coded answers with its t interval.

    Args:
        counts: persons per option.
        values: what each option counts; 1 … m without them.
        confidence: strictly between 0 and 1.
        population: persons who could have answered; the half-width then shrinks by sqrt(1 − n/N).

    Returns:
        Exact mean and variance (denominator n − 1); a single answer has a mean and nothing else.

    Raises:
        TypeError: if a count is no int.
        ValueError: without an answer, for lists of different length, or a population smaller than n.
    """
    persons = ensure_counts(counts, "counts")
    numbers = _read_values(values, len(persons))
    n = ensure_count(sum(persons), "the number of answers", minimum=1)
    level = read_confidence(confidence)
    whole = None if population is None else read_population(population, n)
    mean = sum((k * x for k, x in zip(persons, numbers, strict=True)), Fraction(0)) / n
    if n == 1:
        return MeanInterval(mean, None, None, None, None)
    squares = sum((k * (x - mean) ** 2 for k, x in zip(persons, numbers, strict=True)), Fraction(0))
    variance = squares / (n - 1)
    interval = _build_mean_interval(mean, variance / n, n, level, whole)
    return MeanInterval(mean, variance, sqrt(variance), interval.low, interval.high)


def option_share(
    selections: Iterable[Collection[str] | None], option: str, *, confidence: Number = 0.95
) -> ShareInterval:
    """Return the share of persons who ticked one option of a multiple-choice item.

    Args:
        selections: the codes each person ticked; None or no code means no answer and leaves the base.
        option: the code whose share is wanted. "None of these" is a code like any other.
        confidence: strictly between 0 and 1.

    Raises:
        TypeError: if a selection is a single string instead of a list of codes.
        ValueError: if nobody ticked anything.
    """
    ticked = [_ensure_codes(codes) for codes in selections if codes]
    return _build_share(sum(option in codes for codes in ticked), len(ticked), confidence)


def _build_share(successes: int, n: int, confidence: Number) -> ShareInterval:
    low, high = wilson_interval(successes, n, confidence=confidence)
    return ShareInterval(successes, n, Fraction(successes, n), low, high)


def _build_mean_interval(
    mean: Fraction, error: Fraction, n: int, level: Fraction, population: Fraction | None
) -> Interval:
    """`error` is the variance of the mean; without any the interval is the point."""
    left = 1 if population is None else 1 - n / population
    if error * left == 0:
        return Interval(mean, mean)
    half = student_t_quantile(float((1 + level) / 2), n - 1) * sqrt(error * left)
    return Interval(mean - half, mean + half)


def _read_values(values: Sequence[Number] | None, options: int) -> tuple[Fraction, ...]:
    if values is None:
        return tuple(Fraction(place) for place in range(1, options + 1))
    if len(values) != options:
        raise ValueError(f"values ({len(values)}) must have the length of counts ({options})")
    return tuple(read_fraction(value, "value") for value in values)


def _ensure_codes(codes: Collection[str]) -> Collection[str]:
    if isinstance(codes, str):
        raise TypeError("a selection must be a list of codes, not a single string")
    return codes
