"""XLSForms: what is written is read again, pyxform accepts it, and whatever differs is listed."""

import warnings
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert
from strategies import questionnaires

from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType, Questionnaire
from survey_app.files.xlsform_reading import read_xlsform
from survey_app.files.xlsform_writing import write_xlsform

LISTED_ALWAYS = {"status", "reviewed"}
MAY_BE_LISTED = LISTED_ALWAYS | {
    "item.version",
    "item.number",
    "item.sensitive",
    "item.indicators",
    "item.module",
    "item.classes",
    "item.key_variable",
    "item.equivalent_to",
    "choice.leaves_base",
    "choice.set_off",
    "choice.last",
}
"""What an XLSForm has no place for; everything else has to come back."""


def convert_strictly(data: bytes) -> str:
    """Return the XForm that pyxform makes of a form."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return str(convert(data, file_type=".xlsx").xform)


def without_words_that_are_none(text: dict[str, str]) -> dict[str, str]:
    return {tag: words for tag, words in text.items() if words}


def carried(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire without what no XLSForm can say."""
    texts = {key: without_words_that_are_none(text) for key, text in questionnaire.texts.items()}
    return replace(
        questionnaire,
        status={},
        reviewed={},
        texts=texts,
        items=tuple(carried_item(item, texts) for item in questionnaire.items),
    )


def carried_item(item: Item, texts: dict[str, dict[str, str]]) -> Item:
    asks = item.type is not ItemType.BLOCK
    shown = texts.get(item.hint or "") or None
    return replace(
        item,
        texts=without_words_that_are_none(item.texts),
        version=1,
        number=None,
        sensitive=False,
        indicators=(),
        module=None,
        classes=(),
        key_variable={},
        equivalent_to=(),
        hint=next((key for key, text in texts.items() if text == shown), None),
        required=item.required and asks,
        shuffle=item.shuffle and item.is_closed,
        options=tuple(
            Choice(
                choice.code,
                without_words_that_are_none(choice.texts),
                set_off=choice.code == NO_ANSWER,
                exclusive=choice.code == NO_ANSWER or (choice.exclusive and item.type is ItemType.MANY),
                text_length=choice.text_length,
            )
            for choice in item.options
        ),
        show_if=tuple(map(simple, item.show_if)),
    )


def simple(condition: Condition) -> Condition:
    """Return "a" for "one of (a)"."""
    if condition.operator is Operator.IN and len(set(condition.value)) == 1:
        return Condition(condition.field, Operator.EQUAL, condition.value[0])
    return condition


def normalised(questionnaire: Questionnaire) -> Questionnaire:
    return replace(
        questionnaire,
        items=tuple(replace(item, show_if=tuple(map(simple, item.show_if))) for item in questionnaire.items),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires().filter(lambda one: bool(one.items)))
def test_a_questionnaire_comes_back_but_for_what_is_listed_when_written(questionnaire: Questionnaire) -> None:
    export = write_xlsform(questionnaire)
    result = read_xlsform(export.data)
    assert normalised(result.questionnaire) == carried(questionnaire)
    listed = {problem.place for problem in export.losses}
    unavoidable = {"item.required", "item.shuffle", "item.hint", "choice.exclusive"}
    assert listed <= MAY_BE_LISTED | unavoidable
    assert ("status" in listed) == bool(questionnaire.status)
    assert [note.code for note in result.notes] == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires().filter(lambda one: bool(one.items)))
def test_pyxform_accepts_every_form_when_written(questionnaire: Questionnaire) -> None:
    assert "<h:html" in convert_strictly(write_xlsform(questionnaire).data)
