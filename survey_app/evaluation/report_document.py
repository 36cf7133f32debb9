"""A report as a document of the format report/1: floats of 12 significant digits, fractions "a/b", dates as text."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from survey_app.evaluation.goals.indicators import Kind
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.measures.rows import (
    Breakdown,
    Group,
    IndicatorResult,
    OtherBase,
    Response,
    Row,
    SurveyLine,
    TrendLine,
)
from survey_app.evaluation.statistics.inputs import Limit

if TYPE_CHECKING:
    from survey_app.evaluation.report import Report

SCHEMA = "report/1"
_DIGITS = 12
Document = dict[str, object]


def write_document(report: "Report") -> Document:
    """Return a report as plain values; equal reports give equal documents."""
    goal_system = report.goal_system
    parameters = goal_system.parameters
    return {
        "schema": SCHEMA,
        "goals": {"id": goal_system.id, "version": goal_system.version, "title": goal_system.title},
        "cut_off": write_date(report.cut_off),
        "starts_on": write_date(report.starts_on),
        "reporting_year": report.reporting_year,
        "tier": str(report.tier),
        "parameters": {
            "confidence": parameters.confidence,
            "min_base": parameters.min_base,
            "min_group": parameters.min_group,
            "min_group_public": parameters.min_group_public,
            "min_group_sensitive": parameters.min_group_sensitive,
            "nonresponse_allowance": write_fraction(parameters.nonresponse_allowance),
            "base": str(parameters.base),
        },
        "summary": dict(report.summary),
        "indicators": [_write_indicator(result) for result in report.indicators],
        "surveys": [_write_survey(line) for line in report.surveys],
        "not_yet_sealed": list(report.not_yet_sealed),
    }


def _write_indicator(result: IndicatorResult) -> Document:
    indicator = result.indicator
    document: Document = {
        "id": indicator.id,
        "kind": str(indicator.kind),
        "text": indicator.text,
        "goals": list(indicator.goals),
        "goals_reading": list(indicator.goals_reading),
        "target": write_fraction(result.target),
        "comparison": str(indicator.comparison),
        "verdict": str(result.verdict),
        "periods": [_write_row(row, indicator.kind) for row in result.rows],
        "headline": result.headline,
    }
    if indicator.kind is Kind.ANSWER_SHARE:
        document["trend"] = _write_trend(result.trend)
    if result.by_survey is not None:
        document["by_survey"] = [_write_row(row, indicator.kind) for row in result.by_survey]
    if result.overall is not None:
        document["overall"] = _write_row(result.overall, indicator.kind)
    if result.full_years is not None:
        document["full_years"] = result.full_years
        document["full_years_reached"] = result.full_years_reached
    return document


def _write_row(row: Row, kind: Kind) -> Document:
    document: Document = {
        "period": _write_period(row.period),
        "value": write_fraction(row.value),
        "value_decimal": write_float(row.value),
        "display": row.display,
        "numerator": row.numerator,
        "base": row.base,
        "base_parts": _write_parts(row.base_parts),
        "low": write_float(row.low),
        "high": write_float(row.high),
        "low_s": write_float(row.low_s),
        "high_s": write_float(row.high_s),
        "manski_low": _write_exactly(row.manski_low),
        "manski_high": _write_exactly(row.manski_high),
        "tipping_point": write_fraction(row.tipping_point),
        "verdict": str(row.verdict),
        "reasons": [str(reason) for reason in row.reasons],
        "flags": [str(flag) for flag in row.flags],
        "sentence_de": row.sentence_de,
    }
    if kind is Kind.ANSWER_SHARE:
        document["other_base"] = _write_other_base(row.other_base)
        document["robustness"] = None if row.robustness is None else str(row.robustness)
    if kind in (Kind.ANSWER_SHARE, Kind.ANSWER_MEAN):
        document["response"] = _write_response(row.response)
    if row.stages is not None:
        document["stages"] = [
            {"condition": _write_plainly(stage.condition), "count": stage.count} for stage in row.stages
        ]
    if row.groups:
        document["groups"] = [_write_breakdown(breakdown) for breakdown in row.groups]
    return document


def _write_period(period: Period) -> Document:
    document: Document = {
        "kind": str(period.kind),
        "label": period.label,
        "from": write_date(period.start),
        "until": write_date(period.end),
        "running": period.running,
    }
    return document if period.surveys is None else document | {"surveys": list(period.surveys)}


def _write_parts(parts: Mapping[str, int | Fraction | None] | None) -> Document | None:
    if parts is None:
        return None
    return {name: write_fraction(part) if isinstance(part, Fraction) else part for name, part in parts.items()}


def _write_other_base(other: OtherBase | None) -> Document | None:
    if other is None:
        return None
    return {
        "base": str(other.base),
        "n": other.n,
        "value": write_fraction(other.value),
        "display": other.display,
        "verdict": str(other.verdict),
    }


def _write_response(response: Response | None) -> Document | None:
    if response is None:
        return None
    return {"answered": response.answered, "attended": response.attended, "rate": write_fraction(response.rate)}


def _write_breakdown(breakdown: Breakdown) -> Document:
    pooled = None if breakdown.pooled is None else _write_group(breakdown.pooled)
    return {
        "by": breakdown.by,
        "shown": [{"code": group.code, **_write_group(group)} for group in breakdown.shown],
        "hidden": list(breakdown.hidden),
        "pooled": pooled,
    }


def _write_group(group: Group) -> Document:
    return {
        "numerator": group.numerator,
        "base": group.base,
        "value": write_fraction(group.value),
        "display": group.display,
    }


def _write_trend(trend: TrendLine | None) -> Document | None:
    if trend is None:
        return None
    return {
        "scores_days": list(trend.scores_days),
        "chi2": write_float(trend.chi2),
        "z": write_float(trend.z),
        "p_value": write_float(trend.p_value),
        "label": str(trend.label),
        "points_per_year": write_float(trend.points_per_year),
    }


def _write_survey(line: SurveyLine) -> Document:
    return {
        "id": line.id,
        "date": write_date(line.date),
        "completed": line.completed,
        "partial": line.partial,
        "attended": line.attended,
        "rr2": write_fraction(line.rr2),
    }


def write_fraction(number: Fraction | None) -> str | None:
    """Return a fraction as "a/b" in lowest terms, whole numbers as "103/1"."""
    return None if number is None else f"{number.numerator}/{number.denominator}"


def write_float(number: Limit | None) -> float | None:
    """Return a number as a float of 12 significant digits."""
    return None if number is None else float(f"{float(number):.{_DIGITS}g}")


def write_date(day: date | None) -> str | None:
    """Return a date as "YYYY-MM-DD"."""
    return None if day is None else day.isoformat()


def _write_exactly(limit: Limit | None) -> str | float | None:
    return write_fraction(limit) if isinstance(limit, Fraction) else write_float(limit)


def _write_plainly(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_write_plainly(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value
