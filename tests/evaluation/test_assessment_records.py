"""Judging what the organisers recorded."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.evaluation import Verdict, assess_count, assess_mean_ratio, assess_record_share, count_full_years

TARGETS = st.fractions(0, 1, max_denominator=10)
FLAGS = st.lists(st.none() | st.booleans(), max_size=12)
RATIOS = st.integers(1, 60).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
GAPS = st.sampled_from([(None, None), (None, 10), (3, None), (0, 0), (4, 0), (11, 10)])
COMPARISONS = st.sampled_from([">=", "<="])


@pytest.mark.parametrize(
    ("count", "comparison", "state", "verdict"),
    [
        (2, ">=", "ended", "reached_secure"),
        (1, ">=", "ended", "missed"),
        (2, ">=", "running", "reached_secure"),
        (1, ">=", "running", "open"),
        (1, ">=", "open_ended", "open"),
        (2, "<=", "ended", "reached_secure"),
        (3, "<=", "ended", "missed"),
        (2, "<=", "running", "reached_point"),
        (3, "<=", "running", "missed"),
    ],
)
def test_count_is_final_only_when_later_records_cannot_change_it(count, comparison, state, verdict):
    found = assess_count(count, target=2, comparison=comparison, state=state)
    assert found.verdict == verdict
    assert found.reasons == (("period_running",) if state == "running" else ())
    assert (found.low, found.high) == (count, count if state == "ended" else None)


def test_count_is_undocumented_when_nobody_recorded_it():
    found = assess_count(None, target=2)
    assert (found.value, found.verdict, found.reasons) == (None, Verdict.NOT_ASSESSABLE, ("undocumented",))
    assert assess_count(0, target=2).verdict is Verdict.MISSED
    assert assess_count(5).verdict is Verdict.NO_TARGET


@given(rows=st.lists(RATIOS | GAPS, max_size=8), fillings=st.lists(RATIOS, min_size=8, max_size=8))
def test_mean_ratio_limits_contain_every_way_of_filling_the_gaps(rows, fillings):
    for averaging in ("unweighted", "pooled"):
        found = assess_mean_ratio(rows, averaging=averaging)
        gaps = [row for row in rows if row[0] is None or not row[1] or row[0] > row[1]]
        assert (found.known, found.unknown) == (len(rows) - len(gaps), len(gaps))
        if found.value is None:
            continue
        filled = [fill if row in gaps else row for row, fill in zip(rows, fillings, strict=False)]
        later = assess_mean_ratio(filled, averaging=averaging)
        assert found.low <= later.value <= found.high
        assert later.low == later.high == later.value


@given(rows=st.lists(RATIOS, min_size=1, max_size=6), target=TARGETS, comparison=COMPARISONS)
def test_mean_ratio_is_final_when_complete_and_never_when_running(rows, target, comparison):
    ended = assess_mean_ratio(rows, target=target, comparison=comparison)
    running = assess_mean_ratio(rows, target=target, comparison=comparison, running=True)
    assert ended.verdict in (Verdict.REACHED_SECURE, Verdict.MISSED)
    assert running.verdict in (Verdict.REACHED_POINT, Verdict.OPEN)
    assert running.reasons == ("period_running",)


def test_two_ways_of_averaging_differ_when_meetings_differ_in_size():
    rows = [(30, 100), (200, 400)]
    assert assess_mean_ratio(rows).value == Fraction(2, 5)
    assert assess_mean_ratio(rows, averaging="pooled").value == Fraction(23, 50)


def test_mean_ratio_says_why_when_no_row_can_be_used():
    found = assess_mean_ratio([(12, 10), (3, None)], target=Fraction(2, 5), running=True)
    assert found.verdict is Verdict.NOT_ASSESSABLE
    assert found.reasons == ("more_attended_than_invited", "no_usable_meetings", "period_running")
    assert assess_mean_ratio([]).reasons == ("no_usable_meetings",)


@given(flags=FLAGS, data=st.data())
def test_record_share_limits_contain_every_way_of_filling_the_gaps(flags, data):
    found = assess_record_share(flags)
    if found.value is None:
        assert True not in flags
        assert False not in flags
        return
    filled = [data.draw(st.booleans()) if flag is None else flag for flag in flags]
    later = assess_record_share(filled)
    assert found.low <= later.value <= found.high
    assert (None in flags) == ("incomplete" in found.reasons)


@given(flags=FLAGS, later=st.lists(st.booleans(), max_size=30), target=TARGETS, comparison=COMPARISONS)
def test_final_verdict_stands_when_records_are_added_to_a_running_period(flags, later, target, comparison):
    running = assess_record_share(flags, target=target, comparison=comparison, running=True)
    filled = [bool(place % 2) if flag is None else flag for place, flag in enumerate(flags)]
    ended = assess_record_share(filled + later, target=target, comparison=comparison)
    if running.verdict in (Verdict.REACHED_SECURE, Verdict.MISSED):
        assert ended.verdict is running.verdict
    if running.value is not None and target not in (0, 1):
        assert running.low <= ended.value <= running.high


@pytest.mark.parametrize("running", [True, False])
def test_every_is_violated_for_good_when_one_record_says_no(running):
    assert assess_record_share([True, False, None], running=running).verdict is Verdict.MISSED
    none = assess_record_share([True, False, None], target=0, comparison="<=", running=running)
    assert none.verdict is Verdict.MISSED


def test_every_is_reached_as_far_as_documented_when_there_are_gaps():
    assert assess_record_share([True, None]).verdict is Verdict.REACHED_POINT
    assert assess_record_share([True, True], running=True).verdict is Verdict.REACHED_POINT
    assert assess_record_share([False, False], target=0, comparison="<=", running=True).verdict is Verdict.REACHED_POINT


def test_share_of_records_is_open_when_the_year_is_and_the_target_is_less_than_all():
    found = assess_record_share([False, False], target=Fraction(1, 2), running=True)
    assert (found.low, found.high, found.verdict) == (0, 1, Verdict.OPEN)


def test_share_of_records_without_target_is_only_observed():
    assert assess_record_share([True, False], target=None).verdict is Verdict.NO_TARGET


@given(
    offsets=st.lists(st.integers(-400, 1500), max_size=20),
    length=st.integers(0, 1200),
    start=st.integers(0, 400),
    target=st.integers(0, 3),
)
def test_years_hold_every_day_between_start_and_cut_off_once(offsets, length, start, target):
    starts_on = date(2012, 1, 1) + timedelta(days=start)
    cut_off = starts_on + timedelta(days=length)
    days = [starts_on + timedelta(days=offset) for offset in offsets]
    found = count_full_years(days, starts_on=starts_on, cut_off=cut_off, target=target)
    assert [row.year for row in found.years] == list(range(starts_on.year, cut_off.year + 1))
    assert sum(row.count for row in found.years) == len({day for day in days if starts_on <= day <= cut_off})
    assert 0 <= found.full_years_reached <= found.full_years <= len(found.years)


def test_year_is_provisional_when_it_has_not_ended():
    days = [date(2023, 3, 1), date(2024, 2, 1), date(2024, 5, 1), date(2024, 11, 1)]
    found = count_full_years(days, starts_on=date(2023, 1, 1), cut_off=date(2024, 6, 30), target=2)
    assert [(row.year, row.count, row.verdict, row.reasons) for row in found.years] == [
        (2023, 1, "missed", ()),
        (2024, 2, "reached_secure", ("period_running",)),
    ]
    assert (found.full_years, found.full_years_reached) == (1, 0)
    early = count_full_years(days, starts_on=date(2023, 1, 1), cut_off=date(2024, 3, 1), target=2)
    assert early.years[-1].verdict is Verdict.OPEN


def test_first_year_has_both_reasons_when_it_is_partial_and_running():
    found = count_full_years([], starts_on=date(2024, 2, 1), cut_off=date(2024, 6, 30), target=2)
    assert found.years[0].verdict is Verdict.NOT_ASSESSABLE
    assert found.years[0].reasons == ("not_a_full_year", "period_running")
    assert (found.full_years, found.full_years_reached) == (0, 0)


def test_two_parts_on_one_day_are_one_meeting():
    found = count_full_years([date(2024, 3, 1)] * 2, starts_on=date(2024, 1, 1), cut_off=date(2024, 12, 31), target=2)
    assert (found.years[0].count, found.years[0].verdict) == (1, Verdict.MISSED)


def test_records_refuse_when_input_is_impossible():
    for refused in (
        lambda: assess_count(-1),
        lambda: assess_count(1, state="over"),
        lambda: assess_count(1, comparison=">"),
        lambda: assess_mean_ratio([(-1, 2)]),
        lambda: assess_mean_ratio([(1, -2)]),
        lambda: assess_mean_ratio([(1, 2, 3)]),
        lambda: assess_mean_ratio([(1, 2)], target=40),
        lambda: assess_mean_ratio([(1, 2)], averaging="median"),
        lambda: assess_mean_ratio([], comparison="="),
        lambda: assess_record_share([True], target=2),
        lambda: assess_record_share([], comparison="="),
        lambda: count_full_years([], starts_on=date(2024, 1, 2), cut_off=date(2024, 1, 1), target=2),
    ):
        with pytest.raises(ValueError, match=r"must|a row is"):
            refused()


@pytest.mark.parametrize("value", [True, 2.0, "2"])
def test_records_refuse_when_counts_are_no_whole_numbers(value):
    with pytest.raises(TypeError, match="must be an int"):
        assess_count(value)
    with pytest.raises(TypeError, match="must be an int"):
        assess_mean_ratio([(value, 5)])
    with pytest.raises(TypeError, match="must be an int"):
        assess_mean_ratio([(1, value)])


@pytest.mark.parametrize("flag", [1, 0, "true"])
def test_record_share_refuses_when_a_flag_is_no_truth_value(flag):
    with pytest.raises(TypeError, match="flag"):
        assess_record_share([True, flag])
