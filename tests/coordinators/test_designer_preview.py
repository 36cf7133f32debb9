"""The preview: what those who answer will see, with answers that are read and forgotten."""

import hashlib

import pytest
from sqlalchemy.orm import Session

from survey_app.extensions import db

from .conftest import Desk
from .design_desk import root_of


def rows_of(session: Session) -> str:
    session.rollback()
    rows = [(table.name, sorted(map(repr, session.execute(table.select())))) for table in db.metadata.sorted_tables]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@pytest.fixture
def path(standard_id: int) -> str:
    return f"/questionnaires/{standard_id}/preview"


def test_only_our_own_page_may_frame_the_preview(desk: Desk, path: str) -> None:
    outer = desk.client.get(f"{desk.root}{path}?language=ar&scheme=dark")
    assert "frame-src 'self'" in outer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in outer.headers["Content-Security-Policy"]
    assert f"{path}/ar/dark" in outer.text
    inner = desk.client.get(f"{desk.root}{path}/ar/dark")
    assert "frame-ancestors 'self'" in inner.headers["Content-Security-Policy"]
    assert inner.headers["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in inner.text


def test_the_first_language_in_light_is_shown_when_something_else_is_asked_for(desk: Desk, path: str) -> None:
    assert f"{path}/de/light" in desk.see(f"{path}?language=xx&scheme=pink").html
    assert desk.see(f"{path}/xx/light").status == 404
    assert desk.see(f"{path}/de/pink").status == 404


def test_nothing_is_stored_when_somebody_answers(desk: Desk, path: str, session: Session) -> None:
    before = rows_of(session)
    opened = desk.see(f"{path}/de/light")
    thanks = desk.send(f"{path}/de/light", opened.fields(), impulses="yes", remarks="Danke")
    assert thanks.status == 200
    assert "Vielen Dank!" in thanks.words
    assert rows_of(session) == before


def test_mistakes_are_shown_as_they_will_be(desk: Desk, path: str) -> None:
    opened = desk.see(f"{path}/en/light").fields()
    empty = desk.send(f"{path}/en/light", opened)
    assert empty.status == 400
    assert "Please answer at least one question before you send." in empty.words
    topics = ["language_education", "transitions", "clubs", "parents"]
    several = desk.send(f"{path}/en/light", opened, topics_wanted=topics, remarks="kept")
    assert several.status == 400
    assert sorted(several.fields().getlist("topics_wanted")) == sorted(topics)
    assert several.fields()["remarks"] == "kept"


def test_answers_stay_when_the_language_changes(desk: Desk, path: str) -> None:
    opened = desk.see(f"{path}/de/light").fields()
    sheet = desk.send(f"{path}/de/light", opened, switch_language="fr", remarks="bleibt")
    assert '<html lang="fr"' in sheet.html
    assert sheet.fields()["remarks"] == "bleibt"


def test_the_rules_of_a_draft_are_previewed_with_their_script(desk: Desk, standard_id: int, path: str) -> None:
    assert "conditions.js" not in desk.see(f"{path}/de/light").html
    rules = f"{root_of(standard_id)}/items/benefit/rules"
    added = desk.fill(rules, new="impulses", refresh="add").fields()
    desk.send(rules, added, **{"rule-0-operator": "in", "rule-0-value": "yes"})
    sheet = desk.see(f"{path}/de/light")
    assert "conditions.js" in sheet.html
    assert "Nur wenn Sie" in sheet.words


def test_a_published_version_can_be_previewed(desk: Desk, version_id: int) -> None:
    assert desk.see(f"/questionnaires/{version_id}/preview").status == 200
    assert desk.see(f"/questionnaires/{version_id}/preview/uk/dark").status == 200
