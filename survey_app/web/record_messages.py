"""Wordings of the problems that a table of records can have."""

from flask_babel import gettext, lazy_gettext

from survey_app.domain.errors import Problem
from survey_app.web.record_words import HEADERS
from survey_app.web.vocabulary import Words

RECORD_MESSAGES: Words = {
    "ambiguous_reference": lazy_gettext("Several records fit “%(value)s”. Please write its number, such as #12."),
    "cell_is_too_long": lazy_gettext("Row %(row)s: a cell has more than %(limit)s characters."),
    "column_without_name": lazy_gettext("Row %(row)s has text in a column without a name."),
    "doubled_column": lazy_gettext("The column “%(name)s” stands twice."),
    "doubled_row": lazy_gettext("The same record stands in a row further up."),
    "file_is_empty": lazy_gettext("The file holds no row."),
    "file_is_lost": lazy_gettext("The file was lost on its way. Please choose it again."),
    "file_is_no_text": lazy_gettext("This is no CSV file. In Excel choose “Save as” and “CSV UTF-8”."),
    "file_is_too_large": lazy_gettext("The file is larger than %(limit)s kB. Please split it."),
    "file_is_too_long": lazy_gettext("The file has more than %(limit)s rows. Please split it."),
    "missing_column": lazy_gettext("The column “%(name)s” is missing."),
    "no_file": lazy_gettext("Please choose a file."),
    "not_a_language": lazy_gettext(
        "“%(value)s” is not known as a language. Please write its name or a tag such as uk."
    ),
    "not_yes_or_no": lazy_gettext("Please write yes or no."),
    "row_is_broken": lazy_gettext("Row %(row)s cannot be read: a quotation mark is not closed."),
    "row_is_too_wide": lazy_gettext("Row %(row)s has more cells than there are columns."),
    "unknown_column": lazy_gettext("There is no column “%(name)s”."),
    "unknown_record": lazy_gettext("There is no record with the number %(value)s. For a new one leave the cell empty."),
    "unknown_reference": lazy_gettext("Nothing of this name is recorded: %(value)s"),
    "unknown_value": lazy_gettext("“%(value)s” is not possible; possible are: %(choices)s"),
}


def name_earlier_step(problem: Problem) -> str:
    """Return the wording of two days in the wrong order, for a table, where nothing stands above a cell."""
    return gettext("This day lies before the day in “%(name)s”.", name=HEADERS[str(problem.parameters["step"])])
