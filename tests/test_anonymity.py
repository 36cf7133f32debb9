"""Anonymous by construction: what the schema can hold about a person who answers, and nothing more."""

from enum import StrEnum
from typing import Any

import pytest
from answering import submit
from factories import NOW, make_collector
from flask import Flask
from sqlalchemy import Column, Date, DateTime, Integer, LargeBinary, Table, Time, inspect, select, text
from sqlalchemy.orm import Session

from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.storage import account_tables, answer_tables  # noqa: F401  # fills the metadata


class Kind(StrEnum):
    """What a table speaks of."""

    RAW_ANSWERS = "raw answers of people who stay unknown"
    ADMISSION = "one-time codes that say nothing of who has answered"
    COUNTS = "counts of persons per survey"
    SURVEYS = "openings of a questionnaire"
    DOCUMENTS = "documents and releases"
    BOOK = "what organisers record about meetings and organisations"
    NETWORKS = "networks and their settings"
    STAFF = "people who sign in"


CLASSIFIED = {
    "response": Kind.RAW_ANSWERS,
    "text_answer": Kind.RAW_ANSWERS,
    "language_tick": Kind.RAW_ANSWERS,
    "receipt": Kind.RAW_ANSWERS,
    "ticket": Kind.ADMISSION,
    "tally": Kind.COUNTS,
    "language_count": Kind.COUNTS,
    "collector": Kind.SURVEYS,
    "questionnaire_version": Kind.DOCUMENTS,
    "questionnaire_step": Kind.DOCUMENTS,
    "translator_link": Kind.DOCUMENTS,
    "goal_system_version": Kind.DOCUMENTS,
    "quotation": Kind.BOOK,
    "release": Kind.DOCUMENTS,
    "release_file": Kind.DOCUMENTS,
    "meeting": Kind.BOOK,
    "partner": Kind.BOOK,
    "need": Kind.BOOK,
    "offer": Kind.BOOK,
    "network": Kind.NETWORKS,
    "network_logo": Kind.NETWORKS,
    "account": Kind.STAFF,
    "role": Kind.STAFF,
    "account_role": Kind.STAFF,
    "membership": Kind.STAFF,
    "sign_in_attempt": Kind.STAFF,
}

# Column by column, so that nobody adds one without reading this file.
COLUMNS = {
    "response": {"id", "collector_id", "version_id", "answers"},
    "text_answer": {"id", "collector_id", "item", "text", "review_state"},
    "language_tick": {"id", "collector_id", "language"},
    "receipt": {"submission_hash", "collector_id"},
    "ticket": {"ticket_hash", "collector_id"},
    "tally": {"collector_id", "network_id", "completed", "partial", "items"},
    "language_count": {"collector_id", "language", "persons"},
}
RAW = sorted(name for name, kind in CLASSIFIED.items() if kind in (Kind.RAW_ANSWERS, Kind.ADMISSION))
TELLTALE = {
    "ip", "address", "agent", "referer", "referrer", "browser", "device", "cookie", "session", "fingerprint",
    "created", "updated", "submitted", "received", "started", "finished", "time", "timestamp", "date", "at", "on",
    "number", "sequence", "seq", "position", "order", "rank", "rowid", "serial", "account", "member", "user", "name",
}  # fmt: skip


def test_every_table_is_classified_when_the_schema_grows() -> None:
    assert {table.name for table in db.metadata.sorted_tables} == set(CLASSIFIED)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_columns_about_answers_are_the_agreed_ones_when_listed(name: str) -> None:
    assert set(db.metadata.tables[name].columns.keys()) == COLUMNS[name]
    words = {word for column in COLUMNS[name] for word in column.split("_")}
    assert not words & TELLTALE


def test_columns_are_agreed_for_every_table_of_answers_and_counts() -> None:
    wanted = {name for name, kind in CLASSIFIED.items() if kind in (Kind.RAW_ANSWERS, Kind.ADMISSION, Kind.COUNTS)}
    assert wanted == set(COLUMNS)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_no_moment_is_kept_when_somebody_answers(name: str) -> None:
    assert not [c.name for c in db.metadata.tables[name].columns if isinstance(c.type, (Date, DateTime, Time))]


def random_key(table: Table) -> Column[Any]:
    """Return the part of the key that makes a row different from others of its survey."""
    names = ("id", "submission_hash", "ticket_hash")
    (column,) = (column for column in table.primary_key.columns if column.name in names)
    return column


@pytest.mark.parametrize("name", RAW)
def test_keys_tell_no_order_when_rows_are_added(name: str) -> None:
    table = db.metadata.tables[name]
    assert not [c.name for c in table.primary_key.columns if c.name != "collector_id" and c is not random_key(table)]
    kind = random_key(table).type
    assert isinstance(kind, LargeBinary)
    assert kind.length is not None
    assert kind.length >= 16
    counters = [c.name for c in table.columns if isinstance(c.type, Integer) and not c.foreign_keys]
    assert counters == []
    assert table.dialect_options["sqlite"]["with_rowid"] is False


@pytest.mark.parametrize("name", RAW)
def test_answers_lead_to_no_other_answer_and_no_person_when_followed(name: str) -> None:
    targets = {key.column.table.name for key in db.metadata.tables[name].foreign_keys}
    assert targets <= {"collector", "questionnaire_version"}
    pointing = {
        table.name
        for table in db.metadata.sorted_tables
        if any(key.column.table.name == name for key in table.foreign_keys)
    }
    assert pointing == set()


@pytest.mark.both_databases
def test_database_has_the_agreed_columns_and_no_counter_when_migrated(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        inspector = inspect(connection)
        assert set(inspector.get_table_names()) == {*CLASSIFIED, "alembic_version"}
        for name, agreed in COLUMNS.items():
            columns = inspector.get_columns(name)
            assert {column["name"] for column in columns} == agreed
            kinds = [column["type"] for column in columns]
            assert not [kind for kind in kinds if isinstance(kind, (Date, DateTime, Time))]
            assert not [column for column in columns if "nextval" in str(column["default"]) or column.get("identity")]


@pytest.mark.both_databases
def test_random_keys_share_nothing_when_one_person_answers(session: Session, network: Network) -> None:
    collector = make_collector(session, network, now=NOW)
    submit(session, collector.code, {"impulses": ["yes"], "remarks": ["a"], "missing_offer": ["b"]})
    keys = [bytes(row[0]) for name in RAW for row in session.execute(select(random_key(db.metadata.tables[name])))]
    assert len(keys) == len({key[:8] for key in keys}) == len({key[-8:] for key in keys}) == 5


def test_log_of_statements_is_off_when_the_application_runs(app: Flask) -> None:
    with app.app_context():
        assert db.engine.echo is False
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
