"""Many releases together tell nothing about a handful of people, as somebody finds who checks without the ledger.

The reader here holds the published documents and nothing else. Every figure of a question is a sum over a set of
surveys; whoever can add and subtract such sums to that of a few people knows how these few answered.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from release_worlds import ITEM, Published, World, build_worlds

from survey_app.evaluation import Tier

MINIMUM = {Tier.INTERNAL: 5, Tier.PUBLIC: 10}
SHORT, FULL = 60, 500
Sum = frozenset[str]


def list_sums(documents: Iterable[Published]) -> set[Sum]:
    """Return every set of surveys whose answers some document adds up."""
    found: set[Sum] = set()
    for document in documents:
        for entry in document.report["indicators"]:
            for row in (*entry["periods"], *entry.get("by_survey", ())):
                if row["value"] is not None:
                    found.add(frozenset(row["period"]["surveys"]))
        for description in document.descriptions:
            if any(one["code"] == ITEM and one["base"] is not None for one in description["items"]):
                found.add(frozenset([description["id"]]))
    return found


def can_work_out(wanted: Sum, sums: Sequence[Sum]) -> bool:
    """Tell whether the sum over some surveys follows from the published ones by adding and subtracting."""
    names = sorted(set().union(wanted, *sums))
    if not wanted <= set().union(*sums):
        return False
    rows = [[Fraction(name in one) for name in names] for one in sums]
    target = [Fraction(name in wanted) for name in names]
    for column in range(len(names)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            if target[column]:
                return False
            continue
        rows = [_clear(row, pivot, column) for row in rows if row is not pivot]
        target = _clear(target, pivot, column)
    return not any(target)


def _clear(row: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    factor = row[column] / pivot[column]
    return [one - factor * other for one, other in zip(row, pivot, strict=True)] if factor else row


def list_few(sizes: dict[str, int], minimum: int) -> Iterator[Sum]:
    """Yield every set of surveys that together are fewer people than may be told of."""
    small = [name for name, size in sizes.items() if 0 < size < minimum]
    for length in (1, 2):
        for names in combinations(small, length):
            if sum(sizes[name] for name in names) < minimum:
                yield frozenset(names)


def find_exposed(world: World, tier: Tier) -> set[Sum]:
    """Return the handfuls of people whose answers a reader of this tier could work out; coordinators read all."""
    documents = [one for one in world.published if tier is Tier.INTERNAL or one.tier is Tier.PUBLIC]
    sums = sorted(list_sums(documents), key=sorted)
    return {few for few in list_few(world.sizes(), MINIMUM[tier]) if sums and can_work_out(few, sums)}


def count_exposed(count: int, **given: Any) -> tuple[int, int, int]:
    """Return in how many networks somebody is exposed, and how often was released and refused in all."""
    exposed = released = refused = 0
    for world in build_worlds(count, **given):
        exposed += any(find_exposed(world, tier) for tier in Tier)
        released += len(world.published)
        refused += world.refused
    return exposed, released, refused


def test_nobody_is_exposed_by_many_releases_when_the_ledger_watches() -> None:
    exposed, released, refused = count_exposed(SHORT)
    assert exposed == 0
    assert released > SHORT
    assert refused > 0


@pytest.mark.soak
def test_nobody_is_exposed_by_five_hundred_sequences() -> None:
    exposed, released, refused = count_exposed(FULL)
    assert exposed == 0
    assert released > FULL
    assert refused > FULL / 20


def test_this_check_finds_exposed_people_when_the_ledger_is_off() -> None:
    exposed, _released, refused = count_exposed(SHORT, audit=lambda _new, _earlier: ())
    assert exposed > 0
    assert refused == 0


@pytest.mark.parametrize(
    ("wanted", "sums", "expected"),
    [
        ("c", ["abc", "ab"], True),
        ("c", ["abc", "a"], False),
        ("c", ["ac", "bc", "ab"], True),
        ("c", ["acd", "bcd", "ab"], False),
        ("cd", ["acd", "bcd", "ab"], True),
        ("c", ["ab"], False),
    ],
)
def test_sums_are_worked_out_when_they_follow(wanted: str, sums: list[str], expected: bool) -> None:
    assert can_work_out(frozenset(wanted), [frozenset(one) for one in sums]) is expected
