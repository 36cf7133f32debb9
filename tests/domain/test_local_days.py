"""Local days: midnight in Berlin, months of different lengths."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.local_days import add_months, beginning_of, local_day


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 1, 1), datetime(2025, 12, 31, 23, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 6, 30, 22, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 30), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_day_begins_at_local_midnight_when_clocks_change(day: date, begins: datetime) -> None:
    assert beginning_of(day) == begins


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_day_is_the_same_from_its_first_to_its_last_second(day: date) -> None:
    assert local_day(beginning_of(day)) == day
    assert local_day(beginning_of(day) - timedelta(seconds=1)) == day - timedelta(days=1)
    assert local_day(beginning_of(day + timedelta(days=1)) - timedelta(seconds=1)) == day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 20), 12, date(2027, 11, 20)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 36, date(2029, 12, 31)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later_is_the_same_day_when_the_month_has_it(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
