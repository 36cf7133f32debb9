"""Where a questionnaire has words in some languages only, each text says in which one it is."""

from datetime import UTC, datetime, timedelta

import pytest
from crawling import Page, read_page
from factories import make_collector
from flask import Flask
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire, TranslationStatus
from survey_app.services.housekeeping import close_collector, seal_collector
from survey_app.storage.engine import writing
from survey_app.storage.questionnaires import add_questionnaire

TEXTS = {
    "ar": "هل كان اللقاء مفيدًا؟",
    "fa": "بله، بسیار",
    "uk": "Ваша думка про зустріч",
    "tr": "Kısmen yararlıydı",
    "de": "eher nicht",
    "ckb": "پێشوازی لە کۆبوونەوە",
    "fa-AF": "سپاس از جواب شما",
}
DIRECTIONS = {"ar": "rtl", "fa": "rtl", "uk": "ltr", "tr": "ltr", "de": "ltr", "ckb": "rtl", "fa-AF": "rtl"}
LANGUAGES = tuple(TEXTS)


def only(tag: str) -> dict[str, str]:
    return {tag: TEXTS[tag]}


MIXED = Questionnaire(
    id="mixed",
    version=1,
    source_language="de",
    languages=LANGUAGES,
    items=(
        Item(
            "useful",
            ItemType.ONE,
            only("ar"),
            hint="hint",
            options=(Choice("yes", only("fa")), Choice("partly", only("tr")), Choice("no", only("de"))),
        ),
        Item("welcome", ItemType.BLOCK, only("ckb")),
        Item("more", ItemType.TEXT, only("tr"), show_if=(("useful", "=", "partly"),)),
    ),
    texts={"title": only("uk"), "introduction": only("fa"), "hint": only("ckb"), "thanks": only("fa-AF")},
    status=dict.fromkeys(LANGUAGES, TranslationStatus.RELEASED),
)


@pytest.fixture
def survey(session: Session, network: Network) -> Collector:
    with writing(session):
        version = add_questionnaire(session, MIXED, network_id=network.id, published_at=datetime.now(UTC))
    return make_collector(session, network, version_id=version, languages=LANGUAGES)


def ask(app: Flask, address: str, **fields: str) -> Page:
    client = app.test_client()
    answer = client.post(address, data=fields, follow_redirects=True) if fields else client.get(address)
    return read_page(answer.get_data(as_text=True), address, answer.status_code)


def find(page: Page, tag: str) -> list[tuple[str, str]]:
    """Return language and direction of each place with the text in a language; a title has no marks inside."""
    words = [words for words in page.words if TEXTS[tag] in words.text and "title" not in words.place]
    return [(found.language, found.direction) for found in words]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_text_of_the_form_says_its_language(app: Flask, survey: Collector, tag: str) -> None:
    page = ask(app, f"/q/{survey.code}?lang={tag}")
    assert page.language == ("de" if tag == "ckb" else tag)
    for text in set(TEXTS) - {"fa-AF"}:
        found = find(page, text)
        assert found, text
        assert set(found) == {(text, DIRECTIONS[text])}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_thanks_say_their_language(app: Flask, survey: Collector, tag: str) -> None:
    page = ask(app, f"/q/{survey.code}/thanks?lang={tag}")
    assert find(page, "fa-AF") == [("fa-AF", "rtl")]


def test_answers_that_cannot_be_sent_say_their_language(app: Flask, session: Session, survey: Collector) -> None:
    now, values = datetime.now(UTC), {"network_id": survey.network_id}
    close_collector(session, survey.code, now=now, **values)
    seal_collector(session, survey.code, now=now, grace=timedelta(0), **values)
    page = ask(app, f"/q/{survey.code}?lang=uk", submission_key="k" * 22, lang="uk", useful="partly", more="так")
    assert find(page, "ar") == [("ar", "rtl")]
    assert set(find(page, "tr")) == {("tr", "ltr")}


def test_frame_of_a_language_without_catalogue_is_german_and_says_so(app: Flask, survey: Collector) -> None:
    page = ask(app, f"/q/{survey.code}?lang=ckb")
    (send,) = [words for words in page.words if words.text == "Absenden"]
    assert (send.language, send.direction) == ("de", "ltr")


@pytest.mark.parametrize("tag", ["ar", "fa", "uk", "tr", "de", "ti"])
def test_no_text_is_without_a_language(app: Flask, survey: Collector, tag: str) -> None:
    for address in (f"/q/{survey.code}?lang={tag}", f"/q/{survey.code}/thanks?lang={tag}", f"/?lang={tag}"):
        assert all(words.language and words.direction for words in ask(app, address).words)
