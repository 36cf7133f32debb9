"""The book: meetings and partners as the organisers record them; needs and offers stand in `needs`."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from survey_app.domain.book import Book, Meeting, Partner, Topic
from survey_app.domain.errors import ConflictingRevision, UnknownMeeting, UnknownPartner
from survey_app.storage.answer_tables import CollectorRow
from survey_app.storage.many_changes import Change, change_rows
from survey_app.storage.needs import list_needs, list_offers
from survey_app.storage.quotations import list_quotations
from survey_app.storage.tables import MeetingRow, PartnerRow


@dataclass(frozen=True, slots=True)
class StoredMeeting:
    """A meeting with its place in the database."""

    id: int
    meeting: Meeting
    revision: int


@dataclass(frozen=True, slots=True)
class StoredPartner:
    """A partner with its place in the database."""

    id: int
    partner: Partner
    revision: int


def load_book(session: Session, *, network_id: int, starts_on: date | None = None) -> Book:
    """Return everything the network recorded; without a single need or offer, these are not recorded."""
    return Book(
        starts_on=starts_on,
        meetings=tuple(stored.meeting for stored in list_meetings(session, network_id=network_id)),
        partners=tuple(stored.partner for stored in list_partners(session, network_id=network_id)),
        needs=tuple(stored.need for stored in list_needs(session, network_id=network_id)) or None,
        offers=tuple(stored.offer for stored in list_offers(session, network_id=network_id)) or None,
        quotations=tuple(stored.quotation for stored in list_quotations(session, network_id=network_id)),
    )


def list_meetings(session: Session, *, network_id: int) -> list[StoredMeeting]:
    """Return the meetings of the network, oldest first."""
    rows = session.scalars(
        select(MeetingRow).where(MeetingRow.network_id == network_id).order_by(MeetingRow.date, MeetingRow.id)
    )
    return [_to_meeting(row) for row in rows]


def load_meeting(session: Session, meeting_id: int, *, network_id: int) -> StoredMeeting:
    """Return a meeting of this network.

    Raises:
        UnknownMeeting: if the network has no such meeting.
    """
    row = session.scalars(
        select(MeetingRow).where(MeetingRow.network_id == network_id, MeetingRow.id == meeting_id)
    ).one_or_none()
    if row is None:
        raise UnknownMeeting(str(meeting_id))
    return _to_meeting(row)


def add_meeting(session: Session, meeting: Meeting, *, network_id: int) -> int:
    """Write a new meeting and return its id; `meeting.id` is not used."""
    row = MeetingRow(network_id=network_id, **_meeting_columns(meeting))
    session.add(row)
    session.flush()
    return row.id


def change_meeting(session: Session, stored: StoredMeeting, *, network_id: int) -> None:
    """Write a meeting if nobody else saved since `stored.revision`.

    Raises:
        UnknownMeeting: if the network has no such meeting.
        ConflictingRevision: with the meeting as it stands.
    """
    statement = (
        update(MeetingRow)
        .where(MeetingRow.network_id == network_id, MeetingRow.id == stored.id, MeetingRow.revision == stored.revision)
        .values(**_meeting_columns(stored.meeting), revision=stored.revision + 1)
    )
    if session.execute(statement).rowcount == 0:  # type: ignore[attr-defined]
        session.expire_all()
        raise ConflictingRevision(load_meeting(session, stored.id, network_id=network_id))


def delete_meeting(session: Session, meeting_id: int, *, network_id: int) -> None:
    """Remove a meeting that has no collector."""
    session.execute(delete(MeetingRow).where(MeetingRow.network_id == network_id, MeetingRow.id == meeting_id))


def has_collectors(session: Session, meeting_id: int, *, network_id: int) -> bool:
    """Tell whether a survey was ever prepared for the meeting."""
    counted = select(func.count()).where(CollectorRow.network_id == network_id, CollectorRow.meeting_id == meeting_id)
    return bool(session.scalar(counted))


def _meeting_columns(meeting: Meeting) -> dict[str, Any]:
    names = (
        "date", "format", "status", "title", "series_number", "host", "place", "motto",
        "invited", "attended_invited", "attended_total", "good_practice",
    )  # fmt: skip
    columns = {name: getattr(meeting, name) for name in names}
    columns["topics"] = None if meeting.topics is None else [asdict(topic) for topic in meeting.topics]
    columns["actor_groups"] = None if meeting.actor_groups is None else list(meeting.actor_groups)
    return columns


def _to_meeting(row: MeetingRow) -> StoredMeeting:
    meeting = Meeting(
        id=str(row.id),
        date=row.date,
        format=row.format,
        status=row.status,
        title=row.title,
        series_number=row.series_number,
        host=row.host,
        place=row.place,
        motto=row.motto,
        invited=row.invited,
        attended_invited=row.attended_invited,
        attended_total=row.attended_total,
        good_practice=row.good_practice,
        topics=None if row.topics is None else tuple(Topic(**topic) for topic in row.topics),
        actor_groups=None if row.actor_groups is None else tuple(row.actor_groups),
    )
    return StoredMeeting(row.id, meeting, row.revision)


def list_partners(session: Session, *, network_id: int) -> list[StoredPartner]:
    """Return the partners of the network by name."""
    rows = session.scalars(select(PartnerRow).where(PartnerRow.network_id == network_id).order_by(PartnerRow.name))
    return [_to_partner(row) for row in rows]


def load_partner(session: Session, partner_id: int, *, network_id: int) -> StoredPartner:
    """Return a partner of this network.

    Raises:
        UnknownPartner: if the network has no such partner.
    """
    row = session.scalars(
        select(PartnerRow).where(PartnerRow.network_id == network_id, PartnerRow.id == partner_id)
    ).one_or_none()
    if row is None:
        raise UnknownPartner(str(partner_id))
    return _to_partner(row)


def add_partner(session: Session, partner: Partner, *, network_id: int) -> int:
    """Write a new partner and return its id."""
    row = PartnerRow(network_id=network_id, **_partner_columns(partner))
    session.add(row)
    session.flush()
    return row.id


def add_partners(session: Session, partners: Iterable[Partner], *, network_id: int) -> None:
    """Write many new partners in one step."""
    session.add_all(PartnerRow(network_id=network_id, **_partner_columns(partner)) for partner in partners)
    session.flush()


def change_partner(session: Session, stored: StoredPartner, *, network_id: int) -> None:
    """Write a partner if nobody else saved since `stored.revision`.

    Raises:
        UnknownPartner: if the network has no such partner.
        ConflictingRevision: with the partner as it stands.
    """
    statement = (
        update(PartnerRow)
        .where(PartnerRow.network_id == network_id, PartnerRow.id == stored.id, PartnerRow.revision == stored.revision)
        .values(**_partner_columns(stored.partner), revision=stored.revision + 1)
    )
    if session.execute(statement).rowcount == 0:  # type: ignore[attr-defined]
        session.expire_all()
        raise ConflictingRevision(load_partner(session, stored.id, network_id=network_id))


def change_partners(session: Session, changed: Iterable[StoredPartner], *, network_id: int) -> None:
    """Write many partners in one step.

    Raises:
        ConflictingRevision: if somebody else saved or removed one of them since its revision.
    """
    changes = [Change(one.id, one.revision, _partner_columns(one.partner)) for one in changed]
    change_rows(session, PartnerRow, changes, network_id=network_id)


def delete_partner(session: Session, partner_id: int, *, network_id: int) -> None:
    """Remove a partner that was entered by mistake; one who left stays, being won is an event."""
    session.execute(delete(PartnerRow).where(PartnerRow.network_id == network_id, PartnerRow.id == partner_id))


def _partner_columns(partner: Partner) -> Mapping[str, Any]:
    columns = asdict(partner)
    columns["fields"] = None if partner.fields is None else list(partner.fields)
    return columns


def _to_partner(row: PartnerRow) -> StoredPartner:
    partner = Partner(
        name=row.name,
        actor_group=row.actor_group,
        fields=None if row.fields is None else tuple(row.fields),
        inside=row.inside,
        identified_on=row.identified_on,
        informed_on=row.informed_on,
        won_on=row.won_on,
    )
    return StoredPartner(row.id, partner, row.revision)
