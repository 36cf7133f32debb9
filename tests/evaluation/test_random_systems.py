"""What holds for every valid goal system and everything that may have been recorded."""

import json
import re
from fractions import Fraction
from typing import Any

import pytest
from busy_networks import Network, on_networks

from survey_app.evaluation import (
    Facts,
    GoalSystem,
    Kind,
    Reason,
    Report,
    Row,
    evaluate,
    parse_facts,
    parse_goals,
    write_facts,
    write_goals,
)
from survey_app.files import report_csv, report_json, report_text

pytestmark = pytest.mark.slow

ANSWERS = (Kind.ANSWER_SHARE, Kind.ANSWER_MEAN)
SHARES = (Kind.ANSWER_SHARE, Kind.RECORD_SHARE)
FIGURES = (
    "value", "value_decimal", "display", "numerator", "base", "base_parts", "low", "high", "low_s", "high_s",
    "manski_low", "manski_high", "tipping_point", "other_base", "response", "robustness", "groups",
)  # fmt: skip


def make(goal_system: GoalSystem, found: Facts, tier: str = "internal") -> Report:
    return evaluate(goal_system, found.book, found.tallies, found.cut_off, tier=tier)


def list_rows(report: Report) -> list[tuple[Kind, Row]]:
    return [
        (result.indicator.kind, row)
        for result in report.indicators
        for row in (*result.rows, *(result.by_survey or ()), *((result.overall,) if result.overall else ()))
    ]


def list_documents(report: Report) -> list[dict[str, Any]]:
    rows = []
    for entry in report.to_dict()["indicators"]:
        rows += [*entry["periods"], *entry.get("by_survey", []), *([entry["overall"]] if "overall" in entry else [])]
    return rows


@on_networks
def test_report_is_made_and_written_when_input_is_valid(network: Network) -> None:
    goal_system, found, _ = network
    for tier in ("internal", "public"):
        report = make(goal_system, found, tier)
        assert json.loads(report_json.write_report(report)) == report.to_dict()
        assert report_csv.write_report(report)
        assert report_text.write_report(report)
        for kind, row in list_rows(report):
            check_row(kind, row)


def check_row(kind: Kind, row: Row) -> None:
    assert row.sentence_de
    assert list(row.reasons) == sorted(row.reasons)
    if row.value is None and row.display:
        # A sensitive question to which (nearly) all answered alike is told in words.
        assert (kind, row.numerator, row.low) == (Kind.ANSWER_SHARE, None, None)
        assert row.base is not None
        assert row.base > 20
        return
    if row.value is None:
        assert row.verdict == "not_assessable"
        assert row.reasons or row.flags
        return
    assert row.display
    if kind in SHARES:
        assert row.base is not None
        assert row.value == Fraction(row.numerator or 0, row.base)
    if kind is Kind.ANSWER_MEAN and row.low is None:
        assert row.base is not None
        assert row.base < 20
    elif kind in (*ANSWERS, Kind.RECORD_SHARE, Kind.MEAN_RATIO):
        assert row.low <= row.value <= row.high
        assert row.low_s <= row.low
        assert row.high <= row.high_s
    if row.target is None:
        assert row.verdict == "no_target"


@on_networks
def test_no_figure_is_told_when_a_base_is_too_small(network: Network) -> None:
    goal_system, found, _ = network
    for tier in ("internal", "public"):
        report = make(goal_system, found, tier)
        minimum = goal_system.parameters.minimum(report.tier)
        for kind, row in list_rows(report):
            if kind in ANSWERS and row.value is not None:
                assert row.base is not None
                assert row.base >= minimum
            for breakdown in row.groups:
                assert all(group.base >= minimum for group in breakdown.shown)
                # Of groups that overlap nothing follows by subtraction; all others hide two or none.
                together = sum(group.base for group in breakdown.shown)
                alone = len(breakdown.hidden) == 1 and len(breakdown.shown) > 0
                assert not alone or has_mask(breakdown.shown) or together > (row.base or 0)
        for document in list_documents(report):
            if Reason.BELOW_DISCLOSURE_THRESHOLD in document["reasons"]:
                assert not [key for key in FIGURES if document.get(key) is not None]
                left_out = re.sub(r"\d+ Erhebung(en)?", "", document["sentence_de"])
                assert not re.search(r"\d", left_out)


def has_mask(groups: Any) -> bool:
    return any(group.numerator is None for group in groups)


@on_networks
def test_parts_and_other_base_are_hidden_when_the_public_reads(network: Network) -> None:
    goal_system, found, _ = network
    for kind, row in list_rows(make(goal_system, found, "public")):
        if kind is Kind.ANSWER_SHARE:
            assert row.base_parts is None
            assert row.other_base is None


@on_networks
def test_withheld_survey_cannot_be_subtracted_when_a_total_is_shown(network: Network) -> None:
    goal_system, found, _ = network
    for result in make(goal_system, found).indicators:
        for row in result.rows if result.by_survey is not None else ():
            if row.value is None or row.period.surveys is None:
                continue
            inside = [
                found_row
                for found_row in result.by_survey
                if found_row.period.surveys and found_row.period.surveys[0] in row.period.surveys
            ]
            hidden = [found_row for found_row in inside if Reason.BELOW_DISCLOSURE_THRESHOLD in found_row.reasons]
            assert len(hidden) != 1


@on_networks
def test_report_is_the_same_when_goals_and_facts_went_through_files(network: Network) -> None:
    goal_system, found, _ = network
    read_goals, read_facts = parse_goals(write_goals(goal_system)), parse_facts(write_facts(found))
    assert read_goals == goal_system
    assert read_facts == found
    assert make(read_goals, read_facts) == make(goal_system, found)
