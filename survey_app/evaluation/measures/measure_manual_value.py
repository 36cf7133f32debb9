"""Judging a figure that was typed in from a document."""

from fractions import Fraction

from survey_app.evaluation.facts.evidence import Evidence
from survey_app.evaluation.goals.indicators import Indicator, ManualValue, PeriodKind
from survey_app.evaluation.judging.verdict import Reason, decide
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.measures.rows import IndicatorResult, Row
from survey_app.evaluation.measures.share_rows import build_empty_row
from survey_app.evaluation.wording.display import format_number, format_percent

PERCENT = "%"


def measure_manual_value(indicator: Indicator, measure: ManualValue, evidence: Evidence) -> IndicatorResult:
    """Return the one row of a typed-in figure; one from after the cut-off is treated as absent."""
    is_yearly = indicator.period in (PeriodKind.CALENDAR_YEAR, PeriodKind.FULL_CALENDAR_YEAR)
    label = str(measure.as_of.year) if is_yearly else measure.as_of.isoformat()
    kind = PeriodKind.CALENDAR_YEAR if is_yearly else indicator.period
    period = Period(kind, label, measure.as_of, measure.as_of)
    if measure.as_of > evidence.calendar.cut_off:
        return IndicatorResult(indicator, (build_empty_row(indicator, period, Reason.UNDOCUMENTED),), 0)
    target = indicator.target_on(measure.as_of)
    limits = (measure.lower, measure.upper)
    row = Row(
        period,
        decide(measure.value, limits, None, target, indicator.comparison),
        target=target,
        comparison=indicator.comparison,
        value=measure.value,
        display=format_manual_value(measure.value, indicator),
        low=measure.lower,
        high=measure.upper,
        low_s=measure.lower,
        high_s=measure.upper,
        source_text=measure.source_text,
    )
    return IndicatorResult(indicator, (row,), 0)


def format_manual_value(value: Fraction, indicator: Indicator) -> str:
    """Return the figure as it is read: a share as a percentage if its unit says so."""
    return format_percent(value) if indicator.unit == PERCENT else format_number(value)
