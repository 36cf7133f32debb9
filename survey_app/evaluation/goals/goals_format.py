"""Reading a goal system from its TOML file, with every check and the place of everything that is wrong."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction

from survey_app.evaluation.formats.format_errors import WHOLE_DOCUMENT, FormatError, FormatProblem, locate
from survey_app.evaluation.formats.line_finding import find_toml_line
from survey_app.evaluation.formats.table_reading import (
    Refused,
    TableReader,
    read_code,
    read_count,
    read_date,
    read_flag,
    read_member,
    read_number,
    read_positive,
    read_share,
    read_text,
)
from survey_app.evaluation.goals.goals import (
    SCHEMA,
    SMALLEST_GROUP,
    SMALLEST_PUBLIC_GROUP,
    SMALLEST_SENSITIVE_GROUP,
    Goal,
    GoalState,
    GoalSystem,
    Level,
    Parameters,
    Wording,
)
from survey_app.evaluation.goals.goals_checking import check_goals
from survey_app.evaluation.goals.indicator_format import read_indicator
from survey_app.evaluation.judging.assessment import Base

_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def parse_goals(text: str, *, name: str = "goals") -> GoalSystem:
    """Return the goal system of a TOML text in the format goals/1.

    Args:
        text: the whole file; texts of goals and indicators are kept as they stand.
        name: of the file, for the messages.

    Raises:
        FormatError: with every problem, its path and line.
    """
    document = _load(text, name)
    problems: list[FormatProblem] = []
    goal_system = _read_goal_system(TableReader(document, "", problems))
    problems += check_goals(goal_system, skip=[problem.path for problem in problems])
    if problems:
        raise FormatError(name, locate(problems, lambda path: find_toml_line(text, path)))
    return goal_system


def _load(text: str, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError:
        problem = FormatProblem(WHOLE_DOCUMENT, "is nested too deeply")
    except ValueError as error:
        place = _TOML_PLACE.search(str(error))
        line = text.count("\n") + 1 if place is None or place[1] is None else int(place[1])
        problem = FormatProblem(WHOLE_DOCUMENT, f"no valid TOML: {_TOML_PLACE.sub('', str(error))}", line)
    raise FormatError(name, [problem])


def _read_goal_system(table: TableReader) -> GoalSystem:
    schema = table.take("schema", read_code, otherwise=SCHEMA)
    if schema != SCHEMA:
        table.note("schema", f"must be {SCHEMA!r}, not {schema!r}")
    goal_system = GoalSystem(
        id=table.take("id", read_code, otherwise=""),
        title=table.take("title", read_text, otherwise=""),
        version=table.take("version", read_code, otherwise=""),
        starts_on=table.take("starts_on", read_date, otherwise=date(2000, 1, 1)),
        parameters=read_parameters(table.find_table("parameters")),
        wordings=tuple(_read_wording(entry) for entry in table.find_tables("wording") or ()),
        goals=tuple(_read_goal(entry) for entry in table.find_tables("goal") or ()),
        indicators=tuple(read_indicator(entry) for entry in table.find_tables("indicator") or ()),
        source=table.find("source", read_text),
        target_group=table.find("target_group", read_text),
        mandate=table.find("mandate", read_text),
        remark=table.find("remark", read_text),
    )
    if not goal_system.goals:
        table.note("goal", "there must be at least one goal")
    table.close()
    return goal_system


def read_parameters(table: TableReader | None) -> Parameters:
    """Return the parameters; a key that is left out has its usual value, what is wrong is noted in the reader."""
    default = Parameters()
    if table is None:
        return default
    parameters = Parameters(
        confidence=float(table.choose("confidence", _read_confidence, default=Fraction("0.95"))),
        min_base=table.choose("min_base", read_positive, default=default.min_base),
        min_group=_read_minimum(table, "min_group", SMALLEST_GROUP),
        min_group_public=_read_minimum(table, "min_group_public", SMALLEST_PUBLIC_GROUP),
        min_group_sensitive=_read_minimum(table, "min_group_sensitive", SMALLEST_SENSITIVE_GROUP),
        nonresponse_allowance=table.choose("nonresponse_allowance", read_share, default=default.nonresponse_allowance),
        base=table.choose("base", read_member(Base), default=default.base),
    )
    table.close()
    return parameters


def _read_minimum(table: TableReader, key: str, smallest: int) -> int:
    """A network may hide larger groups than everybody does, never show smaller ones."""
    minimum = table.choose(key, read_count, default=smallest)
    if minimum < smallest:
        table.note(key, f"must be at least {smallest}: a network may only be stricter")
    return minimum


def _read_confidence(raw: object) -> Fraction:
    confidence = read_number(raw)
    if not 0 < confidence < 1:
        raise Refused("must lie between 0 and 1, both excluded")
    return confidence


def _read_wording(table: TableReader) -> Wording:
    wording = Wording(
        id=table.take("id", read_code, otherwise=""),
        title=table.take("title", read_text, otherwise=""),
        current=table.take("current", read_flag, otherwise=False),
    )
    table.close()
    return wording


def _read_goal(table: TableReader) -> Goal:
    goal = Goal(
        id=table.take("id", read_code, otherwise=""),
        level=table.take("level", read_member(Level), otherwise=Level.VISION),
        text=table.take("text", read_text, otherwise=""),
        text_en=table.find("text_en", read_text),
        number=table.find("number", read_code),
        heading=table.find("heading", read_text),
        parent=table.find("parent", read_code),
        wording=table.find("wording", read_code),
        state=table.choose("state", read_member(GoalState), default=GoalState.ACTIVE),
        state_reason=table.find("state_reason", read_text),
        review_on=table.find("review_on", read_date),
        reading=table.find("reading", read_text),
        valid_from=table.find("valid_from", read_date),
        valid_until=table.find("valid_until", read_date),
    )
    table.close()
    return goal
