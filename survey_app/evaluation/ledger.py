"""The ledger of releases: whether a new release, beside all earlier ones, still tells nothing about a few persons.

A release is a document that somebody holds for ever. Two of them can be subtracted, so each new one is compared with
every earlier one before it leaves the house.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product
from typing import Any

from survey_app.domain.tally import AnswerCounts, ItemTally, Tally, TallyType
from survey_app.evaluation.facts.answers import count_share
from survey_app.evaluation.facts.evidence import COUNTED_STATES
from survey_app.evaluation.goals.goals import Tier
from survey_app.evaluation.goals.indicators import AnswerMean, AnswerShare, Measure, Pooling, ShareChange
from survey_app.evaluation.judging.assessment import Base
from survey_app.evaluation.report import Report

_Document = Mapping[str, Any]


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


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One release with everything that a later one is compared with.

    Attributes:
        report: the released document of the format report/1, exactly as it was published.
        descriptions: the survey descriptions published beside it, as `SurveyDescription.to_dict()` gave them.
    """

    release: str
    tier: Tier
    report: _Document
    questions: tuple[Question, ...]
    descriptions: tuple[_Document, ...] = ()

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


class Objection(StrEnum):
    """Why a release has to wait."""

    DIFFERENCE_TOO_SMALL = "difference_too_small"
    ANSWERS_CHANGED = "answers_changed"
    NARROWED = "narrowed"


@dataclass(frozen=True, slots=True)
class LedgerProblem:
    """One reason why a new release may not stand beside an earlier one; it names no number.

    Attributes:
        indicator: id in the new report.
        earlier: id of the earlier release; None where only all of them together tell too much.
        surveys: ids of those in which the two sets differ, or whose hidden numbers could be worked out.
    """

    objection: Objection
    indicator: str
    earlier: str | None
    surveys: tuple[str, ...]


def build_ledger_entry(
    release: str, report: Report, tallies: Iterable[Tally], descriptions: Iterable[_Document] = ()
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


def read_questions(document: Iterable[_Document]) -> tuple[Question, ...]:
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


def audit_releases(new: LedgerEntry, earlier: Sequence[LedgerEntry]) -> tuple[LedgerProblem, ...]:
    """Return why a new release has to wait; an empty tuple lets it pass.

    Two figures of the same question that count different sets of surveys may be subtracted, so each of the two
    differences (in the one but not in the other) has to be empty or hold the larger minimum of both. That holds
    between the new release and every earlier one, and within the new one. Answers that were changed since an earlier
    release differ by as many persons as were added or taken away, and by too few if that cannot be told.

    Coordinators read public releases too, so an internal release is compared with all; a public one with the public
    ones, and as what coordinators read with the internal ones by their smaller minimum.

    Args:
        new: the release to be published, not yet among the earlier ones.
        earlier: every release of the network so far, oldest first, superseded ones too: somebody holds them.

    Returns:
        Problems in the order of the indicators of the new report, each once.
    """
    found: dict[LedgerProblem, None] = {}
    for question in new.questions:
        for problem in _compare(question, new, question, new):
            found[problem] = None
        for entry in earlier:
            for other in entry.questions:
                if (other.item, other.predicate) == (question.item, question.predicate):
                    found.update(dict.fromkeys(_compare(question, new, other, entry)))
    return tuple(found)


def _find_counted(report: Report, measure: Measure) -> AnswerShare | AnswerMean | None:
    """Return what counts answers: of a change the share that changes; None for everything that counts records."""
    if isinstance(measure, ShareChange):
        of = report.goal_system.find_indicator(measure.indicator)
        return None if of is None else _find_counted(report, of.measure)
    return measure if isinstance(measure, AnswerShare | AnswerMean) else None


def _describe_predicate(measure: AnswerShare | AnswerMean) -> str:
    if isinstance(measure, AnswerMean):
        return json.dumps(["mean", sorted((code, str(value)) for code, value in measure.values.items())])
    base = None if measure.base is None else str(measure.base)
    first = measure.pooling is Pooling.FIRST_ANSWERS
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


def _compare(question: Question, new: LedgerEntry, other: Question, entry: LedgerEntry) -> Iterator[LedgerProblem]:
    """Compare each set of surveys one document counts for a question with each the other does."""
    minimum = max(question.minimum, other.minimum) if new.tier is entry.tier else min(question.minimum, other.minimum)
    ours, theirs = _list_scopes(new.report, question), _list_scopes(entry.report, other)
    pairs = combinations(ours, 2) if entry is new else product(ours, theirs)
    earlier = None if entry is new else entry.release
    for mine, yours in pairs:
        changed = _find_changed(question, other, mine & yours)
        if changed:
            yield LedgerProblem(Objection.ANSWERS_CHANGED, question.indicator, earlier, changed)
        small = (
            *_find_small(question, mine - yours, minimum),
            *_find_small(other, yours - mine, minimum),
        )
        if small:
            yield LedgerProblem(Objection.DIFFERENCE_TOO_SMALL, question.indicator, earlier, tuple(sorted(set(small))))


def _list_scopes(report: _Document, question: Question) -> list[frozenset[str]]:
    """Return the different sets of surveys that figures of the indicator count; withheld figures tell nothing."""
    indicators = [entry for entry in report["indicators"] if entry["id"] == question.indicator]
    rows = [row for entry in indicators for row in (*entry["periods"], *entry.get("by_survey", ()))]
    scopes = (frozenset(row["period"].get("surveys", ())) for row in rows if row["value"] is not None)
    return list(dict.fromkeys(scope for scope in scopes if scope))


def _find_small(question: Question, surveys: frozenset[str], minimum: int) -> tuple[str, ...]:
    """Return the surveys of a difference that holds too few persons."""
    persons = sum(block.persons for block in question.blocks if block.survey in surveys)
    return tuple(sorted(surveys)) if 0 < persons < minimum else ()


def _find_changed(question: Question, other: Question, surveys: frozenset[str]) -> tuple[str, ...]:
    """Return surveys both count whose answers were changed by too few persons, or by nobody knows how many."""
    minimum = max(question.minimum, other.minimum)
    before = {block.survey: block for block in other.blocks}
    now = {block.survey: block for block in question.blocks}
    return tuple(
        sorted(
            survey
            for survey in surveys & before.keys() & now.keys()
            if before[survey].fingerprint != now[survey].fingerprint
            and abs(before[survey].persons - now[survey].persons) < minimum
        )
    )
