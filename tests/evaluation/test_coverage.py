"""How often the intervals hold, enumerated again in another way than for the table in `docs/method.md`."""

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import comb
from pathlib import Path
from typing import Any

import pytest

from survey_app import evaluation
from survey_app.evaluation import hypergeometric_interval, wilson_interval

METHOD = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
WAYS: list[Callable[..., Any]] = [
    lambda k, n, population: wilson_interval(k, n, population=population),
    lambda k, n, _population: wilson_interval(k, n),
    hypergeometric_interval,
]
"""In the order of the columns."""
SPECIFICATION = {
    (20, 10): ["97.3 / 91.3", "99.8 / 98.9", "99.2 / 96.7"],
    (50, 25): ["95.0 / 89.0", "99.6 / 98.8", "98.0 / 95.1"],
    (100, 50): ["95.3 / 88.3", "99.6 / 99.1", "97.5 / 95.1"],
    (240, 120): ["95.2 / 87.8", "99.5 / 99.0", "96.9 / 95.0"],
    (240, 180): ["95.2 / 91.6", "100.0 / 100.0", "97.0 / 95.3"],
}


def read_table() -> dict[str, list[str]]:
    """Return the cells of each line of the table, by its first one."""
    table = METHOD.split("<!-- coverage: written by `make coverage` -->")[1].split("<!-- /coverage -->")[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n") if line]
    return {first: others for first, *others in lines[2:]}


@cache
def list_coverages(way: int, n: int, population: int) -> list[Fraction]:
    """Return, for every number of agreeing persons, how probably the interval contains the true share."""
    intervals = [WAYS[way](k, n, population) for k in range(n + 1)]
    coverages = []
    for agreeing in range(population + 1):
        truth = Fraction(agreeing, population)
        ways = sum(
            comb(agreeing, k) * comb(population - agreeing, n - k)
            for k, interval in enumerate(intervals)
            if interval.low <= truth <= interval.high
        )
        coverages.append(Fraction(ways, comb(population, n)))
    return coverages


def describe(coverages: list[Fraction]) -> str:
    return f"{float(100 * sum(coverages) / len(coverages)):.1f} / {float(100 * min(coverages)):.1f}"


@pytest.mark.parametrize(("population", "n"), SPECIFICATION)
def test_table_says_what_the_specification_says(population: int, n: int) -> None:
    assert read_table()[f"{population}, {n}"] == SPECIFICATION[population, n]


@pytest.mark.parametrize(("population", "n"), [(10, 5), (20, 10), (40, 20), (50, 25)])
def test_line_of_the_table_is_right_when_it_is_enumerated_again(population: int, n: int) -> None:
    assert read_table()[f"{population}, {n}"] == [describe(list_coverages(way, n, population)) for way in range(3)]


@pytest.mark.parametrize("fewest", [1, 5, 10])
def test_summary_of_the_table_is_right_when_it_is_enumerated_again(fewest: int) -> None:
    pairs = [(population, n) for population in range(2, 21) for n in range(fewest, population)]
    size = sum(population + 1 for population, _ in pairs)
    cells = read_table()[f"all N ≤ 20, {fewest} ≤ n < N ({size:,})"]
    for way, cell in enumerate(cells):
        every = {
            (population, n, agreeing): coverage
            for population, n in pairs
            for agreeing, coverage in enumerate(list_coverages(way, n, population))
        }
        figures, place = cell.split(" at ")
        assert figures == describe(list(every.values()))
        assert every[tuple(map(int, place.split(", ")))] == min(every.values())


def test_summary_covers_every_number_up_to_sixty() -> None:
    size = sum((population + 1) * (population - 1) for population in range(2, 61))
    assert f"all N ≤ 60, 1 ≤ n < N ({size:,})" in read_table()


def test_every_formula_is_named_when_the_code_has_it() -> None:
    """Whoever adds a statistic to the contract says in the method what it calculates."""
    own = [getattr(evaluation, name) for name in evaluation.__all__]
    rooms = ("evaluation.statistics.", "evaluation.judging.")
    functions = {
        found.__name__
        for found in own
        if callable(found) and not isinstance(found, type) and any(room in found.__module__ for room in rooms)
    }
    assert "wilson_interval" in functions
    named = set(re.findall(r"`([a-z_0-9]+)(?:\([^`]*\))?`", METHOD))
    assert sorted(functions - named) == []
