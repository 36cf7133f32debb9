"""The poster: the code that phones read, the invitation in every language that was chosen."""

import base64
import re
from collections.abc import Callable

import pytest
import zxingcpp
from factories import make_collector, make_meeting
from flask.testing import FlaskClient
from PIL import Image, ImageDraw

from survey_app.coordinators import posters
from survey_app.domain.book import Topic
from survey_app.domain.collector import Collector
from survey_app.web import locale

from .conftest import Desk
from .visiting import Sheet


@pytest.fixture
def survey(desk: Desk) -> Collector:
    values = {"title": "13. Netzwerktreffen", "motto": "Integration durch Bildung", "topics": (Topic("x"),)}
    meeting_id = make_meeting(desk.session, desk.network, **values)
    return make_collector(desk.session, desk.network, meeting_id=meeting_id)


def picture_in(page: Sheet) -> bytes:
    source = next(image.get("src") for image in page.root.iter("img") if "poster__qr" in (image.get("class") or ""))
    kind, content = source.split(",", 1)
    assert kind == "data:image/svg+xml;base64"
    return base64.b64decode(content)


def read_code(svg: bytes) -> str:
    """Draw the rectangles of the picture and let an independent reader look at it."""
    size = int(re.search(rb'viewBox="0 0 (\d+)', svg)[1])
    canvas = Image.new("L", (size * 8, size * 8), 255)
    draw = ImageDraw.Draw(canvas)
    for stroke in re.findall(rb"M(\d+) (\d+)h(\d+)v1", svg):
        x, y, width = map(int, stroke)
        draw.rectangle((x * 8, y * 8, (x + width) * 8 - 1, y * 8 + 7), fill=0)
    (found,) = zxingcpp.read_barcodes(canvas)
    return found.text


def test_poster_carries_what_the_room_needs(desk: Desk, survey: Collector) -> None:
    page = desk.see(f"/surveys/{survey.code}/poster")
    poster = page.words_of("article")
    for words in ("Netzwerk Freiburg", "13. Netzwerktreffen", "Integration durch Bildung", survey.code):
        assert words in poster
    assert f"127.0.0.1:8000/q/{survey.code}" in poster
    assert "http://127.0.0.1:8000/privacy/freiburg" in poster
    assert read_code(picture_in(page)) == f"http://127.0.0.1:8000/q/{survey.code}"


def test_downloaded_picture_leads_to_the_survey(desk: Desk, survey: Collector) -> None:
    answer = desk.client.get(f"{desk.root}/surveys/{survey.code}/qr.svg", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="qr-{survey.code}.svg"'
    assert read_code(answer.data) == f"http://127.0.0.1:8000/q/{survey.code}"


def test_languages_are_chosen_and_ordered(desk: Desk, survey: Collector) -> None:
    usual = [tag for tag in survey.languages if tag != "de-x-simple"]
    for asked, chosen in (
        ([], usual),
        (["ar,de"], ["ar", "de"]),
        (["tr", "ar"], ["tr", "ar"]),
        (["DE-x-Simple"], ["de-x-simple"]),
        (["xx,, ,\x00,ar,ar"], ["ar"]),
        (["xx"], usual),
    ):
        assert posters.choose_languages(survey, asked) == tuple(chosen)
    page = desk.see(f"/surveys/{survey.code}/poster?languages=tr,xx&languages=ar")
    assert [box.get("value") for box in page.root.iter("input") if box.get("checked") is not None] == ["tr", "ar"]


def test_every_invitation_says_which_language_it_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    class Arabic:
        def gettext(self, message: str) -> str:
            return {posters.INVITATION: "كيف كان اللقاء؟"}.get(message, message)

    monkeypatch.setattr(posters, "load_catalogue", lambda tag: Arabic() if tag == "ar" else locale.NullTranslations())
    arabic, fallback = posters.build_invitations(["ar", "ti"])
    assert arabic.invitation == ("كيف كان اللقاء؟", "ar")
    assert arabic.promise == (posters.PROMISE, "en")
    assert fallback.invitation == (posters.INVITATION, "en")
    assert len(posters.build_invitations(["ti", "am", "so"])) == 1


def test_invitation_speaks_a_wider_language_where_the_own_one_has_no_catalogue() -> None:
    dari, sorani = posters.build_invitations(["fa-AF", "ckb"])
    assert (dari.promise.text, dari.promise.language) == (posters.build_invitations(["fa"])[0].promise.text, "fa-AF")
    assert (sorani.promise.text, sorani.promise.language) == ("Freiwillig und anonym.", "de")


def test_synthetic_survey_is_stamped(desk: Desk, survey: Collector, sign_in: Callable[..., FlaskClient]) -> None:
    assert "Demonstration" not in desk.see(f"/surveys/{survey.code}/poster").words_of("article")
    made_up = make_collector(desk.session, desk.network, version_id=survey.version_id, is_synthetic=True)
    assert "Demonstration" in desk.see(f"/surveys/{made_up.code}/poster").words_of("article")
