"""Measuring how many records, or different values in them, a period holds."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from survey_app.domain.conditions import Condition, Operator, matches
from survey_app.evaluation.facts.evidence import Evidence
from survey_app.evaluation.goals.indicators import Conditions, Indicator, PeriodKind, RecordCount
from survey_app.evaluation.goals.sources import FIRST_DATES, Record, Source
from survey_app.evaluation.judging.assessment_records import CountState, assess_count
from survey_app.evaluation.judging.full_years import count_years_reached, exempt_partial_year
from survey_app.evaluation.judging.verdict import Reason
from survey_app.evaluation.measures.periods import Period, find_headline, list_periods
from survey_app.evaluation.measures.rows import IndicatorResult, Row, Stage
from survey_app.evaluation.measures.share_rows import build_empty_row


def measure_record_count(indicator: Indicator, measure: RecordCount, evidence: Evidence) -> IndicatorResult:
    """Return a row for every period; a year without a record is a row with 0."""
    periods = list_periods(indicator, evidence.calendar) or (evidence.calendar.headline_year(),)
    headline = find_headline(periods, evidence.calendar)
    if evidence.records[measure.source] is None:
        row = build_empty_row(indicator, periods[headline], Reason.UNDOCUMENTED)
        return IndicatorResult(indicator, (row,), 0)
    rows = tuple(exempt_partial_year(indicator, _build_row(indicator, measure, evidence, period)) for period in periods)
    full, reached = count_years_reached(rows)
    return IndicatorResult(indicator, rows, headline, full_years=full, full_years_reached=reached)


def _build_row(indicator: Indicator, measure: RecordCount, evidence: Evidence, period: Period) -> Row:
    records = _list_dated(indicator, measure, evidence, period)
    count = _count(measure, measure.where, records)
    target = indicator.target_on(period.start)
    assessed = assess_count(count, target=target, comparison=indicator.comparison, state=_find_state(indicator, period))
    shows_stages = period.kind is PeriodKind.SINCE_START
    return Row(
        period,
        assessed.verdict,
        target=target,
        comparison=indicator.comparison,
        value=Fraction(count),
        display=str(count),
        numerator=count,
        low=assessed.low,
        high=assessed.high,
        low_s=assessed.low,
        high_s=assessed.high,
        reasons=assessed.reasons,
        stages=tuple(_build_stage(measure, one, records) for one in measure.where) if shows_stages else None,
    )


def _find_state(indicator: Indicator, period: Period) -> CountState:
    if period.running:
        return CountState.RUNNING
    is_open = period.kind is PeriodKind.SINCE_START and indicator.deadline is None
    return CountState.OPEN_ENDED if is_open else CountState.ENDED


def _list_dated(indicator: Indicator, measure: RecordCount, evidence: Evidence, period: Period) -> list[Record]:
    """Return the records dated in the period, as they stood at its end where that is a deadline."""
    day = evidence.calendar.cut_off
    is_since_start = period.kind is PeriodKind.SINCE_START
    if is_since_start and period.end is not None:
        day = period.end
    date_field = measure.dated_by or FIRST_DATES[measure.source]
    # Partners are won for the founding itself, so before the network starts; only a start of the indicator's own
    # leaves the earlier ones out.
    has_prelude = is_since_start and measure.source is Source.PARTNERS and indicator.starts_on is None
    earliest = date.min if has_prelude else _find_earliest(period, evidence)
    found = []
    for record in evidence.records_on(measure.source, day) or ():
        dated = record[date_field]
        if isinstance(dated, date) and period.end is not None and earliest <= dated <= period.end:
            found.append(record)
    return found


def _find_earliest(period: Period, evidence: Evidence) -> date:
    """Return the first day that counts: nothing happened at the network before it began."""
    start = period.start or date.min
    return max(start, evidence.calendar.starts_on) if period.kind is PeriodKind.CALENDAR_YEAR else start


def _count(measure: RecordCount, where: Conditions, records: Sequence[Record]) -> int:
    matching = [record for record in records if matches(where, record)]
    if measure.distinct_by is not None:
        return len(_collect(record[measure.distinct_by] for record in matching))
    if measure.source is Source.MEETINGS:
        # Several parts on one day are one meeting.
        return len({(record["date"], record["format"]) for record in matching})
    return len(matching)


def _collect(values: object) -> set[object]:
    """Return the different values that are known; those inside a list count one by one."""
    collected: set[object] = set()
    for value in values:  # type: ignore[attr-defined]
        if isinstance(value, list | tuple):
            collected.update(value)
        elif value is not None and value != "":
            collected.add(value)
    return collected


def _build_stage(measure: RecordCount, condition: Condition, records: Sequence[Record]) -> Stage:
    return Stage(_write_condition(condition), _count(measure, (condition,), records))


def _write_condition(condition: Condition) -> tuple[object, ...]:
    value = condition.value
    if condition.operator is Operator.ANY:
        value = tuple(_write_condition(inner) for inner in value)  # type: ignore[attr-defined]
    return (condition.field, str(condition.operator), value)
