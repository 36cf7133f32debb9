"""Releasing a report from its page, and what readers in each role see of it."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from factories import make_network
from flask import Flask
from inspection import InspectingClient

from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.files.report_formats import FORMATS
from survey_app.services import convening
from survey_app.storage.book import list_meetings

from .conftest import CUT_OFF, Seed
from .reading import main_of, numbers_in, part, section, words

SignIn = Callable[..., InspectingClient]
DRAFT = f"/reports/releases/new?cut_off={CUT_OFF}&lang=en"
KINDS = tuple(FORMATS)
PRIVATE = ("/reports/", "/reports/indicators/I5", *(f"/reports/report.{kind}" for kind in KINDS))
_slugs = iter(f"ort-{number}" for number in range(100))


class Town:
    """A network with three meetings and the people who use its pages."""

    def __init__(self, app: Flask, sign_in: SignIn, goals: str | None = None) -> None:
        self.app, self._sign_in = app, sign_in
        with app.app_context():
            self.network: Network = make_network(db.session(), next(_slugs))
            self.seed = Seed(db.session(), self.network, goals)
            if goals is None:
                self.seed.fill()
            db.session.rollback()
        self.coordinator = self.sign_in(Role.COORDINATOR)

    def sign_in(self, role: Role) -> InspectingClient:
        return self._sign_in(self.network, role)

    def address(self, page: str) -> str:
        return f"/n/{self.network.slug}{page}"

    def read(self, page: str, client: InspectingClient | None = None) -> str:
        return (client or self.coordinator).get(self.address(page)).get_data(as_text=True)

    def release(self, tier: str = "public", reason: str = "", **changes: str):
        page = self.address(f"{DRAFT}&tier={tier}")
        html = self.coordinator.get(page).get_data(as_text=True)
        values = {name: _value(html, name) for name in ("csrf_token", "seen")} | {"reason": reason} | changes
        return self.coordinator.post(page, data=values)

    def hold(self, title: str, day: date, answers: dict[str, int]) -> None:
        with self.app.app_context():
            self.seed.session = db.session()
            self.seed.ask(self.seed.meet(day, title=title, attended_total=30), day, answers)

    def correct_attendance(self) -> None:
        with self.app.app_context():
            session = db.session()
            last = list_meetings(session, network_id=self.network.id)[-1]
            changed = replace(last, meeting=replace(last.meeting, attended_total=60))
            convening.change_meeting(session, changed, network_id=self.network.id)


def _value(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', html)
    return found[1] if found else ""


@pytest.fixture
def town(app: Flask, sign_in: SignIn) -> Town:
    return Town(app, sign_in)


def test_a_draft_shows_what_would_be_released_and_to_whom(town: Town) -> None:
    html = town.read(DRAFT)
    shown = words(main_of(html))
    assert "of 9 targets reached" in words(section(html, "content"))
    assert "Public – for committees and everybody else" in words(section(html, "content"))
    assert "This would be the first release for these readers." in words(section(html, "difference"))
    assert "A release cannot be changed or taken back." in shown
    assert "Release for ever" in shown


def test_a_release_leads_to_its_page_and_stands_in_the_list(town: Town) -> None:
    response = town.release(reason="für den Ausschuss")
    assert (response.status_code, response.headers["Location"]) == (302, town.address("/reports/releases/1/"))
    page = town.read("/reports/releases/1/?lang=en")
    assert "Released as number 1." in page
    assert "Note : für den Ausschuss" in words(main_of(page)).replace("Note:", "Note :")
    assert not re.search(r'<form[^>]*class="question"', page)
    table = words(main_of(town.read("/reports/releases/?lang=en")))
    for piece in ("Release 1", "31 Dec 2024", "public", "für den Ausschuss", "@example.org"):
        assert piece in table, piece


def test_the_page_of_today_says_that_it_is_not_released(town: Town) -> None:
    for page in ("/reports/?lang=en", "/reports/surveys/nothing/?lang=en"):
        response = town.coordinator.get(town.address(page))
        if response.status_code == 200:
            assert "Not released" in words(main_of(response.get_data(as_text=True)))
    town.release()
    assert "Not released" in words(main_of(town.read("/reports/?lang=en")))
    assert "Not released" not in words(main_of(town.read("/reports/releases/1/?lang=en")))


def test_a_release_stays_when_the_records_change(town: Town) -> None:
    town.release()
    pages = ["/reports/releases/1/", "/reports/releases/1/indicators/I5"]
    files = [f"/reports/releases/1/report.{kind}" for kind in ("csv", "json", *KINDS)]
    before = [words(main_of(town.read(page))) for page in pages]
    bytes_before = [town.coordinator.get(town.address(file)).data for file in files]
    town.correct_attendance()
    assert "36 of 60" in words(part(town.read("/reports/?lang=en"), "I5"))
    for _ in range(3):
        assert [town.coordinator.get(town.address(file)).data for file in files] == bytes_before
    # The notice after releasing is shown once only.
    assert [words(main_of(town.read(page))) for page in pages][1] == before[1]
    assert b"36;60" not in bytes_before[0]
    assert "Freigabe 1 vom" in bytes_before[0].decode("utf-8-sig")
    assert json.loads(bytes_before[1])["schema"] == "report/1"
    name = town.coordinator.get(town.address(files[0])).headers["Content-Disposition"]
    assert f"{CUT_OFF}-oeffentlich-freigabe-1.csv" in name


def test_a_correction_needs_a_reason_and_keeps_what_was_typed(town: Town) -> None:
    town.release()
    town.correct_attendance()
    html = town.read(DRAFT)
    assert "Corrects: Release 1" in words(main_of(html))
    assert "I5" in words(section(html, "difference"))
    refused = town.release(reason="  ")
    assert refused.status_code == 400
    assert words(part(refused.get_data(as_text=True), "reason-error"))
    long = town.release(reason="x" * 600)
    assert long.status_code == 400
    assert "x" * 600 in long.get_data(as_text=True)
    assert town.release(reason="Zahl der Anwesenden falsch").status_code == 302
    old, new = (words(main_of(town.read(f"/reports/releases/{number}/?lang=en"))) for number in (1, 2))
    assert "This report was corrected." in old
    assert "Release 2" in old
    assert "Corrects: Release 1 – Zahl der Anwesenden falsch" in new


def test_nothing_is_released_that_was_not_seen(town: Town) -> None:
    stale = _value(town.read(DRAFT), "seen")
    town.correct_attendance()
    response = town.release(seen=stale, reason="schon getippt")
    html = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "Something has changed since you opened this page." in html
    assert "schon getippt" in html
    assert _value(html, "seen") != stale
    assert "No report has been released yet." in town.read("/reports/releases/?lang=en")


def test_what_is_released_already_is_not_offered_again(town: Town) -> None:
    town.release()
    html = town.read(DRAFT)
    assert "Exactly this report is released already." in html
    assert "Release for ever" not in html
    assert town.release().headers["Location"] == town.address("/reports/releases/1/")


def test_viewers_read_public_releases_and_nothing_else(town: Town) -> None:
    viewer = town.sign_in(Role.VIEWER)
    for page in PRIVATE:
        response = viewer.get(town.address(page))
        assert response.status_code == 404
        assert not {"25", "33"} <= numbers_in(response.get_data(as_text=True))
    assert "No report has been released yet." in town.read("/?lang=en", viewer)
    town.release("internal")
    town.release("public")
    for page in PRIVATE:
        response = viewer.get(town.address(f"{page}?lang=en&tier=internal&cut_off=2024-03-01"))
        assert response.status_code == 302
        assert "/reports/releases/2/" in response.headers["Location"]
        assert viewer.get(response.headers["Location"]).status_code == 200
    assert "Release 2" in town.read("/?lang=en", viewer)
    assert viewer.get(town.address("/reports/releases/1/")).status_code == 404
    assert viewer.get(town.address("/reports/releases/1/report.csv")).status_code == 404
    assert "Release 1" not in town.read("/reports/releases/?lang=en", viewer)
    assert "Release 1" in town.read("/reports/releases/?lang=en")
    assert viewer.get(town.address(DRAFT)).status_code == 403
    token = _value(town.read("/?lang=en", viewer), "csrf_token")
    assert viewer.post(town.address(DRAFT), data={"csrf_token": token}).status_code == 403


def test_a_release_of_another_network_does_not_exist(town: Town, app: Flask, sign_in: SignIn) -> None:
    town.release()
    other = Town(app, sign_in)
    for page in ("/reports/releases/1/", "/reports/releases/1/report.csv", "/reports/releases/1/indicators/I5"):
        assert other.coordinator.get(other.address(page)).status_code == 404
        assert other.coordinator.get(town.address(page)).status_code == 404
        assert app.test_client().get(town.address(page)).status_code == 302
    assert other.coordinator.get(other.address("/reports/releases/99999999999999999999/")).status_code == 404


def test_results_of_every_question_are_shown_and_released(town: Town) -> None:
    today = town.read(f"/reports/?lang=en&cut_off={CUT_OFF}")
    (shown, hidden) = re.findall(r'href="[^"]*(/reports/surveys/[^"]+)"', today)
    page = words(main_of(town.read(shown.replace("&amp;", "&"))))
    # Of 36 two gave no answer and three were there for the first time.
    for piece in ("31 people answered", "gave no answer: 2", "does not apply to them: 3", "yes, several 10 32%"):
        assert piece in page, piece
    small = words(main_of(town.read(hidden.replace("&amp;", "&"))))
    assert "Too few answers" in small
    town.release()
    survey = shown.split("/")[3]
    released = words(main_of(town.read(f"/reports/releases/1/surveys/{survey}/?lang=en")))
    assert "31 people answered" in released
    assert town.coordinator.get(town.address("/reports/releases/1/surveys/unknown/")).status_code == 404


REFUSING = """
schema = "goals/1"
id = "klein"
title = "Kleines Netz"
version = "1"
starts_on = 2022-01-01
[[goal]]
id = "1"
level = "specific"
text = "Kontakte"
[[indicator]]
id = "K"
kind = "answer_share"
text = "Kontakte im Jahr"
goals = ["1"]
item = "contacts_made"
affirming = ["yes_several", "yes_one"]
period = "calendar_year"
pooling = "all"
target = 0.6
"""


def test_a_refusal_names_the_surveys_and_what_can_be_done(app: Flask, sign_in: SignIn) -> None:
    """A year total of small surveys is released; one more of them alone would be the difference to the next."""
    town = Town(app, sign_in, goals=REFUSING)
    town.hold("Erstes", date(2024, 5, 3), {"yes_one": 4, "no": 2})
    town.hold("Zweites", date(2024, 6, 3), {"yes_one": 3, "no": 4})
    assert town.release().status_code == 302
    town.hold("Drittes", date(2024, 9, 3), {"yes_one": 4, "no": 3})
    html = town.read(DRAFT)
    refusal = words(main_of(html))
    assert "This report cannot be released" in refusal
    assert "Whoever subtracts this report from release 1 could work out what a few people answered" in refusal
    assert "Drittes" in refusal
    assert "Erstes" not in refusal.split("What would be released")[0]
    assert "Indicators: K" in refusal
    assert "What you can do" in refusal
    assert "Release for ever" not in html
    refused = town.release(seen=_value(town.read(DRAFT), "seen"), reason="trotzdem")
    assert refused.status_code in (400, 409)
    assert "Release 2" not in town.read("/reports/releases/?lang=en")


@pytest.mark.parametrize("query", ["cut_off=2024-02-30", "tier=secret", "cut_off=9999-12-31"])
def test_a_bad_question_is_explained_at_the_field(town: Town, query: str) -> None:
    response = town.coordinator.get(town.address(f"/reports/releases/new?lang=en&{query}"))
    assert response.status_code == 400
    assert "Please check your entries" in response.get_data(as_text=True)
