"""The settings of a network: only stricter than the rule, never over somebody else's change."""

from typing import Any

import pytest

from survey_app.domain.network import Minimums, Network
from survey_app.services import convening
from survey_app.services.networks import load_network

from .conftest import Desk

PATH = "/settings"


def stored(desk: Desk) -> Network:
    desk.session.rollback()
    return load_network(desk.session, desk.network.slug)


def save(desk: Desk, **changes: Any) -> Any:
    """Send the form; names may be written with __ for the hyphen."""
    return desk.fill(PATH, **{name.replace("__", "-"): value for name, value in changes.items()})


def test_settings_are_stored_as_typed(desk: Desk) -> None:
    changes: dict[str, Any] = {
        "name": " Netzwerk  Bildung ",
        "default_language": "ar",
        "contact_email": " kontakt@stadt.example ",
        "minimum_internal": "6",
        "minimum_public": "12",
        "minimum_sensitive": "25",
        "retention_months": "24",
        "imprint__de": "Stadt Freiburg\r\nRathausplatz 2",
        "imprint__ar": "مدينة فرايبورغ",
        "privacy__de": "",
    }
    assert "Saved." in desk.follow(save(desk, **changes)).words
    network = stored(desk)
    assert (network.name, network.default_language) == ("Netzwerk Bildung", "ar")
    assert (network.contact_email, network.retention_months) == ("kontakt@stadt.example", 24)
    assert network.minimums == Minimums(6, 12, 25)
    assert network.imprint == {"de": "Stadt Freiburg\nRathausplatz 2", "ar": "مدينة فرايبورغ"}
    assert network.privacy == {}
    assert network.revision == 2


def test_saving_an_untouched_form_changes_nothing_but_the_revision(desk: Desk) -> None:
    notices = {"de": "Zeile 1\n\nZeile 2 & <b>mehr</b>", "so": "Af Soomaali", "fa": "متن"}
    before = convening.change_settings(
        desk.session, Network(**{**as_values(stored(desk)), "imprint": notices, "privacy": notices})
    )
    assert save(desk).status == 303
    after = stored(desk)
    assert as_values(after) == as_values(before) | {"revision": before.revision + 1}


def as_values(network: Network) -> dict[str, Any]:
    return {name: getattr(network, name) for name in Network.__slots__}


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("name", " ", "fill in"),
        ("name", "x" * 201, "201"),
        ("default_language", "xx", "does not exist"),
        ("contact_email", "nobody", "e-mail"),
        ("contact_email", "a@b@c.de", "e-mail"),
        ("contact_email", "x" * 250 + "@a.de", "e-mail"),
        ("minimum_internal", "4", "at least 5"),
        ("minimum_public", "", "at least 10"),
        ("minimum_sensitive", "-20", "0 or more"),
        ("retention_months", "2", "Between 3 and 36"),
        ("retention_months", "9" * 40, "number"),
        ("imprint__de", "x" * 20001, "20001"),
    ],
)
def test_wrong_entry_is_explained_and_everything_is_kept(desk: Desk, field: str, typed: str, shown: str) -> None:
    before = stored(desk)
    page = save(desk, **{"privacy__fr": "Nous ne gardons aucun nom.", field: typed})
    assert page.status == 400
    assert shown.lower() in page.message_at(field.replace("__", "-")).lower()
    assert page.fields()["privacy-fr"] == "Nous ne gardons aucun nom."
    assert stored(desk) == before


def test_second_editor_sees_both_versions(desk: Desk) -> None:
    opened = desk.see(PATH).fields()
    assert save(desk, name="Erster Name", imprint__de="Impressum der Ersten").status == 303
    refused = desk.send(PATH, opened, name="Zweiter Name")
    assert refused.status == 409
    for words in ("Erster Name", "Zweiter Name", "Impressum der Ersten"):
        assert words in refused.words_of("table")
    assert stored(desk).name == "Erster Name"
    assert desk.send(PATH, refused.fields()).status == 303
    assert stored(desk).name == "Zweiter Name"


def test_fields_that_the_form_does_not_have_are_ignored(desk: Desk) -> None:
    before = as_values(stored(desk))
    assert save(desk, slug="other", is_synthetic="1", id="99", network_id="3", role="system_admin").status == 303
    assert as_values(stored(desk)) == before | {"revision": before["revision"] + 1}
