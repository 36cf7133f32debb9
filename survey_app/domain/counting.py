"""Counting responses into a tally: one pass over the answers, in any order."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
    """What everybody answered to one item, as a text with one character per person: fast to select from and to count.

    An item has few distinct values, however many people answered.
    """

    def __init__(self, item: Item) -> None:
        self.item = item
        self._signs = _Signs()
        self._text = ""

    def extend(self, responses: Sequence[Mapping[str, AnswerValue]]) -> None:
        """Put more persons at the end."""
        code, signs = self.item.code, self._signs
        if self.item.type is ItemType.MANY:  # several choices come from the database as a list
            given = (response.get(code) for response in responses)
            self._text += "".join([signs[value and tuple(value)] for value in given])
        else:
            self._text += "".join([signs[response.get(code)] for response in responses])

    def find_places(self, *wanted: AnswerValue | None) -> list[int]:
        """Return the places of the persons who gave one of the values, in order."""
        signs = {self._signs[value] for value in wanted if value in self._signs}
        return [place for place, sign in enumerate(self._text) if sign in signs]

    def values(self) -> list[AnswerValue | None]:
        """Return the values that occur."""
        return list(self._signs)

    def count(self, places: Sequence[int] | None = None) -> AnswerCounts:
        """Return the counts of everybody, or of the persons at some places."""
        text = self._text if places is None else "".join(map(self._text.__getitem__, places))
        return _count_values(self.item, {value: text.count(sign) for value, sign in self._signs.items()})


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
        first = None if year is None else year.find_places("no")
        closed = [_tally_column(column, groups, first) for column in self._columns.values()]
        return (*closed, *(self._text_tally(item, text_counts.get(item.code, 0)) for item in self._text_items))

    def _text_tally(self, item: Item, answered: int) -> ItemTally:
        not_asked = self._not_asked[item.code]
        silent = max(self.persons - not_asked - answered, 0)
        counts = AnswerCounts(choices={}, no_answer=silent, not_applicable=not_asked, answered=answered)
        return ItemTally(item.code, item.version, TallyType.TEXT, counts, item.sensitive, item.equivalent_to)


def _tally_column(
    column: _Column, groups: Mapping[str, Mapping[str, Sequence[int]]], first: Sequence[int] | None
) -> ItemTally:
    item = column.item
    is_key = item.code in groups
    by = {key: {name: column.count(places) for name, places in group.items()} for key, group in groups.items()}
    return ItemTally(
        code=item.code,
        version=item.version,
        type=_TALLY_TYPES.get(item.type, TallyType.ONE),
        total=column.count(),
        sensitive=item.sensitive,
        equivalent_to=item.equivalent_to,
        by={} if is_key else by,
        first_answers=None if is_key or first is None else column.count(first),
    )


def _find_groups(key: Item, column: _Column) -> dict[str, list[int]]:
    """Return the places of the persons in each class of a key variable; somebody may be in several."""
    classes = {value: _classes_of(key, value) for value in column.values()}
    return {
        name: column.find_places(*(value for value, names in classes.items() if name in names))
        for name in key.key_variable
    }


def _count_values(item: Item, values: Mapping[AnswerValue | None, int]) -> AnswerCounts:
    ticks = dict.fromkeys(_countable_codes(item), 0)
    not_asked = values.get(_NOT_ASKED, 0)
    answered = 0
    for value, persons in values.items():
        codes = _counted_codes(item, value)
        answered += persons if codes else 0
        for code in codes:
            ticks[code] += persons
    return AnswerCounts(
        choices=ticks,
        no_answer=sum(values.values()) - answered - not_asked,
        not_applicable=not_asked,
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
