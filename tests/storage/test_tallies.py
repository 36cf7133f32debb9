"""Tallies: what evaluation reads, for the surveys of one network only."""

from datetime import UTC, date, datetime, timedelta

import pytest
from factories import NOW, make_collector, make_meeting, make_network, publish_standard, standard_questionnaire
from sqlalchemy.orm import Session

from survey_app.domain.collector import CollectorState
from survey_app.domain.network import Network
from survey_app.domain.tally import AnswerCounts, ItemTally, TallyType
from survey_app.services import convening
from survey_app.storage import tallies
from survey_app.storage.answer_tables import CollectorRow
from survey_app.storage.collectors import change_collector
from survey_app.storage.engine import writing

pytestmark = pytest.mark.both_databases
COUNTS = AnswerCounts({"yes": 3, "no": 1}, no_answer=2)
ITEM = ItemTally("impulses", 1, TallyType.ONE, COUNTS, by={"group": {"a": COUNTS}}, first_answers=COUNTS)


def seal_by_hand(session: Session, network: Network, **values) -> str:
    collector = make_collector(session, network, now=NOW, **values)
    with writing(session) as connection:
        tallies.replace_tally(
            connection, collector_id=collector.id, network_id=network.id, completed=6, items=[ITEM], partial=1
        )
        sealed = collector.closed(NOW).sealed(NOW, grace=timedelta(0))
        change_collector(session, sealed, before=CollectorState.OPEN)
    return collector.code


def test_tally_comes_back_with_meeting_and_version_when_sealed(session: Session, network: Network) -> None:
    meeting = make_meeting(session, network, date=date(2026, 1, 31))
    code = seal_by_hand(session, network, meeting_id=meeting)
    session.rollback()
    (survey,) = tallies.list_tallies(session, network_id=network.id)
    assert (survey.id, survey.date, survey.state, survey.meeting) == (code, date(2026, 1, 31), "sealed", str(meeting))
    assert (survey.completed, survey.partial, survey.items) == (6, 1, (ITEM,))
    standard = standard_questionnaire()
    assert (survey.questionnaire, survey.version) == (standard.id, standard.version)
    assert survey.attended is None


def test_counts_stay_hidden_when_the_survey_is_not_sealed(session: Session, network: Network) -> None:
    collector = make_collector(session, network, now=NOW)
    with writing(session) as connection:
        for completed in (1, 2):  # an interrupted sealing is done again
            tallies.replace_tally(
                connection, collector_id=collector.id, network_id=network.id, completed=completed, items=[ITEM]
            )
        assert tallies.has_tally(connection, collector.id)
        assert not tallies.has_tally(connection, "absent")
    (survey,) = tallies.list_tallies(session, network_id=network.id)
    assert (survey.state, survey.completed, survey.items) == ("open", 0, ())


def test_surveys_come_by_date_and_drafts_not_at_all_when_listed(session: Session, network: Network) -> None:
    version = publish_standard(session, network)
    days = (date(2026, 5, 1), date(2025, 5, 1), date(2026, 5, 1))
    for day in days:
        meeting = make_meeting(session, network, date=day)
        seal_by_hand(session, network, meeting_id=meeting, version_id=version)
    make_collector(session, network, now=NOW, version_id=version)
    with writing(session):
        session.query(CollectorRow).filter(CollectorRow.state == "open").update({"state": "draft"})
    listed = tallies.list_tallies(session, network_id=network.id)
    assert [survey.date for survey in listed] == sorted(days)
    assert listed[1].id < listed[2].id


def test_date_is_the_local_day_of_opening_when_there_is_no_meeting(session: Session, network: Network) -> None:
    wanted = convening.NewCollector(publish_standard(session, network), ("de",))
    openings = {
        datetime(2026, 6, 30, 22, 0, tzinfo=UTC): date(2026, 7, 1),
        datetime(2026, 12, 31, 22, 59, tzinfo=UTC): date(2026, 12, 31),
        datetime(2026, 12, 31, 23, 0, tzinfo=UTC): date(2027, 1, 1),
    }
    for opened in openings:
        convening.start_collector(session, wanted, network_id=network.id, meeting_id=None, now=opened)
    surveys = tallies.list_tallies(session, network_id=network.id)
    assert [survey.date for survey in surveys] == list(openings.values())
    assert {survey.meeting for survey in surveys} == {None}


def test_another_network_sees_no_survey_when_listing(session: Session, network: Network) -> None:
    seal_by_hand(session, network)
    assert tallies.list_tallies(session, network_id=make_network(session, "other").id) == []


def test_later_survey_stands_last_when_a_meeting_has_several(session: Session, network: Network) -> None:
    meeting_id, version_id = make_meeting(session, network), publish_standard(session, network)
    opened = [
        make_collector(
            session, network, meeting_id=meeting_id, version_id=version_id, now=NOW + timedelta(minutes=step)
        ).code
        for step in (30, 0, 20, 10)
    ]
    listed = [survey.id for survey in tallies.list_tallies(session, network_id=network.id)]
    assert listed == [opened[1], opened[3], opened[2], opened[0]]
