"""Designing a questionnaire at the coordinators' door: from nothing to the last rule, without scripts."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.domain.questionnaire import ItemType
from survey_app.services.item_library import shipped_questionnaire

from .conftest import Desk
from .design_desk import draft_of, last_item, press_at, root_of


def test_an_empty_questionnaire_has_a_title_and_thanks_when_begun(desk: Desk, empty_id: int) -> None:
    questionnaire = draft_of(desk, empty_id)
    assert (questionnaire.id, questionnaire.version, questionnaire.items) == ("kurze_umfrage", 1, ())
    assert questionnaire.texts["title"] == {"de": "Kurze Umfrage"}
    assert "ar" in questionnaire.texts["thanks"]
    again = desk.fill("/questionnaires/new", title="Kurze Umfrage")
    assert "Kurze Umfrage" in desk.follow(again).words
    assert desk.see("/questionnaires/").words.count("Kurze Umfrage") == 2


def test_a_title_is_asked_for_when_there_is_none(desk: Desk) -> None:
    sheet = desk.fill("/questionnaires/new", title="")
    assert sheet.status == 400
    assert sheet.message_at("title") == "Please fill in this field."


def test_the_standard_is_a_draft_in_all_its_languages_when_chosen(desk: Desk) -> None:
    page = desk.see("/questionnaires/new")
    token = page.fields()["csrf_token"]
    sheet = desk.post(f"{desk.root}/questionnaires/new", {"csrf_token": token, "begin": "standard"})
    version_id = int(sheet.location.split("/draft/")[0].rsplit("/", 1)[1])
    assert draft_of(desk, version_id) == shipped_questionnaire().with_modules()


FORMS = {
    "one": {"options-0-words": "ja, sehr", "options-1-words": "nein"},
    "many": {"options-0-words": "Kita", "options-1-words": "keines", "options-1-exclusive": "1", "max_choices": "1"},
    "yes_no": {},
    "scale": {"options-3-beside": "1"},
    "number": {"minimum": "0", "maximum": "1,5", "classes-0-words": "wenig", "classes-0-high": "0,5"},
    "date": {"classes-0-words": "früher", "classes-0-high": "2020-01-31"},
    "text": {"max_length": "80"},
    "long_text": {},
    "block": {},
}


@pytest.mark.parametrize("kind", FORMS)
def test_every_kind_of_question_can_be_written_without_a_script(desk: Desk, empty_id: int, kind: str) -> None:
    sheet = desk.fill(f"{root_of(empty_id)}/add/{kind}", text="Wie war es heute?", help="Ganz kurz.", **FORMS[kind])
    assert "Wie war es heute?" in desk.follow(sheet).words
    item = last_item(desk, empty_id)
    assert item.code == "wie_war_es_heute"
    assert draft_of(desk, empty_id).texts[item.hint or ""] == {"de": "Ganz kurz."}
    if item.options:
        assert item.options[-1].code == "no_answer"
        assert item.options[-1].texts["uk"] == "без відповіді"
    edited = desk.fill(f"{root_of(empty_id)}/items/{item.code}/", text="Wie war es?")
    assert edited.status == 303
    assert last_item(desk, empty_id).code == "wie_war_es_heute"
    assert last_item(desk, empty_id).texts == {"de": "Wie war es?"}
    assert last_item(desk, empty_id).options == item.options
    assert last_item(desk, empty_id).classes == item.classes


def test_answers_bring_their_translations_when_the_library_has_them(desk: Desk, empty_id: int) -> None:
    desk.fill(f"{root_of(empty_id)}/add/yes_no", text="Neue Impulse?")
    item = last_item(desk, empty_id)
    assert [choice.code for choice in item.options] == ["ja", "nein", "no_answer"]
    assert [choice.texts["fr"] for choice in item.options] == ["oui", "non", "sans réponse"]


def test_details_of_a_question_are_kept_when_written(desk: Desk, empty_id: int) -> None:
    desk.fill(
        f"{root_of(empty_id)}/add/many",
        text="Was fehlt?",
        not_applicable="y",
        not_applicable_words="betrifft mich nicht",
        no_answer=None,
        shuffle="y",
        key_variable="y",
        sensitive="y",
        module="Zusatz",
        **{"options-0-words": "Kurse", "options-1-words": "Geld", "options-1-beside": "1", "max_choices": "9"},
    )
    item = last_item(desk, empty_id)
    assert [(one.code, one.leaves_base, one.text_length) for one in item.options] == [
        ("kurse", False, None),
        ("geld", False, 80),
        ("not_applicable", True, None),
    ]
    assert item.options[-1].texts == {"de": "betrifft mich nicht"}
    assert dict(item.key_variable) == {code: (code,) for code in ("kurse", "geld", "not_applicable")}
    assert (item.sensitive, item.shuffle, item.module, item.max_choices) == (True, True, "Zusatz", None)


def test_ways_out_come_with_their_translations_and_stay_by_themselves(desk: Desk, empty_id: int) -> None:
    answers = {"options-0-words": "Kurse", "options-1-words": "Geld"}
    desk.fill(f"{root_of(empty_id)}/add/many", text="Was fehlt?", not_applicable="y", **answers)
    away, silent = last_item(desk, empty_id).options[-2:]
    assert (away.code, away.texts["uk"], away.leaves_base, away.exclusive) == (
        "not_applicable", "не стосується", True, True
    )  # fmt: skip
    assert (silent.code, silent.texts["uk"], silent.leaves_base, silent.exclusive) == (
        "no_answer", "без відповіді", False, True
    )  # fmt: skip
    desk.fill(f"{root_of(empty_id)}/items/was_fehlt/", not_applicable=None, no_answer=None)
    assert [choice.code for choice in last_item(desk, empty_id).options] == ["kurse", "geld"]


def test_nothing_typed_is_lost_when_something_is_missing(desk: Desk, empty_id: int) -> None:
    sheet = desk.fill(f"{root_of(empty_id)}/add/one", text="", **{"options-0-words": "gut"})
    assert sheet.status == 400
    assert sheet.message_at("text") == "Please fill in this field."
    assert sheet.fields()["options-0-words"] == "gut"
    sheet = desk.fill(f"{root_of(empty_id)}/add/one", text="Wie?")
    assert sheet.message_at("options") == "Please enter at least one answer."
    wrong = {"classes-0-words": "falsch", "classes-0-low": "9", "classes-0-high": "1", "classes-1-words": "auch"}
    sheet = desk.fill(f"{root_of(empty_id)}/add/number", text="Wie viele?", **wrong, **{"classes-1-low": "x"})
    assert sheet.status == 400
    assert "The class ends before it begins." in sheet.message_at("classes")
    assert sheet.fields()["classes-1-low"] == "x"
    assert draft_of(desk, empty_id).items == ()
    sheet = desk.fill(f"{root_of(empty_id)}/add/number", text="Wie viele?", minimum="5", maximum="1")
    assert "The smallest number is larger than the largest one." in sheet.words


def test_rows_move_and_go_when_their_buttons_are_pressed(desk: Desk, empty_id: int) -> None:
    path = f"{root_of(empty_id)}/add/one"
    fields = desk.see(path).fields()
    for number, words in enumerate(("a", "b", "c")):
        fields[f"options-{number}-words"] = words
    moved = desk.send(path, fields, refresh="options:up:1")
    assert [moved.fields()[f"options-{number}-words"] for number in range(3)] == ["b", "a", "c"]
    removed = desk.send(path, moved.fields(), refresh="options:remove:0")
    assert [removed.fields()[f"options-{number}-words"] for number in range(3)] == ["a", "c", ""]
    for pressed in ("options:up:0", "options:down:99", "options:remove:x", "nothing", "options"):
        assert desk.send(path, removed.fields(), refresh=pressed).status == 200


def test_a_grid_and_a_ranking_become_questions_with_the_same_answers(desk: Desk, empty_id: int) -> None:
    rows = {"text": "Wie zufrieden sind Sie?", "things-0-words": "Raum", "things-1-words": "Essen"}
    assert desk.fill(f"{root_of(empty_id)}/add-grid", **rows).status == 303
    block, room, food = draft_of(desk, empty_id).items
    assert (block.type, room.type, room.options) == (ItemType.BLOCK, ItemType.ONE, food.options)
    assert desk.fill(f"{root_of(empty_id)}/add-ranking", **rows).status == 303
    ranked = draft_of(desk, empty_id).items[-1]
    assert [choice.code for choice in ranked.options] == ["rank_1", "rank_2", "no_answer"]
    sheet = desk.fill(f"{root_of(empty_id)}/items/{room.code}/", whole_series="y", **{"options-0-words": "super"})
    assert sheet.status == 303
    assert [one.options[0].texts["de"] for one in draft_of(desk, empty_id).items[1:3]] == ["super", "super"]
    sheet = desk.fill(f"{root_of(empty_id)}/add-grid", text="Nur eine?", **{"things-0-words": "Raum"})
    assert sheet.message_at("things") == "Please enter 2 to 12 rows."


def test_items_come_from_the_library_with_their_translations(desk: Desk, empty_id: int) -> None:
    path = f"{root_of(empty_id)}/library"
    assert desk.fill(path).status == 400
    sheet = desk.fill(path, items=["shipped:topics_central", "shipped:remarks", "shipped:absent", "x"])
    assert sheet.status == 303
    shipped = shipped_questionnaire()
    assert draft_of(desk, empty_id).items == (shipped.find_item("topics_central"), shipped.find_item("remarks"))
    assert draft_of(desk, empty_id).texts["hint_work"] == shipped.texts["hint_work"]
    assert "in the draft already" in desk.see(path).words


def test_words_around_the_questions_change_and_conflict(desk: Desk, standard_id: int) -> None:
    path = f"{root_of(standard_id)}/texts"
    opened = desk.see(path).fields()
    assert desk.fill(path, title="Neuer Titel", introduction="").status == 303
    texts = draft_of(desk, standard_id).texts
    assert texts["title"]["de"] == "Neuer Titel"
    assert texts["title"]["en"] == shipped_questionnaire().texts["title"]["en"]
    assert "introduction" not in texts
    sheet = desk.send(path, opened, title="Anderer Titel")
    assert sheet.status == 409
    assert "Neuer Titel" in sheet.words
    assert desk.send(path, sheet.fields()).status == 303
    assert desk.fill(path, title="").message_at("title") == "Please fill in this field."


def test_languages_come_and_go_without_losing_their_wording(desk: Desk, standard_id: int) -> None:
    path = f"{root_of(standard_id)}/languages"
    assert desk.fill(path, languages=["uk", "ro"]).status == 303
    questionnaire = draft_of(desk, standard_id)
    assert questionnaire.languages == ("de", "uk", "ro")
    assert questionnaire.texts["title"]["fr"]
    words = desk.see(path).words
    assert "no wording yet" in words
    assert "complete" in words
    assert desk.fill(path, languages=["xx-nonsense"]).status == 400


def test_the_draft_goes_when_it_is_discarded(desk: Desk, empty_id: int) -> None:
    assert desk.fill(f"{root_of(empty_id)}/discard").status == 303
    assert desk.see(f"{root_of(empty_id)}/").status == 404


def test_a_published_version_has_no_draft_pages(desk: Desk, version_id: int) -> None:
    assert desk.see(f"{root_of(version_id)}/").status == 302
    for page in ("add", "add/one", "items/impulses/", "items/impulses/rules", "texts", "languages", "library"):
        assert desk.see(f"{root_of(version_id)}/{page}").status == 409, page
    copied = desk.press("/questionnaires/", f"{version_id}/copy")
    assert "version 2" in desk.follow(copied).words


def test_unknown_items_are_not_found(desk: Desk, standard_id: int) -> None:
    for page in ("", "remove", "rules"):
        assert desk.see(f"{root_of(standard_id)}/items/absent/{page}").status == 404
    assert press_at(desk, standard_id, "absent", "move", up="1").status == 404
    assert press_at(desk, standard_id, "absent", "copy").status == 404


def test_viewers_do_not_design(sign_in: Callable[..., FlaskClient], network: Network, standard_id: int) -> None:
    client = sign_in(network, Role.VIEWER)
    assert client.get(f"/n/freiburg{root_of(standard_id)}/").status_code == 403
