"""Questionnaires as files at the door: downloads of every version, drafts from files that somebody sends."""

import io
import json
from collections.abc import Mapping

import pytest
from factories import standard_questionnaire
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from survey_app.coordinators.table_files import pack
from survey_app.domain.questionnaire import Questionnaire
from survey_app.files.questionnaire_json import ExchangedQuestionnaire, read_exchange, write_exchange
from survey_app.files.sheet_writing import write_sheets
from survey_app.files.wording_po import read_po
from survey_app.files.wording_xlsx import read_wording
from survey_app.files.xlsform_reading import read_xlsform
from survey_app.services import questionnaire_design as design

from .conftest import Desk
from .visiting import Sheet

STANDARD = standard_questionnaire()
IMPORT = "/questionnaires/import"


@pytest.fixture
def draft(desk: Desk) -> int:
    return design.start_draft(desk.session, STANDARD, network_id=desk.network.id)


def upload(desk: Desk, name: str | None, data: bytes = b"", chosen: Mapping[str, str] | None = None) -> Sheet:
    """Choose a file on the page and press its button."""
    sent: dict[str, object] = {**desk.see(f"{IMPORT}?lang=en").fields().to_dict(), **(chosen or {})}
    sent.pop("file", None)
    if name is not None:
        sent["file"] = FileStorage(io.BytesIO(data), name)
    boundary, body = encode_multipart(sent)
    desk.session.rollback()
    kind = f"multipart/form-data; boundary={boundary}"
    return Sheet(desk.client.post(f"{desk.root}{IMPORT}", data=body, content_type=kind))


def store(desk: Desk, preview: Sheet, **changes: str) -> Sheet:
    return desk.send(f"{IMPORT}/store", preview.fields(), **changes)


def drafts(desk: Desk) -> list[Questionnaire]:
    desk.session.rollback()
    listed = design.list_versions(desk.session, network_id=desk.network.id)
    return [one.questionnaire for one in listed if one.published_at is None]


def get(desk: Desk, path: str) -> bytes:
    desk.session.rollback()
    answer = desk.client.get(desk.root + path)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.data


def test_a_version_is_offered_in_every_format(desk: Desk, draft: int) -> None:
    page = desk.see(f"/questionnaires/{draft}/files?lang=en")
    assert page.status == 200
    assert "numbers of questions" in page.words
    assert "links to indicators" in page.words
    root = f"/questionnaires/{draft}/files"
    stored = design.load_version(desk.session, draft, network_id=desk.network.id).questionnaire
    exchanged = read_exchange(get(desk, f"{root}/json?origin=Kreis+Muster&licence=CC0"))
    assert exchanged == ExchangedQuestionnaire(stored, "Kreis Muster", "CC0")
    assert read_xlsform(get(desk, f"{root}/xlsform")).questionnaire.id == stored.id
    assert read_po(get(desk, f"{root}/po?language=fr"), stored).refused == ()
    assert read_wording(get(desk, f"{root}/wording"), stored).refused == ()
    assert desk.see(f"{root}/po?language=it").status == 404
    assert desk.see(f"{root}/po").status == 404
    assert desk.see(f"{root}/other").status == 404


def test_an_empty_draft_has_no_form_and_the_page_says_so(desk: Desk) -> None:
    empty = Questionnaire("empty", 1, "de", ("de",), (), {"title": {"de": "Leer"}})
    version = design.start_draft(desk.session, empty, network_id=desk.network.id)
    page = desk.see(f"/questionnaires/{version}/files/xlsform?lang=en")
    assert page.status == 409
    assert "There is nothing here that can be asked." in page.words
    assert desk.see(f"/questionnaires/{version}/files").status == 200


def test_a_published_version_leads_to_its_files(desk: Desk, draft: int) -> None:
    page = desk.see(f"/questionnaires/{draft}/draft/")
    assert f"{desk.root}/questionnaires/{draft}/files" in {link.get("href") for link in page.root.iter("a")}


FORM = write_sheets(
    {
        "survey": [
            ("type", "name", "label", "relevant"),
            ("select_one yn", "Came", "Did you come?", ""),
            ("geopoint", "where", "Where?", ""),
            ("text", "why", "Why not?", "${Came} = 'no' or ${where} = ''"),
        ],
        "choices": [("list_name", "name", "label"), ("yn", "yes", "Yes"), ("yn", "no", "No")],
        "settings": [("form_title", "form_id"), ("Coming", "coming")],
    }
)


def test_a_form_is_looked_at_first_and_then_becomes_a_draft(desk: Desk) -> None:
    preview = upload(desk, "form.xlsx", FORM)
    assert preview.status == 200
    assert "3 things of the file are left out" in preview.words
    for words in ("survey!B2", "survey!A3", "survey!D4", "geopoint"):
        assert words in preview.words
    assert drafts(desk) == []
    assert "draft is ready" in desk.follow(store(desk, preview)).words
    (made,) = drafts(desk)
    assert [item.code for item in made.items] == ["came", "why"]


def test_texts_without_a_language_get_the_chosen_one(desk: Desk) -> None:
    for chosen in ("fr", "de"):
        store(desk, upload(desk, "form.xlsx", FORM, chosen={"language": chosen}))
    assert {one.source_language for one in drafts(desk)} == {"fr", "de"}


def test_json_comes_back_as_the_next_version(desk: Desk, draft: int) -> None:
    data = get(desk, f"/questionnaires/{draft}/files/json?origin=Kreis&licence=CC0")
    preview = upload(desk, "standard.json", data)
    assert "Everything in the file is taken over." in preview.words
    assert "Kreis" in preview.words
    assert "CC0" in preview.words
    assert store(desk, preview).status == 303
    assert sorted(one.version for one in drafts(desk)) == [1, 2]
    first, second = drafts(desk)
    assert (first.items, first.texts) == (second.items, second.texts)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        (None, b"", "Please choose a file."),
        ("", b"", "Please choose a file."),
        ("a.json", b"{", "This is no valid JSON."),
        ("a.xlsx", b"PK", "no XLSX file that can be opened"),
        ("a.docx", b"PK", "Files of this kind cannot be read"),
        ("a.po", b'msgid ""', "Translations need the questionnaire"),
        ("a.xlsx", write_sheets({"other": [("x",)]}), "The sheet “\u2068survey\u2069” is missing."),
    ],
)
def test_a_file_is_refused_with_one_sentence_and_nothing_is_stored(
    desk: Desk, name: str | None, data: bytes, words: str
) -> None:
    page = upload(desk, name, data)
    assert page.status == 400
    assert words in page.words
    assert drafts(desk) == []


def test_a_language_that_was_not_offered_is_refused(desk: Desk) -> None:
    assert upload(desk, "form.xlsx", FORM, chosen={"language": "xx"}).status == 400
    assert drafts(desk) == []


@pytest.mark.parametrize("packed", ["", "!", pack(b"{}"), pack(json.dumps({"schema": "questionnaire/1"}).encode())])
def test_what_no_page_sent_is_refused(desk: Desk, packed: str) -> None:
    preview = upload(desk, "form.xlsx", FORM)
    page = store(desk, preview, questionnaire=packed)
    assert page.status == 400
    assert drafts(desk) == []


def test_files_of_another_network_do_not_exist(desk: Desk) -> None:
    assert desk.see("/questionnaires/999/files").status == 404
    assert desk.see("/questionnaires/999/files/json").status == 404


def test_a_questionnaire_that_no_page_can_carry_is_refused(desk: Desk) -> None:
    texts = {f"t{number}": {"de": "x" * 4000} for number in range(300)}
    large = Questionnaire("large", 1, "de", ("de",), STANDARD.items, {**STANDARD.texts, **texts})
    page = upload(desk, "large.json", write_exchange(ExchangedQuestionnaire(large)))
    assert page.status == 400
    assert "larger than" in page.words
