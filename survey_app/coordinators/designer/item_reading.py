"""From an item to the values of its form, and back: what the form does not show stays as it was."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import gettext

from survey_app.coordinators.designer.desk import fingerprint
from survey_app.coordinators.designer.item_forms import (
    MOST_CHARACTERS,
    ChoiceForm,
    ClassedForm,
    ItemForm,
    ManyForm,
    NumberForm,
    QuestionForm,
    TextForm,
)
from survey_app.coordinators.designer.rows_field import Row
from survey_app.coordinators.goals.number_field import write_exactly
from survey_app.domain.errors import Problem
from survey_app.domain.help_texts import help_of, put_help
from survey_app.domain.questionnaire import NO_ANSWER, Choice, Item, ItemType, Questionnaire, ValueClass
from survey_app.domain.questionnaire_editing import break_down_by, keep_key_variable, put_key_variable, reword
from survey_app.domain.text import Text
from survey_app.services.item_library import NOT_APPLICABLE, shipped_questionnaire, usual_choice
from survey_app.web.messages import message_of

_BESIDE_LENGTH = 80
_YES = "1"
_NUMBER = re.compile(r"[-\u2212]?\d{1,12}(?:[.,]\d{1,6})?")


def item_values(item: Item, questionnaire: Questionnaire, published: Item | None = None) -> dict[str, Any]:
    """Return what the form shows for an item.

    Args:
        published: the item as the latest published version has it.
    """
    source = questionnaire.source_language
    hint = help_of(questionnaire, item)
    away = _find_away(item)
    silent = next((choice for choice in item.options if choice.code == NO_ANSWER), None)
    mark = mark_of(questionnaire, item)
    return {
        "text": item.texts.get(source, ""),
        "help": hint.get(source, ""),
        "options": [_option_row(one, source) for one in item.options if one not in (away, silent)],
        "not_applicable": away is not None,
        "not_applicable_words": (away or NOT_APPLICABLE).texts.get(source, ""),
        "no_answer": silent is not None,
        "no_answer_words": (silent or usual_choice(NO_ANSWER)).texts.get(source, ""),
        "key_variable": bool(item.key_variable),
        "classes": [_class_row(entry, source) for entry in item.classes],
        "minimum": None if item.minimum is None else Fraction(item.minimum),
        "maximum": None if item.maximum is None else Fraction(item.maximum),
        "meaning": meaning_of(item, published),
        "seen": mark,
        "opened": mark,
        **{
            name: getattr(item, name)
            for name in ("module", "sensitive", "required", "shuffle", "max_choices", "max_length")
        },
    }


def mark_of(questionnaire: Questionnaire, item: Item) -> str:
    """Return what tells one state of an item and its help text from another."""
    return fingerprint((item, help_of(questionnaire, item)))


def _find_away(item: Item) -> Choice | None:
    away = [choice for choice in item.options if choice.leaves_base and choice.code != NO_ANSWER]
    return away[0] if len(away) == 1 and not away[0].text_length else None


def _option_row(choice: Choice, source: str) -> Row:
    return {
        "words": choice.texts.get(source, ""),
        "code": choice.code,
        "beside": _YES if choice.text_length else "",
        "exclusive": _YES if choice.exclusive else "",
    }


def _class_row(entry: ValueClass, source: str) -> Row:
    limits = {"low": entry.low, "high": entry.high}
    written = {name: _write(value) for name, value in limits.items()}
    return {"words": entry.texts.get(source, ""), "code": entry.code, **written}


def _write(value: Decimal | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else write_exactly(Fraction(value))


def read_item(form: ItemForm, questionnaire: Questionnaire) -> Item | None:
    """Return the item as it was typed, None if something is wrong; the fields then say what."""
    form.validate()
    if not form.text.data and not form.text.errors:
        form.add_message("text", message_of(Problem("required", "text")))
    source = questionnaire.source_language
    before = form.original or Item("", form.kind, {})
    item = replace(before, texts=reword(before.texts, source, form.text.data), module=form.module.data)
    if isinstance(form, QuestionForm):
        item = replace(item, sensitive=form.sensitive.data, required=form.required.data)
        item = _read_meaning(form, item)
    if isinstance(form, ChoiceForm):
        item = _read_choices(form, item, source)
    if isinstance(form, ClassedForm):
        item = _read_classes(form, item, source)
    if isinstance(form, TextForm):
        item = replace(item, max_length=_at_least_one(form.max_length.data))
    return None if form.errors else item


def _at_least_one(number: int | None) -> int | None:
    return None if number is None else max(1, min(number, MOST_CHARACTERS))


def _read_meaning(form: QuestionForm, item: Item) -> Item:
    """A change of meaning is the next version of the published item; whether the series goes on, somebody has said."""
    published = form.published
    if published is None or form.meaning.data == meaning_of(item, published):
        return item
    series = (*published.equivalent_to, published.version)
    meanings = {
        "same": replace(item, version=published.version, equivalent_to=published.equivalent_to),
        "comparable": replace(item, version=published.version + 1, equivalent_to=series),
        "new": replace(item, version=published.version + 1, equivalent_to=()),
    }
    return meanings.get(form.meaning.data, item)


def meaning_of(item: Item, published: Item | None) -> str:
    """Return what an item means beside its published version: the same, something comparable, or something new."""
    if published is None or item.version <= published.version:
        return "same"
    return "comparable" if published.version in item.equivalent_to else "new"


def _read_choices(form: ChoiceForm, item: Item, source: str) -> Item:
    known = {choice.code: choice for choice in item.options}
    options = [_read_choice(row, known, source, is_many=item.type is ItemType.MANY) for row in form.options.filled]
    if not options:
        form.add_message("options", gettext("Please enter at least one answer."))
    options += _read_ways_out(form, item, source)
    read = replace(item, options=tuple(options), shuffle=form.shuffle.data, key_variable=_joined_classes(form, item))
    read = keep_key_variable(read)
    if isinstance(form, ManyForm):
        limit = form.max_choices.data
        return replace(read, max_choices=None if not limit or limit >= len(options) else limit)
    return read


def list_codes(form: ItemForm, item: Item) -> dict[str, str]:
    """Return the codes that the rows of a form have got, by the names of their fields: they never change again."""
    made = {"options": item.options, "classes": item.classes}
    return {
        f"{name}-{place}-code": part.code
        for name, parts in made.items()
        if name in form
        for (place, _row), part in zip(form[name].numbered, parts, strict=False)
    }


def _joined_classes(form: ChoiceForm, item: Item) -> Mapping[str, tuple[str, ...]]:
    """Return classes that somebody joined on purpose; those of one answer each follow from the answers."""
    is_joined = any((name,) != tuple(members) for name, members in item.key_variable.items())
    return item.key_variable if form.key_variable.data and is_joined else {}


def finish_item(form: ItemForm, questionnaire: Questionnaire, code: str) -> Questionnaire:
    """Return the questionnaire with what belongs to an item beside itself: help text, classes of its answers."""
    result = put_help(questionnaire, code, form.help.data)
    item = result.find_item(code)
    if isinstance(form, ChoiceForm) and form.key_variable.data and item is not None and not item.key_variable:
        return put_key_variable(result, code, break_down_by(item))
    return result


def _read_choice(row: Row, known: Mapping[str, Choice], source: str, *, is_many: bool) -> Choice:
    before = known.get(row["code"])
    length = (before.text_length if before else None) or _BESIDE_LENGTH
    values: dict[str, Any] = {"text_length": length if row["beside"] else None}
    if is_many:
        values["exclusive"] = bool(row["exclusive"])
    if before is None:
        return Choice("", propose_texts({source: row["words"]}, source), **values)
    return replace(before, texts=reword(before.texts, source, row["words"]), **values)


def _read_ways_out(form: ChoiceForm, item: Item, source: str) -> list[Choice]:
    """Return "does not apply", which leaves the base, and behind it "no answer", which stays in it."""
    found: list[Choice] = []
    away = _find_away(item)
    if form.not_applicable.data:
        found.append(_worded(away or NOT_APPLICABLE, form.not_applicable_words.data, source))
    if form.no_answer.data:
        silent = next((choice for choice in item.options if choice.code == NO_ANSWER), usual_choice(NO_ANSWER))
        found.append(_worded(silent, form.no_answer_words.data, source))
    return found


def _worded(choice: Choice, words: str | None, source: str) -> Choice:
    """Return a way out with its words; translations of other words than these are of no use."""
    if not words or words == choice.texts.get(source):
        return choice
    is_usual = choice.texts in (usual_choice(NO_ANSWER).texts, NOT_APPLICABLE.texts)
    return replace(choice, texts={source: words} if is_usual else reword(choice.texts, source, words))


def propose_texts(text: Text, source: str) -> Text:
    """Return a text with the translations that the shipped items have for the very same words."""
    words = text.get(source, "").strip()
    for item in shipped_questionnaire().items:
        for choice in item.options:
            if words and choice.texts.get(source) == words:
                return choice.texts
    return text


def _read_classes(form: ClassedForm, item: Item, source: str) -> Item:
    known = {entry.code: entry for entry in item.classes}
    classes = tuple(_read_class(form, row, known, source) for row in form.classes.filled)
    item = replace(item, classes=classes)
    if not isinstance(form, NumberForm):
        return item
    limits = {name: _decimal(form[name].number) for name in ("minimum", "maximum")}
    return replace(item, minimum=limits["minimum"], maximum=limits["maximum"])


def _read_class(form: ClassedForm, row: Row, known: Mapping[str, ValueClass], source: str) -> ValueClass:
    before = known.get(row["code"]) or ValueClass("", {})
    limits = {name: _read_limit(form, row, row[name]) for name in ("low", "high")}
    low, high = limits["low"], limits["high"]
    if low is not None and high is not None and low > high:  # type: ignore[operator]  # both of the form's kind
        _refuse(form, row, gettext("The class ends before it begins."))
    return replace(before, texts=reword(before.texts, source, row["words"]), low=low, high=high)


def _read_limit(form: ClassedForm, row: Row, typed: str) -> Decimal | date | None:
    if not typed:
        return None
    try:
        if form.kind is ItemType.DATE:
            return date.fromisoformat(typed)
        if _NUMBER.fullmatch(typed):
            return Decimal(typed.replace(",", ".").replace("\u2212", "-"))
    except ValueError:
        pass
    code = "not_a_date" if form.kind is ItemType.DATE else "not_a_number"
    _refuse(form, row, message_of(Problem(code, "classes")))
    return None


def _refuse(form: ClassedForm, row: Row, message: str) -> None:
    row["error"] = message
    if message not in form.classes.errors:
        form.add_message("classes", message)


def _decimal(number: Fraction | None) -> Decimal | None:
    return None if number is None else Decimal(number.numerator) / Decimal(number.denominator)
