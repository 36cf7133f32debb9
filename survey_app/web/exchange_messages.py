"""Wordings for files with questionnaires: what is broken in them, what was left out, what a form cannot say.

They stand apart from `web.messages`, since some codes of documents mean something else beside a field of a form.
"""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from survey_app.domain.errors import Problem
from survey_app.web.condition_messages import CONDITION_MESSAGES

_MISSING = lazy_gettext("This is missing.")
_TWICE = lazy_gettext("This stands twice; it must be unique.")
_WRONG_FORM = lazy_gettext("This does not have the form that the file format asks for.")

_FILES: Mapping[str, LazyString] = {
    "file_defines_entities": lazy_gettext("The file defines things of its own in XML; such files are not opened."),
    "file_is_empty": lazy_gettext("The file is empty."),
    "file_is_no_json": lazy_gettext("This is no valid JSON."),
    "file_is_no_po": lazy_gettext("This is no PO file."),
    "file_is_no_utf8": lazy_gettext("This is no text in UTF-8."),
    "file_is_no_workbook": lazy_gettext("This is no XLSX file that can be opened; it may be damaged."),
    "file_is_too_large": lazy_gettext("The file is larger than %(limit)s MB."),
    "file_is_too_large_inside": lazy_gettext("Unpacked, the file is larger than %(limit)s MB."),
    "file_is_too_long": lazy_gettext("The sheet has more than %(limit)s rows."),
    "file_kind_unknown": lazy_gettext("Files of this kind cannot be read: please use XLSX, JSON or PO."),
    "language_missing": lazy_gettext("The file does not say which language it holds."),
    "line_is_broken": lazy_gettext("This line cannot be read."),
    "no_translations": lazy_gettext("Translations come as a PO file or as a table with the sheet “wording”."),
    "questionnaire_needed": lazy_gettext("Translations need the questionnaire to which they belong."),
    "sheet_missing": lazy_gettext("The sheet “%(value)s” is missing."),
}
_CELLS: Mapping[str, LazyString] = {
    "cell_is_too_long": lazy_gettext("The text is longer than %(limit)s characters."),
    "cell_missing": lazy_gettext("“%(value)s” is missing in this row."),
    "column_double": lazy_gettext("The column “%(value)s” stands twice."),
    "column_missing": lazy_gettext("The column “%(value)s” is missing."),
    "duplicate_code": lazy_gettext("“%(value)s” stands twice; it must be unique."),
    "duplicate_language": lazy_gettext("The language %(value)s stands twice."),
    "error_in_cell": lazy_gettext("Here stands an error of the spreadsheet: %(value)s"),
    "formula_in_cell": lazy_gettext("Here stands a formula; please put its result in its place."),
    "group_not_closed": lazy_gettext("The group that begins here does not end."),
    "group_not_open": lazy_gettext("Here ends a group that did not begin."),
    "language_is_the_source": lazy_gettext("The questionnaire is written in %(value)s; nothing is translated there."),
    "language_not_in_questionnaire": lazy_gettext("The questionnaire does not have this language: %(value)s"),
    "list_missing": lazy_gettext("There is no list of choices called “%(value)s”."),
    "no_questions": lazy_gettext("There is nothing here that can be asked."),
    "row_is_too_wide": lazy_gettext("The row has more than %(limit)s columns."),
    "text_without_column": lazy_gettext("This text stands in a column without a heading."),
    "unknown_language": lazy_gettext(
        "This language is unknown: %(value)s. Please put its code in brackets, as in “Deutsch (de)”."
    ),
}
_ROWS: Mapping[str, LazyString] = {
    "double_text": lazy_gettext("This text stands twice, the first one counts: %(value)s"),
    "fuzzy_text": lazy_gettext("This translation is marked as unsure: %(value)s"),
    "outdated_text": lazy_gettext("The original has changed since this was translated: %(value)s"),
    "text_with_plural": lazy_gettext("Texts here have no plural forms."),
    "unknown_string": lazy_gettext("The questionnaire has no such text: %(value)s"),
}
_LEFT_OUT: Mapping[str, LazyString] = {
    "choice_left_out": lazy_gettext("This choice stands twice in its list; the second one was left out: %(value)s"),
    "column_not_carried": lazy_gettext("Left out, because it does not exist here: %(value)s"),
    "condition_differs": lazy_gettext("Shown only to people who answered the question asked for: %(value)s"),
    "condition_left_out": lazy_gettext("This condition was left out: %(value)s"),
    "field_not_carried": lazy_gettext("Forms have no place for this: %(value)s"),
    "group_dissolved": lazy_gettext("The group was dissolved; its questions follow one another."),
    "limit_left_out": lazy_gettext("This limit was left out: %(value)s"),
    "name_changed": lazy_gettext("This is called %(value)s now."),
    "other_added": lazy_gettext("An answer “Other” with a field for words was added."),
    "reference_in_text": lazy_gettext("Answers cannot be filled into texts; the text stays as it stands here."),
    "repeat_asked_once": lazy_gettext("Questions that could be repeated are asked once."),
    "row_left_out": lazy_gettext("A row without a type was left out."),
    "sheet_not_carried": lazy_gettext("This sheet was left out."),
    "type_changed": lazy_gettext("This is asked as a number, also with decimals: %(value)s"),
    "type_not_carried": lazy_gettext("Questions of this type cannot be asked here: %(value)s"),
}
_DOCUMENTS: Mapping[str, LazyString] = {
    "choices_without_use": lazy_gettext("Only questions with choices can have choices."),
    "duplicate_key": _TWICE,
    "empty_range": lazy_gettext("The smallest number is greater than the largest one."),
    "malformed_code": lazy_gettext("This is no code of small letters, digits, _ and -: %(value)s"),
    "missing_key": _MISSING,
    "no_choices": lazy_gettext("A question with choices needs at least one."),
    "not_a_boolean": lazy_gettext("This must be true or false."),
    "not_a_date": lazy_gettext("This must be a date such as 2026-11-22."),
    "not_a_list": _WRONG_FORM,
    "not_a_number": lazy_gettext("This must be a number of at most 18 digits."),
    "not_a_string": lazy_gettext("This must be a plain text."),
    "not_a_whole_number": lazy_gettext("This must be a whole number."),
    "not_an_object": _WRONG_FORM,
    "reserved_code": lazy_gettext("This name is used for something else: %(value)s"),
    "source_language_not_offered": lazy_gettext("The language of the original is not among the languages."),
    "unknown_choice": lazy_gettext("There is no such choice: %(value)s"),
    "unknown_key": lazy_gettext("This key is unknown."),
    "unknown_schema": lazy_gettext("This is no questionnaire in the format questionnaire/1."),
    "unknown_text": lazy_gettext("The questionnaire has no such text: %(value)s"),
    "unknown_value": _WRONG_FORM,
}
EXCHANGE_MESSAGES: Mapping[str, LazyString] = {
    **CONDITION_MESSAGES,
    **_FILES,
    **_CELLS,
    **_ROWS,
    **_LEFT_OUT,
    **_DOCUMENTS,
}


def explain_problem(problem: Problem) -> str:
    """Return what to say about a problem in a file, or a note on what was left out, without its place.

    Raises:
        KeyError: for a code without wording; a test walks through all codes.
    """
    words = str(EXCHANGE_MESSAGES[problem.code])
    return words % problem.parameters if problem.parameters else words
