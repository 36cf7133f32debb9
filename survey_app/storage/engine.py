"""How connections behave: what SQLite must be told so that an acknowledged answer survives a power cut.

SQLite: write-ahead log with ``synchronous=FULL`` (``NORMAL`` may lose commits on power loss), foreign keys,
``secure_delete`` on every connection (it belongs to the connection's page cache), and explicit transactions: a
transaction that reads first and writes later fails at once despite ``busy_timeout``, so writers begin with
``BEGIN IMMEDIATE``.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from survey_app.storage.prepared import execute_plainly

BUSY_SECONDS = 5
CHECKPOINT_MILLISECONDS = 100
_IMMEDIATE = "begin_immediate"
_PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    # The rows of a large survey fit: rewriting them at sealing would else write each page several times.
    "PRAGMA cache_size=-8000",
    # Answers that come together are copied from the log into the file four times less often; sealing empties it anyway.
    "PRAGMA wal_autocheckpoint=4000",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
)
_turns: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()


def configure_engine(engine: Engine) -> None:
    """Make every connection of the engine behave as described above; PostgreSQL needs nothing of it."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own kind
    _switch_to_log(connection)
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _switch_to_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; on a new file SQLite refuses at once, without waiting, while another writes."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_IMMEDIATE)
    execute_plainly(connection, "BEGIN IMMEDIATE" if immediate else "BEGIN", ())


@contextmanager
def writing(session: Session) -> Iterator[Connection]:
    """Run a use case that writes: commit at its end, roll back if it raises.

    What was read before belongs to an older moment and is left behind. On SQLite the write lock is taken at once,
    waiting up to `BUSY_SECONDS`; on PostgreSQL the transaction simply begins. An error frees the lock before the
    caller renders its page.

    Raises:
        OperationalError: if the lock does not come in time, or the database cannot be written.
    """
    session.rollback()
    with turn_of(session.get_bind().engine):
        try:
            yield session.connection(execution_options={_IMMEDIATE: True})
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def turn_of(engine: Engine) -> Iterator[None]:
    """Let the threads of this process write to SQLite one after the other.

    SQLite makes a second writer poll with growing pauses; waiting for a turn instead costs nothing and is fair.
    Other processes still meet at the file's lock.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    turn = _turns.setdefault(engine, Lock())
    if not turn.acquire(timeout=BUSY_SECONDS):
        raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))
    try:
        yield
    finally:
        turn.release()


def check_durability(connection: Connection) -> list[str]:
    """Return what endangers acknowledged answers in this database; empty means durable."""
    if connection.dialect.name == "sqlite":
        wanted = {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1}
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    else:
        wanted = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
        found = {name: connection.exec_driver_sql(f"SHOW {name}").scalar() for name in wanted}
    return [f"{name} is {found[name]!r}, needs {value!r}" for name, value in wanted.items() if found[name] != value]


def truncate_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, which keeps the order of insertion; tell whether it is empty now.

    While it waits for readers to finish, SQLite lets nobody write; hence the short patience here, and a caller
    that tries again. PostgreSQL has no file of this kind within reach: always true there.
    """
    if engine.dialect.name != "sqlite":
        return True
    raw = engine.raw_connection()
    execute = raw.driver_connection.execute  # type: ignore[union-attr]
    try:
        execute(f"PRAGMA busy_timeout={CHECKPOINT_MILLISECONDS}")
        busy, *_pages = execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        raw.close()
    return bool(busy == 0)
