"""The results slide of the Freiburg talk as a golden case: every key of the expected report is compared."""

import copy
import json
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from survey_app.evaluation import FormatError, evaluate, parse_facts, parse_goals, suppress
from survey_app.evaluation.goals.goals import GoalSystem

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
EXPECTED = json.loads((DATA / "results-slide-expected.json").read_text(encoding="utf-8"))
FACTS = json.loads((DATA / "results-slide.json").read_text(encoding="utf-8"))
NUMBERS = 1e-9


@pytest.fixture(scope="module")
def freiburg() -> GoalSystem:
    return parse_goals((ROOT / "survey_app" / "content" / "freiburg-goals.toml").read_text(encoding="utf-8"))


def change(document: Any, changes: dict[str, Any]) -> Any:
    """Apply JSON pointers to a copy of a document."""
    changed = copy.deepcopy(document)
    for pointer, value in changes.items():
        *steps, last = [int(step) if step.isdigit() else step for step in pointer.split("/")[1:]]
        place = changed
        for step in steps:
            place = place[step]
        place[last] = value
    return changed


def compare(actual: Any, expected: Any, path: str = "") -> None:
    if isinstance(expected, dict):
        for key, value in expected.items():
            if key == "sentence_contains":
                assert all(words in actual["sentence_de"] for words in value), path
            elif key != "sentence_de":
                assert key in actual, f"{path}/{key}"
                compare(actual[key], value, f"{path}/{key}")
    elif isinstance(expected, list):
        assert len(actual) == len(expected), path
        for index, (left, right) in enumerate(zip(actual, expected, strict=True)):
            compare(left, right, f"{path}[{index}]")
    elif isinstance(expected, float):
        assert actual == pytest.approx(expected, abs=NUMBERS), path
    else:
        assert actual == expected, path
        assert type(actual) is type(expected), path


@pytest.mark.parametrize("variant", EXPECTED["variants"], ids=lambda variant: variant["name"])
def test_report_is_the_expected_one_when_the_slide_is_evaluated(variant: dict[str, Any], freiburg: GoalSystem) -> None:
    facts = parse_facts(json.dumps(change(FACTS, variant["change"])))
    report = evaluate(freiburg, facts.book, facts.tallies, facts.cut_off)
    compare(report.to_dict(), variant["report"])


@pytest.mark.parametrize("variant", EXPECTED["variants"], ids=lambda variant: variant["name"])
def test_sentences_are_the_reference_wording_when_the_slide_is_evaluated(
    variant: dict[str, Any], freiburg: GoalSystem
) -> None:
    facts = parse_facts(json.dumps(change(FACTS, variant["change"])))
    report = evaluate(freiburg, facts.book, facts.tallies, facts.cut_off)
    for result, expected in zip(report.indicators, variant["report"]["indicators"], strict=True):
        assert [row.sentence_de for row in result.rows] == [row["sentence_de"] for row in expected["periods"]]


@pytest.mark.parametrize("code", EXPECTED["single_answers"]["items"])
def test_single_answers_make_the_counts_when_they_are_laid_out(code: str) -> None:
    block = EXPECTED["single_answers"]["items"][code]
    flat = [option for option, count in block["flat"] for _ in range(count)]
    persons = EXPECTED["single_answers"]["n"]
    answers = [flat[(index - 1 + block["shift"]) % persons] for index in range(1, persons + 1)]
    for row, option in block["check"].items():
        assert answers[int(row.removeprefix("row_")) - 1] == option
    item = next(item for item in FACTS["surveys"][0]["items"] if item["code"] == code)
    counted = Counter(answers)
    assert counted.pop("no_answer", 0) == item["no_answer"]
    assert {option: count for option, count in item["counts"].items() if count} == counted


@pytest.mark.parametrize("case", EXPECTED["suppression"])
def test_groups_are_hidden_as_expected_when_some_are_small(case: dict[str, Any]) -> None:
    groups = [tuple(group) for group in case["arguments"]["groups"]]
    found = suppress(groups, case["arguments"]["minimum"])
    assert list(found.shown) == case["returns"]["shown"]
    assert list(found.hidden) == case["returns"]["hidden"]


def test_difference_is_found_when_the_facts_are_others(freiburg: GoalSystem) -> None:
    facts = parse_facts(json.dumps(change(FACTS, {"/surveys/0/attended": 239})))
    report = evaluate(freiburg, facts.book, facts.tallies, facts.cut_off)
    with pytest.raises(AssertionError):
        compare(report.to_dict(), EXPECTED["variants"][0]["report"])


def test_softer_item_is_secure_when_it_is_held_to_sixty_percent(freiburg: GoalSystem) -> None:
    """What O5 would be if it had I9's target; it is never booked as I9."""
    softer = replace(freiburg.find_indicator("O5"), target=Fraction(3, 5))
    facts = parse_facts(json.dumps(FACTS))
    report = evaluate(replace(freiburg, indicators=(softer,)), facts.book, facts.tallies, facts.cut_off)
    row = report.indicators[0].headline_row
    assert row.verdict == "reached_secure"
    assert row.tipping_point == Fraction(1, 18)


def test_evaluation_is_refused_when_an_option_is_unknown(freiburg: GoalSystem) -> None:
    facts = json.dumps(FACTS).replace('"yes_several"', '"yes_two"')
    parsed = parse_facts(facts)
    with pytest.raises(
        FormatError, match=r"indicator\[4\]\.affirming: unknown option 'yes_several' of item 'contacts_made'"
    ):
        evaluate(freiburg, parsed.book, parsed.tallies, parsed.cut_off)
