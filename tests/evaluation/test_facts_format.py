import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from evaluation_documents import facts, item, meeting, survey
from facts_strategies import facts as any_facts
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.domain.book import Topic
from survey_app.evaluation import Facts, FormatError, FormatProblem, parse_facts, write_facts

SLIDE = (Path(__file__).parents[2] / "tests" / "data" / "results-slide.json").read_text(encoding="utf-8")


def find_problems(text: str) -> tuple[FormatProblem, ...]:
    """Return what is wrong; any other exception than the one for it fails the test."""
    try:
        parse_facts(text)
    except FormatError as error:
        return error.problems
    return ()


def ticks(**changes: Any) -> dict[str, Any]:
    return item(6, 8) | {"type": "many", "answered": 10} | changes


def test_book_and_tallies_are_read_when_the_slide_is() -> None:
    found = parse_facts(SLIDE)
    assert found.cut_off == date(2017, 4, 26)
    assert found.book.meetings is None
    tally = found.tallies[0]
    assert (tally.completed, tally.attended, len(tally.items)) == (150, 240, 8)
    assert {entry.total.persons for entry in tally.items} == {150}


def test_unknown_is_none_when_a_field_is_null_or_absent() -> None:
    topic = {"title": None, "origin": "members"}
    rows = [meeting("M1", None, topics=[topic], good_practice=None), meeting("M2", "2024-01-01", topics=None)]
    book = parse_facts(facts(meetings=rows, partners=[], offers=None)).book
    assert book.meetings is not None
    assert book.meetings[0].topics == (Topic(origin="members"),)
    assert book.meetings[0].date is None
    assert book.meetings[1].topics is None
    assert (book.partners, book.offers, book.needs) == ((), None, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "document: no valid JSON"),
        ("[]", "document: must be a table"),
        ('{"schema": "facts/1"', "document: no valid JSON: Expecting ',' delimiter (line 1)"),
        ('{"schema": "facts/1", "cut_off": "2024-01-01", "cut_off": "2025-01-01"}', "'cut_off' stands twice"),
        (facts(cut_off="2024-02-30"), "cut_off: 2024-02-30 is no date of the calendar"),
        (facts(cut_off="20240101"), "cut_off: must be a date"),
        (facts(cut_off=None), "cut_off: must not be null"),
        (facts(schema="facts/2"), "schema: must be 'facts/1', not 'facts/2'"),
        (facts(foo=1), "foo: unknown key"),
        (facts(meetings={}), "meetings: must be a list"),
        (facts(meetings=[3]), "meetings[0]: must be a table"),
        (facts(meetings=[{"date": "2024-01-01"}]), "meetings[0].id: is missing"),
        (
            facts(meetings=[meeting("M", "2024-01-01", actor_groups_count=3)]),
            "meetings[0].actor_groups_count: unknown key",
        ),
        (facts(meetings=[meeting("M", "2024-01-01", format="party")]), "meetings[0].format: must be one of"),
        (facts(meetings=[meeting("M", "2024-01-01", invited=-1)]), "meetings[0].invited: must lie between 0 and"),
        (facts(meetings=[meeting("M", "2024-01-01", invited=10**30)]), "meetings[0].invited: must lie between 0 and"),
        (facts(meetings=[meeting("M", "2024-01-01", invited=3.0)]), "meetings[0].invited: must be a whole number"),
        (facts(meetings=[meeting("M", "2024-01-01", invited=True)]), "meetings[0].invited: must be a whole number"),
        (facts(meetings=[meeting("M", "2024-01-01", good_practice=1)]), "good_practice: must be true or false"),
        (facts(meetings=[meeting("M", "2024-01-01", topics=[{"origin": "me"}])]), "topics[0].origin: must be one of"),
        (facts(meetings=[meeting("M", "2024-01-01", topics=[{"x": 1}])]), "meetings[0].topics[0].x: unknown key"),
        (facts(meetings=[meeting("M", None), meeting("M", None)]), "meetings[1].id: the id 'M' is used twice"),
        (
            facts(meetings=[meeting("M", None, attended_total=5, attended_invited=6)]),
            "meetings[0].attended_total: 5 persons in all cannot be fewer than the 6 invited",
        ),
        (facts(partners=[{"won_on": "2024-1-1"}]), "partners[0].won_on: must be a date"),
        (facts(partners=[{"name": "a\u0000b"}]), "partners[0].name: holds a control character"),
        (facts(partners=[{"name": "\ud800"}]), "partners[0].name: holds a control character or half a character"),
        (facts(needs=[{"meeting": "M9"}]), "needs[0].meeting: there is no meeting 'M9'"),
        (facts(needs=[{"offer": "O9"}], offers=[]), "needs[0].offer: there is no offer 'O9'"),
        (facts(survey(item(1, 2), meeting="M9")), "surveys[0].meeting: there is no meeting 'M9'"),
        (facts(survey(item(1, 2)), survey(item(1, 2))), "surveys[1].id: the id 'S1' is used twice"),
        (facts(survey(item(1, 2), item(1, 2))), "surveys[0].items[1].code: the item 'benefit' stands twice"),
        (facts(survey(item(1, 2), state="done")), "surveys[0].state: must be one of draft, open, closed"),
        (facts(survey(item(1, 2), completed=None)), "surveys[0].completed: must not be null"),
        (facts(survey(item(1, 2), items=None)), "surveys[0].items: must not be null"),
        (facts(survey(item(1, 2), completed=4)), "items[0].counts: counts of 'benefit' make 3 persons"),
        (facts(survey(item(1, 2, version=0))), "surveys[0].items[0].version: must be at least 1"),
        (facts(survey(item(1, 2, type="scale"))), "surveys[0].items[0].type: must be one of one, many, text"),
        (facts(survey(item(1, 2, answered=3))), "surveys[0].items[0].answered: belongs to the types many and text"),
        (facts(survey(item(1, 2, type="many"), completed=3)), "surveys[0].items[0].answered: is missing"),
        (facts(survey(ticks(answered=7), completed=7)), "surveys[0].items[0].counts.no: 8 ticks of 7 persons"),
        (facts(survey(ticks(answered=20), completed=20)), "items[0].answered: more persons answered than ticks"),
        (facts(survey(item(1, 2, type="text", answered=3), completed=3)), "counts: a text has no options"),
        (
            facts(survey(item(1, 2, by={"group": {"a": {"counts": {"yes": 2}}}}))),
            "items[0].by.group.a.counts.yes: 2 in a part of 1 are impossible",
        ),
        (facts(survey(item(1, 2, by={"group": {"a": {}}}))), "items[0].by.group.a.counts: is missing"),
        (facts(survey(item(1, 2, by={"group": None}))), "items[0].by.group: must not be null"),
        (
            facts(survey(item(1, 2, first_answers={"counts": {"maybe": 1}}))),
            "items[0].first_answers.counts.maybe: unknown option 'maybe'",
        ),
        (
            facts(survey(item(1, 2, first_answers={"counts": {}, "no_answer": 1}))),
            "items[0].first_answers.no_answer: 1 in a part of 0 are impossible",
        ),
    ],
)
def test_place_is_named_when_something_is_wrong(text: str, problem: str) -> None:
    found = [str(entry) for entry in find_problems(text)]
    assert any(problem in entry for entry in found), found


def test_line_is_named_when_a_count_is_wrong() -> None:
    text = SLIDE.replace('"no": 42', '"no": "42"')
    problem = find_problems(text)[0]
    assert problem.line is not None
    assert '"no": "42"' in text.splitlines()[problem.line - 1]
    assert problem.path == "surveys[0].items[0].counts.no"


def test_number_is_refused_when_it_has_more_digits_than_python_reads() -> None:
    assert find_problems(facts().replace('"2024-12-31"', "1" * 5000))[0].path == "document"


@pytest.mark.parametrize("length", [1, 100, 1000, len(SLIDE) - 3])
def test_syntax_is_refused_when_the_file_is_truncated(length: int) -> None:
    assert find_problems(SLIDE[:length])[0].message.startswith("no valid JSON")


@settings(max_examples=15)
@given(any_facts())
def test_facts_are_the_same_when_written_and_read(found: Facts) -> None:
    written = write_facts(found)
    assert parse_facts(written) == found
    assert write_facts(parse_facts(written)) == written


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 10**12) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def list_places(value: object, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(inner for key, entry in entries for inner in list_places(entry, (*place, key)))]


@given(st.data(), ANYTHING)
def test_anything_else_is_refused_with_a_format_error_when_a_value_is_replaced(data: st.DataObject, value: Any) -> None:
    document = json.loads(
        facts(survey(ticks(by={"group": {"a": {"counts": {"yes": 1}}}})), meetings=[meeting("M", None)])
    )
    place = data.draw(st.sampled_from(list_places(document)[1:]))
    target = document
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    for problem in find_problems(json.dumps(document)):
        assert problem.line is None or problem.line == 1
