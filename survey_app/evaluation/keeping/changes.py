"""What a new report says differently from an earlier one."""

from dataclasses import dataclass

from survey_app.evaluation.goals.indicators import Indicator
from survey_app.evaluation.measures.rows import IndicatorResult, Row, SurveyLine
from survey_app.evaluation.report import Report


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """The headline of an indicator before and now; None where it did not, or does not, belong to the report."""

    indicator: Indicator
    before: Row | None
    now: Row | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different.

    Attributes:
        indicators: those whose headline differs, in the order of the new report, dropped ones at the end.
        surveys: those that the earlier report did not have.
    """

    indicators: tuple[IndicatorChange, ...]
    surveys: tuple[SurveyLine, ...]


def compare_reports(before: Report | None, now: Report) -> Changes:
    """Return what the new report says differently; of a first report everything."""
    old = {result.indicator.id: result for result in before.indicators} if before else {}
    known = {line.id for line in before.surveys} if before else set()
    changes = [_compare(result, old.pop(result.indicator.id, None)) for result in now.indicators]
    dropped = [IndicatorChange(result.indicator, result.headline_row, None) for result in old.values()]
    return Changes(
        (*(change for change in changes if _differs(change)), *dropped),
        tuple(line for line in now.surveys if line.id not in known),
    )


def _compare(now: IndicatorResult, before: IndicatorResult | None) -> IndicatorChange:
    return IndicatorChange(now.indicator, None if before is None else before.headline_row, now.headline_row)


def _differs(change: IndicatorChange) -> bool:
    return change.before is None or change.now is None or _says(change.before) != _says(change.now)


def _says(row: Row) -> tuple[object, ...]:
    period = row.period
    return row.value, row.numerator, row.base, row.verdict, row.target, row.reasons, period.start, period.end
