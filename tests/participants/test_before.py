"""What stands before the first question: who asks and what is kept, and a warning where a group is small."""

import zlib
from dataclasses import replace

import pytest
from factories import make_collector, standard_questionnaire

from survey_app.services import convening

LANGUAGES = standard_questionnaire().languages


def test_short_notice_says_who_asks_why_and_for_how_long(phone, session, network, collector) -> None:
    convening.change_settings(session, replace(network, retention_months=7))
    page = phone.open(f"/q/{collector.code}?lang=en")
    before = page.text.split('class="question')[0]
    for said in (
        "Voluntary and anonymous",
        "no name, no address, no time",
        "Please write no names",
        "whether its meetings help and whether its goals are reached",
        "cannot be taken back",
        "deleted 7 months after the meeting",
    ):
        assert said in before
    assert network.name in page.words("details[@class='privacy']")
    links = {link.get("href").split("?")[0] for link in page.all("details[@class='privacy']//a")}
    assert links == {f"/privacy/{network.slug}", f"/imprint/{network.slug}"}


@pytest.mark.parametrize(("expected", "is_warned"), [(0, True), (9, True), (10, False), (240, False), (None, False)])
def test_small_group_is_warned_before_the_first_question(phone, session, network, expected, is_warned) -> None:
    collector = make_collector(session, network, expected_count=expected)
    texts = {}
    for language in LANGUAGES:
        page = phone.open(f"/q/{collector.code}?lang={language}")
        warnings = page.all("p[@class='boxed']")
        assert len(warnings) == is_warned
        if is_warned:
            texts[language] = "".join(warnings[0].itertext())
            assert page.text.index('class="boxed"') < page.text.index('class="question')
    assert len(set(texts.values())) == len(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_notice_is_in_the_language_of_the_page_and_light(app, phone, collector, monkeypatch, language) -> None:
    whole = phone.open(f"/q/{collector.code}?lang={language}").text
    start, end = whole.index('<p class="privacy">'), whole.index("</details>") + len("</details>")
    without = whole[:start] + whole[end:]
    assert len(zlib.compress(whole.encode(), 9)) - len(zlib.compress(without.encode(), 9)) <= 300
    notice = whole[start:end]
    assert language == "en" or "Privacy in short" not in notice
    assert language.startswith("de") or "Datenschutz in Kürze" not in notice
