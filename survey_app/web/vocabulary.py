"""The words that people see for the codes of the book, of collectors and of translations."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from survey_app.domain.book import (
    ActorGroup,
    EducationField,
    MeetingFormat,
    MeetingStatus,
    NeedStatus,
    TopicOrigin,
    TopicRating,
)
from survey_app.domain.collector import CollectorState
from survey_app.domain.questionnaire import TranslationStatus

Words = Mapping[str, LazyString]

FORMATS: Words = {
    MeetingFormat.NETWORK_MEETING: lazy_gettext("network meeting"),
    MeetingFormat.ROUND_TABLE: lazy_gettext("round table"),
    MeetingFormat.WORKING_GROUP: lazy_gettext("working group"),
    MeetingFormat.WORKSHOP: lazy_gettext("workshop"),
    MeetingFormat.STEERING_GROUP: lazy_gettext("steering group"),
    MeetingFormat.OTHER: lazy_gettext("another format"),
}

STATUSES: Words = {
    MeetingStatus.PLANNED: lazy_gettext("planned"),
    MeetingStatus.HELD: lazy_gettext("held"),
    MeetingStatus.CANCELLED: lazy_gettext("cancelled"),
    MeetingStatus.POSTPONED: lazy_gettext("postponed"),
}

ORIGINS: Words = {
    TopicOrigin.MEMBERS: lazy_gettext("members of the network"),
    TopicOrigin.ADMINISTRATION: lazy_gettext("administration"),
    TopicOrigin.STEERING_GROUP: lazy_gettext("steering group"),
    TopicOrigin.EXTERNAL: lazy_gettext("others from outside"),
}

RATINGS: Words = {
    TopicRating.IMPORTANT: lazy_gettext("important"),
    TopicRating.URGENT: lazy_gettext("urgent"),
    TopicRating.ORDINARY: lazy_gettext("ordinary"),
}

NEED_STATUSES: Words = {
    NeedStatus.RECOGNISED: lazy_gettext("recognised"),
    NeedStatus.PLANNED: lazy_gettext("planned"),
    NeedStatus.OFFER_CREATED: lazy_gettext("offer created"),
    NeedStatus.DECLINED_WITH_REASON: lazy_gettext("declined with reason"),
}

ACTOR_GROUPS: Words = {
    ActorGroup.POLITICS_ADMINISTRATION: lazy_gettext("politics and administration"),
    ActorGroup.CHILDCARE_SCHOOL_UNIVERSITY: lazy_gettext("day-care, school, university"),
    ActorGroup.PROVIDER_ADVICE: lazy_gettext("education provider, advice centre, project organisation"),
    ActorGroup.MIGRANT_ORGANISATION: lazy_gettext("migrant organisation"),
    ActorGroup.CLUB_VOLUNTEERS: lazy_gettext("club, initiative, community meeting place, volunteers"),
    ActorGroup.WELFARE_CHURCH_FOUNDATION: lazy_gettext("welfare organisation, faith community, foundation"),
    ActorGroup.BUSINESS_CHAMBERS: lazy_gettext("business, chambers"),
    ActorGroup.OTHER: lazy_gettext("another group"),
}

EDUCATION_FIELDS: Words = {
    EducationField.EARLY_CHILDHOOD: lazy_gettext("early childhood education"),
    EducationField.SCHOOL: lazy_gettext("school education"),
    EducationField.VOCATIONAL: lazy_gettext("vocational education and training"),
    EducationField.HIGHER_EDUCATION: lazy_gettext("higher education"),
    EducationField.CONTINUING_EDUCATION: lazy_gettext("further and continuing education"),
    EducationField.OLDER_PEOPLE: lazy_gettext("education for older people"),
    EducationField.CLUBS: lazy_gettext("clubs (e.g. sports, music)"),
    EducationField.CULTURE: lazy_gettext("cultural institutions (e.g. museums, theatres)"),
    EducationField.CROSS_CUTTING: lazy_gettext("cross-cutting or another field"),
}

COLLECTOR_STATES: Words = {
    CollectorState.DRAFT: lazy_gettext("draft"),
    CollectorState.OPEN: lazy_gettext("open"),
    CollectorState.CLOSED: lazy_gettext("closed"),
    CollectorState.SEALED: lazy_gettext("sealed"),
    CollectorState.ERASED: lazy_gettext("erased"),
}

TRANSLATION_STATES: Words = {
    TranslationStatus.DRAFT: lazy_gettext("draft"),
    TranslationStatus.CHECKED: lazy_gettext("checked"),
    TranslationStatus.RELEASED: lazy_gettext("released"),
}

REVIEWED = lazy_gettext("read by a native speaker")
UNREVIEWED = lazy_gettext("unreviewed translation")
NOT_RECORDED = lazy_gettext("not recorded")


def label_of(words: Words, code: str | None) -> str:
    """Return what people see for a code; an unknown code is shown as it is, a missing one as not recorded."""
    if code is None:
        return str(NOT_RECORDED)
    return str(words.get(code, code))
