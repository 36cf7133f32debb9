"""Versions of a goal system: drafts that several people edit at once, frozen by publishing, copied to go on."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from evaluation_strategies import goal_systems
from factories import NOW, freiburg_goals, make_network
from flask import Flask
from hypothesis import given, settings
from sqlalchemy.orm import Session

from survey_app.domain.errors import ConflictingRevision, NameTaken, TransitionNotAllowed, UnknownGoalSystem
from survey_app.domain.network import Network
from survey_app.evaluation import FormatError, GoalSystem, parse_goals, write_goals
from survey_app.evaluation.goals.goal_editing import put_goal
from survey_app.extensions import db
from survey_app.services import goal_design
from survey_app.storage.goals import load_current_goal_system

pytestmark = pytest.mark.both_databases

FREIBURG = parse_goals(freiburg_goals())


def start(session: Session, network: Network, document: str | None = None) -> int:
    return goal_design.start_draft(session, document or freiburg_goals(), network_id=network.id)


def load(session: Session, version_id: int, network: Network) -> goal_design.StoredGoalSystem:
    session.rollback()
    return goal_design.load_version(session, version_id, network_id=network.id)


def publish(session: Session, version_id: int, network: Network, revision: int = 1) -> None:
    goal_design.publish_draft(session, version_id, network_id=network.id, revision=revision, now=NOW)


def retitle(goal_id: str, text: str) -> goal_design.Edit:
    def edit(system: GoalSystem) -> GoalSystem:
        goal = system.find_goal(goal_id)
        assert goal is not None
        return put_goal(system, replace(goal, text=text), instead_of=goal_id)

    return edit


def test_a_draft_keeps_the_document_as_it_was_written(session: Session, network: Network) -> None:
    version_id = start(session, network)
    stored = load(session, version_id, network)
    assert (stored.document, stored.published_at, stored.revision) == (freiburg_goals(), None, 1)


@settings(max_examples=10)
@given(goal_systems())
def test_any_system_comes_back_equal_when_it_is_kept_as_a_draft(
    session: Session, network: Network, system: GoalSystem
) -> None:
    version_id = start(session, network, write_goals(system))
    kept = load(session, version_id, network).goal_system
    assert replace(kept, version=system.version) == system


def test_a_taken_version_gets_a_number_when_the_file_is_read_again(session: Session, network: Network) -> None:
    versions = [load(session, start(session, network), network).goal_system.version for _time in range(3)]
    assert versions == ["2017-04-26", "2017-04-26-2", "2017-04-26-3"]
    other = make_network(session, "other")
    assert load(session, start(session, other), other).goal_system.version == "2017-04-26"


def test_two_people_lose_nothing_when_they_change_different_goals(session: Session, network: Network) -> None:
    version_id = start(session, network)
    for goal_id in ("IV.1.1", "IV.1.2"):
        goal_design.change_draft(session, version_id, retitle(goal_id, goal_id), network_id=network.id)
    stored = load(session, version_id, network)
    assert [goal.text for goal in stored.goal_system.goals if goal.parent == "IV.1"][:2] == ["IV.1.1", "IV.1.2"]
    assert stored.revision == 3


def test_every_change_is_kept_when_many_save_in_the_same_moment(app: Flask, session: Session, network: Network) -> None:
    version_id = start(session, network)
    goal_ids = [goal.id for goal in FREIBURG.goals]
    barrier = Barrier(len(goal_ids))

    def change(goal_id: str) -> None:
        with app.app_context():
            barrier.wait()
            edit = retitle(goal_id, f"neu {goal_id}")
            goal_design.change_draft(db.session(), version_id, edit, network_id=network.id)
            db.session.remove()

    with ThreadPoolExecutor(len(goal_ids)) as pool:
        list(pool.map(change, goal_ids))
    stored = load(session, version_id, network)
    assert [goal.text for goal in stored.goal_system.goals] == [f"neu {goal_id}" for goal_id in goal_ids]
    assert stored.revision == len(goal_ids) + 1


def test_an_unsound_change_is_refused_with_its_place(session: Session, network: Network) -> None:
    version_id = start(session, network)

    def orphan(system: GoalSystem) -> GoalSystem:
        return put_goal(system, replace(system.goals[1], parent="nobody"), instead_of="IV")

    with pytest.raises(FormatError) as caught:
        goal_design.change_draft(session, version_id, orphan, network_id=network.id)
    assert caught.value.path == "goal[1].parent"
    assert load(session, version_id, network).document == freiburg_goals()


def test_nothing_is_written_when_nothing_changes(session: Session, network: Network) -> None:
    version_id = start(session, network)
    goal_design.change_draft(session, version_id, lambda system: system, network_id=network.id)
    assert (load(session, version_id, network).document, load(session, version_id, network).revision) == (
        freiburg_goals(),
        1,
    )


def test_the_second_is_shown_the_first_when_both_write_the_whole_text(session: Session, network: Network) -> None:
    version_id = start(session, network)
    mine, theirs = (freiburg_goals().replace("Strategisches Dach", words) for words in ("Meins", "Deren"))
    goal_design.change_document(session, version_id, theirs, revision=1, network_id=network.id)
    with pytest.raises(ConflictingRevision) as caught:
        goal_design.change_document(session, version_id, mine, revision=1, network_id=network.id)
    assert (caught.value.theirs.document, caught.value.theirs.revision) == (theirs, 2)
    goal_design.change_document(session, version_id, mine, revision=2, network_id=network.id)
    assert load(session, version_id, network).document == mine


def test_published_versions_refuse_every_change(session: Session, network: Network) -> None:
    version_id = start(session, network)
    publish(session, version_id, network)
    assert load_current_goal_system(session, network_id=network.id).id == version_id
    for action in (
        lambda: goal_design.change_draft(session, version_id, retitle("D", "x"), network_id=network.id),
        lambda: goal_design.change_document(session, version_id, freiburg_goals(), revision=1, network_id=network.id),
        lambda: goal_design.discard_draft(session, version_id, network_id=network.id),
        lambda: publish(session, version_id, network),
    ):
        with pytest.raises(TransitionNotAllowed):
            action()
    assert load(session, version_id, network).document == freiburg_goals()


def test_publishing_is_refused_when_somebody_changed_the_draft_meanwhile(session: Session, network: Network) -> None:
    version_id = start(session, network)
    goal_design.change_draft(session, version_id, retitle("D", "x"), network_id=network.id)
    with pytest.raises(ConflictingRevision):
        publish(session, version_id, network, revision=1)
    publish(session, version_id, network, revision=2)


def test_a_copy_of_a_published_version_is_a_draft_of_today(session: Session, network: Network) -> None:
    version_id = start(session, network)
    publish(session, version_id, network)
    today = date(2026, 11, 22)
    copies = [goal_design.copy_version(session, version_id, network_id=network.id, today=today) for _time in range(2)]
    listed = goal_design.list_versions(session, network_id=network.id)
    assert [stored.id for stored in listed] == [copies[1], copies[0], version_id]
    assert [stored.goal_system.version for stored in listed] == ["2026-11-22-2", "2026-11-22", "2017-04-26"]
    assert replace(listed[1].goal_system, version=FREIBURG.version) == FREIBURG


def test_a_taken_version_is_refused_when_a_draft_would_take_it(session: Session, network: Network) -> None:
    start(session, network)
    second = start(session, network)
    with pytest.raises(NameTaken):
        goal_design.change_draft(
            session, second, lambda system: replace(system, version=FREIBURG.version), network_id=network.id
        )
    with pytest.raises(NameTaken):
        goal_design.change_document(session, second, freiburg_goals(), revision=1, network_id=network.id)


def test_a_version_longer_than_its_column_is_refused_with_its_line(session: Session, network: Network) -> None:
    long = freiburg_goals().replace('version = "2017-04-26"', f'version = "{"x" * 64}"')
    with pytest.raises(FormatError) as caught:
        start(session, network, long)
    assert (caught.value.path, caught.value.line) == ("version", 8)


def test_a_discarded_draft_is_gone(session: Session, network: Network) -> None:
    version_id = start(session, network)
    goal_design.discard_draft(session, version_id, network_id=network.id)
    assert goal_design.list_versions(session, network_id=network.id) == []
    with pytest.raises(UnknownGoalSystem):
        goal_design.discard_draft(session, version_id, network_id=network.id)


def test_another_network_sees_and_changes_nothing(session: Session, network: Network) -> None:
    version_id = start(session, network)
    other = make_network(session, "other")
    assert goal_design.list_versions(session, network_id=other.id) == []
    for action in (
        lambda: goal_design.load_version(session, version_id, network_id=other.id),
        lambda: goal_design.change_draft(session, version_id, retitle("D", "x"), network_id=other.id),
        lambda: goal_design.change_document(session, version_id, freiburg_goals(), revision=1, network_id=other.id),
        lambda: goal_design.copy_version(session, version_id, network_id=other.id, today=NOW.date()),
        lambda: goal_design.discard_draft(session, version_id, network_id=other.id),
        lambda: publish(session, version_id, other),
    ):
        with pytest.raises(UnknownGoalSystem):
            action()
    assert load(session, version_id, network).revision == 1
