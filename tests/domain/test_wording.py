"""The strings of a questionnaire: each has one path, nothing is forgotten, and translating changes nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import questionnaires, words

from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire, ValueClass
from survey_app.domain.questionnaire_document import list_texts, missing_wording, write_questionnaire
from survey_app.domain.wording import TranslatedText, apply_wording


def small() -> Questionnaire:
    """A questionnaire with one string of every kind."""
    mood = Item(
        "mood",
        ItemType.ONE,
        {"de": "Wie war's?", "en": "How was it?"},
        options=(Choice("good", {"de": "gut", "en": "good"}), Choice("bad", {"de": "schlecht"})),
    )
    age = Item("age", ItemType.NUMBER, {"de": "Alter", "en": "Age"}, classes=(ValueClass("young", {"de": "jung"}),))
    return Questionnaire(
        "small",
        1,
        "de",
        ("de", "en"),
        (Item("intro", ItemType.BLOCK, {"de": "Guten Tag", "en": " \u00a0"}), mood, age),
        {"title": {"de": "Kurz", "en": "Short"}},
    )


def count_texts(value: object) -> int:
    """Return how many wordings a document holds, wherever they stand."""
    if isinstance(value, list):
        return sum(map(count_texts, value))
    if not isinstance(value, dict):
        return 0
    own = sum("texts" in entry for entry in (value,) if "code" in value)
    return own + sum(count_texts(entry) for key, entry in value.items() if key != "texts")


def test_every_string_has_its_path_when_listed() -> None:
    assert [path for path, _text in list_texts(small())] == [
        "texts.title",
        "intro",
        "mood",
        "mood.good",
        "mood.bad",
        "age",
        "age.classes.young",
    ]
    assert dict(list_texts(small()))["mood.good"] == {"de": "gut", "en": "good"}


def test_missing_wording_lists_every_gap_when_a_language_is_incomplete() -> None:
    assert missing_wording(small(), "de") == []
    assert missing_wording(small(), "en") == ["intro", "mood.bad", "age.classes.young"]
    assert len(missing_wording(small(), "fr")) == 7


@given(questionnaires())
def test_no_string_is_forgotten_and_no_path_stands_twice_when_listed(questionnaire: Questionnaire) -> None:
    paths = [path for path, _text in list_texts(questionnaire)]
    assert len(set(paths)) == len(paths)
    assert len(paths) == count_texts(write_questionnaire(questionnaire)) + len(questionnaire.texts)


@given(questionnaires(), st.data())
def test_only_the_translated_words_differ_when_applied(questionnaire: Questionnaire, data: st.DataObject) -> None:
    before = dict(list_texts(questionnaire))
    chosen = data.draw(st.lists(st.sampled_from(sorted(before)), unique=True)) if before else []
    texts = [TranslatedText(path, "fr", data.draw(words)) for path in chosen]
    changed = apply_wording(questionnaire, texts)
    new = {text.path: {"fr": text.words} for text in texts}
    assert dict(list_texts(changed)) == {path: {**text, **new.get(path, {})} for path, text in before.items()}
    assert strip(changed) == strip(questionnaire)


def strip(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire without a single word."""
    items = tuple(
        replace(
            item,
            texts={},
            options=tuple(replace(choice, texts={}) for choice in item.options),
            classes=tuple(replace(entry, texts={}) for entry in item.classes),
        )
        for item in questionnaire.items
    )
    return replace(questionnaire, texts={key: {} for key in questionnaire.texts}, items=items)


def test_a_path_that_does_not_exist_is_refused_when_applied() -> None:
    with pytest.raises(KeyError, match=r"mood\.ugly"):
        apply_wording(small(), [TranslatedText("mood.ugly", "en", "ugly")])
