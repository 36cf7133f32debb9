"""The form of a partner, and its way to the record and back."""

from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext

from survey_app.coordinators.fields import (
    CodeField,
    CodesField,
    CoordinatorForm,
    DayField,
    RevisionField,
    TruthField,
    offered,
    text_field,
)
from survey_app.coordinators.record_codes import keep_stored
from survey_app.domain.book import Partner
from survey_app.domain.book_checks import check_partner
from survey_app.web.vocabulary import ACTOR_GROUPS, EDUCATION_FIELDS

NAME_TAKEN = lazy_gettext("There is a partner with this name already.")


class PartnerForm(CoordinatorForm):
    """Everything that the organisers record about a partner."""

    name = text_field(lazy_gettext("Name"), 200, required=True)
    actor_group = CodeField(lazy_gettext("Actor group"), words=ACTOR_GROUPS)
    inside = TruthField(lazy_gettext("Part of the administration"), yes=lazy_gettext("yes"), no=lazy_gettext("no"))
    fields = CodesField(lazy_gettext("Fields of education"), choices=offered(EDUCATION_FIELDS))
    identified_on = DayField(lazy_gettext("Identified on"))
    informed_on = DayField(lazy_gettext("Informed on"))
    won_on = DayField(lazy_gettext("Won on"))
    revision = RevisionField(default=1)

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether the record can be saved; otherwise each field says why not."""
        super().validate(extra_validators)
        return self.accept(check_partner(self.to_partner()))

    def to_partner(self) -> Partner:
        """Return the record as typed; without a field of education ticked, the fields are not recorded."""
        return Partner(
            name=self.name.data,
            actor_group=self.actor_group.data,
            fields=keep_stored(self.fields.object_data, self.fields.data or ()),
            inside=self.inside.truth,
            identified_on=self.identified_on.data,
            informed_on=self.informed_on.data,
            won_on=self.won_on.data,
        )


def partner_values(partner: Partner) -> dict[str, Any]:
    """Return what the form shows for a recorded partner."""
    return asdict(partner)
