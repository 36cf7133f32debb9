"""Checks of a goal system as a whole: ids, references, levels, targets. Also for one that was edited on a page."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from survey_app.evaluation.formats.format_errors import FormatProblem
from survey_app.evaluation.goals.goals import Goal, GoalState, GoalSystem
from survey_app.evaluation.goals.indicator_format import PERIODS
from survey_app.evaluation.goals.indicators import (
    AnswerShare,
    Indicator,
    Kind,
    ManualValue,
    PeriodKind,
    ShareChange,
)

_SHARES = (Kind.ANSWER_SHARE, Kind.RECORD_SHARE, Kind.MEAN_RATIO)


def check_goals(goal_system: GoalSystem, *, skip: Collection[str] = ()) -> list[FormatProblem]:
    """Return what is wrong with the references and figures of a goal system.

    Args:
        goal_system: every value by itself is taken to be right.
        skip: paths already found wrong; an entry that one of them lies in is not checked again.
    """
    problems = [
        *_check_ids("wording", [wording.id for wording in goal_system.wordings]),
        *_check_ids("goal", [goal.id for goal in goal_system.goals]),
        *_check_ids("indicator", [indicator.id for indicator in goal_system.indicators]),
        *_check_current_wording(goal_system),
    ]
    goals = _Goals(goal_system)
    for index, goal in enumerate(goal_system.goals):
        problems += [FormatProblem(f"goal[{index}].{key}", message) for key, message in goals.check(goal)]
    for index, indicator in enumerate(goal_system.indicators):
        found = _check_indicator(indicator, goal_system)
        problems += [FormatProblem(f"indicator[{index}].{key}", message) for key, message in found]
    broken = {path.split(".", maxsplit=1)[0] for path in skip}
    return [problem for problem in problems if problem.path.split(".", maxsplit=1)[0] not in broken]


def _check_ids(table: str, ids: Iterable[str]) -> Iterator[FormatProblem]:
    seen: Counter[str] = Counter()
    for index, entry_id in enumerate(ids):
        seen[entry_id] += 1
        if seen[entry_id] > 1:
            yield FormatProblem(f"{table}[{index}].id", f"the id {entry_id!r} is used twice")


def _check_current_wording(goal_system: GoalSystem) -> Iterator[FormatProblem]:
    current = [index for index, wording in enumerate(goal_system.wordings) if wording.current]
    if goal_system.wordings and not current:
        yield FormatProblem("wording[0].current", "exactly one wording must be current, none is")
    for index in current[1:]:
        yield FormatProblem(f"wording[{index}].current", "exactly one wording must be current, another one is already")


@dataclass(frozen=True, slots=True)
class _Goals:
    """The goals of a system, for checks of one against the others."""

    system: GoalSystem

    def check(self, goal: Goal) -> Iterator[tuple[str, str]]:
        """Yield key and message of every problem of a goal."""
        if goal.wording is not None and goal.wording not in {wording.id for wording in self.system.wordings}:
            yield "wording", f"there is no wording {goal.wording!r}"
        if goal.state is GoalState.DEFERRED and not goal.state_reason:
            yield "state_reason", "a deferred goal says why it is deferred"
        if _is_reversed(goal):
            yield "valid_until", "must not lie before valid_from"
        if goal.parent is not None:
            yield from self._check_parent(goal, goal.parent)

    def _check_parent(self, goal: Goal, parent_id: str) -> Iterator[tuple[str, str]]:
        parent = self.system.find_goal(parent_id)
        if parent is None:
            yield "parent", f"there is no goal {parent_id!r}"
            return
        if cycle := self._find_cycle(goal):
            if goal.id == next(other.id for other in self.system.goals if other.id in cycle):
                yield "parent", f"goals run in a circle: {' → '.join(cycle)}"
            return
        if goal.level.depth <= parent.level.depth:
            yield "level", f"a goal of level {goal.level} cannot stand below one of level {parent.level}"
        if parent.wording not in (None, goal.wording):
            yield "parent", f"{parent_id!r} belongs to wording {parent.wording!r}, not to {goal.wording!r}"

    def _find_cycle(self, goal: Goal) -> list[str]:
        """Return the ids on the way from a goal up to itself, nothing if the way ends."""
        way = [goal.id]
        above = goal.parent
        while above is not None and above not in way:
            way.append(above)
            found = self.system.find_goal(above)
            above = None if found is None else found.parent
        return [*way, goal.id] if above == goal.id else []


def _check_indicator(indicator: Indicator, system: GoalSystem) -> Iterator[tuple[str, str]]:
    for key, goal_ids in (("goals", indicator.goals), ("goals_reading", indicator.goals_reading)):
        for index, goal_id in enumerate(goal_ids):
            if system.find_goal(goal_id) is None:
                yield f"{key}[{index}]", f"there is no goal {goal_id!r}"
    yield from _check_period(indicator)
    yield from _check_targets(indicator)
    yield from _check_measure(indicator, system)


def _check_period(indicator: Indicator) -> Iterator[tuple[str, str]]:
    if indicator.period not in PERIODS[indicator.kind]:
        yield "period", f"{indicator.kind} has no period {indicator.period}"
    limits = (("from", indicator.span_from), ("until", indicator.span_until))
    for key, day in limits:
        if (day is None) is (indicator.period is PeriodKind.SPAN):
            yield key, "is missing for the period span" if day is None else "belongs to the period span only"
    if indicator.span_from and indicator.span_until and indicator.span_until < indicator.span_from:
        yield "until", "must not lie before from"
    counts_on = indicator.kind is Kind.RECORD_COUNT and indicator.period is PeriodKind.SINCE_START
    if indicator.deadline is not None and not counts_on:
        yield "deadline", "belongs to counts since the start only"
    if _is_reversed(indicator):
        yield "valid_until", "must not lie before valid_from"


def _check_targets(indicator: Indicator) -> Iterator[tuple[str, str]]:
    if indicator.kind in _SHARES:
        low, high = 0, 1
    elif indicator.kind is Kind.SHARE_CHANGE:
        low, high = -1, 1
    else:
        return
    values = [("target", indicator.target)]
    values += [(f"targets[{index}].value", target.value) for index, target in enumerate(indicator.targets)]
    for key, value in values:
        if value is not None and not low <= value <= high:
            yield key, f"must lie between {low} and {high} for {indicator.kind}"


def _check_measure(indicator: Indicator, system: GoalSystem) -> Iterator[tuple[str, str]]:
    measure = indicator.measure
    if isinstance(measure, AnswerShare):
        both = sorted(set(measure.affirming) & set(measure.not_applicable))
        if both:
            yield "not_applicable", f"{', '.join(both)} cannot both affirm and leave the base"
    elif isinstance(measure, ShareChange):
        of = system.find_indicator(measure.indicator)
        if of is None:
            yield "indicator", f"there is no indicator {measure.indicator!r}"
        elif not isinstance(of.measure, AnswerShare):
            yield "indicator", f"{measure.indicator!r} is no answer_share"
    elif isinstance(measure, ManualValue):
        yield from _check_limits(measure)


def _check_limits(measure: ManualValue) -> Iterator[tuple[str, str]]:
    if measure.lower is not None and measure.lower > measure.value:
        yield "lower", "must not exceed the value"
    if measure.upper is not None and measure.upper < measure.value:
        yield "upper", "must not lie below the value"


def _is_reversed(entry: Goal | Indicator) -> bool:
    return entry.valid_from is not None and entry.valid_until is not None and entry.valid_until < entry.valid_from
