"""The form of a figure from a document, and its way to the record and back."""

from fractions import Fraction
from typing import Any

from flask_babel import format_date, gettext, lazy_gettext
from wtforms import BooleanField

from survey_app.coordinators.comparison import Facts
from survey_app.coordinators.fields import (
    CoordinatorForm,
    CountField,
    DayField,
    Required,
    RevisionField,
    long_text_field,
)
from survey_app.coordinators.goals.number_field import PERCENT, NumberField, write_exactly
from survey_app.domain.book import Quotation
from survey_app.domain.book_checks import QUOTATION_LENGTHS
from survey_app.domain.errors import Problem
from survey_app.evaluation.goals.indicators import Indicator
from survey_app.evaluation.measures.measure_manual_value import is_share
from survey_app.web.figures import number_text

DAY_TAKEN = lazy_gettext("There is a figure of this day already.")


class QuotationForm(CoordinatorForm):
    """A figure with its day and document; a share is typed in per cent."""

    value = NumberField(lazy_gettext("Value"), validators=[Required()])
    as_of = DayField(lazy_gettext("As of"), validators=[Required()])
    respondents = CountField(lazy_gettext("People it is a share of"))
    exact = BooleanField(lazy_gettext("Counted exactly, not asked"))
    source_text = long_text_field(lazy_gettext("Document and page"), QUOTATION_LENGTHS["source_text"])
    revision = RevisionField(default=1)

    def __init__(self, indicator: Indicator, *args: Any, **kwargs: Any) -> None:
        self.indicator, self.is_share = indicator, is_share(indicator)
        super().__init__(*args, **kwargs)
        self.source_text.flags.required = True
        if self.is_share:
            del self.exact
        else:
            del self.respondents

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Let a share be typed in per cent before anything is read."""
        self.value.scale = PERCENT if self.is_share else 1
        super().process(*args, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether everything that is needed was typed; the rest is checked when it is saved."""
        super().validate(extra_validators)
        missing = {"value": self.value.number, "as_of": self.as_of.data, "source_text": self.source_text.data}
        return self.accept(Problem("required", name) for name, typed in missing.items() if typed in (None, ""))

    def to_quotation(self) -> Quotation:
        """Return the figure as typed; only of a form that is sound."""
        return Quotation(
            indicator=self.indicator.id,
            as_of=self.as_of.data,
            value=self.value.number,
            source_text=self.source_text.data,
            respondents=self.respondents.data if self.is_share else None,
            exact=False if self.is_share else bool(self.exact.data),
        )


def value_text(value: Fraction, indicator: Indicator) -> str:
    """Return a figure with all its decimals; the report rounds, whoever checks an entry must not."""
    return f"{write_exactly(value * PERCENT)}\u00a0%" if is_share(indicator) else write_exactly(value)


def quotation_values(quotation: Quotation) -> dict[str, Any]:
    """Return what the form shows for a stored figure."""
    names = ("value", "as_of", "respondents", "exact", "source_text")
    return {name: getattr(quotation, name) for name in names}


def describe_quotation(quotation: Quotation, indicator: Indicator) -> Facts:
    """Return a figure as terms and lines, for a comparison of two versions."""
    asked = "–" if quotation.respondents is None else number_text(quotation.respondents)
    return [
        (gettext("Value"), (value_text(quotation.value, indicator),)),
        (gettext("As of"), (format_date(quotation.as_of, "long"),)),
        (gettext("People it is a share of"), (asked,)),
        (gettext("Counted exactly, not asked"), (gettext("yes") if quotation.exact else gettext("no"),)),
        (gettext("Document and page"), (quotation.source_text,)),
    ]
