"""Items in words, line by line: for two texts side by side and for differences between versions."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from flask_babel import format_date, gettext

from survey_app.coordinators.comparison import Facts
from survey_app.coordinators.designer.item_kinds import KINDS
from survey_app.coordinators.goals.number_field import write_exactly
from survey_app.domain.help_texts import help_of
from survey_app.domain.questionnaire import Choice, Item, Questionnaire, ValueClass
from survey_app.web.question_notes import describe_conditions

NOTHING = "–"


def describe_item(questionnaire: Questionnaire, code: str, language: str | None = None) -> Facts:
    """Return what an item of a questionnaire says and asks, in one language of the questionnaire.

    Args:
        language: of the wording; the source language unless given.

    Raises:
        KeyError: if there is no such item.
    """
    item = questionnaire.find_item(code)
    if item is None:
        raise KeyError(code)
    tag = language or questionnaire.source_language
    return [
        (gettext("Question"), _line(item.texts.get(tag))),
        (gettext("Help text"), _line(help_of(questionnaire, item).get(tag))),
        (gettext("Kind"), (_kind_of(item),)),
        (gettext("Answers"), tuple(_choice(one, tag) for one in item.options) or (NOTHING,)),
        (gettext("Classes"), tuple(_value_class(one, tag) for one in item.classes) or (NOTHING,)),
        (gettext("Limits"), _limits(item)),
        (gettext("Shown to"), (_shown(item, questionnaire, tag),)),
        (gettext("Optional part"), _line(item.module)),
        (gettext("Particulars"), _particulars(item)),
    ]


def _kind_of(item: Item) -> str:
    return str(next(kind.name for kind in KINDS.values() if kind.type is item.type))


def _line(words: str | None) -> tuple[str, ...]:
    return (words,) if words else (NOTHING,)


def _choice(choice: Choice, tag: str) -> str:
    words = choice.texts.get(tag) or choice.code
    marks = {
        gettext("with a field for words"): bool(choice.text_length),
        gettext("only by itself"): choice.exclusive,
        gettext("leaves the base"): choice.leaves_base,
    }
    found = [name for name, is_set in marks.items() if is_set]
    return f"{words} ({', '.join(found)})" if found else words


def _value_class(entry: ValueClass, tag: str) -> str:
    return f"{entry.texts.get(tag) or entry.code}: {_value(entry.low)} – {_value(entry.high)}"


def _value(value: Decimal | date | None) -> str:
    if value is None:
        return "…"
    return format_date(value, "medium") if isinstance(value, date) else write_exactly(Fraction(value))


def _limits(item: Item) -> tuple[str, ...]:
    found = []
    if item.max_choices:
        found.append(gettext("at most %(count)s answers", count=item.max_choices))
    if item.max_length:
        found.append(gettext("at most %(count)s characters", count=item.max_length))
    if item.minimum is not None or item.maximum is not None:
        found.append(f"{_value(item.minimum)} – {_value(item.maximum)}")
    return tuple(found) or (NOTHING,)


def _shown(item: Item, questionnaire: Questionnaire, tag: str) -> str:
    parts = describe_conditions(item, questionnaire)
    said = "".join(part if isinstance(part, str) else part.texts.get(tag, part.code) for part in parts)
    return said or gettext("everybody")


def _particulars(item: Item) -> tuple[str, ...]:
    marks = {
        gettext("sensitive"): item.sensitive,
        gettext("required"): item.required,
        gettext("answers in another order for everybody"): item.shuffle,
        gettext("results may be shown by its answers"): bool(item.key_variable),
        gettext("wording %(version)s of the question", version=item.version): item.version > 1,
    }
    return tuple(name for name, is_set in marks.items() if is_set) or (NOTHING,)
