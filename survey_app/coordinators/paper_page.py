"""What the entry page of a paper shows: the questions as they stand on the sheet, with what is entered so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.coordinators.paper_words import note_condition
from survey_app.domain.errors import Problem
from survey_app.domain.paper import mark_choices
from survey_app.domain.questionnaire import Item, ItemType, Questionnaire
from survey_app.domain.response import Fields
from survey_app.domain.text import Text, clean_text, wording
from survey_app.web.messages import message_of


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the questionnaire with the language they are in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """A field for words that somebody wrote by hand."""

    name: str
    limit: int
    value: str
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A box of the sheet; `mark` is printed in it and pressed to tick it."""

    code: str
    mark: str
    words: Words
    is_ticked: bool
    is_set_off: bool
    text: TextLine | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the sheet.

    Attributes:
        note: to whom it is put; "" if to everybody.
        text: the field of a question that is answered in own words.
        value: what is entered in a field for a number or date.
        messages: what is wrong with the answer as a whole.
    """

    code: str
    type: ItemType
    number: int
    words: Words
    note: str
    ticks: tuple[Tick, ...]
    text: TextLine | None
    value: str
    messages: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Return the id of what a link to this question leads to: its field, or its first box."""
        return f"f-{self.code}" if not self.ticks else f"f-{self.code}-{self.ticks[0].code}"

    @property
    def mistakes(self) -> tuple[tuple[str, str], ...]:
        """Return anchor and message of everything that is wrong in this question."""
        lines = [tick.text for tick in self.ticks if tick.text] + ([self.text] if self.text else [])
        found = [(self.anchor, message) for message in self.messages]
        return tuple(found + [(f"f-{line.name}", message) for line in lines for message in line.messages])


@dataclass(frozen=True, slots=True)
class EntryPage:
    """The questions in the order of the sheet; `messages` are about all of them."""

    questions: tuple[Asked, ...]
    messages: tuple[str, ...]


def build_entry_page(
    questionnaire: Questionnaire, languages: Sequence[str], *, fields: Fields, problems: Sequence[Problem] = ()
) -> EntryPage:
    """Return the page.

    Args:
        languages: in which whoever enters reads the questions, best first.
        fields: what has been entered so far, as submitted.
        problems: what is wrong with it.
    """
    messages: dict[str, tuple[str, ...]] = {}
    for problem in problems:
        messages[problem.place] = (*messages.get(problem.place, ()), message_of(problem))
    language = next((tag for tag in languages if tag in questionnaire.languages), questionnaire.source_language)
    builder = _Builder(questionnaire, language, fields, messages)
    asked = tuple(builder.question(item, number) for number, item in enumerate(questionnaire.questions, 1))
    return EntryPage(asked, messages.get("", ()))


@dataclass(frozen=True, slots=True)
class _Builder:
    """The values that every part of one page needs."""

    questionnaire: Questionnaire
    language: str
    fields: Fields
    messages: dict[str, tuple[str, ...]]

    def question(self, item: Item, number: int) -> Asked:
        limits = dict(item.text_fields)
        return Asked(
            code=item.code,
            type=item.type,
            number=number,
            words=self.words(item.texts),
            note=note_condition(item, self.questionnaire, self.language),
            ticks=self.ticks(item, limits),
            text=self.line(item.code, limits[item.code]) if item.is_text else None,
            value="" if item.is_text or item.is_closed else self.value(item.code),
            # A text says what is wrong at its own field.
            messages=() if item.is_text else self.messages.get(item.code, ()),
        )

    def ticks(self, item: Item, limits: dict[str, int]) -> tuple[Tick, ...]:
        chosen = self.fields.get(item.code, ())
        return tuple(
            Tick(
                code=choice.code,
                mark=mark,
                words=self.words(choice.texts),
                is_ticked=choice.code in chosen,
                is_set_off=choice.set_off,
                text=self.line(name, limits[name]) if (name := f"{item.code}.{choice.code}") in limits else None,
            )
            for mark, choice in ((one.mark, one.choice) for one in mark_choices(item))
        )

    def line(self, name: str, limit: int) -> TextLine:
        return TextLine(name, limit, self.value(name), self.messages.get(name, ()))

    def value(self, name: str) -> str:
        return clean_text(next(iter(self.fields.get(name, ())), ""))

    def words(self, text: Text) -> Words:
        return Words(*wording(text, self.language, source=self.questionnaire.source_language))
