"""Advice about a questionnaire: said where it helps, silent about the standard."""

from dataclasses import replace

import pytest
from factories import standard_questionnaire
from hypothesis import given
from strategies import questionnaires

from survey_app.domain.design_check import Advice, check_design
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType, Questionnaire, ValueClass
from survey_app.domain.readability import school_years

SILENT = Choice(NO_ANSWER, {"de": "keine Angabe"})
INTRODUCTION = {"introduction": {"de": "Kurz."}}


def choose(*words: str, out: bool = True) -> tuple[Choice, ...]:
    own = tuple(Choice(f"c{number}", {"de": text}) for number, text in enumerate(words))
    return (*own, SILENT) if out else own


def ask(text: str, **values: object) -> Item:
    values.setdefault("options", choose("ja", "nein"))
    return Item("asked", ItemType.ONE, {"de": text}, **values)


def advise(*items: Item, texts: object = INTRODUCTION) -> list[str]:
    return [one.code for one in check_design(Questionnaire("q", 1, "de", ("de",), items, texts))]


CASES = {
    "two_thoughts": ask("Sind Sie mit Raum und Essen zufrieden?"),
    "long_question": ask("Wort " * 31 + "?"),
    "hard_to_read": ask(
        "Inwiefern beeinflussen Weiterbildungsangebote verwaltungsübergreifender Koordinationsstrukturen die "
        "Zusammenarbeit zivilgesellschaftlicher Organisationen?"
    ),
    "personal_data": ask("Wie alt sind Sie?"),
    "no_way_out": ask("Wie war es?", options=choose("gut", "schlecht", out=False)),
    "many_choices": ask("Was?", options=choose(*"abcdefghijk")),
    "none_beside_others": replace(ask("Was?", options=choose("Kita", "keines davon")), type=ItemType.MANY),
    "unlabelled_scale": ask("Wie gut?", options=choose("sehr gut", "2", "3", "schlecht")),
    "agreement_scale": ask("Das Treffen war gut.", options=choose("stimme zu", "stimme nicht zu")),
    "small_groups": ask("Welche?", options=choose(*"abcdefghi"), key_variable={c: (c,) for c in "abcdefghi"}),
    "sensitive_groups": ask("Wie?", sensitive=True, key_variable={"c0": ("c0",)}),
    "no_classes": Item("asked", ItemType.NUMBER, {"de": "Wie viele?"}),
    "forced_answer": ask("Wie?", required=True),
}


@pytest.mark.parametrize("code", CASES)
def test_one_thing_is_said_when_one_thing_is_odd(code: str) -> None:
    assert advise(CASES[code]) == [code]


@pytest.mark.parametrize(
    "item",
    [
        ask("Wie groß ist der Nutzen?"),
        ask("Möchten Sie noch etwas sagen? Bitte keine Namen.", options=choose("ja", "nein")),
        ask("Welcher Platz?", options=(*(Choice(f"rank_{n}", {"de": str(n)}) for n in (1, 2, 3)), SILENT)),
        Item("asked", ItemType.DATE, {"de": "Seit wann?"}, classes=(ValueClass("old", {"de": "lange"}),)),
        Item("asked", ItemType.BLOCK, {"de": "Wort und " * 40}),
    ],
)
def test_nothing_is_said_when_nothing_is_odd(item: Item) -> None:
    assert advise(item) == []


def test_the_whole_is_looked_at_when_all_items_are_fine() -> None:
    assert advise(ask("Wie war es?"), texts={}) == ["no_introduction"]
    many = [replace(ask("Kurz?"), code=f"i{n}", key_variable={"c0": ("c0",)}) for n in range(4)]
    assert advise(*many) == ["many_groupings"]
    long = [
        replace(ask(f"Was halten Sie von dem Thema, das hier die Nummer {n} trägt?"), code=f"i{n}") for n in range(60)
    ]
    assert advise(*long) == ["long_questionnaire"]


def test_the_standard_gets_no_more_than_a_remark() -> None:
    assert check_design(standard_questionnaire()) == [Advice("two_thoughts", "actors_overview", {"words": "und"})]


@given(questionnaires())
def test_any_questionnaire_can_be_checked(questionnaire: Questionnaire) -> None:
    codes = {item.code for item in questionnaire.items} | {""}
    assert all(one.item in codes for one in check_design(questionnaire))


def test_reading_level_is_unknown_when_the_formula_does_not_hold() -> None:
    assert school_years("Wie war es?", "de") is None
    assert school_years("How do you like the new room we are in today?", "en") is None
    easy = school_years("Wie gut hat Ihnen das Treffen heute hier im Haus gefallen?", "de")
    assert easy is not None
    assert easy < 6
