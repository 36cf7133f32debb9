"""Writing a goal system as TOML: what `parse_goals` reads back is equal to what was written."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from survey_app.domain.conditions import Condition
from survey_app.evaluation.goals.goals import SCHEMA, Goal, GoalState, GoalSystem, Parameters, Wording
from survey_app.evaluation.goals.indicator_format import default_universe
from survey_app.evaluation.goals.indicators import (
    HELD,
    AnswerMean,
    AnswerShare,
    Indicator,
    ManualValue,
    MeanRatio,
    Measure,
    RecordCount,
    RecordShare,
    ShareChange,
)

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\r": "\\r", "\b": "\\b", "\f": "\\f"}
Entries = Mapping[str, object]
"""Keys of a table with their values; None stands for a key that is left out."""


def write_goals(goal_system: GoalSystem) -> str:
    """Return a goal system as TOML in the format goals/1, texts unchanged.

    Raises:
        ValueError: for a number that has no finite decimal form, such as 1/3.
    """
    tables = [
        _write_table("", list_head(goal_system)),
        _write_table("[parameters]", list_parameters(goal_system.parameters)),
        *(_write_table("[[wording]]", list_wording(wording)) for wording in goal_system.wordings),
        *(_write_table("[[goal]]", list_goal(goal)) for goal in goal_system.goals),
        *(_write_table("[[indicator]]", list_indicator(indicator)) for indicator in goal_system.indicators),
    ]
    return "\n\n".join(tables) + "\n"


def _write_table(header: str, entries: Entries) -> str:
    lines = [header] if header else []
    lines += [f"{_write_key(key)} = {_write_value(value)}" for key, value in entries.items() if value is not None]
    return "\n".join(lines)


def list_head(system: GoalSystem) -> Entries:
    """Return what the head of a goal system says, as keys of its file."""
    return {
        "schema": SCHEMA,
        "id": system.id,
        "title": system.title,
        "version": system.version,
        "source": system.source,
        "target_group": system.target_group,
        "mandate": system.mandate,
        "starts_on": system.starts_on,
        "remark": system.remark,
    }


def list_parameters(parameters: Parameters) -> Entries:
    """Return the parameters as keys of the file."""
    return {
        "confidence": Fraction(str(parameters.confidence)),
        "min_base": parameters.min_base,
        "min_group": parameters.min_group,
        "min_group_public": parameters.min_group_public,
        "min_group_sensitive": parameters.min_group_sensitive,
        "nonresponse_allowance": parameters.nonresponse_allowance,
        "base": parameters.base,
    }


def list_wording(wording: Wording) -> Entries:
    """Return a wording as keys of the file."""
    return {"id": wording.id, "title": wording.title, "current": wording.current}


def list_goal(goal: Goal) -> Entries:
    """Return a goal as keys of the file."""
    return {
        "id": goal.id,
        "number": goal.number,
        "wording": goal.wording,
        "level": goal.level,
        "state": None if goal.state is GoalState.ACTIVE else goal.state,
        "state_reason": goal.state_reason,
        "review_on": goal.review_on,
        "parent": goal.parent,
        "heading": goal.heading,
        "text": goal.text,
        "text_en": goal.text_en,
        "reading": goal.reading,
        "valid_from": goal.valid_from,
        "valid_until": goal.valid_until,
    }


def list_indicator(indicator: Indicator) -> Entries:
    """Return an indicator as keys of the file; its kind decides which there are."""
    return {
        "id": indicator.id,
        "kind": indicator.kind,
        "goals": indicator.goals,
        "goals_reading": indicator.goals_reading or None,
        "step": indicator.step,
        "unit": indicator.unit,
        "text": indicator.text,
        "text_en": indicator.text_en,
        "statement": indicator.statement,
        **_list_measure(indicator.measure),
        "period": indicator.period,
        "from": indicator.span_from,
        "until": indicator.span_until,
        "starts_on": indicator.starts_on,
        "deadline": indicator.deadline,
        "target": indicator.target,
        "comparison": indicator.comparison,
        "targets": [{"from": entry.starts_on, "value": entry.value} for entry in indicator.targets] or None,
        "reading": indicator.reading,
        "valid_from": indicator.valid_from,
        "valid_until": indicator.valid_until,
    }


def _list_measure(measure: Measure) -> Entries:
    if isinstance(measure, AnswerShare | AnswerMean):
        return _list_answers(measure)
    if isinstance(measure, RecordCount | RecordShare | MeanRatio):
        return _list_records(measure)
    if isinstance(measure, ShareChange):
        return {"indicator": measure.indicator, "against": measure.against}
    return _list_manual_value(measure)


def _list_answers(measure: AnswerShare | AnswerMean) -> Entries:
    shared = {
        "item": measure.item,
        "pooling": measure.pooling,
        "universe": None if measure.universe == HELD else measure.universe,
    }
    if isinstance(measure, AnswerMean):
        return {**shared, "values": measure.values}
    return {
        **shared,
        "affirming": measure.affirming,
        "not_applicable": measure.not_applicable or None,
        "base": measure.base,
        "population": measure.population,
    }


def _list_records(measure: RecordCount | RecordShare | MeanRatio) -> Entries:
    shared: dict[str, object] = {"source": measure.source, "dated_by": measure.dated_by}
    if isinstance(measure, RecordCount):
        return {**shared, "where": measure.where or None, "distinct_by": measure.distinct_by}
    usual = measure.universe == default_universe(measure.source)
    shared["universe"] = None if usual else measure.universe
    if isinstance(measure, RecordShare):
        return {**shared, "where": measure.where, "from_meeting": measure.from_meeting}
    return {
        **shared,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "averaging": measure.averaging,
    }


def _list_manual_value(measure: ManualValue) -> Entries:
    return {
        "value": measure.value,
        "as_of": measure.as_of,
        "source_text": measure.source_text,
        "lower": measure.lower,
        "upper": measure.upper,
    }


def _write_value(value: object) -> str:
    if isinstance(value, str):
        return _write_text(value)
    if isinstance(value, int | Fraction):
        return str(value).lower() if isinstance(value, bool) else _write_number(Fraction(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Condition):
        return _write_value([value.field, value.operator, value.value])
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_write_key(key)} = {_write_value(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, Iterable):
        return "[" + ", ".join(_write_value(entry) for entry in value) + "]"
    raise TypeError(f"no TOML for {value!r}")


def _write_key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _write_line(key)


def _write_text(text: str) -> str:
    """Paragraphs stay readable: a text of several lines is written between three quotes."""
    if "\n" not in text:
        return _write_line(text)
    return '"""\n' + "\n".join(_escape(line) for line in text.split("\n")) + '"""'


def _write_line(text: str) -> str:
    return f'"{_escape(text)}"'.replace("\n", "\\n")


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def _write_number(number: Fraction) -> str:
    """Return the finite decimal form: a fraction has one if its denominator divides a power of ten."""
    decimals = 0
    while (number * 10**decimals).denominator != 1:
        decimals += 1
        if decimals > _MOST_DECIMALS:
            raise ValueError(f"{number} has no finite decimal form")
    if not decimals:
        return str(number.numerator)
    digits = f"{abs(number.numerator) * 10**decimals // number.denominator:0{decimals + 1}d}"
    return f"{'-' if number < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"


_MOST_DECIMALS = 40
