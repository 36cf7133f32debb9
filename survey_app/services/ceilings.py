"""The ceiling of a survey: who floods it is stopped, whoever sits in the room never is.

Counting the responses of a survey with every submission would cost more than storing one. So each process counts
now and then and takes a number of responses unseen, the fewer the nearer the ceiling is (`domain.ceiling`). Never
limited by address: a whole meeting shares one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from survey_app.domain.ceiling import LEAST, MOST, allowance, find_ceiling, round_up
from survey_app.domain.collector import Collector, CollectorState
from survey_app.domain.errors import CollectorFull, InvalidRecord, Problem, TransitionNotAllowed
from survey_app.storage.ceilings import change_ceiling, load_filling
from survey_app.storage.collectors import list_collectors, load_collector
from survey_app.storage.engine import writing

DEFAULT = 3_000
"""Responses taken where nobody knows how many to expect, unless the installation decides otherwise."""

_MOST_KNOWN = 1_000
_left: WeakKeyDictionary[Engine, dict[str, int]] = WeakKeyDictionary()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Room:
    """How much room a survey has.

    Attributes:
        ceiling: responses it takes, a full ten.
        is_full: whether it has taken them.
    """

    ceiling: int
    is_full: bool


def take_allowance(engine: Engine, collector_id: str) -> bool:
    """Use up one of the responses that may be taken unseen; False if they have to be counted first."""
    with _lock:
        known = _left.get(engine)
        left = known.get(collector_id, 0) if known else 0
        if known is None or left <= 0:
            return False
        known[collector_id] = left - 1
    return True


def ensure_room(connection: Connection, collector: Collector, *, default: int = DEFAULT) -> None:
    """Raise if the survey has reached its ceiling; counts the responses if none may be taken unseen.

    Raises:
        CollectorFull: if so.
    """
    # Who needs a ticket comes once.
    if collector.needs_ticket or take_allowance(connection.engine, collector.id):
        return
    filling = load_filling(connection, collector)
    ceiling = find_ceiling(chosen=filling.chosen, expected=filling.expected, default=default)
    taken = allowance(ceiling, filling.count)
    _keep(connection.engine, collector.id, taken - 1)
    if not taken:
        raise CollectorFull(collector.code)


def _keep(engine: Engine, collector_id: str, left: int) -> None:
    with _lock:
        known = _left.setdefault(engine, {})
        if len(known) >= _MOST_KNOWN:
            known.clear()
        known[collector_id] = left


def assess_room(session: Session, collector: Collector, *, default: int = DEFAULT) -> Room:
    """Return the ceiling of a survey and whether it is reached."""
    filling = load_filling(session.connection(), collector)
    ceiling = find_ceiling(chosen=filling.chosen, expected=filling.expected, default=default)
    return Room(ceiling, is_full=not collector.needs_ticket and filling.count >= ceiling)


def list_full(session: Session, *, network_id: int, default: int = DEFAULT) -> Mapping[str, Room]:
    """Return the open surveys of a network that have reached their ceiling, by access code."""
    rooms = {
        survey.code: assess_room(session, survey, default=default)
        for survey in list_collectors(session, network_id=network_id)
        if survey.state is CollectorState.OPEN
    }
    return {code: room for code, room in rooms.items() if room.is_full}


def raise_ceiling(session: Session, code: str, *, network_id: int, ceiling: int) -> int:
    """Let a survey take more responses, or fewer; return the ceiling, which is a full ten.

    Raises:
        UnknownCollector: if the network has no such collector.
        TransitionNotAllowed: if it has ended.
        InvalidRecord: for a number that cannot be.
    """
    if not LEAST <= ceiling <= MOST:
        raise InvalidRecord([Problem("number_out_of_range", "ceiling", {"low": LEAST, "high": MOST})])
    with writing(session) as connection:
        collector = load_collector(session, code, network_id=network_id)
        if collector.state not in (CollectorState.DRAFT, CollectorState.OPEN):
            raise TransitionNotAllowed(f"{code}: takes no more responses")
        change_ceiling(connection, collector, round_up(ceiling))
    return round_up(ceiling)
