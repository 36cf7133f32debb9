"""One submission, stored in as few steps as its database allows: the path that 240 phones take at once.

Nothing is looked up first. The statement itself asks whether the collector is still as the caller knows it and whether
the receipt is new; if not, nothing is written and the caller finds out why in its own time.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
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
_POSTGRESQL = """
WITH survey AS (SELECT id FROM collector WHERE id = %s AND state = %s AND revision = %s FOR SHARE),
new AS (INSERT INTO receipt (submission_hash, collector_id) SELECT %s::bytea, id FROM survey
        ON CONFLICT DO NOTHING RETURNING collector_id),
answered AS (INSERT INTO response (id, collector_id, version_id, answers)
             SELECT %s::bytea, collector_id, %s::integer, %s::text FROM new),
ticked AS (INSERT INTO language_tick (id, collector_id, language) SELECT %s::bytea, collector_id, %s::text FROM new),
written AS (INSERT INTO text_answer (id, collector_id, item, text)
            SELECT words.id, collector_id, words.item, words.text
            FROM new, unnest(%s::bytea[], %s::text[], %s::text[]) AS words (id, item, text))
SELECT 1 FROM new
"""


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
    with turn_of(engine), _cursor(engine) as cursor:
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
    collector, answers = submission.collector, submission.answers
    values = (
        collector.id, collector.state, collector.revision, submission.hash,
        random_key(), collector.version_id, write_answers(answers), random_key(), submission.language,
        [random_key() for _text in answers.texts], [*answers.texts], [*answers.texts.values()],
    )  # fmt: skip
    with _cursor(engine) as cursor:
        connection = cursor.connection
        connection.autocommit = True
        try:
            return cursor.execute(_POSTGRESQL, values).fetchone() is not None
        finally:
            if not connection.closed:
                connection.autocommit = False


_STORES: Mapping[str, Callable[[Engine, Submission], bool]] = {
    "sqlite": _store_in_sqlite,
    "postgresql": _store_in_postgresql,
}


@contextmanager
def _cursor(engine: Engine) -> Iterator[Any]:
    """Yield a cursor of the driver; its errors become SQLAlchemy's, and a connection that had one is not used again."""
    connection = engine.raw_connection()
    kind = engine.dialect.loaded_dbapi.Error
    try:
        cursor = connection.cursor()
        yield cursor
        cursor.close()
    except kind as error:
        connection.invalidate()
        raise DBAPIError.instance("submission", None, error, kind, dialect=engine.dialect) from error
    finally:
        connection.close()
