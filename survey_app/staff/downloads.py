"""The report as a file: the same report that the page shows, under a name that says what it is."""

from flask import Response

from survey_app.evaluation.goals.goals import Tier
from survey_app.extensions import db
from survey_app.files.report_formats import FORMATS
from survey_app.files.report_imprint import imprint_draft, imprint_release
from survey_app.services import released
from survey_app.services.released import ReleasedReport
from survey_app.services.reporting import Assessment
from survey_app.web.rendering import rendering_turn

_READERS = {Tier.INTERNAL: "intern", Tier.PUBLIC: "oeffentlich"}


def send_report(assessment: Assessment | ReleasedReport, kind: str) -> Response:
    """Return a report as a file to be saved: a release from what was stored of it, else marked as not released.

    Raises:
        KeyError: for an unknown format.
    """
    content = _find_stored(assessment, kind) if isinstance(assessment, ReleasedReport) else None
    response = Response(content or _write(assessment, kind), content_type=FORMATS[kind].media_type)
    response.headers.set("Content-Disposition", "attachment", filename=_name_file(assessment, kind))
    return response


def _find_stored(release: ReleasedReport, kind: str) -> bytes | None:
    return released.find_file(db.session(), release.network, release.mark.number, kind)


def _write(assessment: Assessment | ReleasedReport, kind: str) -> bytes:
    report, network = assessment.report, assessment.network
    if isinstance(assessment, ReleasedReport):
        imprint = imprint_release(report, network, assessment.mark)
    else:
        imprint = imprint_draft(network)
    format_ = FORMATS[kind]
    if not format_.is_slow:
        return format_.write(report, imprint)
    with rendering_turn():
        return format_.write(report, imprint)


def _name_file(assessment: Assessment | ReleasedReport, kind: str) -> str:
    """Return a name of plain letters that tells network, day, readers, release, and whether the data are made up."""
    report, network = assessment.report, assessment.network
    state = f"freigabe-{assessment.mark.number}" if isinstance(assessment, ReleasedReport) else "nicht-freigegeben"
    parts = ["wirkungsbericht", network.slug, report.cut_off.isoformat(), _READERS[report.tier], state]
    if network.is_synthetic:
        parts.append("erfundene-daten")
    return f"{'-'.join(parts)}.{kind}"
