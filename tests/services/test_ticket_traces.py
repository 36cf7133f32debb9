"""What the database gives away about one-time codes: neither a code, nor who got which, nor what it was used for."""

import pytest
from answering import RECEIPT_KEY, YES, submit
from factories import NOW, make_collector
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector
from survey_app.domain.network import Network
from survey_app.domain.ticket import derive_key, hash_ticket, spell_ticket
from survey_app.services.tickets import give_out_tickets
from survey_app.storage.answer_tables import ticket

from .test_traces import HIGH, LOW, concordance, seal, stored_bytes

GIVEN, USED = 60, 50


@pytest.fixture
def closed(session: Session, network: Network) -> Collector:
    return make_collector(session, network, now=NOW, needs_ticket=True)


def give(session: Session, collector: Collector, count: int) -> tuple[str, ...]:
    return give_out_tickets(session, collector, count=count, receipt_key=RECEIPT_KEY)[0]


def use(session: Session, collector: Collector, tickets: tuple[str, ...]) -> None:
    for one in tickets:
        assert submit(session, collector.code, YES | {"ticket": [one]})
    session.rollback()


def hashes_of(collector: Collector, tickets: tuple[str, ...]) -> list[bytes]:
    key = derive_key(RECEIPT_KEY)
    return [hash_ticket(one, key, collector.id) for one in tickets]


def test_no_byte_of_a_ticket_is_left_when_sealed(session: Session, closed: Collector, database_kind: str) -> None:
    if database_kind != "sqlite":
        pytest.skip("the files of PostgreSQL are not within reach")
    given = give(session, closed, GIVEN)
    use(session, closed, given[:USED])
    before = stored_bytes(session)
    assert all(value in before for value in hashes_of(closed, given[USED:]))
    seal(session, closed)
    after = stored_bytes(session)
    assert not [value for value in hashes_of(closed, given) if value in after]
    words = [form.encode() for one in given for form in (one, spell_ticket(one), one.upper())]
    assert not [word for word in words if word in before or word in after]


def test_order_of_the_sheet_is_not_stored(session: Session, closed: Collector) -> None:
    given = give(session, closed, 200)
    session.rollback()
    stored = [bytes(value) for value in session.scalars(select(ticket.c.ticket_hash))]
    assert LOW < concordance([stored.index(value) for value in hashes_of(closed, given)]) < HIGH


@pytest.mark.both_databases
def test_nobody_who_asks_postgresql_can_join_tickets_and_answers(
    session: Session, closed: Collector, database_kind: str
) -> None:
    """What the server itself tells of a row – the transaction that wrote it – joins no ticket to any answer."""
    if database_kind != "postgresql":
        pytest.skip("SQLite tells no transactions")
    given = give(session, closed, GIVEN)
    use(session, closed, given[:USED])

    def writers(table: str) -> set[str]:
        return {str(row[0]) for row in session.execute(text(f"SELECT xmin FROM {table}"))}  # noqa: S608

    assert len(writers("response")) == USED
    assert not writers("ticket") & writers("response")
    assert not writers("collector") & writers("response")
    session.rollback()
    seal(session, closed)
    assert len(writers("response")) == 1
    assert writers("ticket") == set()
