"""Comparing surveys."""

from fractions import Fraction
from math import isclose, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.evaluation import (
    Change,
    Trend,
    cochran_armitage,
    holm_adjust,
    newcombe_difference,
    pooled_shares,
    wilson_interval,
)


@st.composite
def samples(draw, fewest=1):
    n = draw(st.integers(fewest, 200))
    return draw(st.integers(0, n)), n


@given(first=samples(), second=samples())
def test_difference_turns_its_sign_when_surveys_are_swapped(first, second):
    there, back = newcombe_difference(*first, *second), newcombe_difference(*second, *first)
    assert there.difference == -back.difference
    assert isclose(there.low, -back.high, abs_tol=1e-12)
    opposite = {Change.HIGHER: Change.LOWER, Change.LOWER: Change.HIGHER}
    assert back.label == opposite.get(there.label, there.label)


@given(first=samples(), second=samples())
def test_difference_lies_in_its_interval_and_in_range(first, second):
    found = newcombe_difference(*first, *second)
    assert -1 - 1e-12 <= found.low <= found.difference <= found.high <= 1 + 1e-12
    assert (found.label is Change.NO_CLEAR_DIFFERENCE) == (found.low <= 0 <= found.high)


@given(first=samples(), second=samples(), factor=st.integers(2, 6))
def test_interval_of_a_difference_shrinks_when_both_samples_grow(first, second, factor):
    small = newcombe_difference(*first, *second)
    large = newcombe_difference(*(count * factor for count in (*first, *second)))
    assert large.difference == small.difference
    assert large.high - large.low < small.high - small.low


def test_intervals_of_single_shares_do_not_decide_when_they_overlap():
    found = newcombe_difference(56, 70, 48, 80)
    assert wilson_interval(56, 70).low < wilson_interval(48, 80).high
    assert found.label is Change.HIGHER


@settings(max_examples=50)
@given(surveys=st.lists(samples(), min_size=2, max_size=6), shift=st.integers(-50, 50), factor=st.integers(1, 30))
def test_trend_does_not_depend_on_the_unit_of_scores(surveys, shift, factor):
    successes, n = zip(*surveys, strict=True)
    plain = cochran_armitage(successes, n, range(len(n)))
    moved = cochran_armitage(successes, n, [shift + factor * place for place in range(len(n))])
    assert moved.chi2 == plain.chi2
    assert moved.label == plain.label
    assert moved.slope * factor == plain.slope


@settings(max_examples=50)
@given(surveys=st.lists(samples(), min_size=3, max_size=6))
def test_trend_turns_round_when_answers_are_swapped(surveys):
    agreeing, others = ([one[side] for one in ((k, n - k) for k, n in surveys)] for side in (0, 1))
    n = [size for _, size in surveys]
    rising, falling = (cochran_armitage(counts, n, range(len(n))) for counts in (agreeing, others))
    assert falling.slope == -rising.slope
    assert (falling.chi2, falling.p_value) == (rising.chi2, rising.p_value)
    opposite = {Trend.RISING: Trend.FALLING, Trend.FALLING: Trend.RISING}
    assert falling.label == opposite.get(rising.label, rising.label)


@settings(max_examples=50)
@given(first=samples(), second=samples())
def test_trend_is_the_pooled_z_test_when_there_are_two_surveys(first, second):
    found = cochran_armitage([first[0], second[0]], [first[1], second[1]], [0, 7])
    pooled = Fraction(first[0] + second[0], first[1] + second[1])
    assert found.label is Trend.NO_CLEAR_TREND
    if pooled in (0, 1):
        assert found.chi2 is found.z is found.p_value is None
        return
    distance = Fraction(*second) - Fraction(*first)
    deviation = sqrt(pooled * (1 - pooled) * (Fraction(1, first[1]) + Fraction(1, second[1])))
    assert isclose(found.z, distance / deviation, abs_tol=1e-9)
    assert found.slope == distance / 7


def test_trend_has_no_slope_when_all_surveys_lie_on_one_day():
    found = cochran_armitage([3, 6, 9], [10, 10, 10], [4, 4, 4])
    assert (found.chi2, found.z, found.p_value, found.slope) == (None, None, None, None)
    assert found.label is Trend.NO_CLEAR_TREND


def test_trend_is_called_by_its_direction_only_below_alpha():
    counts = ([30, 36, 45], [60, 60, 60], [0, 1, 2])
    assert cochran_armitage(*counts).label is Trend.RISING
    assert cochran_armitage(*counts, alpha=0.001).label is Trend.NO_CLEAR_TREND


@pytest.mark.parametrize(
    ("successes", "n", "scores"),
    [([], [], []), ([1], [2], [0, 1]), ([1, 1], [2], [0, 1]), ([3], [2], [0]), ([0], [0], [0])],
)
def test_trend_refuses_when_lists_are_impossible(successes, n, scores):
    with pytest.raises(ValueError, match="must"):
        cochran_armitage(successes, n, scores)


@given(p_values=st.lists(st.floats(0, 1), max_size=12))
def test_holm_never_lowers_and_keeps_the_order(p_values):
    adjusted = holm_adjust(p_values)
    assert all(p <= q <= min(1.0, len(p_values) * p + 1e-15) for p, q in zip(p_values, adjusted, strict=True))
    pairs = sorted(zip(p_values, adjusted, strict=True))
    assert [q for _, q in pairs] == sorted(adjusted)


@pytest.mark.parametrize("p_value", [-0.1, 1.1, float("nan")])
def test_holm_refuses_when_a_p_value_is_impossible(p_value):
    with pytest.raises(ValueError, match="p_value"):
        holm_adjust([0.5, p_value])


@given(share=samples(), attendance=st.lists(st.integers(200, 400), min_size=1, max_size=5))
def test_three_ways_of_pooling_agree_when_all_meetings_are_alike(share, attendance):
    k, n = share
    found = pooled_shares([(k, n, attended) for attended in attendance])
    assert found.pooled == found.by_attendance == found.mean_of_meetings == Fraction(k, n)


@pytest.mark.parametrize("attended", [None, 9])
def test_weighing_by_attendance_is_left_out_when_attendance_is_unknown_or_implausible(attended):
    found = pooled_shares([(5, 10, attended), (10, 10, 30)])
    assert found.by_attendance is None
    assert found.pooled == Fraction(3, 4)


def test_pooling_refuses_when_input_is_impossible():
    for meetings in ([], [(1, 0, 5)], [(3, 2, 5)], [(1, 2, -1)]):
        with pytest.raises(ValueError, match="must"):
            pooled_shares(meetings)
    with pytest.raises(TypeError, match="attended"):
        pooled_shares([(1, 2, 3.0)])
    with pytest.raises(TypeError, match="n must be"):
        newcombe_difference(1, 2.0, 1, 2)
