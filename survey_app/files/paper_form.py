"""A questionnaire as a sheet of paper: what stands where, and the PDF of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from survey_app.domain.paper import mark_choices
from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.domain.text import Phrase, Text, wording
from survey_app.files.typesetting import MISSING, base_language, printable, render_pdf

_TEMPLATE = "paper_form.typ"
_CHARACTERS_A_LINE = 100
"""Typed characters for which a line of handwriting is offered: few people fill what they are given."""

_FEWEST_LINES, _MOST_LINES = 3, 10


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands on the sheet beside the questionnaire, in one language.

    Attributes:
        instruction: how to fill it in, said once.
        privacy: what becomes of the answers.
        returning: where the sheet goes.
        several: said at questions with several answers.
        at_most: limits, each with what is said at questions with so many answers at most.
        required, number, date: said at such questions.
        page: with the placeholders ``{page}`` and ``{total}``.
        survey: with the survey's code, so that sheets of different surveys are told apart.
        stamp: that everything is made up, or None.
    """

    instruction: Phrase
    privacy: Phrase
    returning: Phrase
    several: Phrase
    at_most: tuple[tuple[int, Phrase], ...]
    required: Phrase
    number: Phrase
    date: Phrase
    page: Phrase
    survey: Phrase
    stamp: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """Whose survey it is, and for what: names as people gave them, the date as it is to be read."""

    network: str
    meeting: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A choice with the box before it.

    Attributes:
        lines: for own words beside it.
        is_set_off: stands apart from the answers proper, behind them.
    """

    mark: str
    words: Phrase
    lines: int
    is_set_off: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One item of the sheet; a text block has number 0.

    Attributes:
        shape: of the boxes: "circle" for one answer, "square" for several, "" without boxes.
        notes: when it is asked, how many answers, what to enter.
        lines: ruled lines for handwriting; 0 for none.
    """

    number: int
    words: Phrase
    hint: Phrase | None
    notes: tuple[Phrase, ...]
    shape: str
    boxes: tuple[Box, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A sheet, ready to be set; equal ones are equal keys and give equal bytes."""

    title: str
    language: str
    direction: str
    heading: Phrase
    introduction: Phrase
    occasion: Occasion
    words: SheetWords
    questions: tuple[Question, ...]

    @property
    def own_words(self) -> tuple[str, ...]:
        """Return what the questionnaire itself says on the sheet: without names, which may hold any sign."""
        parts = [self.heading, self.introduction]
        for question in self.questions:
            parts += [question.words, *(box.words for box in question.boxes)]
        return tuple(part.text for part in parts)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet is made of.

    Attributes:
        language: content tag in which the questionnaire is printed.
        direction_of: the direction of each language tag that its words may be in.
        notes: by item code: under which condition a question is asked, in words.
    """

    questionnaire: Questionnaire
    language: str
    direction_of: Mapping[str, str]
    words: SheetWords
    occasion: Occasion
    notes: Mapping[str, Phrase] = field(default_factory=dict)


def build_paper_form(sheet: Sheet) -> PaperForm:
    """Return the sheet of a questionnaire in a language; what is not worded in it stays in the source language."""
    heading = _say(sheet, sheet.questionnaire.texts.get("title", {}))
    if not printable(heading.text).strip():
        heading = replace(heading, text=printable(sheet.occasion.network).strip() or MISSING)
    questions, number = [], 0
    for item in sheet.questionnaire.items:
        is_block = item.type is ItemType.BLOCK
        number += not is_block
        questions.append(_build_question(sheet, item, 0 if is_block else number))
    title = " – ".join(part for part in (heading.text, sheet.occasion.meeting, sheet.occasion.network) if part)
    return PaperForm(
        title=title,
        language=base_language(sheet.language),
        direction=sheet.direction_of[sheet.language],
        heading=heading,
        introduction=_say(sheet, sheet.questionnaire.texts.get("introduction", {})),
        occasion=sheet.occasion,
        words=sheet.words,
        questions=tuple(questions),
    )


def render_paper_form(form: PaperForm) -> bytes:
    """Return the sheet as tagged PDF, A4, to be printed on both sides.

    Raises:
        survey_app.files.typesetting.BadDocument: if it cannot be set.
    """
    return render_pdf(_TEMPLATE, asdict(form))


def _build_question(sheet: Sheet, item: Item, number: int) -> Question:
    marked = mark_choices(item)
    hint = sheet.questionnaire.texts.get(item.hint) if item.hint else None
    return Question(
        number=number,
        words=_say(sheet, item.texts),
        hint=_say(sheet, hint) if hint else None,
        notes=tuple(_list_notes(sheet, item)),
        shape={ItemType.ONE: "circle", ItemType.MANY: "square"}.get(item.type, ""),
        boxes=tuple(
            Box(one.mark, _say(sheet, one.choice.texts), _room(one.choice), one.choice.set_off) for one in marked
        ),
        lines=_count_lines(item),
    )


def _list_notes(sheet: Sheet, item: Item) -> list[Phrase]:
    words, notes = sheet.words, [sheet.notes[item.code]] if item.code in sheet.notes else []
    if item.required:
        notes.append(words.required)
    if item.type is ItemType.MANY:
        notes.append(words.several if item.max_choices is None else dict(words.at_most)[item.max_choices])
    notes += {ItemType.NUMBER: [words.number], ItemType.DATE: [words.date]}.get(item.type, [])
    return notes


def _count_lines(item: Item) -> int:
    if item.type in (ItemType.NUMBER, ItemType.DATE):
        return 1
    if not item.is_text:
        return 0
    ((_name, limit),) = item.text_fields
    return max(_FEWEST_LINES, min(_MOST_LINES, -(-limit // _CHARACTERS_A_LINE)))


def _room(choice: Choice) -> int:
    return min(_MOST_LINES, -(-choice.text_length // _CHARACTERS_A_LINE)) if choice.text_length else 0


def _say(sheet: Sheet, text: Text) -> Phrase:
    words, tag = wording(text, sheet.language, source=sheet.questionnaire.source_language)
    return Phrase(words, base_language(tag), sheet.direction_of[tag])
