"""Form fields that say what is wrong in our words, keep what was typed, and never raise on hostile input."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from flask import request
from flask_babel import LazyString, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    DateTimeLocalField,
    FieldList,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.utils import unset_value
from wtforms.widgets import CheckboxInput, ListWidget

from survey_app.domain.book_checks import LARGEST_COUNT
from survey_app.domain.errors import Problem
from survey_app.domain.text import clean_text
from survey_app.web.messages import message_of
from survey_app.web.vocabulary import NOT_RECORDED

_YEARS = range(1900, 2200)
_ROW_NUMBER = re.compile(r"[0-9]{1,3}")
_BLANKS = re.compile(r"[ \t\n]+")
_NO_TIME = lazy_gettext("Please enter day and time, for example 26.04.2017 18:30.")


class CoordinatorForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A form whose messages may also come from the services."""

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Show each problem at the field that its place names, or above the form."""
        for problem in problems:
            self.add_message(problem.place, message_of(problem))

    def add_message(self, place: str, message: str) -> None:
        """Show a message at a field; above the form if it has no such field."""
        if place in self:
            self[place].errors = [*self[place].errors, message]
        else:
            self.form_errors = [*self.form_errors, message]

    def accept(self, problems: Iterable[Problem]) -> bool:
        """Add the problems at fields that have no message yet; tell whether the form is sound."""
        self.add_problems(problem for problem in problems if problem.place not in self.errors)
        return not self.errors


def submitted_form() -> MultiDict[str, str] | None:
    """Return the posted form, cleaned, and nothing else that a request may carry; None for a page that is only shown.

    Cleaned here and not field by field, since a refused entry is shown again as it was typed.
    """
    if request.method != "POST":
        return None
    return MultiDict((name, clean_text(value)) for name, value in request.form.items(multi=True))


class Required:
    """Marks a field that must be filled in; whether it is, the domain checks."""

    field_flags: ClassVar[Mapping[str, bool]] = {"required": True}

    def __call__(self, _form: Any, _field: Any) -> None:
        """Accept everything."""


def text_field(label: LazyString, limit: int, *, required: bool = False) -> Any:
    """Return a field for one line of text, cleaned; empty is None."""
    marks = [Required()] if required else []
    return StringField(label, [*marks, _limited(limit)], filters=[_clean_line], render_kw={"maxlength": limit})


def long_text_field(label: LazyString | str, limit: int) -> Any:
    """Return a field for paragraphs of text, cleaned; empty is ""."""
    return TextAreaField(label, [_limited(limit)], filters=[_clean])


def _clean(raw: str | None) -> str:
    return clean_text(raw or "")


def _clean_line(raw: str | None) -> str | None:
    return _BLANKS.sub(" ", _clean(raw)) or None


def _limited(limit: int) -> Callable[[Any, Any], None]:
    def check(_form: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > limit:
            _refuse("text_too_long", field, length=length, limit=limit)

    return check


def _refuse(code: str, field: Any, **parameters: Any) -> None:
    raise ValidationError(message_of(Problem(code, field.name, parameters)))


class CountField(IntegerField):
    """A whole number of 0 or more; empty is None, that is unknown."""

    def __init__(self, *args: Any, limit: int = LARGEST_COUNT, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type, self.limit = "IntegerField", limit
        self.render_kw = {"min": 0, "max": limit, "inputmode": "numeric"} | (self.render_kw or {})

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number that was typed, with any script's digits."""
        if not valuelist:
            return
        self.data = None
        raw = valuelist[0].strip()
        digits = raw.removeprefix("-").removeprefix("\u2212")
        if raw and (not digits.isdecimal() or len(digits) > 12):
            raise ValueError(message_of(Problem("not_a_number", self.name)))
        if raw:
            self.data = int(digits) if raw == digits else -int(digits)

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # the interface is WTForms'
        """Refuse numbers that no meeting has and no database keeps."""
        if self.data is not None and self.data < 0:
            _refuse("negative_number", self)
        if self.data is not None and self.data > self.limit:
            _refuse("number_too_large", self, limit=self.limit)


class DayField(DateField):
    """A calendar day, from the browser's picker or typed in the German way; empty is None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)
        self.type = "DateField"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day that was typed."""
        if not valuelist:
            return
        self.data = None
        raw = valuelist[0].strip()
        if raw:
            self.data = _read(raw, self.format, message_of(Problem("not_a_date", self.name))).date()


class LocalTimeField(DateTimeLocalField):
    """A local day and time without zone; empty is None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M"]
        super().__init__(*args, format=formats, **kwargs)
        self.type = "DateTimeLocalField"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time that was typed."""
        if not valuelist:
            return
        self.data = None
        raw = valuelist[0].strip()
        if raw:
            self.data = _read(raw, self.format, str(_NO_TIME))


def _read(raw: str, patterns: Iterable[str], message: str) -> datetime:
    for pattern in patterns if len(raw) <= 20 else ():
        try:
            found = datetime.strptime(raw, pattern)  # noqa: DTZ007  # a local time; its zone is ours to decide
        except ValueError:
            continue
        if found.year in _YEARS:
            return found
    raise ValueError(message)


def offered(words: Mapping[str, Any], *, empty: object = None, are_own: bool = False) -> list[SelectChoice]:
    """Return the choices of a field from a vocabulary, with an empty one first if it has words.

    Args:
        are_own: whether people of the network wrote the words, in whatever language: each goes its own direction.
    """
    first = [] if empty is None else [SelectChoice("", empty)]
    marks = {"dir": "auto"} if are_own else None
    return first + [SelectChoice(str(code), label, marks) for code, label in words.items()]


class CodeField(SelectField):
    """One code of a vocabulary; a stored code that we do not know stays selectable, so that editing loses nothing."""

    def __init__(self, *args: Any, words: Mapping[str, Any], empty: object = NOT_RECORDED, **kwargs: Any) -> None:
        marks = [Required()] if empty is None else []
        super().__init__(*args, marks, choices=offered(words, empty=empty), filters=[_none_if_empty], **kwargs)
        self.type, self.may_be_empty = "SelectField", empty is not None

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the code, and offer a stored one that no vocabulary has."""
        super().process(formdata, data, extra_filters)
        known = {choice.value for choice in self.choices}
        if self.object_data and self.object_data not in known:
            self.choices = [*self.choices, SelectChoice(str(self.object_data), str(self.object_data))]

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # the interface is WTForms'
        """Refuse what was not offered."""
        if self.data is None and not self.may_be_empty:
            _refuse("required", self)
        if self.data is not None and self.data not in {choice.value for choice in self.choices}:
            _refuse("unknown_choice", self)


def _none_if_empty(code: str | None) -> str | None:
    return code or None


class CodesField(SelectMultipleField):
    """Several codes as checkboxes; stored codes that we do not know stay selectable."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, choices: Iterable[SelectChoice] = (), **kwargs: Any) -> None:
        super().__init__(*args, choices=list(choices), **kwargs)
        self.type = "MultiCheckboxField"

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the codes, and offer stored ones that no vocabulary has."""
        super().process(formdata, data, extra_filters)
        known = {choice.value for choice in self.choices}
        unknown = [code for code in self.object_data or () if code not in known]
        self.choices = [*self.choices, *(SelectChoice(code, code) for code in unknown)]

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # the interface is WTForms'
        """Refuse what was not offered."""
        if set(self.data or ()) - {choice.value for choice in self.choices}:
            _refuse("unknown_choice", self)


class TruthField(RadioField):
    """Yes, no, or nobody recorded it (None)."""

    _CODES: Mapping[bool | None, str] = {True: "yes", False: "no", None: ""}

    def __init__(self, label: Any, *, yes: Any, no: Any, **kwargs: Any) -> None:
        choices = [SelectChoice("yes", yes), SelectChoice("no", no), SelectChoice("", NOT_RECORDED)]
        super().__init__(label, choices=choices, **kwargs)
        self.type = "RadioField"

    def process_data(self, value: bool | None) -> None:  # noqa: FBT001  # the interface is WTForms'
        """Take the stored answer."""
        self.data = self._CODES[value]

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # the interface is WTForms'
        """Refuse what was not offered."""
        if self.data not in self._CODES.values():
            _refuse("unknown_choice", self)

    @property
    def truth(self) -> bool | None:
        """Return the answer: True, False or None for unknown."""
        return {"yes": True, "no": False}.get(str(self.data))


class RevisionField(HiddenField):
    """The revision somebody began to edit; anything else than a number conflicts with every revision."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = "HiddenField"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the revision; it never meets a stored one if it is not a number."""
        raw = "".join(valuelist[:1])
        self.data = int(raw) if raw.isdecimal() and raw.isascii() and len(raw) < 10 else 0


class RowList(FieldList):
    """Rows of fields; row numbers that are no small numbers are ignored."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterable[int]:
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").split("-", 1)[0] if name.startswith(f"{prefix}-") else ""
            if _ROW_NUMBER.fullmatch(number):
                yield int(number)
