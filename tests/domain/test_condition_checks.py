"""Conditions of a questionnaire are refused where they cannot be understood or met, and nowhere else."""

from decimal import Decimal
from itertools import chain, combinations, product
from typing import Any

import pytest
from conditional import conditional_questionnaire
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import conditions_on

from survey_app.domain.condition_checks import check_conditions
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType, Questionnaire
from survey_app.domain.showing import list_asked


def choices(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, {}, exclusive=code in (NO_ANSWER, "alone")) for code in codes)


EARLIER = (
    Item("mood", ItemType.ONE, {}, options=choices("good", "bad", NO_ANSWER)),
    Item("picks", ItemType.MANY, {}, options=choices("a", "b", "c", "alone", NO_ANSWER), max_choices=2),
    Item("age", ItemType.NUMBER, {}, minimum=Decimal(0), maximum=Decimal(120)),
    Item("day", ItemType.DATE, {}),
    Item("note", ItemType.TEXT, {}),
    Item("intro", ItemType.BLOCK, {}),
    Item("sure", ItemType.ONE, {}, options=choices("yes"), required=True),
)


def asking(*items: Item) -> Questionnaire:
    return Questionnaire("small", 1, "de", ("de",), items)


def problems_of(*conditions: Any) -> list[tuple[str, str]]:
    """Return what is wrong with an item in the eighth place that is shown on these conditions."""
    last = Item("last", ItemType.TEXT, {}, show_if=conditions)
    later = Item("later", ItemType.ONE, {}, options=choices("x"))
    return [(problem.code, problem.place) for problem in check_conditions(asking(*EARLIER, last, later))]


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        (("absent", "=", "x"), "unknown_item"),
        (("later", "=", "x"), "condition_on_later_item"),
        (("last", "present", True), "condition_on_later_item"),
        (("note", "present", True), "condition_on_words"),
        (("intro", "present", False), "condition_on_words"),
        (("mood", "=", "ugly"), "condition_on_unknown_choice"),
        (("mood", "=", NO_ANSWER), "condition_on_unknown_choice"),
        (("mood", "=", True), "condition_on_unknown_choice"),
        (("picks", "in", ("a", {})), "condition_on_unknown_choice"),
        (("mood", ">=", "good"), "condition_does_not_fit"),
        (("picks", "any", [["code", "=", "a"]]), "condition_does_not_fit"),
        (("day", "any", []), "condition_does_not_fit"),
        (("age", "=", "18"), "condition_without_number"),
        (("age", "=", True), "condition_without_number"),
        (("age", ">=", float("nan")), "condition_without_number"),
        (("age", ">=", float("inf")), "condition_without_number"),
        (("age", "!=", 10**5000), "condition_without_number"),
        (("day", "=", "2026-02-30"), "condition_without_date"),
        (("day", ">=", "20260101"), "condition_without_date"),
        (("day", "in", (20260101,)), "condition_without_date"),
    ],
)
def test_condition_is_refused_with_its_place_when_it_cannot_be_understood(condition: Any, problem: str) -> None:
    assert problems_of(("mood", "=", "good"), condition) == [(problem, "items[7].show_if[1]")]


@pytest.mark.parametrize(
    ("conditions", "is_reachable"),
    [
        ([("mood", "=", "good")], True),
        ([("mood", "=", "good"), ("mood", "=", "bad")], False),
        ([("mood", "!=", "good"), ("mood", "!=", "bad")], False),
        ([("mood", "in", ())], False),
        ([("mood", "present", False), ("mood", "present", True)], False),
        ([("mood", "present", False), ("age", ">=", 3)], True),
        ([("picks", "=", "a"), ("picks", "=", "b")], True),
        ([("picks", "=", "a"), ("picks", "=", "alone")], False),
        ([("picks", "=", "a"), ("picks", "=", "b"), ("picks", "=", "c")], False),
        ([("picks", "in", ("a", "alone")), ("picks", "!=", "a"), ("picks", "=", "b")], False),
        ([("picks", "!=", "a"), ("picks", "!=", "b"), ("picks", "!=", "c")], True),
        ([("age", ">=", 120)], True),
        ([("age", ">=", 120.5)], False),
        ([("age", "<=", -1)], False),
        ([("age", ">=", 3), ("age", "<=", 4), ("age", "!=", 3), ("age", "!=", 4)], True),
        ([("age", ">=", 3), ("age", "<=", 3), ("age", "!=", 3)], False),
        ([("age", "in", (3, 5)), ("age", ">=", 4), ("age", "!=", 5)], False),
        ([("day", ">=", "2026-01-01"), ("day", "<=", "2025-12-31")], False),
        ([("day", ">=", "2026-01-01"), ("day", "<=", "2026-01-02"), ("day", "!=", "2026-01-01")], True),
        ([("day", "<=", "0001-01-01")], True),
        ([("day", ">=", "9999-12-31"), ("day", "!=", "9999-12-31")], False),
        ([("sure", "present", False)], False),
        ([("sure", "=", "yes")], True),
    ],
)
def test_item_is_reported_when_no_answers_show_it(conditions: list[Any], is_reachable: bool) -> None:
    assert problems_of(*conditions) == ([] if is_reachable else [("never_shown", "items[7].show_if")])


def test_item_is_reported_when_only_the_whole_chain_contradicts_itself() -> None:
    middle = Item("why", ItemType.ONE, {}, options=choices("x"), show_if=(("mood", "=", "bad"),))
    last = Item("more", ItemType.TEXT, {}, show_if=(("why", "=", "x"), ("mood", "=", "good")))
    calm = Item("calm", ItemType.TEXT, {}, show_if=(("why", "present", False), ("mood", "=", "good")))
    found = check_conditions(asking(EARLIER[0], middle, last, calm))
    assert [(problem.code, problem.place) for problem in found] == [("never_shown", "items[2].show_if")]


def test_nothing_is_said_of_what_hangs_on_a_mistake_when_it_cannot_be_judged() -> None:
    wrong = Item("wrong", ItemType.ONE, {}, options=choices("x"), show_if=(("absent", "=", "x"),))
    last = Item("more", ItemType.TEXT, {}, show_if=(("wrong", "=", "x"),))
    assert [problem.place for problem in check_conditions(asking(wrong, last))] == ["items[0].show_if[0]"]


def test_long_chains_are_judged_quickly_when_each_item_hangs_on_the_one_before() -> None:
    items = [Item("q0", ItemType.ONE, {}, options=choices("x", "y"))]
    for number in range(1, 200):
        hanging = tuple((f"q{before}", "=", "x") for before in (number - 1, max(number - 2, 0)))
        items.append(Item(f"q{number}", ItemType.ONE, {}, options=choices("x", "y"), show_if=hanging))
    assert check_conditions(asking(*items)) == []


def test_many_lists_of_ticks_are_judged_quickly_when_all_must_hold() -> None:
    codes = tuple(f"c{number}" for number in range(40))
    picks = Item("picks", ItemType.MANY, {}, options=choices(*codes))
    last = Item("last", ItemType.TEXT, {}, show_if=tuple(("picks", "in", codes) for _ in range(12)))
    assert check_conditions(asking(picks, last)) == []


def test_questionnaire_of_the_tests_is_sound_when_checked() -> None:
    assert check_conditions(conditional_questionnaire()) == []


# All possible answers, one after the other

SMALL = (
    Item("p", ItemType.ONE, {}, options=choices("x", "y")),
    Item("q", ItemType.MANY, {}, options=choices("x", "y", "alone"), max_choices=2),
)


@st.composite
def closed_questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Four items with few choices and any conditions on earlier ones, whether or not anybody can meet them."""
    made: list[Item] = []
    for code in "pqrs":
        plain = draw(st.sampled_from(SMALL))
        earlier = draw(st.lists(st.sampled_from(made), max_size=3)) if made else []
        conditions = tuple(draw(conditions_on(other)) for other in earlier)
        made.append(
            Item(code, plain.type, {}, options=plain.options, max_choices=plain.max_choices, show_if=conditions)
        )
    return Questionnaire("small", 1, "de", ("de",), tuple(made))


def possible_answers(item: Item) -> list[Any]:
    codes = [choice.code for choice in item.options]
    if item.type is ItemType.ONE:
        return [None, *codes]
    several = chain.from_iterable(combinations(codes, size) for size in range(1, len(codes) + 1))
    return [None, *(ticks for ticks in several if len(ticks) <= 2 and ("alone" not in ticks or len(ticks) == 1))]


@settings(max_examples=60)
@given(closed_questionnaires())
def test_item_is_reported_exactly_when_no_possible_answers_show_it(questionnaire: Questionnaire) -> None:
    codes = [item.code for item in questionnaire.items]
    shown = set()
    for given_answers in product(*map(possible_answers, questionnaire.items)):
        answers = {code: value for code, value in zip(codes, given_answers, strict=True) if value is not None}
        shown |= {item.code for item in list_asked(questionnaire, answers)}
    reported = {problem.place for problem in check_conditions(questionnaire)}
    assert reported == {f"items[{codes.index(code)}].show_if" for code in codes if code not in shown}
