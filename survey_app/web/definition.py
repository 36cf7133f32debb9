"""How an indicator is defined, as terms and words; codes of the goal system become words where there are any."""

from collections.abc import Iterable, Iterator
from datetime import date

from flask_babel import format_date, gettext, pgettext

from survey_app.domain.questionnaire import Item
from survey_app.domain.text import wording
from survey_app.evaluation.goals.goals import Parameters
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
from survey_app.web.conditions import conditions_text
from survey_app.web.figures import number_text
from survey_app.web.goal_words import AGAINST, AVERAGINGS, BASES, FIELDS, KINDS, PERIODS, POOLINGS, SOURCES, STEPS
from survey_app.web.locale import current_language

Fact = tuple[str, str]


def list_definition(indicator: Indicator, parameters: Parameters, question: Item | None = None) -> list[Fact]:
    """Return what the goal system says about an indicator.

    Args:
        question: the item it counts, for its wording and the words of its choices; None if no questionnaire has it.
    """
    pairs = [(gettext("What is computed"), str(KINDS[indicator.kind]))]
    pairs += _list_measure(indicator.measure, parameters, question)
    pairs.append((gettext("Period"), _period_text(indicator)))
    if indicator.deadline is not None:
        pairs.append((gettext("To be reached by"), format_date(indicator.deadline, "long")))
    if indicator.step is not None:
        rung = gettext("step %(step)s of 7: %(meaning)s", step=indicator.step, meaning=STEPS[indicator.step])
        pairs.append((gettext("Ladder of effects"), rung))
    return pairs


def _period_text(indicator: Indicator) -> str:
    if indicator.span_from is None or indicator.span_until is None:
        return str(PERIODS[indicator.period])
    first, last = format_date(indicator.span_from, "medium"), format_date(indicator.span_until, "medium")
    return gettext("%(low)s to %(high)s", low=first, high=last)


def _list_measure(measure: Measure, parameters: Parameters, question: Item | None) -> Iterator[Fact]:
    match measure:
        case AnswerShare():
            yield from _list_answer_share(measure, parameters, question)
        case AnswerMean():
            yield from _list_answer_mean(measure, question)
        case RecordCount() | RecordShare() | MeanRatio():
            yield from _list_records(measure)
        case ShareChange():
            yield gettext("Share of indicator"), measure.indicator
            yield gettext("Compared with"), _against_text(measure)
        case ManualValue():
            yield gettext("As of"), format_date(measure.as_of, "long")
            yield gettext("Source"), measure.source_text


def _list_records(measure: RecordCount | RecordShare | MeanRatio) -> Iterator[Fact]:
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
    if isinstance(measure, RecordCount) and measure.distinct_by:
        yield gettext("Counted once each"), str(FIELDS.get(measure.distinct_by, measure.distinct_by))
    if measure.dated_by:
        yield gettext("Dated by"), str(FIELDS.get(measure.dated_by, measure.dated_by))


def _list_answer_share(measure: AnswerShare, parameters: Parameters, question: Item | None) -> Iterator[Fact]:
    if question is None:
        yield gettext("Question"), measure.item
    yield gettext("Counts as agreement"), choices_text(measure.affirming, question)
    if measure.not_applicable:
        yield gettext("Leaves the base"), choices_text(measure.not_applicable, question)
    yield gettext("Base"), str(BASES[measure.base or parameters.base])
    yield from _list_surveys(measure)


def _list_answer_mean(measure: AnswerMean, question: Item | None) -> Iterator[Fact]:
    if question is None:
        yield gettext("Question"), measure.item
    values = (f"{choices_text([code], question)} = {number_text(value)}" for code, value in measure.values.items())
    yield gettext("Values of the answers"), " · ".join(values)
    yield from _list_surveys(measure)


def _list_surveys(measure: AnswerShare | AnswerMean) -> Iterator[Fact]:
    yield gettext("Surveys"), str(POOLINGS[measure.pooling])
    if measure.universe != HELD:
        yield gettext("Counted are only"), conditions_text(measure.universe)


def _against_text(measure: ShareChange) -> str:
    if isinstance(measure.against, date):
        return format_date(measure.against, "long")
    return str(AGAINST[measure.against])


def choices_text(codes: Iterable[str], question: Item | None) -> str:
    """Return the words of answers; codes where no question is known."""
    texts = {choice.code: choice.texts for choice in question.options} if question else {}
    language = current_language().tag
    words = (wording(texts[code], language, source="de")[0] if code in texts else code for code in codes)
    return " · ".join(words)
