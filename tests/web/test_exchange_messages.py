"""Wordings for files: every code that reading or writing a questionnaire can give has one."""

import re
from pathlib import Path

import survey_app
from survey_app.domain.errors import Problem
from survey_app.web.exchange_messages import EXCHANGE_MESSAGES, explain_problem

SOURCES = (
    "domain/condition_checks.py",
    "domain/document_reading.py",
    "domain/item_document.py",
    "domain/questionnaire_document.py",
    "files/questionnaire_files.py",
    "files/questionnaire_json.py",
    "files/sheet_guard.py",
    "files/sheet_reading.py",
    "files/sheet_writing.py",
    "files/text_reading.py",
    "files/wording_po.py",
    "files/wording_rows.py",
    "files/wording_xlsx.py",
    "files/xlsform_choices.py",
    "files/xlsform_columns.py",
    "files/xlsform_flow.py",
    "files/xlsform_losses.py",
    "files/xlsform_questions.py",
    "files/xlsform_reading.py",
    "files/xlsform_rows.py",
    "files/xlsform_settings.py",
)
_CALLS = (
    r'(?:Problem|refuse|note|add)\(\s*(?:"(\w+)"(?: if [^"]*?else "(\w+)")?)|(?<=yield )"(condition_\w+|unknown_item)"'
)


def raised_codes() -> set[str]:
    package = Path(survey_app.__file__).parent
    text = "".join((package / source).read_text(encoding="utf-8") for source in SOURCES)
    return {code for found in re.findall(_CALLS, text) for code in found if code}


def test_every_problem_of_a_file_has_a_wording() -> None:
    assert len(raised_codes()) > 50
    assert raised_codes() <= EXCHANGE_MESSAGES.keys()


def test_every_wording_can_be_filled_in() -> None:
    parameters = {"value": "x", "limit": 3}
    assert not [code for code in EXCHANGE_MESSAGES if "%(" in explain_problem(Problem(code, "a", parameters))]
