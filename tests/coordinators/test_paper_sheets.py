"""The sheet of paper as coordinators load it: in the language asked for, with its meeting, kept once it is set."""

from datetime import UTC, datetime

import pytest
from factories import make_collector, make_meeting, make_network, standard_questionnaire
from flask import Flask
from flask.testing import FlaskClient
from pdf_reading import check_accessibility, read_pdf

from survey_app.coordinators import paper_sheets, paper_words
from survey_app.domain.book import Meeting
from survey_app.domain.collector import Collector
from survey_app.domain.membership import Role
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire, TranslationStatus
from survey_app.services import designing
from survey_app.web.locale import current_language, load_catalogue, use_language

from .conftest import Desk


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    paper_sheets._render.cache_clear()


@pytest.fixture
def survey(desk: Desk) -> Collector:
    meeting_id = make_meeting(desk.session, desk.network, title="13. Netzwerktreffen 🎉")
    return make_collector(desk.session, desk.network, meeting_id=meeting_id)


def path_of(survey: Collector, language: str) -> str:
    return f"/surveys/{survey.code}/paper-forms/{language}.pdf"


@pytest.mark.parametrize("language", standard_questionnaire().languages)
def test_sheet_speaks_its_own_language_whatever_the_page_speaks(desk: Desk, survey: Collector, language: str) -> None:
    answer = desk.client.get(desk.root + path_of(survey, language))
    assert answer.mimetype == "application/pdf"
    name = f'attachment; filename="paper-form-{survey.code}-{language}.pdf"'
    assert answer.headers["Content-Disposition"] == name
    read = read_pdf(answer.data)
    assert check_accessibility(answer.data) == []
    assert read.page_count == 2
    assert read.language == language.split("-", maxsplit=1)[0]
    assert "13. Netzwerktreffen □" in read.title
    assert len(read.root.words_of("H2")) == 15
    if language not in ("ar", "fa"):
        thanks = "Thank you! Please put the sheet into the box or give it back to the organisers."
        assert " ".join(load_catalogue(language).gettext(thanks).split()) in read.root.words


def test_every_language_has_words_of_its_own_for_paper() -> None:
    said = "Please tick one answer to each question, unless it says otherwise."
    instructions = [load_catalogue(tag).gettext(said) for tag in ("de", "en", "fr", "tr", "ar", "fa", "uk", "ru")]
    assert len(set(instructions)) == 8


def test_sheet_is_set_once_and_anew_when_the_meeting_changes(desk: Desk, survey: Collector) -> None:
    for _time in range(3):
        first = desk.client.get(desk.root + path_of(survey, "de")).data
    assert paper_sheets._render.cache_info().misses == 1
    desk.fill(f"/meetings/{survey.meeting_id}/edit", title="14. Netzwerktreffen")
    second = desk.client.get(desk.root + path_of(survey, "de")).data
    assert paper_sheets._render.cache_info().misses == 2
    assert "14. Netzwerktreffen" in read_pdf(second).title
    assert first != second


def test_language_that_is_not_offered_has_no_sheet(desk: Desk) -> None:
    survey = make_collector(desk.session, desk.network, languages=("de", "ar"))
    for language, status in (("de", 200), ("ar", 200), ("fr", 404), ("xx", 404), ("de.pdf", 404), ("%00", 404)):
        assert desk.client.get(desk.root + path_of(survey, language)).status_code == status, language


def test_made_up_survey_is_stamped(desk: Desk, survey: Collector) -> None:
    made_up = make_collector(desk.session, desk.network, version_id=survey.version_id, is_synthetic=True)
    for one, is_stamped in ((survey, False), (made_up, True)):
        words = read_pdf(desk.client.get(desk.root + path_of(one, "en")).data).root.words
        assert ("Demonstration" in words) is is_stamped


def test_script_without_a_font_is_explained_instead_of_printed(desk: Desk) -> None:
    item = Item("x", ItemType.ONE, {"ti": "ሰላም ድዩ፧"}, options=(Choice("yes", {"ti": "እወ"}),))
    asked = Questionnaire(
        "ti", 1, "ti", ("ti",), (item,), {"title": {"ti": "መጠይቕ"}}, {"ti": TranslationStatus.RELEASED}
    )
    now = datetime.now(UTC)
    version_id = designing.publish_questionnaire(desk.session, asked, network_id=desk.network.id, now=now)
    survey = make_collector(desk.session, desk.network, version_id=version_id, languages=("ti",))
    answer = desk.client.get(desk.root + path_of(survey, "ti"))
    assert (answer.status_code, answer.location) == (302, f"{desk.root}/surveys/{survey.code}/")
    assert "no font here has its script" in desk.see(f"/surveys/{survey.code}/").words


def test_viewer_prints_and_enters_nothing(app: Flask, sign_in, desk: Desk, survey: Collector) -> None:
    viewer: FlaskClient = sign_in(desk.network, Role.VIEWER)
    system: FlaskClient = sign_in(make_network(desk.session, "rostock"), Role.SYSTEM_ADMIN)
    for path in (path_of(survey, "de"), f"/surveys/{survey.code}/papers"):
        assert viewer.get(desk.root + path).status_code == 403
        assert system.get(desk.root + path).status_code == 403


def test_wording_leaves_the_language_of_the_page_alone(app: Flask, desk: Desk, survey: Collector) -> None:
    meeting = Meeting(id="1", title="Treffen", date=None)
    with app.test_request_context():
        use_language("en")
        form = paper_words.word_sheet(survey, standard_questionnaire(), "ar", network=desk.network, meeting=meeting)
        assert current_language().tag == "en"
    assert (form.language, form.direction, form.words.page.language) == ("ar", "rtl", "ar")
    assert (form.occasion.meeting, form.occasion.date) == ("Treffen", "")
