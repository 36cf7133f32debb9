"""What the ledger keeps of a release: the documents, and which answers each of their figures counts."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey_app.domain.tally import AnswerCounts, ItemTally, Tally, TallyType
from survey_app.evaluation.facts.answers import count_share
from survey_app.evaluation.facts.evidence import COUNTED_STATES
from survey_app.evaluation.goals.goals import Tier
from survey_app.evaluation.goals.indicators import AnswerMean, AnswerShare, Measure, Pooling, ShareChange
from survey_app.evaluation.judging.assessment import Base
from survey_app.evaluation.protecting.release_sums import PublishedSum, Source
from survey_app.evaluation.report import Report

Stored = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """The answers to one question in one survey, as they were when a release was made.

    Attributes:
        persons: those in the base of the figure.
        fingerprint: SHA-256 of the counts; another one means that the set of answers was changed since.
    """

    survey: str
    persons: int
    fingerprint: str

    @property
    def source(self) -> Source:
        """Return what tells this set of answers from any other."""
        return self.survey, self.fingerprint


@dataclass(frozen=True, slots=True)
class Question:
    """What one indicator of a release asked, and of whom.

    Attributes:
        indicator: id within the report.
        item: code of the item, `predicate`: which answers count how; equal texts count alike.
        minimum: persons by whom two sets of answers have to differ, if they differ at all.
        blocks: every sealed survey with the item, oldest first, whether or not it is shown.
    """

    indicator: str
    item: str
    predicate: str
    minimum: int
    blocks: tuple[Block, ...]

    @property
    def is_of_first_answers(self) -> bool:
        """Tell whether only everybody's first answer of a year counts."""
        return bool(json.loads(self.predicate)[-1])

    def asks_like(self, other: "Question") -> bool:
        """Tell whether both count the same answers, in whatever way."""
        return (self.item, self.is_of_first_answers) == (other.item, other.is_of_first_answers)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One release with everything that a later one is compared with.

    Attributes:
        report: the released document of the format report/1, exactly as it was published.
        descriptions: the survey descriptions published beside it, as `SurveyDescription.to_dict()` gave them.
    """

    release: str
    tier: Tier
    report: Stored
    questions: tuple[Question, ...]
    descriptions: tuple[Stored, ...] = ()

    def write_questions(self) -> list[dict[str, object]]:
        """Return the sets as plain values, to be stored beside the released documents and never published."""
        return [
            {
                "indicator": question.indicator,
                "item": question.item,
                "predicate": question.predicate,
                "minimum": question.minimum,
                "blocks": [[block.survey, block.persons, block.fingerprint] for block in question.blocks],
            }
            for question in self.questions
        ]


def build_ledger_entry(
    release: str, report: Report, tallies: Iterable[Tally], descriptions: Iterable[Stored] = ()
) -> LedgerEntry:
    """Return what the ledger keeps of a release.

    Args:
        release: id of the release, unique in the network.
        report: what is released.
        tallies: those the report was calculated from.
        descriptions: documents of `describe_survey` that are published with it.
    """
    counted = [t for t in tallies if t.state in COUNTED_STATES and t.date <= report.cut_off]
    counted.sort(key=lambda survey: survey.date)
    questions = []
    for result in report.indicators:
        measure = _find_counted(report, result.indicator.measure)
        if measure is not None:
            blocks = [(survey, item) for survey in counted if (item := survey.find_item(measure.item)) is not None]
            sensitive = any(item.sensitive for _, item in blocks)
            questions.append(
                Question(
                    indicator=result.indicator.id,
                    item=measure.item,
                    predicate=_describe_predicate(measure),
                    minimum=report.goal_system.parameters.minimum(report.tier, sensitive=sensitive),
                    blocks=tuple(
                        _build_block(survey, item, _count_base(report, measure, item)) for survey, item in blocks
                    ),
                )
            )
    return LedgerEntry(release, report.tier, report.to_dict(), tuple(questions), tuple(descriptions))


def read_questions(document: Iterable[Stored]) -> tuple[Question, ...]:
    """Return the sets that `LedgerEntry.write_questions` wrote.

    Raises:
        KeyError: if a key is missing.
        ValueError: if a block has not three parts.
    """
    return tuple(
        Question(
            indicator=entry["indicator"],
            item=entry["item"],
            predicate=entry["predicate"],
            minimum=entry["minimum"],
            blocks=tuple(Block(survey, persons, print_) for survey, persons, print_ in entry["blocks"]),
        )
        for entry in document
    )


def _find_counted(report: Report, measure: Measure) -> AnswerShare | AnswerMean | None:
    """Return what counts answers: of a change the share that changes; None for everything that counts records."""
    if isinstance(measure, ShareChange):
        of = report.goal_system.find_indicator(measure.indicator)
        return None if of is None else _find_counted(report, of.measure)
    return measure if isinstance(measure, AnswerShare | AnswerMean) else None


def _describe_predicate(measure: AnswerShare | AnswerMean) -> str:
    first = measure.pooling is Pooling.FIRST_ANSWERS
    if isinstance(measure, AnswerMean):
        return json.dumps(["mean", sorted((code, str(value)) for code, value in measure.values.items()), first])
    base = None if measure.base is None else str(measure.base)
    return json.dumps(["share", sorted(measure.affirming), sorted(measure.not_applicable), base, first])


def _count_base(report: Report, measure: AnswerShare | AnswerMean, item: ItemTally) -> int:
    counts = _choose_counts(measure, item)
    if isinstance(measure, AnswerMean):
        return sum(counts.choices.get(code, 0) for code in measure.values)
    base = measure.base or (Base.VALID if item.type is TallyType.MANY else report.goal_system.parameters.base)
    return count_share(measure, item, counts).count_base(base)


def _choose_counts(measure: AnswerShare | AnswerMean, item: ItemTally) -> AnswerCounts:
    first = item.first_answers if measure.pooling is Pooling.FIRST_ANSWERS else None
    return item.total if first is None else first


def _build_block(survey: Tally, item: ItemTally, persons: int) -> Block:
    total = item.total
    counts = [sorted(total.choices.items()), total.no_answer, total.not_applicable, total.not_shown, total.answered]
    text = json.dumps([item.version, counts], separators=(",", ":"))
    return Block(survey.id, persons, hashlib.sha256(text.encode()).hexdigest())


def list_scopes(report: Stored, question: Question) -> list[frozenset[str]]:
    """Return the different sets of surveys that figures of the indicator count; withheld figures tell nothing."""
    rows = _list_told_rows(report, question)
    return list(dict.fromkeys(scope for row in rows if (scope := frozenset(row["period"].get("surveys", ())))))


def list_sums(entry: LedgerEntry, question: Question) -> set[PublishedSum]:
    """Return what a release tells about the item of a question: sums over surveys, single ones too."""
    sources = {block.survey: block.source for block in question.blocks}
    found = {
        PublishedSum(
            frozenset(sources[survey] for survey in row["period"].get("surveys", ()) if survey in sources),
            question.predicate,
            row["numerator"],
        )
        for row in _list_told_rows(entry.report, question)
    }
    if not question.is_of_first_answers:
        described = (one for one in entry.descriptions if one["id"] in sources)
        told = (one["id"] for one in described for item in one["items"] if _is_told(item, question.item))
        found |= {PublishedSum(frozenset([sources[survey]]), "distribution", None) for survey in told}
    return {one for one in found if one.sources}


def _list_told_rows(report: Stored, question: Question) -> Iterator[Stored]:
    indicators = (entry for entry in report["indicators"] if entry["id"] == question.indicator)
    rows = (row for entry in indicators for row in (*entry["periods"], *entry.get("by_survey", ())))
    return (row for row in rows if row["value"] is not None)


def _is_told(item: Stored, code: str) -> bool:
    return bool(item["code"] == code) and item["base"] is not None
