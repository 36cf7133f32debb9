"""The form of a need, and its way to the record and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext

from survey_app.coordinators.fields import CodeField, CoordinatorForm, DayField, RevisionField, offered, text_field
from survey_app.domain.book import Need, NeedStatus
from survey_app.domain.book_checks import NEED_LENGTHS, check_need
from survey_app.web.vocabulary import EDUCATION_FIELDS, NEED_STATUSES, NOT_RECORDED


class NeedForm(CoordinatorForm):
    """Everything that the organisers record about a need."""

    title = text_field(lazy_gettext("Title"), NEED_LENGTHS["title"], required=True)
    field = CodeField(lazy_gettext("Field of education"), words=EDUCATION_FIELDS)
    recognised_on = DayField(lazy_gettext("Recognised on"))
    meeting = CodeField(lazy_gettext("Meeting"), words={})
    status = CodeField(lazy_gettext("Status"), words=NEED_STATUSES)
    decided_on = DayField(lazy_gettext("Decided on"))
    offer = CodeField(lazy_gettext("Offer"), words={})
    revision = RevisionField(default=1)

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether the record can be saved; otherwise each field says why not."""
        super().validate(extra_validators)
        return self.accept(check_need(self.to_need()))

    def propose(self, *, meetings: Mapping[str, str], offers: Mapping[str, str]) -> None:
        """Let people choose among the meetings and offers of their network."""
        self.meeting.choices = offered(meetings, empty=NOT_RECORDED, are_own=True)
        self.offer.choices = offered(offers, empty=NOT_RECORDED, are_own=True)

    def to_need(self) -> Need:
        """Return the record as typed."""
        return Need(
            title=self.title.data,
            recognised_on=self.recognised_on.data,
            meeting=self.meeting.data,
            field=self.field.data,
            status=self.status.data,
            offer=self.offer.data,
            decided_on=self.decided_on.data,
        )


def need_values(need: Need) -> dict[str, Any]:
    """Return what the form shows for a recorded need."""
    return asdict(need)


def new_need_values() -> dict[str, Any]:
    """Return what the form of a new need shows."""
    return need_values(Need(status=NeedStatus.RECOGNISED))
