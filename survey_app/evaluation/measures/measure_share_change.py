"""Measuring by how much a share of answers has changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from survey_app.evaluation.facts.evidence import Evidence
from survey_app.evaluation.goals.indicators import Against, AnswerShare, Indicator, ShareChange
from survey_app.evaluation.judging.verdict import Flag, Reason, Verdict, decide
from survey_app.evaluation.measures.measure_answer_share import measure_answer_share
from survey_app.evaluation.measures.periods import Period, find_headline
from survey_app.evaluation.measures.rows import IndicatorResult, Row, Term
from survey_app.evaluation.measures.share_rows import build_empty_row
from survey_app.evaluation.statistics.comparison import newcombe_difference
from survey_app.evaluation.wording.display import format_points


def measure_share_change(
    indicator: Indicator, measure: ShareChange, of: Indicator, share: AnswerShare, evidence: Evidence
) -> IndicatorResult:
    """Return the difference between a share now and then.

    Args:
        of: the indicator whose share is compared, over the periods of this one.
        share: its measure.
    """
    rows = measure_answer_share(replace(of, period=indicator.period), share, evidence).rows
    changes = []
    for index, row in enumerate(rows):
        before = _find_before(measure.against, row, rows[:index])
        if before is not None:
            changes.append(_build_row(indicator, row, before, evidence))
    if not changes:
        last = rows[find_headline([row.period for row in rows], evidence.calendar)]
        empty = build_empty_row(indicator, last.period, Reason.NO_ANSWERS)
        return IndicatorResult(indicator, (empty,), 0)
    headline = find_headline([row.period for row in changes], evidence.calendar)
    return IndicatorResult(indicator, tuple(changes), headline)


def _find_before(against: Against | date, row: Row, earlier: Sequence[Row]) -> Row | None:
    """Return the row that a row is compared with, None if there is none before it."""
    if not earlier:
        return None
    if against is Against.FIRST_SURVEY:
        return earlier[0]
    if isinstance(against, date):
        return next(
            (found for found in reversed(earlier) if found.period.start and found.period.start <= against), None
        )
    year = row.period.start.year - 1 if row.period.start else None
    return next((found for found in reversed(earlier) if found.period.start and found.period.start.year == year), None)


def _build_row(indicator: Indicator, row: Row, before: Row, evidence: Evidence) -> Row:
    target = indicator.target_on(row.period.start)
    empty = Row(row.period, Verdict.NOT_ASSESSABLE, target=target, comparison=indicator.comparison)
    reasons = tuple(sorted({*row.reasons, *before.reasons}))
    if Flag.VERSION_CHANGED in row.flags and Flag.VERSION_CHANGED not in before.flags:
        # Another wording is another series; a difference across it would be one of words.
        return replace(empty, reasons=reasons or (Reason.NO_ANSWERS,), flags=(Flag.VERSION_CHANGED,))
    if row.numerator is None or not row.base or before.numerator is None or not before.base:
        # A share in words has no reasons, but no number to subtract either.
        return replace(empty, reasons=reasons or (Reason.BELOW_DISCLOSURE_THRESHOLD,))
    found = newcombe_difference(
        row.numerator, row.base, before.numerator, before.base, confidence=evidence.parameters.confidence
    )
    is_known = row.missing is not None and before.missing is not None
    verdict = decide(
        found.difference, (found.low, found.high), None, target, indicator.comparison,
        attendance_known=is_known, running=row.period.running,
    )  # fmt: skip
    if Reason.SMALL_BASE in reasons and target is not None:
        verdict = Verdict.NOT_ASSESSABLE
    return replace(
        empty,
        verdict=verdict,
        value=found.difference,
        display=format_points(found.difference, signed=True),
        low=found.low,
        high=found.high,
        low_s=found.low,
        high_s=found.high,
        reasons=reasons,
        terms=tuple(Term(_name(one.period), Fraction(one.numerator or 0), one.base or 0) for one in (row, before)),
    )


def _name(period: Period) -> str:
    return period.label or (period.end.isoformat() if period.end else "")
