"""Networks in which something happened, seeded once per module: the pages of this door only read.

"freiburg" has three meetings, one survey that may be shown and one that is too small. "streng" is the same with a
larger minimum for the public, "beispiel" is made up, "neu" has no goals, "offen" lacks an attendance.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from databases import SECRET
from factories import freiburg_goals, make_account, make_collector, make_meeting, make_network, publish_standard
from flask import Flask
from inspection import InspectingClient
from sqlalchemy.orm import Session

from survey_app import create_app
from survey_app.config import Settings
from survey_app.domain.book import Partner
from survey_app.domain.collector import Collector
from survey_app.domain.membership import Role
from survey_app.domain.network import Minimums, Network
from survey_app.extensions import db
from survey_app.services import collecting, convening, designing, housekeeping
from survey_app.storage.account_tables import AccountRow

FIRST, SECOND, LAST = date(2023, 5, 10), date(2023, 11, 15), date(2024, 3, 6)
CUT_OFF = "2024-12-31"
CONTACTS: Mapping[str, int] = {"yes_several": 10, "yes_one": 15, "no": 6, "first_time": 3, "no_answer": 2}
"""Answers of the survey that may be shown: 25 of 33 agree."""
HIDDEN: Mapping[str, int] = {"yes_one": 2, "no": 1}


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


class Seed:
    """Fills a network through the services."""

    def __init__(self, session: Session, network: Network, goals: str | None = None) -> None:
        self.session, self.network = session, network
        self.version_id = publish_standard(session, network)
        document = goals or freiburg_goals()
        designing.publish_goal_system(session, document, network_id=network.id, now=at_noon(date(2020, 1, 1)))

    def meet(self, day: date, **values: object) -> int:
        return make_meeting(self.session, self.network, date=day, **values)

    def ask(self, meeting_id: int, day: date, answers: Mapping[str, int]) -> Collector:
        """Hold a survey in which persons answer the question about contacts, and seal it."""
        network_id, now = self.network.id, at_noon(day)
        collector = make_collector(
            self.session, self.network, now=now, meeting_id=meeting_id, version_id=self.version_id
        )
        entry = collecting.enter(self.session, collector.code)
        for choice in (code for code, count in answers.items() for _ in range(count)):
            collecting.submit_response(
                self.session,
                entry,
                fields={"contacts_made": [choice]},
                submission_key=collecting.new_submission_key(),
                language="de",
                receipt_key=b"k" * 32,
                now=now,
            )
        housekeeping.close_collector(self.session, collector.code, network_id=network_id, now=now)
        housekeeping.seal_collector(self.session, collector.code, network_id=network_id, now=now, grace=timedelta(0))
        return collector

    def fill(self) -> None:
        """Record three meetings, two surveys and three partners, one of them not yet won."""
        first = self.meet(
            FIRST, title="Auftakt", invited=80, attended_invited=38, attended_total=38, good_practice=True
        )
        self.meet(SECOND, title="Herbst", invited=100, attended_invited=45, attended_total=52, good_practice=False)
        last = self.meet(LAST, title="Frühjahr", invited=60, attended_invited=30, attended_total=48, good_practice=None)
        self.ask(first, FIRST, HIDDEN)
        self.ask(last, LAST, CONTACTS)
        for number in range(3):
            won = date(2022, 3, 5) if number else None
            partner = Partner(
                f"Verein {number}", identified_on=date(2022, 1, 5), informed_on=date(2022, 2, 5), won_on=won
            )
            convening.add_partner(self.session, partner, network_id=self.network.id)


@pytest.fixture(scope="module")
def database_url(database_kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> str:
    name = "sqlite_databases" if database_kind == "sqlite" else "postgresql_database"
    return request.getfixturevalue(name).fresh(tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    settings = Settings(secret_key=SECRET, database_url=database_url)
    app = create_app(settings, instance_path=str(tmp_path_factory.mktemp("instance")))
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = InspectingClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def networks(app: Flask) -> Mapping[str, Network]:
    with app.app_context():
        session = db.session()
        made = {
            "freiburg": make_network(session),
            "streng": make_network(session, "streng", minimums=Minimums(public=34)),
            "beispiel": make_network(session, "beispiel", is_synthetic=True),
            "offen": make_network(session, "offen"),
            "neu": make_network(session, "neu"),
        }
        for slug in ("freiburg", "streng", "beispiel"):
            Seed(session, made[slug]).fill()
        unfinished = Seed(session, made["offen"])
        unfinished.ask(unfinished.meet(FIRST, title="Ohne Zählung", attended_total=None), FIRST, HIDDEN)
        session.rollback()
        return made


@pytest.fixture(scope="module")
def sign_in(app: Flask) -> Callable[..., InspectingClient]:
    """Return a function that gives a client signed in with a role in a network."""

    def make(network: Network | None, role: Role = Role.COORDINATOR) -> InspectingClient:
        with app.app_context():
            session = db.session()
            account_id = make_account(session, network, role, email=f"{secrets.token_hex(8)}@example.org")
            uniquifier = session.get_one(AccountRow, account_id).fs_uniquifier
            session.rollback()
        client = app.test_client()
        with client.session_transaction() as browser:
            browser["_user_id"] = uniquifier
            browser["_fresh"] = True
        return client

    return make


@pytest.fixture(scope="module")
def reader(networks: Mapping[str, Network], sign_in: Callable[..., InspectingClient]) -> InspectingClient:
    """Somebody who may read the figures of today of the network "freiburg"."""
    return sign_in(networks["freiburg"])
