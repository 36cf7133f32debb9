"""Checking a goal system against the surveys it is to be evaluated with."""

from collections.abc import Iterator

from survey_app.domain.tally import ItemTally, TallyType
from survey_app.evaluation.facts.answers import list_answers
from survey_app.evaluation.facts.evidence import Evidence
from survey_app.evaluation.formats.format_errors import FormatProblem
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.indicators import AnswerMean, AnswerShare


def check_compatibility(goal_system: GoalSystem, evidence: Evidence) -> tuple[FormatProblem, ...]:
    """Return which indicators name options that the item has not in every survey used.

    The paths are those of the goal file: the counts are given, the goal system can be corrected.
    """
    problems: dict[FormatProblem, None] = {}
    for index, indicator in enumerate(goal_system.indicators):
        measure = indicator.measure
        if isinstance(measure, AnswerShare | AnswerMean):
            for answers in list_answers(measure, evidence):
                for key, message in _check_item(measure, answers.item):
                    problems[FormatProblem(f"indicator[{index}].{key}", message)] = None
    return tuple(problems)


def _check_item(measure: AnswerShare | AnswerMean, item: ItemTally) -> Iterator[tuple[str, str]]:
    if item.type is TallyType.TEXT:
        yield "item", f"the answers to {item.code!r} are free texts, which never enter an indicator"
        return
    if isinstance(measure, AnswerMean):
        yield from _check_codes("values", tuple(measure.values), item)
        if item.type is TallyType.MANY:
            yield "item", f"{item.code!r} allows several answers, which have no mean"
        return
    yield from _check_codes("affirming", measure.affirming, item)
    yield from _check_codes("not_applicable", measure.not_applicable, item)
    if item.type is TallyType.MANY and (len(measure.affirming) > 1 or measure.not_applicable):
        # Counts do not say who ticked two options, so a share of "this or that" cannot be computed from them.
        message = f"{item.code!r} allows several answers: name one affirming option and no other"
        yield "affirming", message


def _check_codes(key: str, codes: tuple[str, ...], item: ItemTally) -> Iterator[tuple[str, str]]:
    for code in codes:
        if code not in item.total.choices:
            yield key, f"unknown option {code!r} of item {item.code!r}"
