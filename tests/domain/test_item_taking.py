"""Items from elsewhere, several at once, and their help texts: nothing dangles, nothing of others changes."""

from dataclasses import replace

from factories import standard_questionnaire
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import questionnaires

from survey_app.domain.help_texts import help_of, put_help
from survey_app.domain.item_taking import add_series, list_series, rank_choices, take_items
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType, Questionnaire
from survey_app.domain.questionnaire_document import check_questionnaire
from survey_app.domain.questionnaire_editing import add_item, remove_item

STANDARD = standard_questionnaire()
EMPTY = replace(STANDARD, items=(), texts={})
SILENT = Choice(NO_ANSWER, {"de": "keine Angabe"})
GOOD = (Choice("good", {"de": "gut"}), Choice("bad", {"de": "schlecht"}), SILENT)


@given(questionnaires(), questionnaires(), st.data())
def test_what_is_taken_fits_and_changes_nothing_that_was_there(
    questionnaire: Questionnaire, origin: Questionnaire, data: st.DataObject
) -> None:
    known = [item.code for item in origin.items]
    codes = data.draw(st.lists(st.sampled_from(known), unique=True)) if known else []
    taken = take_items(questionnaire, origin, [*codes, "absent"])
    assert check_questionnaire(taken) == []
    assert taken.items[: len(questionnaire.items)] == questionnaire.items
    new = taken.items[len(questionnaire.items) :]
    assert len(new) == len(codes)
    wanted = [item for item in origin.items if item.code in codes]
    assert [item.texts for item in new] == [item.texts for item in wanted]
    assert [item.options for item in new] == [item.options for item in wanted]


def test_everything_comes_along_when_all_is_taken() -> None:
    taken = take_items(EMPTY, STANDARD, [item.code for item in STANDARD.items])
    assert taken.items == STANDARD.items
    assert set(taken.texts) == {"hint_work"}


def test_a_rule_comes_along_only_with_the_question_that_it_asks() -> None:
    first = Item("mood", ItemType.ONE, {"de": "Wie?"}, options=GOOD)
    second = Item("why", ItemType.TEXT, {"de": "Warum?"}, show_if=(("mood", "=", "bad"),))
    origin = replace(EMPTY, items=(first, second))
    assert take_items(EMPTY, origin, ["mood", "why"]).items == (first, second)
    assert take_items(EMPTY, origin, ["why"]).items == (replace(second, show_if=()),)
    other = replace(EMPTY, items=(replace(first, options=GOOD[:1]),))
    assert take_items(other, origin, ["why"]).items[-1].show_if == ()


def test_help_gets_another_name_when_its_own_says_something_else_here() -> None:
    origin = replace(EMPTY, items=(Item("a", ItemType.TEXT, {"de": "A?"}, hint="help"),), texts={"help": {"de": "so"}})
    here = replace(EMPTY, texts={"help": {"de": "anders"}})
    taken = take_items(here, origin, ["a"])
    assert taken.texts == {"help": {"de": "anders"}, "help_2": {"de": "so"}}
    assert taken.items[0].hint == "help_2"


def test_rows_of_a_series_have_the_same_answers_and_are_found_again() -> None:
    grid = add_series(STANDARD, {"de": "Wie zufrieden sind Sie mit …"}, ["Raum", "Essen", "Zeit"], GOOD)
    assert check_questionnaire(grid) == []
    assert [item.code for item in grid.items[-4:]] == ["wie_zufrieden_sind_sie_mit", "raum", "essen", "zeit"]
    for code in ("raum", "essen", "zeit"):
        assert [item.code for item in list_series(grid, code)] == ["raum", "essen", "zeit"]
    parted = add_item(grid, Item("block", ItemType.BLOCK, {}), before="essen")
    assert list_series(parted, "raum") == ()
    assert [item.code for item in list_series(parted, "zeit")] == ["essen", "zeit"]
    assert list_series(grid, "remarks") == list_series(grid, "absent") == ()


def test_places_of_a_ranking_read_alike_in_every_language() -> None:
    choices = rank_choices(3, ("de", "ar"), SILENT)
    assert [choice.code for choice in choices] == ["rank_1", "rank_2", "rank_3", NO_ANSWER]
    assert choices[1].texts == {"de": "2", "ar": "2"}


@given(questionnaires(), st.data(), st.sampled_from(["", "Ganz kurz.", "x"]))
def test_one_item_is_helped_when_help_is_put(questionnaire: Questionnaire, data: st.DataObject, words: str) -> None:
    assume(questionnaire.items)
    code = data.draw(st.sampled_from([item.code for item in questionnaire.items]))
    helped = put_help(questionnaire, code, words)
    assert check_questionnaire(helped) == []
    item = helped.find_item(code)
    assert item is not None
    assert help_of(helped, item).get(questionnaire.source_language, "") == words
    own = questionnaire.find_item(code)
    assert own is not None
    for key, text in questionnaire.texts.items():
        assert helped.texts.get(key) == text or key == own.hint


def test_help_that_others_show_stays_theirs() -> None:
    shared = [Item(code, ItemType.TEXT, {"de": "?"}, hint="help") for code in ("a", "b")]
    both = replace(EMPTY, items=tuple(shared), texts={"help": {"de": "so", "en": "thus"}})
    changed = put_help(both, "a", "anders")
    assert changed.texts == {"help": {"de": "so", "en": "thus"}, "help_a": {"de": "anders"}}
    assert [item.hint for item in changed.items] == ["help_a", "help"]
    alone = put_help(changed, "b", "auch anders")
    assert alone.texts["help"] == {"de": "auch anders", "en": "thus"}
    assert [item.hint for item in put_help(both, "b", "").items] == ["help", None]


def test_the_title_stays_when_an_item_shows_it_as_help() -> None:
    titled = replace(
        EMPTY, items=(Item("a", ItemType.TEXT, {"de": "?"}, hint="title"),), texts={"title": {"de": "Titel"}}
    )
    assert put_help(titled, "a", "").texts == titled.texts
    assert put_help(titled, "a", "anders").texts == {"title": {"de": "Titel"}, "help_a": {"de": "anders"}}
    assert remove_item(titled, "a").texts == titled.texts
