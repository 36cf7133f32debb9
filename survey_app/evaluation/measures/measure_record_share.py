"""Measuring which share of the documented records fulfils a condition; a target of 1 means "every"."""

from survey_app.domain.conditions import matches
from survey_app.evaluation.facts.evidence import Evidence
from survey_app.evaluation.facts.record_selection import Candidate, list_record_periods, select_records
from survey_app.evaluation.goals.indicators import Indicator, RecordShare
from survey_app.evaluation.judging.assessment_records import assess_record_share
from survey_app.evaluation.judging.full_years import count_years_reached, exempt_partial_year
from survey_app.evaluation.judging.verdict import Reason
from survey_app.evaluation.measures.periods import Period, find_headline, list_periods
from survey_app.evaluation.measures.rows import IndicatorResult, Row
from survey_app.evaluation.measures.share_rows import build_empty_row
from survey_app.evaluation.wording.display import describe_share


def measure_record_share(indicator: Indicator, measure: RecordShare, evidence: Evidence) -> IndicatorResult:
    """Return a row for every period with a record, and for the one that speaks for the indicator."""
    periods = list_periods(indicator, evidence.calendar) or (evidence.calendar.headline_year(),)
    headline = periods[find_headline(periods, evidence.calendar)]
    records = evidence.records[measure.source]
    if records is None:
        return IndicatorResult(indicator, (build_empty_row(indicator, headline, Reason.UNDOCUMENTED),), 0)
    candidates = select_records(
        records,
        measure.source,
        measure.universe,
        dated_by=measure.dated_by,
        from_number=measure.from_meeting,
    )
    listed = list_record_periods(periods, candidates, headline)
    rows = tuple(exempt_partial_year(indicator, _build_row(indicator, measure, candidates, p)) for p in listed)
    full, reached = count_years_reached(rows)
    return IndicatorResult(indicator, rows, listed.index(headline), full_years=full, full_years_reached=reached)


def _build_row(indicator: Indicator, measure: RecordShare, candidates: list[Candidate], period: Period) -> Row:
    inside = [candidate for candidate in candidates if period.contains(candidate.day)]
    flags = [matches(measure.where, found.record) if found.certain else None for found in inside]
    target = indicator.target_on(period.start)
    assessed = assess_record_share(flags, target=target, comparison=indicator.comparison, running=period.running)
    fulfilled, known = flags.count(True), len(flags) - flags.count(None)
    has_value = assessed.value is not None
    return Row(
        period,
        assessed.verdict,
        target=target,
        comparison=indicator.comparison,
        value=assessed.value,
        display=describe_share(fulfilled, known, target=target, comparison=indicator.comparison) if has_value else None,
        numerator=fulfilled if has_value else None,
        base=known if has_value else None,
        base_parts={"true": fulfilled, "false": known - fulfilled, "unknown": len(flags) - known} if flags else None,
        low=assessed.low,
        high=assessed.high,
        low_s=assessed.low,
        high_s=assessed.high,
        reasons=assessed.reasons,
        named={
            "failed": tuple(found.name for found, flag in zip(inside, flags, strict=True) if flag is False),
            "unknown": tuple(found.name for found, flag in zip(inside, flags, strict=True) if flag is None),
        },
    )
