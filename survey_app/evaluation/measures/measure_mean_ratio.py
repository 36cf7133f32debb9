"""Measuring the mean of a ratio over records, such as guests who came per guest invited."""

from dataclasses import replace
from fractions import Fraction

from survey_app.evaluation.facts.evidence import Evidence
from survey_app.evaluation.facts.record_selection import Candidate, list_record_periods, select_records
from survey_app.evaluation.goals.indicators import Indicator, MeanRatio
from survey_app.evaluation.judging.assessment_records import Averaging, assess_mean_ratio
from survey_app.evaluation.judging.full_years import count_years_reached, exempt_partial_year
from survey_app.evaluation.judging.targets import is_reached
from survey_app.evaluation.judging.verdict import Flag, Reason, sort_reasons
from survey_app.evaluation.measures.periods import Period, find_headline, list_periods
from survey_app.evaluation.measures.rows import IndicatorResult, Row, Term
from survey_app.evaluation.measures.share_rows import build_empty_row
from survey_app.evaluation.wording.display import format_percent

_Ratio = tuple[int | None, int | None]
# Whoever came without an invitation is in the total only, so the total does not tell how many invited ones came.
_TOTALS = {"attended_invited": "attended_total"}


def measure_mean_ratio(indicator: Indicator, measure: MeanRatio, evidence: Evidence) -> IndicatorResult:
    """Return a row for every period with a record, the one that speaks for the indicator, and one since the start."""
    calendar = evidence.calendar
    periods = list_periods(indicator, calendar) or (calendar.headline_year(),)
    headline = periods[find_headline(periods, calendar)]
    records = evidence.records[measure.source]
    if records is None:
        return IndicatorResult(indicator, (build_empty_row(indicator, headline, Reason.UNDOCUMENTED),), 0)
    candidates = select_records(records, measure.source, measure.universe, dated_by=measure.dated_by)
    listed = list_record_periods(periods, candidates, headline)
    rows = tuple(exempt_partial_year(indicator, _build_row(indicator, measure, candidates, p)) for p in listed)
    full, reached = count_years_reached(rows)
    return IndicatorResult(
        indicator,
        rows,
        listed.index(headline),
        overall=_build_row(indicator, measure, candidates, calendar.since_start(indicator.starts_on)),
        full_years=full,
        full_years_reached=reached,
    )


def _build_row(indicator: Indicator, measure: MeanRatio, candidates: list[Candidate], period: Period) -> Row:
    inside = [candidate for candidate in candidates if period.contains(candidate.day)]
    ratios = [_read_ratio(found, measure) for found in inside]
    target = indicator.target_on(period.start)
    ways = {
        way: assess_mean_ratio(
            ratios, target=target, comparison=indicator.comparison, averaging=way, running=period.running
        )
        for way in Averaging
    }
    own = ways[measure.averaging]
    has_value = own.value is not None
    row = Row(
        period,
        own.verdict,
        target=target,
        comparison=indicator.comparison,
        value=own.value,
        display=None
        if own.value is None
        else format_percent(own.value, target=target, comparison=indicator.comparison),
        base=own.known if has_value else None,
        base_parts={"known": own.known, "unknown": own.unknown, "pooled": ways[Averaging.POOLED].value}
        if ratios
        else None,
        low=own.low,
        high=own.high,
        low_s=own.low,
        high_s=own.high,
        reasons=own.reasons,
        named={"unknown": tuple(f.name for f, ratio in zip(inside, ratios, strict=True) if not _is_usable(ratio))},
        terms=tuple(_build_term(f, ratio) for f, ratio in zip(inside, ratios, strict=True) if _is_usable(ratio)),
    )
    if has_value:
        return replace(row, flags=_list_flags(row, [way.value for way in ways.values()]))
    return _explain_gap(row, measure, inside, ratios)


def _list_flags(row: Row, values: list[Fraction | None]) -> tuple[Flag, ...]:
    """Warn if the mean of the ratios and the ratio of the sums lie on different sides of the target."""
    if row.target is None:
        return ()
    sides = {is_reached(value, row.target, row.comparison) for value in values if value is not None}
    return (Flag.AVERAGING_SENSITIVE,) if len(sides) > 1 else ()


def _explain_gap(row: Row, measure: MeanRatio, inside: list[Candidate], ratios: list[_Ratio]) -> Row:
    """Say so if it is only the total that was recorded."""
    if not _has_totals_only(measure, inside, ratios):
        return row
    reasons = {*row.reasons, Reason.ONLY_TOTAL_RECORDED} - {Reason.NO_USABLE_MEETINGS}
    return replace(row, reasons=sort_reasons(reasons))


def _has_totals_only(measure: MeanRatio, inside: list[Candidate], ratios: list[_Ratio]) -> bool:
    total = _TOTALS.get(measure.numerator)
    return total is not None and any(
        numerator is None and denominator and found.record[total] is not None
        for found, (numerator, denominator) in zip(inside, ratios, strict=True)
    )


def _read_ratio(found: Candidate, measure: MeanRatio) -> _Ratio:
    if not found.certain:
        return None, None
    numerator, denominator = found.record[measure.numerator], found.record[measure.denominator]
    return (
        numerator if isinstance(numerator, int) else None,
        denominator if isinstance(denominator, int) else None,
    )


def _build_term(found: Candidate, ratio: _Ratio) -> Term:
    numerator, denominator = ratio
    return Term(found.name, Fraction(numerator or 0), denominator or 0)


def _is_usable(ratio: _Ratio) -> bool:
    numerator, denominator = ratio
    return numerator is not None and bool(denominator) and Fraction(numerator, denominator or 1) <= 1
