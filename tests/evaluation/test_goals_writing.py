from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from evaluation_documents import goals, indicator
from evaluation_strategies import goal_systems
from hypothesis import given, settings

from survey_app.evaluation import GoalSystem, parse_goals, write_goals

FREIBURG = (Path(__file__).parents[2] / "survey_app" / "content" / "freiburg-goals.toml").read_text(encoding="utf-8")


def test_freiburg_system_is_the_same_when_written_and_read() -> None:
    system = parse_goals(FREIBURG)
    written = write_goals(system)
    assert parse_goals(written) == system
    assert write_goals(parse_goals(written)) == written


def test_paragraphs_stay_readable_when_written() -> None:
    written = write_goals(parse_goals(FREIBURG))
    paragraph = "im gesamten Lebenslauf.\n\nDie Bildungseinrichtungen und -strukturen"
    assert paragraph in written
    assert written.count("\n[[indicator]]\n") == 14


@settings(max_examples=20)
@given(goal_systems())
def test_system_is_the_same_when_written_and_read(system: GoalSystem) -> None:
    assert parse_goals(write_goals(system)) == system


@pytest.mark.parametrize(
    "text", ['"', '"""', "\\", "a\nb", "\n", "\r\n", "tab\t", "'''", "ends with \\", ' "" ', 'x\n"""\n', "é\u2028ü", ""]
)
def test_text_is_unchanged_when_it_is_awkward(text: str) -> None:
    system = parse_goals(goals(indicator()))
    awkward = replace(system, remark=text, goals=(replace(system.goals[0], text=text),))
    assert parse_goals(write_goals(awkward)) == awkward


@pytest.mark.parametrize("number", ["0", "1", "100", "0.6", "-0.05", "0.000000001", "123456.5"])
def test_number_is_exact_when_it_has_a_decimal_form(number: str) -> None:
    text = goals(indicator("manual_value", value=number, as_of="2024-01-01", source_text='"x"', period='"survey"'))
    assert parse_goals(write_goals(parse_goals(text))) == parse_goals(text)


def test_number_is_refused_when_it_has_no_decimal_form() -> None:
    system = parse_goals(goals(indicator()))
    third = replace(system.indicators[0], target=Fraction(1, 3))
    with pytest.raises(ValueError, match="1/3 has no finite decimal form"):
        write_goals(replace(system, indicators=(third,)))
