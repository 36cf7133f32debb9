"""Counting answers into a tally: equal to counting by hand, whatever the order."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from conditional import conditional_questionnaire
from factories import standard_questionnaire
from hypothesis import given, settings
from hypothesis import strategies as st
from showing_by_hand import shown_by_hand
from strategies import items, questionnaires, valid_fields

from survey_app.domain.counting import ANSWERED_THIS_YEAR, count_answers
from survey_app.domain.errors import InvalidAnswers
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType, Questionnaire, ValueClass
from survey_app.domain.response import read_answers
from survey_app.domain.tally import AnswerCounts, ItemTally, Tally, TallyType
from survey_app.domain.tally_document import read_item_tally, write_item_tally

SHIPPED = standard_questionnaire()
STANDARD = replace(SHIPPED, texts={}, items=tuple(replace(item, texts={}) for item in SHIPPED.items))
"""Without most of its wording, which counting does not read."""
Rows = Sequence[Mapping[str, Any]]
SHOWN = "*"
"""No code: in a row of answers, what the person was shown."""


def choices(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, {}) for code in codes)


def asking(*asked: Item) -> Questionnaire:
    return Questionnaire("small", 1, "de", ("de",), asked)


def tally_of(questionnaire: Questionnaire, rows: Rows, texts: Mapping[str, int] | None = None) -> dict[str, ItemTally]:
    _persons, found = count_answers(questionnaire, rows, texts or {})
    return {item.code: item for item in found}


@st.composite
def answered(draw: st.DrawFn, questionnaire: Questionnaire | None = None) -> tuple[Questionnaire, list[dict[str, Any]]]:
    """A questionnaire and stored answers to it, as the database gives them back: lists instead of tuples."""
    asked = questionnaire or draw(questionnaires())
    rows = []
    for fields in draw(st.lists(valid_fields(asked), max_size=6)):
        try:
            rows.append(json.loads(json.dumps(read_answers(asked, fields).closed)))
        except InvalidAnswers:
            continue
    return asked, rows


def with_shown(questionnaire: Questionnaire, rows: Rows) -> Rows:
    """Return the rows, each with the codes of the items that were shown to the person."""
    return [{**row, SHOWN: shown_by_hand(questionnaire, dict(row))} for row in rows]


def is_missing(value: Any) -> bool:
    return value is None or value in (NO_ANSWER, [NO_ANSWER], (NO_ANSWER,))


def codes_by_hand(item: Item, value: Any) -> list[str]:
    """Return under which codes a value counts, written apart from the code under test."""
    if is_missing(value):
        return []
    if item.options:
        return [value] if isinstance(value, str) else list(value)
    number = date.fromisoformat(value) if item.type is ItemType.DATE else Decimal(value)
    for entry in item.classes:
        if (entry.low is None or entry.low <= number) and (entry.high is None or number <= entry.high):
            return [entry.code]
    return []


def assert_counted_by_hand(item: Item, counts: AnswerCounts, rows: Rows) -> None:
    asked = [row for row in rows if item.code in row[SHOWN]]
    per_person = [codes_by_hand(item, row.get(item.code)) for row in asked]
    expected = [choice.code for choice in item.options if choice.code != NO_ANSWER] or [c.code for c in item.classes]
    assert list(counts.choices) == expected
    for code in expected:
        assert counts.choices[code] == sum(code in codes for codes in per_person)
    assert counts.no_answer == sum(not codes for codes in per_person)
    assert counts.not_applicable == len(rows) - len(asked)
    assert (counts.persons, counts.not_shown) == (len(rows), 0)
    assert (counts.answered is None) == (item.type is not ItemType.MANY)


def members(key: Item, name: str, rows: Rows) -> list[Mapping[str, Any]]:
    """Return the rows of those who belong to a class of a key variable."""
    wanted = set(key.key_variable[name])
    return [
        row
        for row in rows
        if wanted & set([row[key.code]] if isinstance(row.get(key.code), str) else row.get(key.code, ()))
    ]


def assert_tally_by_hand(questionnaire: Questionnaire, rows: Rows) -> None:
    persons, found = count_answers(questionnaire, rows, {})
    assert persons == len(rows)
    rows = with_shown(questionnaire, rows)
    tallies = {item.code: item for item in found}
    assert set(tallies) == {item.code for item in questionnaire.questions}
    keys = [item for item in questionnaire.questions if item.key_variable]
    for item in questionnaire.questions:
        tally = tallies[item.code]
        assert (tally.version, tally.sensitive, tally.equivalent_to) == (
            item.version,
            item.sensitive,
            item.equivalent_to,
        )
        if item.is_text:
            assert tally.total.not_applicable == sum(item.code not in row[SHOWN] for row in rows)
            assert tally.total.persons == len(rows)
            continue
        assert_counted_by_hand(item, tally.total, rows)
        assert set(tally.by) == (set() if item.key_variable else {key.code for key in keys})
        for key in keys if not item.key_variable else ():
            assert set(tally.by[key.code]) == set(key.key_variable)
            for name, counts in tally.by[key.code].items():
                assert_counted_by_hand(item, counts, members(key, name, rows))


@settings(max_examples=80)
@given(answered())
def test_counts_equal_those_by_hand_when_anything_was_answered(given_answers: Any) -> None:
    assert_tally_by_hand(*given_answers)


@settings(max_examples=60)
@given(answered(conditional_questionnaire()))
def test_counts_equal_those_by_hand_when_some_things_are_not_asked(given_answers: Any) -> None:
    assert_tally_by_hand(*given_answers)


@settings(max_examples=25)
@given(answered(STANDARD))
def test_counts_equal_those_by_hand_when_the_standard_questionnaire_was_answered(given_answers: Any) -> None:
    questionnaire, rows = given_answers
    assert_tally_by_hand(questionnaire, rows)
    rows = with_shown(questionnaire, rows)
    firsts = [row for row in rows if row.get(ANSWERED_THIS_YEAR) == "no"]
    for code, tally in tally_of(questionnaire, rows).items():
        item = questionnaire.find_item(code)
        assert item is not None
        if item.key_variable or item.is_text:
            assert tally.first_answers is None
        else:
            assert tally.first_answers is not None
            assert_counted_by_hand(item, tally.first_answers, firsts)


@settings(max_examples=25)
@given(answered(STANDARD), st.randoms(use_true_random=False))
def test_tally_is_the_same_when_responses_come_in_another_order(given_answers: Any, chance: Any) -> None:
    questionnaire, rows = given_answers
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert tally_of(questionnaire, shuffled) == tally_of(questionnaire, rows)


@settings(max_examples=60)
@given(answered())
def test_tally_comes_back_when_written_and_read(given_answers: Any) -> None:
    questionnaire, rows = given_answers
    for tally in tally_of(questionnaire, rows, {item.code: 1 for item in questionnaire.questions}).values():
        assert read_item_tally(json.loads(json.dumps(write_item_tally(tally)))) == tally


@given(st.data())
def test_item_tally_keeps_every_field_when_written(data: st.DataObject) -> None:
    item = data.draw(items("mood", ("de",)))
    counts = AnswerCounts({"a": 3, "b": 0}, 4, 5, 6, data.draw(st.none() | st.just(7)))
    tally = ItemTally(
        "mood", item.version, TallyType.MANY, counts, item.sensitive, item.equivalent_to, {"k": {"x": counts}}, counts
    )
    assert read_item_tally(write_item_tally(tally)) == tally


def test_no_answer_to_a_multiple_choice_is_missing_when_it_comes_from_the_database() -> None:
    picks = Item("picks", ItemType.MANY, {}, options=choices("a", NO_ANSWER))
    for stored in ([NO_ANSWER], (NO_ANSWER,)):
        counts = tally_of(asking(picks), [{"picks": stored}, {"picks": ["a"]}])["picks"].total
        assert counts == AnswerCounts({"a": 1}, no_answer=1, answered=1)


def test_single_choice_counts_no_answer_apart_when_said_or_skipped() -> None:
    mood = Item("mood", ItemType.ONE, {}, options=choices("good", "bad", NO_ANSWER))
    rows: Rows = [{"mood": "good"}, {"mood": NO_ANSWER}, {}]
    assert tally_of(asking(mood), rows)["mood"].total == AnswerCounts({"good": 1, "bad": 0}, no_answer=2)


@pytest.mark.parametrize(
    ("value", "code"), [("0", "low"), ("9", "low"), ("10", "high"), ("10.5", "high"), ("-1", None)]
)
def test_number_counts_in_its_class_when_it_has_one(value: str, code: str | None) -> None:
    classes = (ValueClass("low", {}, Decimal(0), Decimal(9)), ValueClass("high", {}, Decimal(10)))
    age = Item("age", ItemType.NUMBER, {}, classes=classes)
    counts = tally_of(asking(age), [{"age": value}])["age"].total
    assert counts.choices == {"low": int(code == "low"), "high": int(code == "high")}
    assert counts.no_answer == int(code is None)


def test_date_counts_in_the_first_class_that_holds_it_when_classes_overlap() -> None:
    classes = (ValueClass("old", {}, high=date(2026, 1, 1)), ValueClass("new", {}, low=date(2026, 1, 1)))
    day = Item("day", ItemType.DATE, {}, classes=classes)
    rows: Rows = [{"day": "2025-12-31"}, {"day": "2026-01-01"}, {"day": "2026-01-02"}]
    assert tally_of(asking(day), rows)["day"].total.choices == {"old": 2, "new": 1}


def test_texts_count_persons_when_stored_apart() -> None:
    note = Item("note", ItemType.TEXT, {})
    mood = Item("mood", ItemType.ONE, {}, options=choices("good"))
    tallies = tally_of(asking(note, mood), [{"mood": "good"}, {}, {}], {"note": 2, "mood.good": 1})
    assert tallies["note"].type is TallyType.TEXT
    assert tallies["note"].total == AnswerCounts({}, no_answer=1, answered=2)
    assert tallies["note"].total.persons == 3


def test_person_counts_in_each_class_when_the_key_variable_allows_several() -> None:
    fields = Item("fields", ItemType.MANY, {}, options=choices("a", "b"), key_variable={"a": ("a",), "any": ("a", "b")})
    mood = Item("mood", ItemType.ONE, {}, options=choices("good"))
    tallies = tally_of(asking(fields, mood), [{"fields": ["a", "b"], "mood": "good"}, {"fields": ["b"]}])
    assert tallies["mood"].by["fields"]["a"] == AnswerCounts({"good": 1}, no_answer=0)
    assert tallies["mood"].by["fields"]["any"] == AnswerCounts({"good": 1}, no_answer=1)
    assert tallies["fields"].by == {}


def test_who_was_not_asked_is_never_missing_when_counted() -> None:
    group = Item("group", ItemType.ONE, {}, options=choices("a", "b"), key_variable={"a": ("a",), "b": ("b",)})
    mood = Item("mood", ItemType.ONE, {}, options=choices("good"), show_if=(("group", "=", "a"),))
    why = Item("why", ItemType.TEXT, {}, show_if=(("mood", "=", "good"),))
    year = Item(
        ANSWERED_THIS_YEAR, ItemType.ONE, {}, options=choices("yes", "no"), show_if=(("group", "in", ("a", "b")),)
    )
    rows: Rows = [
        {"group": "a", "mood": "good", ANSWERED_THIS_YEAR: "no"},
        {"group": "a", ANSWERED_THIS_YEAR: "no"},
        {"group": "b", ANSWERED_THIS_YEAR: "no"},
        {"group": "b", ANSWERED_THIS_YEAR: "yes"},
        {},
    ]
    tallies = tally_of(asking(group, mood, why, year), rows, {"why": 1})
    assert tallies["mood"].total == AnswerCounts({"good": 1}, no_answer=1, not_applicable=3)
    assert tallies["mood"].by["group"]["a"] == AnswerCounts({"good": 1}, no_answer=1)
    assert tallies["mood"].by["group"]["b"] == AnswerCounts({"good": 0}, no_answer=0, not_applicable=2)
    assert tallies["mood"].first_answers == AnswerCounts({"good": 1}, no_answer=1, not_applicable=1)
    assert tallies["why"].total == AnswerCounts({}, no_answer=0, not_applicable=4, answered=1)
    assert tallies[ANSWERED_THIS_YEAR].total == AnswerCounts({"yes": 1, "no": 3}, no_answer=0, not_applicable=1)


def test_person_is_in_no_class_when_the_key_variable_was_not_asked() -> None:
    first = Item("first", ItemType.ONE, {}, options=choices("yes", "no"))
    group = Item(
        "group", ItemType.MANY, {}, options=choices("a"), key_variable={"a": ("a",)}, show_if=(("first", "=", "yes"),)
    )
    tallies = tally_of(
        asking(first, group), [{"first": "yes", "group": ["a"]}, {"first": "no"}, {"first": "no", "group": ["a"]}]
    )
    assert tallies["first"].by["group"]["a"] == AnswerCounts({"yes": 1, "no": 0}, no_answer=0)
    assert tallies["group"].total == AnswerCounts({"a": 1}, no_answer=0, not_applicable=2, answered=1)


def test_nothing_is_counted_when_nobody_answered() -> None:
    persons, found = count_answers(STANDARD, [], {})
    assert persons == 0
    assert {item.total.persons for item in found} == {0}


def test_survey_finds_its_items_by_code_when_asked() -> None:
    _persons, found = count_answers(STANDARD, [], {})
    survey = Tally("code", date(2026, 11, 20), "sealed", "q", 1, 0, 0, found)
    assert survey.find_item("impulses") is not None
    assert survey.find_item("absent") is None
