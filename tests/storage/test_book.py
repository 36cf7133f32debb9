"""Meetings and partners: what is written comes back, the second saver is told, no network sees another's."""

from dataclasses import replace
from datetime import date

import pytest
from factories import make_collector, make_meeting, make_network
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.book import Book, Meeting, Partner, Topic
from survey_app.domain.errors import ConflictingRevision, UnknownMeeting, UnknownPartner
from survey_app.domain.network import Network
from survey_app.domain.text import clean_text
from survey_app.storage import book
from survey_app.storage.engine import writing

pytestmark = pytest.mark.both_databases

FULL = Meeting(
    id="",
    date=date(2024, 2, 29),
    format="workshop",
    status="held",
    title='Ümläute, "Zitate" und سلام 🎉',
    series_number=14,
    host="vhs",
    place="Rathaus",
    motto="Bildung für alle",
    invited=120,
    attended_invited=80,
    attended_total=95,
    good_practice=False,
    topics=(Topic("Sprache", "members", "urgent", "school"), Topic("Ohne alles")),
    actor_groups=("b", "a", "b"),
)
SPARSE = Meeting(id="", date=date(1999, 12, 31), format="other", status="planned", title="Leer")
WON = Partner("Zentrum", "provider_advice", ("school", "culture"), True, date(2024, 1, 1), date(2024, 1, 1), None)


def add(session: Session, record: Meeting | Partner, network: Network) -> int:
    with writing(session):
        if isinstance(record, Meeting):
            return book.add_meeting(session, record, network_id=network.id)
        return book.add_partner(session, record, network_id=network.id)


def test_meeting_comes_back_unchanged_when_stored(session: Session, network: Network) -> None:
    for meeting in (FULL, SPARSE, replace(FULL, topics=(), actor_groups=())):
        meeting_id = add(session, meeting, network)
        session.rollback()
        stored = book.load_meeting(session, meeting_id, network_id=network.id)
        assert stored == book.StoredMeeting(meeting_id, replace(meeting, id=str(meeting_id)), 1)


def test_partner_comes_back_unchanged_when_stored(session: Session, network: Network) -> None:
    for partner in (WON, Partner("Nur ein Name"), replace(WON, name="Leer", fields=(), inside=False)):
        partner_id = add(session, partner, network)
        session.rollback()
        stored = book.load_partner(session, partner_id, network_id=network.id)
        assert stored == book.StoredPartner(partner_id, partner, 1)


@settings(max_examples=15)
@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60).map(clean_text).filter(bool))
def test_same_text_comes_back_from_both_databases_when_typed(session: Session, network: Network, words: str) -> None:
    meeting_id = add(session, replace(FULL, title=words, topics=(Topic(words),), actor_groups=(words,)), network)
    session.rollback()
    meeting = book.load_meeting(session, meeting_id, network_id=network.id).meeting
    assert (meeting.title, meeting.topics, meeting.actor_groups) == (words, (Topic(words),), (words,))


def test_second_saver_is_told_and_shown_the_first_when_both_edit_a_meeting(session: Session, network: Network) -> None:
    mine = theirs = book.load_meeting(session, add(session, FULL, network), network_id=network.id)
    with writing(session):
        book.change_meeting(session, replace(theirs, meeting=replace(FULL, title="Theirs")), network_id=network.id)
    with pytest.raises(ConflictingRevision) as caught, writing(session):
        book.change_meeting(session, replace(mine, meeting=replace(FULL, title="Mine")), network_id=network.id)
    assert caught.value.theirs.meeting.title == "Theirs"
    assert caught.value.theirs.revision == 2
    assert book.load_meeting(session, mine.id, network_id=network.id) == caught.value.theirs


def test_second_saver_is_told_and_shown_the_first_when_both_edit_a_partner(session: Session, network: Network) -> None:
    mine = book.load_partner(session, add(session, WON, network), network_id=network.id)
    with writing(session):
        book.change_partner(session, replace(mine, partner=Partner("Theirs")), network_id=network.id)
    with pytest.raises(ConflictingRevision) as caught, writing(session):
        book.change_partner(session, mine, network_id=network.id)
    assert caught.value.theirs == book.StoredPartner(mine.id, Partner("Theirs"), 2)


def test_meetings_come_by_date_and_partners_by_name_when_listed(session: Session, network: Network) -> None:
    days = [date(2026, 3, 1), date(2025, 1, 1), date(2026, 3, 1)]
    ids = [add(session, replace(SPARSE, date=day), network) for day in days]
    for name in ("Volkshochschule", "Caritas", "IHK"):
        add(session, Partner(name), network)
    listed = [stored.id for stored in book.list_meetings(session, network_id=network.id)]
    assert listed == [ids[1], ids[0], ids[2]]
    assert [stored.partner.name for stored in book.list_partners(session, network_id=network.id)] == [
        "Caritas",
        "IHK",
        "Volkshochschule",
    ]


def test_partner_names_are_unique_within_a_network_when_added(session: Session, network: Network) -> None:
    add(session, WON, network)
    with pytest.raises(IntegrityError):
        add(session, replace(WON, inside=False), network)
    add(session, WON, make_network(session, "other"))


def test_removed_records_are_gone_when_deleted(session: Session, network: Network) -> None:
    meeting_id, partner_id = add(session, SPARSE, network), add(session, WON, network)
    with writing(session):
        book.delete_meeting(session, meeting_id, network_id=network.id)
        book.delete_partner(session, partner_id, network_id=network.id)
    assert book.load_book(session, network_id=network.id) == Book(meetings=(), partners=())


def test_meeting_knows_its_surveys_when_asked(session: Session, network: Network) -> None:
    alone, surveyed = make_meeting(session, network), make_meeting(session, network)
    make_collector(session, network, meeting_id=surveyed)
    assert not book.has_collectors(session, alone, network_id=network.id)
    assert book.has_collectors(session, surveyed, network_id=network.id)
    assert not book.has_collectors(session, surveyed, network_id=network.id + 1)


def test_another_network_sees_and_changes_nothing_when_it_knows_the_ids(session: Session, network: Network) -> None:
    meeting_id, partner_id = add(session, FULL, network), add(session, WON, network)
    meeting = book.load_meeting(session, meeting_id, network_id=network.id)
    partner = book.load_partner(session, partner_id, network_id=network.id)
    other = make_network(session, "other").id
    assert book.load_book(session, network_id=other) == Book(meetings=(), partners=())
    refused = [
        (UnknownMeeting, lambda: book.load_meeting(session, meeting_id, network_id=other)),
        (UnknownPartner, lambda: book.load_partner(session, partner_id, network_id=other)),
        (UnknownMeeting, lambda: book.change_meeting(session, meeting, network_id=other)),
        (UnknownPartner, lambda: book.change_partner(session, partner, network_id=other)),
    ]
    for error, action in refused:
        with pytest.raises(error), writing(session):
            action()
    with writing(session):
        book.delete_meeting(session, meeting_id, network_id=other)
        book.delete_partner(session, partner_id, network_id=other)
    assert book.load_meeting(session, meeting_id, network_id=network.id) == meeting
    assert book.load_partner(session, partner_id, network_id=network.id) == partner
