"""Conditions on records in three-valued logic."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.conditions import Condition, InvalidCondition, Operator, list_fields, matches, parse_conditions

VALUES = st.sampled_from(["held", "planned", "cancelled"])
FIELDS = st.sampled_from(["status", "format", "origin"])
CONDITIONS = st.lists(
    st.one_of(
        st.tuples(FIELDS, st.sampled_from(["=", "!=", ">=", "<="]), VALUES),
        st.tuples(FIELDS, st.just("in"), st.lists(VALUES)),
    ).map(list),
    max_size=4,
)
RECORDS = st.dictionaries(FIELDS, st.none() | VALUES)


@given(conditions=CONDITIONS, record=RECORDS, later=st.fixed_dictionaries(dict.fromkeys(["status", "format"], VALUES)))
def test_answer_never_turns_when_an_empty_field_is_filled(conditions, record, later):
    before = matches(conditions, record)
    filled = {field: value for field, value in record.items() if value is not None}
    after = matches(conditions, {**later, **filled})
    assert before is None or after is before


@given(conditions=CONDITIONS, record=RECORDS)
def test_answer_is_the_and_of_its_conditions(conditions, record):
    single = [matches([condition], record) for condition in conditions]
    expected = False if False in single else None if None in single else True
    assert matches(conditions, record) is expected


@given(condition=CONDITIONS, elements=st.lists(RECORDS, max_size=4))
def test_any_is_the_or_of_its_elements(condition, elements):
    single = [matches(condition, element) for element in elements]
    expected = True if True in single else None if None in single else False
    assert matches([["topics", "any", condition]], {"topics": elements}) is expected


@given(record=RECORDS, value=VALUES)
def test_not_equal_is_the_opposite_of_equal_unless_unknown(record, value):
    same = matches([["status", "=", value]], record)
    other = matches([["status", "!=", value]], record)
    assert other is (None if same is None else not same)


@pytest.mark.parametrize("record", [{}, {"status": None}, {"status": ""}])
def test_present_is_never_unknown_when_the_field_is_empty(record):
    assert matches([["status", "present", True]], record) is False
    assert matches([["status", "present", False]], record) is True
    assert matches([["status", "=", "held"]], record) is None
    assert matches([["status", "!=", "held"]], record) is None
    assert matches([["status", "in", []]], record) is None


@pytest.mark.parametrize("value", [0, False, []])
def test_present_holds_when_nothing_is_recorded_as_nothing(value):
    assert matches([["participants", "present", True]], {"participants": value}) is True


def test_all_records_match_when_there_is_no_condition():
    assert matches([], {}) is True


@pytest.mark.parametrize(
    ("value", "condition", "expected"),
    [
        (date(2013, 5, 1), "2013-12-31", True),
        ("2014-05-01", date(2013, 12, 31), False),
        (date(2013, 12, 31), date(2013, 12, 31), True),
        (6, 7, True),
        (Fraction(15, 2), 7, False),
    ],
)
def test_order_is_that_of_dates_and_numbers(value, condition, expected):
    assert matches([["field", "<=", condition]], {"field": value}) is expected
    assert matches([["field", ">=", condition]], {"field": value}) is (not expected or value == condition)


@pytest.mark.parametrize("operator", ["=", "<=", ">="])
def test_fraction_from_a_file_means_its_digits_when_compared_with_an_exact_number(operator):
    assert matches([["field", operator, 0.1]], {"field": Decimal("0.1")}) is True
    assert matches([["field", operator, Decimal("0.1")]], {"field": 0.1}) is True


@pytest.mark.parametrize(("value", "condition"), [(1, True), (True, 1), (False, 0), (0, False)])
def test_truth_is_no_number(value, condition):
    assert matches([["good_practice", "=", condition]], {"good_practice": value}) is False
    assert matches([["good_practice", "in", [condition]]], {"good_practice": value}) is False


def test_parsed_conditions_match_like_the_list():
    raw = [["topics", "any", [["origin", "=", "members"]]], ["status", "=", "held"]]
    parsed = parse_conditions(raw)
    assert parsed == (
        Condition("topics", Operator.ANY, (Condition("origin", Operator.EQUAL, "members"),)),
        Condition("status", Operator.EQUAL, "held"),
    )
    record = {"status": "held", "topics": [{"origin": "members"}]}
    assert matches(parsed, record) is matches(raw, record) is True
    assert list_fields(parsed) == ("topics", "status")


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ([["a", "==", 1]], "[0]"),
        ([["a", "=", 1], ["a", "like", 1]], "[1]"),
        ([["a", ["="], 1]], "[0]"),
        ([["a", "="]], "[0]"),
        (["a=1"], "[0]"),
        ([["", "=", 1]], "[0]"),
        ([[1, "=", 1]], "[0]"),
        ([["a", "=", None]], "[0]"),
        ([["a", "!=", ""]], "[0]"),
        ([["a", "=", [1]]], "[0]"),
        ([["a", ">=", True]], "[0]"),
        ([["a", "present", "yes"]], "[0]"),
        ([["a", "in", "abc"]], "[0]"),
        ([["a", "any", {"b": 1}]], "[0][2]"),
        ([["a", "any", [["b", "?", 1]]]], "[0][2][0]"),
        ("status = held", ""),
    ],
)
def test_parsing_names_the_place_when_a_condition_cannot_be_read(raw, path):
    with pytest.raises(InvalidCondition) as refused:
        parse_conditions(raw)
    assert refused.value.path == path
    assert isinstance(refused.value, ValueError)
    with pytest.raises(ValueError, match="condition"):
        matches(raw, {})


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        (["a", ">=", 5], "five"),
        (["a", ">=", "five"], 5),
        (["a", "<=", 5], True),
        (["a", ">=", 5], [5]),
        (["a", ">=", date(2020, 1, 1)], datetime(2020, 1, 1, 12)),  # noqa: DTZ001 – any time of day does
        (["a", ">=", date(2020, 1, 1)], "soon"),
        (["a", "any", []], "text"),
        (["a", "any", []], ["text"]),
    ],
)
def test_matching_refuses_when_field_and_value_cannot_be_compared(condition, value):
    with pytest.raises(ValueError, match=r"order|isoformat|any needs"):
        matches([condition], {"a": value})
