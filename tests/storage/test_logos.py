"""Logos: one per network, never over somebody else's."""

from dataclasses import replace

import pytest
from factories import make_network
from sqlalchemy.orm import Session

from survey_app.domain.announcement import Logo
from survey_app.domain.errors import ConflictingRevision
from survey_app.domain.network import Network
from survey_app.services.networks import change_logo, find_logo, remove_logo

pytestmark = pytest.mark.both_databases

LOGO = Logo(b"\x89PNG\x00\xff", 20, 10, "Wappen")


def test_logo_is_stored_changed_and_removed(session: Session, network: Network) -> None:
    assert find_logo(session, network_id=network.id) is None
    change_logo(session, LOGO, network_id=network.id)
    stored = find_logo(session, network_id=network.id)
    assert (stored, stored.revision) == (LOGO, 1)
    change_logo(session, replace(stored, alternative="Stadtwappen"), network_id=network.id)
    changed = find_logo(session, network_id=network.id)
    assert (changed.alternative, changed.content, changed.revision) == ("Stadtwappen", LOGO.content, 2)
    remove_logo(session, network_id=network.id, revision=2)
    assert find_logo(session, network_id=network.id) is None


@pytest.mark.parametrize("seen", [0, 2, 7])
def test_what_somebody_else_saved_stays(session: Session, network: Network, seen: int) -> None:
    change_logo(session, LOGO, network_id=network.id)
    with pytest.raises(ConflictingRevision) as caught:
        change_logo(session, replace(LOGO, alternative="mine", revision=seen), network_id=network.id)
    assert caught.value.theirs == LOGO
    with pytest.raises(ConflictingRevision):
        remove_logo(session, network_id=network.id, revision=seen)
    assert find_logo(session, network_id=network.id).revision == 1


def test_nothing_is_changed_or_removed_where_nothing_is(session: Session, network: Network) -> None:
    for attempt in (
        lambda: change_logo(session, replace(LOGO, revision=1), network_id=network.id),
        lambda: remove_logo(session, network_id=network.id, revision=1),
    ):
        with pytest.raises(ConflictingRevision) as caught:
            attempt()
        assert caught.value.theirs is None


def test_logo_is_that_of_its_network(session: Session, network: Network) -> None:
    other = make_network(session, "other")
    change_logo(session, LOGO, network_id=network.id)
    assert find_logo(session, network_id=other.id) is None
    change_logo(session, replace(LOGO, alternative="theirs"), network_id=other.id)
    remove_logo(session, network_id=other.id, revision=1)
    assert find_logo(session, network_id=network.id) == LOGO
