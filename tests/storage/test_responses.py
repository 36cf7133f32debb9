"""Answers: written once per receipt, read in chunks, rewritten under new keys, erased without a rest."""

from collections import Counter
from typing import Any

import pytest
from factories import NOW, make_collector
from sqlalchemy import Connection, Row, func, select
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector
from survey_app.domain.network import Network
from survey_app.domain.response import Answers
from survey_app.storage import responses
from survey_app.storage.answer_tables import language_count, language_tick, receipt, response, text_answer
from survey_app.storage.engine import writing
from survey_app.storage.tallies import language_counts

pytestmark = pytest.mark.both_databases


def add(connection: Connection, collector: Collector, number: int, texts: dict[str, str] | None = None) -> bool:
    return responses.add_response(
        connection,
        collector_id=collector.id,
        version_id=collector.version_id,
        submission_hash=number.to_bytes(32, "big"),
        answers=Answers({"impulses": f"number-{number}"}, texts or {}),
        language=("de", "ar", "de-x-simple")[number % 3],
    )


def fill(session: Session, collector: Collector, count: int, start: int = 0) -> None:
    with writing(session) as connection:
        for number in range(start, start + count):
            assert add(connection, collector, number, {"remarks": f"words {number}", "topics_wanted.other": "x"})


def counts(session: Session, collector: Collector) -> list[int]:
    tables = (response, text_answer, receipt, language_tick)
    session.rollback()
    return [
        session.scalar(select(func.count()).select_from(table).where(table.c.collector_id == collector.id))
        for table in tables
    ]


@pytest.fixture
def collectors(session: Session, network: Network) -> tuple[Collector, Collector]:
    first = make_collector(session, network, now=NOW)
    return first, make_collector(session, network, now=NOW, version_id=first.version_id)


def test_nothing_is_written_when_the_receipt_is_known(session: Session, collectors: tuple[Collector, ...]) -> None:
    with writing(session) as connection:
        assert add(connection, collectors[0], 7, {"remarks": "once"})
        assert responses.has_receipt(connection, (7).to_bytes(32, "big"))
        assert not add(connection, collectors[0], 7, {"remarks": "twice"})
    assert counts(session, collectors[0]) == [1, 1, 1, 1]


def test_every_response_is_read_when_there_are_more_than_one_chunk(
    session: Session, collectors: tuple[Collector, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(responses, "_CHUNK", 7)
    fill(session, collectors[0], 30)
    fill(session, collectors[1], 3, start=100)
    connection = session.connection()
    found = [answers["impulses"] for answers in responses.iterate_responses(connection, collectors[0].id)]
    assert Counter(found) == Counter(f"number-{number}" for number in range(30))
    assert responses.count_responses(connection, collectors[0].id) == 30
    assert responses.count_texts(connection, collectors[0].id) == {"remarks": 30, "topics_wanted.other": 30}


def test_ticks_become_one_count_per_language_when_folded(session: Session, collectors: tuple[Collector, ...]) -> None:
    fill(session, collectors[0], 10)
    fill(session, collectors[1], 2, start=100)
    with writing(session) as connection:
        responses.fold_language_ticks(connection, collectors[0].id)
    assert language_counts(session, collectors[0].id) == {"de": 4, "ar": 3, "de-x-simple": 3}
    assert counts(session, collectors[0])[3] == 0
    assert counts(session, collectors[1])[3] == 2


def _without_key(row: Row[Any]) -> tuple[Any, ...]:
    return tuple(value for name, value in row._mapping.items() if name != "id")


def test_rewriting_keeps_answers_and_nothing_else_when_order_is_destroyed(
    session: Session, collectors: tuple[Collector, ...]
) -> None:
    fill(session, collectors[0], 25)
    fill(session, collectors[1], 5, start=100)
    before = {table: set(session.execute(select(table)).all()) for table in (response, text_answer)}
    with writing(session) as connection:
        responses.destroy_order(connection, collectors[0].id)
    assert counts(session, collectors[0])[:3] == [25, 50, 0]
    assert counts(session, collectors[1])[:3] == [5, 10, 5]
    for table, old in before.items():
        new = set(session.execute(select(table)).all())
        assert Counter(_without_key(row) for row in new) == Counter(_without_key(row) for row in old)
        others = {row for row in old if row.collector_id == collectors[1].id}
        assert new & old == others, "every row of this survey has a new key, no other is touched"


def test_only_this_survey_is_erased_when_erasing(session: Session, collectors: tuple[Collector, ...]) -> None:
    fill(session, collectors[0], 4)
    fill(session, collectors[1], 3, start=100)
    with writing(session) as connection:
        responses.fold_language_ticks(connection, collectors[1].id)
        responses.erase_responses(connection, collectors[0].id)
    assert counts(session, collectors[0]) == [0, 0, 0, 0]
    assert counts(session, collectors[1]) == [3, 6, 3, 0]
    assert session.scalar(select(func.count()).select_from(language_count)) == 3


def test_collector_row_is_found_by_code_when_locked(session: Session, collectors: tuple[Collector, ...]) -> None:
    for exclusively in (True, False):
        with writing(session) as connection:
            row = responses.lock_collector(connection, collectors[0].code, exclusively=exclusively)
            assert row is not None
            assert (row["id"], row["state"], row["opens_at"]) == (collectors[0].id, "open", NOW)
            assert responses.lock_collector(connection, "absent", exclusively=exclusively) is None
