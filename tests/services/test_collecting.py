"""Handing in answers, exactly once, on both databases."""

from datetime import timedelta

import pytest
from factories import NOW, make_collector
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.domain.collector import GRACE, Collector
from survey_app.domain.errors import (
    CollectorClosed,
    CollectorNotOpen,
    CollectorSealed,
    InvalidAnswers,
    MissingSubmissionKey,
    UnknownAccessCode,
)
from survey_app.domain.network import Network
from survey_app.services import collecting, housekeeping
from survey_app.storage.answer_tables import language_tick, receipt, response, text_answer
from survey_app.storage.responses import iterate_responses

pytestmark = pytest.mark.both_databases
RECEIPT_KEY = b"k" * 32


@pytest.fixture
def opened(session: Session, network: Network) -> Collector:
    return make_collector(session, network, now=NOW)


def submit(session: Session, code: str, fields: dict[str, list[str]], key: str | None = None, now=NOW) -> bool:
    return collecting.submit_response(
        session,
        collecting.enter(session, code),
        fields=fields,
        submission_key=key or collecting.new_submission_key(),
        language="fa",
        receipt_key=RECEIPT_KEY,
        now=now,
    )


def count(session: Session, table) -> int:
    return session.scalar(select(func.count()).select_from(table))


def test_answers_come_back_unchanged_when_stored(session: Session, opened: Collector) -> None:
    words = 'سلام \u200f"quoted" – 🎉 <b>\u2066isolate\u2069'
    fields = {"topics_central": ["yes_fully"], "topics_wanted": ["other", "clubs"], "topics_wanted.other": [words]}
    assert submit(session, opened.code, fields | {"remarks": [words]})
    stored = list(iterate_responses(session.connection(), opened.id))
    assert stored == [{"topics_central": "yes_fully", "topics_wanted": ["clubs", "other"]}]
    texts = session.execute(select(text_answer.c.item, text_answer.c.text)).all()
    assert sorted(map(tuple, texts)) == [("remarks", words), ("topics_wanted.other", words)]
    assert session.scalar(select(language_tick.c.language)) == "fa"


def test_second_submission_stores_nothing_when_key_is_known(session: Session, opened: Collector) -> None:
    key = collecting.new_submission_key()
    assert submit(session, opened.code, {"impulses": ["yes"]}, key)
    assert not submit(session, opened.code, {"impulses": ["no"]}, key)
    assert [count(session, table) for table in (response, receipt, language_tick)] == [1, 1, 1]


def test_repeat_after_closing_is_thanked_when_it_was_stored_in_time(session: Session, opened: Collector) -> None:
    key = collecting.new_submission_key()
    assert submit(session, opened.code, {"impulses": ["yes"]}, key)
    late = NOW + timedelta(days=4)
    assert not submit(session, opened.code, {"impulses": ["yes"]}, key, now=late)
    with pytest.raises(CollectorClosed):
        submit(session, opened.code, {"impulses": ["yes"]}, now=late)


@pytest.mark.parametrize("key", ["", "short", "x" * 23, "ä" * 22, "a b" * 7 + "a"])
def test_submission_is_refused_when_key_is_malformed(session: Session, opened: Collector, key: str) -> None:
    entry = collecting.enter(session, opened.code)
    with pytest.raises(MissingSubmissionKey):
        collecting.submit_response(
            session, entry, fields={"impulses": ["yes"]}, submission_key=key, language="de", receipt_key=b"", now=NOW
        )
    assert count(session, response) == 0


def test_submission_is_refused_when_form_is_empty_or_wrong(session: Session, opened: Collector) -> None:
    for fields in ({}, {"impulses": ["maybe"]}, {"remarks": ["x" * 501]}):
        with pytest.raises(InvalidAnswers):
            submit(session, opened.code, fields)
    assert count(session, receipt) == 0


def test_submission_follows_the_clock_when_survey_opens_and_closes(session: Session, opened: Collector) -> None:
    fields = {"impulses": ["yes"]}
    with pytest.raises(CollectorNotOpen):
        submit(session, opened.code, fields, now=NOW - timedelta(seconds=1))
    end = NOW + timedelta(days=3)
    assert submit(session, opened.code, fields, now=end + GRACE - timedelta(seconds=1))
    with pytest.raises(CollectorClosed):
        submit(session, opened.code, fields, now=end + GRACE)


def test_submission_says_sealed_when_survey_is_sealed(session: Session, network: Network, opened: Collector) -> None:
    housekeeping.close_collector(session, opened.code, network_id=network.id, now=NOW)
    housekeeping.seal_collector(session, opened.code, network_id=network.id, now=NOW, grace=timedelta(0))
    with pytest.raises(CollectorSealed):
        submit(session, opened.code, {"impulses": ["yes"]})


def test_entering_is_refused_when_code_is_unknown(session: Session) -> None:
    with pytest.raises(UnknownAccessCode):
        collecting.enter(session, "bcdfghjk")


def test_stored_rows_name_no_time_address_or_order(app: Flask) -> None:
    forbidden = {"created", "time", "at", "date", "ip", "address", "agent", "number", "seq", "rowid"}
    for table in (response, text_answer, language_tick, receipt):
        words = {part for column in table.columns for part in column.name.split("_")}
        assert not words & forbidden, table.name
        assert table.dialect_options["sqlite"]["with_rowid"] is False
