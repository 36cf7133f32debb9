"""What holds for every breakdown: stricter networks show less, the same request tells the same, nobody is named."""

import json
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from table_worlds import KEY, Measure, Question, World, build_world

from survey_app.domain.book import Book
from survey_app.domain.tally import Tally
from survey_app.evaluation import describe_survey, evaluate
from survey_app.evaluation.protecting.group_audit import GroupCounts
from survey_app.evaluation.protecting.groups import protect_groups

COUNTS = st.one_of(st.integers(0, 8), st.integers(0, 40))
GROUPS = st.lists(st.tuples(COUNTS, COUNTS, st.sampled_from([0, 0, 0, 1, 4, 9])), min_size=1, max_size=8)


def build_groups(counts: list[tuple[int, int, int]]) -> tuple[GroupCounts, ...]:
    return tuple(GroupCounts(f"g{place}", *part) for place, part in enumerate(counts))


# Found at random: a threshold that looks at itself alone shows more here than the smaller one before it.
@example([(3, 23, 0), (7, 12, 9), (25, 21, 9), (7, 0, 0)], 5, 3, False)
@example([(22, 6, 4), (13, 20, 4), (2, 0, 4), (6, 3, 1)], 6, 1, False)
@given(GROUPS, st.integers(5, 20), st.integers(1, 10), st.booleans())
def test_no_more_is_shown_when_the_minimum_is_raised(
    counts: list[tuple[int, int, int]], minimum: int, more: int, overlap: bool
) -> None:
    parts = build_groups(counts)
    whole = GroupCounts("", *(sum(part[place] for part in counts) * 2 // 3 for place in range(3))) if overlap else None
    loose = protect_groups(parts, minimum=minimum, overlapping=whole)
    strict = protect_groups(parts, minimum=minimum + more, overlapping=whole)
    assert strict.shown <= loose.shown
    assert strict.coarse.keys() <= loose.coarse.keys()
    assert set(strict.hidden) >= set(loose.hidden)


@given(GROUPS, st.integers(5, 20))
def test_groups_are_told_exactly_in_words_or_not_at_all(counts: list[tuple[int, int, int]], minimum: int) -> None:
    parts = build_groups(counts)
    found = protect_groups(parts, minimum=minimum)
    assert not found.shown & found.coarse.keys()
    assert not (found.shown | found.coarse.keys()) & set(found.hidden)
    for group in parts:
        if group.code in found.shown:
            assert group.base >= minimum
            assert min(group.affirming, group.not_affirming) >= 3
            assert group.outside not in (1, 2)
        if group.code in found.coarse:
            assert group.base > 20
            assert min(group.affirming, group.not_affirming) < 3
    assert len(found.hidden) != 1 or not found.shown | found.coarse.keys()


@pytest.mark.parametrize("seed", [5, 17])
def test_the_same_is_told_when_it_is_asked_a_hundred_times(seed: int) -> None:
    world = build_world(seed)
    assert len({json.dumps(world.publish()) for _ in range(100)}) == 1
    shuffled = replace(world, people=tuple(Random(1).sample(world.people, len(world.people))))
    assert shuffled.publish() == world.publish()


def list_groups(world: World) -> list[dict[str, Any]]:
    report, _ = world.publish()
    return [table for entry in report["indicators"] for row in entry["periods"] for table in row.get("groups", ())]


def build_meeting(classes: int, *, people: int = 240) -> World:
    """Return a meeting of 240 people from many groups, the largest with a tenth of them."""
    random = Random(65)
    codes = tuple(f"c{number:02}" for number in range(classes))
    groups = [codes[number % classes] for number in range(people * 9 // 10)] + [codes[0]] * (people // 10)
    persons = tuple({KEY: group, "q0": random.choice(["o0", "o0", "o1"])} for group in groups)
    question = Question("q0", ("o0", "o1"), (), sensitive=False)
    return World(persons, codes, (question,), {"I0": Measure("q0", ("o0",), (), "asked")}, "internal")


def test_no_group_is_told_when_240_people_come_from_65_groups() -> None:
    world = build_meeting(65)
    assert sum(person[KEY] == "c00" for person in world.people) > 20
    assert list_groups(world) == []
    _, description = world.publish()
    assert [item["cells"] for item in description["items"] if item["code"] == KEY] == [[]]


def test_eight_classes_are_told_when_the_same_people_are_classed() -> None:
    (table,) = list_groups(build_meeting(8))
    assert len(table["shown"]) == 8
    assert table["hidden"] == []
    assert sum(group["base"] for group in table["shown"]) == 240


def test_no_result_exists_when_the_survey_is_not_sealed() -> None:
    world = build_world(5)
    questionnaire = world.build_questionnaire()
    for state in ("open", "closed"):
        tally = Tally("S1", date(2024, 3, 1), state, "q", 1, 40, 0, ())
        report = evaluate(world.build_goals(), Book(), [tally], date(2024, 12, 31))
        assert report.not_yet_sealed == ("S1",)
        assert all(result.headline_row.value is None for result in report.indicators)
        with pytest.raises(ValueError, match="not sealed"):
            describe_survey(questionnaire, tally)
