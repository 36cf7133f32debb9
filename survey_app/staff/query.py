"""What a reader asks of a report: the day it speaks of, and who may read it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import format_date, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, ValidationError

from survey_app.domain.errors import Problem
from survey_app.evaluation.goals.goals import Tier
from survey_app.staff.wording import TIERS
from survey_app.web.messages import message_of
from survey_app.web.report_window import Window, build_window, local_today

__all__ = ["ReportForm", "Window", "build_window", "local_today"]


class _DayField(DateField):
    """A day; an empty one means the default."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if not any(valuelist):
            self.raw_data = None
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError as error:
            self.data = None
            raise ValidationError(message_of(Problem("not_a_date", self.name))) from error


class ReportForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Day and readers of a report; asked by GET, so the address can be kept and passed on."""

    class Meta:
        """A form that changes nothing needs no token, and none belongs into an address."""

        csrf = False

    cut_off = _DayField(lazy_gettext("As of"))
    tier = RadioField(lazy_gettext("Readers"))

    def __init__(self, window: Window, tier: Tier = Tier.INTERNAL, **arguments: Any) -> None:
        super().__init__(formdata=request.args, data={"cut_off": window.default, "tier": tier}, **arguments)
        self.window = window
        self.tier.choices = [(tier.value, TIERS[tier]) for tier in Tier]
        self.cut_off.flags.required = self.tier.flags.required = True
        self.cut_off.flags.min, self.cut_off.flags.max = window.first.isoformat(), window.last.isoformat()

    def validate_cut_off(self, field: DateField) -> None:
        """Raise unless the network existed on the day and the day has come."""
        if field.data is not None and not self.window.first <= field.data <= self.window.last:
            first, last = format_date(self.window.first), format_date(self.window.last)
            raise ValidationError(gettext("Please choose a day from %(first)s to %(last)s.", first=first, last=last))

    @property
    def choice(self) -> dict[str, str]:
        """Return the valid choice as arguments of an address."""
        return {"cut_off": self.cut_off.data.isoformat(), "tier": self.tier.data}
