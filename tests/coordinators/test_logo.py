"""The logo of a network: sent, described, refused with a reason, removed, and printed."""

import io
from typing import Any

import pytest
from factories import make_collector
from pdf_reading import check_accessibility, read_pdf
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from survey_app.coordinators import posters
from survey_app.domain.announcement import Logo
from survey_app.domain.membership import Role
from survey_app.services.networks import find_logo

from .conftest import Desk
from .visiting import Sheet

PATH = "/settings/logo"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    posters._render.cache_clear()


def draw(kind: str = "png", size: tuple[int, int] = (120, 60)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, (180, 20, 60)).save(written, kind)
    return written.getvalue()


def stored(desk: Desk) -> Logo | None:
    desk.session.rollback()
    return find_logo(desk.session, network_id=desk.network.id)


def send(desk: Desk, picture: bytes | None = None, /, **changes: Any) -> Sheet:
    fields = {**desk.see(PATH).fields().to_dict(), **changes}
    fields.pop("picture", None)
    if picture is not None:
        fields["picture"] = FileStorage(io.BytesIO(picture), filename="../../logo.svg")
    return post(desk, fields)


def post(desk: Desk, fields: dict[str, Any]) -> Sheet:
    """Send a form with files; encoded here, since Werkzeug's client leaves large bodies open."""
    boundary, body = encode_multipart(fields)
    desk.session.rollback()
    kind = f"multipart/form-data; boundary={boundary}"
    return Sheet(desk.client.post(desk.root + PATH, data=body, content_type=kind))


def test_logo_is_stored_shown_and_described_anew(desk: Desk) -> None:
    page = desk.follow(send(desk, draw("jpeg"), alternative="Wappen der Stadt"))
    assert "Saved." in page.words
    (image,) = (one for one in page.root.iter("img") if "logo.png" in one.get("src"))
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("Wappen der Stadt", "120", "60")
    answer = desk.client.get(image.get("src"))
    assert (answer.mimetype, answer.data) == ("image/png", stored(desk).content)
    assert send(desk, alternative="Stadtwappen").status == 303
    assert (stored(desk).alternative, stored(desk).content) == ("Stadtwappen", answer.data)


def test_logo_without_picture_or_words_is_refused_and_words_are_kept(desk: Desk) -> None:
    page = send(desk, alternative="Wappen")
    assert page.status == 400
    assert "fill in" in page.message_at("picture")
    assert page.fields()["alternative"] == "Wappen"
    page = send(desk, draw(), alternative=" ")
    assert page.status == 400
    assert "fill in" in page.message_at("alternative")
    assert "201" in send(desk, draw(), alternative="x" * 201).message_at("alternative")
    assert stored(desk) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "PNG or JPEG"),
        (draw(size=(8, 8)), "at least 16 pixels"),
        (draw() + bytes(2 * 1024**2), "at most 2 MB"),
    ],
)
def test_unusable_picture_is_explained_at_its_field(desk: Desk, content: bytes, said: str) -> None:
    page = send(desk, content, alternative="Wappen")
    assert page.status == 400
    assert said in page.message_at("picture")
    assert page.fields()["alternative"] == "Wappen"
    assert stored(desk) is None


def test_second_editor_is_asked_instead_of_obeyed(desk: Desk) -> None:
    opened = desk.see(PATH).fields().to_dict() | {
        "picture": FileStorage(io.BytesIO(draw()), filename="a.png"),
        "alternative": "Zweites",
    }
    assert send(desk, draw(), alternative="Erstes").status == 303
    page = post(desk, opened)
    assert page.status == 409
    assert "Somebody else changed or removed the logo" in page.words
    assert "Erstes" in page.words
    assert page.fields()["alternative"] == "Zweites"
    assert stored(desk).alternative == "Erstes"
    again = page.fields().to_dict() | {"picture": FileStorage(io.BytesIO(draw()), filename="a.png")}
    assert post(desk, again).status == 303
    assert stored(desk).alternative == "Zweites"


def test_logo_is_removed_unless_it_has_changed(desk: Desk) -> None:
    send(desk, draw(), alternative="Erstes")
    token = desk.see(PATH).fields()["csrf_token"]
    send(desk, alternative="Neues")
    for revision, status in (("1", 409), ("x", 409), ("2", 303), ("2", 409)):
        page = desk.post(f"{desk.root}{PATH}/remove", {"csrf_token": token, "revision": revision})
        assert page.status == status
    assert stored(desk) is None
    assert desk.client.get(f"{desk.root}/settings/logo.png").status_code == 404


def test_logo_and_colour_are_printed(desk: Desk) -> None:
    survey = make_collector(desk.session, desk.network)
    plain = desk.client.get(f"{desk.root}/surveys/{survey.code}/poster.pdf").data
    send(desk, draw(size=(400, 100)), alternative="Wappen der Stadt")
    desk.fill("/settings", colour="#7a1f4b")
    pdf = desk.client.get(f"{desk.root}/surveys/{survey.code}/poster.pdf").data
    figures = [node.alternative for node in read_pdf(pdf).root.walk() if node.role == "Figure"]
    assert "Wappen der Stadt" in figures
    assert "Wappen der Stadt" not in [node.alternative for node in read_pdf(plain).root.walk()]
    assert check_accessibility(pdf) == []
    slide = desk.see(f"/surveys/{survey.code}/slide")
    assert "Wappen der Stadt" in [image.get("alt") for image in slide.root.iter("img")]
    assert 'fill="#7a1f4b"' in slide.html


def test_only_who_may_change_settings_changes_the_logo(desk: Desk, sign_in) -> None:
    send(desk, draw(), alternative="Wappen")
    for role, edit, show in ((Role.VIEWER, 403, 403), (Role.COORDINATOR, 403, 200)):
        other = sign_in(desk.network, role)
        assert other.get(desk.root + PATH).status_code == edit
        assert other.get(f"{desk.root}/settings/logo.png").status_code == show
