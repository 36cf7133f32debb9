"""The demonstration network: loaded once, through the same use cases that people use, and marked as made up."""

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from survey_app.content import read_document
from survey_app.domain.book import Meeting, Topic
from survey_app.domain.collector import Collector, CollectorState
from survey_app.domain.errors import UnknownNetwork
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import parse_questionnaire
from survey_app.domain.synthetic import invent_answers
from survey_app.evaluation.facts.facts_format import parse_facts
from survey_app.services import convening, designing, housekeeping
from survey_app.services.accounts import create_network
from survey_app.services.demonstration_needs import record_needs
from survey_app.services.demonstration_partners import invent_partners
from survey_app.storage import collectors, networks, responses, tallies
from survey_app.storage.book import list_meetings
from survey_app.storage.engine import writing
from survey_app.storage.questionnaires import list_published

_NOON = time(12, tzinfo=UTC)
_ANSWERING = timedelta(days=3)
_COMPARISON = "comparison_2017"

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all, and what was done last."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was loaded: the network, its past surveys with their meetings' titles, and the one open now."""

    network: Network
    past: tuple[tuple[Collector, str], ...]
    opened: Collector


def load_demonstration(session: Session, *, now: datetime, report_progress: Progress) -> Demonstration:
    """Load the demonstration network, or what is missing of it; what is there stays.

    Args:
        session: of a migrated database.
        now: decides the day of the open meeting.
        report_progress: told after each step.
    """
    plan = tomllib.loads(read_document("freiburg-demonstration.toml"))
    try:
        network = networks.load_network(session, plan["network"]["slug"])
    except UnknownNetwork:
        network = _load_past(session, plan, report_progress)
    return _describe(session, network, _ensure_open_meeting(session, network, plan["open_meeting"], now))


def _load_past(session: Session, plan: Mapping[str, Any], report_progress: Progress) -> Network:
    meetings = plan["meeting"]
    begun = datetime.combine(meetings[0]["date"], _NOON)
    network = _create_network(session, plan["network"])
    designing.publish_goal_system(session, read_document("freiburg-goals.toml"), network_id=network.id, now=begun)
    standard, comparison = _publish_questionnaires(session, network, begun)
    for partner in invent_partners(plan["partners"]):
        convening.add_partner(session, partner, network_id=network.id)
    steps = len(meetings)
    for index, planned in enumerate(meetings):
        is_last = index == steps - 1
        meeting_id = convening.add_meeting(session, _meeting(planned, index), network_id=network.id)
        version_id = comparison if is_last else standard
        collector = _hold_survey(session, network, planned, meeting_id, version_id)
        if is_last:
            _load_slide(session, collector)
        else:
            _invent_responses(session, collector, planned, plan["answers"], index / (steps - 2))
            _seal(session, collector, planned["date"])
        report_progress(index + 1, steps, f"{planned['date']} {planned['title']}")
    record_needs(session, plan, network_id=network.id)
    return network


def _create_network(session: Session, planned: Mapping[str, Any]) -> Network:
    return create_network(
        session,
        Network(
            id=0,
            slug=planned["slug"],
            name=planned["name"],
            contact_email=planned["contact_email"],
            imprint={"de": planned["imprint"].strip()},
            privacy={"de": planned["privacy"].strip()},
            is_synthetic=True,
        ),
    )


def _publish_questionnaires(session: Session, network: Network, now: datetime) -> tuple[int, int]:
    """Return the ids of the standard version and of the one with the questions of the results slide."""
    whole = parse_questionnaire(json.loads(read_document("post-meeting-questionnaire.json")))

    def publish(questionnaire: Questionnaire, version: int) -> int:
        numbered = replace(questionnaire, version=version)
        return designing.publish_questionnaire(session, numbered, network_id=network.id, now=now)

    comparison = publish(whole.with_modules(_COMPARISON), 1)
    return publish(whole.with_modules(), 2), comparison


def _meeting(planned: Mapping[str, Any], index: int) -> Meeting:
    title, origin, rating = planned["topic"]
    groups = planned["groups"]
    return Meeting(
        id="",
        date=planned["date"],
        format="network_meeting",
        status="held",
        title=planned["title"],
        series_number=index + 1,
        host="Stadt Musterstadt (Beispiel)",
        place="Rathaus",
        invited=planned["invited"],
        attended_invited=planned["attended_invited"],
        attended_total=planned["attended_total"],
        good_practice=planned.get("good_practice"),
        topics=(Topic(title, origin, rating),),
        actor_groups=tuple(f"group_{number:02}" for number in range(1, groups + 1)),
    )


def _hold_survey(
    session: Session, network: Network, planned: Mapping[str, Any], meeting_id: int, version_id: int
) -> Collector:
    opened = datetime.combine(planned["date"], _NOON)
    wanted = convening.NewCollector(
        version_id=version_id,
        languages=("de", "de-x-simple", "en"),
        closes_at=opened + _ANSWERING,
        expected_count=planned["attended_total"],
        is_synthetic=True,
    )
    return convening.start_collector(session, wanted, network_id=network.id, meeting_id=meeting_id, now=opened)


def _invent_responses(
    session: Session, collector: Collector, planned: Mapping[str, Any], answers: Mapping[str, Any], progress: float
) -> None:
    """Store made-up responses; weights and response rate move from those of the first to those of the last meeting."""

    def between(pair: list[float]) -> float:
        return pair[0] + (pair[1] - pair[0]) * progress

    published = {stored.id: stored for stored in list_published(session, network_id=collector.network_id)}
    invented = invent_answers(
        published[collector.version_id].questionnaire,
        count=round(planned["attended_total"] * between(answers["response"])),
        weights={
            item: {code: between(pair) for code, pair in choices.items()}
            for item, choices in answers["weights"].items()
        },
        texts=answers["texts"],
        seed=planned["date"].toordinal(),
    )
    with writing(session) as connection:
        for number, person in enumerate(invented):
            responses.add_response(
                connection,
                collector_id=collector.id,
                version_id=collector.version_id,
                submission_hash=f"{collector.code}-{number}".encode().ljust(32),
                answers=person,
                language=collector.languages[number % 5 % len(collector.languages)] if number % 5 < 3 else "de",
            )


def _seal(session: Session, collector: Collector, day: date) -> None:
    after = datetime.combine(day, _NOON) + _ANSWERING
    housekeeping.close_collector(session, collector.code, network_id=collector.network_id, now=after)
    housekeeping.seal_collector(session, collector.code, network_id=collector.network_id, now=after, grace=timedelta(0))


def _load_slide(session: Session, collector: Collector) -> None:
    """Store the made-up survey behind the results slide as a tally, just as the shipped facts have it."""
    survey = parse_facts(read_document("results-slide.json"), name="results-slide.json").tallies[0]
    ended = collector.closes_at
    closed = replace(collector, state=CollectorState.SEALED, closes_at=ended)
    with writing(session) as connection:
        tallies.replace_tally(
            connection,
            collector_id=collector.id,
            network_id=collector.network_id,
            completed=survey.completed,
            partial=survey.partial,
            items=survey.items,
        )
        collectors.change_collector(session, closed, before=CollectorState.OPEN)


def _ensure_open_meeting(session: Session, network: Network, planned: Mapping[str, Any], now: datetime) -> Collector:
    """Return a survey that is open now; a new meeting is made when the last one has ended."""
    for collector in collectors.list_collectors(session, network_id=network.id):
        if collector.state is CollectorState.OPEN and collector.closes_at is not None and collector.closes_at > now:
            return collector
    title, origin, rating = planned["topic"]
    meeting = Meeting(
        id="",
        date=now.date(),
        format="network_meeting",
        status="planned",
        title=planned["title"],
        host=planned["host"],
        place=planned["place"],
        motto=planned["motto"],
        invited=planned["invited"],
        topics=(Topic(title, origin, rating),),
    )
    newest = list_published(session, network_id=network.id)[0]
    wanted = convening.NewCollector(
        version_id=newest.id,
        languages=newest.questionnaire.languages,
        closes_at=now + _ANSWERING,
        expected_count=planned["expected"],
        is_synthetic=True,
    )
    meeting_id = convening.add_meeting(session, meeting, network_id=network.id)
    return convening.start_collector(session, wanted, network_id=network.id, meeting_id=meeting_id, now=now)


def _describe(session: Session, network: Network, opened: Collector) -> Demonstration:
    titles = {str(stored.id): stored.meeting for stored in list_meetings(session, network_id=network.id)}
    past = [
        (collector, titles[collector.meeting_id or ""])
        for collector in collectors.list_collectors(session, network_id=network.id)
        if collector.state is CollectorState.SEALED
    ]
    past.sort(key=lambda pair: str(pair[1].date))
    return Demonstration(
        network, tuple((collector, f"{meeting.date} {meeting.title}") for collector, meeting in past), opened
    )
