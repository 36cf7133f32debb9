"""What a questionnaire looks like in one language with what somebody has entered so far: values for the template."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.domain.response import Fields
from survey_app.domain.text import Text, clean_text, wording
from survey_app.web.locale import Language, find_language
from survey_app.web.messages import message_of
from survey_app.web.question_notes import describe_conditions


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the questionnaire; `foreign` is set where they are in another language than the page."""

    text: str
    foreign: Language | None = None


@dataclass(frozen=True, slots=True)
class TextField:
    """A field for one's own words."""

    name: str
    limit: int
    value: str
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    code: str
    wording: Wording
    is_ticked: bool
    is_set_off: bool
    free_text: TextField | None


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is shown; a text block has position 0 and nothing to enter.

    Attributes:
        value: what is entered in a field for a number or date.
        text: the field of an item that is answered in one's own words.
        messages: what is wrong with the item as a whole.
        show_if: the conditions of an item that is not for everybody, as JSON for the script; else "".
        note: the same in words, for pages without a script.
    """

    code: str
    type: ItemType
    position: int
    wording: Wording
    hint: Wording | None
    options: tuple[Option, ...]
    text: TextField | None
    value: str
    messages: tuple[str, ...]
    is_required: bool
    show_if: str = ""
    note: tuple[Wording, ...] = ()

    @property
    def anchor(self) -> str:
        """Return the id of what a link to this question should lead to."""
        return f"q-{self.code}" if self.options or not self.position else f"f-{self.code}"

    @property
    def mistakes(self) -> tuple[tuple[str, str], ...]:
        """Return anchor and message of everything that is wrong within this question."""
        fields = [option.free_text for option in self.options if option.free_text]
        found = [(self.anchor, message) for message in self.messages]
        found += [(f"f-{field.name}", message) for field in fields for message in field.messages]
        found += [(self.anchor, message) for message in (self.text.messages if self.text else ())]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire ready for its template."""

    title: Wording
    introduction: Wording
    questions: tuple[Question, ...]
    messages: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how many questions there are."""
        return max((question.position for question in self.questions), default=0)

    @property
    def is_conditional(self) -> bool:
        """Tell whether some questions are not for everybody."""
        return any(question.show_if for question in self.questions)

    @property
    def first_anchor(self) -> str:
        """Return the anchor of the first question."""
        return next((question.anchor for question in self.questions if question.position), "main")


class _Builder:
    """The values every part of one form needs."""

    def __init__(
        self, questionnaire: Questionnaire, language: str, fields: Fields, problems: Sequence[Problem], order: str
    ) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.page = find_language(language).spoken.tag
        self.fields = fields
        self.order = order
        self.messages: dict[str, tuple[str, ...]] = {}
        for problem in problems:
            self.messages[problem.place] = (*self.messages.get(problem.place, ()), message_of(problem))

    def words(self, text: Text) -> Wording:
        words, tag = wording(text, self.language, source=self.questionnaire.source_language)
        return Wording(words, None if tag == self.page else find_language(tag))

    def value(self, name: str) -> str:
        return clean_text(next(iter(self.fields.get(name, ())), ""))

    def text_field(self, name: str, limit: int) -> TextField:
        return TextField(name, limit, self.value(name), self.messages.get(name, ()))

    def question(self, item: Item, position: int) -> Question:
        limits = dict(item.text_fields)
        return Question(
            code=item.code,
            type=item.type,
            position=position,
            wording=self.words(item.texts),
            hint=self.words(self.questionnaire.texts[item.hint]) if item.hint else None,
            options=tuple(self.option(item, choice, limits) for choice in _arrange(item, self.order)),
            text=self.text_field(item.code, limits[item.code]) if item.is_text else None,
            value=self.value(item.code) if item.type in (ItemType.NUMBER, ItemType.DATE) else "",
            # A text says what is wrong at its own field.
            messages=() if item.is_text else self.messages.get(item.code, ()),
            is_required=item.required,
            show_if=json.dumps(item.show_if, ensure_ascii=False, separators=(",", ":")) if item.show_if else "",
            note=tuple(
                Wording(part) if isinstance(part, str) else self.words(part.texts)
                for part in describe_conditions(item, self.questionnaire)
            ),
        )

    def option(self, item: Item, choice: Choice, limits: Mapping[str, int]) -> Option:
        name = f"{item.code}.{choice.code}"
        return Option(
            code=choice.code,
            wording=self.words(choice.texts),
            is_ticked=choice.code in self.fields.get(item.code, ()),
            is_set_off=choice.set_off,
            free_text=self.text_field(name, limits[name]) if name in limits else None,
        )


def build_form(
    questionnaire: Questionnaire,
    language: str,
    *,
    fields: Fields | None = None,
    problems: Sequence[Problem] = (),
    order: str = "",
) -> Form:
    """Return the form in a language.

    Args:
        fields: what has been entered so far, as submitted.
        problems: what is wrong with it.
        order: decides the order of choices that are to be shuffled; equal values give equal orders.
    """
    builder = _Builder(questionnaire, language, fields or {}, problems, order)
    questions, position = [], 0
    for item in questionnaire.items:
        is_block = item.type is ItemType.BLOCK
        position += not is_block
        questions.append(builder.question(item, 0 if is_block else position))
    return Form(
        title=builder.words(questionnaire.texts.get("title", {})),
        introduction=builder.words(questionnaire.texts.get("introduction", {})),
        questions=tuple(questions),
        messages=builder.messages.get("", ()),
    )


def words_of(questionnaire: Questionnaire, key: str, language: str) -> Wording:
    """Return one of the questionnaire's own texts."""
    return _Builder(questionnaire, language, {}, (), "").words(questionnaire.texts.get(key, {}))


def _arrange(item: Item, order: str) -> list[Choice]:
    """Return the choices as they are shown: shuffled if the item says so, last ones last, set off ones at the end."""
    free = [choice for choice in item.options if not choice.last and not choice.set_off]
    if item.shuffle:
        random.Random(f"{order}/{item.code}").shuffle(free)  # noqa: S311  # an order of choices, no secret
    last = [choice for choice in item.options if choice.last and not choice.set_off]
    return free + last + [choice for choice in item.options if choice.set_off]


def is_shuffled(questionnaire: Questionnaire) -> bool:
    """Tell whether the order of some choices differs from person to person."""
    return any(item.shuffle for item in questionnaire.items)


def list_answers(form: Form) -> list[tuple[Wording, list[Wording]]]:
    """Return every question that has been answered with its answers in words, for reading and copying."""
    answered = []
    for question in form.questions:
        words = [option.wording for option in question.options if option.is_ticked]
        fields = [question.text, *(option.free_text for option in question.options)]
        typed = [question.value, *(field.value for field in fields if field)]
        words += [Wording(value) for value in typed if value]
        if words:
            answered.append((question.wording, words))
    return answered
