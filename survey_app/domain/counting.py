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
_Values = Counter[AnswerValue | None]
"""Persons per value of one item."""


class Count:
    """A running count of responses to one questionnaire version.

    The values are kept in columns, one per item, and counted together at the end: pairs of an item and a key variable
    have few distinct values, however many people answered. Key variables are never crossed with each other, so their
    own items get no breakdown.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._items = tuple(item for item in questionnaire.questions if not item.is_text)
        self._text_items = tuple(item for item in questionnaire.questions if item.is_text)
        self._keys = tuple(item for item in questionnaire.questions if item.key_variable)
        self._key_codes = {item.code for item in self._keys}
        self._columns: dict[str, list[AnswerValue | None]] = {item.code: [] for item in self._items}
        self.persons = 0

    def add(self, answers: Mapping[str, AnswerValue]) -> None:
        """Count one response."""
        self.persons += 1
        for code, column in self._columns.items():
            value = answers.get(code)
            column.append(value if value is None or isinstance(value, str) else tuple(value))

    def item_tallies(self, text_counts: Mapping[str, int]) -> tuple[ItemTally, ...]:
        """Return the tally of every item, in no particular relation to the responses.

        Args:
            text_counts: stored texts per item code; texts are kept apart from the responses.
        """
        closed = [self._closed_tally(item) for item in self._items]
        return (*closed, *(self._text_tally(item, text_counts.get(item.code, 0)) for item in self._text_items))

    def _closed_tally(self, item: Item) -> ItemTally:
        is_key = item.code in self._key_codes
        column = self._columns[item.code]
        return ItemTally(
            code=item.code,
            version=item.version,
            type=_TALLY_TYPES.get(item.type, TallyType.ONE),
            total=_count_values(item, Counter(column)),
            sensitive=item.sensitive,
            equivalent_to=item.equivalent_to,
            by={} if is_key else {key.code: self._break_down(item, key) for key in self._keys},
            first_answers=None if is_key else self._count_first_answers(item),
        )

    def _break_down(self, item: Item, key: Item) -> dict[str, AnswerCounts]:
        """Return the counts of the item for each class of the key variable; somebody may be in several classes."""
        classes: dict[str, _Values] = {name: Counter() for name in key.key_variable}
        pairs = Counter(zip(self._columns[item.code], self._columns[key.code], strict=True))
        for (value, given), persons in pairs.items():
            for name in _classes_of(key, given):
                classes[name][value] += persons
        return {name: _count_values(item, values) for name, values in classes.items()}

    def _count_first_answers(self, item: Item) -> AnswerCounts | None:
        year = self._columns.get(ANSWERED_THIS_YEAR)
        if year is None:
            return None
        first = (value for value, before in zip(self._columns[item.code], year, strict=True) if before == "no")
        return _count_values(item, Counter(first))

    def _text_tally(self, item: Item, answered: int) -> ItemTally:
        counts = AnswerCounts(choices={}, no_answer=max(self.persons - answered, 0), answered=answered)
        return ItemTally(item.code, item.version, TallyType.TEXT, counts, item.sensitive, item.equivalent_to)


def _count_values(item: Item, values: _Values) -> AnswerCounts:
    ticks = dict.fromkeys(_countable_codes(item), 0)
    answered = 0
    for value, persons in values.items():
        codes = _counted_codes(item, value)
        answered += persons if codes else 0
        for code in codes:
            ticks[code] += persons
    return AnswerCounts(
        choices=ticks,
        no_answer=values.total() - answered,
        answered=answered if item.type is ItemType.MANY else None,
    )


def _classes_of(key: Item, given: AnswerValue | None) -> list[str]:
    codes = {given} if isinstance(given, str) else set(given or ())
    return [name for name, members in key.key_variable.items() if not codes.isdisjoint(members)]


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
