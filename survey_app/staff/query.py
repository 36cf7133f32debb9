"""What a reader asks of a report: the day it speaks of, and who may read it."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import format_date, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, ValidationError

from survey_app.domain.collector import CollectorState
from survey_app.domain.errors import Problem
from survey_app.domain.network import Network
from survey_app.domain.tally import Tally
from survey_app.evaluation.goals.goals import Tier
from survey_app.staff.wording import TIERS
from survey_app.web.messages import message_of

_LOCAL = ZoneInfo("Europe/Berlin")
_SEALED = (CollectorState.SEALED, CollectorState.ERASED)


@dataclass(frozen=True, slots=True)
class Window:
    """The days a report may speak of, and the one it speaks of unless asked for another."""

    first: date
    last: date
    default: date


def local_today() -> date:
    """Return the local day: dates of meetings and reports are local ones."""
    return datetime.now(_LOCAL).date()


def build_window(network: Network, starts_on: date, tallies: Iterable[Tally], *, today: date) -> Window:
    """Return the days that can be asked for: from the start of the network to today.

    The default is today. Made-up records end with their last survey, and judging the empty years after it would
    accuse a network of missing targets that nobody pursued: there it is the end of that survey's month. What
    somebody tries out this year does not count as such a record.
    """
    default = today
    sealed = [tally.date for tally in tallies if tally.state in _SEALED and tally.date.year < today.year]
    if network.is_synthetic and sealed:
        latest = max(sealed)
        default = latest.replace(day=calendar.monthrange(latest.year, latest.month)[1])
    return Window(min(starts_on, default), today, default)


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

    def __init__(self, window: Window, **arguments: Any) -> None:
        super().__init__(formdata=request.args, data={"cut_off": window.default, "tier": Tier.INTERNAL}, **arguments)
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
