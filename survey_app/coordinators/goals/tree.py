"""The goals of a system as a tree, each with its indicators and what they would give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.coordinators.goals.auditing import Audit
from survey_app.evaluation.goals.goal_editing import stands_at
from survey_app.evaluation.goals.goals import Goal, GoalSystem, Wording
from survey_app.evaluation.goals.indicators import Indicator
from survey_app.evaluation.measures.rows import IndicatorResult
from survey_app.services.goal_preview import Preview


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands among its neighbours."""

    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """An indicator at a goal; the result is None while its period has not come, or if it does not fit."""

    indicator: Indicator
    result: IndicatorResult | None
    audit: Audit
    is_reading: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Branch:
    """A goal with everything below it."""

    goal: Goal
    leaves: tuple[Leaf, ...]
    branches: tuple["Branch", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Tree:
    """All goals: those in force, and those of other wordings."""

    branches: tuple[Branch, ...]
    others: tuple[tuple[Wording, tuple[Branch, ...]], ...]


def build_tree(goal_system: GoalSystem, preview: Preview, audits: Mapping[str, Audit]) -> Tree:
    """Return the tree of a goal system, goals and indicators in the order of the document."""
    grower = _Grower(goal_system, preview, audits)
    tops = [goal for goal in goal_system.goals if goal.parent is None and goal_system.is_current(goal)]
    others = []
    for wording in goal_system.wordings:
        goals = [goal for goal in goal_system.goals if goal.wording == wording.id]
        if goals and not wording.current:
            inside = {goal.id for goal in goals}
            others.append((wording, grower.grow([goal for goal in goals if goal.parent not in inside])))
    return Tree(grower.grow(tops), tuple(others))


@dataclass(frozen=True, slots=True)
class _Grower:
    system: GoalSystem
    preview: Preview
    audits: Mapping[str, Audit]

    def grow(self, goals: list[Goal]) -> tuple[Branch, ...]:
        """Return branches for goals that stand beside each other."""
        return tuple(self._grow_one(goal, place) for goal, place in zip(goals, _places(goals), strict=True))

    def _grow_one(self, goal: Goal, place: Place) -> Branch:
        below = [other for other in self.system.goals if other.parent == goal.id and self._is_shown_below(other, goal)]
        at_it = [indicator for indicator in self.system.indicators if stands_at(indicator, goal.id)]
        leaves = (self._pick(one, goal, spot) for one, spot in zip(at_it, _places(at_it), strict=True))
        return Branch(goal, tuple(leaves), self.grow(below), place)

    def _is_shown_below(self, goal: Goal, parent: Goal) -> bool:
        """Goals of another wording stand apart from a goal that all wordings share."""
        return goal.wording == parent.wording or (parent.wording is None and self.system.is_current(goal))

    def _pick(self, indicator: Indicator, goal: Goal, place: Place) -> Leaf:
        result = self.preview.report.find_result(indicator.id)
        return Leaf(indicator, result, self.audits[indicator.id], goal.id in indicator.goals_reading, place)


def _places(entries: Iterable[object]) -> list[Place]:
    count = len(list(entries))
    return [Place(number == 0, number == count - 1) for number in range(count)]
