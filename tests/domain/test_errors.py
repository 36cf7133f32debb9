"""Errors: one family, and problems that can be read in one line."""

from survey_app.domain import errors
from survey_app.domain.errors import InvalidDocument, Problem, SurveyError


def test_problem_reads_as_one_line_when_printed() -> None:
    assert str(Problem("required", "name")) == "name: required"
    assert str(Problem("too_long", "a.b", {"limit": 3, "value": "x\ny"})) == "a.b: too_long (limit=3, value='x\\ny')"
    found = InvalidDocument([Problem("a", "x"), Problem("b", "y")])
    assert str(found) == "x: a; y: b"
    assert [problem.code for problem in found.problems] == ["a", "b"]


def test_every_error_belongs_to_the_family_when_defined() -> None:
    kinds = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)]
    assert len(kinds) > 10
    assert all(issubclass(kind, SurveyError) for kind in kinds)
