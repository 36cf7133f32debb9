"""The forms of items, one per kind of answer; what they say becomes an item in `item_reading`."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice

from survey_app.coordinators.designer.rows_field import RowsField
from survey_app.coordinators.fields import CoordinatorForm, CountField, long_text_field, text_field
from survey_app.coordinators.goals.number_field import NumberField
from survey_app.domain.questionnaire import Item, ItemType

LONGEST_TEXT, LONGEST_CHOICE, LONGEST_MODULE = 1000, 300, 60
MOST_CHARACTERS = 10_000


class ItemForm(CoordinatorForm):
    """What every item has: its words in the source language, and what surrounds it.

    Attributes:
        kind: the type of item that the form makes.
        original: the item as it stands in the draft; None for a new one.
        published: the item as the latest published version has it, if it does.
        seen: what tells whether somebody else changed the item meanwhile.
        opened: the same of the moment when the form was opened; later saves of the form are undone together.
    """

    kind: ClassVar[ItemType] = ItemType.BLOCK
    text = long_text_field(lazy_gettext("Question"), LONGEST_TEXT)
    help = long_text_field(lazy_gettext("Help text"), LONGEST_TEXT)
    module = text_field(lazy_gettext("Optional part"), LONGEST_MODULE)
    seen = HiddenField()
    opened = HiddenField()

    def __init__(
        self, posted: Any, *, data: dict[str, Any], original: Item | None = None, published: Item | None = None
    ) -> None:
        super().__init__(posted, data=data)
        self.original, self.published = original, published
        self.text.flags.required = True


class BlockForm(ItemForm):
    """A text between questions."""


class QuestionForm(ItemForm):
    """What every question has."""

    sensitive = BooleanField(lazy_gettext("Sensitive question"))
    required = BooleanField(lazy_gettext("Nobody may leave it out"))
    meaning = RadioField(
        lazy_gettext("Compared with the published version"),
        choices=[
            SelectChoice("same", lazy_gettext("It means the same; only the wording is better.")),
            SelectChoice(
                "comparable", lazy_gettext("It means something else, but the results can go on as one series.")
            ),
            SelectChoice("new", lazy_gettext("It means something else; a new series of results begins.")),
        ],
        validate_choice=False,
    )


class ChoiceForm(QuestionForm):
    """A question answered by choosing one."""

    kind = ItemType.ONE
    options = RowsField(lazy_gettext("Answers"), columns=("words", "code", "beside", "exclusive"))
    not_applicable = BooleanField(lazy_gettext("Offer “does not apply”"))
    not_applicable_words = text_field(lazy_gettext("Its words"), LONGEST_CHOICE)
    no_answer = BooleanField(lazy_gettext("Offer “no answer”"))
    no_answer_words = text_field(lazy_gettext("Its words"), LONGEST_CHOICE)
    shuffle = BooleanField(lazy_gettext("Show the answers in another order to everybody"))
    key_variable = BooleanField(lazy_gettext("Results may be shown by these answers"))
    whole_series = BooleanField(lazy_gettext("Change the answers of all rows"))


class ManyForm(ChoiceForm):
    """A question answered by choosing several."""

    kind = ItemType.MANY
    max_choices = CountField(lazy_gettext("At most so many answers"), limit=60)


class ClassedForm(QuestionForm):
    """A question answered by a value that is counted in classes."""

    classes = RowsField(lazy_gettext("Classes"), columns=("words", "code", "low", "high"))


class NumberForm(ClassedForm):
    """A question answered by a number."""

    kind = ItemType.NUMBER
    minimum = NumberField(lazy_gettext("Smallest number"))
    maximum = NumberField(lazy_gettext("Largest number"))


class DateForm(ClassedForm):
    """A question answered by a date."""

    kind = ItemType.DATE


class TextForm(QuestionForm):
    """A question answered in one's own words."""

    kind = ItemType.TEXT
    max_length = CountField(lazy_gettext("At most so many characters"), limit=MOST_CHARACTERS)


class LongTextForm(TextForm):
    """A question answered in many words of one's own."""

    kind = ItemType.LONG_TEXT


class SeriesForm(CoordinatorForm):
    """Several questions at once: the rows of a rating grid, or the things that are put in order."""

    text = long_text_field(lazy_gettext("What stands above all rows"), LONGEST_TEXT)
    things = RowsField(lazy_gettext("Rows"), columns=("words",), spare=4)
    options = RowsField(lazy_gettext("Answers"), columns=("words", "code", "beside", "exclusive"))

    def __init__(self, posted: Any, *, data: dict[str, Any]) -> None:
        super().__init__(posted, data=data)
        for field in (self.text, self.things):
            field.flags.required = True


FORMS: dict[ItemType, type[ItemForm]] = {
    form.kind: form for form in (BlockForm, ChoiceForm, ManyForm, NumberForm, DateForm, TextForm, LongTextForm)
}
