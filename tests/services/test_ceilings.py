"""The ceiling of a survey: reached by nobody in the room, and the end of a flood."""

import pytest
from answering import count_rows, submit
from factories import NOW, make_collector, make_meeting
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector
from survey_app.domain.errors import CollectorFull, InvalidRecord, TransitionNotAllowed
from survey_app.domain.network import Network
from survey_app.services import ceilings, housekeeping
from survey_app.services.ceilings import Room, assess_room, list_full, raise_ceiling, take_allowance
from survey_app.services.collecting import new_submission_key
from survey_app.storage.answer_tables import CollectorRow
from survey_app.storage.engine import writing

pytestmark = pytest.mark.both_databases


def flood(session: Session, collector: Collector, most: int = 1_000) -> int:
    """Send forms until one is refused, and return how many were stored."""
    for stored in range(most):
        try:
            submit(session, collector.code)
        except CollectorFull:
            return stored
    raise AssertionError("never refused")


def test_flood_ends_at_the_ceiling_and_repeats_are_thanked(session: Session, network: Network) -> None:
    collector = make_collector(session, network, now=NOW, expected_count=12)
    key = new_submission_key()
    assert submit(session, collector.code, key=key)
    assert flood(session, collector) == 39
    assert count_rows(session)["response"] == 40
    assert not submit(session, collector.code, key=key)
    with pytest.raises(CollectorFull):
        submit(session, collector.code)
    assert assess_room(session, collector) == Room(40, is_full=True)
    assert list_full(session, network_id=network.id) == {collector.code: Room(40, is_full=True)}


def test_ceiling_follows_the_invitations_when_nobody_said_how_many(session: Session, network: Network) -> None:
    invited = make_meeting(session, network, invited=50)
    collector = make_collector(session, network, now=NOW, meeting_id=invited)
    assert assess_room(session, collector).ceiling == 150
    unknown = make_collector(session, network, now=NOW, version_id=collector.version_id)
    assert assess_room(session, unknown).ceiling == ceilings.DEFAULT
    assert assess_room(session, unknown, default=500).ceiling == 500


def test_raising_the_ceiling_lets_the_next_one_in(session: Session, network: Network) -> None:
    collector = make_collector(session, network, now=NOW, expected_count=3)
    assert flood(session, collector) == 30
    assert raise_ceiling(session, collector.code, network_id=network.id, ceiling=51) == 60
    assert list_full(session, network_id=network.id) == {}
    assert flood(session, collector) == 30


def test_ceiling_is_refused_where_it_makes_no_sense(session: Session, collector: Collector, network: Network) -> None:
    for ceiling in (0, 29, -5, 1_000_001):
        with pytest.raises(InvalidRecord):
            raise_ceiling(session, collector.code, network_id=network.id, ceiling=ceiling)
    housekeeping.close_collector(session, collector.code, network_id=network.id, now=NOW)
    with pytest.raises(TransitionNotAllowed):
        raise_ceiling(session, collector.code, network_id=network.id, ceiling=100)


def test_closed_group_has_its_tickets_for_a_ceiling(session: Session, network: Network) -> None:
    collector = make_collector(session, network, now=NOW, expected_count=1, needs_ticket=True)
    with writing(session) as connection:
        for _ in range(100):
            ceilings.ensure_room(connection, collector)
    assert not assess_room(session, collector).is_full


def test_responses_are_counted_seldom_far_from_the_ceiling(session: Session, network: Network) -> None:
    collector = make_collector(session, network, now=NOW, expected_count=400)
    counted: list[str] = []
    engine = session.get_bind().engine

    def listen(_connection, _cursor, statement, *_rest) -> None:
        if "count(*)" in statement.lower():
            counted.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    for _ in range(150):
        submit(session, collector.code)
    event.remove(engine, "before_cursor_execute", listen)
    assert len(counted) == 3
    assert take_allowance(engine, collector.id)
    assert not take_allowance(engine, "another")


def test_memory_of_surveys_is_bounded(session: Session, collector: Collector) -> None:
    engine = session.get_bind().engine
    for number in range(3_000):
        ceilings._keep(engine, str(number), 5)
    assert len(ceilings._left[engine]) <= 1_000


def test_change_of_the_ceiling_is_seen_by_those_who_know_the_survey(session: Session, collector: Collector) -> None:
    raise_ceiling(session, collector.code, network_id=collector.network_id, ceiling=90)
    revision = session.scalar(update(CollectorRow).values(is_synthetic=False).returning(CollectorRow.revision))
    assert revision == collector.revision + 1
