"""A report as JSON bytes: equal reports give equal bytes."""

from survey_app.evaluation import Report
from survey_app.evaluation.keeping.texts import write_json


def write_report(report: Report, *, stamp: str | None = None) -> bytes:
    """Return the report as a UTF-8 document of the format report/1.

    Args:
        stamp: stands under the further key "note", for example that the report was not released.
    """
    note = {"note": stamp} if stamp else {}
    return write_json({**report.to_dict(), **note}).encode()
