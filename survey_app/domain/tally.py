"""A tally: what remains of the responses of one collector once they are counted.

Its shape is the survey block of the facts format, so that a file and the database feed the same evaluation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class TallyType(StrEnum):
    """How the counts of an item add up: one choice per person, several, or free text (only who answered)."""

    ONE = "one"
    MANY = "many"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """Persons per choice and per reason for a missing answer.

    Attributes:
        choices: persons per choice code, every choice also with 0, without "no answer".
        no_answer: persons who said so or left the shown item blank.
        not_applicable: persons to whom the item was not shown because of earlier answers.
        not_shown: persons who broke off earlier.
        answered: persons with at least one tick or a text; None for items with one choice.
    """

    choices: Mapping[str, int]
    no_answer: int
    not_applicable: int = 0
    not_shown: int = 0
    answered: int | None = None

    @property
    def persons(self) -> int:
        """Return how many persons the counts speak of."""
        substantive = sum(self.choices.values()) if self.answered is None else self.answered
        return substantive + self.no_answer + self.not_applicable + self.not_shown


@dataclass(frozen=True, slots=True)
class ItemTally:
    """The counts of one item, with the breakdowns that its questionnaire version allowed in advance.

    Attributes:
        by: {item code: {class code: counts}}, one criterion at a time, never crossed.
        first_answers: counts of those who had not answered a questionnaire of the network this year.
    """

    code: str
    version: int
    type: TallyType
    total: AnswerCounts
    sensitive: bool = False
    equivalent_to: tuple[int, ...] = ()
    by: Mapping[str, Mapping[str, AnswerCounts]] = field(default_factory=dict)
    first_answers: AnswerCounts | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """The counted responses of one survey.

    Attributes:
        date: local day of the survey.
        state: state of the collector; only sealed and erased ones are evaluated.
        meeting: id of the meeting in the book, or None.
        completed: questionnaires with the last page sent; `partial`: with at least one substantive answer.
        attended: persons present who could have answered; None is unknown, or as the meeting's record says.
    """

    id: str
    date: date
    state: str
    questionnaire: str | None
    version: int | None
    completed: int
    partial: int
    items: tuple[ItemTally, ...]
    meeting: str | None = None
    attended: int | None = None

    def find_item(self, code: str) -> ItemTally | None:
        """Return the tally of this item, or None if the survey did not ask it."""
        return next((item for item in self.items if item.code == code), None)
