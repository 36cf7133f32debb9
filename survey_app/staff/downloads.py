"""The report as a file: the same report that the page shows, under a name that says what it is."""

import csv
import io
from collections.abc import Callable, Mapping

from flask import Response

from survey_app.evaluation import Report
from survey_app.evaluation.goals import Tier
from survey_app.files import report_csv, report_json, report_text
from survey_app.services.reporting import Assessment

MADE_UP = "Erfundene Daten zur Demonstration"
"""Marks files of a made-up network; in German like the sentences beside it, whatever the language of the page."""

_BYTE_ORDER_MARK = "\ufeff"
_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "txt": "text/plain; charset=utf-8"}
_READERS = {Tier.INTERNAL: "intern", Tier.PUBLIC: "oeffentlich"}


def build_download(assessment: Assessment, kind: str) -> Response:
    """Return the report as a file to be saved.

    Raises:
        KeyError: for an unknown format.
    """
    write = (_STAMPED if assessment.network.is_synthetic else _PLAIN)[kind]
    response = Response(write(assessment.report), content_type=_MEDIA_TYPES[kind])
    response.headers.set("Content-Disposition", "attachment", filename=name_file(assessment, kind))
    return response


def name_file(assessment: Assessment, kind: str) -> str:
    """Return a name of plain letters that tells network, day and readers, and whether the data are made up."""
    report = assessment.report
    parts = ["wirkungsbericht", assessment.network.slug, report.cut_off.isoformat(), _READERS[report.tier]]
    if assessment.network.is_synthetic:
        parts.append("erfundene-daten")
    return f"{'-'.join(parts)}.{kind}"


def _write_stamped_text(report: Report) -> bytes:
    return report_text.write_report(report, stamp=MADE_UP)


def _write_stamped_csv(report: Report) -> bytes:
    """Add a last column that says on every line that it is made up; the columns before it stay where they are."""
    plain = report_csv.write_report(report).decode().removeprefix(_BYTE_ORDER_MARK)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for number, row in enumerate(csv.reader(io.StringIO(plain, newline=""), delimiter=";")):
        writer.writerow([*row, MADE_UP if number else "note"])
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


_Writers = Mapping[str, Callable[[Report], bytes]]
_PLAIN: _Writers = {
    "csv": report_csv.write_report,
    "json": report_json.write_report,
    "txt": report_text.write_report,
}
# The JSON format has no place for a remark; there the file name says it.
_STAMPED: _Writers = {
    "csv": _write_stamped_csv,
    "json": report_json.write_report,
    "txt": _write_stamped_text,
}
