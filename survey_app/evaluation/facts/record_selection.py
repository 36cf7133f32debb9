"""Choosing the records that an indicator asks about in a period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from survey_app.domain.conditions import matches
from survey_app.evaluation.goals.indicators import Conditions
from survey_app.evaluation.goals.sources import FIRST_DATES, Record, Source
from survey_app.evaluation.measures.periods import Period


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that is, or may be, one of those asked about.

    Attributes:
        certain: whether it surely belongs to the universe; a meeting of unknown format may or may not.
    """

    record: Record
    day: date
    certain: bool

    @property
    def name(self) -> str:
        """Return what people call the record, with its date."""
        title = self.record.get("title") or self.record.get("name")
        day = f"{self.day:%d.%m.%Y}"
        return f"{title} ({day})" if title else day


def select_records(
    records: Sequence[Record], source: Source, universe: Conditions, *, dated_by: str | None, from_number: int = 1
) -> list[Candidate]:
    """Return the dated records that are not known to lie outside the universe, oldest first.

    Args:
        from_number: the first record that counts, from 1; earlier ones are exempt.
    """
    date_field = dated_by or FIRST_DATES[source]
    found = []
    for record in records:
        day = record[date_field]
        belongs = matches(universe, record)
        if isinstance(day, date) and belongs is not False:
            found.append(Candidate(record, day, belongs is True))
    found.sort(key=lambda candidate: candidate.day)
    return found[from_number - 1 :]


def list_record_periods(periods: Iterable[Period], candidates: Iterable[Candidate], headline: Period) -> list[Period]:
    """Return the periods with a record, and in any case the one that speaks for the indicator."""
    listed = [
        period for period in periods if period == headline or any(period.contains(found.day) for found in candidates)
    ]
    return listed or [headline]
