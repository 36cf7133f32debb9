"""Local times, also those that the clocks skip or show twice."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from survey_app import create_app
from survey_app.config import Settings
from survey_app.coordinators.local_time import (
    closing_moment,
    default_closing,
    describe_moment,
    is_doubled,
    is_skipped,
    local_time,
    opening_moment,
)

clock = datetime.fromisoformat
SKIPPED = clock("2026-03-29 02:30")
DOUBLED = clock("2026-10-25 02:30")
locals_ = st.datetimes(clock("1996-01-01 00:00"), clock("2199-12-30 00:00"))


def test_ordinary_time_is_one_moment() -> None:
    for local, moment in (
        (clock("2026-07-01 18:00"), datetime(2026, 7, 1, 16, 0, tzinfo=UTC)),
        (clock("2026-12-31 23:30"), datetime(2026, 12, 31, 22, 30, tzinfo=UTC)),
        (clock("2028-02-29 12:00"), datetime(2028, 2, 29, 11, 0, tzinfo=UTC)),
    ):
        assert opening_moment(local) == closing_moment(local) == moment
        assert not is_skipped(local)
        assert not is_doubled(local)


def test_skipped_time_means_after_the_change() -> None:
    after = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert opening_moment(SKIPPED) == closing_moment(SKIPPED) == after
    assert local_time(after) == clock("2026-03-29 03:30")
    assert is_skipped(SKIPPED)
    assert not is_doubled(SKIPPED)


def test_doubled_time_opens_with_the_first_and_closes_with_the_second() -> None:
    assert opening_moment(DOUBLED) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert closing_moment(DOUBLED) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert is_doubled(DOUBLED)
    assert not is_skipped(DOUBLED)


@given(locals_)
def test_nothing_closes_before_the_time_that_was_typed(local: datetime) -> None:
    assert opening_moment(local) <= closing_moment(local)
    assert closing_moment(local) - opening_moment(local) in (timedelta(0), timedelta(hours=1))
    assert local_time(closing_moment(local)) >= local
    assert is_skipped(local) or local_time(opening_moment(local)) == local == local_time(closing_moment(local))


def test_survey_closes_three_days_later_at_the_end_of_the_day() -> None:
    evening = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert default_closing(evening, None) == clock("2026-11-24 23:59")
    assert default_closing(evening, date(2017, 4, 26)) == clock("2026-11-24 23:59")
    assert default_closing(evening, date(2026, 12, 30)) == clock("2027-01-02 23:59")


def test_moment_is_shown_in_local_time(tmp_path: Path) -> None:
    app = create_app(Settings(secret_key="k" * 40, database_url="sqlite://"), str(tmp_path))
    with app.test_request_context("/?lang=de"):
        assert describe_moment(datetime(2026, 7, 1, 16, 0, tzinfo=UTC)) == "01.07.2026, 18:00"
        assert describe_moment(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "25.10.2026, 02:30 CEST"
        assert describe_moment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "25.10.2026, 02:30 CET"
    with app.test_request_context("/?lang=fr"):
        assert describe_moment(datetime(2026, 7, 1, 16, 0, tzinfo=UTC)).endswith("18:00")
