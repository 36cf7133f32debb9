"""Every problem that the format of goal systems can name is said in the reader's language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from evaluation_documents import GOAL, goals, indicator
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

import survey_app
from survey_app.evaluation import FormatError, parse_goals
from survey_app.web.format_messages import explain, is_known
from survey_app.web.locale import use_language

EVALUATION = Path(survey_app.__file__).parent / "evaluation"
SOURCES = [
    EVALUATION / "formats" / "table_reading.py",
    *sorted((EVALUATION / "goals").glob("*.py")),
    Path(survey_app.__file__).parent / "services" / "goal_design.py",
]
SPOKEN = {"Refused", "FormatProblem", "note", "InvalidCondition"}


def messages(tree: ast.AST) -> Iterator[str]:
    """Yield every message of a module, with 'x' for what is filled in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in SPOKEN:
            yield from (text for text in map(written, node.args) if text and " " in text)
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
            text = written(node.value.elts[1])
            if text:
                yield text


def written(node: ast.expr) -> str | None:
    if isinstance(node, ast.IfExp):
        return written(node.body)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (written(part) if isinstance(part, ast.Constant) else shown(part) for part in node.values)
        return "".join(part or "" for part in parts)
    return None


def shown(part: ast.expr) -> str:
    """Return something that a filled-in value may look like."""
    assert isinstance(part, ast.FormattedValue)
    words = ast.unparse(part.value)
    if "_MOST" in words or "_HIGHEST" in words or "LONGEST" in words or words == "smallest" or "_YEAR" in words:
        return "9"
    return "'x'" if part.conversion == ord("r") else "x"


def test_every_message_of_the_format_has_words() -> None:
    found = {text for path in SOURCES for text in messages(ast.parse(path.read_text(encoding="utf-8")))}
    assert len(found) > 50
    assert {text for text in found if not is_known(text)} == set()


@pytest.mark.parametrize("language", ["de", "de-x-simple", "en", "fr", "tr", "ar", "fa", "uk", "ru"])
def test_values_stand_in_the_words_of_every_language(app: Flask, language: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        use_language(language)
        assert "contacts" in explain("unknown option 'yes' of item 'contacts'")
        assert "7" in explain("must lie between 1 and 7")
        assert "D → IV → D" in explain("goals run in a circle: D → IV → D")
        assert "%(" not in explain("meetings have no field 'motto2'")


KEYS = [
    "kind",
    "period",
    "affirming",
    "target",
    "goals",
    "item",
    "targets",
    "deadline",
    "from",
    "not_applicable",
    "where",
]
VALUES = [
    '"x"',
    "3",
    "-1",
    "0.5",
    "true",
    "[]",
    '["yes", "yes"]',
    "2020-13-45",
    "2020-01-01",
    "{ a = 1 }",
    '[["a", "=", 1]]',
]


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), max_size=4), st.booleans())
def test_whatever_is_wrong_with_a_file_is_said_in_words(changes: dict[str, str], twice: bool) -> None:
    problems: list[str] = []
    try:
        parse_goals(goals(indicator(**changes)) + (GOAL if twice else ""))
    except FormatError as error:
        problems = [problem.message for problem in error.problems]
    assert [message for message in problems if not is_known(message)] == []
