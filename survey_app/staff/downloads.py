"""The report as a file: the same report that the page shows, under a name that says what it is."""

from collections.abc import Callable, Mapping

from flask import Response

from survey_app.evaluation import Report
from survey_app.evaluation.goals.goals import Tier
from survey_app.files import report_csv, report_json, report_text
from survey_app.files.release_files import write_draft_stamp
from survey_app.services.released import ReleasedReport
from survey_app.services.reporting import Assessment

_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "txt": "text/plain; charset=utf-8"}
_WRITERS: Mapping[str, Callable[[Report, str], bytes]] = {
    "csv": lambda report, stamp: report_csv.write_report(report, stamp=stamp),
    "json": lambda report, stamp: report_json.write_report(report, stamp=stamp),
    "txt": lambda report, stamp: report_text.write_report(report, stamp=stamp),
}
_READERS = {Tier.INTERNAL: "intern", Tier.PUBLIC: "oeffentlich"}


def build_download(assessment: Assessment, kind: str) -> Response:
    """Return the report as it stands today as a file to be saved, marked as not released.

    Raises:
        KeyError: for an unknown format.
    """
    stamp = write_draft_stamp(is_synthetic=assessment.network.is_synthetic)
    return send_file(_WRITERS[kind](assessment.report, stamp), name_file(assessment, kind, "nicht-freigegeben"), kind)


def send_file(content: bytes, name: str, kind: str) -> Response:
    """Return bytes as a file to be saved."""
    response = Response(content, content_type=_MEDIA_TYPES[kind])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def name_file(assessment: Assessment | ReleasedReport, kind: str, state: str) -> str:
    """Return a name of plain letters that tells network, day, readers, release, and whether the data are made up."""
    report = assessment.report
    parts = ["wirkungsbericht", assessment.network.slug, report.cut_off.isoformat(), _READERS[report.tier], state]
    if assessment.network.is_synthetic:
        parts.append("erfundene-daten")
    return f"{'-'.join(parts)}.{kind}"


def name_released_file(released: ReleasedReport, kind: str) -> str:
    """Return the name of a file of a release, which has its number."""
    return name_file(released, kind, f"freigabe-{released.mark.number}")
