"""The goal tree of a report: every indicator at its goals, explained once, referred to elsewhere."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.evaluation import Verdict
from survey_app.evaluation.goals.goals import Goal, GoalSystem, Wording
from survey_app.evaluation.measures.rows import IndicatorResult


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator at one of its goals.

    Attributes:
        is_first: whether the tree has not shown it further up; only there it is explained in full.
        is_reading: whether it stands here by our reading, because the source names only a goal further up.
    """

    result: IndicatorResult
    is_first: bool
    is_reading: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A goal with what stands below it.

    Attributes:
        counts: verdicts on the different indicators with a target at this goal and below.
    """

    goal: Goal
    entries: tuple[Entry, ...]
    children: tuple["Node", ...]
    counts: Mapping[Verdict, int]

    @property
    def is_operationalised(self) -> bool:
        """Tell whether an indicator stands at the goal or below it."""
        return bool(self.entries) or any(child.is_operationalised for child in self.children)


@dataclass(frozen=True, slots=True)
class Appendix:
    """The goals of a wording that is not in force any more, or not yet."""

    wording: Wording
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """All goals of a system: those in force as a tree, the other wordings after it."""

    tree: tuple[Node, ...]
    appendices: tuple[Appendix, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return every indicator once, in the order of the tree."""
        return tuple(entry for node in walk(self.tree) for entry in node.entries if entry.is_first)

    @property
    def judged(self) -> tuple[Entry, ...]:
        """Return the indicators with a target, in the order of the tree."""
        return tuple(entry for entry in self.entries if entry.result.target is not None)

    @property
    def observed(self) -> tuple[Entry, ...]:
        """Return the figures without a target, in the order of the tree."""
        return tuple(entry for entry in self.entries if entry.result.target is None)

    def goals_of(self, indicator_id: str) -> tuple[Goal, ...]:
        """Return the goals at which an indicator stands, in the order of the tree."""
        nodes = (*self.tree, *(node for appendix in self.appendices for node in appendix.nodes))
        return tuple(
            node.goal
            for node in walk(nodes)
            if any(entry.result.indicator.id == indicator_id for entry in node.entries)
        )


def walk(nodes: Iterable[Node]) -> Iterable[Node]:
    """Yield the nodes and everything below them, each before its children."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def build_outline(goal_system: GoalSystem, results: Iterable[IndicatorResult]) -> Outline:
    """Return the goals with the results at them, goals and indicators in the order of the document."""
    builder = _Builder(goal_system, tuple(results))
    tree = builder.build(goal for goal in goal_system.goals if goal.parent is None and goal_system.is_current(goal))
    appendices = []
    for wording in goal_system.wordings:
        goals = [goal for goal in goal_system.goals if goal.wording == wording.id]
        if not wording.current and goals:
            inside = {goal.id for goal in goals}
            tops = (goal for goal in goals if goal.parent not in inside)
            appendices.append(Appendix(wording, builder.build(tops)))
    return Outline(tree, tuple(appendices))


class _Builder:
    """Builds nodes depth first and remembers which indicators it has placed."""

    def __init__(self, goal_system: GoalSystem, results: tuple[IndicatorResult, ...]) -> None:
        self._goal_system = goal_system
        self._results = results
        self._placed: set[str] = set()

    def build(self, goals: Iterable[Goal]) -> tuple[Node, ...]:
        return tuple(self._build_node(goal) for goal in goals)

    def _build_node(self, goal: Goal) -> Node:
        entries = tuple(self._build_entry(result, goal) for result in self._results if _stands_at(result, goal))
        children = self.build(other for other in self._goal_system.goals if self._is_child(other, goal))
        return Node(goal, entries, children, _count_verdicts(entries, children))

    def _is_child(self, goal: Goal, parent: Goal) -> bool:
        """Tell whether a goal is shown below another; other wordings of a common goal have an appendix of their own."""
        same = self._goal_system.is_current(goal) if parent.wording is None else goal.wording == parent.wording
        return goal.parent == parent.id and same

    def _build_entry(self, result: IndicatorResult, goal: Goal) -> Entry:
        is_first = result.indicator.id not in self._placed
        self._placed.add(result.indicator.id)
        return Entry(result, is_first, is_reading=goal.id in result.indicator.goals_reading)


def _stands_at(result: IndicatorResult, goal: Goal) -> bool:
    return goal.id in (result.indicator.goals_reading or result.indicator.goals)


def _count_verdicts(entries: Iterable[Entry], children: Iterable[Node]) -> Mapping[Verdict, int]:
    verdicts = {
        entry.result.indicator.id: entry.result.verdict
        for entry in (*entries, *(entry for node in walk(children) for entry in node.entries))
        if entry.result.target is not None
    }
    return Counter(verdicts.values())
