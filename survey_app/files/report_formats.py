"""The formats of a report: every one is written from the same value, so none can say anything else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey_app.evaluation import Report
from survey_app.files import report_csv, report_json, report_ods, report_pdf, report_text, report_xlsx
from survey_app.files.report_imprint import Imprint


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A format of a report.

    Attributes:
        write: returns the bytes of a report.
        is_slow: whether writing takes so long that only few may do so at once.
    """

    media_type: str
    write: Callable[[Report, Imprint], bytes]
    is_slow: bool = False


FORMATS: Mapping[str, ReportFormat] = {
    "pdf": ReportFormat("application/pdf", report_pdf.write_report, is_slow=True),
    "csv": ReportFormat(
        "text/csv; charset=utf-8", lambda report, imprint: report_csv.write_report(report, stamp=imprint.stamp)
    ),
    "utf8.csv": ReportFormat(
        "text/csv; charset=utf-8",
        lambda report, imprint: report_csv.write_report(report, stamp=imprint.stamp, dialect=report_csv.PLAIN),
    ),
    "xlsx": ReportFormat("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report_xlsx.write_report),
    "ods": ReportFormat("application/vnd.oasis.opendocument.spreadsheet", report_ods.write_report, is_slow=True),
    "json": ReportFormat(
        "application/json", lambda report, imprint: report_json.write_report(report, stamp=imprint.stamp)
    ),
    "txt": ReportFormat(
        "text/plain; charset=utf-8", lambda report, imprint: report_text.write_report(report, stamp=imprint.stamp)
    ),
}
"""By the ending of the file's name."""
