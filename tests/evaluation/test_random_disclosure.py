"""In every valid report: no share without its base, no withheld number in any field, no total that tells of a few."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from busy_networks import Network, on_networks
from test_release_sequences import can_work_out

from survey_app.domain.tally import AnswerCounts, ItemTally, Tally, TallyType
from survey_app.evaluation import Base, Facts, GoalSystem, Indicator, Tier, evaluate
from survey_app.evaluation.goals.indicators import AnswerMean, AnswerShare, Pooling, ShareChange

pytestmark = pytest.mark.slow

FRACTIONS = ("value", "manski_low", "manski_high", "tipping_point")
NUMBERS = (*FRACTIONS, "value_decimal", "numerator", "low", "high", "low_s", "high_s")
PARTS = ("base_parts", "other_base", "response", "robustness", "groups")
Asked = AnswerShare | AnswerMean


@dataclass(frozen=True)
class Figure:
    """What one indicator publishes of an item, and how many valid answers each survey had for it."""

    measure: Asked
    rows: tuple[Mapping[str, Any], ...]
    valid: Mapping[str, int]
    minimum: int

    @property
    def sums(self) -> list[frozenset[str]]:
        """Return every set of surveys whose answers are added up in a number."""
        told = (row["period"]["surveys"] for row in self.rows if row["value"] is not None)
        return sorted({frozenset(surveys) for surveys in told if surveys}, key=sorted)


def list_rows(entry: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    overall = (entry["overall"],) if "overall" in entry else ()
    return (*entry["periods"], *entry.get("by_survey", ()), *overall)


def publish(goal_system: GoalSystem, found: Facts, tier: Tier) -> dict[str, Any]:
    report = evaluate(goal_system, found.book, found.tallies, found.cut_off, tier=tier)
    document: dict[str, Any] = json.loads(json.dumps(report.to_dict()))
    return document


@on_networks
def test_no_share_is_told_without_its_base(network: Network) -> None:
    goal_system, found, _ = network
    for tier in Tier:
        for entry in publish(goal_system, found, tier)["indicators"]:
            for row in list_rows(entry) if entry["kind"] in ("answer_share", "answer_mean") else ():
                told = [name for name in NUMBERS if row.get(name) is not None]
                assert row["base"] is not None or not told, told
                for group in (group for table in row.get("groups", ()) for group in table["shown"]):
                    assert group["base"] > 0
                    assert group["value"] is None or Fraction(group["value"]) * group["base"] == group["numerator"]


@on_networks
def test_nothing_stands_in_any_field_when_a_figure_is_withheld(network: Network) -> None:
    goal_system, found, _ = network
    for tier in Tier:
        for entry in publish(goal_system, found, tier)["indicators"]:
            for row in list_rows(entry):
                if row["value"] is None and entry["kind"] in ("answer_share", "answer_mean", "share_change"):
                    assert [name for name in NUMBERS if row.get(name) is not None] == []
                    if row["display"] is None:
                        assert [name for name in (*PARTS, "base") if row.get(name) is not None] == []
                    digits = "".join(letter for letter in row["sentence_de"] if letter.isdigit())
                    assert not digits or row["display"] or "Erhebung" in row["sentence_de"]
                for table in row.get("groups", ()):
                    assert not set(table["hidden"]) & {group["code"] for group in table["shown"]}
                    assert table["pooled"] is None or len(table["hidden"]) > 1


@on_networks
def test_nothing_is_told_of_fewer_people_than_readers_may_see(network: Network) -> None:
    goal_system, found, _ = network
    surveys = {tally.id: tally for tally in list_sealed(found)}
    for tier in Tier:
        for entry in publish(goal_system, found, tier)["indicators"]:
            measure = find_asked(goal_system, entry["id"])
            if entry["kind"] == "manual_value":
                bases = [row["base"] for row in entry["periods"] if row["base"] is not None]
                assert all(base >= find_limit(goal_system, tier, sensitive=False) for base in bases)
            for row in list_rows(entry) if measure is not None else ():
                items = [surveys[name].find_item(measure.item) for name in row["period"].get("surveys", ())]
                told = row["value"] is not None or row["display"] is not None
                limit = max((find_limit(goal_system, tier, sensitive=item.sensitive) for item in items), default=0)
                assert not told or sum(count_valid(measure, item) for item in items) >= limit
                if any(item.sensitive for item in items) and row["numerator"] is not None:
                    assert min(row["numerator"], row["base"] - row["numerator"]) >= 3
                for table in row.get("groups", ()):
                    (survey,) = row["period"]["surveys"]
                    key = surveys[survey].find_item(table["by"])
                    least = max(limit, find_limit(goal_system, tier, sensitive=key is not None and key.sensitive))
                    assert all(group["base"] >= least for group in table["shown"])


@on_networks
def test_no_few_people_are_left_when_first_answers_are_taken_from_all(network: Network) -> None:
    goal_system, found, _ = network
    surveys = {tally.id: tally for tally in list_sealed(found)}
    for tier in Tier:
        for entry in publish(goal_system, found, tier)["indicators"]:
            measure = find_asked(goal_system, entry["id"])
            if measure is not None and is_of_first(measure):
                everybody = replace(measure, pooling=Pooling.ALL)
                told = [row["period"]["surveys"] for row in list_rows(entry) if row["value"] is not None]
                for (survey,) in (names for names in told if len(names) == 1):
                    item = surveys[survey].find_item(measure.item)
                    assert item is not None
                    left = count_valid(everybody, item) - count_valid(measure, item)
                    limit = find_limit(goal_system, tier, sensitive=item.sensitive)
                    assert item.type is not TallyType.ONE or left == 0 or left >= limit


def find_asked(goal_system: GoalSystem, indicator: str) -> Asked | None:
    found = goal_system.find_indicator(indicator)
    assert found is not None
    if isinstance(found.measure, ShareChange):
        return find_asked(goal_system, found.measure.indicator)
    return found.measure if isinstance(found.measure, AnswerShare | AnswerMean) else None


def find_limit(goal_system: GoalSystem, tier: Tier, *, sensitive: bool) -> int:
    """Return the smallest group as the promise has it: 5 inside, 10 for the public, 20 of a sensitive question."""
    own = goal_system.parameters
    public, special = tier is Tier.PUBLIC, bool(sensitive)
    return max(5, own.min_group, public * max(10, own.min_group_public), special * max(20, own.min_group_sensitive))


@on_networks
def test_no_few_people_are_told_when_all_totals_are_combined(network: Network) -> None:
    goal_system, found, _ = network
    for tier in Tier:
        figures = list(list_figures(goal_system, found, tier))
        for figure in figures:
            for survey, valid in figure.valid.items():
                if 0 < valid < figure.minimum and figure.sums:
                    assert not can_work_out(frozenset([survey]), figure.sums)
        for item, first in {(one.measure.item, is_of_first(one.measure)) for one in figures}:
            alike = [one for one in figures if (one.measure.item, is_of_first(one.measure)) == (item, first)]
            sums = sorted({each for one in alike for each in one.sums}, key=sorted)
            for survey in {name for one in alike for name in one.valid}:
                valid = [one.valid[survey] for one in alike if survey in one.valid]
                if sums and 0 < max(valid) < min(one.minimum for one in alike):
                    assert not can_work_out(frozenset([survey]), sums)


@on_networks
def test_no_few_people_are_told_when_coordinators_read_the_public_totals_too(network: Network) -> None:
    goal_system, found, _ = network
    inside, outside = (list(list_figures(goal_system, found, tier)) for tier in Tier)
    for own, public in zip(inside, outside, strict=True):
        sums = sorted({*own.sums, *public.sums}, key=sorted)
        small = [survey for survey, valid in own.valid.items() if 0 < valid < own.minimum]
        for few in (frozenset(chosen) for length in (1, 2, 3) for chosen in combinations(small, length)):
            if sums and sum(own.valid[survey] for survey in few) < own.minimum:
                assert not can_work_out(few, sums)
        # Nothing is added up for the public that coordinators could not add up from their own figures.
        assert [one for one in public.sums if not can_work_out(one, own.sums)] == []


def is_of_first(measure: Asked) -> bool:
    return measure.pooling is Pooling.FIRST_ANSWERS


def list_figures(goal_system: GoalSystem, found: Facts, tier: Tier) -> Iterator[Figure]:
    """Yield every figure of the report that counts answers; what each survey gave is counted by hand."""
    for entry in publish(goal_system, found, tier)["indicators"]:
        indicator = goal_system.find_indicator(entry["id"])
        assert isinstance(indicator, Indicator)
        measure = indicator.measure
        if not isinstance(measure, AnswerShare | AnswerMean):
            continue
        asked = {tally.id: tally.find_item(measure.item) for tally in list_sealed(found)}
        items = {name: item for name, item in asked.items() if item is not None}
        yield Figure(
            measure,
            list_rows(entry),
            {name: count_valid(measure, item) for name, item in items.items()},
            goal_system.parameters.minimum(tier),
        )


def list_sealed(found: Facts) -> list[Tally]:
    return [one for one in found.tallies if one.state in ("sealed", "erased") and one.date <= found.cut_off]


def count_valid(measure: Asked, item: ItemTally) -> int:
    counts: AnswerCounts | None = item.first_answers if is_of_first(measure) else item.total
    if counts is None:
        return 0
    if isinstance(measure, AnswerMean):
        return sum(counts.choices[code] for code in measure.values)
    persons = sum(counts.choices.values()) if counts.answered is None else counts.answered
    return persons - sum(counts.choices[code] for code in measure.not_applicable)


def test_valid_answers_are_counted_without_those_who_left() -> None:
    counts = AnswerCounts({"yes": 3, "no": 2, "first_time": 4}, no_answer=5)
    item = ItemTally("scale", 1, TallyType.ONE, counts)
    assert count_valid(AnswerShare("scale", ("yes",), ("first_time",), Base.ASKED), item) == 5
    assert count_valid(AnswerMean("scale", {"yes": Fraction(1)}), item) == 3
