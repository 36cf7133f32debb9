"""What is wrong with a file, or was left out of it, as pages show it: the place, and a sentence."""

from collections.abc import Iterable
from dataclasses import replace

from survey_app.coordinators.goals.file_problems import PlacedProblem
from survey_app.domain.errors import Problem
from survey_app.web.exchange_messages import explain_problem

WHOLE_FILE = "document"


def place_notes(problems: Iterable[Problem]) -> list[PlacedProblem]:
    """Return each problem with its place; none for what concerns the file as a whole."""
    return [PlacedProblem(None, "" if one.place == WHOLE_FILE else one.place, _explain(one)) for one in problems]


def _explain(problem: Problem) -> str:
    """Return what to say, names from the file kept apart in direction from the words around them."""
    kept = {
        name: f"\u2068{value}\u2069" if isinstance(value, str) else value for name, value in problem.parameters.items()
    }
    return explain_problem(replace(problem, parameters=kept))
