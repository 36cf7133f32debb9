"""Days as people at the meetings count them: the networks live in one time zone, moments are kept in UTC."""

import calendar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Europe/Berlin")


def local_day(moment: datetime) -> date:
    """Return the local day of an aware moment."""
    return moment.astimezone(LOCAL_ZONE).date()


def beginning_of(day: date) -> datetime:
    """Return the moment, in UTC, at which a local day begins."""
    return datetime.combine(day, time(), LOCAL_ZONE).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
