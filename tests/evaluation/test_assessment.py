"""Judging shares of answers."""

from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.evaluation import Verdict, assess_share

RANK = {Verdict.MISSED: 0, Verdict.OPEN: 1, Verdict.REACHED_POINT: 2, Verdict.REACHED_SECURE: 3}
TARGET = Fraction(3, 5)
TARGETS = st.fractions(0, 1, max_denominator=20)
COUNTS = st.integers(0, 60)


@st.composite
def tallies(draw, fewest=10):
    affirming, not_affirming = draw(COUNTS), draw(COUNTS)
    short = max(0, fewest - affirming - not_affirming)
    return (affirming, not_affirming + short, draw(COUNTS), draw(COUNTS), draw(st.integers(0, 20)))


ATTENDANCE = st.none() | st.integers(0, 100)


def add_attendance(tally, surplus):
    return None if surplus is None else sum(tally) + surplus


@given(tally=tallies(), surplus=ATTENDANCE, target=TARGETS, base=st.sampled_from(["asked", "valid"]))
def test_intervals_are_nested(tally, surplus, target, base):
    found = assess_share(*tally, attended=add_attendance(tally, surplus), target=target, base=base)
    assert 0 <= found.low_s <= found.low <= found.value <= found.high <= found.high_s <= 1
    if surplus is not None:
        assert found.manski_low <= found.low_s
        assert found.high_s <= found.manski_high


@given(tally=tallies(), surplus=ATTENDANCE, target=TARGETS, running=st.booleans())
def test_verdict_never_falls_when_one_more_affirms(tally, surplus, target, running):
    affirming, not_affirming, *rest = tally
    if not not_affirming:
        return
    options = {"attended": add_attendance(tally, surplus), "target": target, "running": running}
    before = assess_share(affirming, not_affirming, *rest, **options)
    after = assess_share(affirming + 1, not_affirming - 1, *rest, **options)
    assert RANK[after.verdict] >= RANK[before.verdict]


@given(tally=tallies(), surplus=ATTENDANCE, target=TARGETS)
def test_verdict_is_mirrored_when_answers_and_target_are(tally, surplus, target):
    affirming, not_affirming, _, not_applicable, not_shown = tally
    rest = (0, not_applicable, not_shown)
    attended = add_attendance(tally, surplus)
    upwards = assess_share(affirming, not_affirming, *rest, attended=attended, target=target)
    downwards = assess_share(not_affirming, affirming, *rest, attended=attended, target=1 - target, comparison="<=")
    assert upwards.verdict == downwards.verdict
    assert upwards.robustness == downwards.robustness
    assert isclose(upwards.low_s, 1 - downwards.high_s, abs_tol=1e-12)


@given(tally=tallies(), surplus=ATTENDANCE, target=TARGETS)
def test_success_is_secure_only_when_attendance_is_known(tally, surplus, target):
    found = assess_share(*tally, attended=add_attendance(tally, surplus), target=target)
    if found.verdict is Verdict.REACHED_SECURE:
        assert surplus is not None
        assert found.low_s >= target
    assert ("attendance_unknown" in found.reasons) == (surplus is None)


@given(tally=tallies(), surplus=st.integers(0, 100), target=TARGETS, allowance=TARGETS, more=TARGETS)
def test_success_is_never_more_secure_when_the_allowance_grows(tally, surplus, target, allowance, more):
    def judge(delta):
        return assess_share(
            *tally, attended=add_attendance(tally, surplus), target=target, nonresponse_allowance=delta
        ).verdict

    assert RANK[judge(min(Fraction(1), allowance + more))] <= RANK[judge(allowance)]


@given(tally=tallies(), surplus=st.integers(0, 100), target=TARGETS)
def test_worst_case_decides_when_the_allowance_is_everything(tally, surplus, target):
    attended = add_attendance(tally, surplus)
    found = assess_share(*tally, attended=attended, target=target, nonresponse_allowance=1)
    if found.robustness == "robust_reached":
        assert found.verdict is Verdict.REACHED_SECURE
    if found.robustness == "robust_missed":
        assert found.verdict in (Verdict.MISSED, Verdict.OPEN)


@given(tally=tallies(), surplus=st.integers(0, 100), base=st.sampled_from(["asked", "valid"]))
def test_bounds_leave_out_only_those_to_whom_the_item_does_not_apply(tally, surplus, base):
    attended = add_attendance(tally, surplus)
    found = assess_share(*tally, attended=attended, base=base)
    assert found.manski_low == Fraction(tally[0], attended - tally[3])
    assert found.manski_high - found.manski_low == Fraction(attended - tally[3] - found.n, attended - tally[3])


@given(affirming=COUNTS, not_affirming=COUNTS, target=TARGETS)
def test_census_is_judged_by_its_value(affirming, not_affirming, target):
    n = affirming + not_affirming
    if n < 5:
        return
    found = assess_share(affirming, not_affirming, attended=n, target=target)
    assert {found.value, found.low, found.high, found.low_s, found.high_s} == {Fraction(affirming, n)}
    assert found.tipping_point is None
    assert found.verdict is (Verdict.REACHED_SECURE if found.value >= target else Verdict.MISSED)
    assert found.reasons == ()


@pytest.mark.parametrize(
    ("present", "answered", "needed"),
    [
        (20, 10, 10), (20, 15, 12), (20, 20, 12),
        (40, 10, 10), (40, 20, 17), (40, 30, 23), (40, 40, 24),
        (80, 20, 19), (80, 40, 33), (80, 60, 43), (80, 80, 48),
        (240, 60, 51), (240, 120, 91), (240, 180, 124), (240, 240, 144),
    ],
)  # fmt: skip
def test_secure_success_takes_as_many_as_the_specification_says(present, answered, needed):
    verdicts = [assess_share(k, answered - k, attended=present, target=TARGET).verdict for k in range(answered + 1)]
    assert verdicts.index(Verdict.REACHED_SECURE) == needed


def test_secure_success_is_impossible_when_five_of_twenty_answer():
    assert assess_share(5, 0, attended=20, target=TARGET, min_base=1).verdict is Verdict.REACHED_POINT


@pytest.mark.parametrize("n", [0, 1, 4])
def test_nothing_is_shown_when_the_base_is_below_the_minimum(n):
    found = assess_share(n, 0, 0, 7, attended=40, target=TARGET)
    shown = {found.value, found.low, found.high, found.low_s, found.high_s, found.manski_low, found.manski_high}
    assert shown == {None}
    assert found.tipping_point is None
    assert found.robustness == "unknown"
    assert found.verdict is Verdict.NOT_ASSESSABLE
    assert found.reasons == (("below_disclosure_threshold",) if n else ("no_answers",))


def test_minimum_of_the_tier_counts_even_when_everybody_answered():
    found = assess_share(9, 0, attended=9, target=TARGET, min_group=10)
    assert found.value is None
    assert found.reasons == ("below_disclosure_threshold",)


@pytest.mark.parametrize(
    ("tally", "attended", "base", "verdict", "reasons"),
    [
        ((7, 1), 9, "asked", "not_assessable", ("small_base",)),
        ((7, 1), None, "asked", "not_assessable", ("attendance_unknown", "small_base")),
        ((7, 1), 7, "asked", "not_assessable", ("attendance_implausible", "small_base")),
        ((6, 1, 1), 8, "asked", "reached_secure", ()),
        ((6, 1, 1), 8, "valid", "not_assessable", ("small_base",)),
        ((6, 1, 0, 5), 12, "valid", "reached_secure", ()),
        ((6, 1, 0, 0, 1), 8, "asked", "not_assessable", ("small_base",)),
    ],
)
def test_small_base_is_judged_only_when_everybody_present_answered(tally, attended, base, verdict, reasons):
    found = assess_share(*tally, attended=attended, target=TARGET, base=base)
    assert (found.verdict, found.reasons) == (verdict, reasons)
    assert found.value is not None


def test_small_base_is_only_a_remark_when_there_is_no_target():
    found = assess_share(7, 1, attended=20)
    assert (found.verdict, found.reasons) == (Verdict.NO_TARGET, ("small_base",))
    assert found.robustness == "no_target"


@pytest.mark.parametrize(("attended", "reason"), [(39, "attendance_implausible"), (None, "attendance_unknown")])
def test_attendance_below_the_questionnaires_counts_as_unknown(attended, reason):
    found = assess_share(25, 5, 5, 3, 2, attended=attended, target=TARGET)
    assert reason in found.reasons
    assert found.response_rate is found.manski_low is found.tipping_point is None
    assert found.low_s == found.low - Fraction(1, 5)
    assert assess_share(25, 5, 5, 3, 2, attended=40, target=TARGET).reasons == ()


def test_population_is_the_part_of_those_present_to_whom_the_item_applies():
    plain = assess_share(30, 20, attended=75, target=TARGET)
    with_others = assess_share(30, 20, 0, 50, attended=150, target=TARGET)
    assert (plain.low, plain.high) == (with_others.low, with_others.high)
    assert with_others.manski_high == Fraction(80, 100)


def test_reasons_are_sorted_when_there_are_several():
    found = assess_share(7, 1, target=TARGET, running=True)
    assert found.reasons == ("attendance_unknown", "period_running", "small_base")
    assert assess_share(3, 0, running=True).reasons == (
        "attendance_unknown",
        "below_disclosure_threshold",
        "period_running",
    )


def test_target_is_met_exactly_when_it_is_given_as_a_float():
    assert assess_share(12, 8, attended=20, target=0.6).verdict is Verdict.REACHED_SECURE
    assert assess_share(12, 8, attended=20, target=0.6, comparison="<=").verdict is Verdict.REACHED_SECURE


def test_response_rate_is_none_when_nobody_was_there():
    assert assess_share(0, 0, attended=0).response_rate is None


@pytest.mark.parametrize(
    "options",
    [
        {"affirming": -1},
        {"not_shown": -1},
        {"attended": -1},
        {"target": 60},
        {"target": Fraction(-1, 5)},
        {"comparison": ">"},
        {"base": "everybody"},
        {"confidence": 1},
        {"min_base": -1},
        {"min_group": -1},
        {"nonresponse_allowance": 20},
    ],
)
def test_assessment_refuses_when_input_is_impossible(options):
    with pytest.raises(ValueError, match="must"):
        assess_share(**{"affirming": 20, "not_affirming": 10, **options})


@pytest.mark.parametrize("name", ["affirming", "not_affirming", "no_answer", "not_applicable", "not_shown", "attended"])
@pytest.mark.parametrize("value", [True, 12.0, "12", Fraction(12)])
def test_assessment_refuses_when_counts_are_no_whole_numbers(name, value):
    with pytest.raises(TypeError, match=f"{name} must be an int"):
        assess_share(**{"affirming": 20, "not_affirming": 10, name: value})
