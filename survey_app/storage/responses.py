"""Answers: writing one on the hot path, reading all of a collector once, and destroying their order.

These functions take the connection of a transaction (see `engine.writing`) and use core statements only.
"""

import json
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    LargeBinary,
    RowMapping,
    Table,
    Update,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.domain.response import Answers, AnswerValue
from survey_app.storage.answer_tables import (
    RANDOM_KEY_BYTES,
    CollectorRow,
    language_count,
    language_tick,
    receipt,
    response,
    text_answer,
    ticket,
)
from survey_app.storage.prepared import PreparedInsert

_CHUNK = 1_000
_COLLECTOR = CollectorRow.__table__.c
_ACCEPTANCE = select(
    _COLLECTOR.id,
    _COLLECTOR.network_id,
    _COLLECTOR.version_id,
    _COLLECTOR.state,
    _COLLECTOR.opens_at,
    _COLLECTOR.closes_at,
).where(_COLLECTOR.code == bindparam("code"))
_LOCK = {True: _ACCEPTANCE.with_for_update(), False: _ACCEPTANCE.with_for_update(read=True)}
_INSERT_RECEIPT = PreparedInsert(
    {
        "sqlite": sqlite.insert(receipt).on_conflict_do_nothing().returning(receipt.c.collector_id),
        "postgresql": postgresql.insert(receipt).on_conflict_do_nothing().returning(receipt.c.collector_id),
    },
    ("submission_hash", "collector_id"),
)
_INSERT_RESPONSE = PreparedInsert(insert(response), ("id", "collector_id", "version_id", "answers"))
_INSERT_TEXT = PreparedInsert(insert(text_answer), ("id", "collector_id", "item", "text"))
_NEW_KEY = {
    "sqlite": func.randomblob(RANDOM_KEY_BYTES),
    "postgresql": func.uuid_send(func.gen_random_uuid(), type_=LargeBinary),
}


def _rewrite_in_place(table: Table) -> Update:
    return update(table).where(table.c.collector_id == bindparam("collector")).values(id=_NEW_KEY["sqlite"])


def _take_out_and_put_back(table: Table) -> Insert:
    mine = table.c.collector_id == bindparam("collector")
    gone = delete(table).where(mine).returning(*table.c).cte("gone")
    values = [gone.c[column.name] for column in table.c if column.name != "id"]
    shuffled = select(_NEW_KEY["postgresql"], *values).order_by(func.random())
    return insert(table).from_select(["id", *(value.name for value in values)], shuffled)


_REWRITING: Mapping[str, list[Update] | list[Insert]] = {
    "sqlite": [_rewrite_in_place(table) for table in (response, text_answer)],
    "postgresql": [_take_out_and_put_back(table) for table in (response, text_answer)],
}
_INSERT_TICK = PreparedInsert(insert(language_tick), ("id", "collector_id", "language"))


def add_response(
    connection: Connection,
    *,
    collector_id: str,
    version_id: int,
    submission_hash: bytes,
    answers: Answers,
    language: str,
) -> bool:
    """Write one response with its texts, its language tick and its receipt.

    Args:
        connection: of a writing transaction; the caller commits.
        submission_hash: keyed hash of the submission key.

    Returns:
        False if a response with this receipt is stored already: then nothing is written.
    """
    kept = {"submission_hash": submission_hash, "collector_id": collector_id}
    if _INSERT_RECEIPT.run(connection, kept) is None:
        return False
    document = write_answers(answers)
    row = {"id": random_key(), "collector_id": collector_id, "version_id": version_id, "answers": document}
    _INSERT_RESPONSE.run(connection, row)
    texts = [
        {"id": random_key(), "collector_id": collector_id, "item": item, "text": words}
        for item, words in answers.texts.items()
    ]
    if texts:
        _INSERT_TEXT.run(connection, *texts)
    _INSERT_TICK.run(connection, {"id": random_key(), "collector_id": collector_id, "language": language})
    return True


def write_answers(answers: Answers) -> str:
    """Return the closed answers as the document that is stored."""
    return json.dumps(answers.closed, ensure_ascii=False, separators=(",", ":"))


def random_key() -> bytes:
    """Return a new key for a row of answers: random, so that it tells nothing."""
    return secrets.token_bytes(RANDOM_KEY_BYTES)


def lock_collector(connection: Connection, code: str, *, exclusively: bool) -> RowMapping | None:
    """Return the collector's columns that decide about acceptance, held still until the transaction ends.

    Submissions share the lock; closing and sealing take it alone, so no answer slips in behind a count. SQLite
    needs none: its writers come one after the other anyway.
    """
    return connection.execute(_LOCK[exclusively], {"code": code}).mappings().one_or_none()


def has_receipt(connection: Connection, submission_hash: bytes) -> bool:
    """Tell whether a submission with this hash is stored and its collector not yet sealed."""
    statement = select(receipt.c.collector_id).where(receipt.c.submission_hash == submission_hash)
    return connection.execute(statement).first() is not None


def count_responses(connection: Connection, collector_id: str) -> int:
    """Return how many responses the collector has; never shown exactly before sealing."""
    statement = select(func.count()).select_from(response).where(response.c.collector_id == collector_id)
    return int(connection.execute(statement).scalar_one())


def iterate_responses(connection: Connection, collector_id: str) -> Iterator[Mapping[str, AnswerValue]]:
    """Yield the closed answers of every response of the collector, a chunk at a time."""
    statement = select(response.c.answers).where(response.c.collector_id == collector_id)
    rows = connection.execute(statement, execution_options={"yield_per": _CHUNK}).scalars()
    for documents in rows.partitions():
        yield from json.loads(f"[{','.join(documents)}]")  # one parse for many is twice as fast


def count_texts(connection: Connection, collector_id: str) -> dict[str, int]:
    """Return the number of stored texts by field name."""
    statement = (
        select(text_answer.c.item, func.count())
        .where(text_answer.c.collector_id == collector_id)
        .group_by(text_answer.c.item)
    )
    return {item: int(count) for item, count in connection.execute(statement)}


def fold_language_ticks(connection: Connection, collector_id: str) -> None:
    """Replace the ticks of the collector by one count per language, added to those of an interrupted sealing."""
    mine = language_tick.c.collector_id == collector_id
    persons: Counter[str] = Counter()
    for table, amount in ((language_count, language_count.c.persons), (language_tick, literal(1))):
        ticks = select(table.c.language, func.sum(amount)).where(table.c.collector_id == collector_id)
        persons.update(
            {language: int(count) for language, count in connection.execute(ticks.group_by(table.c.language))}
        )
    connection.execute(delete(language_count).where(language_count.c.collector_id == collector_id))
    rows = [{"collector_id": collector_id, "language": tag, "persons": count} for tag, count in persons.items()]
    if rows:
        connection.execute(insert(language_count), rows)
    connection.execute(delete(language_tick).where(mine))


def destroy_order(connection: Connection, collector_id: str) -> None:
    """Rewrite responses and texts in random order under new random keys, and drop every receipt and ticket.

    The database does it by itself. On SQLite a new key is a new place, since the key alone decides where a row
    stands. On PostgreSQL rows stand where they were written last: they are taken out and put back in random order.
    """
    for statement in _REWRITING[connection.dialect.name]:
        connection.execute(statement, {"collector": collector_id})
    for table in (receipt, ticket):
        connection.execute(delete(table).where(table.c.collector_id == collector_id))


def erase_responses(connection: Connection, collector_id: str) -> None:
    """Delete every raw answer of the collector; its tally stays."""
    for table in (response, text_answer, receipt, language_tick):
        connection.execute(delete(table).where(table.c.collector_id == collector_id))


def reclaim_space(engine: Engine) -> None:
    """Let PostgreSQL overwrite what was deleted, outside of any transaction; SQLite zeroes at once."""
    if engine.dialect.name != "postgresql":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        tables = (response, text_answer, receipt, language_tick, ticket)
        connection.execute(text(f"VACUUM {', '.join(table.name for table in tables)}"))
