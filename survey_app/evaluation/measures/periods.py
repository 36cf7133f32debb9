"""Stretches of time that a figure is computed for, and which of them have ended."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from survey_app.evaluation.goals.indicators import Indicator, PeriodKind


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of time, both days included.

    Attributes:
        kind: a full calendar year is a calendar year like any other; whether it may be judged is `is_full`.
        label: "2016" for a year, the date for a survey, otherwise None.
        start: None only where there is nothing to date, as is `end`.
        running: whether later records or answers can still come in.
        is_full: whether the network existed on the first day.
        surveys: ids of the surveys whose answers count; None where no answers are counted.
    """

    kind: PeriodKind
    label: str | None = None
    start: date | None = None
    end: date | None = None
    running: bool = False
    is_full: bool = True
    surveys: tuple[str, ...] | None = None

    def contains(self, day: object) -> bool:
        """Tell whether a date lies in the period; an unknown one does not."""
        return (
            isinstance(day, date) and self.start is not None and self.end is not None and self.start <= day <= self.end
        )

    def with_surveys(self, surveys: Iterable[str]) -> "Period":
        """Return the period with the surveys that count in it."""
        return replace(self, surveys=tuple(surveys))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The life of a network up to the cut-off day."""

    starts_on: date
    cut_off: date

    @property
    def reporting_year(self) -> int:
        """Return the latest calendar year that has ended at the cut-off."""
        return self.cut_off.year if (self.cut_off.month, self.cut_off.day) == (12, 31) else self.cut_off.year - 1

    def year(self, year: int) -> Period:
        """Return a calendar year."""
        start, end = date(year, 1, 1), date(year, 12, 31)
        return Period(
            PeriodKind.CALENDAR_YEAR,
            str(year),
            start,
            end,
            running=end > self.cut_off,
            is_full=self.starts_on <= start,
        )

    def years(self) -> tuple[Period, ...]:
        """Return every calendar year from the start to the cut-off, the last one possibly running."""
        return tuple(self.year(year) for year in range(self.starts_on.year, self.cut_off.year + 1))

    def headline_year(self) -> Period:
        """Return the reporting year, or the first year of a network that is younger than that."""
        return self.year(max(self.reporting_year, self.starts_on.year))

    def since_start(self, starts_on: date | None = None, *, deadline: date | None = None) -> Period:
        """Return the time from the start to the cut-off, or to a deadline that has passed; it runs until then."""
        end = self.cut_off if deadline is None else min(deadline, self.cut_off)
        running = deadline is not None and deadline > self.cut_off
        return Period(PeriodKind.SINCE_START, None, starts_on or self.starts_on, end, running=running)

    def span(self, start: date, end: date) -> Period:
        """Return a time given by its limits."""
        return Period(PeriodKind.SPAN, None, start, end, running=end > self.cut_off)


def list_periods(indicator: Indicator, calendar: Calendar) -> tuple[Period, ...]:
    """Return the periods of an indicator, oldest first; none for the period survey, which follows the surveys."""
    if indicator.period is PeriodKind.SPAN and indicator.span_from and indicator.span_until:
        return (calendar.span(indicator.span_from, indicator.span_until),)
    if indicator.period is PeriodKind.SINCE_START:
        return (calendar.since_start(indicator.starts_on, deadline=indicator.deadline),)
    if indicator.period in (PeriodKind.CALENDAR_YEAR, PeriodKind.FULL_CALENDAR_YEAR):
        return calendar.years()
    return ()


def find_headline(periods: Iterable[Period], calendar: Calendar) -> int:
    """Return which of the periods speaks for the indicator.

    Of years the reporting year, or the latest one before it that has a figure; without any that has ended the
    running one. Otherwise the last period.
    """
    listed = list(periods)
    year = calendar.headline_year().start
    ended = [
        index
        for index, period in enumerate(listed)
        if period.kind is PeriodKind.CALENDAR_YEAR
        and period.start is not None
        and year is not None
        and period.start <= year
    ]
    return ended[-1] if ended else max(len(listed) - 1, 0)


def list_answer_periods(indicator: Indicator, calendar: Calendar, days: Iterable[date]) -> tuple[Period, ...]:
    """Return the periods of an indicator that counts answers: of years those in which a survey took place."""
    if indicator.period in (PeriodKind.CALENDAR_YEAR, PeriodKind.FULL_CALENDAR_YEAR):
        return tuple(calendar.year(year) for year in sorted({day.year for day in days}))
    return list_periods(indicator, calendar)
