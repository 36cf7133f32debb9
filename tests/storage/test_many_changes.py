"""Many records in one step: as written one by one, all or none, never another network's."""

from dataclasses import replace
from datetime import date

import pytest
from factories import make_meeting, make_network
from sqlalchemy.orm import Session

from survey_app.domain.book import Need, Offer, Partner
from survey_app.domain.errors import ConflictingRevision
from survey_app.domain.network import Network
from survey_app.storage import book, needs
from survey_app.storage.engine import writing

pytestmark = pytest.mark.both_databases

DAY = date(2024, 3, 6)


def offers(session: Session, network: Network) -> list[needs.StoredOffer]:
    session.rollback()
    return needs.list_offers(session, network_id=network.id)


def add_offers(session: Session, network: Network, *titles: str) -> list[needs.StoredOffer]:
    with writing(session):
        given = [Offer(title=title, started_on=DAY, languages=("de",)) for title in titles]
        needs.add_offers(session, given, network_id=network.id)
    return offers(session, network)


def test_many_records_are_added_and_changed_as_one_by_one(session: Session, network: Network) -> None:
    first, second = add_offers(session, network, "a", "b")
    changed = [
        replace(first, offer=Offer(title="c", places=3)),
        replace(second, offer=replace(second.offer, languages=())),
    ]
    with writing(session):
        needs.change_offers(session, changed, network_id=network.id)
    found = {stored.id: stored for stored in offers(session, network)}
    assert found[first.id] == replace(first, offer=Offer(str(first.id), "c", places=3), revision=2)
    assert found[second.id] == replace(second, offer=replace(second.offer, languages=()), revision=2)
    with writing(session):
        book.add_partners(session, [Partner("x", fields=("school",)), Partner("y")], network_id=network.id)
    listed = book.list_partners(session, network_id=network.id)
    with writing(session):
        renamed = [replace(one, partner=Partner(f"{one.partner.name}2", won_on=DAY)) for one in listed]
        book.change_partners(session, renamed, network_id=network.id)
        book.change_partners(session, [], network_id=network.id)
    assert [one.partner for one in book.list_partners(session, network_id=network.id)] == [
        Partner("x2", won_on=DAY),
        Partner("y2", won_on=DAY),
    ]


def test_nothing_is_changed_when_one_record_was_saved_or_removed_meanwhile(session: Session, network: Network) -> None:
    first, second, third = add_offers(session, network, "a", "b", "c")
    with writing(session):
        needs.change_offer(session, replace(second, offer=Offer(title="theirs")), network_id=network.id)
        needs.delete_offer(session, third.id, network_id=network.id)
    for late in (second, third):
        changed = [replace(one, offer=Offer(title="ours")) for one in (first, late)]
        with pytest.raises(ConflictingRevision), writing(session):
            needs.change_offers(session, changed, network_id=network.id)
    assert {stored.offer.title for stored in offers(session, network)} == {"a", "theirs"}


def test_records_and_references_of_another_network_are_out_of_reach(session: Session, network: Network) -> None:
    other = make_network(session, "other")
    (foreign,) = add_offers(session, other, "a")
    (own,) = add_offers(session, network, "b")
    meeting_id = make_meeting(session, other)
    with pytest.raises(ConflictingRevision), writing(session):
        needs.change_offers(session, [replace(foreign, offer=Offer(title="taken"))], network_id=network.id)
    wanted = [Need(title="x", offer=str(foreign.id), meeting=str(meeting_id)), Need(title="y", offer=str(own.id))]
    with writing(session):
        needs.add_needs(session, wanted, network_id=network.id)
    listed = needs.list_needs(session, network_id=network.id)
    assert [(one.need.title, one.need.offer, one.need.meeting) for one in listed] == [
        ("x", None, None),
        ("y", str(own.id), None),
    ]
    with writing(session):
        changed = [replace(one, need=replace(one.need, offer=str(foreign.id))) for one in listed]
        needs.change_needs(session, changed, network_id=network.id)
    assert [one.need.offer for one in needs.list_needs(session, network_id=network.id)] == [None, None]
    assert offers(session, other) == [foreign]
