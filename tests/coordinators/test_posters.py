"""What is printed: the page on which it is chosen, the files, the code that phones read."""

import io
import re

import pypdfium2
import pytest
import zxingcpp
from factories import make_collector, make_meeting
from flask.testing import FlaskClient
from pdf_reading import check_accessibility, read_pdf
from PIL import Image, ImageDraw

from survey_app.coordinators import posters
from survey_app.coordinators.wording import SHEETS
from survey_app.domain.announcement import FORMATS, MOST_LANGUAGES
from survey_app.domain.book import Topic
from survey_app.domain.collector import Collector
from survey_app.domain.membership import Role
from survey_app.web.announcing import build_invitations

from .conftest import Desk
from .visiting import Sheet


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    posters._render.cache_clear()
    posters._draw.cache_clear()


@pytest.fixture
def survey(desk: Desk) -> Collector:
    values = {"title": "13. Netzwerktreffen 🎉", "motto": "Integration durch Bildung", "topics": (Topic("Schule"),)}
    meeting_id = make_meeting(desk.session, desk.network, **values)
    return make_collector(desk.session, desk.network, meeting_id=meeting_id)


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


def scan(pdf: bytes) -> set[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return {code.text for code in zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_pil())}


def load(desk: Desk, survey: Collector, query: str = "", suffix: str = "pdf") -> bytes:
    answer = desk.client.get(f"{desk.root}/surveys/{survey.code}/poster.{suffix}{query}")
    assert answer.status_code == 200
    return answer.data


def chosen_on(page: Sheet) -> list[str]:
    offered = [one for one in page.root.iter("select") if one.get("name") == "languages"]
    options = [option for select in offered for option in select.iter("option")]
    return [option.get("value") for option in options if option.get("selected") is not None]


def test_poster_carries_what_the_room_needs(desk: Desk, survey: Collector) -> None:
    pdf = load(desk, survey)
    words = read_pdf(pdf).root.words
    wanted = ["Netzwerk Freiburg", "13. Netzwerktreffen □", "Integration durch Bildung", "Schule", survey.code]
    for said in [*wanted, f"127.0.0.1:8000/q/{survey.code}", "http://127.0.0.1:8000/privacy/freiburg"]:
        assert said in words
    assert scan(pdf) == {f"http://127.0.0.1:8000/q/{survey.code}"}
    assert check_accessibility(pdf) == []


@pytest.mark.parametrize("sheet", FORMATS, ids=lambda sheet: sheet.code)
def test_everything_can_be_loaded_under_its_name(desk: Desk, survey: Collector, sheet) -> None:
    path = f"{desk.root}/surveys/{survey.code}/poster.pdf?sheet={sheet.code}"
    answer = desk.client.get(path, headers={"X-Forwarded-Host": "evil.example"})
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{sheet.code}-{survey.code}.pdf"'
    assert scan(answer.data) == {f"http://127.0.0.1:8000/q/{survey.code}"}
    page = desk.see(f"/surveys/{survey.code}/poster?sheet={sheet.code}")
    assert [box.get("value") for box in page.root.iter("input") if box.get("checked") is not None] == [sheet.code]


def test_what_no_sheet_is_called_is_not_found(desk: Desk, survey: Collector) -> None:
    for wrong in ("poster-a5", "cards-a3", "../x", "%00"):
        for path in ("poster", "poster.pdf", "poster.png"):
            assert desk.client.get(f"{desk.root}/surveys/{survey.code}/{path}?sheet={wrong}").status_code == 404
    assert desk.client.get(f"{desk.root}/surveys/{survey.code}/poster.pdf?sheet=slide").status_code == 200


def test_languages_come_in_the_order_of_the_page_six_at_most(desk: Desk, survey: Collector) -> None:
    usual = [tag for tag in survey.languages if tag != "de-x-simple"][:MOST_LANGUAGES]
    address = f"/surveys/{survey.code}/poster"
    for query, chosen in (
        ("", usual),
        ("?languages=tr,xx&languages=&languages=ar", ["tr", "ar"]),
        ("?languages=" + ",".join(reversed(survey.languages)), [*reversed(survey.languages)][:MOST_LANGUAGES]),
    ):
        assert chosen_on(desk.see(address + query)) == chosen
        words = read_pdf(load(desk, survey, query)).root.words
        places = [words.find(build_invitations([tag])[0].promise.text) for tag in chosen if tag not in ("ar", "fa")]
        assert places == sorted(places)
        assert -1 not in places


def test_language_without_a_font_is_named_and_left_out(desk: Desk, survey: Collector, monkeypatch) -> None:
    monkeypatch.setattr(posters, "can_be_printed", lambda invitation: invitation.promise.language != "uk")
    address = f"/surveys/{survey.code}/poster?languages=uk,de"
    page = desk.see(address)
    assert "Українська cannot be printed: no font here has its script." in page.words
    assert chosen_on(page) == ["de"]
    assert "Not on the sheet: English, Français" in page.words


def test_file_and_picture_are_made_once_and_anew_when_the_meeting_changes(desk: Desk, survey: Collector) -> None:
    for suffix, made in (("pdf", posters._render), ("png", posters._draw)):
        first = {load(desk, survey, suffix=suffix) for _time in range(3)}
        assert len(first) == made.cache_info().misses == 1
    desk.fill(f"/meetings/{survey.meeting_id}/edit", title="14. Netzwerktreffen")
    assert "14. Netzwerktreffen" in read_pdf(load(desk, survey)).title


def test_preview_is_a_picture_of_the_choice(desk: Desk, survey: Collector) -> None:
    page = desk.see(f"/surveys/{survey.code}/poster?sheet=slide-16-9&languages=ar,de")
    (source,) = (image.get("src") for image in page.root.iter("img") if "poster.png" in (image.get("src") or ""))
    assert source.endswith("?languages=ar&languages=de&sheet=slide-16-9")
    with Image.open(io.BytesIO(desk.client.get(source).data)) as picture:
        assert picture.width / picture.height == pytest.approx(16 / 9, abs=0.02)


def test_page_of_the_survey_has_the_poster_one_click_away(desk: Desk, survey: Collector) -> None:
    page = desk.see(f"/surveys/{survey.code}/")
    assert f"{desk.root}/surveys/{survey.code}/poster.pdf" in [link.get("href") for link in page.root.iter("a")]


def test_downloaded_picture_leads_to_the_survey(desk: Desk, survey: Collector) -> None:
    answer = desk.client.get(f"{desk.root}/surveys/{survey.code}/qr.svg", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="qr-{survey.code}.svg"'
    assert read_code(answer.data) == f"http://127.0.0.1:8000/q/{survey.code}"


def test_picture_in_pixels_leads_there_as_well(desk: Desk, survey: Collector) -> None:
    answer = desk.client.get(f"{desk.root}/surveys/{survey.code}/qr.png")
    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="qr-{survey.code}.png"'
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.data)).convert("L"))
    assert found.text == f"http://127.0.0.1:8000/q/{survey.code}"


def test_made_up_survey_is_stamped(desk: Desk, survey: Collector) -> None:
    made_up = make_collector(desk.session, desk.network, version_id=survey.version_id, is_synthetic=True)
    for one, is_stamped in ((survey, False), (made_up, True)):
        assert ("Beispiel" in read_pdf(load(desk, one)).root.words) is is_stamped


def test_viewer_prints_nothing(sign_in, desk: Desk, survey: Collector) -> None:
    viewer: FlaskClient = sign_in(desk.network, Role.VIEWER)
    for path in ("poster", "poster.pdf", "poster.png"):
        assert viewer.get(f"{desk.root}/surveys/{survey.code}/{path}").status_code == 403


def test_every_sheet_has_words() -> None:
    assert set(SHEETS) == {sheet.code for sheet in FORMATS}
