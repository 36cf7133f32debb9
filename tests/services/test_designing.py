"""Publishing: only what is complete, only once, for ever."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from factories import NOW, freiburg_goals, make_network
from flask import Flask
from sqlalchemy.orm import Session

from survey_app.domain.errors import InvalidDocument, NameTaken
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire, TranslationStatus
from survey_app.extensions import db
from survey_app.services import designing
from survey_app.storage.questionnaires import list_published, load_published

pytestmark = pytest.mark.both_databases

SMALL = Questionnaire(
    id="small",
    version=1,
    source_language="de",
    languages=("de", "en"),
    items=(
        Item(
            "mood",
            ItemType.ONE,
            {"de": "Wie war's?", "en": "How was it?"},
            options=(Choice("good", {"de": "gut", "en": "good"}),),
        ),
    ),
    texts={"title": {"de": "Kurz", "en": "Short"}},
    status={"de": TranslationStatus.RELEASED, "en": TranslationStatus.RELEASED},
)


def publish(session: Session, questionnaire: Questionnaire, network: Network) -> int:
    return designing.publish_questionnaire(session, questionnaire, network_id=network.id, now=NOW)


def problems_of(session: Session, questionnaire: Questionnaire, network: Network) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocument) as caught:
        publish(session, questionnaire, network)
    assert list_published(session, network_id=network.id) == []
    return [(problem.code, problem.place) for problem in caught.value.problems]


def test_questionnaire_is_published_for_ever_when_complete(session: Session, network: Network) -> None:
    version_id = publish(session, SMALL, network)
    assert load_published(session, version_id, network_id=network.id) == SMALL
    (stored,) = list_published(session, network_id=network.id)
    assert (stored.id, stored.published_at) == (version_id, NOW)


def test_questionnaire_is_refused_when_a_language_lacks_wording(session: Session, network: Network) -> None:
    item = replace(SMALL.items[0], texts={"de": "Wie war's?", "en": " "}, options=(Choice("good", {"de": "gut"}),))
    found = problems_of(session, replace(SMALL, items=(item,), texts={"title": {"en": "Short"}}), network)
    assert found == [
        ("missing_wording", "texts.title"),
        ("missing_wording", "mood"),
        ("missing_wording", "mood.good"),
    ]


def test_questionnaire_is_refused_when_a_language_is_not_released(session: Session, network: Network) -> None:
    statuses: list[dict[str, TranslationStatus]] = [
        {}, {"en": TranslationStatus.CHECKED}, {"en": TranslationStatus.DRAFT}
    ]  # fmt: skip
    for status in statuses:
        questionnaire = replace(SMALL, status={"de": TranslationStatus.RELEASED} | status)
        assert problems_of(session, questionnaire, network) == [("language_not_released", "status.en")]


def test_questionnaire_is_refused_when_it_could_not_be_read_again(session: Session, network: Network) -> None:
    doubled = replace(SMALL, items=SMALL.items * 2)
    assert ("duplicate_code", "items[1].code") in problems_of(session, doubled, network)


def test_version_is_published_once_when_published_twice(session: Session, network: Network) -> None:
    publish(session, SMALL, network)
    with pytest.raises(NameTaken, match="small"):
        publish(session, replace(SMALL, texts={}), network)
    publish(session, replace(SMALL, version=2), network)
    publish(session, SMALL, make_network(session, "other"))
    assert [one.questionnaire.version for one in list_published(session, network_id=network.id)] == [2, 1]


def test_version_is_published_once_when_two_people_press_the_button(
    app: Flask, session: Session, network: Network
) -> None:
    engine, start = db.engine, Barrier(2)
    session.rollback()

    def press(_finger: int) -> bool:
        with Session(engine) as own:
            start.wait()
            try:
                publish(own, SMALL, network)
            except NameTaken:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == [False, True]
    assert len(list_published(session, network_id=network.id)) == 1


def test_goal_system_is_published_once_when_published_twice(session: Session, network: Network) -> None:
    designing.publish_goal_system(session, freiburg_goals(), network_id=network.id, now=NOW)
    with pytest.raises(NameTaken):
        designing.publish_goal_system(session, freiburg_goals(), network_id=network.id, now=NOW)


def test_goal_system_is_refused_with_its_place_when_broken(session: Session, network: Network) -> None:
    broken = freiburg_goals().replace('schema = "goals/1"', 'schema = "goals/9"')
    with pytest.raises(ValueError, match="schema"):
        designing.publish_goal_system(session, broken, network_id=network.id, now=NOW)
