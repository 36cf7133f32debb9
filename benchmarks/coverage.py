"""How often an interval of 95 % contains the true share: enumerated, never simulated, into ``docs/method.md``.

Nothing is drawn at random here. For N people present, of whom n answer and M would agree, every possible number k of
agreeing answers has its exact hypergeometric probability. The coverage is the sum over those k whose interval contains
M/N; the numbers in the table are exact but for their rounding.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import ceil, comb, floor
from pathlib import Path

from survey_app.evaluation import hypergeometric_interval, wilson_interval

DOCUMENT = Path("docs/method.md")
BEGINNING, END = "<!-- coverage: written by `make coverage` -->", "<!-- /coverage -->"
MOST = 60
CASES = ((10, 5), (20, 10), (40, 20), (50, 25), (60, 30), (60, 45), (100, 50), (240, 120), (240, 180))
FEWEST = (1, 5, 10)
"""Answers from which on a summary counts: all, those that are shown, those that are judged."""
Limits = tuple[Fraction | float, Fraction | float]
Way = Callable[[int, int, int], Limits]
"""From agreeing answers, answers and people present to the two limits."""


def _correct(k: int, n: int, population: int) -> Limits:
    return wilson_interval(k, n, population=population)


def _leave_uncorrected(k: int, n: int, _population: int) -> Limits:
    return wilson_interval(k, n)


def _invert_exactly(k: int, n: int, population: int) -> Limits:
    found = hypergeometric_interval(k, n, population)
    return found.low, found.high


WAYS: Mapping[str, Way] = {
    "Wilson with n*, cut": _correct,
    "without correction": _leave_uncorrected,
    "exact hypergeometric": _invert_exactly,
}


Place = tuple[int, int, int]
"""N, n and M."""


def list_coverages(way: Way, population: int, n: int) -> dict[Place, Fraction]:
    """Return the coverage for every number M of people who would agree."""
    ways = [0] * (population + 1)
    for k in range(n + 1):
        low, high = way(k, n, population)
        first = max(k, ceil(Fraction(low) * population))
        last = min(k + population - n, floor(Fraction(high) * population))
        for agreeing in range(first, last + 1):
            ways[agreeing] += comb(agreeing, k) * comb(population - agreeing, n - k)
    whole = comb(population, n)
    return {(population, n, agreeing): Fraction(count, whole) for agreeing, count in enumerate(ways)}


def _describe(coverages: Mapping[Place, Fraction], *, with_place: bool = False) -> str:
    worst = min(coverages, key=lambda place: (coverages[place], place))
    mean = sum(coverages.values()) / len(coverages)
    figures = f"{float(100 * mean):.1f} / {float(100 * coverages[worst]):.1f}"
    return f"{figures} at {', '.join(map(str, worst))}" if with_place else figures


def _write_table() -> Iterator[str]:
    yield "| N present, n answered | " + " | ".join(f"{name}: mean / worst %" for name in WAYS) + " |"
    yield "|---|" + "---|" * len(WAYS)
    for population, n in CASES:
        found = [_describe(list_coverages(way, population, n)) for way in WAYS.values()]
        yield f"| {population}, {n} | " + " | ".join(found) + " |"
    every = [_enumerate_all(way) for way in WAYS.values()]
    for most in (20, MOST):
        for fewest in FEWEST:
            parts = [{p: found for p, found in one.items() if p[0] <= most and p[1] >= fewest} for one in every]
            cells = [_describe(part, with_place=True) for part in parts]
            yield f"| all N ≤ {most}, {fewest} ≤ n < N ({len(parts[0]):,}) | " + " | ".join(cells) + " |"


def _enumerate_all(way: Way) -> dict[Place, Fraction]:
    found: dict[Place, Fraction] = {}
    for population in range(2, MOST + 1):
        for n in range(1, population):
            found |= list_coverages(way, population, n)
    return found


def main() -> int:
    """Write the table between its two marks."""
    before, rest = DOCUMENT.read_text(encoding="utf-8").split(BEGINNING)
    after = rest.split(END)[1]
    table = "\n".join(_write_table())
    DOCUMENT.write_text(f"{before}{BEGINNING}\n\n{table}\n\n{END}{after}", encoding="utf-8")
    print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
