"""Drafts of questionnaires: several people edit at once, steps are taken back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from drafting import ANY, STANDARD, change, load, publish, reword, start, undo
from factories import NOW, make_network, publish_standard
from flask import Flask
from hypothesis import given, settings
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from strategies import questionnaires

from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.errors import (
    ConflictingRevision,
    InvalidDocument,
    UnknownQuestionnaire,
)
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_editing import put_show_if, remove_item
from survey_app.domain.wording_states import WordingProgress, list_progress
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design
from survey_app.services.questionnaire_design import Step
from survey_app.storage import questionnaire_drafts as drafts
from survey_app.storage.engine import writing
from survey_app.storage.tables import QuestionnaireStepRow, TranslatorLinkRow

pytestmark = pytest.mark.both_databases


@settings(max_examples=10)
@given(questionnaires())
def test_any_questionnaire_comes_back_equal_when_it_is_kept_as_a_draft(
    session: Session, network: Network, questionnaire: Questionnaire
) -> None:
    stored = load(session, start(session, network, questionnaire), network)
    assert replace(stored.questionnaire, version=questionnaire.version) == questionnaire
    assert (stored.published_at, stored.revision) == (None, 1)


def test_each_draft_gets_the_next_number_when_begun(session: Session, network: Network) -> None:
    numbers = [load(session, start(session, network), network).questionnaire.version for _time in range(3)]
    assert numbers == [1, 2, 3]
    other = make_network(session, "other")
    assert load(session, start(session, other), other).questionnaire.version == 1


def test_a_draft_says_what_the_published_version_says_when_copied(session: Session, network: Network) -> None:
    published = publish_standard(session, network)
    stored = load(session, design.copy_version(session, published, network_id=network.id), network)
    assert stored.questionnaire == replace(STANDARD, version=2)
    assert stored.published_at is None
    progress = list_progress(stored.questionnaire, stored.states, "uk")
    assert set(progress.values()) == {WordingProgress.DRAFT}


def test_translations_stay_outdated_when_a_version_with_gaps_is_copied(session: Session, network: Network) -> None:
    version_id = start(session, network)
    change(session, version_id, network, reword("impulses", "Neue Impulse?"))
    publish(session, version_id, network, reason="Eilt.")
    copied = load(session, design.copy_version(session, version_id, network_id=network.id), network)
    assert list_progress(copied.questionnaire, copied.states, "fr")["impulses"] is WordingProgress.OUTDATED


def test_two_people_lose_nothing_when_they_change_different_items(session: Session, network: Network) -> None:
    version_id = start(session, network)
    for path in ("impulses", "benefit"):
        change(session, version_id, network, reword(path, path))
    stored = load(session, version_id, network)
    assert [stored.questionnaire.find_item(code).texts["de"] for code in ("impulses", "benefit")] == [
        "impulses",
        "benefit",
    ]
    assert stored.revision == 3


def test_nothing_is_saved_when_the_whole_was_changed_meanwhile(session: Session, network: Network) -> None:
    version_id = start(session, network)
    change(session, version_id, network, reword("impulses", "ihre"))
    with pytest.raises(ConflictingRevision) as caught:
        design.change_draft(
            session, version_id, reword("benefit", "unsere"), network_id=network.id, step=ANY, revision=1
        )
    assert caught.value.theirs == load(session, version_id, network)


def test_nothing_is_counted_as_a_change_when_nothing_changes(session: Session, network: Network) -> None:
    version_id = start(session, network)
    stored = change(session, version_id, network, lambda questionnaire: questionnaire)
    assert stored.revision == load(session, version_id, network).revision == 1
    assert design.list_steps(session, version_id, network_id=network.id) == []


def test_a_draft_stays_as_it_was_when_a_change_would_break_it(session: Session, network: Network) -> None:
    version_id = start(session, network)
    never = (Condition("remarks", Operator.PRESENT, value=True),)
    with pytest.raises(InvalidDocument, match="condition_on_later_item"):
        change(session, version_id, network, lambda one: put_show_if(one, "impulses", never))
    assert load(session, version_id, network).revision == 1


def test_every_step_comes_back_when_ten_are_undone(session: Session, network: Network) -> None:
    version_id = start(session, network)
    states = [load(session, version_id, network).questionnaire]
    for number in range(12):
        step = Step("item_changed", f"step-{number}")
        states.append(change(session, version_id, network, reword("impulses", str(number)), step).questionnaire)
    steps = design.list_steps(session, version_id, network_id=network.id)
    assert [step.subject for step in steps] == [f"step-{number}" for number in range(11, 1, -1)]
    for number in range(11, 1, -1):
        assert undo(session, version_id, network) == Step("item_changed", f"step-{number}")
        assert load(session, version_id, network).questionnaire == states[number]
    assert undo(session, version_id, network) is None
    assert load(session, version_id, network).revision == 1 + 12 + 10


def test_nobody_takes_back_what_somebody_else_did_when_undoing(session: Session, network: Network) -> None:
    version_id = start(session, network)
    change(session, version_id, network, reword("impulses", "ihre"))
    with pytest.raises(ConflictingRevision):
        design.undo(session, version_id, network_id=network.id, revision=1)
    assert load(session, version_id, network).questionnaire.find_item("impulses").texts["de"] == "ihre"


def test_steps_are_one_when_a_change_goes_on_with_the_last(session: Session, network: Network) -> None:
    version_id = start(session, network)
    opened = load(session, version_id, network).questionnaire
    for words in ("N", "Ne", "Neu"):
        design.change_draft(
            session,
            version_id,
            reword("impulses", words),
            network_id=network.id,
            step=Step("item_changed", "impulses"),
            continues=lambda before: before == opened,
        )
    assert len(design.list_steps(session, version_id, network_id=network.id)) == 1
    undo(session, version_id, network)
    assert load(session, version_id, network).questionnaire == opened


def test_translations_stay_when_the_design_is_undone(session: Session, network: Network) -> None:
    version_id = start(session, network)
    change(session, version_id, network, reword("impulses", "Neue Impulse?"))
    stored = change(session, version_id, network, reword("impulses", "De nouvelles idées ?", "fr"), step=None)
    assert len(design.list_steps(session, version_id, network_id=network.id)) == 1
    undo(session, version_id, network)
    undone = load(session, version_id, network)
    item = undone.questionnaire.find_item("impulses")
    assert item.texts["fr"] == "De nouvelles idées ?"
    assert item.texts["de"] == STANDARD.find_item("impulses").texts["de"]
    assert undone.states["impulses"]["fr"] == stored.states["impulses"]["fr"]
    progress = {tag: list_progress(undone.questionnaire, undone.states, tag)["impulses"] for tag in ("fr", "uk")}
    assert progress == {"fr": WordingProgress.OUTDATED, "uk": WordingProgress.DRAFT}


def test_a_removed_item_comes_back_with_its_translations_when_undone(session: Session, network: Network) -> None:
    version_id = start(session, network)
    before = load(session, version_id, network)
    change(session, version_id, network, lambda one: remove_item(one, "impulses"))
    undo(session, version_id, network)
    after = load(session, version_id, network)
    assert (after.questionnaire, after.states) == (before.questionnaire, before.states)


def test_steps_and_links_go_when_a_draft_is_discarded(session: Session, network: Network) -> None:
    version_id = start(session, network)
    change(session, version_id, network, reword("impulses", "neu"))
    with writing(session):
        link = {"network_id": network.id, "version_id": version_id, "language": "fr", "expires_at": NOW}
        session.add(TranslatorLinkRow(token_hash=b"h" * 32, **link))
    design.discard_draft(session, version_id, network_id=network.id)
    for table in (QuestionnaireStepRow, TranslatorLinkRow):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    with pytest.raises(UnknownQuestionnaire):
        load(session, version_id, network)


def test_another_network_finds_nothing_when_it_knows_the_id(session: Session, network: Network) -> None:
    version_id = start(session, network)
    change(session, version_id, network, reword("impulses", "neu"))
    other = make_network(session, "other")
    attempts: list[Callable[[], object]] = [
        lambda: load(session, version_id, other),
        lambda: change(session, version_id, other, reword("impulses", "fremd")),
        lambda: design.undo(session, version_id, network_id=other.id, revision=2),
        lambda: publish(session, version_id, other, revision=2),
        lambda: design.discard_draft(session, version_id, network_id=other.id),
        lambda: design.copy_version(session, version_id, network_id=other.id),
    ]
    for attempt in attempts:
        with pytest.raises(UnknownQuestionnaire):
            attempt()
    assert design.list_versions(session, network_id=other.id) == []
    assert design.list_steps(session, version_id, network_id=other.id) == []
    assert drafts.find_last_step(session, version_id, network_id=other.id) is None
    assert load(session, version_id, network).revision == 2


def test_drafts_come_before_what_is_published_when_listed(session: Session, network: Network) -> None:
    published = publish_standard(session, network)
    first, second = start(session, network), start(session, network)
    assert [one.id for one in design.list_versions(session, network_id=network.id)] == [second, first, published]


def test_one_of_two_wins_when_both_save_the_whole_at_once(app: Flask, session: Session, network: Network) -> None:
    version_id, engine, start_line = start(session, network), db.engine, Barrier(2)
    session.rollback()

    def save(finger: int) -> bool:
        with Session(engine) as own:
            start_line.wait()
            try:
                design.change_draft(
                    own, version_id, reword("impulses", str(finger)), network_id=network.id, step=ANY, revision=1
                )
            except ConflictingRevision:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, range(2))) == [False, True]
    assert load(session, version_id, network).revision == 2
