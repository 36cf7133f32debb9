"""What those who did not answer could change."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.evaluation import Interval, Robustness, manski_bounds, response_rates, robustness, tipping_point
from survey_app.evaluation.statistics.nonresponse import widen_interval

SHARES = st.fractions(0, 1, max_denominator=100)


@st.composite
def answers(draw, fewest_missing=0):
    n = draw(st.integers(0, 200))
    missing = draw(st.integers(max(fewest_missing, 0 if n else 1), 200))
    return draw(st.integers(0, n)), n, missing


@given(sample=answers(), data=st.data())
def test_bounds_contain_every_possible_truth(sample, data):
    k, n, missing = sample
    truth = Fraction(k + data.draw(st.integers(0, missing)), n + missing)
    low, high = manski_bounds(k, n, missing)
    assert low <= truth <= high
    assert high - low == Fraction(missing, n + missing)


@given(sample=answers(fewest_missing=1), target=SHARES)
def test_target_is_met_exactly_when_the_silent_agree_as_the_tipping_point_says(sample, target):
    k, n, missing = sample
    point = tipping_point(k, n, missing, target)
    assert (k + point * missing) / (n + missing) == target


@given(sample=answers(fewest_missing=1), target=SHARES)
def test_tipping_point_lies_outside_0_to_1_when_the_result_is_robust(sample, target):
    k, n, missing = sample
    point = tipping_point(k, n, missing, target)
    found = robustness(manski_bounds(k, n, missing), target)
    assert (found is Robustness.ROBUST_REACHED) == (point <= 0)
    assert (found is Robustness.ROBUST_MISSED) == (point > 1)


@given(sample=answers(), target=SHARES)
def test_robustness_is_mirrored_when_the_comparison_is_at_most(sample, target):
    low, high = manski_bounds(*sample)
    assert robustness((low, high), target) == robustness((1 - high, 1 - low), 1 - target, "<=")


def test_robustness_names_what_is_not_known():
    assert robustness(None, None) is Robustness.NO_TARGET
    assert robustness((0, 1), None) is Robustness.NO_TARGET
    assert robustness(None, Fraction(3, 5)) is Robustness.UNKNOWN


def test_tipping_point_is_none_when_nobody_is_missing():
    assert tipping_point(3, 5, 0, Fraction(3, 5)) is None


def test_target_is_read_as_a_decimal_when_it_is_a_float():
    assert tipping_point(50, 100, 100, 0.6) == Fraction(7, 10)


@given(sample=answers(), allowance=SHARES, half=st.fractions(0, 1, max_denominator=50))
def test_widened_interval_contains_the_interval_and_stays_possible(sample, allowance, half):
    k, n, missing = sample
    bounds = manski_bounds(k, n, missing)
    centre = Fraction(k, n) if n else bounds.low
    interval = Interval(max(bounds.low, centre - half), min(bounds.high, centre + half))
    wide = widen_interval(interval, n=n, missing=missing, bounds=bounds, allowance=allowance)
    assert bounds.low <= wide.low <= interval.low
    assert interval.high <= wide.high <= bounds.high


def test_allowance_counts_in_full_when_attendance_is_unknown():
    interval = Interval(Fraction(1, 2), Fraction(9, 10))
    wide = widen_interval(interval, n=20, missing=None, bounds=None, allowance=Fraction(1, 5))
    assert wide == (Fraction(3, 10), 1)


def test_allowance_counts_by_the_part_of_the_silent_when_attendance_is_known():
    interval, bounds = Interval(Fraction(1, 2), Fraction(7, 10)), manski_bounds(45, 75, 25)
    wide = widen_interval(interval, n=75, missing=25, bounds=bounds, allowance=0.2)
    assert wide == (Fraction(9, 20), Fraction(7, 10))


@given(
    full=st.integers(0, 50),
    partial=st.integers(0, 50),
    silent=st.integers(0, 50),
    unknown=st.integers(0, 50),
    eligibility=SHARES,
)
def test_response_rates_are_ordered(full, partial, silent, unknown, eligibility):
    rates = response_rates(full, partial, non_contact=silent, unknown_other=unknown, eligibility=eligibility)
    if full + partial + silent == 0:
        assert rates.rr5 is rates.rr6 is None
        return
    assert 0 <= rates.rr1 <= rates.rr3 <= rates.rr5 <= rates.rr6 <= 1
    assert rates.rr1 <= rates.rr2 <= rates.rr4 <= rates.rr6


@pytest.mark.parametrize("counts", [(0, 0, 0), (-1, 5, 1), (6, 5, 1), (1, 5, -1), (1, -5, 1)])
def test_bounds_refuse_when_counts_are_impossible(counts):
    with pytest.raises(ValueError, match="must"):
        manski_bounds(*counts)


@pytest.mark.parametrize("counts", [(True, 5, 1), (1, 5.0, 1), (1, 5, None)])
def test_bounds_and_tipping_point_refuse_when_counts_are_no_whole_numbers(counts):
    with pytest.raises(TypeError, match="must be an int"):
        manski_bounds(*counts)
    with pytest.raises(TypeError, match="must be an int"):
        tipping_point(*counts, Fraction(1, 2))


@pytest.mark.parametrize("target", [Fraction(3, 2), -0.1, 60, float("nan")])
def test_tipping_point_refuses_when_target_is_no_share(target):
    with pytest.raises(ValueError, match="target"):
        tipping_point(1, 5, 2, target)


@pytest.mark.parametrize(
    ("bounds", "comparison"),
    [((0, 1), ">"), ((0, 1), "=="), ((1, 0), ">="), ((0, 1, 1), ">="), ((float("nan"), 1), ">=")],
)
def test_robustness_refuses_when_input_is_impossible(bounds, comparison):
    with pytest.raises(ValueError, match="must"):
        robustness(bounds, Fraction(1, 2), comparison)


def test_response_rates_refuse_when_input_is_impossible():
    with pytest.raises(ValueError, match="refused"):
        response_rates(1, refused=-1)
    with pytest.raises(ValueError, match="eligibility"):
        response_rates(1, eligibility=Fraction(3, 2))
    with pytest.raises(TypeError, match="completed"):
        response_rates(True)
