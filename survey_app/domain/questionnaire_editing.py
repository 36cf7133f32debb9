"""Changing one thing in a questionnaire: every function returns a new one, codes that exist never change.

Answers, goals and translations hang on codes. So an item keeps its code for ever, new items and choices get one made
of their text, and what others ask for is not taken away silently. Whether the whole is sound, `check_questionnaire`
says afterwards.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from survey_app.domain.code_making import free_code, make_code
from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.errors import InvalidDocument, Problem
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, Questionnaire, ValueClass
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.text import Text

OWN_TEXTS = frozenset({"title", "introduction", "thanks"})
"""Keys of texts that belong to the questionnaire, whichever items show them as help as well."""


def add_item(questionnaire: Questionnaire, item: Item, *, before: str | None = None) -> Questionnaire:
    """Return the questionnaire with a new item, at the end or before another.

    A code that is taken gets a number behind it; items, choices and classes without a code get one made of their text.
    """
    added = _name_parts(replace(item, code=_free_item_code(questionnaire, item)), questionnaire.source_language)
    place = _place_of(questionnaire, before)
    items = questionnaire.items
    return replace(questionnaire, items=(*items[:place], added, *items[place:]))


def change_item(questionnaire: Questionnaire, code: str, item: Item) -> Questionnaire:
    """Return the questionnaire with an item in the place of the one with this code, which it keeps.

    Raises:
        InvalidDocument: if other items are shown only after choices that the item no longer has.
    """
    changed = _name_parts(replace(item, code=code), questionnaire.source_language)
    result = _put(questionnaire, code, changed)
    _ensure_choices_stay(questionnaire, result, code)
    return result


def put_options(questionnaire: Questionnaire, code: str, options: Iterable[Choice]) -> Questionnaire:
    """Return the questionnaire with these choices of an item; classes of a key variable lose what is gone.

    Raises:
        InvalidDocument: if other items are shown only after choices that are gone.
    """
    item = _item(questionnaire, code)
    return change_item(questionnaire, code, keep_key_variable(replace(item, options=tuple(options))))


def put_show_if(questionnaire: Questionnaire, code: str, conditions: Iterable[Condition]) -> Questionnaire:
    """Return the questionnaire with these conditions under which an item is shown."""
    return _put(questionnaire, code, replace(_item(questionnaire, code), show_if=tuple(conditions)))


def put_key_variable(questionnaire: Questionnaire, code: str, classes: Mapping[str, Sequence[str]]) -> Questionnaire:
    """Return the questionnaire with an item by whose classes results may be broken down; no classes mean never."""
    kept = {name: tuple(members) for name, members in classes.items()}
    return _put(questionnaire, code, replace(_item(questionnaire, code), key_variable=kept))


def put_module(questionnaire: Questionnaire, code: str, module: str | None) -> Questionnaire:
    """Return the questionnaire with an item in an optional part, or in the standard part."""
    return _put(questionnaire, code, replace(_item(questionnaire, code), module=module or None))


def put_text(questionnaire: Questionnaire, key: str, text: Text | None) -> Questionnaire:
    """Return the questionnaire with a text of its own; None takes it away, and from the items that show it as help."""
    texts = dict(questionnaire.texts)
    if text is not None:
        texts[key] = dict(text)
        return replace(questionnaire, texts=texts)
    texts.pop(key, None)
    items = tuple(replace(item, hint=None) if item.hint == key else item for item in questionnaire.items)
    return replace(questionnaire, texts=texts, items=items)


def put_wording(questionnaire: Questionnaire, path: str, language: str, words: str) -> Questionnaire:
    """Return the questionnaire with one text in one language; empty words take it away.

    Args:
        path: of the text, as `questionnaire_document.list_texts` names it.

    Raises:
        KeyError: if there is no such text.
    """
    if path not in dict(list_texts(questionnaire)):
        raise KeyError(path)

    def change(place: str, text: Text) -> Text:
        return reword(text, language, words) if place == path else text

    return map_texts(questionnaire, change)


def map_texts(questionnaire: Questionnaire, change: Callable[[str, Text], Text]) -> Questionnaire:
    """Return the questionnaire with every text as `change` makes it from its path and wording."""
    items = tuple(
        replace(
            item,
            texts=change(item.code, item.texts),
            options=tuple(
                replace(choice, texts=change(f"{item.code}.{choice.code}", choice.texts)) for choice in item.options
            ),
            classes=tuple(
                replace(entry, texts=change(f"{item.code}.classes.{entry.code}", entry.texts)) for entry in item.classes
            ),
        )
        for item in questionnaire.items
    )
    texts = {key: change(f"texts.{key}", text) for key, text in questionnaire.texts.items()}
    return replace(questionnaire, items=items, texts=texts)


def keep_translations(past: Questionnaire, present: Questionnaire) -> Questionnaire:
    """Return an earlier state of a draft with the translations of the present one, where it still has the text.

    Translators work while others design: taking back a change of the design must not take their work back.
    """
    translated = dict(list_texts(present))

    def change(path: str, text: Text) -> Text:
        source = past.source_language
        others = {tag: words for tag, words in translated.get(path, text).items() if tag != source}
        return {source: text[source], **others} if source in text else others

    return map_texts(past, change)


def reword(text: Text, language: str, words: str) -> Text:
    """Return a text with other words in one language, without that language if they are empty."""
    others = {tag: said for tag, said in text.items() if tag != language}
    return {**text, language: words} if words else others


def remove_item(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """Return the questionnaire without an item; what was shown only after it loses that condition.

    Raises:
        KeyError: if there is no such item.
    """
    removed = _item(questionnaire, code)
    items = tuple(
        replace(item, show_if=tuple(condition for condition in item.show_if if condition.field != code))
        for item in questionnaire.items
        if item.code != code
    )
    result = replace(questionnaire, items=items)
    is_shared = removed.hint in OWN_TEXTS or any(item.hint == removed.hint for item in items)
    return put_text(result, removed.hint, None) if removed.hint and not is_shared else result


def list_dependents(questionnaire: Questionnaire, code: str) -> tuple[Item, ...]:
    """Return the items whose conditions ask for an item."""
    return tuple(item for item in questionnaire.items if any(one.field == code for one in item.show_if))


def copy_item(questionnaire: Questionnaire, code: str) -> tuple[Questionnaire, str]:
    """Return the questionnaire with a copy behind the item, and the code of the copy.

    The copy is a question of its own: it belongs to no indicator and has no earlier versions.

    Raises:
        KeyError: if there is no such item.
    """
    original = _item(questionnaire, code)
    copied = replace(original, version=1, equivalent_to=(), indicators=(), number=None)
    place = questionnaire.items.index(original) + 1
    behind = questionnaire.items[place].code if place < len(questionnaire.items) else None
    result = add_item(questionnaire, copied, before=behind)
    return result, result.items[place].code


def move_item(questionnaire: Questionnaire, code: str, *, up: bool) -> Questionnaire:
    """Return the questionnaire with an item one place further up or down; at the end it stays where it is.

    Raises:
        InvalidDocument: if it would come before an item that its conditions ask for, or behind one that asks for it.
        KeyError: if there is no such item.
    """
    here = questionnaire.items.index(_item(questionnaire, code))
    there = here - 1 if up else here + 1
    if not 0 <= there < len(questionnaire.items):
        return questionnaire
    return place_item(questionnaire, code, position=there)


def place_item(questionnaire: Questionnaire, code: str, *, position: int) -> Questionnaire:
    """Return the questionnaire with an item at a place counted from 0; the others keep their order.

    Raises:
        InvalidDocument: if an item would come before one that its conditions ask for.
        KeyError: if there is no such item.
    """
    moved = _item(questionnaire, code)
    others = [item for item in questionnaire.items if item.code != code]
    others.insert(max(0, min(position, len(others))), moved)
    places = {item.code: place for place, item in enumerate(others)}
    problems = [
        Problem("item_needs_earlier", "items", {"item": item.code, "value": condition.field})
        for item in others
        for condition in item.show_if
        if places.get(condition.field, -1) > places[item.code]
    ]
    if problems:
        raise InvalidDocument(problems)
    return replace(questionnaire, items=tuple(others))


def keep_key_variable(item: Item) -> Item:
    """Return an item whose key variable names only choices that the item has; empty classes go."""
    codes = {choice.code for choice in item.options}
    classes = {
        name: tuple(member for member in members if member in codes) for name, members in item.key_variable.items()
    }
    return replace(item, key_variable={name: members for name, members in classes.items() if members})


def break_down_by(item: Item) -> Mapping[str, tuple[str, ...]]:
    """Return the classes of a key variable in which every choice stands alone."""
    return {choice.code: (choice.code,) for choice in item.options if choice.code != NO_ANSWER}


def _place_of(questionnaire: Questionnaire, before: str | None) -> int:
    codes = [item.code for item in questionnaire.items]
    return codes.index(before) if before in codes else len(codes)


def _put(questionnaire: Questionnaire, code: str, changed: Item) -> Questionnaire:
    _item(questionnaire, code)
    return replace(questionnaire, items=tuple(changed if item.code == code else item for item in questionnaire.items))


def _item(questionnaire: Questionnaire, code: str) -> Item:
    found = questionnaire.find_item(code)
    if found is None:
        raise KeyError(code)
    return found


def _free_item_code(questionnaire: Questionnaire, item: Item) -> str:
    taken = {one.code for one in questionnaire.items}
    if item.code:
        return free_code(item.code, taken)
    return make_code(item.texts.get(questionnaire.source_language, ""), taken, otherwise="question")


def _name_parts(item: Item, language: str) -> Item:
    """Give codes to the choices and classes that have none yet."""
    taken = {choice.code for choice in item.options} | {entry.code for entry in item.classes}
    options: list[Choice] = []
    for choice in item.options:
        code = choice.code or make_code(choice.texts.get(language, ""), taken, otherwise="answer")
        taken.add(code)
        options.append(replace(choice, code=code))
    classes: list[ValueClass] = []
    for entry in item.classes:
        code = entry.code or make_code(entry.texts.get(language, ""), taken, otherwise="class")
        taken.add(code)
        classes.append(replace(entry, code=code))
    return replace(item, options=tuple(options), classes=tuple(classes))


def _ensure_choices_stay(before: Questionnaire, after: Questionnaire, code: str) -> None:
    gone = {choice.code for choice in _item(before, code).options}
    gone -= {choice.code for choice in _item(after, code).options}
    problems = [
        Problem("choice_is_needed", "options", {"value": value, "item": item.code})
        for item in list_dependents(before, code)
        for condition in item.show_if
        if condition.field == code and condition.operator is not Operator.PRESENT
        for value in _values(condition)
        if value in gone
    ]
    if problems:
        raise InvalidDocument(problems)


def _values(condition: Condition) -> tuple[object, ...]:
    return condition.value if isinstance(condition.value, tuple) else (condition.value,)
