"""The forms that open a survey: for a meeting, or again after it was closed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import format_date, format_time, gettext, lazy_gettext, ngettext
from wtforms import BooleanField, HiddenField, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from survey_app.coordinators.fields import (
    CodeField,
    CodesField,
    CoordinatorForm,
    CountField,
    LocalTimeField,
    Required,
)
from survey_app.coordinators.local_time import (
    closing_moment,
    default_closing,
    describe_moment,
    is_doubled,
    is_skipped,
    opening_moment,
)
from survey_app.domain.book import Meeting
from survey_app.domain.collector import SMALL_GROUP, Device
from survey_app.domain.errors import Problem
from survey_app.domain.local_days import local_day
from survey_app.domain.questionnaire import Questionnaire, TranslationStatus
from survey_app.domain.text import wording
from survey_app.services.convening import NewCollector, StoredQuestionnaire
from survey_app.web.locale import current_language, find_language
from survey_app.web.messages import message_of

CLOSING_HINT = lazy_gettext("Local time in Germany. Leave empty to close the survey by hand.")
OPENING_HINT = lazy_gettext("Local time in Germany. Leave empty to open at once.")

DEVICES = {
    Device.OWN: (
        lazy_gettext("Own phones"),
        lazy_gettext("Without a connection, the phone keeps the answers until they are sent, 24 hours at most."),
    ),
    Device.SHARED: (
        lazy_gettext("Devices that several people use"),
        lazy_gettext("Nothing is kept on the device; without a connection the page has to stay open."),
    ),
    Device.KIOSK: (
        lazy_gettext("A tablet at the door"),
        lazy_gettext("After each person, and when nobody touches it for two minutes, the page returns to its start."),
    ),
}
"""What each kind of device is called, and what it means for those who answer."""


class ReopenForm(CoordinatorForm):
    """Until when a closed survey is open again."""

    closes_at = LocalTimeField(lazy_gettext("Closes at"))

    @property
    def closing(self) -> datetime | None:
        """Return the closing moment in UTC, None for by hand."""
        return None if self.closes_at.data is None else closing_moment(self.closes_at.data)


class DeviceField(RadioField):
    """On what people answer."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        choices = [SelectChoice(str(device), name) for device, (name, _meaning) in DEVICES.items()]
        super().__init__(label, [Required()], choices=choices, default=str(Device.OWN), **kwargs)
        self.type = "RadioField"

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # the interface is WTForms'
        """Refuse what was not offered."""
        if self.data not in set(Device):
            raise ValidationError(message_of(Problem("unknown_choice", self.name)))


class SurveyForm(CoordinatorForm):
    """What a coordinator decides about the survey of a meeting; everything has a sensible default."""

    version_id = CodeField(lazy_gettext("Questionnaire"), words={}, empty=None)
    languages = CodesField(lazy_gettext("Languages"))
    opens_at = LocalTimeField(lazy_gettext("Opens at"))
    closes_at = LocalTimeField(lazy_gettext("Closes at"))
    expected_count = CountField(lazy_gettext("Persons expected to answer"))
    needs_ticket = BooleanField(lazy_gettext("Closed group: only people with a card may answer"))
    device = DeviceField(lazy_gettext("People answer on"))
    is_advised = HiddenField()

    def offer(self, versions: Sequence[StoredQuestionnaire]) -> None:
        """Fill the choices from the published versions, newest first; languages are those that any has released."""
        self.version_id.choices = [SelectChoice(str(stored.id), name_version(stored)) for stored in versions]
        reviewed: dict[str, bool] = {}
        for stored in versions:
            for tag in released_languages(stored.questionnaire):
                reviewed.setdefault(tag, bool(stored.questionnaire.reviewed.get(tag)))
        self.languages.choices = [SelectChoice(tag, find_language(tag).autonym) for tag in reviewed]
        self.unreviewed = frozenset(tag for tag, is_reviewed in reviewed.items() if not is_reviewed)

    def to_new_collector(self, versions: Sequence[StoredQuestionnaire], *, is_synthetic: bool) -> NewCollector:
        """Return what was decided; local times become moments, see `local_time` for the doubtful ones.

        Of the languages those stay that the chosen version has, in its order.
        """
        chosen = next(stored for stored in versions if str(stored.id) == self.version_id.data)
        opens_at, closes_at = self.opens_at.data, self.closes_at.data
        return NewCollector(
            version_id=chosen.id,
            languages=tuple(tag for tag in released_languages(chosen.questionnaire) if tag in self.languages.data),
            opens_at=None if opens_at is None else opening_moment(opens_at),
            closes_at=None if closes_at is None else closing_moment(closes_at),
            expected_count=self.expected_count.data,
            needs_ticket=self.needs_ticket.data,
            is_synthetic=is_synthetic,
            device=Device(self.device.data),
        )


def is_small_group(form: SurveyForm) -> bool:
    """Tell whether so few people are expected that their answers might be guessed."""
    expected = form.expected_count.data
    return isinstance(expected, int) and expected < SMALL_GROUP


def survey_values(meeting: Meeting, chosen: StoredQuestionnaire, now: datetime) -> Mapping[str, Any]:
    """Return what the form shows for a meeting: nothing needs to be typed."""
    return {
        "version_id": str(chosen.id),
        "languages": list(released_languages(chosen.questionnaire)),
        "closes_at": default_closing(now, meeting.date),
        "expected_count": meeting.attended_total if meeting.invited is None else meeting.invited,
    }


def newest_first(versions: Iterable[StoredQuestionnaire]) -> list[StoredQuestionnaire]:
    """Return the versions by their day of publication."""
    return sorted(versions, key=lambda stored: (stored.published_at, stored.id), reverse=True)


def released_languages(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the languages whose wording is released, in the questionnaire's order."""
    released = TranslationStatus.RELEASED
    return tuple(tag for tag in questionnaire.languages if questionnaire.status.get(tag, released) is released)


def name_version(stored: StoredQuestionnaire) -> str:
    """Return version, day of publication, length and title of a questionnaire; first what tells versions apart."""
    words, _language = title_of(stored.questionnaire)
    day = format_date(local_day(stored.published_at), "medium") if stored.published_at else "–"
    version = gettext("version %(version)s of %(date)s", version=stored.questionnaire.version, date=day)
    questions = ngettext("%(num)s question", "%(num)s questions", len(stored.questionnaire.questions))
    return f"{version} · {questions} – {words}"


def title_of(questionnaire: Questionnaire) -> tuple[str, str]:
    """Return the title of a questionnaire in the reader's language, else in its own, and the language it is in."""
    source = questionnaire.source_language
    words, language = wording(questionnaire.texts.get("title", {}), current_language().tag, source=source)
    return (words, language) if words else (questionnaire.id, source)


def describe_doubts(form: Any) -> list[str]:
    """Return how doubtful local times were understood, one sentence each."""
    meant = {"opens_at": opening_moment, "closes_at": closing_moment}
    doubts = []
    for name, moment_of in meant.items():
        local = form[name].data if name in form else None
        if local is not None and (is_skipped(local) or is_doubled(local)):
            doubts.append(_describe_doubt(local, describe_moment(moment_of(local))))
    return doubts


def _describe_doubt(local: datetime, moment: str) -> str:
    values = {"clock": format_time(local.replace(tzinfo=None), "short", rebase=False), "moment": moment}
    if is_skipped(local):
        return gettext("The clocks skip %(clock)s on this day; it was understood as %(moment)s.", **values)
    return gettext("The clocks show %(clock)s twice on this day; it was understood as %(moment)s.", **values)
