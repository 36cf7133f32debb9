"""Judging figures that stand in documents: the one that the goal system quotes, and those entered since."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from survey_app.domain.book import Quotation
from survey_app.evaluation.facts.evidence import Evidence
from survey_app.evaluation.goals.indicators import Indicator, ManualValue, PeriodKind
from survey_app.evaluation.judging.verdict import Reason, Verdict, decide, sort_reasons
from survey_app.evaluation.measures.periods import Period, find_headline
from survey_app.evaluation.measures.rows import IndicatorResult, Row
from survey_app.evaluation.measures.share_rows import build_empty_row
from survey_app.evaluation.statistics.inputs import Limit
from survey_app.evaluation.statistics.intervals import wilson_interval
from survey_app.evaluation.wording.display import format_number, format_percent

PERCENT = "%"
_HALF = Fraction(1, 2)


def measure_manual_value(indicator: Indicator, measure: ManualValue, evidence: Evidence) -> IndicatorResult:
    """Return a row for every figure up to the cut-off; without any, one that says so."""
    own = _build_own_row(indicator, measure)
    quoted = {found.as_of: found for found in evidence.book.quotations if found.indicator == indicator.id}
    rows = {} if measure.as_of in quoted else {measure.as_of: own}
    rows |= {day: _build_quoted_row(indicator, found, evidence) for day, found in quoted.items()}
    past = sorted((day, row) for day, row in _keep_latest(indicator, rows) if day <= evidence.calendar.cut_off)
    if not past:
        return IndicatorResult(indicator, (build_empty_row(indicator, own.period, Reason.UNDOCUMENTED),), 0)
    listed = tuple(row for _day, row in past)
    return IndicatorResult(indicator, listed, find_headline([row.period for row in listed], evidence.calendar))


def is_share(indicator: Indicator) -> bool:
    """Tell whether the figures of the indicator are shares, written as percentages."""
    return indicator.unit == PERCENT


def format_manual_value(value: Fraction, indicator: Indicator, *, target: Fraction | None = None) -> str:
    """Return the figure as it is read: a share as a percentage if its unit says so, never rounded across a target."""
    if not is_share(indicator) or not 0 <= value <= 1:
        return format_percent(value) if is_share(indicator) else format_number(value)
    known = target if target is not None and 0 <= target <= 1 else None
    return format_percent(value, target=known, comparison=indicator.comparison)


def _keep_latest(indicator: Indicator, rows: dict[date, Row]) -> Iterable[tuple[date, Row]]:
    """Of several figures of one year a yearly indicator has the last."""
    if not _is_yearly(indicator):
        return rows.items()
    return {day.year: (day, rows[day]) for day in sorted(rows)}.values()


def _is_yearly(indicator: Indicator) -> bool:
    return indicator.period in (PeriodKind.CALENDAR_YEAR, PeriodKind.FULL_CALENDAR_YEAR)


def _build_period(indicator: Indicator, day: date) -> Period:
    if _is_yearly(indicator):
        return Period(PeriodKind.CALENDAR_YEAR, str(day.year), day, day)
    return Period(indicator.period, day.isoformat(), day, day)


def _build_own_row(indicator: Indicator, measure: ManualValue) -> Row:
    limits = (measure.lower, measure.upper)
    return _build_row(indicator, measure.as_of, measure.value, limits, measure.source_text, is_certain=True)


def _build_quoted_row(indicator: Indicator, found: Quotation, evidence: Evidence) -> Row:
    """Return the row of a figure that somebody entered.

    Without the number of respondents its precision is unknown: at best reached, never missed. With it there is an
    interval; that nobody knows how many stayed silent keeps it from being secure.
    """
    n, parameters = found.respondents, evidence.parameters
    if n is None or not is_share(indicator):
        exactly = found.value if found.exact else None
        limits = (exactly, exactly)
        return _build_row(indicator, found.as_of, found.value, limits, found.source_text, is_certain=found.exact)
    low, high = wilson_interval(int(found.value * n + _HALF), n, confidence=parameters.confidence)
    # The document rounds: its value may lie outside of the interval of the whole number of people by a hair.
    around = (min(low, found.value), max(high, found.value))
    row = _build_row(indicator, found.as_of, found.value, around, found.source_text, is_certain=False)
    row = replace(row, base=n, reasons=(Reason.ATTENDANCE_UNKNOWN,))
    if n < evidence.minimum(sensitive=False):
        empty = build_empty_row(indicator, row.period, Reason.BELOW_DISCLOSURE_THRESHOLD)
        return replace(empty, source_text=found.source_text)
    if n < parameters.min_base and row.target is not None:
        reasons = sort_reasons({*row.reasons, Reason.SMALL_BASE})
        return replace(row, verdict=Verdict.NOT_ASSESSABLE, reasons=reasons)
    return row


def _build_row(
    indicator: Indicator,
    day: date,
    value: Fraction,
    limits: tuple[Limit | None, Limit | None],
    source_text: str,
    *,
    is_certain: bool,
) -> Row:
    target = indicator.target_on(day)
    verdict = decide(value, limits, None, target, indicator.comparison, attendance_known=is_certain)
    return Row(
        _build_period(indicator, day),
        verdict,
        target=target,
        comparison=indicator.comparison,
        value=value,
        display=format_manual_value(value, indicator, target=target),
        low=limits[0],
        high=limits[1],
        low_s=limits[0],
        high_s=limits[1],
        source_text=source_text,
    )
