"""In how many full years a yearly target was reached."""

from collections.abc import Iterable
from dataclasses import replace

from survey_app.evaluation.goals.indicators import Indicator, PeriodKind
from survey_app.evaluation.judging.verdict import Reason, Verdict, sort_reasons
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.measures.rows import Row

_REACHED = (Verdict.REACHED_SECURE, Verdict.REACHED_POINT)
_UNJUDGED = (Verdict.NOT_ASSESSABLE, Verdict.NO_TARGET)


def count_years_reached(rows: Iterable[Row]) -> tuple[int | None, int | None]:
    """Return the full years that have ended and were judged, and those of them in which the target was reached.

    Returns:
        (None, None) if the rows are no years or none of them has a target.
    """
    years = [row for row in rows if row.period.kind is PeriodKind.CALENDAR_YEAR and row.target is not None]
    if not years:
        return None, None
    judged = [row for row in years if _is_over(row.period) and row.verdict not in _UNJUDGED]
    return len(judged), sum(row.verdict in _REACHED for row in judged)


def _is_over(period: Period) -> bool:
    return period.is_full and not period.running


def exempt_partial_year(indicator: Indicator, row: Row) -> Row:
    """Return the row without a verdict if full years are asked for and the network began during this one."""
    if indicator.period is not PeriodKind.FULL_CALENDAR_YEAR or row.period.is_full or row.target is None:
        return row
    reasons = sort_reasons({*row.reasons, Reason.NOT_A_FULL_YEAR})
    return replace(row, verdict=Verdict.NOT_ASSESSABLE, reasons=reasons)
