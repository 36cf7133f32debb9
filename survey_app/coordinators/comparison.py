"""Records in words, for reading and for setting two versions side by side."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import format_date, format_decimal, gettext

from survey_app.domain.book import Meeting, Need, Offer, Partner, Topic
from survey_app.web.record_words import name_language
from survey_app.web.vocabulary import (
    ACTOR_GROUPS,
    EDUCATION_FIELDS,
    FORMATS,
    NEED_STATUSES,
    NOT_RECORDED,
    ORIGINS,
    RATINGS,
    STATUSES,
    label_of,
)

Facts = list[tuple[str, tuple[str, ...]]]
"""A name and what stands under it: one line, or several."""


class Difference(NamedTuple):
    """One line of two versions side by side."""

    name: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def is_changed(self) -> bool:
        """Tell whether the versions differ here."""
        return self.ours != self.theirs


def describe_meeting(meeting: Meeting) -> Facts:
    """Return the record of a meeting in words."""
    return [
        (gettext("Date"), _day(meeting.date)),
        (gettext("Title"), _line(meeting.title)),
        (gettext("Format"), (label_of(FORMATS, meeting.format),)),
        (gettext("Status"), (label_of(STATUSES, meeting.status),)),
        (gettext("Number in the series"), _count(meeting.series_number)),
        (gettext("Motto"), _line(meeting.motto)),
        (gettext("Place"), _line(meeting.place)),
        (gettext("Host"), _line(meeting.host)),
        (gettext("Persons invited"), _count(meeting.invited)),
        (gettext("Invited persons who came"), _count(meeting.attended_invited)),
        (gettext("All persons present"), _count(meeting.attended_total)),
        (gettext("Opportunity to present good practice"), _truth(meeting.good_practice)),
        (gettext("Topics"), _topics(meeting.topics)),
        (gettext("Actor groups present"), _groups(meeting.actor_groups)),
    ]


def describe_partner(partner: Partner) -> Facts:
    """Return the record of a partner in words."""
    fields = None if partner.fields is None else [label_of(EDUCATION_FIELDS, code) for code in partner.fields]
    return [
        (gettext("Name"), _line(partner.name)),
        (gettext("Actor group"), (label_of(ACTOR_GROUPS, partner.actor_group),)),
        (gettext("Fields of education"), _lines(fields)),
        (gettext("Part of the administration"), _truth(partner.inside)),
        (gettext("Identified on"), _day(partner.identified_on)),
        (gettext("Informed on"), _day(partner.informed_on)),
        (gettext("Won on"), _day(partner.won_on)),
    ]


def describe_need(need: Need, *, meetings: Mapping[str, str], offers: Mapping[str, str]) -> Facts:
    """Return the record of a need in words; meetings and offers are named by their ids."""
    return [
        (gettext("Title"), _line(need.title)),
        (gettext("Field of education"), (label_of(EDUCATION_FIELDS, need.field),)),
        (gettext("Recognised on"), _day(need.recognised_on)),
        (gettext("Meeting"), _line(meetings.get(need.meeting or "", need.meeting))),
        (gettext("Status"), (label_of(NEED_STATUSES, need.status),)),
        (gettext("Decided on"), _day(need.decided_on)),
        (gettext("Offer"), _line(offers.get(need.offer or "", need.offer))),
    ]


def describe_offer(offer: Offer) -> Facts:
    """Return the record of an offer in words."""
    languages = None if offer.languages is None else [name_language(tag) for tag in offer.languages]
    return [
        (gettext("Title"), _line(offer.title)),
        (gettext("Field of education"), (label_of(EDUCATION_FIELDS, offer.field),)),
        (gettext("Began on"), _day(offer.started_on)),
        (gettext("Places"), _count(offer.places)),
        (gettext("Participants"), _count(offer.participants)),
        (gettext("Languages"), _lines(languages)),
    ]


def compare(ours: Facts, theirs: Facts) -> list[Difference]:
    """Return two descriptions of the same kind of record side by side."""
    return [Difference(name, mine, other) for (name, mine), (_name, other) in zip(ours, theirs, strict=True)]


def _line(text: str | None) -> tuple[str, ...]:
    return (text or str(NOT_RECORDED),)


def _day(day: date | None) -> tuple[str, ...]:
    return (str(NOT_RECORDED) if day is None else format_date(day, "long"),)


def _count(number: int | None) -> tuple[str, ...]:
    return (str(NOT_RECORDED) if number is None else format_decimal(number),)


def _truth(answer: bool | None) -> tuple[str, ...]:  # noqa: FBT001  # a recorded answer, not a switch
    if answer is None:
        return (str(NOT_RECORDED),)
    return (gettext("yes") if answer else gettext("no"),)


def _lines(texts: Sequence[str] | None) -> tuple[str, ...]:
    if texts is None:
        return (str(NOT_RECORDED),)
    return tuple(texts) or (gettext("none"),)


def _topics(topics: Sequence[Topic] | None) -> tuple[str, ...]:
    return _lines(None if topics is None else [_describe_topic(topic) for topic in topics])


def _describe_topic(topic: Topic) -> str:
    details = [
        label_of(words, code)
        for words, code in ((ORIGINS, topic.origin), (RATINGS, topic.rating), (EDUCATION_FIELDS, topic.field))
        if code is not None
    ]
    named = topic.title or gettext("without title")
    return f"{named} ({'; '.join(details)})" if details else named


def _groups(groups: Sequence[str] | None) -> tuple[str, ...]:
    if groups is None:
        return (str(NOT_RECORDED),)
    kept = dict.fromkeys(groups)
    labels = [str(words) for code, words in ACTOR_GROUPS.items() if code in kept]
    return _lines([*labels, *(code for code in kept if code not in ACTOR_GROUPS)])
