"""The page for the projector: the code, the address, a counter in steps of ten, and nobody's result."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from factories import make_collector, make_meeting
from flask.testing import FlaskClient

from survey_app.domain.collector import Collector
from survey_app.domain.membership import Role
from survey_app.services import housekeeping

from .conftest import Desk
from .test_posters import read_code
from .visiting import Sheet


@pytest.fixture
def survey(desk: Desk) -> Collector:
    values = {"title": "13. Netzwerktreffen <b>", "motto": "Integration durch Bildung"}
    return make_collector(desk.session, desk.network, meeting_id=make_meeting(desk.session, desk.network, **values))


def picture_on(page: Sheet) -> bytes:
    (source,) = (image.get("src") for image in page.root.iter("img"))
    return base64.b64decode(source.removeprefix("data:image/svg+xml;base64,"))


def test_slide_says_where_and_how_many(desk: Desk, survey: Collector) -> None:
    page = desk.see(f"/surveys/{survey.code}/slide?languages=ar,de")
    for words in ("13. Netzwerktreffen <b>", "Integration durch Bildung", f"127.0.0.1:8000/q/{survey.code}"):
        assert words in page.words
    assert read_code(picture_on(page)) == f"http://127.0.0.1:8000/q/{survey.code}"
    assert "طوعي" in page.words
    assert "Voluntary" not in page.words
    assert page.words.index("طوعي") < page.words.index("Freiwillig")


@pytest.mark.parametrize(("answers", "said"), [(0, "fewer than 10"), (9, "fewer than 10"), (10, "10+"), (19, "10+")])
def test_counter_moves_in_steps_of_ten(desk: Desk, survey: Collector, answers: int, said: str) -> None:
    desk.answer(survey.code, answers)
    page = desk.see(f"/surveys/{survey.code}/slide")
    assert f"received: {said}" in page.words


def test_slide_is_looked_at_again_by_itself_while_the_survey_is_open(desk: Desk, survey: Collector) -> None:
    address = f"{desk.root}/surveys/{survey.code}/slide"
    again = '<noscript><meta http-equiv="refresh" content="20"></noscript>'
    assert again in desk.client.get(address).text
    housekeeping.close_collector(desk.session, survey.code, network_id=desk.network.id, now=datetime.now(UTC))
    closed = desk.client.get(address).text
    assert "refresh" not in closed
    assert "slide.js" not in closed


def test_slide_of_a_survey_that_is_not_open_counts_nothing(desk: Desk, survey: Collector) -> None:
    desk.answer(survey.code, 12)
    housekeeping.close_collector(desk.session, survey.code, network_id=desk.network.id, now=datetime.now(UTC))
    closed = desk.see(f"/surveys/{survey.code}/slide")
    assert "The survey is closed." in closed.words
    assert "10+" not in closed.words
    assert list(closed.root.iter("img")) == []
    later = make_collector(
        desk.session, desk.network, version_id=survey.version_id, opens_at=datetime.now(UTC) + timedelta(hours=3)
    )
    waiting = desk.see(f"/surveys/{later.code}/slide")
    assert "The survey opens on" in waiting.words
    assert read_code(picture_on(waiting)).endswith(later.code)


def test_viewer_shows_no_slide(sign_in, desk: Desk, survey: Collector) -> None:
    viewer: FlaskClient = sign_in(desk.network, Role.VIEWER)
    assert viewer.get(f"{desk.root}/surveys/{survey.code}/slide").status_code == 403
