"""The goal system a network gave itself: goals on four levels, indicators, targets and parameters.

One version of it is a value that never changes; a change of text, target, base, options or parameters is a new
version, so that old reports keep the rules they were made with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from survey_app.evaluation.goals.indicators import Indicator
from survey_app.evaluation.judging.assessment import Base

SCHEMA = "goals/1"


class Level(StrEnum):
    """How far up a goal stands; each lies below the one before."""

    VISION = "vision"
    GUIDING = "guiding"
    INTERMEDIATE = "intermediate"
    SPECIFIC = "specific"

    @property
    def depth(self) -> int:
        """Return 0 for the vision, 3 for a specific goal."""
        return tuple(Level).index(self)


class GoalState(StrEnum):
    """Whether a goal is pursued; a deferred one is shown with its reason, never as 0 %."""

    ACTIVE = "active"
    DEFERRED = "deferred"
    ENDED = "ended"


class Tier(StrEnum):
    """Who reads the report: coordinators of the network, or everybody else."""

    INTERNAL = "internal"
    PUBLIC = "public"


# A network may only be stricter than these three.
SMALLEST_GROUP, SMALLEST_PUBLIC_GROUP, SMALLEST_SENSITIVE_GROUP = 5, 10, 20


@dataclass(frozen=True, slots=True)
class Parameters:
    """The numbers that decide what is judged and what is shown.

    Attributes:
        confidence: of the sampling interval.
        min_base: smallest base for a verdict.
        min_group: smallest base that is shown inside the network; two more for the public and sensitive items.
        nonresponse_allowance: how much less those who did not answer may agree before success counts as secure.
        base: what a share of answers is a share of, unless its indicator says otherwise.
    """

    confidence: float = 0.95
    min_base: int = 10
    min_group: int = SMALLEST_GROUP
    min_group_public: int = SMALLEST_PUBLIC_GROUP
    min_group_sensitive: int = SMALLEST_SENSITIVE_GROUP
    nonresponse_allowance: Fraction = Fraction(1, 5)
    base: Base = Base.ASKED

    def at_least(self, *, internal: int, public: int, sensitive: int) -> "Parameters":
        """Return the parameters with these smallest groups where they are stricter."""
        return replace(
            self,
            min_group=max(self.min_group, internal),
            min_group_public=max(self.min_group_public, public),
            min_group_sensitive=max(self.min_group_sensitive, sensitive),
        )

    def minimum(self, tier: Tier, *, sensitive: bool = False) -> int:
        """Return the smallest base that this tier may see."""
        minima = [self.min_group]
        if tier is Tier.PUBLIC:
            minima.append(self.min_group_public)
        if sensitive:
            minima.append(self.min_group_sensitive)
        return max(minima)


@dataclass(frozen=True, slots=True)
class Wording:
    """One of several wordings in which goals were written down; exactly one is current."""

    id: str
    title: str
    current: bool


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, verbatim.

    Attributes:
        number: how the source numbers it, which need not be unique.
        wording: id of the wording it belongs to; None for goals that all wordings share.
        reading: our reading, not in the source.
    """

    id: str
    level: Level
    text: str
    text_en: str | None = None
    number: str | None = None
    heading: str | None = None
    parent: str | None = None
    wording: str | None = None
    state: GoalState = GoalState.ACTIVE
    state_reason: str | None = None
    review_on: date | None = None
    reading: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class GoalSystem:
    """One version of a network's goals and indicators.

    Attributes:
        source: where the goals are written down; `mandate`: who asked for them.
        target_group: whose change the goals speak of.
        starts_on: first day of the network; facts may know better.
    """

    id: str
    title: str
    version: str
    starts_on: date
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    wordings: tuple[Wording, ...] = ()
    parameters: Parameters = Parameters()
    source: str | None = None
    target_group: str | None = None
    mandate: str | None = None
    remark: str | None = None

    def find_goal(self, goal_id: str) -> Goal | None:
        """Return the goal with this id, or None."""
        return next((goal for goal in self.goals if goal.id == goal_id), None)

    def find_indicator(self, indicator_id: str) -> Indicator | None:
        """Return the indicator with this id, or None."""
        return next((indicator for indicator in self.indicators if indicator.id == indicator_id), None)

    def is_current(self, goal: Goal) -> bool:
        """Tell whether a goal belongs to the current wording or to all of them."""
        current = {wording.id for wording in self.wordings if wording.current}
        return goal.wording is None or goal.wording in current

    def is_counted(self, indicator: Indicator) -> bool:
        """Tell whether one of an indicator's goals is current; the others stand in the appendix only."""
        goals: Mapping[str, Goal] = {goal.id: goal for goal in self.goals}
        return any(self.is_current(goals[goal_id]) for goal_id in indicator.goals if goal_id in goals)
