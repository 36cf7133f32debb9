"""The book: what the organisers record about meetings, partners, needs and offers.

Field names and meanings are those of the facts format; None always means "unknown", never "no" or zero.
"""

import datetime as dt  # a field is called `date`
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class MeetingFormat(StrEnum):
    """What kind of gathering it is."""

    NETWORK_MEETING = "network_meeting"
    ROUND_TABLE = "round_table"
    WORKING_GROUP = "working_group"
    WORKSHOP = "workshop"
    STEERING_GROUP = "steering_group"
    OTHER = "other"


class MeetingStatus(StrEnum):
    """Whether the meeting took place; only `HELD` counts."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


class TopicOrigin(StrEnum):
    """Who brought a topic in."""

    MEMBERS = "members"
    ADMINISTRATION = "administration"
    STEERING_GROUP = "steering_group"
    EXTERNAL = "external"


class TopicRating(StrEnum):
    """How pressing those who brought it in called a topic."""

    IMPORTANT = "important"
    URGENT = "urgent"
    ORDINARY = "ordinary"


class NeedStatus(StrEnum):
    """How far a recognised need has come."""

    RECOGNISED = "recognised"
    PLANNED = "planned"
    OFFER_CREATED = "offer_created"
    DECLINED_WITH_REASON = "declined_with_reason"


class ActorGroup(StrEnum):
    """The eight boxes into which every organisation falls; finer labels never leave the registry."""

    POLITICS_ADMINISTRATION = "politics_administration"
    CHILDCARE_SCHOOL_UNIVERSITY = "childcare_school_university"
    PROVIDER_ADVICE = "provider_advice"
    MIGRANT_ORGANISATION = "migrant_organisation"
    CLUB_VOLUNTEERS = "club_volunteers"
    WELFARE_CHURCH_FOUNDATION = "welfare_church_foundation"
    BUSINESS_CHAMBERS = "business_chambers"
    OTHER = "other"


class EducationField(StrEnum):
    """The fields of education along the life course."""

    EARLY_CHILDHOOD = "early_childhood"
    SCHOOL = "school"
    VOCATIONAL = "vocational"
    HIGHER_EDUCATION = "higher_education"
    CONTINUING_EDUCATION = "continuing_education"
    OLDER_PEOPLE = "older_people"
    CLUBS = "clubs"
    CULTURE = "culture"
    CROSS_CUTTING = "cross_cutting"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic to which a meeting was devoted."""

    title: str | None = None
    origin: str | None = None
    rating: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One gathering of the network; `date` is its first local day.

    Attributes:
        attended_invited: invited persons who came; `attended_total` also counts those who came uninvited.
        good_practice: whether the agenda gave an opportunity to present good practice, used or not.
        actor_groups: codes of the groups present, from the sign-in list, never from answers; None is unknown.
    """

    id: str
    date: dt.date | None = None
    format: str | None = None
    status: str | None = None
    title: str | None = None
    series_number: int | None = None
    host: str | None = None
    place: str | None = None
    motto: str | None = None
    invited: int | None = None
    attended_invited: int | None = None
    attended_total: int | None = None
    good_practice: bool | None = None
    topics: tuple[Topic, ...] | None = None
    actor_groups: tuple[str, ...] | None = None

    @property
    def actor_groups_count(self) -> int | None:
        """Return how many different groups were present, None if nobody recorded them."""
        return None if self.actor_groups is None else len(set(self.actor_groups))


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation on its way from identified to won; a missing date means "not yet"."""

    name: str | None = None
    actor_group: str | None = None
    fields: tuple[str, ...] | None = None
    inside: bool | None = None
    identified_on: dt.date | None = None
    informed_on: dt.date | None = None
    won_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A need for education or advice that the network recognised."""

    id: str | None = None
    title: str | None = None
    recognised_on: dt.date | None = None
    meeting: str | None = None
    field: str | None = None
    status: str | None = None
    offer: str | None = None
    decided_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An education or advice offer that exists."""

    id: str | None = None
    title: str | None = None
    started_on: dt.date | None = None
    field: str | None = None
    places: int | None = None
    participants: int | None = None
    languages: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A figure that stands in a document and was not counted here, such as a result of earlier years.

    Attributes:
        indicator: id of the indicator that it is a value of.
        value: as the document gives it, exactly; a share lies in 0…1.
        respondents: persons it is a share of, None if the document does not say.
        exact: whether it was counted rather than asked, so that it needs no uncertainty.
        source_text: which document, and where in it.
    """

    indicator: str
    as_of: dt.date
    value: Fraction
    source_text: str
    respondents: int | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """Everything recorded; a source that is None was not recorded at all, an empty one holds nothing."""

    starts_on: dt.date | None = None
    meetings: tuple[Meeting, ...] | None = None
    partners: tuple[Partner, ...] | None = None
    needs: tuple[Need, ...] | None = None
    offers: tuple[Offer, ...] | None = None
    quotations: tuple[Quotation, ...] = ()
