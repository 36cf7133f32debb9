"""Forms in the style of public Kobo and ODK forms, written by hand: what is carried, and what is said about the rest.

The expectations beside them were made by the program and read by a person; `python tests/files/written_forms.py` makes
them again.
"""

import json
import warnings
from pathlib import Path

import pytest
from pyxform.xls2xform import convert
from written_forms import FORMS, as_workbook, describe

from survey_app.domain.errors import InvalidDocument
from survey_app.files.sheet_writing import write_sheets
from survey_app.files.xlsform_reading import read_xlsform
from survey_app.web.exchange_messages import explain_problem

NOT_FOR_PYXFORM = {"09-names-and-cases", "12-old-style"}
"""Names with umlauts and headers with one colon: older programs wrote them, pyxform of today refuses them."""


@pytest.mark.parametrize("path", FORMS, ids=[path.stem for path in FORMS])
def test_a_form_gives_what_is_expected_when_read(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert describe(as_workbook(path)) == expected


@pytest.mark.parametrize("path", FORMS, ids=[path.stem for path in FORMS])
def test_every_note_has_a_cell_and_words_when_a_form_is_read(path: Path) -> None:
    for note in read_xlsform(as_workbook(path), language="en").notes:
        assert note.place.partition("!")[0] in ("survey", "choices", "settings", "entities")
        assert explain_problem(note)


@pytest.mark.parametrize(
    "path", [path for path in FORMS if path.stem not in NOT_FOR_PYXFORM], ids=lambda path: path.stem
)
def test_the_forms_are_real_ones_when_pyxform_reads_them(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert "<h:html" in convert(as_workbook(path), file_type=".xlsx").xform


SURVEY = [("type", "name", "label::Deutsch (de)"), ("text", "a", "A"), ("select_one l", "b", "B")]
CHOICES = [("list_name", "name", "label::Deutsch (de)"), ("l", "x", "X"), ("l", "y", "Y")]


def problems_of(survey: list[tuple[str, ...]], choices: list[tuple[str, ...]] | None = None) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocument) as caught:
        read_xlsform(write_sheets({"survey": survey, "choices": choices or CHOICES}))
    return [(problem.code, problem.place) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("survey", "expected"),
    [
        ([("name", "label")], ("column_missing", "survey!A1")),
        ([("type", "label")], ("column_missing", "survey!A1")),
        ([("type", "name", "type")], ("column_double", "survey!C1")),
        ([("type", "name", "label::Hausmundart")], ("unknown_language", "survey!C1")),
        ([("type", "name", "label::de", "label::Deutsch")], ("duplicate_language", "survey!D1")),
        ([("type", "name", "label")], ("no_questions", "survey")),
        ([*SURVEY, ("text", "a", "again")], ("duplicate_code", "survey!B4")),
        ([*SURVEY, ("text", "", "no name")], ("cell_missing", "survey!B4")),
        ([*SURVEY, ("", "c", "no type")], ("cell_missing", "survey!A4")),
        ([*SURVEY, ("select_one nowhere", "c", "C")], ("list_missing", "survey!A4")),
        ([*SURVEY, ("begin_group", "g", "G")], ("group_not_closed", "survey!A4")),
        ([*SURVEY, ("end_group", "", "")], ("group_not_open", "survey!A4")),
        ([*SURVEY, ("begin_group", "g", ""), ("end_repeat", "", "")], ("group_not_open", "survey!A5")),
    ],
)
def test_a_form_is_refused_with_its_cell_when_nobody_could_read_it(
    survey: list[tuple[str, ...]], expected: tuple[str, str]
) -> None:
    assert problems_of(survey) == [expected]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ([("list_name", "label"), ("l", "X")], ("column_missing", "choices!A1")),
        ([*CHOICES, ("l", "x", "again")], ("duplicate_code", "choices!B4")),
        ([*CHOICES, ("l", "", "no name")], ("cell_missing", "choices!B4")),
        ([*CHOICES, ("", "z", "no list")], ("cell_missing", "choices!A4")),
    ],
)
def test_a_form_is_refused_with_its_cell_when_its_choices_are_wrong(
    choices: list[tuple[str, ...]], expected: tuple[str, str]
) -> None:
    assert problems_of(SURVEY, choices) == [expected]


def test_limits_that_contradict_each_other_are_refused_in_their_row() -> None:
    survey = [("type", "name", "label", "constraint"), ("decimal", "a", "A", ". >= 9 and . <= 2")]
    assert problems_of(survey) == [("empty_range", "survey!B2")]
