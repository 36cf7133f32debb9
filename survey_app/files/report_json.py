"""A report as JSON bytes: equal reports give equal bytes."""

import json

from survey_app.evaluation import Report


def write_report(report: Report) -> bytes:
    """Return the report as a UTF-8 document of the format report/1."""
    text = json.dumps(report.to_dict(), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()
