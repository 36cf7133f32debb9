"""Questionnaire versions: parsed once, frozen when published, unseen by other networks."""

import pytest
from factories import NOW, make_network, standard_questionnaire
from flask import Flask
from hypothesis import given, settings
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from strategies import questionnaires as generated

from survey_app.domain.errors import UnknownQuestionnaire
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.wording_states import follow_wording
from survey_app.extensions import db
from survey_app.storage import questionnaires
from survey_app.storage.engine import writing

pytestmark = pytest.mark.both_databases


def add(session: Session, network: Network, version: int = 1, *, is_draft: bool = False, code: str = "small") -> int:
    questionnaire = Questionnaire(code, version, "de", ("de",), ())
    with writing(session):
        return questionnaires.add_questionnaire(
            session, questionnaire, network_id=network.id, published_at=None if is_draft else NOW
        )


def test_shipped_questionnaire_comes_back_unchanged_when_stored(session: Session, network: Network) -> None:
    with writing(session):
        version_id = questionnaires.add_questionnaire(session, standard_questionnaire(), network_id=network.id)
    session.rollback()
    stored = questionnaires.load_questionnaire(session, version_id, network_id=network.id)
    states = follow_wording({}, None, standard_questionnaire())
    assert stored == questionnaires.StoredQuestionnaire(version_id, standard_questionnaire(), None, 1, states)


@settings(max_examples=10)
@given(generated())
def test_any_questionnaire_comes_back_unchanged_when_stored(
    session: Session, network: Network, questionnaire: Questionnaire
) -> None:
    with writing(session):
        version_id = questionnaires.add_questionnaire(session, questionnaire, network_id=network.id)
        session.expire_all()
        stored = questionnaires.load_questionnaire(session, version_id, network_id=network.id)
        assert stored.questionnaire == questionnaire
        session.rollback()


def test_published_version_is_read_once_when_asked_often(app: Flask, session: Session, network: Network) -> None:
    version_id = add(session, network)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    first = questionnaires.load_published(session, version_id, network_id=network.id)
    assert len([statement for statement in statements if "questionnaire_version" in statement]) == 1
    assert questionnaires.load_published(session, version_id, network_id=network.id) is first
    assert len([statement for statement in statements if "questionnaire_version" in statement]) == 1


def test_draft_is_not_handed_out_when_a_published_version_is_wanted(session: Session, network: Network) -> None:
    version_id = add(session, network, is_draft=True)
    assert questionnaires.load_questionnaire(session, version_id, network_id=network.id).published_at is None
    with pytest.raises(UnknownQuestionnaire):
        questionnaires.load_published(session, version_id, network_id=network.id)
    assert questionnaires.list_published(session, network_id=network.id) == []


def test_newest_version_comes_first_when_listed(session: Session, network: Network) -> None:
    for code, version in (("b", 1), ("a", 1), ("a", 10), ("a", 9)):
        add(session, network, version, code=code)
    listed = [stored.questionnaire for stored in questionnaires.list_published(session, network_id=network.id)]
    assert [(one.id, one.version) for one in listed] == [("a", 10), ("a", 9), ("a", 1), ("b", 1)]


def test_version_numbers_are_unique_within_a_network_when_added(session: Session, network: Network) -> None:
    add(session, network)
    with pytest.raises(IntegrityError):
        add(session, network)
    add(session, make_network(session, "other"))
    add(session, network, 2)


def test_another_network_sees_no_version_when_it_knows_the_id(session: Session, network: Network) -> None:
    version_id = add(session, network)
    other = make_network(session, "other").id
    questionnaires.load_published(session, version_id, network_id=network.id)  # even when it is in the cache
    for load in (questionnaires.load_questionnaire, questionnaires.load_published):
        with pytest.raises(UnknownQuestionnaire):
            load(session, version_id, network_id=other)
    assert questionnaires.list_published(session, network_id=other) == []


def test_moment_of_publication_comes_back_in_utc_when_stored(session: Session, network: Network) -> None:
    version_id = add(session, network)
    session.rollback()
    session.expire_all()
    stored = questionnaires.load_questionnaire(session, version_id, network_id=network.id)
    assert stored.published_at == NOW
