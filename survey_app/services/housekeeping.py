"""The life of collectors: opening, closing, sealing and erasing, by hand or when due. Safe to run twice."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from survey_app.domain.collector import GRACE, Collector, CollectorState
from survey_app.domain.counting import count_answers
from survey_app.domain.errors import InvalidRecord, Problem, TransitionNotAllowed, UnknownCollector
from survey_app.domain.local_days import add_months, beginning_of, local_day
from survey_app.domain.questionnaire import Questionnaire
from survey_app.storage import collectors, responses, tallies
from survey_app.storage.engine import check_durability, truncate_log, writing
from survey_app.storage.questionnaires import load_published

_LOG_ATTEMPTS = 20
_LOG_PAUSE = 0.1


class SealingDelayed(TransitionNotAllowed):
    """The answers are counted or erased, but a reader keeps the write-ahead log busy; try again in a moment."""


def open_collector(
    session: Session, code: str, *, network_id: int, now: datetime, closes_at: datetime | None = None
) -> Collector:
    """Open a draft now, or a closed collector again until it is sealed.

    Raises:
        UnknownCollector: if the network has no such collector.
        TransitionNotAllowed: if it is sealed, or its answers are being counted.
        InvalidRecord: if it would end before it begins.
    """
    with writing(session) as connection:
        responses.lock_collector(connection, code, exclusively=True)
        before = collectors.load_collector(session, code, network_id=network_id)
        if tallies.has_tally(connection, before.id):
            raise TransitionNotAllowed(f"{code}: its answers are counted already")
        after = before.opened(now, closes_at)
        if closes_at is not None and closes_at <= max(now, after.opens_at or now):
            raise InvalidRecord([Problem("closes_before_opening", "closes_at")])
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
    order any more. An interruption in between leaves a closed collector that takes no more answers and can be
    sealed again.

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
    _record_once_clean(session, after, before=before.state)
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


def erase_collector(session: Session, code: str, *, network_id: int) -> Collector:
    """Delete the raw answers of a sealed collector; its tally and the releases stay.

    Two commits, as in sealing: the new state is recorded once nothing on disk keeps the answers.

    Raises:
        UnknownCollector: if the network has no such collector.
        TransitionNotAllowed: if it is not sealed.
        SealingDelayed: if the write-ahead log could not be emptied in time.
    """
    with writing(session) as connection:
        responses.lock_collector(connection, code, exclusively=True)
        before = collectors.load_collector(session, code, network_id=network_id)
        after = before.erased()
        responses.erase_responses(connection, before.id)
    _record_once_clean(session, after, before=before.state)
    return after


def _record_once_clean(session: Session, after: Collector, *, before: CollectorState) -> None:
    engine = session.get_bind().engine
    responses.reclaim_space(engine)
    _empty_log(engine)
    with writing(session):
        collectors.change_collector(session, after, before=before)
    truncate_log(engine)  # holds nothing but the new state: as well without, if somebody is reading


def _empty_log(engine: Engine) -> None:
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
    return [one.code for one in due if _moved(close_collector, session, one, now=now)]


def seal_due(session: Session, *, now: datetime, grace: timedelta = GRACE) -> list[str]:
    """Seal every closed collector whose grace is over; return their codes."""
    due = [
        collector
        for collector in collectors.list_all_collectors(session, CollectorState.CLOSED)
        if collector.closes_at is not None and collector.closes_at + grace <= now
    ]
    return [one.code for one in due if _moved(seal_collector, session, one, now=now, grace=grace)]


def erase_due(session: Session, *, now: datetime) -> list[str]:
    """Erase the raw answers of every sealed collector whose retention is over; return their codes."""
    due = [kept.collector for kept in collectors.list_retained(session) if _kept_until(kept) <= now]
    return [one.code for one in due if _moved(erase_collector, session, one)]


def _kept_until(kept: collectors.Retained) -> datetime:
    """Return the local midnight at which raw answers go: some months after the meeting, else after closing."""
    day = kept.met_on or local_day(kept.ended_at)
    return beginning_of(add_months(day, kept.months))


def _moved(step: Callable[..., Collector], session: Session, collector: Collector, **when: Any) -> bool:
    """Take one due step; another host may have taken it a moment before, which is as good."""
    try:
        step(session, collector.code, network_id=collector.network_id, **when)
    except (TransitionNotAllowed, UnknownCollector):
        return False
    return True


def rounded_response_count(session: Session, collector: Collector, *, step: int = 10) -> int:
    """Return the number of responses rounded down to tens: all that anybody sees before sealing."""
    count = responses.count_responses(session.connection(), collector.id)
    return count - count % step


def check_storage(session: Session) -> list[str]:
    """Return what endangers acknowledged answers in the database of the session; empty means durable."""
    return check_durability(session.connection())
