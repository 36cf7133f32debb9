"""A submission stored in one step: once, whole, only into the collector as it was known, and honest about trouble."""

from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from factories import NOW, make_collector
from sqlalchemy import Engine, Table, create_engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector, CollectorState
from survey_app.domain.network import Network
from survey_app.domain.response import Answers
from survey_app.storage.answer_tables import CollectorRow, language_tick, receipt, response, text_answer
from survey_app.storage.collectors import change_collector, load_collector_by_code
from survey_app.storage.engine import writing
from survey_app.storage.submission import Submission, store_at_once

pytestmark = pytest.mark.both_databases

WORDS = 'سلام \u200f"quoted" – 🎉 <b> \\ {} \' \u2028 $1 %s'
ANSWERS = Answers(
    {"impulses": "yes", "topics_wanted": ("clubs", "other")}, {"remarks": WORDS, "topics_wanted.other": "ß"}
)


@pytest.fixture
def engine(session: Session) -> Engine:
    return session.get_bind().engine


@pytest.fixture
def known(session: Session, network: Network) -> Collector:
    collector = make_collector(session, network, now=NOW)
    return load_collector_by_code(session, collector.code)


def submission(collector: Collector, number: int = 1, answers: Answers = ANSWERS) -> Submission:
    return Submission(collector, number.to_bytes(32, "big"), answers, "ar")


def rows(session: Session, table: Table, *columns: str) -> list[Any]:
    session.rollback()
    return sorted(map(tuple, session.execute(select(*(table.c[name] for name in columns)))))


def test_everything_is_stored_unchanged(session: Session, engine: Engine, known: Collector) -> None:
    assert store_at_once(engine, submission(known))
    document = '{"impulses":"yes","topics_wanted":["clubs","other"]}'
    assert rows(session, response, "collector_id", "version_id", "answers") == [(known.id, known.version_id, document)]
    assert rows(session, text_answer, "item", "text", "review_state") == [
        ("remarks", WORDS, "unread"),
        ("topics_wanted.other", "ß", "unread"),
    ]
    assert rows(session, language_tick, "language") == [("ar",)]
    assert rows(session, receipt, "submission_hash") == [((1).to_bytes(32, "big"),)]


def test_keys_are_random_and_long(session: Session, engine: Engine, known: Collector) -> None:
    for number in range(5):
        assert store_at_once(engine, submission(known, number))
    keys = [bytes(key) for table in (response, text_answer, language_tick) for (key,) in rows(session, table, "id")]
    assert len(set(keys)) == 20
    assert {len(key) for key in keys} == {16}


def test_response_needs_no_words(session: Session, engine: Engine, known: Collector) -> None:
    assert store_at_once(engine, submission(known, answers=Answers({"impulses": "no"})))
    assert rows(session, text_answer, "item") == []


def test_nothing_is_written_when_the_receipt_is_known(session: Session, engine: Engine, known: Collector) -> None:
    assert store_at_once(engine, submission(known))
    assert not store_at_once(engine, submission(known, answers=Answers({"impulses": "no"})))
    assert len(rows(session, response, "answers")) == len(rows(session, language_tick, "language")) == 1


@pytest.mark.parametrize("state", [CollectorState.CLOSED, CollectorState.OPEN])
def test_nothing_is_written_when_the_collector_has_changed(
    session: Session, engine: Engine, known: Collector, state: CollectorState
) -> None:
    with writing(session):
        change_collector(session, replace(known, state=state), before=CollectorState.OPEN)
    assert not store_at_once(engine, submission(known))
    assert rows(session, receipt, "collector_id") == []
    fresh = load_collector_by_code(session, known.code)
    session.rollback()
    assert store_at_once(engine, submission(fresh))


def test_nothing_is_written_when_there_is_no_such_collector(session: Session, engine: Engine, known: Collector) -> None:
    assert not store_at_once(engine, submission(replace(known, id="nobody")))
    assert rows(session, response, "collector_id") == []


def test_every_submission_is_stored_once_when_many_send_together(
    session: Session, engine: Engine, known: Collector
) -> None:
    stored: list[bool] = []

    def send(first: int) -> None:
        stored.extend(store_at_once(engine, submission(known, number)) for number in range(first, first + 20))

    threads = [Thread(target=send, args=(10 * index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stored) == 80
    assert stored.count(True) == len(rows(session, response, "id")) == 50


def test_submission_waits_while_the_collector_is_being_closed(
    session: Session, engine: Engine, known: Collector
) -> None:
    stored: list[bool] = []
    sender = Thread(target=lambda: stored.append(store_at_once(engine, submission(known))))
    with writing(session):
        change_collector(session, replace(known, state=CollectorState.CLOSED), before=CollectorState.OPEN)
        sender.start()
        sender.join(timeout=0.3)
        assert sender.is_alive()
    sender.join(timeout=5)
    assert stored == [False]


def test_statement_is_prepared_again_when_the_driver_forgot_it(
    database_kind: str, session: Session, engine: Engine, known: Collector
) -> None:
    for number in range(3):
        assert store_at_once(engine, submission(known, number))
        for _time in range(8):  # often enough for the driver to prepare statements of its own, and drop them all
            session.execute(select(receipt.c.collector_id).where(receipt.c.collector_id == known.id))
            session.rollback()
        if database_kind == "postgresql":
            with engine.connect() as connection:
                connection.exec_driver_sql("DEALLOCATE ALL")
    assert len(rows(session, response, "id")) == 3


def test_error_is_raised_and_the_connection_dropped_when_the_server_ends_it(
    database_kind: str, engine: Engine, known: Collector, session: Session
) -> None:
    if database_kind != "postgresql":
        pytest.skip("SQLite has no server")
    session.close()
    engine.dispose()
    assert store_at_once(engine, submission(known))
    ender = create_engine(engine.url, isolation_level="AUTOCOMMIT")
    with ender.connect() as other:
        other.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with pytest.raises(OperationalError):
            store_at_once(engine, submission(known, 2))
    ender.dispose()
    assert store_at_once(engine, submission(known, 9))


def test_error_is_raised_and_nothing_stored_when_a_table_is_in_the_way(
    database_kind: str, session: Session, engine: Engine, known: Collector
) -> None:
    refuse = {
        "sqlite": "CREATE TRIGGER full BEFORE INSERT ON language_tick BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
        "postgresql": "ALTER TABLE language_tick ADD CONSTRAINT full_disk CHECK (language = 'xx') NOT VALID",
    }
    allow = {
        "sqlite": "DROP TRIGGER full",
        "postgresql": "ALTER TABLE language_tick DROP CONSTRAINT full_disk",
    }
    with engine.begin() as connection:
        connection.exec_driver_sql(refuse[database_kind])
    try:
        with pytest.raises(Exception, match=r"disk is full|full_disk"):
            store_at_once(engine, submission(known))
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(allow[database_kind])
    assert rows(session, receipt, "collector_id") == rows(session, response, "collector_id") == []
    assert store_at_once(engine, submission(known))
    assert session.get(CollectorRow, known.id).revision == known.revision
