"""How an indicator is defined, as terms and words; codes of the goal system become words where there are any."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flask_babel import gettext, pgettext

from survey_app.domain.questionnaire import Item
from survey_app.domain.text import wording
from survey_app.evaluation.goals.conditions import Condition, Operator
from survey_app.evaluation.goals.goals import Parameters
from survey_app.evaluation.goals.indicators import AnswerShare, Indicator, MeanRatio, Measure, RecordCount, RecordShare
from survey_app.staff.wording import AVERAGINGS, BASES, FIELDS, KINDS, OPERATORS, PERIODS, POOLINGS, SOURCES, STEPS
from survey_app.web.locale import current_language
from survey_app.web.vocabulary import ACTOR_GROUPS, EDUCATION_FIELDS, FORMATS, ORIGINS, RATINGS, STATUSES, Words

Fact = tuple[str, str]

_VALUES: Mapping[str, Words] = {
    "format": FORMATS,
    "status": STATUSES,
    "origin": ORIGINS,
    "rating": RATINGS,
    "actor_group": ACTOR_GROUPS,
    "actor_groups": ACTOR_GROUPS,
    "field": EDUCATION_FIELDS,
    "fields": EDUCATION_FIELDS,
}


def list_definition(indicator: Indicator, parameters: Parameters, question: Item | None = None) -> list[Fact]:
    """Return what the goal system says about an indicator.

    Args:
        question: the item it counts, for its wording and the words of its choices; None if no questionnaire has it.
    """
    pairs = [(gettext("What is computed"), str(KINDS[indicator.kind]))]
    pairs += _list_measure(indicator.measure, parameters, question)
    pairs.append((gettext("Period"), str(PERIODS[indicator.period])))
    if indicator.step is not None:
        rung = gettext("step %(step)s of 7: %(meaning)s", step=indicator.step, meaning=STEPS[indicator.step])
        pairs.append((gettext("Ladder of effects"), rung))
    return pairs


def condition_text(condition: Condition | Sequence[object]) -> str:
    """Return a condition in words; given as it stands in a report, a triple, or as the goal system holds it."""
    field, operator, value = _take_apart(condition)
    name = str(FIELDS.get(field, field))
    if operator == Operator.PRESENT:
        return name if value else gettext("without %(thing)s", thing=name)
    if operator == Operator.ANY:
        return f"{name}: {conditions_text(value)}" if isinstance(value, list | tuple) else name
    if operator == Operator.EQUAL and isinstance(value, bool):
        return name if value else gettext("without %(thing)s", thing=name)
    return f"{name} {OPERATORS[operator]} {_value_text(field, value)}"


def conditions_text(conditions: Iterable[Condition | Sequence[object]]) -> str:
    """Return conditions that must all hold."""
    return "; ".join(condition_text(condition) for condition in conditions)


def _take_apart(condition: Condition | Sequence[object]) -> tuple[str, str, object]:
    if isinstance(condition, Condition):
        return condition.field, condition.operator, condition.value
    field, operator, value = condition
    return str(field), str(operator), value


def _value_text(field: str, value: object) -> str:
    words = _VALUES.get(field, {})
    values = value if isinstance(value, list | tuple) else (value,)
    return ", ".join(str(words.get(str(one), one)) for one in values)


def _list_measure(measure: Measure, parameters: Parameters, question: Item | None) -> Iterator[Fact]:
    if isinstance(measure, AnswerShare):
        yield from _list_answer_share(measure, parameters, question)
        return
    if not isinstance(measure, RecordCount | RecordShare | MeanRatio):
        return
    yield gettext("Counted from"), str(SOURCES[measure.source])
    universe = () if isinstance(measure, RecordCount) else measure.universe
    if universe:
        yield gettext("Counted are only"), conditions_text(universe)
    if isinstance(measure, MeanRatio):
        ratio = {"part": FIELDS.get(measure.numerator, measure.numerator)}
        ratio["whole"] = FIELDS.get(measure.denominator, measure.denominator)
        yield gettext("Ratio"), pgettext("ratio of two fields of a record", "%(part)s of %(whole)s", **ratio)
        yield gettext("Averaging"), str(AVERAGINGS[measure.averaging])
    elif measure.where:
        yield gettext("Condition"), conditions_text(measure.where)


def _list_answer_share(measure: AnswerShare, parameters: Parameters, question: Item | None) -> Iterator[Fact]:
    if question is None:
        yield gettext("Question"), measure.item
    yield gettext("Counts as agreement"), _choices_text(measure.affirming, question)
    if measure.not_applicable:
        yield gettext("Leaves the base"), _choices_text(measure.not_applicable, question)
    yield gettext("Base"), str(BASES[measure.base or parameters.base])
    yield gettext("Surveys"), str(POOLINGS[measure.pooling])


def _choices_text(codes: Iterable[str], question: Item | None) -> str:
    texts = {choice.code: choice.texts for choice in question.options} if question else {}
    language = current_language().tag
    words = (wording(texts[code], language, source="de")[0] if code in texts else code for code in codes)
    return " · ".join(words)
