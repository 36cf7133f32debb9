"""Looking a draft over and publishing it at the coordinators' door."""

import re
from pathlib import Path

from factories import publish_standard
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from survey_app.coordinators.designer.advice_words import known_advice
from survey_app.domain import design_check
from survey_app.domain.design_check import check_design
from survey_app.domain.questionnaire_editing import add_item
from survey_app.extensions import db
from survey_app.services import questionnaire_design as design
from survey_app.services.item_library import shipped_questionnaire
from survey_app.services.questionnaire_design import Step
from survey_app.storage.questionnaires import load_questionnaire

from .conftest import Desk
from .design_desk import draft_of, root_of


def test_a_changed_version_is_published_when_nothing_is_missing(desk: Desk, standard_id: int) -> None:
    desk.fill(f"{root_of(standard_id)}/items/impulses/remove")
    page = desk.see(f"{root_of(standard_id)}/publish")
    assert "removed" in page.words
    sheet = desk.fill(f"{root_of(standard_id)}/publish")
    assert sheet.status == 303
    desk.session.rollback()
    stored = load_questionnaire(desk.session, standard_id, network_id=desk.network.id)
    assert (stored.override_reason, stored.questionnaire.version) == ("", 2)
    assert "version 2" in desk.see("/questionnaires/").words
    assert desk.see(f"{root_of(standard_id)}/publish").status == 409


def test_gaps_are_listed_and_need_a_reason(desk: Desk, standard_id: int) -> None:
    desk.fill(f"{root_of(standard_id)}/items/impulses/", text="Neue Impulse?")
    desk.fill(f"{root_of(standard_id)}/add/text", text="Noch etwas?")
    page = desk.see(f"{root_of(standard_id)}/publish")
    assert "1 text missing" in page.words
    assert "1 text outdated" in page.words
    assert "outdated: 7. Neue Impulse?" in page.words
    refused = desk.fill(f"{root_of(standard_id)}/publish")
    assert refused.status == 409
    assert "say why it is published all the same" in refused.words
    too_long = desk.fill(f"{root_of(standard_id)}/publish", reason="x" * 501)
    assert too_long.status == 400
    assert desk.fill(f"{root_of(standard_id)}/publish", reason="Die Übersetzerin ist krank.").status == 303
    desk.session.rollback()
    stored = load_questionnaire(desk.session, standard_id, network_id=desk.network.id)
    assert stored.override_reason == "Die Übersetzerin ist krank."


def test_an_empty_questionnaire_cannot_be_published(desk: Desk, empty_id: int) -> None:
    page = desk.see(f"{root_of(empty_id)}/publish")
    assert "The questionnaire asks nothing yet." in page.words
    assert desk.fill(f"{root_of(empty_id)}/publish", reason="Eilt.").status == 409


def test_optional_parts_are_left_out_unless_a_rule_asks_for_them(desk: Desk, standard_id: int) -> None:
    desk.fill(f"{root_of(standard_id)}/items/impulses/", module="Zusatz")
    rules = f"{root_of(standard_id)}/items/benefit/rules"
    desk.send(rules, desk.fill(rules, new="impulses", refresh="add").fields(), **{"rule-0-operator": "present"})
    refused = desk.fill(f"{root_of(standard_id)}/publish", modules=None)
    assert refused.status == 409
    assert "A rule asks for a question" in refused.message_at("modules")
    assert desk.fill(f"{root_of(standard_id)}/publish", modules="elsewhere").status == 400
    desk.send(rules, desk.fill(rules, refresh="remove:0").fields())
    assert desk.fill(f"{root_of(standard_id)}/publish", modules=None).status == 303
    assert draft_of(desk, standard_id).find_item("impulses") is None
    assert draft_of(desk, standard_id).find_item("benefit") is not None


def test_a_draft_that_changed_is_read_again_before_it_is_published(desk: Desk, standard_id: int) -> None:
    opened = desk.see(f"{root_of(standard_id)}/publish").fields()
    desk.fill(f"{root_of(standard_id)}/items/impulses/remove")
    sheet = desk.send(f"{root_of(standard_id)}/publish", opened)
    assert sheet.status == 409
    assert "Please read it again" in sheet.words
    assert desk.send(f"{root_of(standard_id)}/publish", sheet.fields()).status == 303


def test_advice_and_time_are_shown(desk: Desk, standard_id: int, empty_id: int) -> None:
    page = desk.see(f"{root_of(standard_id)}/check")
    assert "Two thoughts in one question" in page.words
    assert "2:23" in page.words
    assert "3:03" in page.words
    desk.fill(f"{root_of(empty_id)}/texts", introduction="Kurz.")
    assert "Nothing stands out" in desk.see(f"{root_of(empty_id)}/check").words


def test_every_advice_has_words() -> None:
    source = Path(design_check.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r'Advice\(\s*"(\w+)"', source)) == known_advice()


def test_versions_are_compared_side_by_side(desk: Desk, standard_id: int, empty_id: int) -> None:
    desk.fill(f"{root_of(standard_id)}/items/impulses/", text="Neue Impulse?", **{"options-0-words": "klar"})
    path = f"/questionnaires/{standard_id}/changes"
    page = desk.see(path)
    assert "Neue Impulse?" in page.words
    assert "klar" in page.words
    assert "Haben Sie durch das Netzwerk Impulse" in page.words
    other = desk.see(f"{path}?since={empty_id}")
    assert "added" in other.words
    assert "Français" in other.words
    for since in ("x", "999", str(standard_id)):
        assert desk.see(f"{path}?since={since}").status == 200
    assert "No version was published before" in desk.see(f"/questionnaires/{empty_id}/changes").words


PAGES = (
    "", "add", "add/one", "add-grid", "library", "texts", "languages", "check", "publish", "discard",
    "items/topics_wanted/", "items/topics_wanted/rules", "items/topics_wanted/remove",
)  # fmt: skip


def test_no_page_asks_the_database_more_than_ten_times(app: Flask, desk: Desk, session: Session) -> None:
    publish_standard(session, desk.network)
    version_id = design.start_draft(session, shipped_questionnaire(), network_id=desk.network.id)
    large = draft_of(desk, version_id)
    while len(large.items) < 60:
        large = add_item(large, large.items[len(large.items) % 16])
    design.change_draft(session, version_id, lambda _one: large, network_id=desk.network.id, step=Step("items_added"))
    assert (len(large.items), len(large.languages)) == (60, 9)
    assert len(check_design(large)) > 3
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    paths = [f"{root_of(version_id)}/{page}" for page in PAGES]
    for path in (*paths, "/questionnaires/", "/questionnaires/new", f"/questionnaires/{version_id}/changes"):
        statements.clear()
        assert desk.see(path).status == 200, path
        assert 0 < len([one for one in statements if not one.startswith(("BEGIN", "PRAGMA"))]) <= 10, (path, statements)
