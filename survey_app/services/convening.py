"""Behind the coordinators' door: meetings, partners, and opening a survey for a meeting."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.book import Meeting, Partner
from survey_app.domain.book_checks import LARGEST_COUNT, check_meeting, check_partner
from survey_app.domain.collector import Collector, CollectorState, Device, new_access_code
from survey_app.domain.errors import InvalidRecord, NameTaken, Problem, TransitionNotAllowed
from survey_app.domain.network import Network, check_network
from survey_app.storage import book, collectors, questionnaires
from survey_app.storage.engine import writing
from survey_app.storage.networks import change_network
from survey_app.storage.questionnaires import load_published

StoredMeeting = book.StoredMeeting
StoredPartner = book.StoredPartner
StoredQuestionnaire = questionnaires.StoredQuestionnaire


def list_meetings(session: Session, *, network_id: int) -> list[StoredMeeting]:
    """Return the meetings of the network, oldest first."""
    return book.list_meetings(session, network_id=network_id)


def load_meeting(session: Session, meeting_id: int, *, network_id: int) -> StoredMeeting:
    """Return a meeting of this network.

    Raises:
        UnknownMeeting: if the network has no such meeting.
    """
    return book.load_meeting(session, meeting_id, network_id=network_id)


def list_partners(session: Session, *, network_id: int) -> list[StoredPartner]:
    """Return the partners of the network by name."""
    return book.list_partners(session, network_id=network_id)


def load_partner(session: Session, partner_id: int, *, network_id: int) -> StoredPartner:
    """Return a partner of this network.

    Raises:
        UnknownPartner: if the network has no such partner.
    """
    return book.load_partner(session, partner_id, network_id=network_id)


def list_questionnaires(session: Session, *, network_id: int) -> list[StoredQuestionnaire]:
    """Return the published versions of the network, the newest of each questionnaire first."""
    return questionnaires.list_published(session, network_id=network_id)


def list_collectors(session: Session, *, network_id: int, meeting_id: int | None = None) -> list[Collector]:
    """Return the surveys of the network, or of one of its meetings, in order of their codes."""
    return collectors.list_collectors(session, network_id=network_id, meeting_id=meeting_id)


def load_collector(session: Session, code: str, *, network_id: int) -> Collector:
    """Return a survey of this network by its access code.

    Raises:
        UnknownCollector: if the network has no such survey.
    """
    return collectors.load_collector(session, code, network_id=network_id)


def add_meeting(session: Session, meeting: Meeting, *, network_id: int) -> int:
    """Record a new meeting and return its id.

    Raises:
        InvalidRecord: if its figures contradict each other.
    """
    _ensure_sound(check_meeting(meeting))
    with writing(session):
        return book.add_meeting(session, meeting, network_id=network_id)


def change_meeting(session: Session, stored: book.StoredMeeting, *, network_id: int) -> None:
    """Save a meeting as it was edited.

    Raises:
        InvalidRecord: if its figures contradict each other.
        UnknownMeeting: if the network has no such meeting.
        ConflictingRevision: if somebody else saved in the meantime.
    """
    _ensure_sound(check_meeting(stored.meeting))
    with writing(session):
        book.change_meeting(session, stored, network_id=network_id)


def remove_meeting(session: Session, meeting_id: int, *, network_id: int) -> None:
    """Remove a meeting that was entered by mistake.

    Raises:
        UnknownMeeting: if the network has no such meeting.
        TransitionNotAllowed: if a survey was prepared for it.
    """
    with writing(session):
        book.load_meeting(session, meeting_id, network_id=network_id)
        if book.has_collectors(session, meeting_id, network_id=network_id):
            raise TransitionNotAllowed("the meeting has a survey")
        book.delete_meeting(session, meeting_id, network_id=network_id)


def add_partner(session: Session, partner: Partner, *, network_id: int) -> int:
    """Record a new partner and return its id.

    Raises:
        InvalidRecord: if its dates contradict each other.
        NameTaken: if the network has a partner of this name.
    """
    _ensure_sound(check_partner(partner))
    try:
        with writing(session):
            return book.add_partner(session, partner, network_id=network_id)
    except IntegrityError as error:
        raise NameTaken(str(partner.name)) from error


def change_partner(session: Session, stored: book.StoredPartner, *, network_id: int) -> None:
    """Save a partner as it was edited.

    Raises:
        InvalidRecord: if its dates contradict each other.
        UnknownPartner: if the network has no such partner.
        ConflictingRevision: if somebody else saved in the meantime.
        NameTaken: if another partner has this name.
    """
    _ensure_sound(check_partner(stored.partner))
    try:
        with writing(session):
            book.change_partner(session, stored, network_id=network_id)
    except IntegrityError as error:
        raise NameTaken(str(stored.partner.name)) from error


def remove_partner(session: Session, partner_id: int, *, network_id: int) -> None:
    """Remove a partner that was entered by mistake.

    Raises:
        UnknownPartner: if the network has no such partner.
    """
    with writing(session):
        book.load_partner(session, partner_id, network_id=network_id)
        book.delete_partner(session, partner_id, network_id=network_id)


_CODE_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class NewCollector:
    """What a coordinator decides about a survey; times are aware.

    Attributes:
        opens_at: None for at once.
        needs_ticket: for a closed group, in which everybody gets a one-time code.
    """

    version_id: int
    languages: tuple[str, ...]
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    expected_count: int | None = None
    needs_ticket: bool = False
    is_synthetic: bool = False
    device: Device = Device.OWN


def start_collector(
    session: Session, wanted: NewCollector, *, network_id: int, meeting_id: int | None, now: datetime
) -> Collector:
    """Open a survey for a meeting and return it with its access code.

    Raises:
        UnknownMeeting, UnknownQuestionnaire: if the network has no such thing, or the questionnaire is a draft.
        InvalidRecord: if the languages or times cannot be used.
    """
    for attempt in range(_CODE_ATTEMPTS):
        try:
            with writing(session):
                collector = _prepare_collector(session, wanted, network_id=network_id, meeting_id=meeting_id, now=now)
                collectors.add_collector(session, collector)
                return collector
        except IntegrityError:
            # Somebody has this code already: a chance of one in 200,000 even with a million surveys.
            if attempt == _CODE_ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _prepare_collector(
    session: Session, wanted: NewCollector, *, network_id: int, meeting_id: int | None, now: datetime
) -> Collector:
    if meeting_id is not None:
        book.load_meeting(session, meeting_id, network_id=network_id)
    offered = load_published(session, wanted.version_id, network_id=network_id).languages
    _ensure_sound(_check_collector(wanted, offered, now))
    return Collector(
        id=secrets.token_hex(16),
        code=new_access_code(),
        network_id=network_id,
        meeting_id=None if meeting_id is None else str(meeting_id),
        version_id=wanted.version_id,
        state=CollectorState.OPEN,
        languages=wanted.languages,
        opens_at=wanted.opens_at or now,
        closes_at=wanted.closes_at,
        expected_count=wanted.expected_count,
        needs_ticket=wanted.needs_ticket,
        is_synthetic=wanted.is_synthetic,
        device=wanted.device,
    )


def _check_collector(wanted: NewCollector, offered: Sequence[str], now: datetime) -> list[Problem]:
    problems = []
    if not wanted.languages or not set(wanted.languages) <= set(offered):
        problems.append(Problem("languages_not_offered", "languages"))
    if wanted.closes_at is not None and wanted.closes_at <= max(now, wanted.opens_at or now):
        problems.append(Problem("closes_before_opening", "closes_at"))
    if wanted.expected_count is not None and wanted.expected_count < 0:
        problems.append(Problem("negative_number", "expected_count"))
    if wanted.expected_count is not None and wanted.expected_count > LARGEST_COUNT:
        problems.append(Problem("number_too_large", "expected_count", {"limit": LARGEST_COUNT}))
    return problems


def change_settings(session: Session, network: Network) -> Network:
    """Save the settings of a network and return them with their new revision.

    Raises:
        InvalidRecord: if a minimum is laxer than the rule, or retention is out of range.
        ConflictingRevision: if somebody else saved in the meantime.
    """
    _ensure_sound(check_network(network))
    with writing(session):
        change_network(session, network)
    return replace(network, revision=network.revision + 1)


def _ensure_sound(problems: list[Problem]) -> None:
    if problems:
        raise InvalidRecord(problems)
