"""The days that a report, or a goal system that is tried out, may speak of."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from survey_app.domain.collector import CollectorState
from survey_app.domain.network import Network
from survey_app.domain.tally import Tally

_LOCAL = ZoneInfo("Europe/Berlin")
_SEALED = (CollectorState.SEALED, CollectorState.ERASED)


@dataclass(frozen=True, slots=True)
class Window:
    """The days a report may speak of, and the one it speaks of unless asked for another."""

    first: date
    last: date
    default: date


def local_today() -> date:
    """Return the local day: dates of meetings and reports are local ones."""
    return datetime.now(_LOCAL).date()


def build_window(network: Network, starts_on: date, tallies: Iterable[Tally], *, today: date) -> Window:
    """Return the days that can be asked for: from the start of the network to today.

    The default is today. Made-up records end with their last survey, and judging the empty years after it would
    accuse a network of missing targets that nobody pursued: there it is the end of that survey's month. What
    somebody tries out this year does not count as such a record.
    """
    default = today
    sealed = [tally.date for tally in tallies if tally.state in _SEALED and tally.date.year < today.year]
    if network.is_synthetic and sealed:
        latest = max(sealed)
        default = latest.replace(day=calendar.monthrange(latest.year, latest.month)[1])
    return Window(min(starts_on, default), today, default)
