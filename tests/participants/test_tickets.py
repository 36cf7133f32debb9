"""Closed groups on the phone: the card's code opens the form once, and nobody is left puzzled about it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from factories import make_collector
from flask import Flask
from sqlalchemy.orm import Session

from survey_app.domain.collector import Collector, CollectorState
from survey_app.domain.network import Network
from survey_app.domain.ticket import spell_ticket
from survey_app.participants.kept import memory
from survey_app.services.convening import load_collector
from survey_app.services.tickets import give_out_tickets, withdraw_tickets
from survey_app.web.keys import derive_receipt_key

from .conftest import Page, Phone
from .forms import ANSWERS, change, sorted_answers


@pytest.fixture
def closed(session: Session, network: Network) -> Collector:
    return make_collector(session, network, needs_ticket=True)


@pytest.fixture
def give(app: Flask, session: Session, closed: Collector) -> Callable[[int], tuple[str, ...]]:
    def make(count: int) -> tuple[str, ...]:
        current = load_collector(session, closed.code, network_id=closed.network_id)
        key = derive_receipt_key(app.config["SECRET_KEY"])
        return give_out_tickets(session, current, count=count, receipt_key=key)[0]

    return make


def enter(phone: Phone, collector: Collector, ticket: str) -> Page:
    return phone.open(f"/q/{collector.code}?ticket={ticket}&lang=en")


@pytest.mark.both_databases
def test_card_opens_the_form_once(phone, closed, give, count_stored) -> None:
    (ticket,) = give(1)
    page = enter(phone, closed, ticket)
    assert (page.status, page.fields["ticket"]) == (200, [ticket])
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert phone.send(closed.code, page.fields | ANSWERS).status == 303
    assert count_stored() == 1
    again = enter(phone, closed, ticket)
    assert again.status == 409
    assert "used already. If you sent answers with it, they are stored" in again.everything
    assert again.one("input[@name='ticket']").get("aria-invalid") == "true"


@pytest.mark.both_databases
def test_repeat_of_the_same_form_is_thanked(phone, closed, give, count_stored) -> None:
    (ticket,) = give(1)
    fields = enter(phone, closed, ticket).fields | ANSWERS
    assert [phone.send(closed.code, fields).status for _tap in range(3)] == [303, 303, 303]
    assert count_stored() == 1


def test_page_asks_for_the_code_when_it_was_not_scanned(phone, closed, give) -> None:
    (ticket,) = give(1)
    page = phone.open(f"/q/{closed.code}?lang=en")
    assert page.status == 200
    assert page.words("label") == "Code on your card"
    assert page.words("h1") == "Your feedback on the network meeting"
    form = page.one("form")
    assert (form.get("method"), form.get("action")) == ("get", f"/q/{closed.code}")
    typed = spell_ticket(ticket).upper().replace("-", "%20-%20")
    assert phone.open(f"/q/{closed.code}?lang=en&ticket={typed}").status == 200
    typed_blank = phone.open(f"/q/{closed.code}?lang=en&ticket=%20")
    assert (typed_blank.status, typed_blank.all("p[@class='message']")) == (200, [])


def test_tablet_at_the_door_stays_one_when_a_code_is_typed(phone, closed, give) -> None:
    (ticket,) = give(1)
    page = phone.open(f"/q/{closed.code}?lang=en&device=kiosk")
    assert page.one("input[@name='device']").get("value") == "kiosk"
    form = phone.open(f"/q/{closed.code}?lang=en&device=kiosk&ticket={ticket}")
    assert (form.fields["ticket"], form.root.get("data-device")) == ([ticket], "kiosk")


def test_wrong_code_is_explained_when_typed(phone, closed, give) -> None:
    (ticket,) = give(1)
    mistyped = ticket[:-1] + ("b" if ticket[-1] != "b" else "c")
    for typed, status, words in ((mistyped, 404, "compare it with your card"), ("abc", 400, "enter the code")):
        page = enter(phone, closed, typed)
        assert page.status == status
        assert words in page.words("p[@class='message']")
        assert page.one("input[@name='ticket']").get("value") == typed
        assert page.words("title").startswith("Error: ")


def test_answers_stay_and_can_be_sent_with_another_code_when_the_first_is_used(
    phone, closed, give, count_stored
) -> None:
    first, second = give(2)
    slow = enter(phone, closed, first).fields | ANSWERS
    assert phone.send(closed.code, enter(phone, closed, first).fields | ANSWERS).status == 303
    refused = phone.send(closed.code, slow)
    assert refused.status == 409
    assert "with the code of another card they can be sent" in refused.words("div[@class='summary']")
    assert refused.one("div[@class='summary']//a").get("href") == "#ticket"
    assert refused.one("input[@id='ticket']").get("value") == first
    assert refused.fields["submission_key"] == slow["submission_key"]
    assert {name: sorted(values) for name, values in refused.answers.items() if name != "ticket"} == ANSWERS
    assert phone.send(closed.code, refused.fields | {"ticket": spell_ticket(second)}).status == 303
    assert count_stored() == 2


@pytest.mark.parametrize(
    ("typed", "status"), [(None, 400), ("", 400), ("\x00", 400), ("x" * 9_000, 400), ("b" * 10, 404)]
)
def test_answers_stay_when_the_code_is_missing_or_wrong(phone, closed, count_stored, typed, status) -> None:
    fields = ANSWERS | {"submission_key": "x" * 22} | ({} if typed is None else {"ticket": typed})
    refused = phone.send(closed.code, fields, **{"Accept-Language": "en"})
    assert refused.status == status
    answers = sorted_answers(refused)
    answers.pop("ticket", None)
    assert answers == ANSWERS
    assert refused.one("input[@id='ticket']").get("aria-invalid") == "true"
    assert count_stored() == 0


def test_withdrawn_code_is_refused(phone, session, closed, give) -> None:
    (ticket,) = give(1)
    withdraw_tickets(session, load_collector(session, closed.code, network_id=closed.network_id))
    assert enter(phone, closed, ticket).status == 409


def test_code_travels_with_the_form_when_the_language_or_an_answer_changes(phone, closed, give) -> None:
    (ticket,) = give(1)
    page = enter(phone, closed, ticket)
    other = phone.send(closed.code, page.fields | ANSWERS | {"switch_language": "ar"})
    assert (other.status, other.fields["ticket"]) == (200, [ticket])
    wrong = phone.send(closed.code, other.fields | {"remarks": "x" * 501})
    assert (wrong.status, wrong.fields["ticket"]) == (400, [ticket])
    assert wrong.one("input[@name='ticket']").get("type") == "hidden"
    assert phone.send(closed.code, wrong.fields | {"remarks": "x"}).status == 303


def test_code_in_the_address_of_a_form_is_taken(phone, closed, give, count_stored) -> None:
    (ticket,) = give(1)
    answer = phone.client.post(f"/q/{closed.code}?ticket={ticket}", data=ANSWERS | {"submission_key": "x" * 22})
    assert answer.status_code == 303
    assert ticket not in answer.headers["Location"]
    assert count_stored() == 1


def test_no_page_of_a_closed_group_is_kept_for_the_next_person(app, phone, closed, give) -> None:
    first, second = give(2)
    for _visit in range(3):
        for ticket in (first, second):
            assert enter(phone, closed, ticket).fields["ticket"] == [ticket]
        assert phone.open(f"/q/{closed.code}?lang=en").all("input[@name='submission_key']") == []
    with app.app_context():
        kept = memory()
        assert len(kept.passages._values) == len(kept.pages._values) == 0
    phone.send(closed.code, enter(phone, closed, first).fields | ANSWERS)
    assert enter(phone, closed, first).status == 409
    assert enter(phone, closed, second).status == 200
    with app.app_context():
        assert not [key for key in kept.passages._values if first in str(key) or second in str(key)]


def test_express_lane_for_forms_leaves_closed_groups_alone(phone, closed, give, count_stored) -> None:
    tickets = give(4)
    pages = [enter(phone, closed, ticket) for ticket in tickets]
    assert [phone.send(closed.code, page.fields | ANSWERS).status for page in pages] == [303] * 4
    for page, ticket in zip(pages, tickets, strict=True):
        fields = page.fields | ANSWERS | {"submission_key": "y" * 22, "ticket": ticket}
        assert phone.send(closed.code, fields).status == 409
    assert count_stored() == 4


def test_closed_survey_says_so_before_it_asks_for_a_code(phone, session, closed, give) -> None:
    (ticket,) = give(1)
    fields = enter(phone, closed, ticket).fields
    change(session, closed, state=CollectorState.CLOSED, closes_at=datetime.now(UTC) - timedelta(hours=1))
    refused = phone.send(closed.code, fields | ANSWERS)
    assert refused.status == 410
    assert ticket not in refused.text
    assert "Chor" in refused.everything


def test_code_is_nothing_to_a_survey_for_everybody(phone, collector) -> None:
    page = phone.open(f"/q/{collector.code}?ticket=anything")
    assert (page.status, page.all("input[@name='ticket']")) == (200, [])
    assert phone.send(collector.code, page.fields | ANSWERS | {"ticket": "anything"}).status == 303


def test_code_cannot_break_out_of_the_page(phone, closed) -> None:
    payload = '"><script>alert(1)</script>\u202e'
    for page in (
        Page(phone.client.get(f"/q/{closed.code}", query_string={"ticket": payload})),
        phone.send(closed.code, ANSWERS | {"submission_key": "x" * 22, "ticket": payload}),
    ):
        assert page.status == 400
        assert page.all("script[@nonce]") == []
        assert "<script>alert" not in page.text


def test_notice_names_the_code_only_where_there_is_one(phone, closed, collector_of_all, give) -> None:
    (ticket,) = give(1)
    said = "The code on your card is deleted when you send."
    assert said in enter(phone, closed, ticket).everything
    assert said not in phone.open(f"/q/{collector_of_all.code}?lang=en").everything


@pytest.fixture
def collector_of_all(session: Session, network: Network, closed: Collector) -> Collector:
    return make_collector(session, network, version_id=closed.version_id)
