"""Questionnaires as XLSForms that Kobo, ODK and others open.

Texts of the questionnaire itself are notes called ``text.<key>``: introduction and thanks are shown, the others only
travel along. Words beside a choice are a question of their own called ``<item>.<choice>``, as the field of our form.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.domain.text import Text
from survey_app.files.language_names import name_language
from survey_app.files.sheet_reading import Sheet
from survey_app.files.sheet_writing import Table, write_sheets
from survey_app.files.xlsform_columns import NO_TEXT
from survey_app.files.xlsform_limits import write_constraint, write_length
from survey_app.files.xlsform_losses import list_losses
from survey_app.files.xlsform_reading import read_sheets_of_form
from survey_app.files.xlsform_relevance import write_relevant
from survey_app.files.xlsform_settings import ROOT_NAME

_TYPES: Mapping[ItemType, str] = {
    ItemType.BLOCK: "note",
    ItemType.DATE: "date",
    ItemType.LONG_TEXT: "text",
    ItemType.MANY: "select_multiple",
    ItemType.NUMBER: "decimal",
    ItemType.ONE: "select_one",
    ItemType.TEXT: "text",
}
_RESERVED = frozenset({"meta"})
_NEVER = "false()"
_SHOWN_FIRST = ("introduction",)
_SHOWN_LAST = ("thanks",)
_COLUMNS = ("type", "name", "required", "relevant", "constraint", "appearance", "parameters")


@dataclass(frozen=True, slots=True)
class XlsFormExport:
    """A form and what it cannot say.

    Attributes:
        losses: one problem for each kind of thing that is lost, its place the name of the field.
    """

    data: bytes
    losses: tuple[Problem, ...]


def write_xlsform(questionnaire: Questionnaire) -> XlsFormExport:
    """Return the form of a questionnaire.

    What is lost is found by reading the form again, so that the list cannot forget anything.

    Raises:
        InvalidDocument: if it asks nothing, or a text is longer than a cell can hold.
    """
    tables = _make_tables(questionnaire)
    sheets = {name: _as_sheet(name, table) for name, table in tables.items()}
    returned = read_sheets_of_form(sheets, language=questionnaire.source_language).questionnaire
    return XlsFormExport(write_sheets(tables), list_losses(questionnaire, returned))


def _make_tables(questionnaire: Questionnaire) -> dict[str, Table]:
    languages = tuple(map(name_language, questionnaire.languages))
    labels = tuple(f"label::{name}" for name in languages)
    hints = tuple(f"hint::{name}" for name in languages)
    source = questionnaire.source_language
    title = questionnaire.texts.get("title", {}).get(source) or questionnaire.id
    settings = ("form_title", "form_id", "version", "default_language", "name")
    values = (title, questionnaire.id, str(questionnaire.version), name_language(source), ROOT_NAME)
    return {
        "survey": [(*_COLUMNS, *labels, *hints), *_list_survey(questionnaire)],
        "choices": [("list_name", "name", *labels), *_list_choices(questionnaire)],
        "settings": [settings, values],
    }


def _list_survey(questionnaire: Questionnaire) -> Iterator[Sequence[str]]:
    keys = questionnaire.texts
    for key in keys:
        if key not in _SHOWN_LAST:
            yield _write_own_text(questionnaire, key, is_shown=key in _SHOWN_FIRST)
    asked = {item.code: item for item in questionnaire.items}
    names = {code: _name(code) for code in asked}
    for item in questionnaire.items:
        if item.type in _TYPES:
            yield _write_item(questionnaire, item, write_relevant(item.show_if, asked, names))
            for choice in item.options:
                if choice.text_length:
                    yield _write_text_beside(questionnaire, item, choice)
    for key in keys:
        if key in _SHOWN_LAST:
            yield _write_own_text(questionnaire, key, is_shown=True)


def _write_own_text(questionnaire: Questionnaire, key: str, *, is_shown: bool) -> Sequence[str]:
    cells = {"type": "note", "name": f"text.{key}", "relevant": "" if is_shown else _NEVER}
    return _row(questionnaire, cells, questionnaire.texts[key])


def _write_item(questionnaire: Questionnaire, item: Item, relevant: str) -> Sequence[str]:
    kind = _TYPES[item.type]
    cells = {
        "type": f"{kind} {_name(item.code)}" if item.is_closed else kind,
        "name": _name(item.code),
        "required": "yes" if item.required and item.type is not ItemType.BLOCK else "",
        "relevant": relevant,
        "constraint": write_constraint(item),
        "appearance": "multiline" if item.type is ItemType.LONG_TEXT else "",
        "parameters": "randomize=true" if item.shuffle and item.is_closed else "",
    }
    hint = questionnaire.texts.get(item.hint, {}) if item.hint is not None else {}
    return _row(questionnaire, cells, item.texts, hint)


def _write_text_beside(questionnaire: Questionnaire, item: Item, choice: Choice) -> Sequence[str]:
    name = _name(item.code)
    sign = f"selected(${{{name}}}, '{choice.code}')" if item.type is ItemType.MANY else f"${{{name}}} = '{choice.code}'"
    cells = {"type": "text", "name": f"{name}.{choice.code}", "relevant": sign}
    cells["constraint"] = write_length(choice.text_length or 1)
    return _row(questionnaire, cells, choice.texts)


def _row(
    questionnaire: Questionnaire, cells: Mapping[str, str], label: Text, hint: Text | None = None
) -> Sequence[str]:
    """Return the cells of a row in the order of the columns."""
    hints = (_shown(words) for words in _by_language(questionnaire, hint or {}))
    return (*(cells.get(name, "") for name in _COLUMNS), *_label(questionnaire, label), *hints)


def _list_choices(questionnaire: Questionnaire) -> Iterator[Sequence[str]]:
    for item in questionnaire.items:
        for choice in item.options if item.is_closed else ():
            yield (_name(item.code), choice.code, *_label(questionnaire, choice.texts))


def _label(questionnaire: Questionnaire, text: Text) -> Sequence[str]:
    """Return a label in each language; one that has no words at all gets a sign, since forms refuse empty labels."""
    words = [_shown(one) for one in _by_language(questionnaire, text)]
    return words if any(words) else [NO_TEXT for _one in words]


def _by_language(questionnaire: Questionnaire, text: Text) -> Iterator[str]:
    return (text.get(tag, "") for tag in questionnaire.languages)


def _shown(words: str) -> str:
    """Return words without what forms take for a reference to an answer."""
    return words.replace("${", "$ {")


def _name(code: str) -> str:
    return f"_{code}" if code in _RESERVED else code


def _as_sheet(name: str, table: Table) -> Sheet:
    header, *rows = table
    return Sheet(name, tuple(header), tuple((number, tuple(row)) for number, row in enumerate(rows, 2)))
