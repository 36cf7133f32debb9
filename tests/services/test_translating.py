"""Translations of a draft and links for translators, on both databases."""

from datetime import timedelta

import pytest
from drafting import STANDARD, change, load, publish, reword, start
from factories import NOW, make_network
from sqlalchemy.orm import Session

from survey_app.domain.errors import InvalidRecord, TransitionNotAllowed, UnknownLink, UnknownQuestionnaire
from survey_app.domain.network import Network
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.translating import LONGEST_WORDS, Translated
from survey_app.domain.wording_states import WordingProgress, assess_wording, fingerprint_text
from survey_app.services import questionnaire_design as design
from survey_app.services import translating

pytestmark = pytest.mark.both_databases
DAY = timedelta(days=1)


def written(path: str, words: str, language: str = "tr") -> Translated:
    text = dict(list_texts(STANDARD))[path]
    return Translated(path, words, fingerprint_text(text[language]), fingerprint_text(text["de"]))


def give(session: Session, version_id: int, network: Network, days: int = 7) -> str:
    return translating.give_link(session, version_id, "tr", network_id=network.id, now=NOW, valid_for=days * DAY)


def test_translations_of_two_people_are_both_kept_but_for_the_text_both_wrote(
    session: Session, network: Network
) -> None:
    version_id = start(session, network)
    change(session, version_id, network, reword("impulses", "onların", "tr"), step=None)
    given = [written("impulses", "bizim"), written("benefit", "yarar")]
    saved = translating.save_translations(session, version_id, "tr", given, network_id=network.id)
    assert [(one.path, one.theirs) for one in saved.conflicts] == [("impulses", "onların")]
    texts = dict(list_texts(load(session, version_id, network).questionnaire))
    assert (texts["impulses"]["tr"], texts["benefit"]["tr"]) == ("onların", "yarar")


def test_undoing_a_change_of_the_design_keeps_translations(session: Session, network: Network) -> None:
    version_id = start(session, network)
    change(session, version_id, network, reword("impulses", "Neue Ideen?"))
    translating.save_translations(session, version_id, "tr", [written("benefit", "yarar")], network_id=network.id)
    stored = load(session, version_id, network)
    assert assess_wording(stored.questionnaire, stored.states, "impulses", "tr") is WordingProgress.OUTDATED
    design.undo(session, version_id, network_id=network.id, revision=stored.revision)
    stored = load(session, version_id, network)
    texts = dict(list_texts(stored.questionnaire))
    assert (texts["impulses"]["de"], texts["benefit"]["tr"]) == (dict(list_texts(STANDARD))["impulses"]["de"], "yarar")
    assert assess_wording(stored.questionnaire, stored.states, "impulses", "tr") is WordingProgress.DRAFT


def test_nothing_is_saved_when_one_text_is_endless(session: Session, network: Network) -> None:
    version_id = start(session, network)
    before = load(session, version_id, network)
    given = [written("benefit", "yarar"), written("impulses", "x" * (LONGEST_WORDS + 1))]
    with pytest.raises(InvalidRecord):
        translating.save_translations(session, version_id, "tr", given, network_id=network.id)
    assert load(session, version_id, network) == before


@pytest.mark.parametrize("language", ["de", "ti"])
def test_source_language_and_languages_that_are_not_offered_are_not_translated(
    session: Session, network: Network, language: str
) -> None:
    version_id = start(session, network)
    given = [Translated("impulses", "x", "", "")]
    with pytest.raises(TransitionNotAllowed):
        translating.save_translations(session, version_id, language, given, network_id=network.id)
    with pytest.raises(TransitionNotAllowed):
        translating.give_link(session, version_id, language, network_id=network.id, now=NOW, valid_for=DAY)


def test_link_opens_its_draft_until_it_expires(session: Session, network: Network) -> None:
    version_id = start(session, network)
    token = give(session, version_id, network)
    link, stored = translating.follow_link(session, token, now=NOW + 7 * DAY - timedelta(seconds=1))
    assert (link.language, stored.id) == ("tr", version_id)
    assert token.encode() not in repr(link).encode()
    with pytest.raises(UnknownLink):
        translating.follow_link(session, token, now=NOW + 7 * DAY)


def test_link_opens_nothing_when_it_was_taken_back(session: Session, network: Network) -> None:
    version_id = start(session, network)
    token = give(session, version_id, network)
    (link,) = translating.list_links(session, version_id, network_id=network.id, now=NOW)
    stranger = make_network(session, "rostock")
    with pytest.raises(UnknownLink):
        translating.revoke_link(session, link.id, version_id=version_id, network_id=stranger.id, now=NOW)
    translating.revoke_link(session, link.id, version_id=version_id, network_id=network.id, now=NOW)
    assert translating.list_links(session, version_id, network_id=network.id, now=NOW) == []
    with pytest.raises(UnknownLink):
        translating.follow_link(session, token, now=NOW)


@pytest.mark.parametrize("token", ["", "x", "\ud800", "a" * 10_000])
def test_invented_secret_opens_nothing(session: Session, network: Network, token: str) -> None:
    with pytest.raises(UnknownLink):
        translating.follow_link(session, token, now=NOW)


def test_link_opens_nothing_once_the_draft_is_published_or_lost_its_language(
    session: Session, network: Network
) -> None:
    version_id = start(session, network)
    token = give(session, version_id, network)
    publish(session, version_id, network)
    with pytest.raises(UnknownLink):
        translating.follow_link(session, token, now=NOW)
    with pytest.raises(TransitionNotAllowed):
        give(session, version_id, network)


@pytest.mark.parametrize("days", [0, -1, 91])
def test_link_works_for_a_day_to_three_months(session: Session, network: Network, days: int) -> None:
    version_id = start(session, network)
    with pytest.raises(InvalidRecord):
        give(session, version_id, network, days)


def test_foreign_draft_gets_no_link(session: Session, network: Network) -> None:
    version_id = start(session, network)
    with pytest.raises(UnknownQuestionnaire):
        give(session, version_id, make_network(session, "rostock"))


def test_ended_links_are_cleared_away_when_a_new_one_is_made(session: Session, network: Network) -> None:
    version_id = start(session, network)
    old = give(session, version_id, network, 1)
    translating.give_link(session, version_id, "tr", network_id=network.id, now=NOW + 2 * DAY, valid_for=DAY)
    assert len(translating.list_links(session, version_id, network_id=network.id, now=NOW)) == 1
    with pytest.raises(UnknownLink):
        translating.follow_link(session, old, now=NOW)
