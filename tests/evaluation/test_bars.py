"""The picture of a figure: inside its frame, mirrored where the page is, absent where the figure is."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.evaluation import Verdict
from survey_app.evaluation.goals.indicators import Kind, PeriodKind
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.measures.rows import Row
from survey_app.evaluation.wording.bars import build_bar

YEAR = Period(PeriodKind.CALENDAR_YEAR, "2016")
SHARES = st.fractions(0, 1, max_denominator=500)


def row(value: Fraction | None = Fraction(1, 2), **values: object) -> Row:
    values.setdefault("base", 50)
    return Row(YEAR, Verdict.MISSED, value=value, **values)


def test_positions_are_shares_of_the_width_when_the_page_runs_from_left_to_right() -> None:
    figure = row(target=Fraction(3, 5), low=Fraction(2, 5), high=Fraction(3, 5), low_s=Fraction(1, 4), high_s=0.75)
    bar = build_bar(figure, Kind.ANSWER_SHARE)
    assert (bar.start, bar.dot, bar.target, bar.end) == ("0.00", "50.00", "60.00", "100.00")
    assert (bar.interval.left, bar.interval.right, bar.interval.width) == ("40.00", "60.00", "20.00")
    assert (bar.wide.left, bar.wide.right) == ("25.00", "75.00")


def test_positions_are_mirrored_when_the_page_runs_from_right_to_left() -> None:
    bar = build_bar(row(Fraction(1, 5), low=0.1, high=0.4), Kind.ANSWER_SHARE, direction="rtl")
    assert (bar.start, bar.dot, bar.end) == ("100.00", "80.00", "0.00")
    assert (bar.interval.left, bar.interval.right) == ("60.00", "90.00")


def test_counts_have_a_scale_of_their_own_when_they_pass_the_target() -> None:
    bar = build_bar(row(Fraction(120), base=None, target=Fraction(100)), Kind.RECORD_COUNT)
    assert (bar.dot, bar.target, bar.is_share) == ("80.00", "66.67", False)


def test_exact_figures_have_no_bracket() -> None:
    half = Fraction(1, 2)
    bar = build_bar(row(low=half, high=half, low_s=half, high_s=half), Kind.MEAN_RATIO)
    assert bar.interval is None
    assert bar.wide is None


@pytest.mark.parametrize(
    ("figure", "kind"),
    [
        (row(None), Kind.ANSWER_SHARE),
        (row(base=9), Kind.ANSWER_SHARE),
        (row(base=2), Kind.RECORD_SHARE),
        (row(Fraction(7, 2)), Kind.ANSWER_MEAN),
        (row(Fraction(0), base=None), Kind.RECORD_COUNT),
    ],
)
def test_no_picture_is_drawn_when_it_would_say_more_than_the_figure(figure: Row, kind: Kind) -> None:
    assert build_bar(figure, kind) is None


@given(
    value=SHARES, ends=st.tuples(SHARES, SHARES), target=st.none() | SHARES, direction=st.sampled_from(["ltr", "rtl"])
)
def test_everything_stays_inside_and_in_order(value, ends, target, direction) -> None:
    low, high = min(*ends, value), max(*ends, value)
    bar = build_bar(row(value, low=low, high=high, target=target), Kind.ANSWER_SHARE, direction=direction)
    dot = float(bar.dot)
    assert 0 <= dot <= 100
    assert target is None or 0 <= float(bar.target) <= 100
    if bar.interval:
        assert 0 <= float(bar.interval.left) <= dot <= float(bar.interval.right) <= 100
    mirrored = build_bar(row(value), Kind.ANSWER_SHARE, direction="rtl" if direction == "ltr" else "ltr")
    assert float(mirrored.dot) == pytest.approx(100 - dot, abs=0.011)
