"""The wording of a questionnaire as a table: one row for each string, one column for each language, and back."""

from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.wording import WordingImport
from survey_app.files.language_names import find_tag, name_language
from survey_app.files.sheet_guard import refuse
from survey_app.files.sheet_reading import Sheet, read_sheets
from survey_app.files.sheet_writing import write_sheets
from survey_app.files.wording_rows import RowCollector

SHEET = "wording"
_PATH = "path"
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def write_wording(questionnaire: Questionnaire) -> bytes:
    """Return the table, the source language first; strings that a language lacks are empty cells."""
    source = questionnaire.source_language
    languages = (source, *(tag for tag in questionnaire.languages if tag != source))
    header = (_PATH, *map(name_language, languages))
    rows = [(path, *(text.get(tag, "") for tag in languages)) for path, text in list_texts(questionnaire)]
    rtl = [index for index, tag in enumerate(languages, 1) if tag.partition("-")[0] in _RIGHT_TO_LEFT]
    return write_sheets({SHEET: [header, *rows]}, rtl=rtl)


def read_wording(data: bytes, questionnaire: Questionnaire) -> WordingImport:
    """Return the translations of a table that fit a questionnaire, and the rows that do not.

    Empty cells change nothing, nor does the column of the source language: it tells which rows are out of date.

    Raises:
        InvalidDocument: for what is no such table, and for columns of languages that the questionnaire does not have.
    """
    sheet = read_sheets(data, (SHEET,)).get(SHEET)
    if sheet is None:
        raise refuse("sheet_missing", value=SHEET)
    path_column, columns = _read_header(sheet, questionnaire)
    source = columns.pop(questionnaire.source_language)
    rows = RowCollector(questionnaire)
    for number, cells in sheet.rows:
        path = cells[path_column]
        if rows.accepts_source(path, cells[source], sheet.place(number, path_column)):
            for language, column in columns.items():
                rows.take(path, language, cells[column], sheet.place(number, column))
    return rows.finish()


def _read_header(sheet: Sheet, questionnaire: Questionnaire) -> tuple[int, dict[str, int]]:
    """Return the column of the paths and those of the languages."""
    if _PATH not in sheet.header:
        raise refuse("column_missing", sheet.place(1, 0), value=_PATH)
    columns: dict[str, int] = {}
    for index, name in enumerate(sheet.header):
        if name == _PATH or not name:
            continue
        tag = find_tag(name)
        if tag not in questionnaire.languages:
            raise refuse("language_not_in_questionnaire", sheet.place(1, index), value=name)
        if tag in columns:
            raise refuse("duplicate_language", sheet.place(1, index), value=tag)
        columns[tag] = index
    if questionnaire.source_language not in columns:
        raise refuse("column_missing", sheet.place(1, 0), value=name_language(questionnaire.source_language))
    return sheet.header.index(_PATH), columns
