"""What is wrong with a goal or facts file: every problem with its place, and one exception that carries them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

WHOLE_DOCUMENT = "document"
"""Path of a problem that concerns the file as a whole, for example broken syntax."""


@dataclass(frozen=True, slots=True)
class FormatProblem:
    """One thing that is wrong.

    Attributes:
        path: where in the document, such as ``indicator[3].affirming``; lists count from 0.
        message: what is wrong, without the place.
        line: line of the file, counted from 1; None where there is none.
    """

    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        """Return path, message and, if known, the line."""
        place = "" if self.line is None else f" (line {self.line})"
        return f"{self.path}: {self.message}{place}"


class FormatError(ValueError):
    """A file breaks its format.

    Attributes:
        name: name of the file.
        problems: everything that is wrong with it, in the order of the file; at least one.
        path: place of the first problem.
        line: line of the first problem, or None.
        message: what the first problem is.
    """

    def __init__(self, name: str, problems: Iterable[FormatProblem]) -> None:
        self.name = name
        self.problems = tuple(problems)
        first = self.problems[0]
        self.path, self.line, self.message = first.path, first.line, first.message
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        """Return one line per problem: file, place, reason."""
        return tuple(f"{self.name}: {problem}".replace("\n", " ") for problem in self.problems)


def locate(problems: Iterable[FormatProblem], find_line: Callable[[str], int | None]) -> tuple[FormatProblem, ...]:
    """Return the problems with the lines that `find_line` knows for their paths, sorted by line."""
    placed = [
        problem if problem.line is not None else replace(problem, line=find_line(problem.path)) for problem in problems
    ]
    return tuple(sorted(placed, key=lambda problem: problem.line or 0))
