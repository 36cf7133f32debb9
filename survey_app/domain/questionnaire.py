"""A questionnaire version: items with language-free codes, their choices, and wording in every language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from survey_app.domain.conditions import Condition, parse_conditions
from survey_app.domain.text import Text

NO_ANSWER = "no_answer"
"""Choice code of "keine Angabe": stays in the base and never affirms."""


class ItemType(StrEnum):
    """How an item is answered; `BLOCK` is text without an answer."""

    ONE = "one"
    MANY = "many"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    LONG_TEXT = "long_text"
    BLOCK = "block"


class TranslationStatus(StrEnum):
    """How far the wording of one language has come; only released wording is offered without an override."""

    DRAFT = "draft"
    CHECKED = "checked"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Choice:
    """One predefined answer of an item.

    Attributes:
        leaves_base: who ticks it says that the question does not apply ("zum ersten Mal dabei").
        set_off: shown apart from the substantive choices.
        exclusive: cannot stand beside another choice of the same item.
        last: stays at the end when choices are shuffled.
        text_length: characters of the free text beside the choice; None without such a field.
    """

    code: str
    texts: Text
    leaves_base: bool = False
    set_off: bool = False
    exclusive: bool = False
    last: bool = False
    text_length: int | None = None

    @property
    def stands_alone(self) -> bool:
        """Tell whether nothing may be ticked beside it: who is not concerned has no further answer."""
        return self.exclusive or self.leaves_base


@dataclass(frozen=True, slots=True)
class ValueClass:
    """A class into which numbers or dates are counted at sealing; both limits belong to it, None is unbounded."""

    code: str
    texts: Text
    low: Decimal | date | None = None
    high: Decimal | date | None = None

    def contains(self, value: Decimal | date) -> bool:
        """Tell whether a number (or a date, for a class of dates) falls into the class."""
        above = self.low is None or value >= self.low  # type: ignore[operator]  # parser: one kind per item
        return above and (self.high is None or value <= self.high)  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its response format.

    Attributes:
        version: version of the meaning; `equivalent_to` names older ones with which the series may go on.
        hint: key of a text of the questionnaire that is shown above the item.
        show_if: conditions on earlier answers, as in goal systems; all must hold; empty means always shown. Plain
            triples may be given.
        key_variable: classes by which results may be broken down, {class code: choice codes}; empty means never.
        module: name of the optional part the item belongs to; None for the standard part.
    """

    code: str
    type: ItemType
    texts: Text
    version: int = 1
    number: str | None = None
    required: bool = False
    sensitive: bool = False
    indicators: tuple[str, ...] = ()
    hint: str | None = None
    module: str | None = None
    max_choices: int | None = None
    max_length: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    shuffle: bool = False
    options: tuple[Choice, ...] = ()
    classes: tuple[ValueClass, ...] = ()
    show_if: tuple[Condition, ...] = ()
    key_variable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    equivalent_to: tuple[int, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Tell whether the item is answered by choosing."""
        return self.type in (ItemType.ONE, ItemType.MANY)

    @property
    def is_text(self) -> bool:
        """Tell whether the item is answered in one's own words."""
        return self.type in (ItemType.TEXT, ItemType.LONG_TEXT)

    text_fields: tuple[tuple[str, int], ...] = field(init=False, repr=False, compare=False)
    """Name and maximal length of every free-text field of the item, worked out once: each answer needs them."""

    def __post_init__(self) -> None:
        """Work out what follows from the other fields."""
        object.__setattr__(self, "text_fields", tuple(self._list_text_fields()))
        object.__setattr__(self, "show_if", parse_conditions(self.show_if))

    def _list_text_fields(self) -> Iterator[tuple[str, int]]:
        if self.is_text:
            yield self.code, self.max_length or DEFAULT_TEXT_LENGTH[self.type]
        for choice in self.options:
            if choice.text_length:
                yield f"{self.code}.{choice.code}", choice.text_length


DEFAULT_TEXT_LENGTH: Mapping[ItemType, int] = {ItemType.TEXT: 300, ItemType.LONG_TEXT: 2000}


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of a questionnaire: a value that never changes once it is published.

    Attributes:
        status: how far each language is; `reviewed` tells which languages a native speaker has read.
        texts: the questionnaire's own wording by key (title, introduction, thanks, hints).
    """

    id: str
    version: int
    source_language: str
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    texts: Mapping[str, Text] = field(default_factory=dict)
    status: Mapping[str, TranslationStatus] = field(default_factory=dict)
    reviewed: Mapping[str, bool] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[Item, ...]:
        """Return the items that ask something: all but the text blocks."""
        return tuple(item for item in self.items if item.type is not ItemType.BLOCK)

    def find_item(self, code: str) -> Item | None:
        """Return the item with this code, or None."""
        return next((item for item in self.items if item.code == code), None)

    def with_modules(self, *modules: str) -> "Questionnaire":
        """Return the questionnaire with its standard items and those of the named optional modules only."""
        kept = tuple(item for item in self.items if item.module is None or item.module in modules)
        return replace(self, items=kept)
