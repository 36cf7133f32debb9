"""Goal system versions: the one published last is in force."""

from datetime import timedelta

import pytest
from factories import NOW, freiburg_goals, make_network
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.errors import UnknownGoalSystem
from survey_app.domain.network import Network
from survey_app.evaluation.formats.format_errors import FormatError
from survey_app.evaluation.goals.goals_format import parse_goals
from survey_app.storage import goals
from survey_app.storage.engine import writing

pytestmark = pytest.mark.both_databases
VERSION = parse_goals(freiburg_goals()).version


def add(session: Session, network: Network, version: str = VERSION, published_at=NOW) -> int:
    document = freiburg_goals().replace(f'version = "{VERSION}"', f'version = "{version}"', 1)
    with writing(session):
        return goals.add_goal_system(session, document, network_id=network.id, published_at=published_at)


def test_goal_system_comes_back_with_its_document_when_stored(session: Session, network: Network) -> None:
    identity = add(session, network)
    session.rollback()
    stored = goals.load_current_goal_system(session, network_id=network.id)
    assert stored == goals.StoredGoalSystem(identity, parse_goals(freiburg_goals()), freiburg_goals(), NOW, 1)


def test_version_published_last_is_in_force_when_there_are_several(session: Session, network: Network) -> None:
    newest = add(session, network, "2099-01-01", NOW + timedelta(days=1))
    add(session, network, "2098-01-01", NOW)
    add(session, network, "2100-01-01", None)
    stored = goals.load_current_goal_system(session, network_id=network.id)
    assert (stored.id, stored.goal_system.version) == (newest, "2099-01-01")


def test_network_has_no_goals_when_none_are_published(session: Session, network: Network) -> None:
    other = make_network(session, "other")
    add(session, other)
    add(session, network, published_at=None)
    with pytest.raises(UnknownGoalSystem):
        goals.load_current_goal_system(session, network_id=network.id)


def test_broken_document_is_refused_when_added(session: Session, network: Network) -> None:
    with pytest.raises(FormatError), writing(session):
        goals.add_goal_system(session, "schema = 1", network_id=network.id, published_at=NOW)


def test_versions_are_unique_within_a_network_when_added(session: Session, network: Network) -> None:
    add(session, network)
    with pytest.raises(IntegrityError):
        add(session, network)
    add(session, make_network(session, "other"))
