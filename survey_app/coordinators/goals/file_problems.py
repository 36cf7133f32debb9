"""What is wrong with a goal file, line by line, with the line itself: so that it can be found and mended."""

from dataclasses import dataclass

from survey_app.domain.text import clean_text
from survey_app.evaluation.formats.format_errors import WHOLE_DOCUMENT, FormatError, FormatProblem
from survey_app.web.format_messages import explain

_LONGEST_EXCERPT = 120
_MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """One problem of a file.

    Attributes:
        line: counted from 1; None where there is none.
        path: the place as the format names it, such as ``indicator[3].affirming``.
        message: in the language of the page.
        excerpt: what stands in that line.
    """

    line: int | None
    path: str
    message: str
    excerpt: str = ""


def place_problems(error: FormatError, text: str) -> tuple[PlacedProblem, ...]:
    """Return the problems of a file with the lines they stand in, the first ones if there are very many."""
    lines = text.split("\n")
    return tuple(_place(problem, lines) for problem in error.problems[:_MOST_PROBLEMS])


def _place(problem: FormatProblem, lines: list[str]) -> PlacedProblem:
    excerpt = ""
    if problem.line is not None and problem.line <= len(lines):
        excerpt = clean_text(lines[problem.line - 1])[:_LONGEST_EXCERPT]
    path = "" if problem.path == WHOLE_DOCUMENT else problem.path
    return PlacedProblem(problem.line, clean_text(path), clean_text(explain(problem.message)), excerpt)
