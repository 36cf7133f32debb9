"""Forms put together at random from what forms are made of: each is read or refused with its cell, and comes back."""

import random

import pytest

from survey_app.domain.errors import InvalidDocument, Problem
from survey_app.files.sheet_writing import write_sheets
from survey_app.files.xlsform_reading import XlsFormImport, read_xlsform
from survey_app.files.xlsform_writing import write_xlsform
from survey_app.web.exchange_messages import explain_problem

NAMES = ("a", "b", "A", "a.x", "b.other", "text.title", "meta", "lang", "1", "ä", "q-1", "", "no_answer", "x", "x" * 80)
TYPES = (
    "text", "note", "integer", "decimal", "range", "date", "select_one l", "select_multiple l", "select_one l or_other",
    "begin_group", "end_group", "begin repeat", "end repeat", "geopoint", "", "select_one m", "calculate",
)  # fmt: skip
CONDITIONS = (
    "", "${a} = 'x'", "${a} != ''", "${a} = ''", "selected(${a},'x')", "not(selected(${a}, 'y'))", "${a} > 5", "(((",
    "${a} >= date('2026-01-01')", "${b} < '2026-02-30'", "${a} = 'x' or ${a} = 'y'", "${a} = 1e5", "true()", "5 < ${a}",
    "${a} = 'x' and (${b} = 5 or ${b} = 6)", "not(not(${a} = ''))", "${a} != '' and ${a} != 'no_answer'", "${a} = ${b}",
    "date(${a}) > 5", "count-selected(${a}) > 0", "${a} > 0.0000000000000001", "selected(${a}, 5)", "date() = ${a}",
    "${a} >= date('0001-01-01') and ${a} < date('0001-01-01')", "${a} = 'no_answer'", "${a} = " + "9" * 50,
)  # fmt: skip
LIMITS = (
    "", ". > 5", ". >= 9 and . <= 2", "string-length(.) < 1", "string-length(.) <= 5", "count-selected(.) <= 0",
    "not(selected(., 'x') and count-selected(.) > 1)", ". >= -0.0", "regex(.,'x')", ". <= " + "9" * 40, ". = 5",
    "not()", "count-selected(.) <= 2", "string-length(.) <= 99999999999",
)  # fmt: skip
PARAMETERS = ("", "randomize=true", "start=5 end=1", "rows=x", "junk", "start=NaN end=1e999999999", "start=-0e99999999")
HEADER = (
    "type",
    "name",
    "label::Deutsch (de)",
    "hint::de",
    "relevant",
    "constraint",
    "required",
    "parameters",
    "default",
)


def make_form(chance: random.Random) -> bytes:
    """Return a form of rows drawn at random; most of them with names that differ and no groups left open."""
    rows = [
        tuple(map(chance.choice, (TYPES, NAMES, ("L", "-", "", "${a}"), ("", "H", "L"), CONDITIONS, LIMITS)))
        + tuple(map(chance.choice, (("", "yes", "x"), PARAMETERS, ("", "d"))))
        for _row in range(chance.randint(1, 8))
    ]
    if chance.random() < 0.8:
        named = {name: (kind, name, *rest) for kind, name, *rest in rows if name and "begin" not in kind and kind}
        rows = [row for row in named.values() if not row[0].startswith("end")]
    choices = [
        ("l", name, chance.choice(["X", ""])) for name in chance.sample(["x", "y", "1", "no_answer", "other"], 3)
    ]
    settings = tuple(map(chance.choice, (("", "T"), ("", "Ü", "a b"), ("", "x", "9" * 12, "²"))))
    return write_sheets(
        {
            "survey": [HEADER, *rows],
            "choices": [("list_name", "name", "label::de"), *choices],
            "settings": [("form_title", "form_id", "version"), settings],
        }
    )


def read_or_refuse(data: bytes) -> XlsFormImport | tuple[Problem, ...]:
    """Return what a form gives, or what is wrong with it."""
    try:
        return read_xlsform(data)
    except InvalidDocument as error:
        return error.problems


@pytest.mark.parametrize("seed", range(6))
def test_a_random_form_is_read_or_refused_and_comes_back(seed: int) -> None:
    chance = random.Random(f"forms {seed}")
    results = [read_or_refuse(make_form(chance)) for _form in range(50)]
    read = [result for result in results if isinstance(result, XlsFormImport)]
    refused = [problem for result in results if isinstance(result, tuple) for problem in result]
    assert len(read) > 5
    assert len(refused) > 5
    assert all(problem.place.startswith(("survey", "choices")) and explain_problem(problem) for problem in refused)
    for result in read:
        assert all("!" in note.place and explain_problem(note) for note in result.notes)
        back = read_xlsform(write_xlsform(result.questionnaire).data)
        assert back.notes == ()
        assert [item.show_if for item in back.questionnaire.items] == [
            item.show_if for item in result.questionnaire.items
        ]
