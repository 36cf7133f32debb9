"""Changing one thing in a goal system: references follow, nothing that is needed goes, the rest stays as it was."""

from dataclasses import replace

import pytest
from evaluation_strategies import goal_systems
from factories import freiburg_goals
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.domain.errors import InvalidDocument
from survey_app.evaluation import Goal, GoalSystem, Level, Wording, check_goals, parse_goals
from survey_app.evaluation.goals import goal_editing as editing

FREIBURG = parse_goals(freiburg_goals())


def goal_ids(system: GoalSystem) -> list[str]:
    return [goal.id for goal in system.goals]


def test_a_goal_is_added_at_the_end_when_it_is_new() -> None:
    added = editing.put_goal(FREIBURG, Goal("IV.1.6", Level.SPECIFIC, "Neu", parent="IV.1", wording="B"))
    assert goal_ids(added) == [*goal_ids(FREIBURG), "IV.1.6"]
    assert check_goals(added) == []


def test_everything_follows_when_a_goal_is_renamed() -> None:
    goal = FREIBURG.find_goal("IV.1")
    assert goal is not None
    renamed = editing.put_goal(FREIBURG, replace(goal, id="Mitte"), instead_of="IV.1")
    assert check_goals(renamed) == []
    assert {one.parent for one in renamed.goals if one.id.startswith("IV.1.")} == {"Mitte"}
    assert all(indicator.goals == ("Mitte",) for indicator in renamed.indicators)
    back = editing.put_goal(renamed, goal, instead_of="Mitte")
    assert back == FREIBURG


@settings(max_examples=20)
@given(goal_systems(), st.sampled_from(["top", "low"]))
def test_a_system_stays_sound_when_a_goal_is_renamed(system: GoalSystem, old: str) -> None:
    goal = system.find_goal(old)
    assert goal is not None
    renamed = editing.put_goal(system, replace(goal, id="new"), instead_of=old)
    assert check_goals(renamed) == []
    assert editing.put_goal(renamed, goal, instead_of="new") == system


@settings(max_examples=20)
@given(goal_systems())
def test_changes_follow_when_the_indicator_they_measure_is_renamed(system: GoalSystem) -> None:
    renamed = editing.put_indicator(system, replace(system.indicators[0], id="new"), instead_of="I0")
    assert check_goals(renamed) == []
    assert editing.put_indicator(renamed, system.indicators[0], instead_of="new") == system


def test_goals_follow_when_a_wording_is_renamed() -> None:
    wordings = [(wording.id, replace(wording, id=f"Fassung {wording.id}")) for wording in FREIBURG.wordings]
    renamed = editing.put_wordings(FREIBURG, [*wordings, (None, Wording("C", "neu", current=False))])
    assert check_goals(renamed) == []
    assert {goal.wording for goal in renamed.goals} == {None, "Fassung A", "Fassung B"}
    assert len(renamed.wordings) == 3


def test_a_goal_stays_when_something_stands_at_it() -> None:
    assert editing.list_dependents(FREIBURG, "IV.1.1") == ("I2", "I3", "I6")
    for needed in ("D", "IV", "IV.1", "IV.1.1"):
        with pytest.raises(InvalidDocument) as caught:
            editing.remove_goal(FREIBURG, needed)
        assert caught.value.problems[0].code == "goal_is_needed"
    removed = editing.remove_goal(FREIBURG, "IV.2")
    assert goal_ids(removed) == [goal_id for goal_id in goal_ids(FREIBURG) if goal_id != "IV.2"]


def test_the_last_goal_stays_when_it_is_to_be_removed() -> None:
    alone = replace(FREIBURG, goals=FREIBURG.goals[:1], indicators=(), wordings=())
    with pytest.raises(InvalidDocument) as caught:
        editing.remove_goal(alone, "D")
    assert caught.value.problems[0].code == "last_goal"


@settings(max_examples=30)
@given(goal_systems())
def test_an_indicator_stays_when_a_change_is_measured_of_it(system: GoalSystem) -> None:
    has_change = any(indicator.kind == "share_change" for indicator in system.indicators)
    if has_change:
        with pytest.raises(InvalidDocument):
            editing.remove_indicator(system, "I0")
    else:
        assert check_goals(editing.remove_indicator(system, "I0")) == []


def test_a_goal_moves_among_its_neighbours_only() -> None:
    moved = editing.move_goal(FREIBURG, "IV.1.2", up=True)
    assert [goal_id for goal_id in goal_ids(moved) if goal_id.startswith("IV.1.")] == [
        "IV.1.2",
        "IV.1.1",
        "IV.1.3",
        "IV.1.4",
        "IV.1.5",
    ]
    assert editing.move_goal(moved, "IV.1.2", up=False) == FREIBURG
    for first, up in (("IV.1.1", True), ("IV.1.5", False), ("D", True), ("nobody", True)):
        assert editing.move_goal(FREIBURG, first, up=up) == FREIBURG


def test_an_indicator_moves_among_those_at_the_same_goal() -> None:
    at_goal = [one.id for one in FREIBURG.indicators if editing.stands_at(one, "IV.1.5")]
    assert at_goal == ["I5", "I7"]
    moved = editing.move_indicator(FREIBURG, "I7", beside="IV.1.5", up=True)
    assert [one.id for one in moved.indicators if editing.stands_at(one, "IV.1.5")] == ["I7", "I5"]
    assert editing.move_indicator(moved, "I7", beside="IV.1.5", up=False) == FREIBURG
    assert editing.move_indicator(FREIBURG, "I5", beside="IV.1.5", up=True) == FREIBURG
    assert editing.move_indicator(FREIBURG, "I5", beside="IV.1.3", up=True) == FREIBURG
