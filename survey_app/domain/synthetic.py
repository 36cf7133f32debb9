"""Made-up answers for demonstrations and measurements: plausible, reproducible, and never anybody's."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from survey_app.domain.questionnaire import NO_ANSWER, Item, ItemType, Questionnaire
from survey_app.domain.response import Answers, AnswerValue
from survey_app.domain.showing import is_asked

Weights = Mapping[str, Mapping[str, float]]
"""Weights of the choices by item; for several choices the chance of each in per cent."""

_SKIPS = 0.02
_WRITES = 0.06


def invent_answers(
    questionnaire: Questionnaire, *, count: int, weights: Weights, texts: Mapping[str, Sequence[str]], seed: int
) -> Iterator[Answers]:
    """Yield made-up answers that fit the questionnaire; the same seed gives the same answers.

    Args:
        questionnaire: version to answer.
        count: number of persons.
        weights: items without weights are answered by chance alone.
        texts: sentences to choose from, by item.
        seed: start of the pseudo-random numbers.
    """
    chance = Random(seed)  # noqa: S311  # nobody's secret depends on it
    for _person in range(count):
        yield _invent(questionnaire, weights, texts, chance)


def _invent(
    questionnaire: Questionnaire, weights: Weights, texts: Mapping[str, Sequence[str]], chance: Random
) -> Answers:
    closed: dict[str, AnswerValue] = {}
    written = {}
    for item in questionnaire.questions:
        if item.show_if and not is_asked(item, closed):
            continue
        if item.is_closed and chance.random() >= _SKIPS:
            closed[item.code] = _choose(item, weights.get(item.code, {}), chance)
        elif texts.get(item.code) and chance.random() < _WRITES:
            written[item.code] = chance.choice(texts[item.code])
    if not closed:
        closed[questionnaire.questions[0].code] = NO_ANSWER
    return Answers({code: value for code, value in closed.items() if value}, written)


def _choose(item: Item, weights: Mapping[str, float], chance: Random) -> AnswerValue:
    codes = [choice.code for choice in item.options]
    if item.type is ItemType.ONE:
        return chance.choices(codes, [weights.get(code, 0 if weights else 1) for code in codes])[0]
    exclusive = {choice.code for choice in item.options if choice.stands_alone}
    ticked = [code for code in codes if code not in exclusive and chance.random() * 100 < weights.get(code, 0)]
    limit = item.max_choices or len(ticked)
    kept = set(ticked if len(ticked) <= limit else chance.sample(ticked, limit))
    return tuple(code for code in codes if code in kept) or (NO_ANSWER,)
