"""What those who did not answer could change, and how many answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from survey_app.evaluation.judging.targets import Comparison, ensure_comparison
from survey_app.evaluation.statistics.inputs import Number, ensure_count, ensure_number, read_share
from survey_app.evaluation.statistics.intervals import Interval, cut_interval


class Robustness(StrEnum):
    """Whether the silent could turn the result round."""

    ROBUST_REACHED = "robust_reached"
    ROBUST_MISSED = "robust_missed"
    NOT_ROBUST = "not_robust"
    UNKNOWN = "unknown"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class ResponseRates:
    """The six response rates of AAPOR; None where nobody is in the denominator."""

    rr1: Fraction | None
    rr2: Fraction | None
    rr3: Fraction | None
    rr4: Fraction | None
    rr5: Fraction | None
    rr6: Fraction | None


def manski_bounds(successes: int, n: int, missing: int) -> Interval:
    """Return the shares that remain possible if all missing answers said no, or all said yes.

    Args:
        successes: affirming answers.
        n: answers, may be 0 if somebody is missing.
        missing: persons to whom the item may apply and whose answer is missing.

    Raises:
        TypeError: if a count is no int.
        ValueError: if a count is negative, successes exceed n, or there is nobody at all.

    Source:
        Horowitz, Manski, Ponomareva and Stoye 2003.
    """
    successes, n, missing = _ensure_answers(successes, n, missing)
    whole = n + missing
    if whole == 0:
        raise ValueError("n and missing must not both be 0")
    return Interval(Fraction(successes, whole), Fraction(successes + missing, whole))


def tipping_point(successes: int, n: int, missing: int, target: Number) -> Fraction | None:
    """Return the share of the missing who must agree for the target to be met exactly.

    Returns:
        Below 0 the target holds whatever they think, above 1 it cannot be reached; None if nobody is missing.

    Raises:
        TypeError: if a count is no int.
        ValueError: for impossible counts or a target outside 0…1.
    """
    successes, n, missing = _ensure_answers(successes, n, missing)
    wanted = read_share(target, "target")
    if missing == 0:
        return None
    return (wanted * (n + missing) - successes) / missing


def robustness(bounds: Sequence[Number] | None, target: Number | None, comparison: str = ">=") -> Robustness:
    """Return whether the target is met, or failed, whatever the missing answers are.

    Args:
        bounds: low and high of `manski_bounds`; None if attendance is unknown.
        target: None if there is none, which goes before everything else.
        comparison: ">=" or "<=".

    Raises:
        ValueError: for an unknown comparison, or bounds that are not two limits in order.
    """
    direction = ensure_comparison(comparison)
    if target is None:
        return Robustness.NO_TARGET
    if bounds is None:
        return Robustness.UNKNOWN
    ensure_number(target, "target")
    low, high = _ensure_bounds(bounds)
    if direction is Comparison.AT_MOST:
        low, high, target = -high, -low, -target
    if low >= target:
        return Robustness.ROBUST_REACHED
    return Robustness.NOT_ROBUST if high >= target else Robustness.ROBUST_MISSED


def widen_interval(
    interval: Interval, *, n: int, missing: int | None, bounds: Interval | None, allowance: Number
) -> Interval:
    """Return the interval that allows the silent to agree less, or more, by `allowance`.

    Args:
        interval: low and high of the sampling interval.
        n: answers.
        missing: persons whose answer is missing; None if attendance is unknown.
        bounds: what is still possible; None if attendance is unknown.
        allowance: a share; the silent count by their part of those present, all of it if that is unknown.

    Raises:
        ValueError: if the allowance lies outside 0…1.
    """
    margin = read_share(allowance, "nonresponse_allowance")
    if bounds is None or missing is None:
        return cut_interval(Interval(interval.low - margin, interval.high + margin), Interval(Fraction(0), Fraction(1)))
    margin *= Fraction(missing, n + missing)
    return cut_interval(Interval(interval.low - margin, interval.high + margin), bounds)


def response_rates(
    completed: int,
    partial: int = 0,
    *,
    refused: int = 0,
    non_contact: int = 0,
    other: int = 0,
    unknown_household: int = 0,
    unknown_other: int = 0,
    eligibility: Number = 1,
) -> ResponseRates:
    """Return the six response rates.

    Args:
        completed: last page sent.
        partial: at least one substantive answer.
        refused: declined to answer.
        non_contact: everybody else known to be present.
        other: known persons who could not answer.
        unknown_household: persons of whom nobody knows whether they were present.
        unknown_other: persons present of whom nobody knows whether they could answer.
        eligibility: estimated share of the unknown who could have answered.

    Raises:
        TypeError: if a count is no int.
        ValueError: if a count is negative or the eligibility lies outside 0…1.

    Source:
        AAPOR, Standard Definitions, RR1 to RR6.
    """
    full = ensure_count(completed, "completed")
    answered = full + ensure_count(partial, "partial")
    known = answered + sum(
        ensure_count(value, name)
        for name, value in (("refused", refused), ("non_contact", non_contact), ("other", other))
    )
    unknown = ensure_count(unknown_household, "unknown_household") + ensure_count(unknown_other, "unknown_other")
    likely = known + read_share(eligibility, "eligibility") * unknown
    wholes = (Fraction(known + unknown), likely, Fraction(known))
    rates = [count / whole if whole else None for whole in wholes for count in (full, answered)]
    return ResponseRates(*rates)


def _ensure_answers(successes: int, n: int, missing: int) -> tuple[int, int, int]:
    ensure_count(n, "n")
    ensure_count(missing, "missing")
    if ensure_count(successes, "successes") > n:
        raise ValueError(f"successes ({successes}) must not exceed n ({n})")
    return successes, n, missing


def _ensure_bounds(bounds: Sequence[Number]) -> tuple[Number, Number]:
    if len(bounds) != 2:
        raise ValueError(f"bounds must be two limits, not {len(bounds)}")
    low, high = bounds
    if ensure_number(low, "low") > ensure_number(high, "high"):
        raise ValueError(f"the lower bound ({low}) must not exceed the upper one ({high})")
    return low, high
