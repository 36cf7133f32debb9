"""Is the question the one that the indicator speaks of? What a coordinator should look at before publishing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from survey_app.evaluation.formats.format_errors import FormatProblem
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.indicators import AnswerMean, AnswerShare, Indicator
from survey_app.evaluation.goals.wording_audit import WordingDifference, audit_wording, find_contradicting_number
from survey_app.services.question_catalogue import Question

_GERMAN = "de"


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found at one indicator.

    Attributes:
        question: the question it counts; None for other kinds, and if no published questionnaire has it.
        is_unasked: whether it counts a question that nobody asks.
        difference: words that only one of the two has; None where there is nothing to compare.
        unknown_answers: answers it names that the latest wording of the question does not have.
        number: the number in its text, if the target is another one.
        has_note: whether a note tells readers how the two differ.
        misfits: answers that a counted survey does not have; with these the system cannot be published.
    """

    question: Question | None = None
    is_unasked: bool = False
    difference: WordingDifference | None = None
    unknown_answers: tuple[str, ...] = ()
    number: Fraction | None = None
    has_note: bool = False
    misfits: tuple[FormatProblem, ...] = ()

    @property
    def differs(self) -> bool:
        """Tell whether indicator and question use different words."""
        return self.difference is not None and not self.difference.is_empty

    @property
    def is_open(self) -> bool:
        """Tell whether somebody should do something about it."""
        needs_note = self.differs and not self.has_note
        return bool(needs_note or self.is_unasked or self.unknown_answers or self.number is not None or self.misfits)


def audit_indicators(
    goal_system: GoalSystem, questions: Mapping[str, Question], misfits: Iterable[FormatProblem] = ()
) -> Mapping[str, Audit]:
    """Return what was found at each indicator, by its id."""
    listed = tuple(misfits)
    return {
        indicator.id: audit_indicator(
            indicator, questions, tuple(one for one in listed if one.path.startswith(f"indicator[{index}]."))
        )
        for index, indicator in enumerate(goal_system.indicators)
    }


def audit_indicator(
    indicator: Indicator, questions: Mapping[str, Question], misfits: tuple[FormatProblem, ...] = ()
) -> Audit:
    """Return what was found at an indicator."""
    measure, number = indicator.measure, find_contradicting_number(indicator)
    has_note = bool(indicator.reading)
    if not isinstance(measure, AnswerShare | AnswerMean):
        return Audit(number=number, has_note=has_note)
    question = questions.get(measure.item)
    if question is None:
        return Audit(is_unasked=True, number=number, has_note=has_note, misfits=misfits)
    words = question.item.texts.get(_GERMAN)
    return Audit(
        question=question,
        difference=audit_wording(indicator.text, words) if words else None,
        unknown_answers=_find_unknown(measure, question),
        number=number,
        has_note=has_note,
        misfits=misfits,
    )


def _find_unknown(measure: AnswerShare | AnswerMean, question: Question) -> tuple[str, ...]:
    named = tuple(measure.values) if isinstance(measure, AnswerMean) else (*measure.affirming, *measure.not_applicable)
    return tuple(code for code in named if code not in question.answers)
