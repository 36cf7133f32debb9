"""Explaining a share of answers: who was there, who answered, what they said, and what the silent could change."""

from collections.abc import Iterator
from fractions import Fraction

from flask_babel import gettext, ngettext

from survey_app.domain.questionnaire import Item, ItemType
from survey_app.evaluation.goals.goals import Parameters
from survey_app.evaluation.goals.indicators import AnswerShare, Indicator
from survey_app.evaluation.judging.assessment import Base
from survey_app.evaluation.judging.reserve import Reserve, count_at_target, find_reserve
from survey_app.evaluation.judging.targets import Comparison
from survey_app.evaluation.judging.verdict import Reason
from survey_app.evaluation.measures.rows import Row
from survey_app.staff.steps import MINUS, Step, Told, divide, subtract, take_share
from survey_app.web.definition import choices_text
from survey_app.web.figures import number_text, points_text, range_text, share_text, tipping_sentence
from survey_app.web.goal_words import BASES


def explain_share(row: Row, indicator: Indicator, parameters: Parameters, question: Item | None) -> Told:
    """Return how a share of answers comes about and how sure it is."""
    measure = indicator.measure
    if not isinstance(measure, AnswerShare):
        raise TypeError(f"indicator {indicator.id!r} counts no answers")
    base = find_base(measure, parameters, question)
    return Told(
        counting=tuple(_count(row, measure, base, question)),
        certainty=tuple(_list_certainty(row, indicator, parameters)),
        security=tuple(list_security(row, find_reserve(row, parameters, base), parameters)),
    )


def find_base(measure: AnswerShare, parameters: Parameters, question: Item | None) -> Base:
    """Return what a share is a share of; of a question with several answers, those with at least one tick."""
    if measure.base is not None:
        return measure.base
    has_several = question is not None and question.type is ItemType.MANY
    return Base.VALID if has_several else parameters.base


def _count(row: Row, measure: AnswerShare, base: Base, question: Item | None) -> Iterator[Step]:
    response, n = row.response, row.base or 0
    if len(row.period.surveys or ()) > 1:
        yield Step(
            ngettext(
                "The answers of %(num)s survey are put together.",
                "The answers of %(num)s surveys are put together; whoever came several times is counted each time.",
                len(row.period.surveys or ()),
            )
        )
    if response is not None and response.attended is not None:
        yield Step(ngettext("%(num)s person was present.", "%(num)s people were present.", response.attended))
    if response is not None:
        rate = divide(response.answered, response.attended) if response.attended and response.rate is not None else ""
        yield Step(
            ngettext(
                "%(num)s person was asked the question.", "%(num)s people were asked the question.", response.answered
            ),
            rate,
        )
    yield from _leave_base(row, base)
    yield Step(
        ngettext(
            "%(num)s person is in the base: %(base)s.", "%(num)s people are in the base: %(base)s.", n, base=BASES[base]
        ),
        _find_base_sum(row, base),
    )
    agreed = ngettext("%(num)s person of these agreed.", "%(num)s people of these agreed.", row.numerator or 0)
    answers = choices_text(measure.affirming, question)
    yield Step(f"{agreed} {gettext('Counts as agreement')}: {answers}.", divide(row.numerator or 0, n))
    if row.target is not None:
        yield _name_target(row, row.target, n)


def _leave_base(row: Row, base: Base) -> Iterator[Step]:
    """Say who was asked and is not in the base; public reports do not tell it apart."""
    if row.base_parts is None and row.response is not None and row.response.answered != row.base:
        yield Step(gettext("Some of these are not in the base; public reports do not tell them apart."))
    parts = {name: int(count or 0) for name, count in (row.base_parts or {}).items()}
    if parts.get("not_applicable"):
        yield Step(
            ngettext(
                "To %(num)s person of these the question does not apply.",
                "To %(num)s people of these the question does not apply.",
                parts["not_applicable"],
            )
        )
    if parts.get("no_answer"):
        sentence = ngettext(
            "%(num)s person of these gave no answer.", "%(num)s people of these gave no answer.", parts["no_answer"]
        )
        stays = gettext("They stay in the base and do not count as agreement.")
        yield Step(f"{sentence} {stays}" if base is Base.ASKED else sentence)


def _find_base_sum(row: Row, base: Base) -> str:
    if row.base_parts is None or row.response is None:
        return ""
    parts = {name: int(count or 0) for name, count in row.base_parts.items()}
    silent = parts["no_answer"] if base is Base.VALID else 0
    return subtract(row.response.answered, parts["not_applicable"], silent)


def _name_target(row: Row, target: Fraction, n: int) -> Step:
    count = number_text(count_at_target(n, target, row.comparison))
    words = {"share": share_text(target), "count": count, "base": number_text(n)}
    if row.comparison is Comparison.AT_MOST:
        return Step(
            gettext("The target of at most %(share)s is at most %(count)s of %(base)s.", **words), take_share(target, n)
        )
    return Step(
        gettext("The target of at least %(share)s is at least %(count)s of %(base)s.", **words), take_share(target, n)
    )


def _list_certainty(row: Row, indicator: Indicator, parameters: Parameters) -> Iterator[Step]:
    n, missing = row.base or 0, row.missing
    if missing == 0:
        yield Step(gettext("Everybody present answered, so nothing is uncertain."))
        return
    yield from list_sampling(row, indicator, parameters)
    narrow = range_text(row.low, row.high, row, indicator.kind)
    wide = range_text(row.low_s, row.high_s, row, indicator.kind)
    if wide and wide != narrow:
        points = points_text(parameters.nonresponse_allowance)
        yield Step(
            gettext(
                "If those without an answer think differently by up to %(points)s percentage points, it lies at "
                "%(range)s.",
                points=points,
                range=wide,
            )
        )
    if missing is None:
        yield Step(gettext("How many people stayed silent is not known, so nothing can be said about them."))
        return
    yield from _list_extremes(row, n, missing)


def list_sampling(row: Row, indicator: Indicator, parameters: Parameters) -> Iterator[Step]:
    """Say how far a share among those who answered may lie from that among all."""
    narrow = range_text(row.low, row.high, row, indicator.kind)
    if narrow:
        confidence = share_text(Fraction(str(parameters.confidence)))
        yield Step(
            gettext(
                "If those who answered are like a chance selection of those present, the share among all present lies "
                "at %(range)s (%(confidence)s range).",
                range=narrow,
                confidence=confidence,
            )
        )


def _list_extremes(row: Row, n: int, missing: int) -> Iterator[Step]:
    k, everybody = row.numerator or 0, n + missing
    yield Step(
        ngettext(
            "Worst case: the %(num)s person without an answer does not agree.",
            "Worst case: none of the %(num)s people without an answer agrees.",
            missing,
        ),
        divide(k, everybody),
    )
    more = f"({number_text(k)} + {number_text(missing)}) ÷ {number_text(everybody)}"
    yield Step(
        ngettext(
            "Best case: the %(num)s person without an answer agrees.",
            "Best case: all %(num)s people without an answer agree.",
            missing,
        ),
        f"{more} = {share_text(Fraction(k + missing, everybody), decimals=1)}",
    )
    sentence = tipping_sentence(row)
    if sentence and row.target is not None:
        yield Step(sentence, _find_tipping_sum(row.target, everybody, k, missing))


def _find_tipping_sum(target: Fraction, everybody: int, k: int, missing: int) -> str:
    """Return how many of the silent must agree; beyond their number there is no share of them."""
    needed = target * everybody - k
    difference = f"{share_text(target)} × {number_text(everybody)} {MINUS} {number_text(k)} = {number_text(needed)}"
    return f"{difference}; {divide(needed, missing)}" if 0 <= needed <= missing else difference


def list_security(row: Row, reserve: Reserve | None, parameters: Parameters) -> Iterator[Step]:
    """Say what would have made a verdict secure, or how much a secure one can bear."""
    if reserve is None:
        return
    if Reason.SMALL_BASE in row.reasons:
        yield Step(
            gettext(
                "A judgement needs at least %(count)s answers; there are %(base)s.",
                count=number_text(parameters.min_base),
                base=number_text(row.base or 0),
            )
        )
        return
    upwards = row.comparison is Comparison.AT_LEAST
    if reserve.to_spare is not None:
        yield Step(_say_spare(reserve.to_spare, upwards=upwards))
        return
    if reserve.to_reach:
        yield Step(_say_reach(row, reserve.to_reach, upwards=upwards))
    if row.period.running:
        yield Step(gettext("It can become secure only when the period is over."))
    elif row.missing is None:
        yield Step(gettext("It can become secure only when the number of people present is recorded."))
    else:
        yield from _list_ways(row, reserve, upwards=upwards)


def _say_spare(count: int, *, upwards: bool) -> str:
    if upwards:
        return ngettext(
            "Even with %(num)s agreement fewer it would still be secure.",
            "Even with %(num)s agreements fewer it would still be secure.",
            count,
        )
    return ngettext(
        "Even with %(num)s agreement more it would still be secure.",
        "Even with %(num)s agreements more it would still be secure.",
        count,
    )


def _say_reach(row: Row, count: int, *, upwards: bool) -> str:
    base = number_text(row.base or 0)
    if upwards:
        return ngettext(
            "The measured value would reach the target with %(num)s agreement more among the %(base)s people.",
            "The measured value would reach the target with %(num)s agreements more among the %(base)s people.",
            count,
            base=base,
        )
    return ngettext(
        "The measured value would reach the target with %(num)s agreement fewer among the %(base)s people.",
        "The measured value would reach the target with %(num)s agreements fewer among the %(base)s people.",
        count,
        base=base,
    )


def _list_ways(row: Row, reserve: Reserve, *, upwards: bool) -> Iterator[Step]:
    base, missing = number_text(row.base or 0), number_text(row.missing or 0)
    if reserve.to_secure is not None:
        yield Step(_say_secure(reserve.to_secure, base, upwards=upwards))
    if reserve.from_silent is not None:
        words = {"count": number_text(reserve.from_silent), "missing": missing}
        yield Step(
            gettext(
                "It would be secure if %(count)s of the %(missing)s people without an answer had also answered and "
                "agreed.",
                **words,
            )
            if upwards
            else gettext(
                "It would be secure if %(count)s of the %(missing)s people without an answer had also answered and not "
                "agreed.",
                **words,
            )
        )
    if reserve.answers is not None:
        yield Step(
            gettext(
                "It would be secure with the same share if %(count)s instead of %(base)s people were in the base.",
                count=number_text(reserve.answers),
                base=base,
            )
        )
    if reserve.to_secure is None and reserve.from_silent is None and reserve.answers is None:
        yield Step(gettext("With so few answers it could not have been secure, whatever these people had said."))


def _say_secure(count: int, base: str, *, upwards: bool) -> str:
    if upwards:
        return ngettext(
            "It would be secure with %(num)s agreement more among the %(base)s people.",
            "It would be secure with %(num)s agreements more among the %(base)s people.",
            count,
            base=base,
        )
    return ngettext(
        "It would be secure with %(num)s agreement fewer among the %(base)s people.",
        "It would be secure with %(num)s agreements fewer among the %(base)s people.",
        count,
        base=base,
    )
