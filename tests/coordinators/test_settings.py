"""The settings of a network: only stricter than the rule, never over somebody else's change."""

from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict

from survey_app.coordinators.settings_forms import build_settings_form
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
        "colour": " 7A1F4B",
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
    assert network.colour == "#7a1f4b"
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


def test_wrong_entry_is_refused_with_a_message(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    network = Network(id=1, slug="x", name="Netzwerk", imprint={"de": "Rathaus"})
    for field, typed, shown in (
        ("name", "x" * 201, "201"),
        ("default_language", "xx", "does not exist"),
        ("default_language", "", "fill in"),
        ("contact_email", "nobody", "e-mail"),
        ("contact_email", "a@b@c.de", "e-mail"),
        ("contact_email", "x" * 250 + "@a.de", "e-mail"),
        ("colour", "#777", "4.47 to 1"),
        ("colour", "#ffff00", "1.07 to 1, at least 4.5 to 1"),
        ("colour", "blue", "for example #14375e"),
        ("colour", "#12345678", "9"),
        ("minimum_sensitive", "-20", "0 or more"),
        ("minimum_public", "1001", "1,000"),
        ("retention_months", "9" * 40, "number"),
        ("imprint-de", "x" * 20001, "20,001"),
    ):
        with app.test_request_context(headers={"Accept-Language": "en"}):
            form = build_settings_form(network, MultiDict({field: typed}))
            assert not form.validate()
            assert list(form.errors) == [field]
            assert shown in " ".join(form.errors[field])


def test_wrong_entries_are_explained_at_their_fields_and_everything_is_kept(desk: Desk) -> None:
    before = stored(desk)
    page = save(
        desk,
        privacy__fr="Nous ne gardons aucun nom.",
        minimum_internal="4",
        minimum_public="",
        retention_months="99",
        name=" ",
    )
    assert page.status == 400
    assert "at least 5" in page.message_at("minimum_internal")
    assert "at least 10" in page.message_at("minimum_public")
    assert "fill in" in page.message_at("name")
    assert "between 3 and 36" in page.message_at("retention_months").lower()
    assert page.fields()["privacy-fr"] == "Nous ne gardons aucun nom."
    assert page.fields()["minimum_internal"] == "4"
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
