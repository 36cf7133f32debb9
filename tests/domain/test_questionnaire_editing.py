"""Changing one thing in a questionnaire: codes stay, references follow, what is asked for does not go silently."""

from dataclasses import replace

import pytest
from factories import standard_questionnaire
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import questionnaires

from survey_app.domain import questionnaire_editing as editing
from survey_app.domain.code_making import make_code
from survey_app.domain.condition_checks import check_conditions
from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.errors import InvalidDocument
from survey_app.domain.item_document import RESERVED_CODES
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType, Questionnaire
from survey_app.domain.questionnaire_document import (
    check_questionnaire,
    list_texts,
    parse_questionnaire,
    write_questionnaire,
)

STANDARD = standard_questionnaire()
MOOD = Item("mood", ItemType.ONE, {"de": "Wie war es?"}, options=(Choice("good", {"de": "gut"}), Choice("bad", {})))
WHY = Item("why", ItemType.TEXT, {"de": "Warum?"}, show_if=(Condition("mood", Operator.EQUAL, "bad"),))
SMALL = Questionnaire("small", 1, "de", ("de", "en"), (MOOD, WHY), {"title": {"de": "Kurz", "en": "Short"}})


def codes(questionnaire: Questionnaire) -> list[str]:
    return [item.code for item in questionnaire.items]


def item_of(questionnaire: Questionnaire, code: str) -> Item:
    found = questionnaire.find_item(code)
    assert found is not None
    return found


@given(st.text(max_size=200), st.sets(st.sampled_from(["question", "question_2", "wie_war_es", "lang"])))
def test_a_code_is_one_the_format_takes_when_made_of_any_text(words: str, taken: set[str]) -> None:
    code = make_code(words, taken, otherwise="question")
    assert code not in taken | RESERVED_CODES | {NO_ANSWER}
    item = Item(code, ItemType.BLOCK, {})
    questionnaire = Questionnaire("q", 1, "de", ("de",), (item,))
    assert parse_questionnaire(write_questionnaire(questionnaire)) == questionnaire


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Wie groß ist der Nutzen des Netzwerks für Ihre Arbeit?", "wie_gross_ist_der_nutzen_des"),
        ("Übergänge (Kita, Schule)", "uebergaenge_kita_schule"),
        ("3 Wünsche", "question_3_wuensche"),
        ("ما رأيك؟", "question"),
        ("lang", "lang_2"),
        ("Donaudampfschifffahrtsgesellschaftskapitän", "donaudampfschifffahrtsgesell"),
    ],
)
def test_a_code_reminds_of_its_text_when_it_has_latin_letters(words: str, code: str) -> None:
    assert make_code(words, set(), otherwise="question") == code


@given(questionnaires(), st.data())
def test_an_item_gets_a_code_of_its_own_when_added(questionnaire: Questionnaire, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([*codes(questionnaire), None]))
    choices = (Choice("", {"de": "ja"}), Choice("", {"de": "ja"}), Choice(NO_ANSWER, {}))
    item = Item("", ItemType.ONE, {questionnaire.source_language: "Und sonst?"}, options=choices)
    added = editing.add_item(questionnaire, item, before=place)
    assert check_questionnaire(added) == check_questionnaire(questionnaire) == []
    (new,) = set(codes(added)) - set(codes(questionnaire))
    assert len({choice.code for choice in item_of(added, new).options}) == 3
    assert editing.remove_item(added, new) == questionnaire
    if place is not None:
        assert codes(added).index(new) == codes(questionnaire).index(place)


@given(questionnaires(), st.data())
def test_others_keep_their_order_when_an_item_is_placed(questionnaire: Questionnaire, data: st.DataObject) -> None:
    assume(questionnaire.items)
    code = data.draw(st.sampled_from(codes(questionnaire)))
    position = data.draw(st.integers(-2, len(questionnaire.items) + 2))
    others = [item for item in questionnaire.items if item.code != code]
    others.insert(max(0, min(position, len(others))), item_of(questionnaire, code))
    wrong = {problem.code for problem in check_conditions(replace(questionnaire, items=tuple(others)))}
    if "condition_on_later_item" in wrong:
        with pytest.raises(InvalidDocument, match="item_needs_earlier"):
            editing.place_item(questionnaire, code, position=position)
        return
    placed = editing.place_item(questionnaire, code, position=position)
    assert check_questionnaire(placed) == []
    without = [one for one in codes(questionnaire) if one != code]
    assert [one for one in codes(placed) if one != code] == without
    assert item_of(placed, code) == item_of(questionnaire, code)
    assert codes(placed).index(code) == max(0, min(position, len(without)))


@given(questionnaires(), st.data())
def test_an_item_comes_back_to_its_place_when_moved_down_and_up(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    assume(questionnaire.items)
    code = data.draw(st.sampled_from(codes(questionnaire)))
    try:
        moved = editing.move_item(questionnaire, code, up=False)
    except InvalidDocument:
        return
    is_last = codes(questionnaire)[-1] == code
    assert (moved == questionnaire) == is_last
    if not is_last:
        assert editing.move_item(moved, code, up=True) == questionnaire


@given(questionnaires(), st.data())
def test_a_draft_stays_readable_when_an_item_is_removed(questionnaire: Questionnaire, data: st.DataObject) -> None:
    assume(questionnaire.items)
    code = data.draw(st.sampled_from(codes(questionnaire)))
    removed = editing.remove_item(questionnaire, code)
    assert check_questionnaire(removed) == []
    assert codes(removed) == [one for one in codes(questionnaire) if one != code]
    assert not editing.list_dependents(removed, code)


@given(questionnaires(), st.data())
def test_a_copy_stands_behind_its_original_when_copied(questionnaire: Questionnaire, data: st.DataObject) -> None:
    assume(questionnaire.items)
    code = data.draw(st.sampled_from(codes(questionnaire)))
    copied, new = editing.copy_item(questionnaire, code)
    assert check_questionnaire(copied) == []
    assert codes(copied).index(new) == codes(copied).index(code) + 1
    assert item_of(copied, new).options == item_of(questionnaire, code).options
    assert item_of(copied, new).show_if == item_of(questionnaire, code).show_if
    assert replace(copied, items=tuple(item for item in copied.items if item.code != new)) == questionnaire


@given(questionnaires(), questionnaires(), st.data())
def test_translations_stay_when_an_earlier_state_comes_back(
    past: Questionnaire, present: Questionnaire, data: st.DataObject
) -> None:
    both = replace(present, items=past.items, texts=past.texts, source_language=past.source_language)
    language = data.draw(st.sampled_from(["en", "ar"]))
    assume(language != past.source_language)
    translated = editing.map_texts(both, lambda path, text: editing.reword(text, language, f"neu {path}"))
    kept = editing.keep_translations(past, translated)
    assert [path for path, _text in list_texts(kept)] == [path for path, _text in list_texts(past)]
    for (path, text), (_path, before) in zip(list_texts(kept), list_texts(past), strict=True):
        assert text.get(past.source_language) == before.get(past.source_language)
        assert text[language] == f"neu {path}"


@given(questionnaires(), st.data())
def test_one_text_changes_when_one_is_worded(questionnaire: Questionnaire, data: st.DataObject) -> None:
    texts = dict(list_texts(questionnaire))
    assume(texts)
    path = data.draw(st.sampled_from(sorted(texts)))
    worded = dict(list_texts(editing.put_wording(questionnaire, path, "en", "anders")))
    assert worded == {**texts, path: {**texts[path], "en": "anders"}}
    emptied = dict(list_texts(editing.put_wording(questionnaire, path, "en", "")))
    assert "en" not in emptied[path]


@pytest.mark.parametrize("path", ["texts.absent", "texts", "absent", "mood.absent", "why.mood", ""])
def test_a_text_is_unknown_when_there_is_no_such_path(path: str) -> None:
    with pytest.raises(KeyError):
        editing.put_wording(SMALL, path, "en", "anders")


def test_codes_stay_when_all_words_of_an_item_change() -> None:
    options = (Choice("good", {"de": "prima"}), Choice("", {"de": "mäßig"}), Choice("bad", {"de": "mies"}))
    changed = editing.change_item(SMALL, "mood", replace(MOOD, code="ignored", texts={"de": "Neu"}, options=options))
    assert codes(changed) == ["mood", "why"]
    assert [choice.code for choice in item_of(changed, "mood").options] == ["good", "maessig", "bad"]


def test_a_choice_is_kept_when_another_item_depends_on_it() -> None:
    with pytest.raises(InvalidDocument) as caught:
        editing.put_options(SMALL, "mood", MOOD.options[:1])
    assert [(one.code, one.parameters) for one in caught.value.problems] == [
        ("choice_is_needed", {"value": "bad", "item": "why"})
    ]
    assert len(item_of(editing.put_options(SMALL, "mood", MOOD.options[1:]), "mood").options) == 1


def test_what_depends_on_an_item_is_asked_always_when_it_is_removed() -> None:
    assert [item.code for item in editing.list_dependents(SMALL, "mood")] == ["why"]
    assert item_of(editing.remove_item(SMALL, "mood"), "why").show_if == ()


def test_an_item_stays_behind_what_it_depends_on_when_moved() -> None:
    for move in (lambda: editing.move_item(SMALL, "why", up=True), lambda: editing.move_item(SMALL, "mood", up=False)):
        with pytest.raises(InvalidDocument) as caught:
            move()
        (problem,) = caught.value.problems
        assert (problem.code, problem.parameters) == ("item_needs_earlier", {"item": "why", "value": "mood"})


def test_help_goes_with_the_last_item_that_shows_it_when_removed() -> None:
    hinted = replace(SMALL, items=(replace(MOOD, hint="help"), replace(WHY, hint="help")), texts={"help": {"de": "so"}})
    once = editing.remove_item(hinted, "why")
    assert "help" in once.texts
    assert "help" not in editing.remove_item(once, "mood").texts


def test_classes_lose_what_is_gone_when_choices_go() -> None:
    item = replace(MOOD, key_variable={"all": ("good", "bad"), "sad": ("bad",)})
    free = replace(SMALL, items=(item,))
    assert item_of(editing.put_options(free, "mood", MOOD.options[:1]), "mood").key_variable == {"all": ("good",)}


def test_shipped_items_keep_their_codes_when_taken_over() -> None:
    empty = replace(STANDARD, items=())
    for item in STANDARD.items:
        empty = editing.add_item(empty, item)
    assert empty == STANDARD
    twice = editing.add_item(STANDARD, STANDARD.items[0])
    assert twice.items[-1].code == "attendance_count_2"


def test_one_property_changes_when_it_is_put() -> None:
    by_mood = editing.put_key_variable(SMALL, "mood", editing.break_down_by(MOOD))
    assert item_of(by_mood, "mood").key_variable == {"good": ("good",), "bad": ("bad",)}
    assert item_of(editing.put_key_variable(by_mood, "mood", {}), "mood") == MOOD
    assert item_of(editing.put_module(SMALL, "why", "deep"), "why").module == "deep"
    assert editing.put_module(editing.put_module(SMALL, "why", "deep"), "why", "") == SMALL
    assert item_of(editing.put_show_if(SMALL, "why", ()), "why").show_if == ()
