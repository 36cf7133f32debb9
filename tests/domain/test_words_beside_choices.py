"""Words beside a choice that nobody ticked: they tick it where nothing else can be meant, and never vanish."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import anything

from survey_app.domain.errors import InvalidAnswers
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.domain.response import Answers, read_answers
from survey_app.domain.text import clean_text

OPTIONS = (
    Choice("good", {}),
    Choice("other", {}, text_length=20),
    Choice("other_place", {}),
    Choice("place", {}, text_length=20),
)


def asking(kind: ItemType) -> Questionnaire:
    return Questionnaire("small", 1, "de", ("de",), (Item("mood", kind, {}, options=OPTIONS),))


def problems_of(kind: ItemType, fields: dict[str, list[str]]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidAnswers) as caught:
        read_answers(asking(kind), fields)
    return [(problem.code, problem.place) for problem in caught.value.problems]


def test_words_tick_their_choice_when_one_is_possible_and_none_is_ticked() -> None:
    found = read_answers(asking(ItemType.ONE), {"mood.other": [" so so "], "mood.place": [" "]})
    assert found == Answers({"mood": "other"}, {"mood.other": "so so"})


def test_words_satisfy_a_required_item_when_they_tick_its_choice() -> None:
    item = Item("mood", ItemType.ONE, {}, options=OPTIONS, required=True)
    asked = Questionnaire("small", 1, "de", ("de",), (item,))
    assert read_answers(asked, {"mood.place": ["here"]}).closed == {"mood": "place"}


@pytest.mark.parametrize(
    ("kind", "fields", "places"),
    [
        (ItemType.ONE, {"mood": ["good"], "mood.other": ["x"]}, ["mood.other"]),
        (
            ItemType.ONE,
            {"mood": ["other_place"], "mood.other": ["x"], "mood.place": ["y"]},
            ["mood.other", "mood.place"],
        ),
        (ItemType.ONE, {"mood": ["other"], "mood.other": ["x"], "mood.place": ["y"]}, ["mood.place"]),
        (ItemType.ONE, {"mood.other": ["x"], "mood.place": ["y"]}, ["mood.other", "mood.place"]),
        (ItemType.MANY, {"mood.other": ["x"]}, ["mood.other"]),
        (ItemType.MANY, {"mood": ["good", "place"], "mood.other": ["x"], "mood.place": ["y"]}, ["mood.other"]),
        (ItemType.MANY, {"mood": ["good"], "mood.other": ["far more than twenty characters"]}, ["mood.other"]),
    ],
)
def test_words_are_asked_about_when_several_things_can_be_meant(
    kind: ItemType, fields: dict[str, list[str]], places: list[str]
) -> None:
    assert problems_of(kind, fields) == [("text_without_choice", place) for place in places]


def test_words_have_a_limit_when_they_tick_their_choice() -> None:
    assert problems_of(ItemType.ONE, {"mood.other": ["x" * 21]}) == [("text_too_long", "mood.other")]


@given(
    st.sampled_from([ItemType.ONE, ItemType.MANY]),
    st.lists(st.sampled_from([choice.code for choice in OPTIONS]), max_size=2, unique=True),
    st.dictionaries(st.sampled_from(["mood.other", "mood.place"]), st.lists(anything, min_size=1, max_size=2)),
)
def test_words_are_stored_or_asked_about_when_typed_anywhere(kind: ItemType, ticks: list[str], words: Any) -> None:
    typed = {name: clean_text(values[0]) for name, values in words.items() if clean_text(values[0])}
    try:
        found = read_answers(asking(kind), {"mood": ticks, **words})
    except InvalidAnswers as error:
        if [problem.code for problem in error.problems] == ["empty_form"]:
            assert not typed
        return
    assert found.texts == typed
    chosen = found.closed["mood"]
    assert {name.partition(".")[2] for name in typed} <= set([chosen] if isinstance(chosen, str) else chosen)
