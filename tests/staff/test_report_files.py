"""Files of the report through the door: their names and types, and how many are written at once."""

import pytest
from inspection import InspectingClient

from survey_app.files.report_formats import FORMATS
from survey_app.web.rendering import rendering_turn

from .conftest import CUT_OFF


@pytest.mark.parametrize("kind", list(FORMATS))
def test_names_of_files_are_plain_and_say_what_they_are(reader: InspectingClient, kind: str) -> None:
    sent = reader.get(f"/n/freiburg/reports/report.{kind}?cut_off={CUT_OFF}")
    assert sent.headers["Content-Type"] == FORMATS[kind].media_type
    name = f"wirkungsbericht-freiburg-{CUT_OFF}-intern-nicht-freigegeben.{kind}"
    assert sent.headers["Content-Disposition"] == f"attachment; filename={name}"


def test_a_third_typesetting_at_once_is_refused_with_a_time_to_retry(reader: InspectingClient) -> None:
    """Those who answer a survey at the same time are never starved by reports."""
    with rendering_turn(), rendering_turn():
        for kind in ("pdf", "ods"):
            refused = reader.get(f"/n/freiburg/reports/report.{kind}")
            assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")
        assert reader.get("/n/freiburg/reports/report.csv").status_code == 200
    sent = reader.get("/n/freiburg/reports/report.pdf")
    assert (sent.status_code, sent.mimetype, sent.data[:5]) == (200, "application/pdf", b"%PDF-")
