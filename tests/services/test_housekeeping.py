"""The life of collectors: by hand and when due, never twice, never for another network."""

from datetime import date, datetime, timedelta

import pytest
from answering import count_rows, submit
from factories import NOW, make_collector, make_meeting, make_network, publish_standard
from sqlalchemy.orm import Session

from survey_app.domain.collector import GRACE, Collector, CollectorState
from survey_app.domain.errors import InvalidRecord, TransitionNotAllowed, UnknownAccessCode, UnknownCollector
from survey_app.domain.network import Network
from survey_app.services import convening, housekeeping
from survey_app.storage.collectors import load_collector_by_code
from survey_app.storage.tallies import list_tallies

pytestmark = pytest.mark.both_databases
SECOND = timedelta(seconds=1)
END = NOW + timedelta(days=3)


def state_of(session: Session, collector: Collector) -> str:
    session.rollback()
    return str(load_collector_by_code(session, collector.code).state)


@pytest.fixture
def opened(session: Session, network: Network) -> Collector:
    return make_collector(session, network, now=NOW)


def close(session: Session, collector: Collector, now: datetime = NOW) -> Collector:
    return housekeeping.close_collector(session, collector.code, network_id=collector.network_id, now=now)


def seal(session: Session, collector: Collector, now: datetime = NOW, grace: timedelta = timedelta(0)) -> Collector:
    return housekeeping.seal_collector(session, collector.code, network_id=collector.network_id, now=now, grace=grace)


def test_collector_opens_again_when_it_was_closed_and_not_counted(session: Session, opened: Collector) -> None:
    close(session, opened)
    later = NOW + timedelta(days=1)
    again = housekeeping.open_collector(
        session, opened.code, network_id=opened.network_id, now=later, closes_at=later + timedelta(hours=1)
    )
    session.rollback()
    assert load_collector_by_code(session, opened.code) == again
    assert (again.state, again.opens_at, again.closes_at) == ("open", NOW, later + timedelta(hours=1))
    assert submit(session, opened.code, now=later)


def test_opening_again_is_refused_when_the_end_has_passed(session: Session, opened: Collector) -> None:
    close(session, opened)
    for end in (NOW, NOW - SECOND):
        with pytest.raises(InvalidRecord, match="closes_before_opening"):
            housekeeping.open_collector(session, opened.code, network_id=opened.network_id, now=NOW, closes_at=end)
    assert state_of(session, opened) == "closed"


def test_closing_is_refused_when_done_twice(session: Session, opened: Collector) -> None:
    assert close(session, opened).closes_at == NOW
    with pytest.raises(TransitionNotAllowed):
        close(session, opened)
    assert state_of(session, opened) == "closed"


def test_sealing_waits_for_the_grace_when_pages_may_be_open(session: Session, opened: Collector) -> None:
    with pytest.raises(TransitionNotAllowed):
        seal(session, opened)
    close(session, opened)
    with pytest.raises(TransitionNotAllowed):
        seal(session, opened, NOW + GRACE - SECOND, GRACE)
    assert state_of(session, opened) == "closed"
    assert seal(session, opened, NOW + GRACE, GRACE).state is CollectorState.SEALED
    assert state_of(session, opened) == "sealed"


def test_nothing_moves_a_sealed_collector_when_tried(session: Session, opened: Collector) -> None:
    close(session, opened)
    seal(session, opened)
    moves = [
        lambda: seal(session, opened, END),
        lambda: close(session, opened),
        lambda: housekeeping.open_collector(session, opened.code, network_id=opened.network_id, now=NOW),
        lambda: housekeeping.delete_collector(session, opened.code, network_id=opened.network_id),
    ]
    for move in moves:
        with pytest.raises(TransitionNotAllowed):
            move()
    assert state_of(session, opened) == "sealed"


def test_collector_is_deleted_when_nobody_answered(session: Session, opened: Collector) -> None:
    housekeeping.delete_collector(session, opened.code, network_id=opened.network_id)
    with pytest.raises(UnknownAccessCode):
        load_collector_by_code(session, opened.code)


def test_collector_stays_when_somebody_answered_or_it_is_closed(session: Session, opened: Collector) -> None:
    submit(session, opened.code)
    with pytest.raises(TransitionNotAllowed):
        housekeeping.delete_collector(session, opened.code, network_id=opened.network_id)
    second = make_collector(session, make_network(session, "other"), now=NOW)
    close(session, second)
    with pytest.raises(TransitionNotAllowed):
        housekeeping.delete_collector(session, second.code, network_id=second.network_id)
    assert count_rows(session)["response"] == 1


def test_another_network_moves_nothing_when_it_knows_the_code(session: Session, opened: Collector) -> None:
    other = make_network(session, "other").id
    moves = [
        lambda: housekeeping.close_collector(session, opened.code, network_id=other, now=NOW),
        lambda: housekeeping.delete_collector(session, opened.code, network_id=other),
        lambda: housekeeping.open_collector(session, opened.code, network_id=other, now=NOW),
        lambda: housekeeping.seal_collector(session, opened.code, network_id=other, now=NOW),
        lambda: housekeeping.erase_collector(session, opened.code, network_id=other),
    ]
    for move in moves:
        with pytest.raises(UnknownCollector):
            move()
    assert state_of(session, opened) == "open"


def test_due_collectors_are_closed_once_when_their_time_has_come(session: Session, network: Network) -> None:
    version = publish_standard(session, network)
    early = make_collector(session, network, now=NOW, version_id=version, closes_at=NOW + timedelta(hours=1))
    late = make_collector(session, network, now=NOW, version_id=version, closes_at=NOW + timedelta(hours=2))
    endless = make_collector(session, network, now=NOW, version_id=version, closes_at=None)
    assert housekeeping.close_due(session, now=NOW + timedelta(hours=1) - SECOND) == []
    assert housekeeping.close_due(session, now=NOW + timedelta(hours=1)) == [early.code]
    assert housekeeping.close_due(session, now=NOW + timedelta(hours=1)) == []
    assert housekeeping.close_due(session, now=NOW + timedelta(days=999)) == [late.code]
    assert [state_of(session, one) for one in (early, late, endless)] == ["closed", "closed", "open"]
    assert load_collector_by_code(session, late.code).closes_at == NOW + timedelta(hours=2)


def test_due_collectors_are_sealed_once_when_their_grace_is_over(session: Session, opened: Collector) -> None:
    submit(session, opened.code)
    housekeeping.close_due(session, now=END)
    assert housekeeping.seal_due(session, now=END + GRACE - SECOND) == []
    assert housekeeping.seal_due(session, now=END + GRACE) == [opened.code]
    assert housekeeping.seal_due(session, now=END + GRACE) == []
    (survey,) = list_tallies(session, network_id=opened.network_id)
    assert (survey.state, survey.completed) == ("sealed", 1)


def test_grace_is_the_given_one_when_sealing_what_is_due(session: Session, opened: Collector) -> None:
    close(session, opened)
    assert housekeeping.seal_due(session, now=NOW + SECOND, grace=2 * SECOND) == []
    assert housekeeping.seal_due(session, now=NOW + SECOND, grace=SECOND) == [opened.code]


def test_counter_shows_tens_when_answers_come_in(session: Session, opened: Collector) -> None:
    shown = []
    for _ in range(21):
        shown.append(housekeeping.rounded_response_count(session, opened))
        submit(session, opened.code)
    assert shown == [0] * 10 + [10] * 10 + [20]
    assert housekeeping.rounded_response_count(session, opened, step=7) == 21


@pytest.mark.parametrize(
    ("met_on", "months", "due"),
    [
        (date(2026, 11, 20), 12, datetime(2027, 11, 19, 23, tzinfo=NOW.tzinfo)),
        (date(2024, 2, 29), 12, datetime(2025, 2, 27, 23, tzinfo=NOW.tzinfo)),
        (date(2026, 3, 31), 3, datetime(2026, 6, 29, 22, tzinfo=NOW.tzinfo)),
    ],
)
def test_answers_are_erased_once_when_retention_is_over(
    session: Session, met_on: date, months: int, due: datetime
) -> None:
    network = make_network(session, retention_months=months)
    meeting = make_meeting(session, network, date=met_on)
    opened = datetime.combine(met_on, NOW.timetz())
    collector = make_collector(session, network, now=opened, meeting_id=meeting)
    submit(session, collector.code, {"impulses": ["yes"], "remarks": ["words"]}, now=opened)
    close(session, collector, opened)
    seal(session, collector, opened)
    before = list_tallies(session, network_id=network.id)[0].items
    assert housekeeping.erase_due(session, now=due - SECOND) == []
    assert count_rows(session)["response"] == 1
    assert housekeeping.erase_due(session, now=due + SECOND) == [collector.code]
    for _ in range(2):
        assert housekeeping.erase_due(session, now=due + SECOND) == []
    assert set(count_rows(session).values()) == {0}
    (survey,) = list_tallies(session, network_id=network.id)
    assert (survey.state, survey.completed, survey.items) == ("erased", 1, before)


def test_retention_counts_from_closing_when_there_is_no_meeting(session: Session, network: Network) -> None:
    wanted = convening.NewCollector(publish_standard(session, network), ("de",), closes_at=END)
    collector = convening.start_collector(session, wanted, network_id=network.id, meeting_id=None, now=NOW)
    close(session, collector, END)
    seal(session, collector, END)
    due = datetime(2027, 11, 22, 23, tzinfo=NOW.tzinfo)
    assert housekeeping.erase_due(session, now=due - SECOND) == []
    assert housekeeping.erase_due(session, now=due) == [collector.code]


def test_unsealed_answers_stay_when_retention_is_over(session: Session, opened: Collector) -> None:
    submit(session, opened.code)
    assert housekeeping.erase_due(session, now=NOW + timedelta(days=9999)) == []
    with pytest.raises(TransitionNotAllowed):
        housekeeping.erase_collector(session, opened.code, network_id=opened.network_id)
    assert count_rows(session)["response"] == 1
