"""Connections that keep what was acknowledged, and writers that queue instead of failing."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Timer

import pytest
from factories import NOW, make_collector, make_network
from flask import Flask
from sqlalchemy import create_engine, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector
from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.storage.answer_tables import CollectorRow
from survey_app.storage.engine import BUSY_SECONDS, check_durability, configure_engine, truncate_log, writing
from survey_app.storage.networks import change_network, list_networks, load_network
from survey_app.storage.responses import lock_collector

pytestmark = pytest.mark.both_databases
WRITERS, ROUNDS = 4, 20


def test_nothing_endangers_answers_when_a_connection_is_fresh(session: Session) -> None:
    assert check_durability(session.connection()) == []


def test_every_connection_of_the_pool_is_durable_when_several_are_open(app: Flask) -> None:
    with app.app_context():
        connections = [db.engine.connect() for _ in range(4)]
        try:
            assert [check_durability(connection) for connection in connections] == [[]] * 4
        finally:
            for connection in connections:
                connection.close()


def test_dangers_are_named_when_a_setting_is_weak(session: Session) -> None:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        session.rollback()
        with create_engine(session.get_bind().url).connect() as plain:
            plain.exec_driver_sql("PRAGMA secure_delete=OFF")
            assert [line.split()[0] for line in check_durability(plain)] == ["foreign_keys", "secure_delete"]
            plain.exec_driver_sql("PRAGMA synchronous=NORMAL")
            assert check_durability(plain)[0] == "synchronous is 1, needs 2"
    else:
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        assert check_durability(connection) == ["synchronous_commit is 'off', needs 'on'"]


def test_nothing_stays_when_a_use_case_raises(session: Session, network: Network) -> None:
    class Refused(Exception):
        pass

    def refuse() -> None:
        with writing(session):
            change_network(session, replace(network, name="Half done"))
            raise Refused

    with pytest.raises(Refused):
        refuse()
    assert load_network(session, "freiburg").name == network.name
    with writing(session):
        change_network(session, replace(network, name="Done"))
    session.rollback()
    assert load_network(session, "freiburg").name == "Done"


def test_readers_see_the_old_state_when_somebody_writes(app: Flask, session: Session, network: Network) -> None:
    with Session(db.engine) as writer, writing(writer):
        change_network(writer, replace(network, name="Not yet"))
        session.rollback()
        assert load_network(session, "freiburg").name == network.name
    session.rollback()
    assert load_network(session, "freiburg").name == "Not yet"


def test_writers_queue_when_each_reads_before_it_writes(app: Flask, session: Session, network: Network) -> None:
    collector = make_collector(session, network, now=NOW, expected_count=0)
    session.rollback()
    engine = db.engine

    def count_up(_writer: int) -> None:
        for _round in range(ROUNDS):
            with Session(engine) as own, writing(own) as connection:
                lock_collector(connection, collector.code, exclusively=True)
                before = own.scalar(select(CollectorRow.expected_count).where(CollectorRow.code == collector.code))
                own.execute(
                    update(CollectorRow).where(CollectorRow.code == collector.code).values(expected_count=before + 1)
                )

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(count_up, range(WRITERS)))
    assert session.scalar(select(CollectorRow.expected_count)) == WRITERS * ROUNDS


def test_lock_is_free_again_when_a_writer_failed(app: Flask, session: Session, collector: Collector) -> None:
    def fail() -> None:
        with writing(session) as connection:
            lock_collector(connection, collector.code, exclusively=True)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with Session(db.engine) as other, writing(other) as connection:
        assert lock_collector(connection, collector.code, exclusively=True) is not None


def test_stuck_lock_is_an_error_and_not_a_hang_when_it_lasts(app: Flask, session: Session, network: Network) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("one writer at a time is SQLite's rule")
    engine = create_engine(db.engine.url, connect_args={"timeout": 0.1})
    configure_engine(engine)
    with Session(db.engine) as holder, writing(holder), Session(engine) as waiter:
        waiter.connection().exec_driver_sql("PRAGMA busy_timeout=100")
        with pytest.raises(OperationalError, match="locked"), writing(waiter):
            change_network(waiter, network)
    engine.dispose()
    make_network(session, "later")
    assert len(list_networks(session)) == 2


def test_log_is_empty_when_truncated_and_reported_busy_while_somebody_reads(
    app: Flask, session: Session, network: Network
) -> None:
    if db.engine.dialect.name != "sqlite":
        assert truncate_log(db.engine)
        return
    log = db.engine.url.database + "-wal"
    session.rollback()
    with Session(db.engine) as reader:
        reader.connection()
        load_network(reader, "freiburg")
        make_network(session, "newer")
        session.rollback()
        begun = time.monotonic()
        assert not truncate_log(db.engine)
        assert time.monotonic() - begun < 1, "meanwhile nobody could write"
    assert truncate_log(db.engine)
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == BUSY_SECONDS * 1000
    with open(log, "rb") as file:
        assert file.read() == b""


def test_connection_waits_for_its_log_when_somebody_writes_to_a_new_file(tmp_path: Path) -> None:
    """Switching to the write-ahead log fails at once while another writes, whatever the timeout of the driver says."""
    file = tmp_path / "new.db"
    writer = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    writer.execute("CREATE TABLE something (a)")
    writer.execute("BEGIN IMMEDIATE")
    release = Timer(0.3, writer.execute, ["COMMIT"])
    release.start()
    engine = create_engine(f"sqlite:///{file}")
    configure_engine(engine)
    with engine.connect() as connection:
        assert check_durability(connection) == []
    release.join()
    writer.close()
    engine.dispose()
