"""How far partners are on their way from identified over informed to won."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.domain.book import Partner


@dataclass(frozen=True, slots=True)
class Funnel:
    """Partners per step; whoever is counted at a step has every date up to it, as the indicators ask."""

    identified: int
    informed: int
    won: int


def measure_funnel(partners: Iterable[Partner]) -> Funnel:
    """Return how many partners have reached each step."""
    reached = [count_steps(partner) for partner in partners]
    return Funnel(*(sum(steps >= least for steps in reached) for least in (1, 2, 3)))


def count_steps(partner: Partner) -> int:
    """Return how many steps in a row a partner has dates for, from the first: 0 to 3."""
    dates = (partner.identified_on, partner.informed_on, partner.won_on)
    return next((index for index, day in enumerate(dates) if day is None), len(dates))


def has_gap(partner: Partner) -> bool:
    """Tell whether a later step is dated and an earlier one is not."""
    dates = (partner.identified_on, partner.informed_on, partner.won_on)
    return count_steps(partner) < sum(day is not None for day in dates)
