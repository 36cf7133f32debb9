"""Closed groups: a ticket is good for one response, and nothing that is stored joins the two."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from answering import RECEIPT_KEY, YES, count_rows, submit
from factories import NOW, make_collector, make_network
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector
from survey_app.domain.errors import (
    ConflictingRevision,
    InvalidAnswers,
    InvalidRecord,
    MissingTicket,
    TransitionNotAllowed,
    UnknownCollector,
    UnknownTicket,
    UsedTicket,
)
from survey_app.domain.network import Network
from survey_app.domain.ticket import derive_key, hash_ticket, spell_ticket
from survey_app.extensions import db
from survey_app.services import housekeeping
from survey_app.services.collecting import new_submission_key
from survey_app.services.convening import load_collector
from survey_app.services.tickets import (
    MOST_AT_ONCE,
    TicketCounts,
    count_tickets,
    ensure_ticket,
    give_out_tickets,
    withdraw_tickets,
)
from survey_app.storage.answer_tables import receipt, response, ticket

pytestmark = pytest.mark.both_databases


@pytest.fixture
def closed(session: Session, network: Network) -> Collector:
    return make_collector(session, network, now=NOW, needs_ticket=True)


def give(session: Session, collector: Collector, count: int) -> tuple[str, ...]:
    current = load_collector(session, collector.code, network_id=collector.network_id)
    return give_out_tickets(session, current, count=count, receipt_key=RECEIPT_KEY)[0]


def send(session: Session, collector: Collector, typed: str, **values: str) -> bool:
    return submit(session, collector.code, YES | {"ticket": [typed]}, **values)


def stored_hashes(session: Session) -> set[bytes]:
    session.rollback()
    return {bytes(value) for value in session.scalars(select(ticket.c.ticket_hash))}


def test_every_ticket_stores_one_response(session: Session, closed: Collector) -> None:
    given = give(session, closed, 5)
    assert len(set(given)) == 5
    for one in given[:3]:
        assert send(session, closed, spell_ticket(one).upper())
    assert count_rows(session)["response"] == 3
    key = derive_key(RECEIPT_KEY)
    assert stored_hashes(session) == {hash_ticket(one, key, closed.id) for one in given[3:]}


def test_nothing_is_stored_when_the_ticket_is_missing_unknown_or_used(session: Session, closed: Collector) -> None:
    (good,) = give(session, closed, 1)
    other = make_collector(session, make_network(session, "other"), now=NOW, needs_ticket=True)
    (foreign,) = give(session, other, 1)
    invented = good[:-1] + ("b" if good[-1] != "b" else "c")
    for typed, error in (
        ("", MissingTicket),
        ("?", MissingTicket),
        (invented, UnknownTicket),
        (foreign, UnknownTicket),
    ):
        with pytest.raises(error):
            send(session, closed, typed)
        with pytest.raises(error):
            ensure_ticket(session, closed, typed, receipt_key=RECEIPT_KEY)
    ensure_ticket(session, closed, good, receipt_key=RECEIPT_KEY)
    assert send(session, closed, good)
    for check in (
        lambda: send(session, closed, good),
        lambda: ensure_ticket(session, closed, good, receipt_key=RECEIPT_KEY),
    ):
        with pytest.raises(UsedTicket):
            check()
    assert count_rows(session) == {"response": 1, "text_answer": 0, "receipt": 1, "language_tick": 1}


def test_repeat_is_thanked_and_takes_no_other_ticket(session: Session, closed: Collector) -> None:
    first, second = give(session, closed, 2)
    key = new_submission_key()
    assert send(session, closed, first, key=key)
    for typed in (first, second, "", "nonsense"):
        assert not send(session, closed, typed, key=key)
    assert len(stored_hashes(session)) == 1
    assert count_rows(session)["response"] == 1


def test_mistake_in_the_answers_takes_no_ticket(session: Session, closed: Collector) -> None:
    (good,) = give(session, closed, 1)
    with pytest.raises(InvalidAnswers):
        submit(session, closed.code, {"impulses": ["nonsense"], "ticket": [good]})
    assert len(stored_hashes(session)) == 1


def test_survey_for_everybody_asks_for_no_ticket(session: Session, network: Network) -> None:
    assert submit(session, make_collector(session, network, now=NOW).code, YES | {"ticket": ["whatever"]})


def test_eight_taps_at_once_store_one_response(app: Flask, session: Session, closed: Collector) -> None:
    (good,) = give(session, closed, 1)
    keys = [new_submission_key()] * 4 + [new_submission_key() for _ in range(4)]
    session.rollback()

    def tap(key: str) -> bool | str:
        with app.app_context():
            try:
                return send(db.session(), closed, good, key=key)
            except UsedTicket:
                return "used"
            finally:
                db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(tap, keys))
    assert answers.count(True) == 1
    assert count_rows(session)["response"] == 1
    assert stored_hashes(session) == set()
    winner = keys[answers.index(True)]
    others = [(key, answer) for key, answer in zip(keys, answers, strict=True) if answer is not True]
    assert all(answer == (False if key == winner else "used") for key, answer in others)


def test_numbers_are_told_in_tens(session: Session, closed: Collector) -> None:
    given = give(session, closed, 25)
    assert count_tickets(session, closed) == TicketCounts(20, 0)
    for one in given[:13]:
        send(session, closed, one)
    assert count_tickets(session, closed) == TicketCounts(20, 10)
    give(session, closed, 7)
    assert count_tickets(session, closed) == TicketCounts(30, 10)


def test_withdrawn_tickets_are_void_and_the_used_ones_stay_counted(session: Session, closed: Collector) -> None:
    given = give(session, closed, 12)
    for one in given[:11]:
        send(session, closed, one)
    withdraw_tickets(session, load_collector(session, closed.code, network_id=closed.network_id))
    with pytest.raises(UsedTicket):
        send(session, closed, given[11])
    assert count_tickets(session, closed) == TicketCounts(10, 10)
    (fresh,) = give(session, closed, 1)
    assert send(session, closed, fresh)


def test_sheet_sent_twice_gives_out_one_sheet(session: Session, closed: Collector) -> None:
    _given, after = give_out_tickets(session, closed, count=3, receipt_key=RECEIPT_KEY)
    for act in (
        lambda: give_out_tickets(session, closed, count=3, receipt_key=RECEIPT_KEY),
        lambda: withdraw_tickets(session, closed),
    ):
        with pytest.raises(ConflictingRevision):
            act()
    assert len(stored_hashes(session)) == 3
    give_out_tickets(session, after, count=2, receipt_key=RECEIPT_KEY)
    assert len(stored_hashes(session)) == 5


def test_tickets_are_refused_where_they_make_no_sense(session: Session, network: Network, closed: Collector) -> None:
    for_all = make_collector(session, network, now=NOW, version_id=closed.version_id)
    for count in (0, -1, MOST_AT_ONCE + 1):
        with pytest.raises(InvalidRecord):
            give_out_tickets(session, closed, count=count, receipt_key=RECEIPT_KEY)
    with pytest.raises(TransitionNotAllowed):
        give_out_tickets(session, for_all, count=1, receipt_key=RECEIPT_KEY)
    with pytest.raises(UnknownCollector):
        give_out_tickets(session, replace(closed, network_id=99), count=1, receipt_key=RECEIPT_KEY)
    housekeeping.close_collector(session, closed.code, network_id=closed.network_id, now=NOW)
    for act in (lambda: give(session, closed, 1), lambda: withdraw_tickets(session, closed)):
        with pytest.raises(TransitionNotAllowed):
            act()


def test_nothing_of_a_ticket_is_left_when_sealed(session: Session, closed: Collector) -> None:
    given = give(session, closed, 6)
    for one in given[:5]:
        send(session, closed, one)
    housekeeping.close_collector(session, closed.code, network_id=closed.network_id, now=NOW)
    housekeeping.seal_collector(session, closed.code, network_id=closed.network_id, now=NOW, grace=timedelta(0))
    assert stored_hashes(session) == set()
    assert count_tickets(session, closed, step=1) == TicketCounts(6, 6)


def test_tickets_go_with_a_survey_that_is_removed(session: Session, closed: Collector) -> None:
    give(session, closed, 3)
    housekeeping.delete_collector(session, closed.code, network_id=closed.network_id)
    assert stored_hashes(session) == set()


def test_ticket_and_response_share_no_value(session: Session, closed: Collector) -> None:
    """Before and after every submission, what is stored of tickets says nothing about what is stored of answers."""
    given = give(session, closed, 8)
    before, known = stored_hashes(session), set()
    for one in given:
        send(session, closed, one)
        session.rollback()
        rows = {bytes(row[0]) for row in session.execute(select(response.c.id))} - known
        receipts = {bytes(row[0]) for row in session.execute(select(receipt.c.submission_hash))}
        gone = before - stored_hashes(session)
        assert len(rows) == len(gone) == 1
        assert not {value[:4] for value in rows | receipts} & {value[:4] for value in gone}
        known, before = known | rows, before - gone
