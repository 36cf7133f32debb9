"""What is said about a survey in a room: in which languages, with what around it."""

from dataclasses import replace

import pytest
from factories import make_collector, make_meeting
from sqlalchemy.orm import Session

from survey_app.domain.book import Meeting, Topic
from survey_app.domain.collector import Collector
from survey_app.domain.network import Network
from survey_app.domain.text import Phrase
from survey_app.web import announcing, locale
from survey_app.web.announcing import announce, build_invitations, choose_languages


@pytest.fixture
def survey(session: Session, network: Network) -> Collector:
    return make_collector(session, network, meeting_id=make_meeting(session, network))


def test_languages_are_chosen_and_ordered(survey: Collector) -> None:
    usual = [tag for tag in survey.languages if tag != "de-x-simple"]
    for asked, chosen in (
        ([], usual),
        (["ar,de"], ["ar", "de"]),
        (["tr", "ar"], ["tr", "ar"]),
        (["DE-x-Simple"], ["de-x-simple"]),
        (["xx,, ,\x00,ar,ar"], ["ar"]),
        (["xx"], usual),
    ):
        assert choose_languages(survey, asked) == tuple(chosen)


def test_every_invitation_says_which_language_it_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    class Arabic:
        def gettext(self, message: str) -> str:
            return {announcing.INVITATION: "كيف كان اللقاء؟"}.get(message, message)

    monkeypatch.setattr(
        announcing, "load_catalogue", lambda tag: Arabic() if tag == "ar" else locale.NullTranslations()
    )
    arabic, fallback = build_invitations(["ar", "ti"])
    assert arabic.invitation == Phrase("كيف كان اللقاء؟", "ar", "rtl")
    assert arabic.promise == Phrase(announcing.PROMISE, "en", "ltr")
    assert fallback.invitation == Phrase(announcing.INVITATION, "en", "ltr")
    assert len(build_invitations(["ti", "am", "so"])) == 1


def test_invitation_speaks_a_wider_language_where_the_own_one_has_no_catalogue() -> None:
    dari, sorani = build_invitations(["fa-AF", "ckb"])
    assert (dari.promise.text, dari.promise.language) == (build_invitations(["fa"])[0].promise.text, "fa-AF")
    assert (sorani.promise.text, sorani.promise.language) == ("Freiwillig und anonym.", "de")


def test_announcement_says_where_and_what_for(survey: Collector, network: Network) -> None:
    meeting = Meeting(id="1", title="Treffen", motto="Zusammen", topics=(Topic("Schule"), Topic(None)))
    base = "https://umfrage.example.de/"
    said = announce(survey, ["ar"], network=network, meeting=meeting, base_url=base, can_be_printed=lambda _one: True)
    assert (said.title, said.motto, said.topics) == ("Treffen", "Zusammen", ("Schule",))
    assert said.address == f"https://umfrage.example.de/q/{survey.code}"
    assert said.privacy_address == f"https://umfrage.example.de/privacy/{network.slug}"
    assert said.address in said.picture_words
    assert (said.language, said.code_word.language, said.invitations[0].promise.direction) == ("de", "de", "rtl")
    assert said.stamp is None
    bare = announce(survey, [], network=network, meeting=None, base_url=base, can_be_printed=lambda _one: True)
    assert (bare.title, bare.motto, bare.topics, bare.invitations) == ("", "", (), ())


def test_words_around_are_german_where_the_language_of_the_network_cannot_be_printed(
    survey: Collector, network: Network
) -> None:
    tigrinya = replace(network, default_language="ti")
    for is_printable, language in ((True, "ti"), (False, "de")):
        said = announce(
            survey,
            ["en"],
            network=tigrinya,
            meeting=None,
            base_url="https://umfrage.example.de",
            can_be_printed=lambda one, is_printable=is_printable: is_printable or one.promise.language != "ti",
        )
        assert (said.language, said.code_word.language, said.protection.language) == (language,) * 3
        assert said.invitations[0].promise.language == "en"
