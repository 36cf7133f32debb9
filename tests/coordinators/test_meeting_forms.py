"""The form of a meeting against the record, without a browser."""

import re
from collections.abc import Iterator
from datetime import date

import html5lib
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from survey_app import create_app
from survey_app.config import Settings
from survey_app.coordinators.meeting_forms import MeetingForm, meeting_values
from survey_app.domain.book import (
    ActorGroup,
    EducationField,
    Meeting,
    MeetingFormat,
    MeetingStatus,
    Topic,
    TopicOrigin,
    TopicRating,
)
from survey_app.domain.text import clean_text

from .visiting import values_of

VALID = {"date": "2026-11-20", "title": "Treffen", "format": "workshop", "status": "held"}


@pytest.fixture(scope="module", autouse=True)
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Enter a request; forms need one for their words, and no database."""
    app = create_app(Settings(secret_key="k" * 40, database_url="sqlite://"), str(tmp_path_factory.mktemp("forms")))
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield app


def fill(values: dict[str, str], stored: Meeting | None = None) -> MeetingForm:
    data = meeting_values(stored or Meeting(id=""))
    return MeetingForm(MultiDict(values), data=data, meta={"csrf": False})


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("date", "", "fill in"),
        ("date", "31.02.2026", "date"),
        ("date", "0026-01-01", "date"),
        ("date", "9999-12-31", "date"),
        ("date", "2026-11-20" * 50, "date"),
        ("title", " \x00\t ", "fill in"),
        ("title", "x" * 201, "201"),
        ("invited", "-1", "0 or more"),
        ("invited", "12,5", "number"),
        ("invited", "9" * 5000, "number"),
        ("invited", "1000001", "1000000"),
        ("series_number", "10000", "9999"),
        ("status", "exploded", "does not exist"),
        ("status", "", "fill in"),
        ("format", "' OR 1=1", "does not exist"),
        ("good_practice", "maybe", "does not exist"),
        ("actor_groups", "everybody", "does not exist"),
        ("further_groups", "\n".join(map(str, range(201))), "201"),
        ("further_groups", "x" * 101, "101"),
        ("topics-0-origin", "nobody", "does not exist"),
        ("topics-0-title", "x" * 301, "301"),
    ],
)
def test_wrong_entry_is_refused_with_a_message_when_saved(field: str, typed: str, shown: str) -> None:
    form = fill(VALID | {field: typed})
    assert not form.validate()
    place = field.split("-", maxsplit=1)[0]
    assert set(form.errors) == {place}
    ungrouped = re.sub(r"(?<=\d)[.,\s](?=\d)", "", " ".join(form.errors[place]))
    assert shown in ungrouped


@pytest.mark.parametrize(
    ("typed", "read"), [("0", 0), (" 12 ", 12), ("٣٤", 34), ("۳۴", 34), ("", None), ("007", 7), ("\u22125", None)]
)
def test_numbers_are_read_in_every_script(typed: str, read: int | None) -> None:
    form = fill(VALID | {"invited": typed})
    assert form.validate() is (typed != "\u22125")
    assert form.to_meeting().invited == (read if typed != "\u22125" else -5)


@pytest.mark.parametrize("typed", ["2026-11-20", "20.11.2026", " 20.11.2026 "])
def test_days_are_read_as_browsers_and_people_write_them(typed: str) -> None:
    form = fill(VALID | {"date": typed})
    assert form.validate()
    assert form.to_meeting().date == date(2026, 11, 20)


def words(longest: int) -> st.SearchStrategy[str | None]:
    """Return lines as they are stored: cleaned, without breaks and doubled blanks."""
    typed = st.text(st.characters(codec="utf-8"), max_size=longest)
    return typed.map(lambda text: re.sub("[ \t\n]+", " ", clean_text(text)) or None)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


codes = st.sampled_from(["town_council", "x", "Ä 1"])
topics = st.builds(
    Topic,
    title=words(40),
    origin=maybe(st.sampled_from([*map(str, TopicOrigin)]) | codes),
    rating=maybe(st.sampled_from([*map(str, TopicRating)]) | codes),
    field=maybe(st.sampled_from([*map(str, EducationField)]) | codes),
).filter(lambda topic: topic != Topic())
counts = maybe(st.integers(0, 1_000_000))
groups = st.lists(st.sampled_from([*map(str, ActorGroup)]) | words(30).filter(bool), max_size=12, unique=True)
meetings = st.builds(
    Meeting,
    id=st.just(""),
    date=st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    format=st.sampled_from([*map(str, MeetingFormat), "camp"]),
    status=st.sampled_from([*map(str, MeetingStatus)]),
    title=words(40).filter(bool),
    series_number=maybe(st.integers(0, 9999)),
    host=words(40),
    place=words(40),
    motto=words(40),
    invited=counts,
    attended_invited=counts,
    attended_total=st.none(),
    good_practice=maybe(st.booleans()),
    topics=maybe(st.lists(topics, max_size=4).map(tuple)),
    actor_groups=maybe(groups.map(tuple)),
)


def as_sent(form: MeetingForm) -> MultiDict[str, str]:
    """Return what a browser sends for the rendered form."""
    rendered = "".join(str(field()) for field in form if field.name != "topics")
    rendered += "".join(str(field()) for row in form.topics for field in row.form)
    sent: MultiDict[str, str] = MultiDict()
    for element in html5lib.parseFragment(f"<form>{rendered}</form>", namespaceHTMLElements=False).iter():
        for value in values_of(element) if element.get("name") else ():
            sent.add(element.get("name"), value)
    return sent


@given(meetings)
def test_record_survives_the_form_when_nothing_is_changed(meeting: Meeting) -> None:
    shown = MeetingForm(None, data=meeting_values(meeting), meta={"csrf": False})
    shown.add_rows(2)
    form = MeetingForm(as_sent(shown), data=meeting_values(meeting), meta={"csrf": False})
    assert form.validate(), form.errors
    again = form.to_meeting()
    assert again.actor_groups is None or set(again.actor_groups) == set(meeting.actor_groups or ())
    kept = {name: getattr(again, name) for name in Meeting.__slots__ if name != "actor_groups"}
    assert kept == {name: getattr(meeting, name) for name in kept}
    assert (again.actor_groups is None) is (meeting.actor_groups is None)


NAMES = (
    *("date", "title", "format", "status", "series_number", "invited", "attended_total", "good_practice", "topics"),
    *("topics_unknown", "topics-0-title", "topics-0-field", "topics-1-rating", "actor_groups", "further_groups"),
    "revision",
)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=60)))
def test_no_input_whatever_raises(values: dict[str, str]) -> None:
    form = fill(values)
    form.validate()
    form.to_meeting()
