"""Every way to be refused at this door: its status, what becomes of the answers, and when to come back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from factories import make_collector
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector, CollectorState
from survey_app.domain.network import Network
from survey_app.domain.ticket import derive_key, draw_ticket
from survey_app.participants import routes
from survey_app.web.keys import derive_receipt_key

from .conftest import Page, Phone
from .forms import ANSWERS, LIMIT, change

FORM = "application/x-www-form-urlencoded"
pytestmark = pytest.mark.usefixtures("without_memory")
KEY = {"submission_key": "k" * 22, "lang": "en"}


@dataclass
class Door:
    """Everything a case may want to change before it sends its form."""

    session: Session
    network: Network
    collector: Collector
    phone: Phone
    monkeypatch: pytest.MonkeyPatch

    def send(self, fields: Any = None, **values: Any) -> Page:
        fields = ANSWERS | KEY if fields is None else fields
        return Page(self.phone.client.post(f"/q/{self.collector.code}", data=fields, **values))

    def set_up(self, **values: Any) -> None:
        self.collector = make_collector(self.session, self.network, version_id=self.collector.version_id, **values)


@pytest.fixture
def door(session, network, collector, phone, monkeypatch) -> Door:
    return Door(session, network, collector, phone, monkeypatch)


def send_nothing(door: Door) -> Page:
    return door.send({})


def send_with_unknown_choice(door: Door) -> Page:
    return door.send(ANSWERS | KEY | {"impulses": "maybe"})


def send_without_key(door: Door) -> Page:
    return door.send(ANSWERS | {"lang": "en"})


def send_too_many_fields(door: Door) -> Page:
    return door.send(b"&".join(b"a=1" for _field in range(1_001)), content_type=FORM)


def send_before_opening(door: Door) -> Page:
    later = datetime.now(UTC) + timedelta(hours=1)
    door.set_up(opens_at=later, closes_at=later + timedelta(hours=1))
    return door.send()


def send_from_another_site(door: Door) -> Page:
    return door.send(headers={"Sec-Fetch-Site": "cross-site"})


def send_to_unknown_code(door: Door) -> Page:
    return Page(door.phone.client.post("/q/zzzzzzzz", data=ANSWERS | KEY))


def send_unknown_ticket(door: Door) -> Page:
    door.set_up(needs_ticket=True)
    return door.send(ANSWERS | KEY | {"ticket": "b" * 10})


def send_without_ticket(door: Door) -> Page:
    door.set_up(needs_ticket=True)
    return door.send()


def send_used_ticket(door: Door) -> Page:
    door.set_up(needs_ticket=True)
    key = derive_key(derive_receipt_key(door.phone.client.application.config["SECRET_KEY"]))
    return door.send(ANSWERS | KEY | {"ticket": draw_ticket(key, door.collector.id)})


def send_after_the_grace(door: Door) -> Page:
    change(door.session, door.collector, closes_at=datetime.now(UTC) - timedelta(minutes=31))
    return door.send()


def send_after_sealing(door: Door) -> Page:
    change(door.session, door.collector, state=CollectorState.SEALED)
    return door.send()


def send_too_much(door: Door) -> Page:
    return door.send(ANSWERS | KEY | {"padding": "x" * LIMIT})


def send_far_too_much(door: Door) -> Page:
    return door.send(b"a=" + b"x" * (5 * LIMIT), content_type=FORM)


def send_another_type(door: Door) -> Page:
    return door.send(b'{"impulses": "yes"}', content_type="application/json")


def send_packed(door: Door) -> Page:
    return door.send(b"\x1f\x8b", content_type=FORM, headers={"Content-Encoding": "gzip"})


def send_beyond_the_ceiling(door: Door) -> Page:
    door.set_up(expected_count=1)
    for number in range(30):
        assert door.send(ANSWERS | {"submission_key": f"{number:022}"}).status == 303
    return door.send()


def send_while_the_database_is_away(door: Door) -> Page:
    def fail(*_arguments: Any, **_values: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    door.monkeypatch.setattr(routes, "submit_response", fail)
    return door.send()


FORM_AGAIN, IN_WORDS, NOWHERE = "in the form again", "in words, to copy", "nowhere: they never were answers"
CASES: tuple[tuple[Callable[[Door], Page], int, str], ...] = (
    (send_nothing, 400, NOWHERE),
    (send_with_unknown_choice, 400, FORM_AGAIN),
    (send_without_key, 400, FORM_AGAIN),
    (send_too_many_fields, 400, NOWHERE),
    (send_without_ticket, 400, FORM_AGAIN),
    (send_before_opening, 403, IN_WORDS),
    (send_from_another_site, 403, FORM_AGAIN),
    (send_to_unknown_code, 404, IN_WORDS),
    (send_unknown_ticket, 404, FORM_AGAIN),
    (send_used_ticket, 409, FORM_AGAIN),
    (send_after_the_grace, 410, IN_WORDS),
    (send_after_sealing, 410, IN_WORDS),
    (send_too_much, 413, FORM_AGAIN),
    (send_far_too_much, 413, NOWHERE),
    (send_another_type, 415, NOWHERE),
    (send_packed, 415, NOWHERE),
    (send_beyond_the_ceiling, 429, FORM_AGAIN),
    (send_while_the_database_is_away, 503, FORM_AGAIN),
)


@pytest.mark.parametrize(("send", "status", "place"), CASES, ids=[case[0].__name__ for case in CASES])
def test_refusal_has_its_status_and_keeps_the_answers(door, send, status, place) -> None:
    page = send(door)
    assert page.status == status
    assert ("Retry-After" in page.headers) is (status in (429, 503))
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers
    if place == FORM_AGAIN:
        assert page.answers["remarks"] == ANSWERS["remarks"]
        assert page.answers["topics_wanted.other"] == ["Chor"]
    if place == IN_WORDS:
        assert page.all("form[@method='post']") == []
        assert {"Chor", ANSWERS["remarks"][0]} <= {"".join(one.itertext()) for one in page.all("dd")}


def test_statuses_are_those_that_are_agreed() -> None:
    assert {status for _send, status, _place in CASES} == {400, 403, 404, 409, 410, 413, 415, 429, 503}


@pytest.mark.both_databases
def test_form_that_was_full_is_stored_when_the_ceiling_was_raised(door, count_stored) -> None:
    full = send_beyond_the_ceiling(door)
    assert int(full.headers["Retry-After"]) >= 60
    assert "far more answers than expected" in full.words("div[@class='summary']")
    change(door.session, door.collector, ceiling=40)
    assert door.send(full.fields).status == 303
    assert count_stored() == 31


def test_thousand_forms_from_one_address_are_taken(door, bare, count_stored) -> None:
    door.set_up(expected_count=340)
    for number in range(1_000):
        fields = {"impulses": "yes", "submission_key": f"{number:022}"}
        assert bare.post(f"/q/{door.collector.code}", data=fields).status_code == 303
    assert count_stored() == 1_000
