"""What a page needs of a report beyond the document report/1: exact limits, targets of old periods, records by name.

Both are stored with a release. Together they give the report back without computing anything again.
"""

from collections.abc import Iterable

from survey_app.evaluation.measures.rows import IndicatorResult, Row
from survey_app.evaluation.report import Report
from survey_app.evaluation.report_document import Document, write_fraction
from survey_app.evaluation.statistics.inputs import Limit

SCHEMA = "annex/1"


def write_annex(report: Report) -> Document:
    """Return what `report.to_dict()` leaves out, indicators and rows in the same order; plain values."""
    return {"schema": SCHEMA, "indicators": [_write_indicator(result) for result in report.indicators]}


def _write_indicator(result: IndicatorResult) -> Document:
    return {
        "id": result.indicator.id,
        "periods": _write_rows(result.rows),
        "by_survey": None if result.by_survey is None else _write_rows(result.by_survey),
        "overall": None if result.overall is None else _write_row(result.overall),
    }


def _write_rows(rows: Iterable[Row]) -> list[Document]:
    return [_write_row(row) for row in rows]


def _write_row(row: Row) -> Document:
    return {
        "target": write_fraction(row.target),
        "comparison": str(row.comparison),
        "is_full": row.period.is_full,
        "limits": [write_limit(limit) for limit in (row.low, row.high, row.low_s, row.high_s)],
        "missing": row.missing,
        "left_out": row.left_out,
        "named": {what: list(names) for what, names in row.named.items()},
        "source_text": row.source_text,
        "terms": [[term.name, write_fraction(term.first), term.second] for term in row.terms],
        "masks": [[group.mask and str(group.mask) for group in breakdown.shown] for breakdown in row.groups],
    }


def write_limit(limit: Limit | None) -> str | float | None:
    """Return a limit without losing a digit: fractions as "a/b", floats as they are."""
    return limit if limit is None or isinstance(limit, float) else write_fraction(limit)
