"""Scales and multiple choice."""

from fractions import Fraction
from math import isclose
from statistics import mean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.evaluation import mean_interval, option_share, top_box_share, wilson_interval

COUNTS = st.lists(st.integers(0, 40), min_size=2, max_size=7).filter(any)


@given(counts=COUNTS, data=st.data())
def test_top_boxes_of_one_end_and_the_rest_make_everybody(counts, data):
    boxes = data.draw(st.integers(1, len(counts) - 1))
    top = top_box_share(counts, boxes=boxes)
    rest = top_box_share(counts, boxes=len(counts) - boxes, best="first")
    assert top.successes + rest.successes == top.n == sum(counts)
    assert top.share + rest.share == 1
    assert (top.low, top.high) == wilson_interval(top.successes, top.n)


@given(counts=COUNTS)
def test_mean_and_variance_are_those_of_the_single_answers(counts):
    answers = [Fraction(place) for place, count in enumerate(counts, start=1) for _ in range(count)]
    found = mean_interval(counts)
    assert found.mean == mean(answers)
    if len(answers) == 1:
        assert found.variance is found.standard_deviation is found.low is found.high is None
        return
    assert found.variance == variance(answers)
    assert found.low <= found.mean <= found.high


@given(counts=COUNTS.filter(lambda counts: sum(counts) > 1), more=st.integers(1, 200))
def test_mean_interval_shrinks_when_the_population_does(counts, more):
    n = sum(counts)
    endless, finite = mean_interval(counts), mean_interval(counts, population=n + more)
    assert endless.low <= finite.low
    assert finite.high <= endless.high
    census = mean_interval(counts, population=n)
    assert census.low == census.high == census.mean


@given(counts=COUNTS.filter(lambda counts: sum(counts) > 1), factor=st.integers(2, 5))
def test_mean_interval_is_mirrored_and_shrinks_when_answers_grow(counts, factor):
    found, mirrored = mean_interval(counts), mean_interval(counts[::-1])
    assert mirrored.mean == len(counts) + 1 - found.mean
    assert isclose(mirrored.low, len(counts) + 1 - found.high, abs_tol=1e-9)
    many = mean_interval([count * factor for count in counts])
    assert found.low <= many.low <= many.high <= found.high


def test_mean_follows_the_values_given():
    found = mean_interval([1, 3], values=[0, 0.5])
    assert found.mean == Fraction(3, 8)
    assert isclose(found.standard_deviation, 0.25)


def test_option_counts_once_when_a_person_ticked_it_twice():
    found = option_share([["a", "a"], ["b"], (), None], "a")
    assert (found.successes, found.n) == (1, 2)


def test_option_share_is_zero_when_nobody_ticked_it():
    assert option_share([["a"], ["none_of_these"]], "b").share == 0


def test_scales_refuse_when_input_is_impossible():
    for refused in (
        lambda: top_box_share([0, 0]),
        lambda: top_box_share([1, 2], boxes=3),
        lambda: top_box_share([1, 2], boxes=0),
        lambda: top_box_share([1, 2], best="middle"),
        lambda: top_box_share([1, -2]),
        lambda: mean_interval([]),
        lambda: mean_interval([0, 0]),
        lambda: mean_interval([1, 2], values=[1]),
        lambda: mean_interval([1, 2], population=2),
        lambda: mean_interval([1, 2], confidence=1),
        lambda: option_share([None, []], "a"),
    ):
        with pytest.raises(ValueError, match="must"):
            refused()


def test_scales_refuse_when_counts_are_no_whole_numbers():
    with pytest.raises(TypeError, match="counts"):
        top_box_share([1.0, 2])
    with pytest.raises(TypeError, match="counts"):
        mean_interval([True, 2])
    with pytest.raises(TypeError, match="single string"):
        option_share(["ab"], "a")
