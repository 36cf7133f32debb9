"""Local times of Germany: what people type and read; stored are moments in UTC.

Twice a year a clock time is doubtful. The rule: a time that the clocks skip in spring means the moment that many
minutes after the change (02:30 is 03:30 summer time). A time that happens twice in autumn means, for an opening, the
first and, for a closing, the second: no survey opens later or closes earlier than somebody could have read.
"""

from datetime import UTC, date, datetime, time, timedelta

from flask_babel import format_date, format_time, get_locale

from survey_app.domain.local_days import LOCAL_ZONE, local_day

DAYS_OPEN = timedelta(days=3)
LAST_MINUTE = time(23, 59)


def opening_moment(local: datetime) -> datetime:
    """Return the moment in UTC at which something opens that is to open at this local time."""
    return local.replace(tzinfo=LOCAL_ZONE, fold=0).astimezone(UTC)


def closing_moment(local: datetime) -> datetime:
    """Return the moment in UTC at which something closes that is to close at this local time."""
    return max(local.replace(tzinfo=LOCAL_ZONE, fold=fold).astimezone(UTC) for fold in (0, 1))


def is_skipped(local: datetime) -> bool:
    """Tell whether the clocks jump over this local time in spring."""
    return local_time(opening_moment(local)) != local


def is_doubled(local: datetime) -> bool:
    """Tell whether this local time happens twice in autumn."""
    return not is_skipped(local) and opening_moment(local) != closing_moment(local)


def local_time(moment: datetime) -> datetime:
    """Return the local clock time of a moment, without zone."""
    return moment.astimezone(LOCAL_ZONE).replace(tzinfo=None, fold=0)


def default_closing(now: datetime, meeting_day: date | None) -> datetime:
    """Return the local time at which a survey closes unless somebody decides otherwise: three days later, 23:59.

    Counted from the meeting if it is still to come, so that a survey prepared early is open during the meeting.
    """
    begin = max(local_day(now), meeting_day or date.min)
    return datetime.combine(begin + DAYS_OPEN, LAST_MINUTE)


def describe_moment(moment: datetime) -> str:
    """Return a moment as local day and time in the language of the page; a doubled hour says which one it is."""
    local = moment.astimezone(LOCAL_ZONE)
    clock = format_time(local.replace(tzinfo=None), "short", rebase=False)
    if is_doubled(local.replace(tzinfo=None, fold=0)):
        clock = f"{clock} {local.tzname()}"
    pattern = str(get_locale().datetime_formats["medium"]).replace("'", "")
    return pattern.replace("{1}", format_date(local.date(), "medium")).replace("{0}", clock)
