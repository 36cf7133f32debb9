"""Translations from a file at the door: looked at first, put in text by text, nothing of others overwritten."""

import io

import pytest
from drafting import STANDARD, change, load, reword, start
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from survey_app.coordinators.table_files import pack
from survey_app.domain.questionnaire_document import list_texts
from survey_app.files.wording_po import write_po
from survey_app.files.wording_xlsx import write_wording
from survey_app.files.xlsform_writing import write_xlsform

from .conftest import Desk
from .visiting import Sheet


@pytest.fixture
def draft(desk: Desk) -> int:
    """A draft in which two French texts are missing."""
    version = start(desk.session, desk.network)
    for path in ("benefit", "texts.title"):
        change(desk.session, version, desk.network, reword(path, "", "fr"), step=None)
    return version


def root_of(version: int) -> str:
    return f"/questionnaires/{version}/draft/translations/file"


def upload(desk: Desk, version: int, name: str, data: bytes) -> Sheet:
    token = desk.see(f"{root_of(version)}?lang=en").fields()["csrf_token"]
    fields: dict[str, object] = {"csrf_token": token, "file": FileStorage(io.BytesIO(data), name)}
    boundary, body = encode_multipart(fields)
    desk.session.rollback()
    kind = f"multipart/form-data; boundary={boundary}"
    return Sheet(desk.client.post(desk.root + root_of(version), data=body, content_type=kind))


def store(desk: Desk, version: int, preview: Sheet, **changes: str) -> Sheet:
    return desk.send(f"{root_of(version)}/store", preview.fields(), **changes)


def french(desk: Desk, version: int) -> dict[str, str]:
    texts = list_texts(load(desk.session, version, desk.network).questionnaire)
    return {path: text.get("fr", "") for path, text in texts}


@pytest.mark.parametrize("name", ["fr.po", "words.xlsx"])
def test_missing_translations_come_from_a_file(desk: Desk, draft: int, name: str) -> None:
    data = write_po(STANDARD, "fr") if name == "fr.po" else write_wording(STANDARD)
    preview = upload(desk, draft, name, data)
    assert "Nothing is stored yet" in preview.words
    assert french(desk, draft)["benefit"] == ""
    assert "2 translations are taken over." in desk.follow(store(desk, draft, preview)).words
    assert french(desk, draft) == {path: text["fr"] for path, text in list_texts(STANDARD)}
    again = upload(desk, draft, name, data)
    assert "Everything in this file stands in the draft already." in again.words


def test_rows_whose_original_has_changed_are_named_and_left_out(desk: Desk, draft: int) -> None:
    change(desk.session, draft, desk.network, reword("benefit", "Hat es sich gelohnt?"))
    preview = upload(desk, draft, "fr.po", write_po(STANDARD, "fr"))
    assert "1 row does not fit the draft" in preview.words
    assert "The original has changed since this was translated: \u2068benefit\u2069" in preview.words
    store(desk, draft, preview)
    assert french(desk, draft)["benefit"] == ""
    assert french(desk, draft)["texts.title"] == STANDARD.texts["title"]["fr"]


def test_what_somebody_else_wrote_meanwhile_stays(desk: Desk, draft: int) -> None:
    preview = upload(desk, draft, "fr.po", write_po(STANDARD, "fr"))
    change(desk.session, draft, desk.network, reword("benefit", "Utile ?", "fr"), step=None)
    page = desk.follow(store(desk, draft, preview))
    assert "1 translation is taken over." in page.words
    assert "changed by somebody else meanwhile" in page.words
    assert french(desk, draft)["benefit"] == "Utile ?"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("", b"", "Please choose a file."),
        ("a.po", b"hello", "This line cannot be read."),
        ("a.xlsx", b"PK", "no XLSX file that can be opened"),
        ("a.json", b"{}", "Translations come as a PO file"),
        ("a.xlsx", write_xlsform(STANDARD).data, "Translations come as a PO file"),
    ],
    ids=["none", "po", "broken", "json", "form"],
)
def test_a_file_is_refused_and_nothing_changes(desk: Desk, draft: int, name: str, data: bytes, words: str) -> None:
    before = french(desk, draft)
    page = upload(desk, draft, name, data)
    assert page.status == 400
    assert words in page.words
    assert french(desk, draft) == before


@pytest.mark.parametrize("packed", ["", "x", pack(b"{"), pack(b"[1]"), pack(b'[["fr", "a", 1, "", ""]]')])
def test_what_no_page_sent_is_refused(desk: Desk, draft: int, packed: str) -> None:
    before = french(desk, draft)
    preview = upload(desk, draft, "fr.po", write_po(STANDARD, "fr"))
    assert store(desk, draft, preview, translations=packed).status == 400
    assert french(desk, draft) == before
