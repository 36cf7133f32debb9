"""Rows of conditions: what they can say they say exactly, what they cannot say stays as it is."""

from datetime import date

import pytest
from evaluation_strategies import CONDITIONS
from hypothesis import given
from hypothesis import strategies as st

from survey_app.coordinators.goals.condition_rows import (
    Row,
    find_field,
    has_choices,
    is_equivalent,
    list_choices,
    list_names,
    list_operators,
    read_rows,
    show_rows,
)
from survey_app.evaluation.formats.table_reading import Refused
from survey_app.evaluation.goals.condition_format import read_conditions
from survey_app.evaluation.goals.sources import Source

EVERY = [(source, raw) for source, listed in CONDITIONS.items() for raw in listed]
TOPICS = ["topics", "any", [["origin", "=", "members"]]]


@pytest.mark.parametrize(("source", "raw"), EVERY)
def test_conditions_come_back_from_rows(source: Source, raw: list) -> None:
    conditions = read_conditions(source)(raw)
    rows = show_rows(source, conditions)
    if rows is None:
        assert raw == [["inside", "!=", True]]
    else:
        assert is_equivalent(read_rows(source, rows), conditions)


@pytest.mark.parametrize(
    "raw",
    [
        [TOPICS, ["topics", "any", [["rating", "=", "urgent"]]]],  # two different topics, which rows would make one
        [["title", "in", ["a", "b"]]],
        [["good_practice", "!=", True]],
        [["topics", "any", []]],
    ],
)
def test_more_than_rows_can_say_is_not_shown_as_rows(raw: list) -> None:
    assert show_rows(Source.MEETINGS, read_conditions(Source.MEETINGS)(raw)) is None


def test_what_is_asked_of_topics_stays_one_topic() -> None:
    rows = [Row("topics.origin", "in", ["members"]), Row("topics.rating", "in", ["important", "urgent"])]
    wanted = [["topics", "any", [["origin", "=", "members"], ["rating", "in", ["important", "urgent"]]]]]
    assert read_rows(Source.MEETINGS, rows) == read_conditions(Source.MEETINGS)(wanted)


def test_not_one_of_several_becomes_several_conditions() -> None:
    found = read_rows(Source.MEETINGS, [Row("format", "!=", ["workshop", "other"])])
    assert found == read_conditions(Source.MEETINGS)([["format", "!=", "workshop"], ["format", "!=", "other"]])


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (Row("invited", ">=", ["30"]), ["invited", ">=", 30]),
        (Row("date", "<=", ["2024-02-29"]), ["date", "<=", date(2024, 2, 29)]),
        (Row("good_practice", "=", ["no"]), ["good_practice", "=", False]),
        (Row("host", "absent"), ["host", "present", False]),
        (Row("actor_groups", "present"), ["actor_groups", "present", True]),
    ],
)
def test_a_row_says_what_its_words_say(row: Row, wanted: list) -> None:
    assert read_rows(Source.MEETINGS, [row]) == read_conditions(Source.MEETINGS)([wanted])


@pytest.mark.parametrize(
    "row",
    [
        Row("format", "in", []),
        Row("format", "in", ["never"]),
        Row("invited", ">=", ["many"]),
        Row("invited", ">=", ["9" * 30]),
        Row("date", ">=", ["2024-02-30"]),
        Row("title", ">=", ["a"]),
        Row("nothing", "=", ["a"]),
        Row("good_practice", "=", ["perhaps"]),
        Row("topics.nothing", "=", ["a"]),
    ],
)
def test_a_row_that_does_not_fit_says_so(row: Row) -> None:
    with pytest.raises(Refused):
        read_rows(Source.MEETINGS, [row])
    assert row.message


ROWS = st.builds(Row, st.text(max_size=12), st.text(max_size=6), st.lists(st.text(max_size=12), max_size=3))


@given(st.sampled_from(list(Source)), st.data())
def test_no_row_breaks_anything(source: Source, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list_names(source)))
    operator = data.draw(st.sampled_from(list_operators(source, name)))
    row = Row(name, operator, data.draw(st.lists(st.text(max_size=12), max_size=2)))
    if has_choices(source, name):
        assert set(row.values) <= set(list_choices(source, row))
    for rows in ([row], [row, data.draw(ROWS)]):
        try:
            conditions = read_rows(source, rows)
        except Refused:
            continue
        shown = show_rows(source, conditions)
        assert shown is None or is_equivalent(read_rows(source, shown), conditions)


@pytest.mark.parametrize("source", list(Source))
def test_every_field_can_be_asked_something(source: Source) -> None:
    for name in list_names(source):
        assert find_field(source, name) is not None
        assert list_operators(source, name)
