"""Differences between versions: complete, minimal, and empty only for equal ones."""

from dataclasses import replace

from factories import standard_questionnaire
from hypothesis import given
from strategies import questionnaires

from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.questionnaire import Item, ItemType, Questionnaire
from survey_app.domain.questionnaire_comparison import (
    Difference,
    PartDifference,
    compare_languages,
    compare_questionnaires,
)
from survey_app.domain.questionnaire_editing import (
    add_item,
    place_item,
    put_show_if,
    put_text,
    put_wording,
    remove_item,
)

STANDARD = standard_questionnaire()


@given(questionnaires())
def test_nothing_differs_when_both_are_the_same(questionnaire: Questionnaire) -> None:
    assert compare_questionnaires(questionnaire, questionnaire) == ()
    assert compare_languages(questionnaire, questionnaire) == ((), ())


@given(questionnaires(), questionnaires())
def test_every_item_that_came_or_went_is_named(before: Questionnaire, after: Questionnaire) -> None:
    found = {(one.code, one.kind) for one in compare_questionnaires(before, after) if one.is_item}
    old, new = ({item.code for item in one.items} for one in (before, after))
    assert {code for code, kind in found if kind is Difference.ADDED} == new - old
    assert {code for code, kind in found if kind is Difference.REMOVED} == old - new


def test_a_change_names_the_languages_it_concerns() -> None:
    changed = put_wording(put_wording(STANDARD, "impulses.yes", "fr", "bien sûr"), "benefit", "de", "Wie nützlich?")
    assert compare_questionnaires(STANDARD, changed) == (
        PartDifference("impulses", Difference.CHANGED, languages=("fr",)),
        PartDifference("benefit", Difference.CHANGED, languages=("de",)),
    )


def test_a_rule_is_more_than_wording() -> None:
    ruled = put_show_if(STANDARD, "benefit", (Condition("impulses", Operator.EQUAL, "yes"),))
    assert compare_questionnaires(STANDARD, ruled) == (
        PartDifference("benefit", Difference.CHANGED, is_structural=True),
    )


def test_only_the_item_that_moved_is_named() -> None:
    moved = place_item(STANDARD, "remarks", position=0)
    assert compare_questionnaires(STANDARD, moved) == (PartDifference("remarks", Difference.MOVED),)


def test_texts_come_first_and_removed_items_last() -> None:
    after = put_text(STANDARD, "introduction", None)
    after = add_item(remove_item(after, "impulses"), Item("new", ItemType.TEXT, {"de": "Neu?"}))
    kinds = [(one.code, one.kind) for one in compare_questionnaires(STANDARD, after)]
    assert kinds == [
        ("introduction", Difference.REMOVED),
        ("new", Difference.ADDED),
        ("impulses", Difference.REMOVED),
    ]


def test_languages_that_came_and_went_are_named() -> None:
    assert compare_languages(STANDARD, replace(STANDARD, languages=("de", "ro"))) == (("ro",), STANDARD.languages[1:])
