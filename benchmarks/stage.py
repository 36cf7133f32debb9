"""The stage of a measurement: a fresh migrated database with a network and surveys, on either kind."""

import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import flask_migrate
import psycopg
from flask import Flask
from sqlalchemy.orm import Session

from survey_app import create_app
from survey_app.config import Settings
from survey_app.content import read_document
from survey_app.domain.book import Meeting, Topic
from survey_app.domain.collector import Collector, CollectorState
from survey_app.domain.counting import count_answers
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import parse_questionnaire
from survey_app.domain.synthetic import invent_answers
from survey_app.extensions import db
from survey_app.services import accounts, convening, designing, housekeeping
from survey_app.storage.collectors import change_collector
from survey_app.storage.engine import writing
from survey_app.storage.responses import add_response
from survey_app.storage.tallies import replace_tally

SECRET = "for-measurements-only-0123456789-abcdefghij"
POSTGRES = os.environ.get("SURVEY_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


@contextmanager
def fresh_database(kind: str) -> Iterator[tuple[str, Path]]:
    """Yield the address of an empty migrated database and the instance folder that goes with it."""
    with TemporaryDirectory() as folder, _address(kind, Path(folder)) as url:
        app = create_app(Settings(secret_key=SECRET, database_url=url), instance_path=folder)
        with app.app_context():
            flask_migrate.upgrade()
            db.engine.dispose()
        yield url, Path(folder)


@contextmanager
def _address(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'survey.db'}"
        return
    name = f"resonanz_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield POSTGRES.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg://") + f"/{name}"
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def application(url: str, folder: Path) -> Iterator[Flask]:
    """Yield the application on a database, inside its context."""
    app = create_app(Settings(secret_key=SECRET, database_url=url), instance_path=str(folder))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def standard_questionnaire() -> Questionnaire:
    """Return the shipped questionnaire with its standard items."""
    return parse_questionnaire(json.loads(read_document("post-meeting-questionnaire.json"))).with_modules()


def open_survey(session: Session, questionnaire: Questionnaire | None = None, *, slug: str = "bench") -> Collector:
    """Create a network with one open survey in all languages, with the standard questionnaire if no other is given."""
    network = accounts.create_network(session, Network(id=0, slug=slug, name="Bench"))
    now = datetime.now(UTC)
    version_id = designing.publish_questionnaire(
        session, questionnaire or standard_questionnaire(), network_id=network.id, now=now
    )
    designing.publish_goal_system(session, read_document("freiburg-goals.toml"), network_id=network.id, now=now)
    return start_survey(session, network.id, version_id, now, now.date(), attended=240)


def start_survey(
    session: Session, network_id: int, version_id: int, now: datetime, day: date, *, attended: int
) -> Collector:
    """Record a meeting of the day and open a survey for it."""
    meeting = Meeting(
        id="", date=day, title=f"Meeting {day}", format="network_meeting", status="held", invited=2 * attended,
        attended_invited=attended, attended_total=attended, good_practice=True,
        topics=(Topic("topic", "members", "urgent"),),
    )  # fmt: skip
    meeting_id = convening.add_meeting(session, meeting, network_id=network_id)
    # So many that no measurement reaches the ceiling of three times the persons expected.
    wanted = convening.NewCollector(
        version_id, standard_questionnaire().languages, closes_at=now + timedelta(days=3), expected_count=300_000
    )
    return convening.start_collector(session, wanted, network_id=network_id, meeting_id=meeting_id, now=now)


def answer(session: Session, collector: Collector, *, count: int) -> None:
    """Store made-up responses in one transaction."""
    invented = invent_answers(standard_questionnaire(), count=count, weights={}, texts={"remarks": ["words"]}, seed=1)
    with writing(session) as connection:
        for person in invented:
            add_response(
                connection,
                collector_id=collector.id,
                version_id=collector.version_id,
                submission_hash=os.urandom(32),
                answers=person,
                language="de",
            )


def hold_meetings(session: Session, *, meetings: int, persons: int) -> int:
    """Create a network with so many sealed surveys of so many persons; return its id.

    The tallies are counted from made-up answers; the answers themselves are not stored, since no report reads them.
    """
    first = open_survey(session)
    invented = invent_answers(standard_questionnaire(), count=persons, weights={}, texts={}, seed=persons)
    completed, items = count_answers(standard_questionnaire(), (person.closed for person in invented), {})
    for index in range(meetings):
        day = date(2012, 1, 15) + timedelta(days=30 * index)
        opened = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        collector = start_survey(session, first.network_id, first.version_id, opened, day, attended=persons)
        sealed = replace(collector, state=CollectorState.SEALED)
        with writing(session) as connection:
            replace_tally(
                connection,
                collector_id=collector.id,
                network_id=collector.network_id,
                completed=completed,
                items=items,
            )
            change_collector(session, sealed, before=CollectorState.OPEN)
    return first.network_id


def close(session: Session, collector: Collector, now: datetime) -> None:
    """Close a survey."""
    housekeeping.close_collector(session, collector.code, network_id=collector.network_id, now=now)


def seal(session: Session, collector: Collector, now: datetime) -> None:
    """Seal a closed survey without waiting for the grace."""
    housekeeping.seal_collector(session, collector.code, network_id=collector.network_id, now=now, grace=timedelta(0))
