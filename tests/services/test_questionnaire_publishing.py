"""Publishing a draft: what is missing is named, a reason is kept, and nothing changes afterwards."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from drafting import STANDARD, change, load, publish, reword, start, undo
from factories import NOW
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from survey_app.domain.errors import (
    ConflictingRevision,
    InvalidDocument,
    TransitionNotAllowed,
)
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Item, ItemType, Questionnaire, TranslationStatus
from survey_app.domain.questionnaire_editing import add_item, put_text, remove_item
from survey_app.domain.wording_states import WordingState, WordingStates, WordingStep
from survey_app.services import questionnaire_design as design
from survey_app.storage.engine import writing
from survey_app.storage.questionnaires import list_published, load_published
from survey_app.storage.tables import QuestionnaireStepRow

pytestmark = pytest.mark.both_databases


def review_all(questionnaire: Questionnaire, states: WordingStates) -> WordingStates:
    del questionnaire
    return {
        path: {tag: WordingState(WordingStep.REVIEWED, one.source) for tag, one in entries.items()}
        for path, entries in states.items()
    }


def test_states_are_marked_when_somebody_reviews(session: Session, network: Network) -> None:
    version_id = start(session, network)
    design.change_draft(session, version_id, lambda one: one, network_id=network.id, step=None, mark=review_all)
    stored = load(session, version_id, network)
    assert {one.step for entries in stored.states.values() for one in entries.values()} == {WordingStep.REVIEWED}
    publish(session, version_id, network)
    assert set(load(session, version_id, network).questionnaire.reviewed.values()) == {True}


def test_a_complete_draft_is_frozen_with_all_its_languages_when_published(session: Session, network: Network) -> None:
    version_id = start(session, network)
    change(session, version_id, network, lambda one: remove_item(one, "impulses"))
    publish(session, version_id, network)
    stored = load(session, version_id, network)
    assert (stored.published_at, stored.override_reason) == (NOW, "")
    assert set(stored.questionnaire.status.values()) == {TranslationStatus.RELEASED}
    assert [tag for tag, is_reviewed in stored.questionnaire.reviewed.items() if is_reviewed] == ["de"]
    assert load_published(session, version_id, network_id=network.id) == stored.questionnaire
    assert session.scalar(select(func.count()).select_from(QuestionnaireStepRow)) == 0


def refused(session: Session, version_id: int, network: Network, reason: str = "") -> set[tuple[str, str]]:
    with pytest.raises(InvalidDocument) as caught:
        publish(session, version_id, network, reason=reason)
    assert list_published(session, network_id=network.id) == []
    return {(problem.code, problem.place) for problem in caught.value.problems}


def test_what_is_missing_is_named_when_a_draft_is_published(session: Session, network: Network) -> None:
    version_id = start(session, network, replace(STANDARD, languages=("de", "fr")))
    change(session, version_id, network, lambda one: add_item(one, Item("", ItemType.TEXT, {"de": "Noch etwas?"})))
    change(session, version_id, network, reword("impulses", "Neue Impulse?"))
    assert refused(session, version_id, network) == {
        ("missing_wording", "noch_etwas"),
        ("outdated_wording", "impulses"),
    }
    publish(session, version_id, network, reason="Die Übersetzerin ist krank.")
    assert load(session, version_id, network).override_reason == "Die Übersetzerin ist krank."


def test_no_reason_helps_when_the_source_says_nothing(session: Session, network: Network) -> None:
    silent = Questionnaire("silent", 1, "de", ("de",), (Item("intro", ItemType.BLOCK, {"de": "Guten Tag"}),))
    version_id = start(session, network, silent)
    expected = {
        ("nothing_asked", "items"),
        ("missing_title", "texts.title"),
        ("missing_thanks", "texts.thanks"),
    }
    assert refused(session, version_id, network) == refused(session, version_id, network, "Eilt.") == expected
    change(session, version_id, network, lambda one: put_text(one, "title", {"de": " "}))
    change(session, version_id, network, lambda one: put_text(one, "thanks", {"de": "Danke!"}))
    change(session, version_id, network, lambda one: add_item(one, Item("why", ItemType.TEXT, {})))
    assert refused(session, version_id, network, "Eilt.") == {
        ("missing_wording", "texts.title"),
        ("missing_wording", "why"),
    }


def test_a_draft_is_read_again_when_it_changed_before_it_was_published(session: Session, network: Network) -> None:
    version_id = start(session, network)
    change(session, version_id, network, lambda one: remove_item(one, "impulses"))
    with pytest.raises(ConflictingRevision):
        publish(session, version_id, network, revision=1)
    assert load(session, version_id, network).published_at is None


def test_nothing_changes_a_version_when_it_is_published(session: Session, network: Network) -> None:
    version_id = start(session, network)
    publish(session, version_id, network)
    before = load(session, version_id, network)
    attempts: list[Callable[[], object]] = [
        lambda: change(session, version_id, network, reword("impulses", "neu")),
        lambda: undo(session, version_id, network),
        lambda: publish(session, version_id, network),
        lambda: design.discard_draft(session, version_id, network_id=network.id),
    ]
    for attempt in attempts:
        with pytest.raises(TransitionNotAllowed):
            attempt()
    columns = (
        "document = '{}'",
        "wording_states = '{}'",
        "override_reason = 'x'",
        "published_by = 'x'",
        "revision = 9",
    )
    for column in columns:
        with pytest.raises(DBAPIError, match="never changes"), writing(session) as connection:
            connection.execute(text(f"UPDATE questionnaire_version SET {column}"))  # noqa: S608  # our own words
    assert load(session, version_id, network) == before
