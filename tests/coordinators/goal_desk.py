"""A desk at which goal systems are built: the draft of the test, and what stands in it now."""

from dataclasses import dataclass

from factories import freiburg_goals, publish_standard

from survey_app.evaluation import Goal, GoalSystem, Indicator, parse_goals
from survey_app.services import goal_design

from .conftest import Desk
from .visiting import Sheet

FREIBURG = parse_goals(freiburg_goals())


@dataclass
class GoalDesk:
    """A draft of the Freiburg goals in a network that has published the standard questions."""

    desk: Desk
    system_id: int

    @property
    def root(self) -> str:
        """Return the address of the draft below the network."""
        return f"/goals/{self.system_id}"

    @property
    def stored(self) -> goal_design.StoredGoalSystem:
        """Read the version anew."""
        self.desk.session.rollback()
        return goal_design.load_version(self.desk.session, self.system_id, network_id=self.desk.network.id)

    @property
    def system(self) -> GoalSystem:
        """Read the goal system anew."""
        return self.stored.goal_system

    def goal(self, goal_id: str) -> Goal:
        """Read a goal anew."""
        found = self.system.find_goal(goal_id)
        assert found is not None
        return found

    def indicator(self, indicator_id: str) -> Indicator:
        """Read an indicator anew."""
        found = self.system.find_indicator(indicator_id)
        assert found is not None
        return found

    def edit(self, part: str, part_id: str, /, **changes: object) -> Sheet:
        """Change a goal or an indicator through its form."""
        return self.desk.fill(f"{self.root}/{part}/edit?id={part_id}", **changes)


def start(desk: Desk, document: str | None = None) -> GoalDesk:
    """Begin a draft."""
    desk.session.rollback()
    system_id = goal_design.start_draft(desk.session, document or freiburg_goals(), network_id=desk.network.id)
    return GoalDesk(desk, system_id)


def start_with_questions(desk: Desk, document: str | None = None) -> GoalDesk:
    """Begin a draft in a network whose questions are published."""
    publish_standard(desk.session, desk.network)
    return start(desk, document)
