"""Who may enter, and what the door refuses from everybody."""

import hashlib
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from factories import freiburg_goals, make_collector, make_meeting, make_network
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from survey_app.domain.book import Need, Offer, Partner, Quotation
from survey_app.domain.membership import Right, Role
from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.services import convening, goal_design, questionnaire_design, recording
from survey_app.storage.engine import writing
from survey_app.storage.quotations import add_quotation

_LIMIT = 2**31
FORMS = ("add_meeting", "add_partner", "add_need", "add_offer", "import_table", "store_table", "edit_settings")


@pytest.fixture
def filled(session: Session, network: Network) -> dict[str, str]:
    """Fill a network and return the URL values of what is in it."""
    meeting_id = make_meeting(session, network)
    survey = make_collector(session, network, meeting_id=meeting_id)
    partner_id = convening.add_partner(session, Partner(name="Kita"), network_id=network.id)
    with writing(session):
        quoted = Quotation("M1", date(2020, 1, 2), Fraction(1, 3), "Bericht")
        quotation_id = add_quotation(session, quoted, network_id=network.id)
    offer_id = recording.add_offer(session, Offer(title="Kurs"), network_id=network.id)
    need_id = recording.add_need(session, Need(title="Rat", offer=str(offer_id)), network_id=network.id)
    system_id = goal_design.start_draft(session, freiburg_goals(), network_id=network.id)
    draft_id = questionnaire_design.copy_version(session, survey.version_id, network_id=network.id)
    return {
        "item_code": "impulses",
        "file_kind": "json",
        "series": "grid",
        "scheme": "light",
        "draft_id": str(draft_id),
        "meeting_id": str(meeting_id),
        "partner_id": str(partner_id),
        "need_id": str(need_id),
        "offer_id": str(offer_id),
        "kind": "needs",
        "system_id": str(system_id),
        "quotation_id": str(quotation_id),
        "indicator": "M1",
        "version_id": str(survey.version_id),
        "code": survey.code,
        "language": "de",
        "link_id": "1",
    }


NOT_SHOWN = {
    "coordinators.translate": 409,
    "coordinators.give_link": 409,
    "coordinators.find_wording": 302,
    "coordinators.add_questionnaire_item": 302,
    "coordinators.show_logo": 404,
    "coordinators.reopen_survey": 409,
    "coordinators.delete_survey": 409,
    "coordinators.edit_goal": 404,
    "coordinators.remove_goal": 404,
    "coordinators.show_indicator": 404,
    "coordinators.add_indicator": 302,
    "coordinators.edit_indicator": 404,
    "coordinators.remove_indicator": 404,
    "coordinators.add_quotation": 404,
    "coordinators.edit_quotation": 404,
    "coordinators.delete_quotation": 404,
}
"""What is answered instead of a page: an open survey is neither opened again nor removed; no goal is asked for; no goal
system is published whose indicators would take figures from documents."""


OBJECTS = {"meeting_id", "partner_id", "need_id", "offer_id", "version_id", "code", "system_id", "quotation_id"}
"""Arguments of addresses that name something of one network."""


@pytest.fixture
def door(app: Flask, sign_in, network: Network, filled: dict[str, str]):
    """Return a function that gives the application, a client in a role, and the URL values."""
    return lambda role: (app, sign_in(network, role), filled)


def views(app: Flask, method: str) -> list[tuple[str, str]]:
    """Return endpoint and address pattern of this door's views for a method."""
    return [
        (rule.endpoint, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("coordinators.") and method in (rule.methods or ())
    ]


def address(app: Flask, endpoint: str, network: str, values: dict[str, str]) -> str:
    rule = next(rule for rule in app.url_map.iter_rules(endpoint))
    wanted = {name: values[name] for name in rule.arguments if name != "network"}
    if "/draft/" in rule.rule:
        wanted["version_id"] = values["draft_id"]
    built = rule.build({"network": network} | {n: int(v) if v.isdigit() else v for n, v in wanted.items()})
    assert built is not None, endpoint
    return built[1]


def fingerprint(session: Session) -> str:
    """Return a hash over every row of every table."""
    session.rollback()
    rows = [
        (table.name, sorted(map(repr, session.execute(table.select()).all()))) for table in db.metadata.sorted_tables
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def test_every_view_names_the_right_it_needs(app: Flask) -> None:
    rights = {
        endpoint: getattr(app.view_functions[endpoint], "required_right", None)
        for method in ("GET", "POST")
        for endpoint, _rule in views(app, method)
    }
    settings = {endpoint for endpoint, right in rights.items() if right is Right.CHANGE_SETTINGS}
    assert settings == {f"coordinators.{name}" for name in ("edit_settings", "edit_logo", "remove_logo")}
    assert {right for endpoint, right in rights.items() if endpoint not in settings} == {Right.ORGANISE}
    assert len(rights) >= 22


@pytest.mark.parametrize(
    ("role", "organises", "settles"),
    [(Role.VIEWER, 403, 403), (Role.COORDINATOR, 200, 403), (Role.NETWORK_ADMIN, 200, 200)],
)
def test_pages_open_for_whom_they_are_meant(door, role: Role, organises: int, settles: int) -> None:
    app, client, filled = door(role)
    for endpoint, _rule in views(app, "GET"):
        expected = settles if endpoint in ("coordinators.edit_settings", "coordinators.edit_logo") else organises
        if expected == 200:
            expected = NOT_SHOWN.get(endpoint, 200)
        assert client.get(address(app, endpoint, "freiburg", filled)).status_code == expected, endpoint


def test_anonymous_person_is_led_to_sign_in_everywhere(
    app: Flask, client: FlaskClient, network: Network, filled: dict[str, str]
) -> None:
    for endpoint, _rule in views(app, "GET"):
        got = client.get(address(app, endpoint, network.slug, filled))
        assert (got.status_code, got.location.split("?")[0]) == (302, "/login"), endpoint


def test_foreign_network_is_not_there_for_its_strangers(
    app: Flask, session: Session, sign_in: Callable[..., FlaskClient], network: Network, filled: dict[str, str]
) -> None:
    client = sign_in(make_network(session, "rostock"), Role.NETWORK_ADMIN)
    for endpoint, _rule in views(app, "GET"):
        got = client.get(address(app, endpoint, network.slug, filled))
        assert got.status_code == 404, endpoint
        assert "Herbsttreffen" not in got.text


def test_foreign_object_is_not_there_in_ones_own_network(
    app: Flask, session: Session, sign_in: Callable[..., FlaskClient], network: Network, filled: dict[str, str]
) -> None:
    other = make_network(session, "rostock")
    client = sign_in(other, Role.NETWORK_ADMIN)
    before = fingerprint(session)
    token = client.get("/n/rostock/meetings/new").text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    for method in ("GET", "POST"):
        for endpoint, rule in views(app, method):
            if not set(_names(rule)) & OBJECTS:
                continue
            target = address(app, endpoint, other.slug, filled)
            got = client.open(target, method=method, data={"csrf_token": token} if method == "POST" else None)
            assert got.status_code == 404, (method, endpoint)
            assert "Herbsttreffen" not in got.text
    assert fingerprint(session) == before


def _names(rule: str) -> list[str]:
    return [part.split(">")[0].split(":")[-1] for part in rule.split("<")[1:]]


def test_reading_changes_nothing(
    app: Flask, session: Session, sign_in: Callable[..., FlaskClient], network: Network, filled: dict[str, str]
) -> None:
    client = sign_in(network, Role.NETWORK_ADMIN)
    before = fingerprint(session)
    for endpoint, _rule in views(app, "GET"):
        client.get(address(app, endpoint, network.slug, filled))
    assert fingerprint(session) == before


def test_posting_without_our_token_changes_nothing(door, session: Session) -> None:
    app, client, filled = door(Role.NETWORK_ADMIN)
    before = fingerprint(session)
    for endpoint, _rule in views(app, "POST"):
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "IjEyMyI.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"}):
            data = {"title": "x", "date": "2026-01-01", "name": "x"} | token
            assert client.post(address(app, endpoint, "freiburg", filled), data=data).status_code == 400, endpoint
    assert fingerprint(session) == before


def test_address_that_names_nothing_is_not_found(sign_in: Callable[..., FlaskClient], network: Network) -> None:
    client = sign_in(network, Role.NETWORK_ADMIN)
    paths = [f"/meetings/{_LIMIT}/", f"/meetings/{'9' * 40}/edit", "/meetings/0/", "/meetings/-1/"]
    paths += [f"/{kind}/{_LIMIT}/edit" for kind in ("partners", "needs", "offers")]
    paths += ["/meetings/import", "/settings/table", "/needs/import/", "/others/template", f"/questionnaires/{_LIMIT}/"]
    paths += [f"/surveys/{code}/" for code in ("nothere2", "%F0%9F%8E%89", "x y", "b" * 500)]
    for path in paths:
        assert client.get(f"/n/freiburg{path}").status_code == 404, path


def test_body_that_is_no_form_is_no_server_error(
    app: Flask, sign_in: Callable[..., FlaskClient], network: Network, filled: dict[str, str]
) -> None:
    client = sign_in(network, Role.NETWORK_ADMIN)
    page = client.get("/n/freiburg/partners/new").text
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    for endpoint in (f"coordinators.{form}" for form in FORMS):
        for kind, body in (("application/json", b"[1]"), ("text/plain", b"\xff"), ("multipart/form-data", b"--")):
            target = address(app, endpoint, network.slug, filled)
            got = client.post(target, data=body, content_type=kind, headers={"X-CSRFToken": token})
            assert got.status_code in (400, 409), (endpoint, kind)
