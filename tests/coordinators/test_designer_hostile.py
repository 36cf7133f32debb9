"""No form of the designer, however damaged, makes a server error or an unreadable draft."""

import random

import pytest

from survey_app.domain.questionnaire_document import parse_questionnaire, write_questionnaire

from .conftest import Desk
from .design_desk import draft_of, root_of
from .test_hostile import NASTY, damage

POSTS = 200
PAGES = (
    "add/one", "add/many", "add/number", "add/date", "add/text", "add/block", "add-grid", "add-ranking", "texts",
    "languages", "library", "items/topics_wanted/", "items/missing_offer/", "items/benefit/rules", "publish",
)  # fmt: skip
BUTTONS = (
    "options:up:1",
    "options:remove:0",
    "classes:add:0",
    "add",
    "remove:0",
    "x",
    "options:up:99999",
    "things:down:-1",
)


@pytest.mark.both_databases
def test_a_damaged_form_is_answered_with_a_page(desk: Desk, standard_id: int) -> None:
    chance = random.Random(11)
    whole = {page: desk.see(f"{root_of(standard_id)}/{page}").fields() for page in PAGES}
    for _post in range(POSTS):
        page = chance.choice(PAGES[:-1])
        damaged = damage(whole[page], chance)
        for name in ("refresh", "new", "rule-0-field", "rule-0-operator", "rule-0-value", "options-0-words", "before"):
            if chance.random() < 0.2:
                damaged.add(name, chance.choice((*NASTY, *BUTTONS, "impulses", "in", "present")))
        sheet = desk.send(f"{root_of(standard_id)}/{page}", damaged)
        assert sheet.status in (200, 303, 400, 409), (page, damaged)
    questionnaire = draft_of(desk, standard_id)
    assert parse_questionnaire(write_questionnaire(questionnaire)) == questionnaire
    assert desk.see(f"{root_of(standard_id)}/").status == 200
    assert desk.see(f"{root_of(standard_id)}/check").status == 200


@pytest.mark.parametrize("typed", ["1e999999999", "9" * 400, "nan", "Infinity", "1e-99", "--5", "²", "x"])
def test_a_number_is_refused_when_it_is_none_that_people_write(desk: Desk, empty_id: int, typed: str) -> None:
    path = f"{root_of(empty_id)}/add/number"
    classes = {"classes-0-words": "viel", "classes-0-low": typed}
    assert desk.fill(path, text="Wie viele?", **classes).status == 400
    assert desk.fill(path, text="Wie viele?", minimum=typed).status == 400
    assert desk.fill(path, text="Wie viele?").status == 303
    assert desk.fill(f"{root_of(empty_id)}/add/text", text="Wie?").status == 303
    rules = f"{root_of(empty_id)}/items/wie/rules"
    opened = desk.fill(rules, new="wie_viele", refresh="add").fields()
    assert desk.send(rules, opened, **{"rule-0-operator": ">=", "rule-0-value": typed}).status == 400


def test_rows_are_refused_when_they_are_too_long(desk: Desk, empty_id: int) -> None:
    sheet = desk.fill(f"{root_of(empty_id)}/add/one", text="Wie?", **{"options-0-words": "x" * 301})
    assert sheet.status == 400
    assert "This text is too long" in sheet.message_at("options")
    assert sheet.fields()["options-0-words"] == "x" * 301
