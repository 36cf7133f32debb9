"""Entering papers through the page: one after the other, checked, counted, once each."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from factories import make_collector, make_meeting, standard_questionnaire
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from survey_app.domain.collector import Collector
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire, TranslationStatus
from survey_app.domain.response import AnswerValue
from survey_app.services import designing
from survey_app.storage.answer_tables import language_tick, response, text_answer
from survey_app.storage.responses import iterate_responses

from .conftest import Desk
from .test_hostile import damage
from .visiting import Sheet

RELEASED = {"de": TranslationStatus.RELEASED}


@pytest.fixture
def survey(desk: Desk) -> Collector:
    return make_collector(desk.session, desk.network)


def path_of(survey: Collector, more: str = "") -> str:
    return f"/surveys/{survey.code}/papers{more}"


def enter(desk: Desk, survey: Collector, **answers: object) -> Sheet:
    return desk.fill(path_of(survey), _store="1", **answers)


def send(desk: Desk, survey: Collector, fields: MultiDict[str, str], **answers: object) -> Sheet:
    return desk.send(path_of(survey), fields, _store="1", **answers)


def stored(desk: Desk, survey: Collector) -> list[Mapping[str, AnswerValue]]:
    desk.session.rollback()
    return list(iterate_responses(desk.session.connection(), survey.id))


def ticks(desk: Desk) -> dict[str, int]:
    desk.session.rollback()
    counted = select(language_tick.c.language, func.count().label("persons")).group_by(language_tick.c.language)
    return {tick.language: tick.persons for tick in desk.session.execute(counted)}


def test_only_its_button_stores_a_paper(desk: Desk, survey: Collector) -> None:
    page = desk.fill(path_of(survey), impulses="yes", remarks="halb", lang="ar")
    assert (page.status, "Not stored yet" in page.words) == (200, True)
    back = page.fields()
    assert (back["impulses"], back["remarks"], back["lang"]) == ("yes", "halb", "ar")
    assert stored(desk, survey) == []
    assert send(desk, survey, back).status == 303
    assert stored(desk, survey) == [{"impulses": "yes"}]


@pytest.mark.both_databases
def test_stack_is_entered_paper_by_paper(desk: Desk, survey: Collector) -> None:
    page = desk.see(path_of(survey))
    assert "0 papers entered" in page.words
    for number, said in enumerate(("1 paper entered", "2 papers entered"), 1):
        page = desk.follow(
            enter(desk, survey, impulses="yes", topics_wanted=["clubs", "business"], remarks=f"Nr. {number}")
        )
        assert "Stored. Here is the form for the next paper." in page.words
        assert said in page.words
        assert page.fields().get("impulses") is None
    assert stored(desk, survey) == [{"impulses": "yes", "topics_wanted": ["clubs", "business"]}] * 2
    assert desk.session.scalar(select(func.count()).select_from(text_answer)) == 2


def test_focus_is_in_the_first_question_of_every_blank_form(desk: Desk, survey: Collector) -> None:
    for page in (desk.see(path_of(survey)), desk.follow(enter(desk, survey, impulses="no"))):
        (focused,) = [element for element in page.root.iter() if element.get("autofocus") is not None]
        assert (focused.get("name"), focused.get("value")) == ("attendance_count", "first")


def test_paper_sent_twice_is_stored_once(desk: Desk, survey: Collector) -> None:
    fields = desk.see(path_of(survey)).fields()
    assert send(desk, survey, fields, impulses="yes").status == 303
    again = desk.follow(send(desk, survey, fields, impulses="no"))
    assert "This form was stored before and was not stored again" in again.words
    assert "1 paper entered" in again.words
    assert stored(desk, survey) == [{"impulses": "yes"}]


def test_mistake_comes_back_with_everything_typed(desk: Desk, survey: Collector) -> None:
    four = ["clubs", "business", "parents", "transitions"]
    page = enter(desk, survey, topics_wanted=four, remarks="x" * 501, impulses="yes", lang="ar")
    assert page.status == 400
    assert page.message_at("f-topics_wanted") == "Please choose at most 3 answers."
    assert "501" in page.message_at("f-remarks")
    back = page.fields()
    assert (sorted(back.getlist("topics_wanted")), back["remarks"], back["lang"]) == (sorted(four), "x" * 501, "ar")
    links = [link.get("href") for link in page.root.findall(".//*[@id='error-summary']//a")]
    ids = {element.get("id") for element in page.root.iter()}
    assert links == ["#f-topics_wanted-language_education", "#f-remarks"]
    assert {link[1:] for link in links} <= ids
    assert send(desk, survey, back, topics_wanted=four[:3], remarks="kurz").status == 303
    assert len(stored(desk, survey)) == 1


def test_paper_without_any_answer_is_not_stored(desk: Desk, survey: Collector) -> None:
    page = enter(desk, survey)
    assert page.status == 400
    assert "answer at least one question" in page.words_of("*[@id='error-summary']")
    assert stored(desk, survey) == []


def test_language_of_the_paper_is_counted_and_kept_for_the_next(desk: Desk, survey: Collector) -> None:
    assert desk.see(path_of(survey)).fields()["lang"] == "de"
    page = desk.follow(enter(desk, survey, impulses="yes", lang="uk"))
    assert page.fields()["lang"] == "uk"
    for odd in ("xx", "", "\x00", "de; drop"):
        enter(desk, survey, impulses="yes", lang=odd)
    assert ticks(desk) == {"uk": 1, "de": 4}
    assert desk.see(path_of(survey, "?paper=xx")).fields()["lang"] == "de"


def test_questions_are_read_in_the_language_of_the_page(desk: Desk, survey: Collector) -> None:
    assert "Including today, how many meetings" in desk.see(path_of(survey)).words
    assert "Zum wievielten Mal" in desk.see(path_of(survey, "?lang=de")).words
    only_german = make_collector(desk.session, desk.network, version_id=survey.version_id, languages=("de",))
    assert desk.see(path_of(only_german)).fields()["lang"] == "de"


def test_boxes_carry_the_signs_of_the_sheet(desk: Desk, survey: Collector) -> None:
    page = desk.see(path_of(survey))
    signs = [box.get("data-mark") for box in page.root.iter("input") if box.get("name") == "topics_wanted"]
    assert signs == list("1234567890a")


def test_page_of_the_survey_offers_sheets_and_entry(desk: Desk, survey: Collector) -> None:
    links = desk.see(f"/surveys/{survey.code}/").links()
    assert links["Enter papers"] == f"{desk.root}/surveys/{survey.code}/papers"
    assert links["العربية (PDF)"] == f"{desk.root}/surveys/{survey.code}/paper-forms/ar.pdf"
    sheets = [address for address in links.values() if "/paper-forms/" in address]
    assert len(sheets) == len(survey.languages)


def test_papers_are_taken_after_closing_and_refused_after_sealing(desk: Desk) -> None:
    now = datetime.now(UTC)
    times = {"now": now - timedelta(days=3), "closes_at": now - timedelta(hours=2)}
    survey = make_collector(desk.session, desk.network, meeting_id=make_meeting(desk.session, desk.network), **times)
    page = desk.see(f"/surveys/{survey.code}/")
    assert "Enter papers" in page.links()
    assert "العربية (PDF)" not in page.links()
    fields = desk.see(path_of(survey)).fields()
    assert send(desk, survey, fields, impulses="yes").status == 303
    desk.press(f"/surveys/{survey.code}/", "/seal")
    assert "Enter papers" not in desk.see(f"/surveys/{survey.code}/").links()
    late = desk.follow(send(desk, survey, desk.see("/meetings/new").fields(), impulses="yes"))
    assert "until it is sealed" in late.words
    assert desk.client.get(desk.root + path_of(survey)).status_code == 303
    assert len(stored(desk, survey)) == 1


def test_damaged_key_brings_everything_back_with_a_new_one(desk: Desk, survey: Collector) -> None:
    fields = desk.see(path_of(survey)).fields()
    for key in ("", "short", "\x00", None):
        page = send(desk, survey, fields, submission_key=key, impulses="yes")
        assert page.status == 400
        assert page.fields()["impulses"] == "yes"
        assert len(page.fields()["submission_key"]) == 22
    assert desk.session.scalar(select(func.count()).select_from(response)) == 0


def test_every_kind_of_question_can_be_entered(desk: Desk) -> None:
    own = (Choice("yes", {"de": "ja"}), Choice("other", {"de": "anderes:"}, text_length=20))
    items = (
        Item("b", ItemType.BLOCK, {"de": "Nun zu Ihnen."}),
        Item("n", ItemType.NUMBER, {"de": "Wie viele?"}),
        Item("d", ItemType.DATE, {"de": "Wann?"}),
        Item("m", ItemType.MANY, {"de": "Was?"}, options=own),
        Item("l", ItemType.LONG_TEXT, {"de": "Und sonst?"}),
    )
    asked = Questionnaire("kinds", 1, "de", ("de",), items, {"title": {"de": "Alles"}}, RELEASED)
    now = datetime.now(UTC)
    version_id = designing.publish_questionnaire(desk.session, asked, network_id=desk.network.id, now=now)
    survey = make_collector(desk.session, desk.network, version_id=version_id, languages=("de",))
    wrong = enter(desk, survey, n="viele", d="gestern", m="other", **{"m.other": "y" * 21})
    assert wrong.status == 400
    assert [wrong.message_at(f"f-{name}") != "" for name in ("n", "d", "m.other")] == [True] * 3
    words = {"m.other": "Chor", "l": "Danke\nsehr"}
    assert send(desk, survey, wrong.fields(), n="3,5", d="2026-11-20", m="other", **words).status == 303
    assert stored(desk, survey) == [{"n": "3.5", "d": "2026-11-20", "m": ["other"]}]


def test_damaged_form_is_answered_with_a_page(desk: Desk, survey: Collector) -> None:
    chance = random.Random(11)
    whole = desk.see(path_of(survey)).fields()
    whole.setlist("topics_wanted", ["clubs"])
    for _post in range(40):
        damaged = damage(whole, chance)
        assert send(desk, survey, damaged).status in (200, 303, 400), damaged
    known = {choice.code for item in standard_questionnaire().items for choice in item.options}
    for answers in stored(desk, survey):
        for value in answers.values():
            assert {value} <= known if isinstance(value, str) else set(value) <= known
