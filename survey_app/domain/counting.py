"""Counting responses into a tally: one pass over the answers, in any order."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from survey_app.domain.questionnaire import NO_ANSWER, Item, ItemType, Questionnaire
from survey_app.domain.response import AnswerValue
from survey_app.domain.showing import is_asked
from survey_app.domain.tally import AnswerCounts, ItemTally, TallyType

ANSWERED_THIS_YEAR = "answered_this_year"
"""Item whose answer "no" marks a person's first questionnaire of the year; see "first answers"."""

_TALLY_TYPES = {ItemType.MANY: TallyType.MANY, ItemType.TEXT: TallyType.TEXT, ItemType.LONG_TEXT: TallyType.TEXT}
_CHUNK = 500
_NOT_ASKED = ("\0",)
"""Stands in the place of an answer where somebody was not asked; no code and no number looks like it."""


class _Signs(dict[AnswerValue | None, str]):
    """One character for each value that occurs, given out as values come up."""

    def __missing__(self, value: AnswerValue | None) -> str:
        """Return the character of a value that has not occurred before."""
        self[value] = sign = chr(len(self))
        return sign


class _Column:
    """What everybody answered to one item, as a text with one character per person: fast to fill and to sort.

    An item has few distinct values, however many people answered.
    """

    def __init__(self, item: Item) -> None:
        self.item = item
        self._signs = _Signs()
        self._text = ""

    def extend(self, responses: Sequence[Mapping[str, AnswerValue]]) -> None:
        """Put more persons at the end."""
        code = self.item.code
        given = [response.get(code) for response in responses]
        if self.item.type is ItemType.MANY:  # several choices come from the database as a list
            given = [value and tuple(value) for value in given]
        self._text += "".join(map(self._signs.__getitem__, given))

    def find_persons(self, is_wanted: Callable[[AnswerValue | None], bool]) -> int:
        """Return the persons whose answer is wanted, as the ones among the bits of a number."""
        bits = {ord(sign): "1" if is_wanted(value) else "0" for value, sign in self._signs.items()}
        return int(self._text.translate(bits) or "0", base=2)

    def sort(self) -> "_SortedColumn":
        """Return the persons by what they are counted as."""
        codes = {value: _counted_codes(self.item, value) for value in self._signs}
        return _SortedColumn(
            self.item,
            everybody=self.find_persons(lambda _: True),
            answered=self.find_persons(lambda value: bool(codes[value])),
            not_asked=self.find_persons(lambda value: value == _NOT_ASKED),
            choosing={code: self.find_persons(_is_counted_as(code, codes)) for code in _countable_codes(self.item)},
        )


@dataclass(frozen=True, slots=True)
class _SortedColumn:
    """The persons of a column, each set of them as the bits of a number: two sets meet in one step, however large."""

    item: Item
    everybody: int
    answered: int
    not_asked: int
    choosing: Mapping[str, int]

    def count(self, group: int) -> AnswerCounts:
        """Return the counts of a group of persons."""
        answered = (self.answered & group).bit_count()
        not_asked = (self.not_asked & group).bit_count()
        return AnswerCounts(
            choices={code: (persons & group).bit_count() for code, persons in self.choosing.items()},
            no_answer=group.bit_count() - answered - not_asked,
            not_applicable=not_asked,
            answered=answered if self.item.type is ItemType.MANY else None,
        )


def _is_counted_as(
    code: str, codes: Mapping[AnswerValue | None, Sequence[str]]
) -> Callable[[AnswerValue | None], bool]:
    return lambda value: code in codes[value]


class Count:
    """A running count of responses to one questionnaire version.

    Key variables are never crossed with each other, so their own items get no breakdown.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._columns = {item.code: _Column(item) for item in questionnaire.questions if not item.is_text}
        self._text_items = tuple(item for item in questionnaire.questions if item.is_text)
        self._keys = tuple(item for item in questionnaire.questions if item.key_variable)
        self._conditional = tuple(item for item in questionnaire.questions if item.show_if)
        self._not_asked: Counter[str] = Counter()
        self._pending: list[Mapping[str, AnswerValue]] = []
        self.persons = 0

    def add(self, answers: Mapping[str, AnswerValue]) -> None:
        """Count one response."""
        self.persons += 1
        self._pending.append(self._mark_not_asked(answers) if self._conditional else answers)
        if len(self._pending) >= _CHUNK:
            self._extend_columns()

    def _mark_not_asked(self, answers: Mapping[str, AnswerValue]) -> Mapping[str, AnswerValue]:
        """Return the answers with a mark at each item that was not shown to the person who gave them."""
        known, not_asked = dict(answers), []
        for item in self._conditional:
            if not is_asked(item, known):
                known.pop(item.code, None)
                not_asked.append(item.code)
        self._not_asked.update(not_asked)
        return known | dict.fromkeys(not_asked, _NOT_ASKED)

    def _extend_columns(self) -> None:
        for column in self._columns.values():
            column.extend(self._pending)
        self._pending.clear()

    def item_tallies(self, text_counts: Mapping[str, int]) -> tuple[ItemTally, ...]:
        """Return the tally of every item, in no particular relation to the responses.

        Args:
            text_counts: stored texts per item code; texts are kept apart from the responses.
        """
        self._extend_columns()
        groups = {key.code: _find_groups(key, self._columns[key.code]) for key in self._keys}
        year = self._columns.get(ANSWERED_THIS_YEAR)
        first = None if year is None else year.find_persons(lambda answer: answer == "no")
        closed = [_tally_column(column.sort(), groups, first) for column in self._columns.values()]
        return (*closed, *(self._text_tally(item, text_counts.get(item.code, 0)) for item in self._text_items))

    def _text_tally(self, item: Item, answered: int) -> ItemTally:
        not_asked = self._not_asked[item.code]
        silent = max(self.persons - not_asked - answered, 0)
        counts = AnswerCounts(choices={}, no_answer=silent, not_applicable=not_asked, answered=answered)
        return ItemTally(item.code, item.version, TallyType.TEXT, counts, item.sensitive, item.equivalent_to)


def _tally_column(column: _SortedColumn, groups: Mapping[str, Mapping[str, int]], first: int | None) -> ItemTally:
    item = column.item
    is_key = item.code in groups
    by = {key: {name: column.count(persons) for name, persons in group.items()} for key, group in groups.items()}
    return ItemTally(
        code=item.code,
        version=item.version,
        type=_TALLY_TYPES.get(item.type, TallyType.ONE),
        total=column.count(column.everybody),
        sensitive=item.sensitive,
        equivalent_to=item.equivalent_to,
        by={} if is_key else by,
        first_answers=None if is_key or first is None else column.count(first),
    )


def _find_groups(key: Item, column: _Column) -> dict[str, int]:
    """Return the persons in each class of a key variable; somebody may be in several."""
    return {name: column.find_persons(_is_one_of(members)) for name, members in key.key_variable.items()}


def _is_one_of(members: Iterable[str]) -> Callable[[AnswerValue | None], bool]:
    wanted = frozenset(members)
    return lambda given: not wanted.isdisjoint({given} if isinstance(given, str) else given or ())


def _countable_codes(item: Item) -> list[str]:
    if item.is_closed:
        return [choice.code for choice in item.options if choice.code != NO_ANSWER]
    return [entry.code for entry in item.classes]


def _counted_codes(item: Item, value: AnswerValue | None) -> tuple[str, ...]:
    """Return the codes under which a value counts; nothing for a missing answer, "no answer" and who was not asked.

    Several choices may come as a list: the database gives them back so.
    """
    codes = (value,) if isinstance(value, str) else tuple(value or ())
    if codes in ((), ("",), (NO_ANSWER,), _NOT_ASKED):
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
