"""Generated questionnaires and submitted forms; everything generated fits the format."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from survey_app.domain.condition_checks import check_conditions
from survey_app.domain.questionnaire import (
    NO_ANSWER,
    Choice,
    Item,
    ItemType,
    Questionnaire,
    TranslationStatus,
    ValueClass,
)
from survey_app.domain.text import clean_text

LANGUAGES = ("de", "de-x-simple", "en", "fr", "tr", "ar", "fa", "uk", "ru", "zh-Hant", "pt-BR")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

codes = st.builds(
    str.__add__, st.sampled_from(_LETTERS), st.text(alphabet=f"{_LETTERS}0123456789_-", max_size=8)
).filter(lambda code: code not in {"lang"})
words = st.text(max_size=12).map(clean_text)
anything = st.text(alphabet=st.characters(codec=None), max_size=30)
"""Any text at all: control characters, lone surrogates, NUL."""

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | anything,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(anything, inner, max_size=3),
    max_leaves=5,
)
"""Whatever a JSON parser may return."""


def _texts(languages: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(languages), words, max_size=len(languages))


@st.composite
def _choices(draw: st.DrawFn, languages: tuple[str, ...]) -> tuple[Choice, ...]:
    names = draw(st.lists(codes, min_size=1, max_size=4, unique=True))
    if draw(st.booleans()):
        names = [name for name in names if name != NO_ANSWER] + [NO_ANSWER]
    return tuple(
        Choice(
            code=name,
            texts=draw(_texts(languages)),
            leaves_base=draw(st.booleans()),
            set_off=draw(st.booleans()),
            exclusive=name == NO_ANSWER or draw(st.booleans()),
            last=draw(st.booleans()),
            text_length=draw(st.none() | st.integers(1, 500)),
        )
        for name in names
    )


@st.composite
def _classes(draw: st.DrawFn, kind: ItemType, languages: tuple[str, ...]) -> tuple[ValueClass, ...]:
    limits = st.none() | (st.dates() if kind is ItemType.DATE else _decimals)
    names = draw(st.lists(codes, max_size=3, unique=True))
    return tuple(ValueClass(name, draw(_texts(languages)), draw(limits), draw(limits)) for name in names)


_decimals = st.decimals(min_value=-(10**6), max_value=10**6, places=2)


def may_be_asked(item: Item) -> bool:
    """Tell whether a condition may ask the item."""
    kinds = (ItemType.NUMBER, ItemType.DATE)
    return item.type in kinds or any(choice.code != NO_ANSWER for choice in item.options)


def conditions_on(item: Item) -> st.SearchStrategy[tuple[str, str, Any]]:
    """One understandable condition on an item; nobody may be able to meet it."""
    if item.is_closed:
        value = st.sampled_from([choice.code for choice in item.options if choice.code != NO_ANSWER])
    elif item.type is ItemType.NUMBER:
        value = st.integers(-9, 9) | st.sampled_from([0.1, 2.5, -1e3])
    else:
        value = st.dates().map(str)
    single = st.sampled_from(["=", "!="] if item.is_closed else ["=", "!=", "<=", ">="])
    name = st.just(item.code)
    several = st.lists(value, min_size=1, max_size=3).map(tuple)
    return (
        st.tuples(name, single, value)
        | st.tuples(name, st.just("in"), several)
        | st.tuples(name, st.just("present"), st.booleans())
    )


@st.composite
def items(draw: st.DrawFn, code: str, languages: tuple[str, ...], earlier: tuple[Item, ...] = ()) -> Item:
    """One item of any type that may follow the `earlier` ones."""
    kind = draw(st.sampled_from(ItemType))
    closed = kind in (ItemType.ONE, ItemType.MANY)
    options = draw(_choices(languages)) if closed else ()
    limits = sorted(draw(st.lists(_decimals, min_size=2, max_size=2))) if kind is ItemType.NUMBER else [None, None]
    keys: dict[str, tuple[str, ...]] = {}
    if closed and draw(st.booleans()):
        keys = {choice.code: (choice.code,) for choice in options if choice.code != NO_ANSWER}
    return Item(
        code=code,
        type=kind,
        texts=draw(_texts(languages)),
        version=draw(st.integers(1, 9)),
        number=draw(st.none() | words),
        required=draw(st.booleans()),
        sensitive=draw(st.booleans()),
        indicators=tuple(draw(st.lists(words, max_size=2))),
        module=draw(st.none() | words),
        max_choices=draw(st.none() | st.integers(1, 4)) if kind is ItemType.MANY else None,
        max_length=draw(st.none() | st.integers(1, 50)) if kind in (ItemType.TEXT, ItemType.LONG_TEXT) else None,
        minimum=draw(st.none() | st.just(limits[0])),
        maximum=draw(st.none() | st.just(limits[1])),
        shuffle=draw(st.booleans()),
        options=options,
        classes=draw(_classes(kind, languages)) if kind in (ItemType.NUMBER, ItemType.DATE) else (),
        show_if=tuple(draw(conditions_on(other)) for other in earlier if may_be_asked(other) and draw(st.booleans())),
        key_variable=keys,
        equivalent_to=tuple(draw(st.lists(st.integers(1, 9), max_size=2))),
    )


@st.composite
def questionnaires(draw: st.DrawFn, max_items: int = 5) -> Questionnaire:
    """A whole questionnaire version."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)))
    texts = draw(st.dictionaries(codes, _texts(languages), max_size=2))
    made: tuple[Item, ...] = ()
    for code in draw(st.lists(codes, max_size=max_items, unique=True)):
        item = draw(items(code, languages, made))
        asked = Questionnaire("checked", 1, "de", ("de",), (*made, item))
        hint = draw(st.none() | st.sampled_from(sorted(texts))) if texts else None
        made = (*made, replace(item, hint=hint, show_if=() if check_conditions(asked) else item.show_if))
    return Questionnaire(
        id=draw(codes),
        version=draw(st.integers(1, 99)),
        source_language=draw(st.sampled_from(languages)),
        languages=languages,
        items=made,
        texts=texts,
        status=draw(st.dictionaries(st.sampled_from(languages), st.sampled_from(TranslationStatus))),
        reviewed=draw(st.dictionaries(st.sampled_from(languages), st.booleans())),
    )


def fields_of(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, list[str]]]:
    """Submitted fields: right and wrong names, right and wrong values, in any number and order."""
    names = {"submission_key", "no-such-item", ""}
    values = {NO_ANSWER, "2", "-0", "1e20", "1,5", "٣", "2026-11-20", "x" * 400}
    for item in questionnaire.items:
        names |= {item.code, *(name for name, _limit in item.text_fields)}
        values |= {choice.code for choice in item.options}
    value = st.sampled_from(sorted(values)) | anything
    return st.dictionaries(st.sampled_from(sorted(names)) | anything, st.lists(value, max_size=4), max_size=8)


def valid_fields(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, list[str]]]:
    """Submitted fields that hold nothing wrong; required items may still be missing."""
    strategies: dict[str, Any] = {}
    for item in questionnaire.questions:
        choices = [choice.code for choice in item.options]
        plain = [choice.code for choice in item.options if not choice.stands_alone]
        if item.type is ItemType.ONE:
            strategies[item.code] = st.lists(st.sampled_from(choices), max_size=1)
        elif item.type is ItemType.MANY:
            several = st.lists(st.sampled_from(plain), max_size=item.max_choices, unique=True) if plain else st.just([])
            strategies[item.code] = several | st.sampled_from(choices).map(lambda code: [code])
        elif item.type is ItemType.NUMBER:
            low = item.minimum if item.minimum is not None else -(10**6)
            high = item.maximum if item.maximum is not None else 10**6
            strategies[item.code] = st.decimals(low, high, places=2).map(lambda number: [str(number)])
        elif item.type is ItemType.DATE:
            strategies[item.code] = st.dates().map(lambda day: [day.isoformat()])
        for name, limit in item.text_fields:
            strategies[name] = st.lists(st.text(max_size=min(limit, 20)).map(lambda text: text[:20]), max_size=1)
    return st.fixed_dictionaries({}, optional=strategies).map(_without_loose_words)


def _without_loose_words(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave out words beside choices that are not ticked."""
    parts = {name: name.partition(".") for name in fields}
    return {
        name: values
        for name, values in fields.items()
        if not parts[name][1] or parts[name][2] in fields.get(parts[name][0], ())
    }
