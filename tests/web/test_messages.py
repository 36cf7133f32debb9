"""Wordings of problems: every code that can reach a page has one, and every wording can be filled in."""

import re
from pathlib import Path

import pytest
from flask import Flask

import survey_app
from survey_app.domain.errors import Problem
from survey_app.web.messages import known_codes, message_of

ROOMS = (
    "domain/response.py",
    "domain/book_checks.py",
    "domain/condition_checks.py",
    "coordinators/record_tables.py",
    "coordinators/table_files.py",
    "files/csv_reading.py",
    "files/pictures.py",
    "files/record_csv.py",
    "domain/publishing.py",
    "domain/questionnaire_editing.py",
    "services/ceilings.py",
    "services/convening.py",
    "services/record_desks.py",
    "services/record_import.py",
    "services/tickets.py",
)
PARAMETERS = {"limit": 3, "length": 4, "low": 3, "high": 36, "ratio": 3, "names": "IV.1", "row": 7}
PARAMETERS |= {"name": "Titel", "value": "Frage 1", "item": "Frage 3", "choices": "a | b"}


def raised_codes() -> set[str]:
    package = Path(survey_app.__file__).parent
    sources = [(package / room).read_text(encoding="utf-8") for room in ROOMS]
    found = (re.findall(r'(?:Problem\(\s*|_wrong\(\s*|(?="condition_))"(\w+)"', source) for source in sources)
    return {code for codes in found for code in codes}


def test_every_problem_that_reaches_a_page_has_a_wording() -> None:
    assert len(raised_codes()) > 10
    assert raised_codes() <= known_codes()


@pytest.mark.parametrize("language", ["de", "de-x-simple", "en", "fr", "tr", "ar", "fa", "uk", "ru"])
def test_every_wording_can_be_filled_in(app: Flask, language: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        words = [message_of(Problem(code, "place", PARAMETERS)) for code in known_codes()]
    assert all(words)
    assert not [line for line in words if "%(" in line]
