"""The special functions against exact sums and closed forms."""

from fractions import Fraction
from math import comb, isclose, pi, sqrt, tan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.evaluation.statistics.special import beta_quantile, incomplete_beta, normal_quantile, student_t_quantile

PRECISION = 1e-12


def sum_binomial(x: Fraction, k: int, n: int) -> float:
    """P(Bin(n, x) >= k) with whole numbers only; equals I_x(k, n−k+1)."""
    yes, whole = x.numerator, x.denominator
    ways = sum(comb(n, i) * yes**i * (whole - yes) ** (n - i) for i in range(k, n + 1))
    return float(Fraction(ways, whole**n))


@settings(max_examples=60)
@given(n=st.integers(1, 120), data=st.data(), twentieths=st.integers(1, 19))
def test_incomplete_beta_is_binomial_sum_when_parameters_are_whole(n, data, twentieths):
    k = data.draw(st.integers(1, n))
    x = Fraction(twentieths, 20)
    assert isclose(incomplete_beta(float(x), k, n - k + 1), sum_binomial(x, k, n), rel_tol=1e-10, abs_tol=PRECISION)


@pytest.mark.parametrize(("k", "n", "x"), [(600, 2400, Fraction(1, 4)), (480, 2000, Fraction(1, 4))])
def test_incomplete_beta_keeps_its_digits_when_sample_is_large(k, n, x):
    assert isclose(incomplete_beta(float(x), k, n - k + 1), sum_binomial(x, k, n), rel_tol=PRECISION)


@pytest.mark.parametrize("x", [0.0, 0.2, 0.5, 0.93, 1.0])
def test_incomplete_beta_is_the_power_when_one_shape_is_one(x):
    assert isclose(incomplete_beta(x, 3.5, 1), x**3.5, rel_tol=PRECISION)
    assert isclose(incomplete_beta(x, 1, 3.5), 1 - (1 - x) ** 3.5, rel_tol=PRECISION)


@given(
    x=st.floats(0.001, 0.999),
    a=st.floats(0.5, 300, allow_nan=False),
    b=st.floats(0.5, 300, allow_nan=False),
)
def test_incomplete_beta_is_one_minus_its_mirror_image(x, a, b):
    assert isclose(incomplete_beta(x, a, b), 1 - incomplete_beta(1 - x, b, a), abs_tol=PRECISION)


@given(
    probability=st.floats(0.001, 0.999),
    a=st.floats(0.5, 300, allow_nan=False),
    b=st.floats(0.5, 300, allow_nan=False),
)
@settings(max_examples=50)
def test_beta_quantile_undoes_incomplete_beta(probability, a, b):
    assert isclose(incomplete_beta(beta_quantile(probability, a, b), a, b), probability, abs_tol=PRECISION)


@pytest.mark.parametrize("probability", [0.5, 0.500001, 0.6, 0.9, 0.975, 0.999, 0.9999999])
def test_t_quantile_is_its_closed_form_when_degrees_are_few(probability):
    distance = 2 * probability - 1
    product = 4 * probability * (1 - probability)
    assert isclose(student_t_quantile(probability, 1), tan(pi * distance / 2), rel_tol=1e-9, abs_tol=PRECISION)
    assert isclose(student_t_quantile(probability, 2), distance * sqrt(2 / product), rel_tol=1e-9, abs_tol=PRECISION)


def test_t_quantile_approaches_the_normal_when_degrees_are_many():
    assert isclose(student_t_quantile(0.975, 10**7), normal_quantile(0.975), abs_tol=1e-6)
    assert isclose(normal_quantile(0.975), 1.959963984540054, abs_tol=PRECISION)


def test_t_quantile_falls_when_degrees_rise():
    quantiles = [student_t_quantile(0.975, freedom) for freedom in range(1, 60)]
    assert quantiles == sorted(quantiles, reverse=True)


@pytest.mark.parametrize("probability", [0, 1, -0.1, 1.5, float("nan")])
def test_quantiles_refuse_when_probability_is_impossible(probability):
    with pytest.raises(ValueError, match="probability"):
        normal_quantile(probability)
    with pytest.raises(ValueError, match="probability"):
        student_t_quantile(probability, 5)


@pytest.mark.parametrize("arguments", [(1.1, 1, 1), (-0.1, 1, 1), (0.5, 0, 1), (0.5, 1, -1)])
def test_beta_functions_refuse_when_input_is_impossible(arguments):
    with pytest.raises(ValueError, match="must"):
        incomplete_beta(*arguments)
    with pytest.raises(ValueError, match="must"):
        beta_quantile(*arguments)


def test_t_quantile_refuses_when_degrees_are_no_count():
    with pytest.raises(ValueError, match="degrees_of_freedom"):
        student_t_quantile(0.975, 0)
    with pytest.raises(TypeError, match="degrees_of_freedom"):
        student_t_quantile(0.975, 4.0)
