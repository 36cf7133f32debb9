"""Reading submitted forms: nothing but valid answers comes out, nothing but InvalidAnswers is raised."""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from factories import standard_questionnaire
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import anything, fields_of, questionnaires, valid_fields

from survey_app.domain.errors import InvalidAnswers, Problem
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire, ValueClass
from survey_app.domain.response import Answers, read_answers
from survey_app.domain.showing import list_asked

STANDARD = standard_questionnaire()


def asking(*items: Item) -> Questionnaire:
    return Questionnaire("small", 1, "de", ("de",), items)


def one(code: str = "mood", **values: Any) -> Item:
    values.setdefault("options", (Choice("good", {}), Choice("bad", {}), Choice("other", {}, text_length=5)))
    return Item(code, ItemType.ONE, {}, **values)


FIRST_TIME = (Choice("a", {}), Choice("new", {}, leaves_base=True))


def many(**values: Any) -> Item:
    choices = ("a", "b", "c")
    values.setdefault("options", (*(Choice(code, {}) for code in choices), Choice("none", {}, exclusive=True)))
    return Item("picks", ItemType.MANY, {}, **values)


def read_or_refuse(questionnaire: Questionnaire, fields: dict[str, list[str]]) -> tuple[Answers | None, list[Problem]]:
    """Return the answers, or the problems if the form is refused."""
    try:
        return read_answers(questionnaire, fields), []
    except InvalidAnswers as error:
        return None, list(error.problems)


def problems_of(questionnaire: Questionnaire, fields: dict[str, list[str]]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidAnswers) as caught:
        read_answers(questionnaire, fields)
    return [(problem.code, problem.place) for problem in caught.value.problems]


def assert_fitting(questionnaire: Questionnaire, answers: Answers) -> None:
    """Check answers against the questionnaire without using the reader's own rules."""
    assert answers.closed or answers.texts
    items = {item.code: item for item in questionnaire.questions}
    assert set(answers.closed) <= set(items)
    for code, value in answers.closed.items():
        _assert_value(items[code], value)
    limits = {name: limit for item in items.values() for name, limit in item.text_fields}
    for name, text in answers.texts.items():
        assert 0 < len(text) <= limits[name]
        assert unicodedata.is_normalized("NFC", text)
        assert text == text.strip()
        assert "\x00" not in text
        text.encode("utf-8")  # no lone surrogates
        item, _, choice = name.partition(".")
        if choice:
            chosen = answers.closed[item]
            assert choice in ((chosen,) if isinstance(chosen, str) else chosen)
    shown = {item.code for item in list_asked(questionnaire, answers.closed)}
    assert {*answers.closed, *(name.partition(".")[0] for name in answers.texts)} <= shown
    for item in items.values():
        is_answered = item.code in answers.closed or item.code in answers.texts
        assert is_answered or not (item.required and item.code in shown)


def _assert_value(item: Item, value: Any) -> None:
    codes = [choice.code for choice in item.options]
    if item.type is ItemType.ONE:
        assert value in codes
    elif item.type is ItemType.MANY:
        assert list(value) == [code for code in codes if code in value]
        assert not any(c.stands_alone and c.code in value for c in item.options) or len(value) == 1
        assert item.max_choices is None or len(value) <= item.max_choices
    elif item.type is ItemType.NUMBER:
        number = Decimal(value)
        assert number.is_finite()
        assert item.minimum is None or number >= item.minimum
        assert item.maximum is None or number <= item.maximum
        assert value == f"{number:f}"
    else:
        assert item.type is ItemType.DATE
        assert date.fromisoformat(value).isoformat() == value


def as_fields(answers: Answers) -> dict[str, list[str]]:
    closed = {code: [value] if isinstance(value, str) else list(value) for code, value in answers.closed.items()}
    return closed | {name: [text] for name, text in answers.texts.items()}


@settings(max_examples=150)
@given(st.data())
def test_only_valid_answers_come_out_when_anything_is_sent(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    fields = data.draw(fields_of(questionnaire) | valid_fields(questionnaire))
    answers, problems = read_or_refuse(questionnaire, fields)
    if answers is None:
        assert problems
        known = {item.code for item in questionnaire.items} | {""}
        assert {problem.place.partition(".")[0] for problem in problems} <= known
        return
    assert_fitting(questionnaire, answers)
    assert read_answers(questionnaire, as_fields(answers)) == answers


@given(valid_fields(STANDARD))
def test_standard_answers_are_taken_when_nothing_is_wrong(fields: dict[str, list[str]]) -> None:
    answers, problems = read_or_refuse(STANDARD, fields)
    assert [problem.code for problem in problems] in ([], ["empty_form"])
    if answers is not None:
        assert_fitting(STANDARD, answers)


@given(st.dictionaries(anything, st.lists(anything, max_size=3), max_size=5))
def test_unknown_fields_leave_no_trace_when_sent(fields: dict[str, list[str]]) -> None:
    known = {item.code for item in STANDARD.items}
    strange = {name: values for name, values in fields.items() if name.partition(".")[0] not in known}
    answers = read_answers(STANDARD, strange | {"impulses": ["yes"]})
    assert answers == Answers({"impulses": "yes"}, {})


@pytest.mark.parametrize(
    ("item", "fields", "problem"),
    [
        (one(), {"mood": ["good", "bad"]}, ("several_choices", "mood")),
        (one(), {"mood": ["ugly"]}, ("unknown_choice", "mood")),
        (one(), {"mood": ["good", "ugly"]}, ("unknown_choice", "mood")),
        (one(), {"mood": ["other"], "mood.other": ["123456"]}, ("text_too_long", "mood.other")),
        (one(required=True), {}, ("required", "mood")),
        (one(), {"mood": [""]}, ("empty_form", "")),
        (one(), {"mood": ["good"], "mood.other": ["lost"]}, ("text_without_choice", "mood.other")),
        (one(), {"mood": ["good"], "mood.other": ["far too long"]}, ("text_without_choice", "mood.other")),
        (one(), {"mood.other": ["123456"]}, ("text_too_long", "mood.other")),
        (one(), {"mood.other": [" \x00", "lost"]}, ("empty_form", "")),
        (many(), {"picks": ["a", "none"]}, ("exclusive_choice", "picks")),
        (many(options=FIRST_TIME), {"picks": ["a", "new"]}, ("exclusive_choice", "picks")),
        (many(max_choices=2), {"picks": ["a", "b", "c"]}, ("too_many_choices", "picks")),
        (Item("age", ItemType.NUMBER, {}, minimum=Decimal(0)), {"age": ["-1"]}, ("number_too_small", "age")),
        (Item("age", ItemType.NUMBER, {}, maximum=Decimal(9)), {"age": ["9,5"]}, ("number_too_large", "age")),
        (Item("age", ItemType.NUMBER, {}), {"age": ["nan"]}, ("not_a_number", "age")),
        (Item("age", ItemType.NUMBER, {}), {"age": ["1e999"]}, ("not_a_number", "age")),
        (Item("age", ItemType.NUMBER, {}), {"age": ["9" * 21]}, ("not_a_number", "age")),
        (Item("age", ItemType.NUMBER, {}), {"age": ["1_0"]}, ("not_a_number", "age")),
        (Item("day", ItemType.DATE, {}), {"day": ["2026-02-29"]}, ("not_a_date", "day")),
        (Item("day", ItemType.DATE, {}), {"day": ["yesterday"]}, ("not_a_date", "day")),
        (Item("note", ItemType.TEXT, {}, max_length=3), {"note": ["abcd"]}, ("text_too_long", "note")),
        (Item("note", ItemType.TEXT, {}, required=True), {"note": [" \x00"]}, ("required", "note")),
        (Item("note", ItemType.LONG_TEXT, {}), {"note": ["x" * 2001]}, ("text_too_long", "note")),
        (Item("intro", ItemType.BLOCK, {}), {"intro": ["x"]}, ("empty_form", "")),
    ],
)
def test_form_is_refused_with_the_field_when_one_thing_is_wrong(
    item: Item, fields: dict[str, list[str]], problem: tuple[str, str]
) -> None:
    assert problem in problems_of(asking(item), fields)


@given(st.text(alphabet="0123456789.,-+e_ \u00a0٣٫", max_size=30))
def test_number_is_the_same_when_its_stored_form_is_read_again(typed: str) -> None:
    questionnaire = asking(Item("age", ItemType.NUMBER, {}))
    answers, _problems = read_or_refuse(questionnaire, {"age": [typed]})
    if answers is not None:
        assert read_answers(questionnaire, as_fields(answers)) == answers


@pytest.mark.parametrize("typed", ["1e5", "1e20", "0e30", "1e-19", "1_000", "--1", "1.2.3", "½", "0x10", ".", "-"])
def test_number_is_refused_when_nobody_would_write_it_so(typed: str) -> None:
    item = Item("age", ItemType.NUMBER, {})
    assert problems_of(asking(item), {"age": [typed]}) == [("not_a_number", "age")]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("12", "12"),
        ("1,5", "1.5"),
        ("٣٤", "34"),
        ("۱۲٫۵", "12.5"),
        ("1\u00a0000", "1000"),
        ("+7", "7"),
        ("-0", "0"),
        ("−3", "-3"),
        (".50", "0.5"),
    ],
)
def test_number_is_stored_in_one_form_when_typed_in_many(typed: str, stored: str) -> None:
    assert read_answers(asking(Item("age", ItemType.NUMBER, {})), {"age": [typed]}).closed == {"age": stored}


def test_choices_come_in_the_order_of_the_questionnaire_when_ticked_otherwise() -> None:
    assert read_answers(asking(many()), {"picks": ["c", "a", "c", ""]}).closed == {"picks": ("a", "c")}


def test_all_problems_are_told_at_once_when_several_fields_are_wrong() -> None:
    items = (one(), many(), Item("age", ItemType.NUMBER, {}))
    found = problems_of(asking(*items), {"mood": ["x"], "picks": ["y"], "age": ["z"]})
    assert found == [("unknown_choice", "mood"), ("unknown_choice", "picks"), ("not_a_number", "age")]


def test_limits_of_texts_are_those_of_the_items_when_not_given() -> None:
    assert Item("t", ItemType.TEXT, {}).text_fields == (("t", 300),)
    assert Item("t", ItemType.LONG_TEXT, {}).text_fields == (("t", 2000),)
    assert one().text_fields == (("mood.other", 5),)
    assert Item("n", ItemType.NUMBER, {}).text_fields == ()


def test_value_classes_include_both_limits_when_given() -> None:
    middle = ValueClass("middle", {}, Decimal(1), Decimal(2))
    assert [middle.contains(Decimal(n)) for n in ("0.9", "1", "2", "2.1")] == [False, True, True, False]
    assert ValueClass("all", {}).contains(date(2026, 1, 1))
