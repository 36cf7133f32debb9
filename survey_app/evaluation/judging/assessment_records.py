"""Judging what the organisers recorded: counts, mean ratios, "every meeting", full years.

Records are no sample. What is uncertain about them are gaps, so their interval is the worst case of what is
unknown, and what later records of a running period can still change.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from survey_app.evaluation.judging.targets import Comparison, ensure_comparison
from survey_app.evaluation.judging.verdict import Reason, Verdict, decide, sort_reasons
from survey_app.evaluation.statistics.inputs import Number, ensure_choice, ensure_count, read_fraction, read_share
from survey_app.evaluation.statistics.intervals import Interval

_NOTHING, _ALL = Fraction(0), Fraction(1)


class CountState(StrEnum):
    """Whether a count can still grow: its period is over, runs, or has no end."""

    ENDED = "ended"
    RUNNING = "running"
    OPEN_ENDED = "open_ended"


class Averaging(StrEnum):
    """Mean of the ratios of all meetings, or ratio of the sums."""

    UNWEIGHTED = "unweighted"
    POOLED = "pooled"


@dataclass(frozen=True, slots=True)
class RecordAssessment:
    """A figure from records with its limits and verdict.

    Attributes:
        value: None if nothing usable is recorded.
        low: None if there is no value.
        high: None if there is no value, or if a count can still grow without bound.
        verdict: what it means for the target.
        reasons: why, sorted.
        known: records that could be used.
        unknown: records that could not.
    """

    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    verdict: Verdict
    reasons: tuple[Reason, ...]
    known: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class YearCount:
    """The count of one calendar year."""

    year: int
    count: int
    verdict: Verdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class YearCounts:
    """One row per year, and in how many of the full years that have ended the target was reached."""

    years: tuple[YearCount, ...]
    full_years: int
    full_years_reached: int


def assess_count(
    count: int | None, *, target: Number | None = None, comparison: str = ">=", state: str = "ended"
) -> RecordAssessment:
    """Return the verdict on a number of records.

    Args:
        count: None if nobody recorded it, which is not 0.
        target: None if there is none.
        comparison: ">=" or "<=".
        state: "ended"; "running", or "open_ended" for a period without deadline: both can still grow, and what
            was reached, or exceeded, stays so.

    Raises:
        TypeError: if the count is no int.
        ValueError: if it is negative, or for an unknown comparison or state.
    """
    growth = CountState(ensure_choice(state, "state", CountState))
    wanted = None if target is None else read_fraction(target, "target")
    ensure_comparison(comparison)
    reasons = {Reason.PERIOD_RUNNING} if growth is CountState.RUNNING else set()
    if count is None:
        return _build_unassessable(reasons | {Reason.UNDOCUMENTED})
    number = Fraction(ensure_count(count, "count"))
    high = number if growth is CountState.ENDED else None
    verdict = decide(number, (number, high), None, wanted, comparison)
    return RecordAssessment(number, number, high, verdict, sort_reasons(reasons), known=int(number))


def assess_mean_ratio(
    rows: Iterable[Sequence[int | None]],
    *,
    target: Number | None = None,
    comparison: str = ">=",
    averaging: str = "unweighted",
    running: bool = False,
) -> RecordAssessment:
    """Return the mean of ratios, one per record, for example guests who came per guest invited.

    Args:
        rows: (numerator, denominator) per record, None = unknown. A denominator of 0 and a numerator larger than
            its denominator make the row unknown as well.
        target: share to be reached; None if there is none.
        comparison: ">=" or "<=".
        averaging: "unweighted" (mean of the ratios) or "pooled" (ratio of the sums, of which gaps leave nothing
            certain: 0…1).
        running: whether records may still come in.

    Raises:
        TypeError: if a number is no int.
        ValueError: for negative numbers, rows that are no pairs, a target outside 0…1, or an unknown word.
    """
    way = Averaging(ensure_choice(averaging, "averaging", Averaging))
    wanted = None if target is None else read_share(target, "target")
    ensure_comparison(comparison)
    pairs = [_read_row(row) for row in rows]
    known = [(a, b) for a, b in pairs if a is not None and b and a <= b]
    unknown = len(pairs) - len(known)
    reasons = {Reason.PERIOD_RUNNING} if running else set()
    if any(a is not None and b and a > b for a, b in pairs):
        reasons.add(Reason.MORE_ATTENDED_THAN_INVITED)
    if not known:
        return _build_unassessable(reasons | {Reason.NO_USABLE_MEETINGS}, unknown)
    if unknown:
        reasons.add(Reason.INCOMPLETE)
    value, limits = _average(known, unknown, way)
    verdict = decide(value, limits, None, wanted, comparison, running=running)
    return _build_assessment(value, limits, verdict, reasons, known=len(known), unknown=unknown)


def assess_record_share(
    flags: Iterable[bool | None],
    *,
    target: Number | None = _ALL,
    comparison: str = ">=",
    running: bool = False,
) -> RecordAssessment:
    """Return the share of documented records that fulfil a condition; a target of 1 means "every".

    Args:
        flags: True, False, or None for a record that does not say.
        target: share to be reached, 1 unless given; None if there is none.
        comparison: ">=" or "<=".
        running: whether records may still come in. One documented "no" violates "every" for good.

    Raises:
        TypeError: if a flag is neither bool nor None.
        ValueError: for a target outside 0…1 or an unknown comparison.
    """
    wanted = None if target is None else read_share(target, "target")
    direction = ensure_comparison(comparison)
    tally = Counter(_ensure_flag(flag) for flag in flags)
    fulfilled, known, unknown = tally[True], tally[True] + tally[False], tally[None]
    reasons = {Reason.PERIOD_RUNNING} if running else set()
    if unknown:
        reasons.add(Reason.INCOMPLETE)
    if not known:
        return _build_unassessable(reasons | {Reason.UNDOCUMENTED}, unknown)
    value = Fraction(fulfilled, known)
    limits = _spread(Fraction(fulfilled), known, unknown)
    if running:
        limits = _open_limits(limits, wanted, direction)
    # What later records can change is in the limits, so the verdict needs no further caution.
    verdict = decide(value, limits, None, wanted, comparison)
    return _build_assessment(value, limits, verdict, reasons, known=known, unknown=unknown)


def count_full_years(dates: Iterable[date], *, starts_on: date, cut_off: date, target: Number) -> YearCounts:
    """Return how many dates fall into each calendar year, and the verdict on every full year.

    Args:
        dates: one per event; the same day counts once, because several parts on one day are one meeting. Dates
            outside `starts_on` … `cut_off` do not count.
        starts_on: when the network began; its first year is full only if it existed on 1 January.
        cut_off: last day that counts; a year that has not ended by then is running.
        target: events per year, at least.

    Raises:
        ValueError: if the cut-off lies before the start.
    """
    if cut_off < starts_on:
        raise ValueError(f"cut_off ({cut_off}) must not lie before starts_on ({starts_on})")
    per_year = Counter(day.year for day in set(dates) if starts_on <= day <= cut_off)
    years = tuple(
        _assess_year(year, per_year[year], starts_on=starts_on, cut_off=cut_off, target=target)
        for year in range(starts_on.year, cut_off.year + 1)
    )
    full = [year for year in years if not year.reasons]
    return YearCounts(years, len(full), sum(year.verdict is Verdict.REACHED_SECURE for year in full))


def _assess_year(year: int, count: int, *, starts_on: date, cut_off: date, target: Number) -> YearCount:
    state = CountState.ENDED if cut_off >= date(year, 12, 31) else CountState.RUNNING
    assessed = assess_count(count, target=target, state=state)
    if starts_on <= date(year, 1, 1):
        return YearCount(year, count, assessed.verdict, assessed.reasons)
    reasons = sort_reasons({Reason.NOT_A_FULL_YEAR, *assessed.reasons})
    return YearCount(year, count, Verdict.NOT_ASSESSABLE, reasons)


def _read_row(row: Sequence[int | None]) -> tuple[int | None, int | None]:
    if len(row) != 2:
        raise ValueError(f"a row is (numerator, denominator), not {row!r}")
    numerator, denominator = row
    return (
        None if numerator is None else ensure_count(numerator, "numerator"),
        None if denominator is None else ensure_count(denominator, "denominator"),
    )


def _average(known: Sequence[tuple[int, int]], unknown: int, way: Averaging) -> tuple[Fraction, Interval]:
    if way is Averaging.UNWEIGHTED:
        total = sum((Fraction(a, b) for a, b in known), _NOTHING)
        return total / len(known), _spread(total, len(known), unknown)
    value = Fraction(sum(a for a, _ in known), sum(b for _, b in known))
    return value, Interval(_NOTHING, _ALL) if unknown else Interval(value, value)


def _spread(total: Fraction, known: int, unknown: int) -> Interval:
    """Worst case: every unknown record counts 0, or every one counts 1."""
    whole = known + unknown
    return Interval(total / whole, (total + unknown) / whole)


def _open_limits(limits: Interval, target: Fraction | None, direction: Comparison) -> Interval:
    """Later records can move a share anywhere, but they cannot mend a violated "every" or "none"."""
    if direction is Comparison.AT_LEAST:
        return Interval(_NOTHING, limits.high if target == _ALL else _ALL)
    return Interval(limits.low if target == _NOTHING else _NOTHING, _ALL)


def _ensure_flag(flag: object) -> bool | None:
    if flag is not None and not isinstance(flag, bool):
        raise TypeError(f"a flag must be True, False or None, not {flag!r}")
    return flag


def _build_assessment(
    value: Fraction, limits: Interval, verdict: Verdict, reasons: set[Reason], *, known: int, unknown: int
) -> RecordAssessment:
    low, high = Fraction(limits.low), Fraction(limits.high)
    return RecordAssessment(value, low, high, verdict, sort_reasons(reasons), known, unknown)


def _build_unassessable(reasons: set[Reason], unknown: int = 0) -> RecordAssessment:
    return RecordAssessment(None, None, None, Verdict.NOT_ASSESSABLE, sort_reasons(reasons), 0, unknown)
