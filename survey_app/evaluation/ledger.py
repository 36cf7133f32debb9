"""The ledger of releases: whether a new release, beside all earlier ones, still tells nothing about a few persons.

A release is a document that somebody holds for ever. Two of them can be subtracted, so each new one is compared with
every earlier one before it leaves the house.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product

from survey_app.evaluation.goals.goals import Tier
from survey_app.evaluation.ledger_entries import (
    Block,
    LedgerEntry,
    Question,
    build_ledger_entry,
    list_scopes,
    list_sums,
    read_questions,
)
from survey_app.evaluation.protecting.release_sums import PublishedSum, Source, find_told

__all__ = [
    "Block",
    "LedgerEntry",
    "LedgerProblem",
    "Objection",
    "Question",
    "audit_releases",
    "build_ledger_entry",
    "read_questions",
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
        pairs = [(entry, other) for entry in (*earlier, new) for other in entry.questions if other.asks_like(question)]
        compared = [problem for entry, other in pairs for problem in _compare(question, new, other, entry)]
        # What two documents tell needs not be said again of all of them.
        found.update(dict.fromkeys(compared or _audit_together(question, new, earlier)))
    return tuple(found)


def _audit_together(question: Question, new: LedgerEntry, earlier: Sequence[LedgerEntry]) -> Iterator[LedgerProblem]:
    """Audit a question as each of the two kinds of readers sees all documents that they may hold."""
    for tier in Tier:
        held = [entry for entry in (*earlier, new) if tier is Tier.INTERNAL or entry.tier is tier]
        asked = [(entry, other) for entry in held for other in entry.questions if other.asks_like(question)]
        minimum = max((other.minimum for entry, other in asked if entry.tier is tier), default=0)
        if new in held and minimum:
            sums = {entry.release: set[PublishedSum]() for entry in held}
            for entry, other in asked:
                sums[entry.release] |= list_sums(entry, other)
            before = set().union(*(told for release, told in sums.items() if release != new.release))
            told = find_told(before, before | sums[new.release], _find_sizes(other for _, other in asked), minimum)
            if told:
                yield LedgerProblem(Objection.NARROWED, question.indicator, None, told)


def _find_sizes(questions: Iterable[Question]) -> dict[Source, int]:
    """Return the fewest persons that any figure counts of each survey."""
    sizes: dict[Source, int] = {}
    for question in questions:
        for block in question.blocks:
            sizes[block.source] = min(block.persons, sizes.get(block.source, block.persons))
    return sizes


def _compare(question: Question, new: LedgerEntry, other: Question, entry: LedgerEntry) -> Iterator[LedgerProblem]:
    """Compare each set of surveys one document counts for a question with each the other does."""
    minimum = max(question.minimum, other.minimum) if new.tier is entry.tier else min(question.minimum, other.minimum)
    ours, theirs = list_scopes(new.report, question), list_scopes(entry.report, other)
    pairs = combinations(ours, 2) if other is question else product(ours, theirs)
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
