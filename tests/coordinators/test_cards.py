"""Cards for a closed group: printed once, good once, and counted so that nobody sees who has just answered."""

import base64
import re

import pytest
from factories import make_collector, make_meeting, make_network
from flask import Flask
from participants.conftest import Page
from participants.forms import change

from survey_app.coordinators.cards import MOST_LANGUAGES
from survey_app.domain.collector import Collector
from survey_app.domain.membership import Role
from survey_app.domain.ticket import read_ticket
from survey_app.services import housekeeping, tickets

from .conftest import Desk
from .test_posters import read_code
from .test_surveys import code_in, start
from .visiting import Sheet


@pytest.fixture
def survey(desk: Desk) -> Collector:
    meeting_id = make_meeting(desk.session, desk.network, title="Herbsttreffen")
    return make_collector(desk.session, desk.network, meeting_id=meeting_id, needs_ticket=True, expected_count=23)


def codes_on(page: Sheet) -> list[str]:
    found = [element for element in page.root.iter("strong") if element.get("dir") == "ltr"]
    return ["".join(element.itertext()) for element in found]


def pictures_on(page: Sheet) -> list[str]:
    images = [image for image in page.root.iter("img") if image.get("class") == "ticket__qr"]
    return [read_code(base64.b64decode(image.get("src").split(",", 1)[1])) for image in images]


def answer_with(app: Flask, address: str) -> int:
    """Open the address of a card on a phone and answer; return the status of the last page."""
    phone, path = app.test_client(use_cookies=False), address.removeprefix("http://127.0.0.1:8000")
    page = Page(phone.get(path))
    if page.status != 200:
        return page.status
    return phone.post(path.partition("?")[0], data=page.fields | {"impulses": "yes"}).status_code


def test_closed_group_is_opened_and_its_cards_are_one_more_click(desk: Desk, meeting_id: int, version_id: int) -> None:
    saved = desk.fill(f"/meetings/{meeting_id}/surveys/new", needs_ticket="y", expected_count="23")
    survey = desk.survey(code_in(saved.location))
    assert survey.needs_ticket
    page = desk.follow(saved)
    assert "this address asks for the code of a card" in page.words
    assert "people with a card" in page.words
    assert page.links()["Cards"] == f"/n/freiburg/surveys/{survey.code}/cards"
    assert desk.see(f"/surveys/{survey.code}/cards").fields()["count"] == "23"


def test_survey_is_for_everybody_unless_somebody_decides(desk: Desk, meeting_id: int, version_id: int) -> None:
    saved = desk.fill(f"/meetings/{meeting_id}/surveys/new")
    survey = desk.survey(code_in(saved.location))
    assert not survey.needs_ticket
    assert "Cards" not in desk.follow(saved).links()
    assert "it takes no cards" in desk.see(f"/surveys/{survey.code}/cards").words


def test_every_card_has_a_code_of_its_own_that_works_once(desk: Desk, app: Flask, survey: Collector) -> None:
    page = desk.fill(f"/surveys/{survey.code}/cards", count="23")
    assert page.status == 200
    codes, addresses = codes_on(page), pictures_on(page)
    assert len(codes) == len(set(codes)) == len(addresses) == 23
    start_of = f"http://127.0.0.1:8000/q/{survey.code}?ticket="
    assert addresses == [start_of + read_ticket(code) for code in codes]
    assert [len(list(sheet)) for sheet in page.root.iter("ul") if sheet.get("class") == "cards-sheet"] == [10, 10, 3]
    for words in ("Herbsttreffen", "Netzwerk Freiburg", f"127.0.0.1:8000/q/{survey.code}", "Please scan and answer."):
        assert words in page.words
    assert [answer_with(app, addresses[0]) for _time in range(2)] == [303, 409]


def test_cards_are_shown_once_and_kept_nowhere(desk: Desk, survey: Collector) -> None:
    path = f"{desk.root}/surveys/{survey.code}/cards"
    fields = desk.see(f"/surveys/{survey.code}/cards").fields()
    desk.session.rollback()
    answer = desk.client.post(path, data=fields)
    assert answer.headers["Cache-Control"] == "no-store"
    codes = codes_on(Sheet(answer))
    again = desk.post(path, fields)
    assert again.status == 409
    assert "Codes are shown only once" in again.words
    later = desk.see(f"/surveys/{survey.code}/cards")
    assert codes
    for page in (again, later, desk.see(f"/surveys/{survey.code}/")):
        assert not [code for code in codes if code in page.html or read_ticket(code) in page.html]
    assert desk.fill(f"/surveys/{survey.code}/cards", count="2").status == 200


def test_numbers_are_told_in_tens(desk: Desk, app: Flask, survey: Collector) -> None:
    path = f"/surveys/{survey.code}/cards"
    assert "Codes given out: fewer than ten. Used: fewer than ten." in desk.see(path).words
    addresses = pictures_on(desk.fill(path, count="23"))
    for address in addresses[:11]:
        answer_with(app, address)
    assert "Codes given out: 20 or more. Used: 10 or more." in desk.see(path).words


def test_unused_codes_are_withdrawn_after_asking(desk: Desk, app: Flask, survey: Collector) -> None:
    path = f"/surveys/{survey.code}/cards"
    first, second = pictures_on(desk.fill(path, count="2"))
    assert answer_with(app, first) == 303
    assert "Answers that were sent stay" in desk.see(f"{path}/withdraw").words
    stale = desk.see(f"{path}/withdraw").fields()
    done = desk.follow(desk.fill(f"{path}/withdraw"))
    assert "had not been used are void" in done.words
    assert answer_with(app, second) != 303
    assert desk.send(f"{path}/withdraw", stale).status == 409
    (fresh,) = pictures_on(desk.fill(path, count="1"))
    assert answer_with(app, fresh) == 303


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("0", "between 1 and 300"),
        ("301", "at most 300"),
        ("", "between 1 and 300"),
        ("-1", "0 or more"),
        ("x", "number"),
    ],
)
def test_impossible_numbers_are_explained_at_their_field(desk: Desk, survey: Collector, typed, message) -> None:
    page = desk.fill(f"/surveys/{survey.code}/cards", count=typed)
    assert page.status == 400
    assert message in page.message_at("count")
    assert page.fields()["count"] == typed


def test_languages_of_the_invitation_are_chosen(desk: Desk, survey: Collector) -> None:
    page = desk.fill(f"/surveys/{survey.code}/cards", count="1", languages=["tr", "ar"])
    spoken = [item.get("lang") for item in page.root.findall(".//ul[@class='ticket__invitations']/li")]
    assert spoken == ["tr", "ar"]
    assert desk.fill(f"/surveys/{survey.code}/cards", languages=["xx"]).status == 400
    more = make_collector(desk.session, desk.network, version_id=survey.version_id, needs_ticket=True)
    change(desk.session, more, languages=[*survey.languages, "ro", "pl"])
    usual = desk.see(f"/surveys/{more.code}/cards").fields().getlist("languages")
    assert len(usual) == MOST_LANGUAGES
    crowded = desk.fill(f"/surveys/{more.code}/cards", languages=[*survey.languages, "ro"])
    assert "At most 9 languages" in crowded.message_at("languages")


def test_cards_end_with_the_survey(desk: Desk, survey: Collector) -> None:
    fields = desk.see(f"/surveys/{survey.code}/cards").fields()
    housekeeping.close_collector(
        desk.session, survey.code, network_id=desk.network.id, now=desk.survey(survey.code).closes_at
    )
    for path in ("cards", "cards/withdraw"):
        assert desk.send(f"/surveys/{survey.code}/{path}", fields, revision=str(survey.revision + 1)).status == 409


def test_cards_are_for_coordinators_of_the_network_only(desk: Desk, sign_in, survey: Collector) -> None:
    other = make_network(desk.session, "other")
    for network, role, status in ((desk.network, Role.VIEWER, 403), (other, Role.COORDINATOR, 404)):
        client = sign_in(network, role)
        for path in ("cards", "cards/withdraw", "ceiling"):
            assert client.get(f"{desk.root}/surveys/{survey.code}/{path}").status_code == status
    assert tickets.count_tickets(desk.session, survey).given == 0


def test_pictures_of_every_mask_can_be_read(desk: Desk, survey: Collector) -> None:
    addresses = pictures_on(desk.fill(f"/surveys/{survey.code}/cards", count="8"))
    assert all(re.fullmatch(r"http://127\.0\.0\.1:8000/q/\w{8}\?ticket=\w{10}", address) for address in addresses)


def test_sealed_survey_of_a_closed_group_shows_no_cards(desk: Desk) -> None:
    survey = start(desk, needs_ticket=True)
    assert "Cards" in desk.see(f"/surveys/{survey.code}/").links()
    desk.fill(f"/surveys/{survey.code}/evaluate-now")
    assert "Cards" not in desk.see(f"/surveys/{survey.code}/").links()
