"""What the database itself refuses: changing what is published, released or sealed, and what no column may hold."""
# ruff: noqa: S608  # the statements are the test's own

import pytest
from factories import NOW, freiburg_goals, make_collector, make_meeting, publish_standard
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.collector import CollectorState
from survey_app.domain.network import Network
from survey_app.services import designing, housekeeping
from survey_app.storage.engine import writing
from survey_app.storage.tables import ReleaseRow, release_file

pytestmark = pytest.mark.both_databases


def run(session: Session, statement: str) -> int:
    with writing(session) as connection:
        return connection.execute(text(statement)).rowcount


@pytest.fixture
def frozen(session: Session, network: Network) -> None:
    """A published questionnaire and goal system, a release and a sealed tally."""
    collector = make_collector(session, network, now=NOW)
    housekeeping.close_collector(session, collector.code, network_id=network.id, now=NOW)
    housekeeping.seal_collector(session, collector.code, network_id=network.id, now=NOW + housekeeping.GRACE)
    goals = designing.publish_goal_system(session, freiburg_goals(), network_id=network.id, now=NOW)
    with writing(session):
        release = ReleaseRow(
            network_id=network.id,
            goal_system_id=goals,
            tier="public",
            cut_off=NOW.date(),
            released_at=NOW,
            released_by="somebody@example.org",
            facts_hash="0" * 64,
            number=1,
            document="{}",
            annex="{}",
            descriptions="[]",
            ledger="[]",
        )
        session.add(release)
        session.flush()
        session.execute(insert(release_file), {"release_id": release.id, "kind": "csv", "content": b"I5"})


CHANGES = (
    "UPDATE questionnaire_version SET document = '{}'",
    "UPDATE questionnaire_version SET published_at = NULL",
    "UPDATE goal_system_version SET document = ''",
    "UPDATE release_file SET kind = 'txt'",
    "UPDATE release SET document = ''",
    "UPDATE tally SET completed = 99",
)


@pytest.mark.usefixtures("frozen")
def test_database_refuses_change_and_deletion_when_the_row_is_frozen(session: Session) -> None:
    deletions = [f"DELETE FROM {change.split()[1]}" for change in CHANGES]
    for statement in (*CHANGES, *deletions):
        with pytest.raises(DBAPIError, match="never changes"):
            run(session, statement)


@pytest.mark.usefixtures("frozen")
def test_tally_stays_frozen_when_the_answers_are_erased(session: Session) -> None:
    run(session, f"UPDATE collector SET state = '{CollectorState.ERASED}'")
    for statement in ("UPDATE tally SET completed = 99", "DELETE FROM tally"):
        with pytest.raises(DBAPIError, match="never changes"):
            run(session, statement)


def test_drafts_and_unsealed_tallies_can_change_when_not_yet_frozen(session: Session, network: Network) -> None:
    collector = make_collector(session, network, now=NOW)
    columns = "network_id, code, version, document, revision"
    run(session, f"INSERT INTO questionnaire_version ({columns}) VALUES ({network.id}, 'd', 1, '{{}}', 1)")
    run(session, f"INSERT INTO goal_system_version ({columns}) VALUES ({network.id}, 'd', '1', '{{}}', 1)")
    run(
        session,
        "INSERT INTO tally (collector_id, network_id, completed, partial, items) "
        f"VALUES ('{collector.id}', {network.id}, 1, 0, '[]')",
    )
    for table in ("questionnaire_version", "goal_system_version"):
        assert run(session, f"UPDATE {table} SET revision = 2 WHERE published_at IS NULL") == 1
        assert run(session, f"DELETE FROM {table} WHERE published_at IS NULL") == 1
    assert run(session, "UPDATE tally SET completed = 2") == 1
    assert run(session, "DELETE FROM tally") == 1


def assert_refused(session: Session, *statements: str) -> None:
    for statement in statements:
        with pytest.raises(IntegrityError):
            run(session, statement)


@pytest.mark.usefixtures("network")
def test_database_refuses_settings_when_they_are_laxer_than_the_rule(session: Session) -> None:
    settings = ("minimum_internal = 4", "minimum_public = 9", "minimum_sensitive = 19")
    months = ("retention_months = 2", "retention_months = 37")
    assert_refused(session, *(f"UPDATE network SET {change}" for change in settings + months))


def test_database_refuses_a_meeting_when_its_numbers_contradict(session: Session, network: Network) -> None:
    make_meeting(session, network)
    changes = ("invited = -1", "attended_invited = -1", "attended_invited = 3, attended_total = 2")
    assert_refused(session, *(f"UPDATE meeting SET {change}" for change in changes))


def test_database_refuses_orphans_when_parents_are_missing(session: Session, network: Network) -> None:
    make_collector(session, network, now=NOW, version_id=publish_standard(session, network))
    assert_refused(
        session,
        "DELETE FROM network",
        "DELETE FROM meeting",
        "UPDATE collector SET version_id = 999",
        "INSERT INTO receipt (submission_hash, collector_id) VALUES ('x', 'absent')",
    )


def test_submission_hash_is_unique_and_never_null_when_inserted_by_hand(session: Session, network: Network) -> None:
    collector = make_collector(session, network, now=NOW)
    insert = "INSERT INTO receipt (submission_hash, collector_id) VALUES ({}, '" + collector.id + "')"
    assert run(session, insert.format("'a'")) == 1
    for value in ("'a'", "NULL"):
        with pytest.raises(IntegrityError):
            run(session, insert.format(value))
