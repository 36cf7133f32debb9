"""The form of a meeting, and its way to the record and back without losing anything."""

from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, Form, FormField, TextAreaField, ValidationError

from survey_app.coordinators.fields import (
    CodeField,
    CodesField,
    CoordinatorForm,
    CountField,
    DayField,
    Required,
    RevisionField,
    RowList,
    TruthField,
    offered,
    text_field,
)
from survey_app.domain.book import Meeting, MeetingFormat, MeetingStatus, Topic
from survey_app.domain.book_checks import check_meeting
from survey_app.domain.errors import Problem
from survey_app.domain.text import clean_text
from survey_app.web.messages import message_of
from survey_app.web.vocabulary import ACTOR_GROUPS, EDUCATION_FIELDS, FORMATS, ORIGINS, RATINGS, STATUSES

EMPTY_ROWS = 2
MOST_TOPICS = 60
_MOST_LABELS = 200
_LONGEST_LABEL = 100
_PLAIN = (
    "date", "format", "status", "title", "series_number", "host", "place", "motto",
    "invited", "attended_invited", "attended_total", "good_practice",
)  # fmt: skip


class TopicForm(Form):
    """One row: a topic of a meeting."""

    title = text_field(lazy_gettext("Topic"), 300)
    origin = CodeField(lazy_gettext("Brought in by"), words=ORIGINS)
    rating = CodeField(lazy_gettext("Called"), words=RATINGS)
    field = CodeField(lazy_gettext("Field of education"), words=EDUCATION_FIELDS)

    def to_topic(self) -> Topic:
        """Return the topic as typed."""
        return Topic(self.title.data, self.origin.data, self.rating.data, self.field.data)


class MeetingForm(CoordinatorForm):
    """Everything that the organisers record about a meeting."""

    title = text_field(lazy_gettext("Title"), 200, required=True)
    date = DayField(lazy_gettext("Date"), [Required()])
    format = CodeField(lazy_gettext("Format"), words=FORMATS, empty=None)
    status = CodeField(lazy_gettext("Status"), words=STATUSES, empty=None)
    series_number = CountField(lazy_gettext("Number in the series"), limit=9999)
    motto = text_field(lazy_gettext("Motto"), 300)
    place = text_field(lazy_gettext("Place"), 200)
    host = text_field(lazy_gettext("Host"), 200)
    invited = CountField(lazy_gettext("Persons invited"))
    attended_invited = CountField(lazy_gettext("Invited persons who came"))
    attended_total = CountField(lazy_gettext("All persons present"))
    good_practice = TruthField(
        lazy_gettext("Opportunity to present good practice"), yes=lazy_gettext("yes"), no=lazy_gettext("no")
    )
    topics = RowList(FormField(TopicForm), label=lazy_gettext("Topics"), max_entries=MOST_TOPICS)
    topics_unknown = BooleanField(lazy_gettext("The topics are not recorded"))
    actor_groups = CodesField(lazy_gettext("Actor groups present"), choices=offered(ACTOR_GROUPS))
    further_groups = TextAreaField(lazy_gettext("Further groups"))
    groups_unknown = BooleanField(lazy_gettext("The groups present are not recorded"))
    revision = RevisionField(default=1)

    def validate_further_groups(self, field: Any) -> None:
        """Refuse lists that are too long to have been typed."""
        labels = self.list_labels()
        longest = max(map(len, labels), default=0)
        if len(labels) > _MOST_LABELS or longest > _LONGEST_LABEL:
            limit, length = (_LONGEST_LABEL, longest) if longest > _LONGEST_LABEL else (_MOST_LABELS, len(labels))
            raise ValidationError(message_of(Problem("text_too_long", field.name, {"length": length, "limit": limit})))

    def list_labels(self) -> tuple[str, ...]:
        """Return the finer labels as typed, one a line."""
        lines = (clean_text(line) for line in clean_text(self.further_groups.data or "").split("\n"))
        return tuple(dict.fromkeys(line for line in lines if line))

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether the record can be saved; otherwise each field says why not."""
        super().validate(extra_validators)
        self.topics.errors = list(dict.fromkeys(_messages_of_rows(self.topics.entries)))
        return self.accept(check_meeting(self.to_meeting()))

    def add_rows(self, count: int) -> None:
        """Offer empty rows for further topics."""
        for _row in range(min(count, MOST_TOPICS - len(self.topics.entries))):
            self.topics.append_entry()

    def to_meeting(self, identity: str = "") -> Meeting:
        """Return the record as typed; `identity` is the meeting's id in the book."""
        values = {name: self[name].data for name in _PLAIN} | {"good_practice": self.good_practice.truth}
        return Meeting(id=identity, **values, topics=self._topics(), actor_groups=self._groups())

    def _topics(self) -> tuple[Topic, ...] | None:
        rows = tuple(row.form.to_topic() for row in self.topics.entries)
        kept = tuple(topic for topic in rows if topic != Topic())
        # Somebody who fills in a row and leaves the tick has recorded it.
        return None if self.topics_unknown.data and not kept else kept

    def _groups(self) -> tuple[str, ...] | None:
        kept = tuple(dict.fromkeys([*(self.actor_groups.data or ()), *self.list_labels()]))
        return None if self.groups_unknown.data and not kept else kept


def meeting_values(meeting: Meeting) -> dict[str, Any]:
    """Return what the form shows for a recorded meeting."""
    groups = meeting.actor_groups or ()
    return {name: getattr(meeting, name) for name in _PLAIN} | {
        "topics": [asdict(topic) for topic in meeting.topics or ()],
        "topics_unknown": meeting.topics is None,
        "actor_groups": [code for code in groups if code in ACTOR_GROUPS],
        "further_groups": "\n".join(code for code in groups if code not in ACTOR_GROUPS),
        "groups_unknown": meeting.actor_groups is None,
    }


def new_meeting_values() -> dict[str, Any]:
    """Return what the form of a new meeting shows."""
    blank = Meeting(id="", format=MeetingFormat.NETWORK_MEETING, status=MeetingStatus.PLANNED)
    return meeting_values(blank)


def _messages_of_rows(rows: Any) -> list[str]:
    return [message for row in rows for field in row.form for message in field.errors]
