"""The form for each kind of indicator, filled from an indicator or with what is usual for a new one."""

from collections.abc import Mapping
from typing import Any

from survey_app.coordinators.goals.answer_forms import (
    AnswerForm,
    AnswerMeanForm,
    AnswerShareForm,
    Questions,
    answer_values,
    new_answer_values,
)
from survey_app.coordinators.goals.drafts import fingerprint
from survey_app.coordinators.goals.indicator_form import IndicatorForm, indicator_values
from survey_app.coordinators.goals.measure_forms import (
    ManualValueForm,
    MeanRatioForm,
    RecordCountForm,
    RecordShareForm,
    ShareChangeForm,
    new_record_values,
    record_values,
)
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.indicators import Indicator, Kind, PeriodKind
from survey_app.evaluation.goals.sources import Source
from survey_app.services.question_catalogue import Question

FORMS: Mapping[Kind, type[IndicatorForm]] = {
    form.kind: form
    for form in (
        AnswerShareForm,
        AnswerMeanForm,
        RecordCountForm,
        RecordShareForm,
        MeanRatioForm,
        ShareChangeForm,
        ManualValueForm,
    )
}
_USUAL_PERIODS: Mapping[Kind, PeriodKind] = {
    Kind.ANSWER_SHARE: PeriodKind.SURVEY,
    Kind.ANSWER_MEAN: PeriodKind.SURVEY,
    Kind.RECORD_COUNT: PeriodKind.FULL_CALENDAR_YEAR,
    Kind.RECORD_SHARE: PeriodKind.CALENDAR_YEAR,
    Kind.MEAN_RATIO: PeriodKind.CALENDAR_YEAR,
    Kind.SHARE_CHANGE: PeriodKind.SURVEY,
    Kind.MANUAL_VALUE: PeriodKind.CALENDAR_YEAR,
}


def open_form(posted: Any, indicator: Indicator, goal_system: GoalSystem, questions: Questions) -> IndicatorForm:
    """Return the form of an indicator of the goal system, with what was posted, if anything."""
    values = indicator_values(indicator) | answer_values(indicator) | record_values(indicator)
    form = FORMS[indicator.kind](posted, data=values | {"seen": fingerprint(indicator)}, original=indicator)
    return _fill(form, goal_system, questions)


def open_new_form(
    posted: Any, kind: Kind, goal_system: GoalSystem, questions: Questions, start: Mapping[str, str]
) -> IndicatorForm:
    """Return the form of a new indicator.

    Args:
        start: what was decided on the way here: goal, item, source.
    """
    goal = goal_system.find_goal(start.get("goal", ""))
    values: dict[str, Any] = {
        "id": suggest_id(goal_system),
        "goals": [goal.id] if goal else [],
        "comparison": ">=",
        "period": _USUAL_PERIODS[kind],
        **_usual_measure(kind, questions.get(start.get("item", "")), start),
    }
    return _fill(FORMS[kind](posted, data=values), goal_system, questions)


def _usual_measure(kind: Kind, question: Question | None, start: Mapping[str, str]) -> dict[str, Any]:
    if kind in (Kind.ANSWER_SHARE, Kind.ANSWER_MEAN):
        return new_answer_values(question)
    asked = start.get("source", "")
    source = Source(asked) if asked in tuple(Source) else Source.MEETINGS
    usual = new_record_values(kind, source)
    if kind is Kind.RECORD_COUNT and source is Source.PARTNERS:
        usual["period"] = PeriodKind.SINCE_START
    return usual | {"against": "previous_year"}


def _fill(form: IndicatorForm, goal_system: GoalSystem, questions: Questions) -> IndicatorForm:
    form.offer(goal_system)
    if isinstance(form, AnswerForm):
        form.offer_questions(questions)
    return form


def suggest_id(goal_system: GoalSystem) -> str:
    """Return a free short name: I1, I2 …, after the last one."""
    taken = {indicator.id for indicator in goal_system.indicators}
    numbers = [int(one[1:]) for one in taken if one[:1] == "I" and one[1:].isdecimal() and len(one) < 6]
    return f"I{max(numbers, default=0) + 1}"
