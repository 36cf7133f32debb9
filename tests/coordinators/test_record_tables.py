"""Tables of records at the door: looked at, stored all or none, downloaded, sent again without harm."""

import csv
import io
import re
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import date

import pytest
from factories import make_meeting
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from survey_app.coordinators.table_files import LARGEST_FILE, pack
from survey_app.domain.book import Need, NeedStatus, Offer, Partner
from survey_app.domain.membership import Role
from survey_app.services import convening, recording
from survey_app.services.record_desks import RecordKind
from survey_app.services.record_import import list_values

from .conftest import Desk
from .visiting import Sheet

DAY = date(2024, 3, 6)
KINDS = [str(kind) for kind in RecordKind]
LANGUAGES = ("de", "de-x-simple", "en", "fr", "tr", "ar", "fa", "uk", "ru")


def upload(desk: Desk, kind: str, data: bytes | None, language: str = "en") -> Sheet:
    """Choose a file on the page and press its button."""
    token = desk.see(f"/{kind}/import?lang={language}").fields()["csrf_token"]
    return send_file(desk, kind, data, token)


def send_file(desk: Desk, kind: str, data: bytes | None, token: str) -> Sheet:
    fields: dict[str, object] = {"csrf_token": token}
    if data is not None:
        fields["file"] = FileStorage(io.BytesIO(data), "x.csv")
    # Encoded here: the test client would leave a temporary file open behind a large one.
    boundary, body = encode_multipart(fields)
    desk.session.rollback()
    kind_of_body = f"multipart/form-data; boundary={boundary}"
    return Sheet(desk.client.post(f"{desk.root}/{kind}/import", data=body, content_type=kind_of_body))


def store(desk: Desk, kind: str, preview: Sheet, **changes: str) -> Sheet:
    return desk.send(f"/{kind}/import/store", preview.fields(), **changes)


def download(desk: Desk, kind: str, language: str = "en") -> bytes:
    desk.session.rollback()
    return desk.client.get(f"{desk.root}/{kind}/table?lang={language}").data


def stored(desk: Desk, kind: str) -> list[dict[str, object]]:
    desk.session.rollback()
    return [dict(values) for values in list_values(desk.session, RecordKind(kind), network_id=desk.network.id)]


def furnish(desk: Desk) -> None:
    """Record one of everything, with what is hard to carry: old codes, odd spaces, formulas, other scripts."""
    meeting_id = make_meeting(desk.session, desk.network, date=DAY, title="Früh; „Rat“ | #7")
    offer = Offer(None, "=Kurs\u00a0A;B", DAY, "sports", 0, None, ("it", "de-x-simple", "zh-Hans"))
    offer_id = recording.add_offer(desk.session, offer, network_id=desk.network.id)
    recording.add_offer(desk.session, Offer(title="شكر - 1", languages=()), network_id=desk.network.id)
    need = Need(None, '-"x"', DAY, str(meeting_id), "school", "lost", str(offer_id), DAY)
    for _twin in range(2):
        recording.add_need(desk.session, need, network_id=desk.network.id)
    partner = Partner("Amt\u2009für | Schule", "town_council", ("school", "sports"), False, DAY)
    convening.add_partner(desk.session, partner, network_id=desk.network.id)
    convening.add_partner(desk.session, Partner("@Verein", fields=()), network_id=desk.network.id)


def test_a_table_is_looked_at_first_and_then_stored(desk: Desk) -> None:
    recording.add_need(desk.session, Need(title="Rat", recognised_on=DAY), network_id=desk.network.id)
    data = b"Titel;Erkannt am;Status\nRat;06.03.2024;geplant\nFahrt;;erkannt\n"
    preview = upload(desk, "needs", data)
    assert preview.status == 200
    assert "Nothing is stored yet" in preview.words
    assert "Status: “planned” instead of “not recorded”" in preview.words
    assert len(stored(desk, "needs")) == 1
    page = desk.follow(store(desk, "needs", preview))
    assert "New: 1, changed: 1, unchanged: 0" in page.words
    assert [(one["title"], one["status"]) for one in stored(desk, "needs")] == [
        ("Rat", "planned"),
        ("Fahrt", "recognised"),
    ]
    again = upload(desk, "needs", data)
    assert "stored already" in again.words
    assert "Store the table" not in again.words


def test_pressing_the_button_twice_stores_once(desk: Desk) -> None:
    preview = upload(desk, "offers", b"title\nKurs\n")
    assert store(desk, "offers", preview).status == 303
    assert "stored already" in desk.follow(store(desk, "offers", preview)).words
    assert len(stored(desk, "offers")) == 1


def test_a_row_that_is_wrong_is_named_and_nothing_is_stored(desk: Desk) -> None:
    data = b"name;actor_group;identified_on;informed_on\nKita;;2024-03-02;1.3.2024\nAmt;nobody;;\nVerein;;;\n"
    page = upload(desk, "partners", data)
    assert page.status == 400
    assert "2 rows cannot be stored" in page.words
    rows = [" ".join("".join(row.itertext()).split()) for row in page.root.iter("tr")][1:]
    assert rows[0].startswith("2 not possible Kita Informed on: This day lies before the day in “Identified on”")
    assert rows[1].startswith("3 not possible Amt Actor group: “nobody” is not possible")
    assert rows[2] == "4 new Verein"
    assert page.root.findall(".//input[@name='table']") == []
    assert stored(desk, "partners") == []


def test_a_mended_table_can_be_sent_from_the_same_page(desk: Desk) -> None:
    page = upload(desk, "offers", b"title;places\nKurs;many\n")
    mended = send_file(desk, "offers", b"title;places\nKurs;7\n", page.fields()["csrf_token"])
    assert store(desk, "offers", mended).status == 303
    assert [one["places"] for one in stored(desk, "offers")] == [7]


def test_somebody_who_saved_meanwhile_is_not_overwritten(desk: Desk) -> None:
    offer_id = recording.add_offer(desk.session, Offer(title="Kurs", places=5), network_id=desk.network.id)
    preview = upload(desk, "offers", b"title;places\nKurs;7\n")
    assert desk.fill(f"/offers/{offer_id}/edit", places="6").status == 303
    late = store(desk, "offers", preview)
    assert late.status == 409
    assert "Somebody else saved" in late.words
    assert "Places: “7” instead of “6”" in late.words
    assert [one["places"] for one in stored(desk, "offers")] == [6]
    assert store(desk, "offers", late).status == 303
    assert [one["places"] for one in stored(desk, "offers")] == [7]


def test_what_cannot_be_stored_any_more_is_shown_again(desk: Desk) -> None:
    offer_id = recording.add_offer(desk.session, Offer(title="Kurs"), network_id=desk.network.id)
    preview = upload(desk, "needs", b"title;offer\nRat;Kurs\n")
    assert desk.fill(f"/offers/{offer_id}/delete").status == 303
    late = store(desk, "needs", preview)
    assert late.status == 400
    assert "Nothing of this name is recorded: Kurs" in late.words
    assert stored(desk, "needs") == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "choose a file"),
        (b"", "no row"),
        (b"title\n", "no row"),
        (b"PK\x03\x04\x14\x00\x06\x00", "no CSV file"),
        (b"title\n\x81\x8d\xff\n", "no CSV file"),
        (b"places\n12\n", "“Title” is missing"),
        (b"title;colour\nx;red\n", "no column “colour”"),
        (b"title;Titel\nx;y\n", "“Title” stands twice"),
        (b'title\n"open\n', "Row 2 cannot be read"),
        (b"title\nx;y\n", "Row 2 has more cells"),
        (b"title;;places\nx;lost;3\n", "Row 2 has text in a column without a name"),
        (b"title\n" + b"x" * 5000 + b"\n", "more than 4,000 characters"),
        (b"title\n" + b"x\n" * 2001, "more than 2,000 rows"),
        (b"title\n" + b"x" * LARGEST_FILE, "larger than 1,024 kB"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained_at_the_field(desk: Desk, data: bytes | None, words: str) -> None:
    page = upload(desk, "offers", data)
    assert page.status == 400
    assert words in page.message_at("file")
    assert stored(desk, "offers") == []


def test_a_file_larger_than_anything_is_refused_with_a_page(desk: Desk) -> None:
    page = upload(desk, "offers", b"x" * 6 * LARGEST_FILE)
    assert page.status == 413
    assert "larger than allowed" in page.words


def test_a_guessed_encoding_is_said(desk: Desk) -> None:
    page = upload(desk, "offers", "title\nÜbergänge\n".encode("cp1252"))
    assert "how its letters are written" in page.words
    assert "Übergänge" in page.words
    assert "how its letters" not in upload(desk, "offers", "title\nÜbergänge\n".encode()).words


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_downloaded_changes_nothing_in_any_language(desk: Desk, kind: str, language: str) -> None:
    furnish(desk)
    before = stored(desk, kind)
    data = download(desk, kind, language)
    for reader in (language, "en"):
        page = upload(desk, kind, data, reader)
        assert page.status == 200, page.words
        assert page.root.findall(".//input[@name='table']") == []
    assert stored(desk, kind) == before


def test_no_cell_of_a_download_is_a_formula(desk: Desk) -> None:
    furnish(desk)
    for kind in KINDS:
        rows = list(csv.reader(io.StringIO(download(desk, kind).decode("utf-8-sig"), newline=""), delimiter=";"))
        assert len(rows) == 3
        assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_download_is_named_and_read_by_its_network_alone(desk: Desk, kind: str) -> None:
    answer = desk.client.get(f"{desk.root}/{kind}/table")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert re.search(r"attachment; filename=\w+-freiburg-\d{4}-\d\d-\d\d\.csv", answer.headers["Content-Disposition"])


@pytest.mark.parametrize("kind", KINDS)
def test_the_empty_table_has_every_column_but_the_number(desk: Desk, kind: str) -> None:
    data = desk.client.get(f"{desk.root}/{kind}/template").data
    header = data.decode("utf-8-sig").strip().split(";")
    assert "Record number" not in header
    assert len(header) == len(set(header)) >= 6
    filled = data + b"Kita" + b";" * (len(header) - 1) + b"\r\n"
    assert store(desk, kind, upload(desk, kind, filled)).status == 303
    assert len(stored(desk, kind)) == 1


def test_a_long_table_shows_first_what_needs_a_look(desk: Desk) -> None:
    rows = "".join(f"Kurs {number};3\n" for number in range(400))
    page = upload(desk, "offers", f"title;places\n{rows}Falsch;viele\n".encode())
    assert "300 of 401 rows" in page.words
    assert "Falsch" in page.words_of("table")
    good = upload(desk, "offers", f"title;places\n{rows}".encode())
    assert store(desk, "offers", good).status == 303
    assert len(stored(desk, "offers")) == 400


def test_a_table_that_was_damaged_on_its_way_is_asked_for_again(desk: Desk) -> None:
    preview = upload(desk, "offers", b"title\nKurs\n")
    bomb = urlsafe_b64encode(zlib.compress(b"x" * 9 * LARGEST_FILE)).decode()
    cut = pack(b"title\nKurs\n")[:-8]
    for table in ("", "x", "é", "A" * 400, cut, bomb, urlsafe_b64encode(b"none").decode()):
        page = store(desk, "offers", preview, table=table)
        assert page.status == 400, table[:20]
        assert "choose it again" in page.message_at("file")
    assert store(desk, "offers", preview, seen="\x00nothing").status == 409
    assert stored(desk, "offers") == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=80) | st.text(max_size=80).map(str.encode),
    header=st.sampled_from([b"", b"title;id;meeting\n"]),
)
def test_no_file_makes_a_server_error(desk: Desk, data: bytes, header: bytes) -> None:
    assert upload(desk, "needs", header + data).status in (200, 400)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.text("aÄ=;|\"' ", min_size=1, max_size=6), st.sampled_from([None, *NeedStatus]), st.dates()),
        max_size=4,
    )
)
def test_what_forms_accept_survives_the_way_out_and_in(desk: Desk, rows: list[tuple[str, str | None, date]]) -> None:
    for title, status, day in rows:
        desk.fill("/needs/new", title=title, status=status or "", recognised_on=day.isoformat())
    before = stored(desk, "needs")
    if before:
        assert "stored already" in upload(desk, "needs", download(desk, "needs")).words
    assert stored(desk, "needs") == before


def test_coordinators_may_and_readers_may_not(desk: Desk, sign_in: Callable[..., FlaskClient]) -> None:
    for role, status in ((Role.COORDINATOR, 200), (Role.VIEWER, 403)):
        client = sign_in(desk.network, role)
        for page in ("import", "table", "template"):
            assert client.get(f"{desk.root}/needs/{page}").status_code == status


def test_names_of_columns_are_their_own_in_every_language(desk: Desk) -> None:
    for kind in KINDS:
        for language in LANGUAGES:
            header = desk.client.get(f"{desk.root}/{kind}/table?lang={language}").data.decode("utf-8-sig").strip()
            names = [name.casefold() for name in header.split(";")]
            assert len(set(names)) == len(names), (kind, language)
