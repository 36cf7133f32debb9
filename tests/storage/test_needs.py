"""Needs and offers: what is written comes back, the second saver is told, no network sees another's."""

from dataclasses import replace
from datetime import date

import pytest
from factories import make_meeting, make_network
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from survey_app.domain.book import EducationField, Need, NeedStatus, Offer
from survey_app.domain.errors import ConflictingRevision, UnknownNeed, UnknownOffer
from survey_app.domain.network import Network
from survey_app.domain.text import clean_text
from survey_app.storage import book, needs
from survey_app.storage.engine import writing

pytestmark = pytest.mark.both_databases

COURSE = Offer(
    title="„Mama weiß Bescheid“ an Schulen",
    started_on=date(2024, 9, 2),
    field="school",
    places=12,
    participants=0,
    languages=("de", "ar"),
)
ADVICE = Need(title="Beratung für Eltern", recognised_on=date(2024, 3, 1), field="school", status="planned")


def add(session: Session, record: Need | Offer, network: Network) -> int:
    with writing(session):
        if isinstance(record, Need):
            return needs.add_need(session, record, network_id=network.id)
        return needs.add_offer(session, record, network_id=network.id)


_TITLES = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60).map(clean_text).filter(bool)
_DAYS = st.none() | st.dates(date(1950, 1, 1), date(2150, 1, 1))
_FIELDS = st.none() | st.sampled_from([str(field) for field in EducationField])
_COUNTS = st.none() | st.integers(0, 1_000_000)


@settings(max_examples=20)
@given(
    st.builds(
        Offer,
        title=_TITLES,
        started_on=_DAYS,
        field=_FIELDS,
        places=_COUNTS,
        participants=_COUNTS,
        languages=st.none() | st.lists(st.sampled_from(["de", "ar", "uk"]), unique=True).map(tuple),
    )
)
def test_offer_comes_back_unchanged_when_stored(session: Session, network: Network, offer: Offer) -> None:
    offer_id = add(session, offer, network)
    session.rollback()
    stored = needs.load_offer(session, offer_id, network_id=network.id)
    assert stored == needs.StoredOffer(offer_id, replace(offer, id=str(offer_id)), 1)


@settings(max_examples=20)
@given(
    st.builds(
        Need,
        title=_TITLES,
        recognised_on=_DAYS,
        field=_FIELDS,
        status=st.none() | st.sampled_from([str(status) for status in NeedStatus]),
        decided_on=_DAYS,
    )
)
def test_need_comes_back_unchanged_when_stored(session: Session, network: Network, need: Need) -> None:
    offer_id, meeting_id = add(session, COURSE, network), make_meeting(session, network)
    whole = replace(need, meeting=str(meeting_id), offer=str(offer_id))
    need_id = add(session, whole, network)
    session.rollback()
    stored = needs.load_need(session, need_id, network_id=network.id)
    assert stored == needs.StoredNeed(need_id, replace(whole, id=str(need_id)), 1)


def test_second_saver_is_told_and_shown_the_first_when_both_edit(session: Session, network: Network) -> None:
    need = needs.load_need(session, add(session, ADVICE, network), network_id=network.id)
    offer = needs.load_offer(session, add(session, COURSE, network), network_id=network.id)
    with writing(session):
        needs.change_need(session, replace(need, need=replace(ADVICE, title="Theirs")), network_id=network.id)
        needs.change_offer(session, replace(offer, offer=replace(COURSE, places=99)), network_id=network.id)
    with pytest.raises(ConflictingRevision) as caught, writing(session):
        needs.change_need(session, need, network_id=network.id)
    assert (caught.value.theirs.need.title, caught.value.theirs.revision) == ("Theirs", 2)
    with pytest.raises(ConflictingRevision) as caught, writing(session):
        needs.change_offer(session, offer, network_id=network.id)
    assert (caught.value.theirs.offer.places, caught.value.theirs.revision) == (99, 2)


def test_need_forgets_its_offer_and_meeting_when_they_are_removed(session: Session, network: Network) -> None:
    offer_id, meeting_id = add(session, COURSE, network), make_meeting(session, network)
    need_id = add(session, replace(ADVICE, meeting=str(meeting_id), offer=str(offer_id)), network)
    with writing(session):
        needs.delete_offer(session, offer_id, network_id=network.id)
        book.delete_meeting(session, meeting_id, network_id=network.id)
    found = needs.load_need(session, need_id, network_id=network.id).need
    assert found == replace(ADVICE, id=str(need_id))


def test_a_source_is_not_recorded_until_something_stands_in_it(session: Session, network: Network) -> None:
    empty = book.load_book(session, network_id=network.id)
    assert (empty.needs, empty.offers) == (None, None)
    later, earlier = add(session, COURSE, network), add(session, replace(COURSE, started_on=date(2020, 1, 1)), network)
    undated = add(session, replace(COURSE, started_on=None), network)
    listed = book.load_book(session, network_id=network.id)
    assert listed.needs is None
    assert [offer.id for offer in listed.offers or ()] == [str(earlier), str(later), str(undated)]


def test_another_network_sees_and_changes_nothing_when_it_knows_the_ids(session: Session, network: Network) -> None:
    need_id, offer_id = add(session, ADVICE, network), add(session, COURSE, network)
    need = needs.load_need(session, need_id, network_id=network.id)
    offer = needs.load_offer(session, offer_id, network_id=network.id)
    other = make_network(session, "other")
    refused = [
        (UnknownNeed, lambda: needs.load_need(session, need_id, network_id=other.id)),
        (UnknownOffer, lambda: needs.load_offer(session, offer_id, network_id=other.id)),
        (UnknownNeed, lambda: needs.change_need(session, need, network_id=other.id)),
        (UnknownOffer, lambda: needs.change_offer(session, offer, network_id=other.id)),
    ]
    for error, action in refused:
        with pytest.raises(error), writing(session):
            action()
    with writing(session):
        needs.delete_need(session, need_id, network_id=other.id)
        needs.delete_offer(session, offer_id, network_id=other.id)
    foreign = add(session, replace(ADVICE, offer=str(offer_id), meeting="9" * 30), other)
    assert needs.load_need(session, foreign, network_id=other.id).need == replace(ADVICE, id=str(foreign))
    assert needs.load_need(session, need_id, network_id=network.id) == need
    assert needs.load_offer(session, offer_id, network_id=network.id) == offer
