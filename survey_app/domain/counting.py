"""Counting responses into a tally: one pass over the answers, in any order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from survey_app.domain.questionnaire import NO_ANSWER, Item, ItemType, Questionnaire
from survey_app.domain.response import AnswerValue
from survey_app.domain.tally import AnswerCounts, ItemTally, TallyType

ANSWERED_THIS_YEAR = "answered_this_year"
"""Item whose answer "no" marks a person's first questionnaire of the year; see "first answers"."""

_TALLY_TYPES = {ItemType.MANY: TallyType.MANY, ItemType.TEXT: TallyType.TEXT, ItemType.LONG_TEXT: TallyType.TEXT}
_Group = tuple[str, str]
_EVERYBODY: _Group = ("", "")
_FIRST: _Group = (ANSWERED_THIS_YEAR, "no")


class Count:
    """A running count of responses to one questionnaire version.

    Counters are keyed by group (everybody, first answers, or one class of one key variable), item and choice.
    Key variables are never crossed with each other, so their own items get no breakdown.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._items = tuple(item for item in questionnaire.questions if not item.is_text)
        self._text_items = tuple(item for item in questionnaire.questions if item.is_text)
        self._keys = tuple(item for item in questionnaire.questions if item.key_variable)
        self._key_codes = {item.code for item in self._keys}
        self._ticks: Counter[tuple[_Group, str, str]] = Counter()
        self._persons: Counter[_Group] = Counter()
        self._answered: Counter[tuple[_Group, str]] = Counter()

    @property
    def persons(self) -> int:
        """Return how many responses were counted."""
        return self._persons[_EVERYBODY]

    def add(self, answers: Mapping[str, AnswerValue]) -> None:
        """Count one response."""
        groups = self._groups_of(answers)
        self._persons.update(groups)
        for item in self._items:
            codes = _counted_codes(item, answers.get(item.code))
            if not codes:
                continue
            wanted = groups[:1] if item.code in self._key_codes else groups
            for group in wanted:
                self._answered[group, item.code] += 1
                for code in codes:
                    self._ticks[group, item.code, code] += 1

    def _groups_of(self, answers: Mapping[str, AnswerValue]) -> list[_Group]:
        groups = [_EVERYBODY]
        for key in self._keys:
            value = answers.get(key.code)
            given = {value} if isinstance(value, str) else set(value or ())
            groups += [(key.code, name) for name, codes in key.key_variable.items() if not given.isdisjoint(codes)]
        if answers.get(ANSWERED_THIS_YEAR) == "no":
            groups.append(_FIRST)
        return groups

    def item_tallies(self, text_counts: Mapping[str, int]) -> tuple[ItemTally, ...]:
        """Return the tally of every item, in no particular relation to the responses.

        Args:
            text_counts: stored texts per item code; texts are kept apart from the responses.
        """
        closed = [self._closed_tally(item) for item in self._items]
        return (*closed, *(self._text_tally(item, text_counts.get(item.code, 0)) for item in self._text_items))

    def _closed_tally(self, item: Item) -> ItemTally:
        is_key = item.code in self._key_codes
        by = {
            key.code: {name: self._counts(item, (key.code, name)) for name in key.key_variable}
            for key in self._keys
            if not is_key
        }
        asks_for_year = any(other.code == ANSWERED_THIS_YEAR for other in self._items)
        return ItemTally(
            code=item.code,
            version=item.version,
            type=_TALLY_TYPES.get(item.type, TallyType.ONE),
            total=self._counts(item, _EVERYBODY),
            sensitive=item.sensitive,
            equivalent_to=item.equivalent_to,
            by=by,
            first_answers=self._counts(item, _FIRST) if asks_for_year and not is_key else None,
        )

    def _counts(self, item: Item, group: _Group) -> AnswerCounts:
        answered = self._answered[group, item.code]
        return AnswerCounts(
            choices={code: self._ticks[group, item.code, code] for code in _countable_codes(item)},
            no_answer=self._persons[group] - answered,
            answered=answered if item.type is ItemType.MANY else None,
        )

    def _text_tally(self, item: Item, answered: int) -> ItemTally:
        counts = AnswerCounts(choices={}, no_answer=max(self.persons - answered, 0), answered=answered)
        return ItemTally(item.code, item.version, TallyType.TEXT, counts, item.sensitive, item.equivalent_to)


def _countable_codes(item: Item) -> list[str]:
    if item.is_closed:
        return [choice.code for choice in item.options if choice.code != NO_ANSWER]
    return [entry.code for entry in item.classes]


def _counted_codes(item: Item, value: AnswerValue | None) -> tuple[str, ...]:
    """Return the codes under which a value counts; nothing for a missing answer and for "no answer".

    Several choices may come as a list: the database gives them back so.
    """
    codes = (value,) if isinstance(value, str) else tuple(value or ())
    if codes in ((), ("",), (NO_ANSWER,)):
        return ()
    if item.is_closed:
        return codes
    parsed = date.fromisoformat(str(value)) if item.type is ItemType.DATE else Decimal(str(value))
    return tuple(entry.code for entry in item.classes if entry.contains(parsed))[:1]


def count_answers(
    questionnaire: Questionnaire, responses: Iterable[Mapping[str, AnswerValue]], text_counts: Mapping[str, int]
) -> tuple[int, tuple[ItemTally, ...]]:
    """Return the number of responses and the tally of every item.

    Args:
        responses: the closed answers of each response, consumed once.
        text_counts: stored texts per item code.
    """
    count = Count(questionnaire)
    for answers in responses:
        count.add(answers)
    return count.persons, count.item_tallies(text_counts)
