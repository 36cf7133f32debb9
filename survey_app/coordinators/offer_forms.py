"""The form of an offer, and its way to the record and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext
from wtforms import StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.utils import unset_value

from survey_app.coordinators.fields import (
    CodeField,
    CodesField,
    CoordinatorForm,
    CountField,
    DayField,
    RevisionField,
    text_field,
)
from survey_app.coordinators.record_codes import keep_stored
from survey_app.domain.book import Offer
from survey_app.domain.book_checks import OFFER_LENGTHS, check_offer
from survey_app.domain.errors import InvalidRecord, Problem
from survey_app.domain.text import PLAIN_GERMAN
from survey_app.files.record_columns import build_columns
from survey_app.files.record_csv import read_cell
from survey_app.web.locale import interface_languages
from survey_app.web.messages import message_of
from survey_app.web.record_words import name_language, name_values
from survey_app.web.vocabulary import EDUCATION_FIELDS

_MOST_TYPED = 300


class LanguagesField(CodesField):
    """Languages as checkboxes, by their names in the language of the page."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Offer the languages of the interface by the names that the page has for them; plain German is German."""
        tags = [tag for tag in interface_languages() if tag != PLAIN_GERMAN]
        self.choices = [SelectChoice(tag, name_language(tag)) for tag in tags]
        super().process(formdata, data, extra_filters)


class FurtherLanguagesField(StringField):
    """Further languages, typed as in a table: by name or tag."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type, self.render_kw = "StringField", {"maxlength": _MOST_TYPED}
        self.tags: tuple[str, ...] = ()

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # the interface is WTForms'
        """Read the tags."""
        typed = (self.data or "").strip()
        column = next(one for one in build_columns("offers", name_values()) if one.key == "languages")
        if len(typed) > _MOST_TYPED:
            parameters = {"length": len(typed), "limit": _MOST_TYPED}
            raise ValidationError(message_of(Problem("text_too_long", self.name, parameters)))
        try:
            self.tags = read_cell(typed, column) if typed else ()
        except InvalidRecord as error:
            raise ValidationError(" ".join(message_of(problem) for problem in error.problems)) from error


class OfferForm(CoordinatorForm):
    """Everything that the organisers record about an offer."""

    title = text_field(lazy_gettext("Title"), OFFER_LENGTHS["title"], required=True)
    field = CodeField(lazy_gettext("Field of education"), words=EDUCATION_FIELDS)
    started_on = DayField(lazy_gettext("Began on"))
    places = CountField(lazy_gettext("Places"))
    participants = CountField(lazy_gettext("Participants"))
    languages = LanguagesField(lazy_gettext("Languages"))
    further_languages = FurtherLanguagesField(lazy_gettext("Further languages"))
    revision = RevisionField(default=1)

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether the record can be saved; otherwise each field says why not."""
        super().validate(extra_validators)
        return self.accept(check_offer(self.to_offer()))

    def to_offer(self) -> Offer:
        """Return the record as typed; without a language, the languages are not recorded."""
        tags = [*(self.languages.data or ()), *self.further_languages.tags]
        return Offer(
            title=self.title.data,
            started_on=self.started_on.data,
            field=self.field.data,
            places=self.places.data,
            participants=self.participants.data,
            languages=keep_stored(self.languages.object_data, tags),
        )


def offer_values(offer: Offer) -> Mapping[str, Any]:
    """Return what the form shows for a recorded offer; languages without a box of their own get one."""
    return asdict(offer)
