"""What changed between two versions: everything that did, nothing that did not."""

from dataclasses import replace
from fractions import Fraction

from evaluation_strategies import goal_systems
from factories import freiburg_goals
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.evaluation import Goal, GoalState, GoalSystem, Level, parse_goals
from survey_app.evaluation.goals import goal_editing as editing
from survey_app.evaluation.goals.goals_comparison import ChangeKind, KeyChange, Part, compare_goals

FREIBURG = parse_goals(freiburg_goals())


@settings(max_examples=20)
@given(goal_systems())
def test_equal_systems_differ_in_nothing(system: GoalSystem) -> None:
    assert compare_goals(system, system) == ()


@settings(max_examples=30)
@given(goal_systems(), goal_systems())
def test_different_systems_differ_in_something_both_ways(one: GoalSystem, other: GoalSystem) -> None:
    there, back = compare_goals(one, other), compare_goals(other, one)
    assert (there == ()) == (one == other)
    mirrored = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}
    changed = [change for change in there if change.kind is not ChangeKind.MOVED]
    assert {(change.part, change.id, mirrored.get(change.kind, change.kind)) for change in changed} == {
        (change.part, change.id, change.kind) for change in back if change.kind is not ChangeKind.MOVED
    }


def test_a_changed_target_is_named_with_both_values() -> None:
    indicator = FREIBURG.find_indicator("I5")
    assert indicator is not None
    stricter = editing.put_indicator(FREIBURG, replace(indicator, target=Fraction(7, 10)), instead_of="I5")
    (change,) = compare_goals(FREIBURG, stricter)
    assert (change.part, change.kind, change.id) == (Part.INDICATOR, ChangeKind.CHANGED, "I5")
    assert change.keys == (KeyChange("target", Fraction(3, 5), Fraction(7, 10)),)


def test_every_kind_of_change_is_found_at_once() -> None:
    deferred = FREIBURG.find_goal("IV.2")
    assert deferred is not None
    later = editing.put_goal(FREIBURG, replace(deferred, state=GoalState.ENDED), instead_of="IV.2")
    later = editing.put_goal(later, Goal("V", Level.GUIDING, "Neu", parent="D"))
    later = editing.remove_goal(later, "A.IV.5")
    later = editing.move_goal(later, "IV.1.5", up=True)
    later = replace(later, version="2027", parameters=replace(later.parameters, min_base=12))
    found = {(change.part, change.kind, change.id) for change in compare_goals(FREIBURG, later)}
    # Either of the two neighbours may be called the moved one; the one that now comes later is.
    assert found == {
        (Part.HEAD, ChangeKind.CHANGED, ""),
        (Part.PARAMETERS, ChangeKind.CHANGED, ""),
        (Part.GOAL, ChangeKind.CHANGED, "IV.2"),
        (Part.GOAL, ChangeKind.ADDED, "V"),
        (Part.GOAL, ChangeKind.REMOVED, "A.IV.5"),
        (Part.GOAL, ChangeKind.MOVED, "IV.1.4"),
    }


@given(st.permutations(range(5)))
def test_only_as_many_are_called_moved_as_must_have_moved(order: list[int]) -> None:
    goals = [Goal(str(number), Level.VISION, "x") for number in range(5)]
    before = replace(FREIBURG, goals=tuple(goals), indicators=(), wordings=())
    after = replace(before, goals=tuple(goals[number] for number in order))
    moved = {change.id for change in compare_goals(before, after)}
    assert all(change.kind is ChangeKind.MOVED for change in compare_goals(before, after))
    stayed = [number for number in order if str(number) not in moved]
    assert stayed == sorted(stayed)
    assert bool(moved) == (list(order) != sorted(order))
