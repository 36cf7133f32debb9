"""The answers an indicator counts, survey by survey: who affirms, who does not, and why others are missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey_app.domain.tally import AnswerCounts, ItemTally, TallyType
from survey_app.evaluation.facts.evidence import Evidence, Survey
from survey_app.evaluation.goals.indicators import AnswerMean, AnswerShare, Pooling
from survey_app.evaluation.judging.assessment import Base


@dataclass(frozen=True, slots=True)
class ShareCounts:
    """Persons by what they said to one item."""

    affirming: int = 0
    not_affirming: int = 0
    no_answer: int = 0
    not_applicable: int = 0
    not_shown: int = 0

    def __add__(self, other: "ShareCounts") -> "ShareCounts":
        """Return the counts of both."""
        return ShareCounts(
            self.affirming + other.affirming,
            self.not_affirming + other.not_affirming,
            self.no_answer + other.no_answer,
            self.not_applicable + other.not_applicable,
            self.not_shown + other.not_shown,
        )

    def __sub__(self, other: "ShareCounts") -> "ShareCounts":
        """Return the counts without those of a part."""
        return ShareCounts(
            self.affirming - other.affirming,
            self.not_affirming - other.not_affirming,
            self.no_answer - other.no_answer,
            self.not_applicable - other.not_applicable,
            self.not_shown - other.not_shown,
        )

    @property
    def has_negative(self) -> bool:
        """Tell whether something was taken away that was no part."""
        parts = (self.affirming, self.not_affirming, self.no_answer, self.not_applicable, self.not_shown)
        return min(parts) < 0

    @property
    def asked(self) -> int:
        """Return everybody who was asked, whether or not the item applies."""
        return self.affirming + self.not_affirming + self.no_answer + self.not_applicable

    @property
    def persons(self) -> int:
        """Return everybody who is counted somewhere."""
        return self.asked + self.not_shown

    @property
    def valid(self) -> int:
        """Return everybody who gave a valid answer to an item that applies."""
        return self.affirming + self.not_affirming

    def count_base(self, base: Base) -> int:
        """Return the persons in a base."""
        return self.valid if base is Base.VALID else self.valid + self.no_answer


@dataclass(frozen=True, slots=True)
class ItemAnswers:
    """The answers of one survey to the item of an indicator.

    Attributes:
        counts: those that count under the indicator's pooling.
        series: number of the wording; equal for versions that are equivalent.
        newest: whether the wording is that of the latest survey, or equivalent to it.
        changed: whether an earlier survey asked it in a wording that is not equivalent.
    """

    survey: Survey
    item: ItemTally
    counts: AnswerCounts
    series: int
    newest: bool
    changed: bool


def list_answers(measure: AnswerShare | AnswerMean, evidence: Evidence) -> tuple[ItemAnswers, ...]:
    """Return the answers to the item of a measure, oldest survey first.

    Surveys outside the universe, without the item or without first answers where those are wanted have none. Of
    older wordings only those are kept that have all the options the measure names.
    """
    asked = [
        (survey, survey.items[measure.item])
        for survey in evidence.list_surveys(measure.universe)
        if measure.item in survey.items
    ]
    series = _number_series([item for _, item in asked])
    listed = []
    earlier: set[int] = set()
    for (survey, item), number in zip(asked, series, strict=True):
        changed = bool(earlier - {number})
        earlier.add(number)
        counts = item.first_answers if measure.pooling is Pooling.FIRST_ANSWERS else item.total
        newest = number == series[-1]
        if counts is None or not (newest or set(list_codes(measure)) <= item.total.choices.keys()):
            continue
        listed.append(ItemAnswers(survey, item, counts, number, newest, changed))
    return tuple(listed)


def list_codes(measure: AnswerShare | AnswerMean) -> tuple[str, ...]:
    """Return the option codes that a measure names."""
    if isinstance(measure, AnswerMean):
        return tuple(measure.values)
    return (*measure.affirming, *measure.not_applicable)


def _number_series(items: Sequence[ItemTally]) -> list[int]:
    """Return for each item the number of its series: versions joined by equivalence are one."""
    series: dict[int, int] = {}
    for item in items:
        linked = {series.setdefault(version, version) for version in (item.version, *item.equivalent_to)}
        kept = min(linked)
        series = {version: kept if number in linked else number for version, number in series.items()}
    return [series[item.version] for item in items]


def count_share(measure: AnswerShare, item: ItemTally, counts: AnswerCounts) -> ShareCounts:
    """Return how many affirm and how many do not.

    Where several answers are allowed, everybody with at least one tick has answered, and the one affirming option
    is ticked or not.
    """
    affirming = sum(counts.choices.get(code, 0) for code in measure.affirming)
    left = sum(counts.choices.get(code, 0) for code in measure.not_applicable)
    substantive = sum(counts.choices.values()) if item.type is TallyType.ONE else counts.answered or 0
    return ShareCounts(
        affirming=affirming,
        # Ticks of one person may be counted twice in files: then nobody is left who does not affirm.
        not_affirming=max(0, substantive - affirming - left),
        no_answer=counts.no_answer,
        not_applicable=counts.not_applicable + left,
        not_shown=counts.not_shown,
    )


def find_base(measure: AnswerShare, answers: Iterable[ItemAnswers], evidence: Evidence) -> Base:
    """Return what the share is a share of: of an item with several answers, persons with at least one tick."""
    if measure.base is not None:
        return measure.base
    is_multiple = any(entry.item.type is TallyType.MANY for entry in answers)
    return Base.VALID if is_multiple else evidence.parameters.base
