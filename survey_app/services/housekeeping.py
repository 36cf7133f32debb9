"""The life of collectors: opening, closing, sealing and erasing, by hand or when due. Safe to run twice."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from survey_app.domain.collector import GRACE, Collector, CollectorState
from survey_app.domain.counting import count_answers
from survey_app.domain.errors import TransitionNotAllowed, UnknownCollector
from survey_app.domain.questionnaire import Questionnaire
from survey_app.storage import collectors, responses, tallies
from survey_app.storage.engine import truncate_log, writing
from survey_app.storage.questionnaires import load_published

_LOG_ATTEMPTS = 20
_LOG_PAUSE = 0.1


class SealingDelayed(TransitionNotAllowed):
    """The answers are counted, but a reader keeps the write-ahead log busy; try again in a moment."""


def open_collector(
    session: Session, code: str, *, network_id: int, now: datetime, closes_at: datetime | None = None
) -> Collector:
    """Open a draft now, or a closed collector again until it is sealed.

    Raises:
        UnknownCollector: if the network has no such collector.
        TransitionNotAllowed: if it is sealed, or its answers are being counted.
    """
    with writing(session) as connection:
        before = collectors.load_collector(session, code, network_id=network_id)
        if tallies.has_tally(connection, before.id):
            raise TransitionNotAllowed(f"{code}: its answers are counted already")
        after = before.opened(now, closes_at)
        collectors.change_collector(session, after, before=before.state)
        return after


def close_collector(session: Session, code: str, *, network_id: int, now: datetime) -> Collector:
    """Close an open collector; pages already open may still be sent during the grace.

    Raises:
        UnknownCollector: if the network has no such collector.
        TransitionNotAllowed: if it is not open.
    """
    with writing(session) as connection:
        responses.lock_collector(connection, code, exclusively=True)
        before = collectors.load_collector(session, code, network_id=network_id)
        after = before.closed(now)
        collectors.change_collector(session, after, before=before.state)
        return after


def seal_collector(
    session: Session, code: str, *, network_id: int, now: datetime, grace: timedelta = GRACE
) -> Collector:
    """Count the responses into a tally, destroy their order, and mark the collector sealed.

    Two commits: the first counts and rewrites, the second records the new state once nothing on disk keeps the
    order any more. An interruption in between leaves a closed collector that can be sealed again.

    Args:
        grace: time to wait after closing; zero for "close and evaluate now".

    Raises:
        UnknownCollector: if the network has no such collector.
        TransitionNotAllowed: if it is not closed, or the grace is not over.
        SealingDelayed: if the write-ahead log could not be emptied in time.
    """
    with writing(session) as connection:
        responses.lock_collector(connection, code, exclusively=True)
        before = collectors.load_collector(session, code, network_id=network_id)
        after = before.sealed(now, grace=grace)
        questionnaire = load_published(session, before.version_id, network_id=network_id)
        _count(session, before, questionnaire)
        responses.destroy_order(connection, before.id)
    _forget_order_on_disk(session.get_bind().engine)
    with writing(session):
        collectors.change_collector(session, after, before=before.state)
    return after


def _count(session: Session, collector: Collector, questionnaire: Questionnaire) -> None:
    connection = session.connection()
    persons, items = count_answers(
        questionnaire,
        responses.iterate_responses(connection, collector.id),
        responses.count_texts(connection, collector.id),
    )
    tallies.replace_tally(
        connection, collector_id=collector.id, network_id=collector.network_id, completed=persons, items=items
    )
    responses.fold_language_ticks(connection, collector.id)


def _forget_order_on_disk(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        responses.reclaim_space(connection)
    for _attempt in range(_LOG_ATTEMPTS):
        if truncate_log(engine):
            return
        time.sleep(_LOG_PAUSE)
    raise SealingDelayed("the write-ahead log is in use")


def delete_collector(session: Session, code: str, *, network_id: int) -> None:
    """Remove a collector without responses.

    Raises:
        UnknownCollector: if the network has no such collector.
        TransitionNotAllowed: if somebody answered already.
    """
    with writing(session) as connection:
        responses.lock_collector(connection, code, exclusively=True)
        collector = collectors.load_collector(session, code, network_id=network_id)
        is_fresh = collector.state in (CollectorState.DRAFT, CollectorState.OPEN)
        if not is_fresh or responses.count_responses(connection, collector.id):
            raise TransitionNotAllowed(f"{code}: has responses")
        collectors.delete_collector(session, collector)


def close_due(session: Session, *, now: datetime) -> list[str]:
    """Record as closed every open collector whose closing time has passed; return their codes."""
    due = [
        collector
        for collector in collectors.list_all_collectors(session, CollectorState.OPEN)
        if collector.closes_at is not None and collector.closes_at <= now
    ]
    return [collector.code for collector in due if _moved(close_collector, session, collector, now)]


def seal_due(session: Session, *, now: datetime, grace: timedelta = GRACE) -> list[str]:
    """Seal every closed collector whose grace is over; return their codes."""
    due = [
        collector
        for collector in collectors.list_all_collectors(session, CollectorState.CLOSED)
        if collector.closes_at is not None and collector.closes_at + grace <= now
    ]
    return [collector.code for collector in due if _moved(seal_collector, session, collector, now)]


def _moved(step: Callable[..., Collector], session: Session, collector: Collector, now: datetime) -> bool:
    """Take one due step; another host may have taken it a moment before, which is as good."""
    try:
        step(session, collector.code, network_id=collector.network_id, now=now)
    except (TransitionNotAllowed, UnknownCollector):
        return False
    return True


def rounded_response_count(session: Session, collector: Collector, *, step: int = 10) -> int:
    """Return the number of responses rounded down to tens: all that anybody sees before sealing."""
    count = responses.count_responses(session.connection(), collector.id)
    return count - count % step
