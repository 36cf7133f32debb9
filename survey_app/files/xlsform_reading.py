"""Opening XLSForms, as Kobo and ODK use them: a questionnaire, and a note on everything that could not be carried.

Groups are dissolved: their label becomes a block of text, their condition one of each question. Repeats are asked once.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from survey_app.domain.conditions import Condition
from survey_app.domain.errors import InvalidDocument, Problem
from survey_app.domain.questionnaire import Item, Questionnaire
from survey_app.domain.questionnaire_document import check_questionnaire, parse_questionnaire, write_questionnaire
from survey_app.domain.text import Text
from survey_app.files.sheet_guard import refuse
from survey_app.files.sheet_reading import Sheet, read_sheets
from survey_app.files.xlsform_choices import ChoiceList, read_choice_columns, read_choices
from survey_app.files.xlsform_columns import list_languages, read_columns
from survey_app.files.xlsform_flow import Flow
from survey_app.files.xlsform_rows import SURVEY_COLUMNS, Row
from survey_app.files.xlsform_settings import Settings, read_settings

_SHEETS = ("survey", "choices", "settings")
_UNREAD = ("external_choices", "entities", "osm")
_SHOW_IF = re.compile(r"items\[(\d+)\]\.show_if(?:\[(\d+)\])?")
_ITEM = re.compile(r"items\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class XlsFormImport:
    """What a form gave.

    Attributes:
        notes: what was left out or means something else here, each with its cell, in the order of the sheets.
    """

    questionnaire: Questionnaire
    notes: tuple[Problem, ...] = ()


def is_xlsform(sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether a workbook has the sheet that every XLSForm has."""
    return "survey" in sheets


def read_xlsform(data: bytes, *, language: str = "de") -> XlsFormImport:
    """Return the questionnaire of a form.

    Args:
        data: content of the XLSX file.
        language: what texts are in if the form does not say so.

    Raises:
        InvalidDocument: if the file is broken; places are cells such as ``survey!B7``.
    """
    return read_sheets_of_form(read_sheets(data, (*_SHEETS, *_UNREAD)), language=language)


def read_sheets_of_form(sheets: Mapping[str, Sheet], *, language: str) -> XlsFormImport:
    """Return the questionnaire of a form whose sheets are read already.

    Raises:
        InvalidDocument: as for `read_xlsform`.
    """
    if not is_xlsform(sheets):
        raise refuse("sheet_missing", value="survey")
    settings = read_settings(sheets.get("settings"), language=language)
    survey = read_columns(sheets["survey"], SURVEY_COLUMNS, language=settings.language)
    if "type" not in survey.plain or "name" not in survey.plain:
        missing = "type" if "type" not in survey.plain else "name"
        raise refuse("column_missing", "survey!A1", value=missing)
    choices = read_choice_columns(sheets.get("choices"), language=settings.language)
    languages = list_languages(survey, choices) or (settings.language,)
    source = settings.language if settings.language in languages else languages[0]
    choice_notes: list[Problem] = []
    lists = read_choices(choices, choice_notes, may_repeat=settings.may_repeat)
    rows = [Row(number, survey, cells) for number, cells in sheets["survey"].rows]
    flow = _walk(rows, lists, source)
    questionnaire = _build(settings, flow, languages, source)
    survey_notes = [note for row in rows for note in row.notes]
    unread = [Problem("sheet_not_carried", name) for name in _UNREAD if name in sheets and sheets[name].rows]
    notes = (*survey_notes, *choice_notes, *settings.notes, *unread)
    return XlsFormImport(questionnaire, notes)


def _walk(rows: list[Row], lists: Mapping[str, ChoiceList], source: str) -> Flow:
    flow = Flow(rows, lists, source)
    for row in rows:
        flow.take(row)
    flow.finish()
    if not flow.items:
        raise refuse("no_questions", "survey")
    return flow


def _build(settings: Settings, flow: Flow, languages: tuple[str, ...], source: str) -> Questionnaire:
    texts: dict[str, Text] = dict(flow.texts)
    if settings.title:
        texts["title"] = {**texts.get("title", {}), source: settings.title}
    questionnaire = Questionnaire(
        settings.id, settings.version, source, languages, tuple(item for item, _row in flow.items), texts
    )
    rows = [row for _item, row in flow.items]
    questionnaire = _drop_hopeless(questionnaire, rows)
    problems = check_questionnaire(questionnaire)
    if problems:
        raise InvalidDocument([_locate(problem, rows) for problem in problems])
    try:
        return parse_questionnaire(write_questionnaire(questionnaire))
    except InvalidDocument as error:
        raise InvalidDocument([_locate(problem, rows) for problem in error.problems]) from error


def _drop_hopeless(questionnaire: Questionnaire, rows: list[Row]) -> Questionnaire:
    """Return the questionnaire without conditions that cannot be asked here; each is noted in its row."""
    while True:
        faults = dict(_list_faults(questionnaire))
        if not faults:
            return questionnaire
        items = list(questionnaire.items)
        for index, numbers in faults.items():
            rows[index].note("condition_left_out", "relevant", rows[index].cell("relevant"))
            items[index] = replace(items[index], show_if=_without(items[index], numbers))
        questionnaire = replace(questionnaire, items=tuple(items))


def _list_faults(questionnaire: Questionnaire) -> Iterator[tuple[int, set[int] | None]]:
    """Yield the index of each item with the numbers of its faulty conditions; None for all together."""
    found: dict[int, set[int] | None] = {}
    for problem in check_questionnaire(questionnaire):
        place = _SHOW_IF.fullmatch(problem.place)
        if place is None:
            continue
        index, number = int(place[1]), place[2]
        numbers = found.setdefault(index, set())
        if number is None or numbers is None:
            found[index] = None
        else:
            numbers.add(int(number))
    yield from found.items()


def _without(item: Item, numbers: set[int] | None) -> tuple[Condition, ...]:
    return tuple(
        condition for number, condition in enumerate(item.show_if) if numbers is not None and number not in numbers
    )


def _locate(problem: Problem, rows: list[Row]) -> Problem:
    place = _ITEM.match(problem.place)
    return Problem(problem.code, rows[int(place[1])].place("name") if place else "survey", problem.parameters)
