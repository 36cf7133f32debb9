"""Reading what a published version asks."""

from conditional import conditional_questionnaire
from factories import NOW, make_network, publish_standard, standard_questionnaire

from survey_app.services import designing

from .conftest import Desk


def test_list_marks_each_language(desk: Desk, version_id: int) -> None:
    page = desk.see("/questionnaires/")
    assert page.words.count("unreviewed translation") == 8
    assert page.words.count("read by a native speaker") == 1
    assert "15 questions" in page.words


def test_every_wording_can_be_read_as_it_is(desk: Desk, version_id: int) -> None:
    for language in ("de", "ar", "de-x-simple"):
        check_wording(desk, version_id, language)


def check_wording(desk: Desk, version_id: int, language: str) -> None:
    page = desk.see(f"/questionnaires/{version_id}/{language}/")
    shown = {"".join(element.itertext()) for element in page.root.iter("span") if element.get("lang") == language}
    for item in standard_questionnaire().items:
        assert item.texts[language] in shown
        assert {choice.texts[language] for choice in item.options} <= shown
    directions = {e.get("dir") for e in page.root.iter("span") if e.get("lang") == language}
    assert directions == {"rtl" if language == "ar" else "ltr"}
    assert ("Unreviewed translation" in page.words) is (language != "de")


def test_version_opens_in_the_language_of_the_network(desk: Desk, version_id: int) -> None:
    assert desk.see(f"/questionnaires/{version_id}/").location == f"/n/freiburg/questionnaires/{version_id}/de/"


def test_language_or_version_that_does_not_exist_is_not_found(desk: Desk, version_id: int) -> None:
    foreign = publish_standard(desk.session, make_network(desk.session, "rostock"))
    for path in (f"{version_id}/xx/", f"{version_id}/DE/", "99/", "99/de/", f"{foreign}/de/"):
        assert desk.see(f"/questionnaires/{path}").status == 404, path


def test_empty_list_says_so(desk: Desk) -> None:
    assert "No questionnaire is published yet." in desk.see("/questionnaires/").words


def test_version_says_whom_it_asks_what_when_not_everybody_is_asked(desk: Desk) -> None:
    version = designing.publish_questionnaire(
        desk.session, conditional_questionnaire(), network_id=desk.network.id, now=NOW
    )
    page = desk.see(f"/questionnaires/{version}/ar/")
    assert "Question 2 of 8" in page.words
    assert "Only if you ticked “نعم” in question 1." in page.words
    assert page.words.count("Only if") == 8
