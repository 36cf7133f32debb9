"""All numeric oracles: what a statistics library, exact arithmetic and the specification say must come out."""

import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from survey_app import evaluation

ORACLES = json.loads((Path(__file__).parents[1] / "data" / "oracles.json").read_text(encoding="utf-8"))
FRACTION = re.compile(r"-?\d+(/\d+)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TOLERANCE = 1e-9


def read_argument(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: read_argument(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [read_argument(entry) for entry in value]
    if isinstance(value, str) and FRACTION.fullmatch(value):
        return Fraction(value)
    if isinstance(value, str) and DAY.fullmatch(value):
        return date.fromisoformat(value)
    return value


def is_same(actual: Any, expected: Any) -> bool:
    if isinstance(expected, list):
        return len(actual) == len(expected) and all(map(is_same, actual, expected))
    if isinstance(expected, dict):
        return all(is_same(getattr(actual, name), value) for name, value in expected.items())
    if isinstance(expected, bool) or expected is None:
        return actual is expected
    if isinstance(expected, int | float):
        return actual is not None and not isinstance(actual, bool) and abs(actual - expected) <= TOLERANCE
    return isinstance(actual, str) and actual == expected


def call(step: dict[str, Any]) -> Any:
    return getattr(evaluation, step["function"])(**read_argument(step["arguments"]))


def pick(result: Any, name: str) -> Any:
    return result if name == "result" else getattr(result, name)


@pytest.mark.parametrize("case", ORACLES["cases"], ids=lambda case: case["id"])
def test_result_is_the_oracle(case):
    for step in case["calls"]:
        result = call(step)
        for name, expected in step["returns"].items():
            assert is_same(pick(result, name), expected), (step["function"], name, pick(result, name), expected)
        for name, expected in step.get("exact", {}).items():
            actual = pick(result, name)
            assert isinstance(actual, Fraction)
            assert actual == Fraction(expected), (step["function"], name)
        for name, forbidden in step.get("returns_not", {}).items():
            assert not is_same(pick(result, name), forbidden), (step["function"], name)


def test_all_cases_are_run_when_file_is_complete():
    assert len(ORACLES["cases"]) == ORACLES["total"] == 184
    assert sum(len(case["calls"]) for case in ORACLES["cases"]) == ORACLES["calls"] == 238


def test_comparison_of_results_fails_when_they_differ():
    assert is_same(Fraction(1, 3), 0.333333333333)
    assert not is_same(Fraction(1, 3), 0.3333334)
    assert not is_same(None, 0.0)
    assert not is_same(True, 1)
    assert not is_same(("a",), ["a", "b"])
    assert not is_same("higher", "lower")
