"""The recorded sources an indicator can draw on, their fields, and records as conditions see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from survey_app.domain.book import (
    Book,
    Meeting,
    MeetingFormat,
    MeetingStatus,
    Need,
    NeedStatus,
    Offer,
    Partner,
    TopicOrigin,
    TopicRating,
)

Record = Mapping[str, object]
"""The fields of one record by name; None is unknown."""


class Source(StrEnum):
    """What the organisers keep records of."""

    MEETINGS = "meetings"
    PARTNERS = "partners"
    NEEDS = "needs"
    OFFERS = "offers"


class FieldType(StrEnum):
    """What a field holds, and so what can be asked of it."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    CODES = "codes"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a source.

    Attributes:
        choices: the only values it takes; empty for free ones.
        fields: the fields of its elements, for a list of tables.
        derived: computed from other fields and therefore never in a file.
    """

    type: FieldType
    choices: tuple[str, ...] = ()
    fields: Mapping[str, "Field"] = field(default_factory=dict)
    derived: bool = False


_TEXT, _NUMBER = Field(FieldType.TEXT), Field(FieldType.NUMBER)
_DATE, _CODES = Field(FieldType.DATE), Field(FieldType.CODES)
_TOPIC_FIELDS = {
    "title": _TEXT,
    "origin": Field(FieldType.TEXT, tuple(TopicOrigin)),
    "rating": Field(FieldType.TEXT, tuple(TopicRating)),
    "field": _TEXT,
}

FIELDS: Mapping[Source, Mapping[str, Field]] = {
    Source.MEETINGS: {
        "id": _TEXT,
        "date": _DATE,
        "format": Field(FieldType.TEXT, tuple(MeetingFormat)),
        "status": Field(FieldType.TEXT, tuple(MeetingStatus)),
        "title": _TEXT,
        "series_number": _NUMBER,
        "host": _TEXT,
        "place": _TEXT,
        "motto": _TEXT,
        "invited": _NUMBER,
        "attended_invited": _NUMBER,
        "attended_total": _NUMBER,
        "good_practice": Field(FieldType.FLAG),
        "topics": Field(FieldType.TABLES, fields=_TOPIC_FIELDS),
        "actor_groups": _CODES,
        "actor_groups_count": Field(FieldType.NUMBER, derived=True),
    },
    Source.PARTNERS: {
        "name": _TEXT,
        "actor_group": _TEXT,
        "fields": _CODES,
        "inside": Field(FieldType.FLAG),
        "identified_on": _DATE,
        "informed_on": _DATE,
        "won_on": _DATE,
    },
    Source.NEEDS: {
        "id": _TEXT,
        "title": _TEXT,
        "recognised_on": _DATE,
        "meeting": _TEXT,
        "field": _TEXT,
        "status": Field(FieldType.TEXT, tuple(NeedStatus)),
        "offer": _TEXT,
        "decided_on": _DATE,
    },
    Source.OFFERS: {
        "id": _TEXT,
        "title": _TEXT,
        "started_on": _DATE,
        "field": _TEXT,
        "places": _NUMBER,
        "participants": _NUMBER,
        "languages": _CODES,
    },
}

FIRST_DATES: Mapping[Source, str] = {
    source: next(name for name, entry in fields.items() if entry.type is FieldType.DATE)
    for source, fields in FIELDS.items()
}
"""The date that a record begins with: the first one in the list of fields."""

_DATES = {
    source: [name for name, entry in fields.items() if entry.type is FieldType.DATE]
    for source, fields in FIELDS.items()
}


def list_records(book: Book, source: Source, *, as_of: date) -> tuple[Record, ...] | None:
    """Return the records of a source as they stood on a day, None if the source was not recorded.

    A record whose first date lies after the day is left out; any other later date is treated as absent.
    """
    recorded: tuple[Meeting | Partner | Need | Offer, ...] | None = getattr(book, source)
    if recorded is None:
        return None
    first = FIRST_DATES[source]
    known = (record for record in recorded if not _lies_after(getattr(record, first), as_of))
    return tuple(_view(record, source, as_of) for record in known)


def _view(record: Meeting | Partner | Need | Offer, source: Source, as_of: date) -> Record:
    view = {name: getattr(record, name) for name in FIELDS[source]}
    for name in _DATES[source]:
        if _lies_after(view[name], as_of):
            view[name] = None
    if view.get("topics") is not None:
        view["topics"] = [{name: getattr(topic, name) for name in _TOPIC_FIELDS} for topic in view["topics"]]
    return view


def _lies_after(day: date | None, as_of: date) -> bool:
    return day is not None and day > as_of
