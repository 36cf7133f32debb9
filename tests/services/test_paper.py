"""Entering papers: stored like any other answer, once, counted as paper, until the survey is sealed."""

import threading
from datetime import timedelta

import pytest
from factories import NOW, make_collector, make_network
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector
from survey_app.domain.errors import (
    CollectorNotOpen,
    CollectorSealed,
    InvalidAnswers,
    MissingSubmissionKey,
    UnknownCollector,
)
from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.services import collecting, housekeeping, paper
from survey_app.storage.answer_tables import CollectorRow, language_tick, receipt, response, text_answer
from survey_app.storage.responses import iterate_responses

pytestmark = pytest.mark.both_databases
LATER = NOW + timedelta(days=4)


@pytest.fixture
def opened(session: Session, network: Network) -> Collector:
    return make_collector(session, network, now=NOW)


def enter(session: Session, survey: Collector, key: str | None = None, now=NOW, language="ar", **fields: str) -> bool:
    return paper.enter_paper(
        session,
        survey.code,
        network_id=survey.network_id,
        fields={name: [value] for name, value in (fields or {"impulses": "yes"}).items()},
        submission_key=key or collecting.new_submission_key(),
        language=language,
        receipt_key=b"p" * 32,
        now=now,
    )


def entered(session: Session, survey: Collector) -> int:
    session.rollback()
    return session.scalar(select(CollectorRow.paper_count).where(CollectorRow.id == survey.id))


def count(session: Session, table) -> int:
    return session.scalar(select(func.count()).select_from(table))


def test_paper_is_stored_like_an_answer_from_a_phone(session: Session, opened: Collector) -> None:
    assert enter(session, opened, impulses="yes", remarks="Danke")
    entry = collecting.enter(session, opened.code)
    collecting.submit_response(
        session,
        entry,
        fields={"impulses": ["yes"], "remarks": ["Danke"]},
        submission_key=collecting.new_submission_key(),
        language="ar",
        receipt_key=b"k" * 32,
        now=NOW,
    )
    for table in (response, text_answer, language_tick, receipt):
        secret = {"id", "submission_hash"}
        columns = [column for column in table.columns if column.name not in secret]
        first, second = session.execute(select(*columns)).all()
        assert first == second
    assert entered(session, opened) == 1


def test_paper_sent_twice_is_stored_and_counted_once(session: Session, opened: Collector) -> None:
    key = collecting.new_submission_key()
    assert enter(session, opened, key)
    assert not enter(session, opened, key, impulses="no")
    assert list(iterate_responses(session.connection(), opened.id)) == [{"impulses": "yes"}]
    assert entered(session, opened) == 1


def test_papers_can_be_entered_after_closing_until_sealing(session: Session, opened: Collector) -> None:
    assert enter(session, opened, now=LATER)
    housekeeping.close_due(session, now=LATER)
    assert enter(session, opened, now=LATER)
    housekeeping.seal_collector(session, opened.code, network_id=opened.network_id, now=LATER)
    with pytest.raises(CollectorSealed):
        enter(session, opened, now=LATER)
    with pytest.raises(CollectorSealed):
        paper.load_stack(session, opened.code, network_id=opened.network_id, now=LATER)
    assert (count(session, response), entered(session, opened)) == (2, 2)


def test_no_paper_is_taken_between_the_two_commits_of_sealing(
    session: Session, opened: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    housekeeping.close_due(session, now=LATER)

    def stop(_engine: object) -> None:
        raise housekeeping.SealingDelayed("busy")

    monkeypatch.setattr(housekeeping, "_empty_log", stop)
    with pytest.raises(housekeeping.SealingDelayed):
        housekeeping.seal_collector(session, opened.code, network_id=opened.network_id, now=LATER)
    with pytest.raises(CollectorSealed):
        enter(session, opened, now=LATER)
    assert entered(session, opened) == 0


def test_no_paper_is_taken_before_the_survey_begins(session: Session, network: Network) -> None:
    survey = make_collector(session, network, now=NOW, opens_at=NOW + timedelta(hours=1))
    with pytest.raises(CollectorNotOpen):
        enter(session, survey)
    assert enter(session, survey, now=NOW + timedelta(hours=2))


def test_paper_is_checked_like_a_form(session: Session, opened: Collector) -> None:
    for fields in ({"impulses": "maybe"}, {"remarks": "x" * 501}, {"nothing": "here"}):
        with pytest.raises(InvalidAnswers):
            enter(session, opened, **fields)
    for key in ("", "short", "ä" * 22):
        with pytest.raises(MissingSubmissionKey):
            paper.enter_paper(
                session,
                opened.code,
                network_id=opened.network_id,
                fields={"impulses": ["yes"]},
                submission_key=key,
                language="de",
                receipt_key=b"",
                now=NOW,
            )
    assert (count(session, response), entered(session, opened)) == (0, 0)


def test_language_of_the_paper_is_counted(session: Session, opened: Collector) -> None:
    for language in ("ar", "fr", "xx"):
        assert enter(session, opened, language=language)
    ticks = session.scalars(select(language_tick.c.language)).all()
    assert sorted(ticks) == ["ar", "de", "fr"]


def test_stack_has_what_the_next_paper_needs(session: Session, opened: Collector) -> None:
    enter(session, opened)
    first, second = (
        paper.load_stack(session, opened.code, network_id=opened.network_id, now=NOW) for _time in range(2)
    )
    assert (first.collector.code, first.entered, len(first.questionnaire.questions)) == (opened.code, 1, 15)
    assert first.submission_key != second.submission_key


def test_foreign_network_has_no_such_survey(session: Session, opened: Collector) -> None:
    other = make_network(session, "rostock")
    with pytest.raises(UnknownCollector):
        paper.load_stack(session, opened.code, network_id=other.id, now=NOW)
    with pytest.raises(UnknownCollector):
        paper.enter_paper(
            session,
            opened.code,
            network_id=other.id,
            fields={"impulses": ["yes"]},
            submission_key=collecting.new_submission_key(),
            language="de",
            receipt_key=b"",
            now=NOW,
        )
    assert count(session, response) == 0


def test_papers_and_phones_come_in_together_and_none_is_lost(app: Flask, session: Session, opened: Collector) -> None:
    """Two people with stacks and two phones at once: the lock on the collector must neither deadlock nor lose."""
    session.rollback()
    problems: list[BaseException] = []

    def work(by_phone: bool) -> None:
        with app.app_context():
            try:
                for _time in range(6):
                    _answer(opened) if by_phone else enter(db.session(), opened)
            except BaseException as error:  # noqa: BLE001  # told to the test
                problems.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work, args=(by_phone,)) for by_phone in (True, True, False, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert (count(session, response), entered(session, opened)) == (24, 12)


def _answer(survey: Collector) -> None:
    session = db.session()
    collecting.submit_response(
        session,
        collecting.enter(session, survey.code),
        fields={"impulses": ["yes"]},
        submission_key=collecting.new_submission_key(),
        language="de",
        receipt_key=b"k" * 32,
        now=NOW,
    )


def test_key_of_receipts_is_its_own() -> None:
    assert paper.derive_key("secret") == paper.derive_key(b"secret") != paper.derive_key("other")
    assert len(paper.derive_key("secret")) == 32
