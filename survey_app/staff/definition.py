"""How an indicator is defined, as terms and words; codes of the goal system become words where there are any."""

from collections.abc import Iterable, Iterator

from flask_babel import gettext, pgettext

from survey_app.domain.questionnaire import Item
from survey_app.domain.text import wording
from survey_app.evaluation.goals.goals import Parameters
from survey_app.evaluation.goals.indicators import AnswerShare, Indicator, MeanRatio, Measure, RecordCount, RecordShare
from survey_app.web.conditions import condition_text, conditions_text
from survey_app.web.goal_words import AVERAGINGS, BASES, FIELDS, KINDS, PERIODS, POOLINGS, SOURCES, STEPS
from survey_app.web.locale import current_language

__all__ = ["condition_text", "conditions_text", "list_definition"]

Fact = tuple[str, str]


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
