"""Pages of the translations of a draft, and the page behind a translator's link."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from drafting import STANDARD, load, reword, start
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from survey_app.domain.network import Network
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.questionnaire_editing import add_item
from survey_app.domain.wording_states import WordingProgress, assess_wording
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design
from survey_app.services import translating

from .conftest import Desk
from .visiting import Sheet


@pytest.fixture
def version_id(desk: Desk) -> int:
    """Begin a draft in which one Turkish text is missing and one is outdated."""
    number = start(desk.session, desk.network)
    for edit in (reword("benefit", "", "tr"), reword("impulses", "Neue Ideen?")):
        design.change_draft(desk.session, number, edit, network_id=desk.network.id, step=None)
    return number


def bench(version_id: int, language: str = "tr") -> str:
    return f"/questionnaires/{version_id}/draft/translations/{language}/"


def field_of(sheet: Sheet, path: str) -> str:
    """Return the number of the row of a text."""
    return next(name[5:] for name, value in sheet.fields().items() if name.startswith("path-") and value == path)


def words_of(desk: Desk, version_id: int, path: str, language: str = "tr") -> str:
    return dict(list_texts(load(desk.session, version_id, desk.network).questionnaire))[path].get(language, "")


def progress_of(desk: Desk, version_id: int, path: str) -> WordingProgress:
    stored = load(desk.session, version_id, desk.network)
    return assess_wording(stored.questionnaire, stored.states, path, "tr")


def test_overview_says_how_far_each_language_is(desk: Desk, version_id: int) -> None:
    words = desk.see(f"/questionnaires/{version_id}/draft/translations/").words
    assert "93 of 95 texts translated · 1 missing · 1 outdated · 93 not reviewed" in words
    assert words.count("94 of 95 texts translated") == 7


def test_draft_leads_to_its_translations(desk: Desk, version_id: int) -> None:
    overview = f"/questionnaires/{version_id}/draft/translations/"
    assert desk.root + overview in desk.see(f"/questionnaires/{version_id}/draft/").html


def test_open_texts_are_those_that_need_somebody(desk: Desk, version_id: int) -> None:
    shown = desk.see(f"{bench(version_id)}?show=open").fields()
    assert sorted(value for name, value in shown.items() if name.startswith("path-")) == ["benefit", "impulses"]


def test_text_is_saved_as_reviewed_when_somebody_says_so(desk: Desk, version_id: int) -> None:
    page = desk.see(bench(version_id))
    number = field_of(page, "benefit")
    sent = {f"words-{number}": "Ağ işinize ne kadar yarıyor?", f"reviewed-{number}": "1", "at": "8"}
    answer = desk.send(bench(version_id), page.fields(), **sent)
    assert answer.location.endswith(f"{bench(version_id)}#place-8")
    assert "Saved." in desk.follow(answer).words
    assert words_of(desk, version_id, "benefit") == "Ağ işinize ne kadar yarıyor?"
    assert progress_of(desk, version_id, "benefit") is WordingProgress.REVIEWED
    assert progress_of(desk, version_id, "impulses") is WordingProgress.OUTDATED


def test_both_versions_are_shown_when_two_people_translate_one_text(desk: Desk, version_id: int) -> None:
    page = desk.see(bench(version_id))
    number, other = field_of(page, "benefit"), field_of(page, "remarks")
    desk.send(bench(version_id), page.fields(), **{f"words-{number}": "onların"})
    answer = desk.send(bench(version_id), page.fields(), **{f"words-{number}": "bizim", f"words-{other}": "notlar"})
    assert answer.status == 409
    assert "onların" in answer.words_of(f"*[@id='theirs-{number}']")
    assert answer.fields()[f"words-{number}"] == "bizim"
    assert words_of(desk, version_id, "benefit") == "onların"
    assert words_of(desk, version_id, "remarks") == "notlar", "everything else is saved"
    desk.follow(desk.send(bench(version_id), answer.fields()))
    assert words_of(desk, version_id, "benefit") == "bizim", "whoever saves again has read the other version"


def test_everything_typed_stays_when_a_text_is_too_long(desk: Desk, version_id: int) -> None:
    page = desk.see(bench(version_id))
    number, other = field_of(page, "benefit"), field_of(page, "remarks")
    answer = desk.send(bench(version_id), page.fields(), **{f"words-{number}": "x" * 4001, f"words-{other}": "notlar"})
    assert answer.status == 400
    assert "4,000" in answer.words_of(f"*[@id='error-{number}']")
    assert (len(answer.fields()[f"words-{number}"]), answer.fields()[f"words-{other}"]) == (4001, "notlar")
    assert words_of(desk, version_id, "remarks") != "notlar"


def test_text_that_was_removed_meanwhile_is_given_back(desk: Desk, version_id: int) -> None:
    page = desk.see(bench(version_id))
    number = field_of(page, "benefit")
    fields = page.fields()
    fields[f"path-{number}"] = "no_such_item"
    answer = desk.send(bench(version_id), fields, **{f"words-{number}": "kayıp mı?"})
    assert answer.status == 409
    assert "You had written:" in answer.words
    assert "kayıp mı?" in answer.words


def test_glossary_and_length_help_where_they_can(desk: Desk, version_id: int) -> None:
    page = desk.see(bench(version_id))
    number = field_of(page, "benefit")
    assert "Netzwerk = iş birliği ağı" in page.words_of(f"*[@id='terms-{number}']")


@pytest.mark.parametrize("language", ["de", "xx", "ti"])
def test_only_offered_languages_are_translated(desk: Desk, version_id: int, language: str) -> None:
    assert desk.see(bench(version_id, language)).status == 409


@pytest.mark.parametrize(
    "sent",
    [
        {"path-x": "benefit"},
        {"path-1": "benefit", "words-1": "\x00\ud800 x", "begun-1": "\u202e", "seen-1": "?"},
        {"path-1": "", "words-1": "x"},
        {"path-99999999999999999999": "benefit", "at": "²"},
        {"words-1": "x"},
    ],
)
def test_broken_form_is_no_server_error(desk: Desk, version_id: int, sent: dict[str, str]) -> None:
    token = {"csrf_token": desk.see(bench(version_id)).fields()["csrf_token"]}
    clean = {name: value.encode("utf-8", "replace").decode() for name, value in (token | sent).items()}
    assert desk.client.post(desk.root + bench(version_id), data=clean).status_code in (303, 400, 409)


def make_link(desk: Desk, version_id: int, days: str = "7") -> Sheet:
    return desk.fill(f"{bench(version_id)}link", days=days)


def address_in(sheet: Sheet) -> str:
    (found,) = (element.get("value") for element in sheet.root.iter("input") if element.get("id") == "address")
    return f"/translate/{found.split('/translate/')[1]}"


def test_link_is_shown_once_and_can_be_taken_back(desk: Desk, version_id: int, client: FlaskClient) -> None:
    address = address_in(make_link(desk, version_id))
    overview = f"/questionnaires/{version_id}/draft/translations/"
    assert "A link works until" in desk.see(overview).words
    assert address not in desk.see(overview).html
    assert client.get(address).status_code == 200
    desk.follow(desk.press(overview, "/revoke"))
    gone = Sheet(client.get(address, headers={"Accept-Language": "en"}))
    assert gone.status == 404
    assert "does not work any more" in gone.words


@pytest.mark.parametrize("days", ["0", "91", "-3", "", "viele", "9" * 30])
def test_link_says_what_is_wrong_with_its_days(desk: Desk, version_id: int, days: str) -> None:
    answer = make_link(desk, version_id, days)
    assert answer.status == 400
    assert answer.message_at("days")
    assert answer.fields()["days"] == days


def test_translator_sees_and_changes_one_language_without_an_account(
    desk: Desk, version_id: int, client: FlaskClient
) -> None:
    address = address_in(make_link(desk, version_id))
    page = Sheet(client.get(address))
    assert page.status == 200
    assert "Neue Ideen?" in page.words
    assert "/n/freiburg" not in page.html
    number = field_of(page, "benefit")
    fields = page.fields()
    fields[f"words-{number}"] = "Ne kadar yararlı?"
    answer = Sheet(client.post(address, data=fields))
    assert (answer.status, answer.location) == (303, address)
    assert words_of(desk, version_id, "benefit") == "Ne kadar yararlı?"
    without = {name: value for name, value in fields.items() if name != "csrf_token"}
    assert client.post(address, data=without).status_code == 400


def test_link_ends_with_its_time_and_says_nothing_more(
    desk: Desk, version_id: int, client: FlaskClient, session: Session, network: Network
) -> None:
    past = datetime.now(UTC) - timedelta(days=2)
    token = translating.give_link(
        session, version_id, "tr", network_id=network.id, now=past, valid_for=timedelta(days=1)
    )
    ended, invented = Sheet(client.get(f"/translate/{token}/")), Sheet(client.get(f"/translate/{'x' * 32}/"))
    assert (ended.status, ended.words) == (invented.status, invented.words) == (404, invented.words)
    assert client.post(f"/translate/{token}/", data={"path-1": "benefit"}).status_code == 400


def test_pages_ask_the_database_as_often_however_many_texts_there_are(desk: Desk, version_id: int) -> None:
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))

    def count(path: str) -> int:
        statements.clear()
        assert desk.see(path).status == 200
        return len(statements)

    pages = (bench(version_id), f"/questionnaires/{version_id}/draft/translations/")
    few = [count(page) for page in pages]
    for item in STANDARD.items[:8]:
        design.change_draft(
            desk.session,
            version_id,
            lambda draft, item=item: add_item(draft, replace(item, code=f"{item.code}_again")),
            network_id=desk.network.id,
            step=None,
        )
    assert [count(page) for page in pages] == few
    assert max(few) <= 10
