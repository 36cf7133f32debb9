"""Sealing: every accepted answer is counted exactly once, whatever happens in between."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from answering import count_rows, submit, submit_all
from factories import NOW, make_collector, standard_questionnaire
from flask import Flask
from sqlalchemy.orm import Session

from survey_app.domain.collector import GRACE, Collector
from survey_app.domain.errors import CollectorClosed, CollectorSealed, TransitionNotAllowed
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import NO_ANSWER, ItemType
from survey_app.domain.tally import ItemTally
from survey_app.extensions import db
from survey_app.services import housekeeping
from survey_app.storage.collectors import load_collector_by_code
from survey_app.storage.tallies import language_counts, list_tallies

pytestmark = pytest.mark.both_databases
AT_ONCE = timedelta(0)


@pytest.fixture
def opened(session: Session, network: Network) -> Collector:
    return make_collector(session, network, now=NOW)


def close(session: Session, collector: Collector) -> None:
    housekeeping.close_collector(session, collector.code, network_id=collector.network_id, now=NOW)


def seal(session: Session, collector: Collector) -> None:
    housekeeping.seal_collector(session, collector.code, network_id=collector.network_id, now=NOW, grace=AT_ONCE)


def invented_forms(count: int) -> list[dict[str, list[str]]]:
    """Return forms of people who answer some questions, decline some and skip others."""
    chance = random.Random(7)
    forms = []
    for _ in range(count):
        form: dict[str, list[str]] = {"impulses": ["yes"]}
        for item in standard_questionnaire().questions:
            codes = [choice.code for choice in item.options if not choice.exclusive]
            if item.type is ItemType.ONE:
                form[item.code] = [chance.choice([*codes, NO_ANSWER, ""])]
            elif item.type is ItemType.MANY:
                form[item.code] = chance.choice([[NO_ANSWER], chance.sample(codes, 2), []])
            else:
                form[item.code] = [chance.choice(["eigene Worte", "", "سلام"])]
        forms.append(form)
    return forms


def assert_tally_of(item: ItemTally, forms: list[dict[str, list[str]]]) -> None:
    given = [[value for value in form.get(item.code, []) if value not in ("", NO_ANSWER)] for form in forms]
    answered = sum(bool(values) for values in given)
    assert item.total.no_answer == len(forms) - answered
    assert item.total.persons == len(forms)
    for code, persons in item.total.choices.items():
        assert persons == sum(code in values for values in given)
    for key, classes in item.by.items():
        for name, counts in classes.items():
            mine = [values for values, form in zip(given, forms, strict=True) if name in form.get(key, [])]
            assert counts.persons == len(mine)
            assert counts.choices == {code: sum(code in values for values in mine) for code in counts.choices}
    if item.first_answers is not None:
        assert item.first_answers.persons == sum(form["answered_this_year"] == ["no"] for form in forms)


def test_tally_equals_counting_by_hand_when_sealed(session: Session, opened: Collector) -> None:
    forms = invented_forms(40)
    submit_all(session, opened, forms)
    close(session, opened)
    seal(session, opened)
    (survey,) = list_tallies(session, network_id=opened.network_id)
    assert (survey.completed, survey.partial) == (40, 0)
    assert {item.code for item in survey.items} == {item.code for item in standard_questionnaire().questions}
    for item in survey.items:
        assert_tally_of(item, forms)


def test_receipts_and_ticks_are_gone_and_answers_stay_when_sealed(session: Session, opened: Collector) -> None:
    for language in ("de", "fa", "fa"):
        submit(session, opened.code, {"impulses": ["yes"], "remarks": ["gut"]}, language=language)
    close(session, opened)
    seal(session, opened)
    assert count_rows(session) == {"response": 3, "text_answer": 3, "receipt": 0, "language_tick": 0}
    assert language_counts(session, opened.id) == {"de": 1, "fa": 2}


def test_empty_survey_is_sealed_when_nobody_answered(session: Session, opened: Collector) -> None:
    close(session, opened)
    seal(session, opened)
    (survey,) = list_tallies(session, network_id=opened.network_id)
    assert survey.completed == 0
    assert {item.total.persons for item in survey.items} == {0}


class PowerCut(Exception):
    pass


@pytest.fixture
def interrupted(session: Session, opened: Collector, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A survey of three answers whose sealing broke off between the two commits; returns the keys."""

    def fail(_engine: Any) -> bool:
        raise PowerCut

    keys = submit_all(session, opened, [{"impulses": ["yes"], "remarks": ["x"]}] * 3)
    close(session, opened)
    with monkeypatch.context() as patched:
        patched.setattr(housekeeping, "truncate_log", fail)
        with pytest.raises(PowerCut):
            seal(session, opened)
    return keys


def test_sealing_can_be_repeated_when_it_was_interrupted(
    session: Session, opened: Collector, interrupted: list[str]
) -> None:
    assert load_collector_by_code(session, opened.code).state == "closed"
    seal(session, opened)
    (survey,) = list_tallies(session, network_id=opened.network_id)
    assert (survey.state, survey.completed) == ("sealed", 3)
    assert language_counts(session, opened.id) == {"de": 3}
    note = survey.find_item("remarks")
    assert note is not None
    assert note.total.answered == 3


def test_collector_cannot_open_again_when_its_answers_are_counted(
    session: Session, opened: Collector, interrupted: list[str]
) -> None:
    with pytest.raises(TransitionNotAllowed):
        housekeeping.open_collector(session, opened.code, network_id=opened.network_id, now=NOW)
    assert load_collector_by_code(session, opened.code).state == "closed"


def test_late_answers_are_refused_when_the_counting_is_done(
    session: Session, opened: Collector, interrupted: list[str]
) -> None:
    """Within the grace, but receipts are gone: a repeated form would be stored a second time."""
    for key in (interrupted[0], None):
        with pytest.raises(CollectorSealed):
            submit(session, opened.code, key=key, now=NOW + GRACE / 2)
    assert count_rows(session)["response"] == 3


def test_sealing_is_delayed_and_can_be_repeated_when_a_reader_is_busy(
    app: Flask, session: Session, opened: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no log within reach")
    monkeypatch.setattr(housekeeping, "_LOG_ATTEMPTS", 2)
    submit(session, opened.code)
    close(session, opened)
    with Session(db.engine) as reader:
        load_collector_by_code(reader, opened.code)
        with pytest.raises(housekeeping.SealingDelayed):
            seal(session, opened)
    seal(session, opened)
    assert load_collector_by_code(session, opened.code).state == "sealed"


def test_connections_keep_their_transactions_when_a_survey_was_sealed(
    app: Flask, session: Session, opened: Collector
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("transactions of the driver are SQLite's affair")
    close(session, opened)
    seal(session, opened)
    session.rollback()
    connections = [db.engine.connect() for _ in range(4)]
    modes = {connection.connection.driver_connection.isolation_level for connection in connections}
    for connection in connections:
        connection.close()
    assert modes == {None}


def test_every_answer_is_counted_or_refused_when_it_arrives_during_sealing(
    app: Flask, session: Session, opened: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writers hand in forms while the survey is closed and sealed without grace, with a pause between its commits."""
    engine, start = db.engine, Barrier(4)
    session.rollback()
    truncate = housekeeping.truncate_log

    def answer_meanwhile(_engine: Any) -> bool:
        with Session(engine) as late:
            accepted.append(is_taken(late))
        return truncate(engine)

    def is_taken(own: Session) -> bool:
        try:
            return submit(own, opened.code)
        except CollectorClosed:
            return False

    def hand_in(_writer: int) -> list[bool]:
        start.wait()
        with Session(engine) as own:
            return [is_taken(own) for _ in range(12)]

    accepted: list[bool] = []
    monkeypatch.setattr(housekeeping, "truncate_log", answer_meanwhile)
    with ThreadPoolExecutor(3) as pool:
        pending = [pool.submit(hand_in, writer) for writer in range(3)]
        start.wait()
        close(session, opened)
        seal(session, opened)
        accepted += [taken for future in pending for taken in future.result()]
    (survey,) = list_tallies(session, network_id=opened.network_id)
    assert survey.completed == sum(accepted)
    assert count_rows(session) == {
        "response": sum(accepted), "text_answer": 0, "receipt": 0, "language_tick": 0
    }  # fmt: skip
    assert sum(language_counts(session, opened.id).values()) == sum(accepted)
