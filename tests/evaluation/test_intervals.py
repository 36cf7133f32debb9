"""Intervals: what must hold for every sample, and the exact coverage that the specification promises."""

from fractions import Fraction
from math import comb, isclose, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.evaluation import (
    clopper_pearson_interval,
    effective_sample_size,
    hypergeometric_interval,
    jeffreys_interval,
    wilson_interval,
)

INTERVALS = [wilson_interval, clopper_pearson_interval, jeffreys_interval]


@st.composite
def samples(draw, largest=300):
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


@st.composite
def finite_samples(draw, largest=300):
    k, n = draw(samples(largest))
    return k, n, n + draw(st.fractions(0, 300, max_denominator=7))


@pytest.mark.parametrize("find_interval", INTERVALS)
@given(sample=samples())
@settings(max_examples=60)
def test_interval_contains_the_share_and_stays_in_range(find_interval, sample):
    k, n = sample
    low, high = find_interval(k, n)
    assert 0 <= low <= Fraction(k, n) <= high <= 1
    assert low < high
    assert (low == 0) == (k == 0)
    assert (high == 1) == (k == n)


@pytest.mark.parametrize("find_interval", INTERVALS)
@given(sample=samples())
@settings(max_examples=60)
def test_interval_is_mirrored_when_answers_are_swapped(find_interval, sample):
    k, n = sample
    interval, mirrored = find_interval(k, n), find_interval(n - k, n)
    assert isclose(interval.low, 1 - mirrored.high, abs_tol=1e-12)
    assert isclose(interval.high, 1 - mirrored.low, abs_tol=1e-12)


@pytest.mark.parametrize("find_interval", INTERVALS)
@given(sample=samples(60))
@settings(max_examples=30)
def test_limits_rise_when_more_affirm(find_interval, sample):
    k, n = sample
    here, above = find_interval(k, n + 1), find_interval(k + 1, n + 1)
    assert here.low < above.low
    assert here.high < above.high


@pytest.mark.parametrize("find_interval", INTERVALS)
@given(sample=samples(100), factor=st.integers(2, 9))
@settings(max_examples=40)
def test_interval_shrinks_when_sample_grows(find_interval, sample, factor):
    k, n = sample
    small, large = find_interval(k, n), find_interval(k * factor, n * factor)
    assert large.high - large.low < small.high - small.low


@pytest.mark.parametrize("find_interval", INTERVALS)
@given(sample=samples(100))
@settings(max_examples=30)
def test_interval_widens_when_confidence_rises(find_interval, sample):
    modest, strict = (find_interval(*sample, confidence=level) for level in (0.9, Fraction(99, 100)))
    assert strict.low <= modest.low
    assert modest.high <= strict.high


@given(sample=finite_samples())
def test_finite_interval_lies_in_what_is_still_possible(sample):
    k, n, population = sample
    low, high = wilson_interval(k, n, population=population)
    assert Fraction(k) / population <= low <= Fraction(k, n) <= high <= (k + population - n) / population


@given(sample=finite_samples())
def test_finite_interval_rises_with_k_and_is_mirrored(sample):
    k, n, population = sample
    interval = wilson_interval(k, n, population=population)
    mirrored = wilson_interval(n - k, n, population=population)
    assert isclose(interval.low, 1 - mirrored.high, abs_tol=1e-12)
    assert isclose(interval.high, 1 - mirrored.low, abs_tol=1e-12)
    if k < n:
        above = wilson_interval(k + 1, n, population=population)
        assert interval.low <= above.low
        assert interval.high <= above.high


@given(sample=finite_samples(), more=st.integers(1, 500))
def test_finite_interval_widens_when_population_grows(sample, more):
    k, n, population = sample
    inner = wilson_interval(k, n, population=population)
    outer = wilson_interval(k, n, population=population + more)
    endless = wilson_interval(k, n)
    assert endless.low <= outer.low <= inner.low
    assert inner.high <= outer.high <= endless.high


@given(sample=samples(60), factor=st.integers(2, 6), more=st.fractions(0, 200, max_denominator=7))
def test_finite_interval_shrinks_when_more_of_the_same_people_answer(sample, factor, more):
    k, n = sample
    population = n * factor + more
    few = wilson_interval(k, n, population=population)
    many = wilson_interval(k * factor, n * factor, population=population)
    assert few.low <= many.low <= many.high <= few.high
    assert many.high - many.low < few.high - few.low


@given(sample=finite_samples(100), effect=st.fractions(1, 20, max_denominator=9), more=st.fractions(0, 20))
def test_interval_widens_when_answers_depend_on_each_other(sample, effect, more):
    k, n, population = sample
    inner = wilson_interval(k, n, population=population, design_effect=effect)
    outer = wilson_interval(k, n, population=population, design_effect=effect + more)
    assert outer.low <= inner.low <= inner.high <= outer.high


@given(sample=samples(25), others=st.integers(0, 40))
@settings(max_examples=80)
def test_exact_interval_contains_the_share_is_mirrored_and_rises_with_k(sample, others):
    k, n = sample
    population = n + others
    found = hypergeometric_interval(k, n, population)
    mirrored = hypergeometric_interval(n - k, n, population)
    assert Fraction(k, population) <= found.low <= Fraction(k, n) <= found.high <= Fraction(k + others, population)
    assert (found.low_count, found.high_count) == (population - mirrored.high_count, population - mirrored.low_count)
    assert others or found.low == found.high == Fraction(k, n)
    if k < n:
        above = hypergeometric_interval(k + 1, n, population)
        assert found.low <= above.low
        assert found.high <= above.high


@given(sample=samples())
def test_census_is_the_point(sample):
    k, n = sample
    assert wilson_interval(k, n, population=n) == (Fraction(k, n), Fraction(k, n))
    assert effective_sample_size(n, population=n) is None


@given(sample=samples(), effect=st.fractions(Fraction(1, 50), 50, max_denominator=50))
def test_effective_sample_size_is_exact_and_divided_by_design_effect(sample, effect):
    _, n = sample
    assert effective_sample_size(n, design_effect=effect) == n / effect
    assert effective_sample_size(n, population=2 * n + 1, design_effect=effect) == Fraction(2 * n * n, n + 1) / effect


def test_wilson_contains_the_share_when_almost_everybody_answered():
    low, high = wilson_interval(1, 3, design_effect=Fraction(1, 10**40))
    assert low <= Fraction(1, 3) <= high


def test_wilson_is_not_wald_when_nobody_affirms():
    low, high = wilson_interval(0, 20)
    assert high - low > 0.1


def test_wilson_is_not_a_shrunken_half_width_when_census_is_complete():
    k, n, z = 9, 10, 1.959963984540054
    wrong_centre = (Fraction(k, n) + z * z / (2 * n)) / (1 + z * z / n)
    assert isclose(wrong_centre, 0.788986880055, abs_tol=1e-9)
    assert wilson_interval(k, n, population=n) == (Fraction(9, 10), Fraction(9, 10))


@given(sample=finite_samples(60))
@settings(max_examples=60)
def test_wilson_limits_solve_the_score_equation(sample):
    """The defining property: at a limit the distance to p is z standard deviations of the hypothesised share."""
    k, n, population = sample
    size = effective_sample_size(n, population=population)
    if size is None:
        return
    z = 1.959963984540054
    for limit in wilson_interval(k, n, design_effect=n / size):
        deviation = sqrt(limit * (1 - limit) / size)
        assert isclose(abs(limit - Fraction(k, n)), z * deviation, abs_tol=1e-9) or limit in (0, 1)


@given(sample=samples(80))
@settings(max_examples=40)
def test_clopper_pearson_tails_hold_exactly_the_error(sample):
    k, n = sample
    low, high = (Fraction(limit) for limit in clopper_pearson_interval(k, n))
    at_least = sum(comb(n, i) * low**i * (1 - low) ** (n - i) for i in range(k, n + 1))
    at_most = sum(comb(n, i) * high**i * (1 - high) ** (n - i) for i in range(k + 1))
    assert k == 0 or isclose(at_least, 0.025, abs_tol=1e-11)
    assert k == n or isclose(at_most, 0.025, abs_tol=1e-11)


def list_accepted(k: int, n: int, population: int, tail: Fraction) -> list[int]:
    def probability(agreeing: int, counts: range) -> Fraction:
        ways = sum(comb(agreeing, i) * comb(population - agreeing, n - i) for i in counts)
        return Fraction(ways, comb(population, n))

    return [
        agreeing
        for agreeing in range(k, k + population - n + 1)
        if probability(agreeing, range(k, n + 1)) > tail and probability(agreeing, range(k + 1)) > tail
    ]


@given(sample=samples(14), others=st.integers(0, 20), confidence=st.sampled_from([0.8, 0.9, 0.95, 0.99]))
@settings(max_examples=60)
def test_hypergeometric_limits_are_the_outermost_accepted_counts(sample, others, confidence):
    k, n = sample
    population = n + others
    interval = hypergeometric_interval(k, n, population, confidence=confidence)
    accepted = list_accepted(k, n, population, (1 - Fraction(str(confidence))) / 2)
    assert (interval.low_count, interval.high_count) == (accepted[0], accepted[-1])
    assert (interval.low, interval.high) == (Fraction(accepted[0], population), Fraction(accepted[-1], population))


@pytest.mark.parametrize("find_interval", INTERVALS)
@pytest.mark.parametrize(("k", "n"), [(0, 0), (-1, 5), (6, 5), (1, -1)])
def test_intervals_refuse_when_counts_are_impossible(find_interval, k, n):
    with pytest.raises(ValueError, match="must"):
        find_interval(k, n)


@pytest.mark.parametrize("find_interval", INTERVALS)
@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95, float("nan"), float("inf")])
def test_intervals_refuse_when_confidence_is_impossible(find_interval, confidence):
    with pytest.raises(ValueError, match="confidence"):
        find_interval(1, 5, confidence=confidence)


@pytest.mark.parametrize("find_interval", INTERVALS)
@pytest.mark.parametrize(("k", "n"), [(True, 5), (1, True), (1.0, 5), (1, 5.0), ("1", 5), (None, 5), (Fraction(1), 5)])
def test_intervals_refuse_when_counts_are_no_whole_numbers(find_interval, k, n):
    with pytest.raises(TypeError, match="must be an int"):
        find_interval(k, n)


@pytest.mark.parametrize("population", [4, Fraction(9, 2)])
def test_intervals_refuse_when_population_is_too_small(population):
    with pytest.raises(ValueError, match="population"):
        wilson_interval(1, 5, population=population)
    with pytest.raises(ValueError, match="population"):
        effective_sample_size(5, population=population)
    with pytest.raises(ValueError, match="population"):
        hypergeometric_interval(1, 5, 4)


@pytest.mark.parametrize("population", [True, 10.0, "10"])
def test_intervals_refuse_when_population_is_no_exact_number(population):
    for refuse in (wilson_interval, hypergeometric_interval):
        with pytest.raises(TypeError, match="population"):
            refuse(1, 5, population=population)


@pytest.mark.parametrize("effect", [0, -1, Fraction(-1, 2), float("nan")])
def test_wilson_refuses_when_design_effect_is_not_positive(effect):
    with pytest.raises(ValueError, match="design_effect"):
        wilson_interval(1, 5, design_effect=effect)
