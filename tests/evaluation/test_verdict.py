"""The decision rule."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.evaluation import Flag, Reason, Verdict, decide
from survey_app.evaluation.judging.verdict import sort_reasons

RANK = {Verdict.MISSED: 0, Verdict.OPEN: 1, Verdict.REACHED_POINT: 2, Verdict.REACHED_SECURE: 3}
SHARES = st.fractions(0, 1, max_denominator=60)


@st.composite
def measurements(draw):
    """Wide low, low, value, high, wide high."""
    return sorted(draw(st.lists(SHARES, min_size=5, max_size=5)))


def judge(measurement, target, comparison=">=", **options):
    wide_low, low, value, high, wide_high = measurement
    return decide(value, (low, high), (wide_low, wide_high), target, comparison, **options)


@given(measurement=measurements(), target=SHARES)
def test_verdict_follows_the_table(measurement, target):
    wide_low, _, value, high, _ = measurement
    verdict = judge(measurement, target)
    assert (verdict is Verdict.REACHED_SECURE) == (wide_low >= target)
    assert (verdict is Verdict.REACHED_POINT) == (wide_low < target <= value)
    assert (verdict is Verdict.OPEN) == (value < target <= high)
    assert (verdict is Verdict.MISSED) == (high < target)


@given(measurement=measurements(), target=SHARES, rise=SHARES)
def test_verdict_never_falls_when_the_measurement_rises(measurement, target, rise):
    risen = [limit + rise for limit in measurement]
    assert RANK[judge(risen, target)] >= RANK[judge(measurement, target)]


@given(measurement=measurements(), target=SHARES, rise=SHARES)
def test_verdict_never_rises_when_the_target_does(measurement, target, rise):
    assert RANK[judge(measurement, target + rise)] <= RANK[judge(measurement, target)]


@given(measurement=measurements(), target=SHARES, running=st.booleans(), known=st.booleans())
def test_verdict_is_mirrored_when_the_comparison_is_at_most(measurement, target, running, known):
    options = {"running": running, "attendance_known": known}
    mirrored = [1 - limit for limit in reversed(measurement)]
    assert judge(measurement, target, **options) is judge(mirrored, 1 - target, "<=", **options)


@given(measurement=measurements(), target=SHARES)
def test_nothing_is_final_when_the_period_is_running(measurement, target):
    verdict = judge(measurement, target, running=True)
    ended = judge(measurement, target)
    softened = {Verdict.REACHED_SECURE: Verdict.REACHED_POINT, Verdict.MISSED: Verdict.OPEN}
    assert verdict is softened.get(ended, ended)


@given(measurement=measurements(), target=SHARES)
def test_success_is_not_secure_and_failure_no_softer_when_attendance_is_unknown(measurement, target):
    verdict = judge(measurement, target, attendance_known=False)
    ended = judge(measurement, target)
    assert verdict is (Verdict.REACHED_POINT if ended is Verdict.REACHED_SECURE else ended)


@given(measurement=measurements(), target=SHARES, other=SHARES)
def test_failure_does_not_depend_on_the_wide_interval(measurement, target, other):
    wide_low, low, value, high, wide_high = measurement
    changed = [min(wide_low, other), low, value, high, max(wide_high, other)]
    assert (judge(measurement, target) is Verdict.MISSED) == (judge(changed, target) is Verdict.MISSED)


def test_limit_is_unbounded_when_it_is_none():
    assert decide(97, (97, None), None, 100) is Verdict.OPEN
    assert decide(103, (103, None), None, 100) is Verdict.REACHED_SECURE
    assert decide(97, (97, None), None, 100, "<=") is Verdict.REACHED_POINT
    assert decide(103, (103, None), None, 100, "<=") is Verdict.MISSED
    assert decide(5, (None, None), None, 3) is Verdict.REACHED_POINT
    assert decide(2, None, None, 3) is Verdict.OPEN


def test_order_of_steps_when_value_or_target_is_absent():
    assert decide(None, None, None, None) is Verdict.NOT_ASSESSABLE
    assert decide(None, (None, None), None, 1, running=True) is Verdict.NOT_ASSESSABLE
    assert decide(1, (0, 1)) is Verdict.NO_TARGET


def test_limit_as_fraction_reaches_the_target_where_the_float_does_not():
    target = Fraction(3, 5)
    assert decide(Fraction(3, 5), (Fraction(3, 5), 1), None, target) is Verdict.REACHED_SECURE
    assert decide(Fraction(3, 5), (0.6, 1), None, target) is Verdict.REACHED_POINT


@pytest.mark.parametrize(
    "arguments",
    [
        (1, (0, 1), None, 1, ">"),
        (1, (1, 0), None, 1),
        (1, (0, 1, 2), None, 1),
        (1, (0, 1), (1, 0), 1),
        (float("nan"), (0, 1), None, 1),
        (1, (float("nan"), 1), None, 1),
        (1, (0, 1), None, float("nan")),
    ],
)
def test_decision_refuses_when_input_is_impossible(arguments):
    with pytest.raises(ValueError, match=r"must|two limits"):
        decide(*arguments)


def test_decision_refuses_when_something_is_no_number():
    for arguments in ((True, (0, 1), None, 1), ("1", (0, 1), None, 1), (1, (0, "1"), None, 1), (1, (0, 1), None, "1")):
        with pytest.raises(TypeError, match="must be"):
            decide(*arguments)


def measure_contrast_on_white(colour: str) -> float:
    """Contrast ratio of the Web Content Accessibility Guidelines."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)


@pytest.mark.parametrize(
    ("verdict", "contrast"),
    list(zip(Verdict, [6.3, 6.4, 6.9, 7.6, 7.5, 7.5], strict=True)),
)
def test_verdict_is_readable_without_colour_and_in_it(verdict, contrast):
    assert verdict.label
    assert verdict.sentence.endswith(".")
    assert measure_contrast_on_white(verdict.colour) == pytest.approx(contrast, abs=0.06)
    assert measure_contrast_on_white(verdict.colour) > 4.5


def test_signs_and_labels_differ_from_verdict_to_verdict():
    assert len({verdict.sign for verdict in Verdict}) == len({verdict.label for verdict in Verdict}) == len(Verdict)


def test_open_says_that_the_period_runs():
    assert Verdict.OPEN.label_when(running=True) == "offen – Zeitraum läuft noch"
    assert Verdict.OPEN.label_when(running=False) == "offen – knapp unter dem Ziel"
    assert Verdict.MISSED.label_when(running=True) == "Ziel verfehlt"


def test_reasons_are_sorted_by_code():
    assert sort_reasons(set(Reason)) == tuple(sorted(Reason, key=str))
    assert len(Reason) == 12
    assert {flag.value for flag in Flag} == {
        "averaging_sensitive",
        "base_sensitive",
        "pooling_sensitive",
        "version_changed",
    }
