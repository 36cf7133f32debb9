"""Collectors: found by code or within their network, changed only from the state they were read in."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from factories import NOW, make_collector, make_meeting, make_network, publish_standard
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector, CollectorState
from survey_app.domain.errors import TransitionNotAllowed, UnknownAccessCode, UnknownCollector
from survey_app.domain.network import Network
from survey_app.storage import collectors
from survey_app.storage.engine import writing

pytestmark = pytest.mark.both_databases


def test_collector_comes_back_unchanged_when_stored(session: Session, network: Network) -> None:
    made = make_collector(session, network, now=NOW, expected_count=80, is_synthetic=True, languages=("fa", "de"))
    session.rollback()
    assert collectors.load_collector(session, made.code, network_id=network.id) == made
    assert collectors.load_collector_by_code(session, made.code) == made


def test_moments_come_back_in_utc_when_given_in_another_zone(session: Session, network: Network) -> None:
    summer = timezone(timedelta(hours=2))
    made = make_collector(session, network, now=NOW, closes_at=(NOW + timedelta(hours=5)).astimezone(summer))
    session.rollback()
    loaded = collectors.load_collector(session, made.code, network_id=network.id)
    assert loaded.closes_at == NOW + timedelta(hours=5)
    assert loaded.closes_at is not None
    assert loaded.closes_at.utcoffset() == timedelta(0)


def test_collector_is_unknown_when_code_or_network_is_wrong(session: Session, network: Network) -> None:
    made = make_collector(session, network, now=NOW)
    other = make_network(session, "other").id
    with pytest.raises(UnknownAccessCode):
        collectors.load_collector_by_code(session, "absent")
    for code, network_id in (("absent", network.id), (made.code, other)):
        with pytest.raises(UnknownCollector):
            collectors.load_collector(session, code, network_id=network_id)


def test_collectors_are_listed_by_network_and_meeting_when_asked(session: Session, network: Network) -> None:
    version = publish_standard(session, network)
    meetings = [make_meeting(session, network) for _ in range(2)]
    made = [
        make_collector(session, network, now=NOW, meeting_id=meeting, version_id=version)
        for meeting in (meetings[0], meetings[0], meetings[1])
    ]
    other = make_network(session, "other")
    theirs = make_collector(session, other, now=NOW)

    def codes(found: list[Collector]) -> list[str]:
        return [collector.code for collector in found]

    assert codes(collectors.list_collectors(session, network_id=network.id)) == sorted(codes(made))
    first = collectors.list_collectors(session, network_id=network.id, meeting_id=meetings[0])
    assert codes(first) == sorted(codes(made[:2]))
    assert collectors.list_collectors(session, network_id=other.id, meeting_id=meetings[0]) == []
    everybody = collectors.list_all_collectors(session, CollectorState.OPEN)
    assert set(codes(everybody)) == {*codes(made), theirs.code}
    assert collectors.list_all_collectors(session, CollectorState.SEALED, CollectorState.DRAFT) == []


def test_collector_moves_once_when_two_requests_move_it(session: Session, network: Network) -> None:
    made = make_collector(session, network, now=NOW)
    for attempt in (1, 2):
        try:
            with writing(session):
                collectors.change_collector(session, made.closed(NOW), before=CollectorState.OPEN)
        except TransitionNotAllowed:
            assert attempt == 2
        else:
            assert attempt == 1
    assert collectors.load_collector_by_code(session, made.code).state is CollectorState.CLOSED


def test_another_network_moves_and_deletes_nothing_when_it_knows_the_id(session: Session, network: Network) -> None:
    made = make_collector(session, network, now=NOW)
    foreign = replace(made, network_id=make_network(session, "other").id)
    with pytest.raises(TransitionNotAllowed), writing(session):
        collectors.change_collector(session, foreign.closed(NOW), before=CollectorState.OPEN)
    with writing(session):
        collectors.delete_collector(session, foreign)
    assert collectors.load_collector_by_code(session, made.code) == made


def test_codes_are_unique_when_collectors_are_added(session: Session, network: Network) -> None:
    made = make_collector(session, network, now=NOW)
    with pytest.raises(IntegrityError), writing(session):
        collectors.add_collector(session, replace(made, id="second"))


def test_naive_moment_is_refused_when_stored(session: Session, network: Network) -> None:
    made = make_collector(session, network, now=NOW)
    with pytest.raises(Exception, match="time zone"), writing(session):
        collectors.change_collector(
            session, replace(made, closes_at=NOW.replace(tzinfo=None)), before=CollectorState.OPEN
        )
