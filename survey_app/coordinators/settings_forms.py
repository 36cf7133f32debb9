"""The form of a network's settings."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import LazyString, gettext, lazy_gettext
from markupsafe import Markup, escape
from wtforms import EmailField, ValidationError
from wtforms.fields.choices import SelectChoice

from survey_app.coordinators.fields import (
    CodeField,
    CoordinatorForm,
    CountField,
    Required,
    RevisionField,
    long_text_field,
    text_field,
)
from survey_app.domain.colour import read_colour
from survey_app.domain.network import Minimums, Network, check_network
from survey_app.domain.text import clean_text
from survey_app.web.locale import find_language, interface_languages
from survey_app.web.templating import in_own_direction

LONGEST_NOTICE = 20_000
_TIERS = ("internal", "public", "sensitive")
_ADDRESS = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+")
_NO_ADDRESS = lazy_gettext("Please enter an e-mail address, for example name@example.org.")
_MINIMUMS: Mapping[str, LazyString] = {
    "internal": lazy_gettext("Smallest group shown inside the network"),
    "public": lazy_gettext("Smallest group shown to the public"),
    "sensitive": lazy_gettext("Smallest group shown for sensitive questions"),
}


class SettingsForm(CoordinatorForm):
    """The settings that do not depend on a language; `build_settings_form` adds the notices."""

    stored: Network

    name = text_field(lazy_gettext("Name of the network"), 200, required=True)
    default_language = CodeField(lazy_gettext("Language of the network"), words={}, empty=None)
    contact_email = EmailField(lazy_gettext("Contact e-mail"), filters=[lambda raw: clean_text(raw or "")])
    colour = text_field(lazy_gettext("Colour"), 7)
    minimum_internal = CountField(_MINIMUMS["internal"], [Required()], limit=1000)
    minimum_public = CountField(_MINIMUMS["public"], [Required()], limit=1000)
    minimum_sensitive = CountField(_MINIMUMS["sensitive"], [Required()], limit=1000)
    retention_months = CountField(lazy_gettext("Months until single answers are deleted"), [Required()])
    revision = RevisionField(default=1)

    def validate_contact_email(self, field: Any) -> None:
        """Refuse what no mail can be sent to."""
        if field.data and (len(field.data) > 254 or not _ADDRESS.fullmatch(field.data)):
            raise ValidationError(str(_NO_ADDRESS))

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether the settings can be saved; otherwise each field says why not."""
        super().validate(extra_validators)
        return self.accept(check_network(self.to_network()))

    def to_network(self) -> Network:
        """Return the network with the settings as typed; an empty number is 0, which the rules refuse."""
        stored = self.stored
        tags = notice_languages(stored)
        return replace(
            stored,
            name=self.name.data or "",
            default_language=self.default_language.data or stored.default_language,
            contact_email=self.contact_email.data,
            colour=read_colour(self.colour.data or "") or self.colour.data or "",
            minimums=Minimums(*(self[f"minimum_{tier}"].data or 0 for tier in _TIERS)),
            retention_months=self.retention_months.data or 0,
            imprint={tag: self[f"imprint-{tag}"].data for tag in tags if self[f"imprint-{tag}"].data},
            privacy={tag: self[f"privacy-{tag}"].data for tag in tags if self[f"privacy-{tag}"].data},
            revision=self.revision.data,
        )


def build_settings_form(network: Network, submitted: Any) -> SettingsForm:
    """Return the form with a field per notice and language, filled with what is stored."""
    fields = {
        f"{notice}-{tag}": long_text_field(label, LONGEST_NOTICE)
        for tag in notice_languages(network)
        for notice, label in _notice_labels(tag).items()
    }
    form: SettingsForm = type("NetworkForm", (SettingsForm,), fields)(submitted, data=_values(network))
    form.stored, tags = network, notice_languages(network)
    form.default_language.choices = [SelectChoice(tag, find_language(tag).autonym, {"lang": tag}) for tag in tags]
    return form


def notice_languages(network: Network) -> tuple[str, ...]:
    """Return the languages that notices can be written in: the interface's, and any that already has one."""
    known = dict.fromkeys([network.default_language, *interface_languages()])
    return tuple(known | dict.fromkeys([*network.imprint, *network.privacy]))


def _notice_labels(tag: str) -> dict[str, Markup]:
    name = in_own_direction(find_language(tag).autonym, tag)
    return {
        "imprint": escape(gettext("Legal notice in %(language)s")) % {"language": name},
        "privacy": escape(gettext("Privacy notice in %(language)s")) % {"language": name},
    }


def _values(network: Network) -> dict[str, Any]:
    notices = {f"imprint-{tag}": text for tag, text in network.imprint.items()}
    notices |= {f"privacy-{tag}": text for tag, text in network.privacy.items()}
    minimums = {f"minimum_{tier}": getattr(network.minimums, tier) for tier in _TIERS}
    plain = ("name", "default_language", "contact_email", "colour", "retention_months", "revision")
    return {name: getattr(network, name) for name in plain} | minimums | notices
