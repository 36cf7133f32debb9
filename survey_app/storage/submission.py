"""One submission, stored in as few steps as its database allows: the path that 240 phones take at once.

Nothing is looked up first. The statement itself asks whether the collector is still as the caller knows it and whether
the receipt is new; if not, nothing is written and the caller finds out why in its own time.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import psycopg
from psycopg.pq import DiagnosticField, ExecStatus, Format
from psycopg.pq.abc import PGresult
from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.exc import DBAPIError

from survey_app.domain.collector import Collector
from survey_app.domain.response import Answers
from survey_app.storage.engine import turn_of
from survey_app.storage.responses import random_key, write_answers

_IF_UNCHANGED = "FROM collector WHERE id = ? AND state = ? AND revision = ?"
_SQLITE_RECEIPT = (
    f"INSERT INTO receipt (submission_hash, collector_id) SELECT ?, id {_IF_UNCHANGED} "  # no values
    "ON CONFLICT DO NOTHING RETURNING 1"
)
_SQLITE_RESPONSE = "INSERT INTO response (id, collector_id, version_id, answers) VALUES (?, ?, ?, ?)"
_SQLITE_TEXT = "INSERT INTO text_answer (id, collector_id, item, text) VALUES (?, ?, ?, ?)"
_SQLITE_TICK = "INSERT INTO language_tick (id, collector_id, language) VALUES (?, ?, ?)"

# One round trip. FOR SHARE lets submissions pass together and holds closing and sealing back until this one is in.
_POSTGRESQL = b"""
WITH survey AS (SELECT id FROM collector WHERE id = $1 AND state = $2 AND revision = $3 FOR SHARE),
new AS (INSERT INTO receipt (submission_hash, collector_id) SELECT $4, id FROM survey
        ON CONFLICT DO NOTHING RETURNING collector_id),
answered AS (INSERT INTO response (id, collector_id, version_id, answers) SELECT $5, collector_id, $6, $7 FROM new),
ticked AS (INSERT INTO language_tick (id, collector_id, language) SELECT $8, collector_id, $9 FROM new),
written AS (INSERT INTO text_answer (id, collector_id, item, text)
            SELECT uuid_send(gen_random_uuid()), collector_id, key, value FROM new, json_each_text($10))
SELECT 1 FROM new
"""
_PREPARED = b"submission"
_NOT_PREPARED = b"26000"  # invalid_sql_statement_name
_FORMATS = (*3 * [Format.TEXT], *2 * [Format.BINARY], *2 * [Format.TEXT], Format.BINARY, *2 * [Format.TEXT])


@dataclass(frozen=True, slots=True)
class Submission:
    """What is to be stored of one form.

    Attributes:
        collector: as the caller knows it and found it accepting.
        hash: keyed hash of the submission key.
        language: in which the form was sent; counted, not linked to the answers.
    """

    collector: Collector
    hash: bytes
    answers: Answers
    language: str


def store_at_once(engine: Engine, submission: Submission) -> bool:
    """Store a submission in a transaction of its own, durable when this returns.

    Returns:
        False if nothing was written: the collector has changed, or the submission is stored already.

    Raises:
        sqlalchemy.exc.DBAPIError: if the database cannot be written, or its lock does not come in time.
    """
    return _STORES[engine.dialect.name](engine, submission)


def _store_in_sqlite(engine: Engine, submission: Submission) -> bool:
    collector, answers = submission.collector, submission.answers
    with turn_of(engine), _connection(engine) as connection:
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        try:
            known = (submission.hash, collector.id, collector.state, collector.revision)
            if cursor.execute(_SQLITE_RECEIPT, known).fetchone() is None:
                cursor.execute("ROLLBACK")
                return False
            cursor.execute(_SQLITE_RESPONSE, (random_key(), collector.id, collector.version_id, write_answers(answers)))
            for item, words in answers.texts.items():
                cursor.execute(_SQLITE_TEXT, (random_key(), collector.id, item, words))
            cursor.execute(_SQLITE_TICK, (random_key(), collector.id, submission.language))
            cursor.execute("COMMIT")
        except BaseException:
            if cursor.connection.in_transaction:
                cursor.execute("ROLLBACK")
            raise
    return True


def _store_in_postgresql(engine: Engine, submission: Submission) -> bool:
    """Run one prepared statement, committed by itself, through libpq: the driver's own layers cost as much again."""
    with _connection(engine) as connection:
        driver = cast("psycopg.Connection[Any]", connection.driver_connection)
        encoding = driver.info.encoding
        values = _write_values(submission, encoding)
        done = driver.pgconn.exec_prepared(_PREPARED, values, _FORMATS)
        # On a new connection; and the driver forgets all statements of a connection when a transaction was rolled back.
        if done.error_field(DiagnosticField.SQLSTATE) == _NOT_PREPARED:
            _ensure_done(driver.pgconn.prepare(_PREPARED, _POSTGRESQL), encoding)
            done = driver.pgconn.exec_prepared(_PREPARED, values, _FORMATS)
        return _ensure_done(done, encoding).ntuples == 1


def _write_values(submission: Submission, encoding: str) -> tuple[bytes, ...]:
    """Return the values of the statement as they go over the wire, in its order."""
    collector, answers = submission.collector, submission.answers
    words = json.dumps(answers.texts, ensure_ascii=False)
    texts = (collector.id, collector.state, collector.revision, collector.version_id, write_answers(answers))
    known, state, revision, version, document = (str(value).encode(encoding) for value in texts)
    tick = (random_key(), submission.language.encode(encoding))
    return (known, state, revision, submission.hash, random_key(), version, document, *tick, words.encode(encoding))


def _ensure_done(result: PGresult, encoding: str) -> PGresult:
    if result.status in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        return result
    if result.error_field(DiagnosticField.SQLSTATE) is None:  # nothing came back from the server
        raise psycopg.OperationalError(result.error_message.decode(encoding, "replace"))
    raise psycopg.errors.error_from_result(result, encoding=encoding)


_STORES: Mapping[str, Callable[[Engine, Submission], bool]] = {
    "sqlite": _store_in_sqlite,
    "postgresql": _store_in_postgresql,
}


@contextmanager
def _connection(engine: Engine) -> Iterator[PoolProxiedConnection]:
    """Lend a connection; the driver's errors become SQLAlchemy's, and a connection that had one is not used again."""
    connection = engine.raw_connection()
    kind = engine.dialect.loaded_dbapi.Error
    try:
        yield connection
    except kind as error:
        connection.invalidate()
        raise DBAPIError.instance("submission", None, error, kind, dialect=engine.dialect) from error
    finally:
        connection.close()
