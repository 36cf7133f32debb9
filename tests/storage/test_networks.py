"""Networks and their settings."""

from dataclasses import replace

import pytest
from factories import make_network
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.domain.errors import ConflictingRevision, UnknownNetwork
from survey_app.domain.network import Minimums, Network
from survey_app.storage import networks
from survey_app.storage.engine import writing

pytestmark = pytest.mark.both_databases

STRICT = Network(
    id=0,
    slug="nordstadt",
    name="Bildungsnetz Nördliche Stadt",
    default_language="de-x-simple",
    imprint={"de": "Straße 1", "ar": "شارع"},
    privacy={"de": "Keine Namen."},
    contact_email="netz@example.org",
    minimums=Minimums(7, 12, 30),
    retention_months=3,
    is_synthetic=True,
)


def test_network_comes_back_with_its_id_when_stored(session: Session) -> None:
    with writing(session):
        stored = networks.add_network(session, STRICT)
    session.rollback()
    assert stored == replace(STRICT, id=stored.id)
    assert networks.load_network(session, "nordstadt") == stored
    assert networks.load_network_by_id(session, stored.id) == stored


def test_settings_are_saved_once_when_two_people_edit_them(session: Session, network: Network) -> None:
    with writing(session):
        networks.change_network(session, replace(network, name="Theirs", minimums=Minimums(6, 11, 21)))
    with pytest.raises(ConflictingRevision) as caught, writing(session):
        networks.change_network(session, replace(network, name="Mine"))
    stored = networks.load_network(session, network.slug)
    assert caught.value.theirs == stored
    assert (stored.name, stored.minimums.internal, stored.revision) == ("Theirs", 6, 2)


def test_slug_stays_when_settings_are_saved(session: Session, network: Network) -> None:
    with writing(session):
        networks.change_network(session, replace(network, slug="stolen"))
    assert networks.load_network_by_id(session, network.id).slug == network.slug


def test_other_networks_stay_when_one_is_changed(session: Session, network: Network) -> None:
    other = make_network(session, "other")
    with writing(session):
        networks.change_network(session, replace(network, name="Changed"))
    assert networks.load_network(session, "other") == other


def test_networks_come_by_name_when_listed(session: Session) -> None:
    made = [make_network(session, slug, name=name) for slug, name in (("x", "Zwickau"), ("y", "Aachen"))]
    assert networks.list_networks(session) == [made[1], made[0]]


def test_network_is_unknown_when_nobody_made_it(session: Session, network: Network) -> None:
    with pytest.raises(UnknownNetwork):
        networks.load_network(session, "absent")
    with pytest.raises(UnknownNetwork):
        networks.load_network_by_id(session, network.id + 1)
    with pytest.raises(UnknownNetwork), writing(session):
        networks.change_network(session, replace(network, id=network.id + 1))


def test_slugs_are_unique_when_networks_are_added(session: Session, network: Network) -> None:
    with pytest.raises(IntegrityError), writing(session):
        networks.add_network(session, replace(network, name="Second"))
