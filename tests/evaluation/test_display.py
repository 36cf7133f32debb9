"""Numbers for German readers."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.evaluation import (
    describe_share,
    format_number,
    format_percent,
    format_points,
    format_share,
    format_tipping_point,
)
from survey_app.evaluation.wording.display import round_half_up

TARGETS = [Fraction(1, 5), Fraction(2, 5), Fraction(3, 5), Fraction(2, 3), Fraction(1)]


@st.composite
def samples(draw):
    n = draw(st.integers(1, 400))
    return draw(st.integers(0, n)), n


@given(thousandths=st.integers(-10_000_000, 10_000_000), decimals=st.integers(0, 4))
def test_rounding_is_half_up(thousandths, decimals):
    number = Decimal(thousandths) / 100_000
    expected = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    rounded = round_half_up(Fraction(number), decimals)
    assert Decimal(rounded) == expected
    assert rounded.startswith("-") == (expected < 0)


def test_rounding_is_not_pythons_when_the_share_ends_on_a_half():
    assert format_share(5, 8).text == "63\u00a0%"
    assert round(62.5) == 62


@given(sample=samples(), target=st.sampled_from(TARGETS), comparison=st.sampled_from([">=", "<="]))
def test_rounded_share_stays_on_its_side_of_the_target(sample, target, comparison):
    shown = format_share(*sample, target=target, comparison=comparison)
    exact, rounded = Fraction(*sample), Fraction(shown.percent) / 100
    if comparison == ">=":
        assert (exact >= target) == (rounded >= target)
    else:
        assert (exact <= target) == (rounded <= target)
    assert shown.text == shown.percent.replace(".", ",") + "\u00a0%"


@given(sample=samples(), target=st.sampled_from(TARGETS))
def test_share_has_no_more_decimals_than_the_target_needs(sample, target):
    shown = format_share(*sample, target=target)
    assert shown.decimals <= 3
    if shown.decimals:
        shorter = Fraction(round_half_up(Fraction(*sample) * 100, shown.decimals - 1)) / 100
        assert (shorter >= target) != (Fraction(*sample) >= target)


def test_decimals_end_at_three_when_the_share_is_still_closer():
    assert format_share(5_999_999, 10_000_000, target=0.6).percent == "60.000"


def test_decimals_are_added_when_a_share_lies_barely_above_its_highest():
    assert format_share(104, 1000, target=Fraction(1, 10), comparison="<=").text == "10,4\u00a0%"
    assert format_share(104, 1000, target=Fraction(1, 10)).text == "10\u00a0%"


@pytest.mark.parametrize(
    ("sample", "text"),
    [((100, 150), "67\u00a0%"), ((18, 30), "60\u00a0%"), ((12, 20), "12 von 20 (60\u00a0%)"), ((7, 9), "7 von 9")],
)
def test_share_is_described_with_counts_when_the_base_is_small(sample, text):
    assert describe_share(*sample) == text


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (103, None, "103"),
        (Fraction(5, 2), None, "2,5"),
        (Fraction(1, 3), None, "0,333"),
        (Fraction(-1, 3), 1, "\u22120,3"),
        (Fraction(-1, 100), 0, "0"),
        (1000, None, "1000"),
        (0.5, 0, "1"),
        (0, None, "0"),
        (Fraction(-1, 10_000), None, "0"),
        (7, 2, "7,00"),
    ],
)
def test_number_has_a_comma(number, decimals, text):
    assert format_number(number, decimals=decimals) == text


def test_percent_takes_limits_as_they_are():
    assert format_percent(0.6189755) == "62\u00a0%"
    assert format_percent(0.5996, target=Fraction(3, 5)) == "59,96\u00a0%"
    assert format_percent(Fraction(1, 3), decimals=1) == "33,3\u00a0%"


@pytest.mark.parametrize(
    ("point", "text"),
    [(Fraction(22, 45), "49\u00a0%"), (Fraction(1, 78), "1,3\u00a0%"), (Fraction(1, 10), "10\u00a0%")],
)
def test_tipping_point_has_a_decimal_when_it_is_below_ten_percent(point, text):
    assert format_tipping_point(point) == text


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"difference": Fraction(1, 5)}, "20\u00a0Prozentpunkte"),
        ({"difference": Fraction(1, 15), "decimals": 1, "signed": True}, "+6,7\u00a0Prozentpunkte"),
        ({"difference": Fraction(-1, 100), "signed": True}, "\u22121\u00a0Prozentpunkt"),
    ],
)
def test_difference_is_in_points(arguments, text):
    assert format_points(**arguments) == text


def test_display_refuses_when_input_is_impossible():
    for refused in (
        lambda: format_share(1, 0),
        lambda: format_share(3, 2),
        lambda: format_share(1, 2, target=60),
        lambda: format_share(1, 2, target=Fraction(1, 2), comparison=">"),
        lambda: format_number(float("nan")),
        lambda: format_number(float("inf")),
        lambda: format_number(1, decimals=-1),
    ):
        with pytest.raises(ValueError, match=r"must|NaN"):
            refused()
    with pytest.raises(TypeError, match="n must be"):
        format_share(1, 2.0)
