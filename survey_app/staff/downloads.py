"""The report as a file: the same report that the page shows, under a name that says what it is."""

from collections.abc import Callable, Mapping

from flask import Response

from survey_app.evaluation import Report
from survey_app.evaluation.goals.goals import Tier
from survey_app.files import report_csv, report_json, report_text
from survey_app.services.reporting import Assessment

MADE_UP = "Erfundene Daten zur Demonstration"
"""Marks files of a made-up network; in German like the sentences beside it, whatever the language of the page."""

_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "txt": "text/plain; charset=utf-8"}
_WRITERS: Mapping[str, Callable[[Report, str | None], bytes]] = {
    "csv": lambda report, stamp: report_csv.write_report(report, stamp=stamp),
    # The JSON format has no place for a remark; there the file name says it.
    "json": lambda report, _stamp: report_json.write_report(report),
    "txt": lambda report, stamp: report_text.write_report(report, stamp=stamp),
}
_READERS = {Tier.INTERNAL: "intern", Tier.PUBLIC: "oeffentlich"}


def build_download(assessment: Assessment, kind: str) -> Response:
    """Return the report as a file to be saved.

    Raises:
        KeyError: for an unknown format.
    """
    stamp = MADE_UP if assessment.network.is_synthetic else None
    response = Response(_WRITERS[kind](assessment.report, stamp), content_type=_MEDIA_TYPES[kind])
    response.headers.set("Content-Disposition", "attachment", filename=name_file(assessment, kind))
    return response


def name_file(assessment: Assessment, kind: str) -> str:
    """Return a name of plain letters that tells network, day and readers, and whether the data are made up."""
    report = assessment.report
    parts = ["wirkungsbericht", assessment.network.slug, report.cut_off.isoformat(), _READERS[report.tier]]
    if assessment.network.is_synthetic:
        parts.append("erfundene-daten")
    return f"{'-'.join(parts)}.{kind}"
