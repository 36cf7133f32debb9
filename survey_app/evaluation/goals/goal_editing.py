"""Changing one thing in a goal system; what refers to it follows, and nothing that is needed is taken away.

Every function returns a new goal system. Whether it is sound as a whole, `check_goals` says afterwards.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from survey_app.domain.errors import InvalidDocument, Problem
from survey_app.evaluation.goals.goals import Goal, GoalSystem, Wording
from survey_app.evaluation.goals.indicators import Indicator, ShareChange


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_Named)


def put_goal(system: GoalSystem, goal: Goal, *, instead_of: str | None = None) -> GoalSystem:
    """Return the system with a goal added at the end, or put in the place of another.

    Args:
        instead_of: id of the goal it replaces; goals and indicators that named it name the new id.
    """
    goals = _put(system.goals, goal, instead_of)
    if instead_of is None or instead_of == goal.id:
        return replace(system, goals=goals)

    def follow(goal_ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(goal.id if goal_id == instead_of else goal_id for goal_id in goal_ids)

    return replace(
        system,
        goals=tuple(replace(one, parent=goal.id) if one.parent == instead_of else one for one in goals),
        indicators=tuple(
            replace(one, goals=follow(one.goals), goals_reading=follow(one.goals_reading)) for one in system.indicators
        ),
    )


def put_indicator(system: GoalSystem, indicator: Indicator, *, instead_of: str | None = None) -> GoalSystem:
    """Return the system with an indicator added at the end, or put in the place of another, which it may rename."""
    indicators = _put(system.indicators, indicator, instead_of)
    if instead_of is not None:
        indicators = tuple(_follow_indicator(one, instead_of, indicator.id) for one in indicators)
    return replace(system, indicators=indicators)


def _follow_indicator(indicator: Indicator, old: str, new: str) -> Indicator:
    measure = indicator.measure
    if isinstance(measure, ShareChange) and measure.indicator == old:
        return replace(indicator, measure=replace(measure, indicator=new))
    return indicator


def put_wordings(system: GoalSystem, wordings: Sequence[tuple[str | None, Wording]]) -> GoalSystem:
    """Return the system with these wordings; each comes with the id it had before, None for a new one."""
    names = {before: wording.id for before, wording in wordings if before is not None}
    return replace(
        system,
        wordings=tuple(wording for _before, wording in wordings),
        goals=tuple(replace(goal, wording=names.get(goal.wording or "", goal.wording)) for goal in system.goals),
    )


def remove_goal(system: GoalSystem, goal_id: str) -> GoalSystem:
    """Return the system without a goal.

    Raises:
        InvalidDocument: if goals or indicators stand at it, or no goal would be left.
    """
    needed_by = list_dependents(system, goal_id)
    if needed_by:
        raise InvalidDocument([Problem("goal_is_needed", "goal", {"names": ", ".join(needed_by)})])
    goals = tuple(goal for goal in system.goals if goal.id != goal_id)
    if not goals:
        raise InvalidDocument([Problem("last_goal", "goal")])
    return replace(system, goals=goals)


def list_dependents(system: GoalSystem, goal_id: str) -> tuple[str, ...]:
    """Return the ids of what stands directly at a goal: goals below it, and indicators."""
    below = [goal.id for goal in system.goals if goal.parent == goal_id]
    at_it = [one.id for one in system.indicators if goal_id in (*one.goals, *one.goals_reading)]
    return (*below, *at_it)


def remove_indicator(system: GoalSystem, indicator_id: str) -> GoalSystem:
    """Return the system without an indicator.

    Raises:
        InvalidDocument: if another indicator measures its change.
    """
    needed_by = [
        one.id
        for one in system.indicators
        if isinstance(one.measure, ShareChange) and one.measure.indicator == indicator_id and one.id != indicator_id
    ]
    if needed_by:
        raise InvalidDocument([Problem("indicator_is_needed", "indicator", {"names": ", ".join(needed_by)})])
    return replace(system, indicators=tuple(one for one in system.indicators if one.id != indicator_id))


def move_goal(system: GoalSystem, goal_id: str, *, up: bool) -> GoalSystem:
    """Return the system with a goal one place further up or down among those beside it, if there is a place."""
    moved = system.find_goal(goal_id)
    if moved is None:
        return system

    def is_beside(goal: Goal) -> bool:
        return (goal.parent, goal.wording) == (moved.parent, moved.wording)

    return replace(system, goals=_move(system.goals, goal_id, is_beside, up=up))


def move_indicator(system: GoalSystem, indicator_id: str, *, beside: str, up: bool) -> GoalSystem:
    """Return the system with an indicator one place further up or down among those at the goal `beside`."""

    def is_beside(indicator: Indicator) -> bool:
        return stands_at(indicator, beside)

    return replace(system, indicators=_move(system.indicators, indicator_id, is_beside, up=up))


def stands_at(indicator: Indicator, goal_id: str) -> bool:
    """Tell whether a report shows an indicator at a goal: by our finer mapping, or else by that of the source."""
    return goal_id in (indicator.goals_reading or indicator.goals)


def _put(entries: tuple[Entry, ...], entry: Entry, instead_of: str | None) -> tuple[Entry, ...]:
    if instead_of is None:
        return (*entries, entry)
    return tuple(entry if one.id == instead_of else one for one in entries)


def _move(
    entries: tuple[Entry, ...], entry_id: str, is_beside: Callable[[Entry], bool], *, up: bool
) -> tuple[Entry, ...]:
    places = [place for place, entry in enumerate(entries) if is_beside(entry)]
    ids = [entries[place].id for place in places]
    if entry_id not in ids:
        return entries
    here = ids.index(entry_id)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(places):
        return entries
    moved = list(entries)
    moved[places[here]], moved[places[there]] = moved[places[there]], moved[places[here]]
    return tuple(moved)
