"""Measurements without a server: sealing and the report."""

import gc
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.figures import Figure
from benchmarks.stage import answer, application, close, fresh_database, hold_meetings, open_survey, seal
from survey_app.extensions import db
from survey_app.services.networks import load_network
from survey_app.services.reporting import build_report
from survey_app.storage.answer_tables import response

_SEALED = 5_000
_ROUNDS = 5


def _fastest(run: Callable[[], object]) -> float:
    """Return the seconds of the fastest of some runs: the others were disturbed."""
    best = float("inf")
    for _round in range(_ROUNDS):
        begun = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - begun)
    return best


def _settle() -> None:
    """Take what is there already out of the garbage collector's way, as the server does in every worker."""
    gc.collect()
    gc.freeze()


def measure_sealing(kind: str) -> Iterator[Figure]:
    """Yield the time to seal a collector beside the time to read its rows once, each the fastest of some runs."""
    reading = sealing = float("inf")
    for _round in range(_ROUNDS):
        with fresh_database(kind) as (url, folder), application(url, folder):
            session: Session = db.session()
            collector = open_survey(session)
            answer(session, collector, count=_SEALED)
            _settle()
            reading = min(reading, _fastest(lambda: _read_plainly(session, collector.id)))
            session.rollback()
            close(session, collector, datetime.now(UTC))
            begun = time.perf_counter()
            seal(session, collector, datetime.now(UTC))
            sealing = min(sealing, time.perf_counter() - begun)
    yield Figure(f"sealing {_SEALED:,} responses ÷ reading them once, {kind}", sealing * 1e3, "ms", 3, reading * 1e3)


def _read_plainly(session: Session, collector_id: str) -> None:
    """Read the answers of a collector in the obvious way."""
    for document in session.connection().execute(
        select(response.c.answers).where(response.c.collector_id == collector_id)
    ):
        json.loads(document.answers)


def measure_report(kind: str) -> Iterator[Figure]:
    """Yield the time of the report over few and over many meetings and people."""
    seconds = []
    for meetings, persons in ((13, 240), (130, 2_400)):
        with fresh_database(kind) as (url, folder), application(url, folder):
            session: Session = db.session()
            hold_meetings(session, meetings=meetings, persons=persons)
            network = load_network(session, "bench")
            _settle()
            seconds.append(_fastest(lambda: build_report(session, network, cut_off=date(2025, 12, 31))))
    yield Figure(f"report over 13 × 240 from tallies, {kind}", seconds[0] * 1e3, "ms", 50)
    yield Figure(f"report over 130 × 2,400 ÷ over 13 × 240, {kind}", seconds[1] * 1e3, "ms", 12, seconds[0] * 1e3)
