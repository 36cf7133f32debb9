"""Things that tests need, made with sensible values that a test may overrule."""

import json
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy.orm import Session

from survey_app.domain.book import Meeting, Topic
from survey_app.domain.collector import Collector
from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import parse_questionnaire
from survey_app.services import accounts, convening, designing

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
PASSWORD = "correct-horse-battery-staple"


@cache
def standard_questionnaire() -> Questionnaire:
    """Return the shipped post-meeting questionnaire with its 15 standard items."""
    document = files("survey_app.content").joinpath("post-meeting-questionnaire.json").read_text(encoding="utf-8")
    return parse_questionnaire(json.loads(document)).with_modules()


def freiburg_goals() -> str:
    """Return the shipped goal system document."""
    return files("survey_app.content").joinpath("freiburg-goals.toml").read_text(encoding="utf-8")


def make_network(session: Session, slug: str = "freiburg", **values: Any) -> Network:
    """Create a network."""
    values.setdefault("name", f"Netzwerk {slug.title()}")
    values.setdefault("imprint", {"de": "Stadt Musterstadt, Rathausplatz 1"})
    values.setdefault("privacy", {"de": "Wir speichern keine Namen."})
    values.setdefault("contact_email", "netzwerk@example.org")
    return accounts.create_network(session, Network(id=0, slug=slug, **values))


def make_meeting(session: Session, network: Network, **values: Any) -> int:
    """Record a meeting and return its id."""
    values.setdefault("date", date(2026, 11, 20))
    values.setdefault("title", "Herbsttreffen")
    values.setdefault("format", "network_meeting")
    values.setdefault("status", "held")
    values.setdefault("topics", (Topic("Sprachbildung", "members", "important", "school"),))
    return convening.add_meeting(session, Meeting(id="", **values), network_id=network.id)


def publish_standard(session: Session, network: Network) -> int:
    """Publish the standard questionnaire and return the version's id."""
    return designing.publish_questionnaire(session, standard_questionnaire(), network_id=network.id, now=NOW)


def make_collector(session: Session, network: Network, *, now: datetime | None = None, **values: Any) -> Collector:
    """Open a survey for a new meeting with the standard questionnaire in all languages.

    `now` is the real time unless given, since doors ask the clock.
    """
    now = now or datetime.now(UTC)
    values.setdefault("languages", standard_questionnaire().languages)
    values.setdefault("closes_at", now + timedelta(days=3))
    meeting_id = values.pop("meeting_id", None) or make_meeting(session, network)
    version_id = values.pop("version_id", None) or publish_standard(session, network)
    wanted = convening.NewCollector(version_id=version_id, **values)
    return convening.start_collector(session, wanted, network_id=network.id, meeting_id=meeting_id, now=now)


def make_account(
    session: Session, network: Network | None = None, role: Role = Role.COORDINATOR, email: str | None = None
) -> int:
    """Create an account; its password hash is not usable, tests that sign in by password make their own."""
    return accounts.create_account(
        session,
        email=email or f"{role}@{network.slug if network else 'system'}.example",
        password="",
        hash_password=lambda _password: "!",
        network_id=network.id if network else None,
        role=role,
    )
