"""What became of the needs that a network recognised: how many led to an offer, and after how long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from survey_app.domain.book import Need, NeedStatus, Offer

_DAYS_PER_MONTH = 365.25 / 12
_DECIDED = (NeedStatus.OFFER_CREATED, NeedStatus.DECLINED_WITH_REASON)


@dataclass(frozen=True, slots=True)
class NeedCounts:
    """How far the needs have come.

    Attributes:
        median_months: between recognition and offer, in whole months; None where no two days are known.
    """

    total: int
    with_offer: int
    decided: int
    median_months: int | None


def count_needs(needs: Iterable[Need], offers: Iterable[Offer]) -> NeedCounts:
    """Return how many needs led to an offer or to a reasoned refusal, and how long an offer took."""
    listed = list(needs)
    began = {offer.id: offer.started_on for offer in offers if offer.id is not None}
    served = [need for need in listed if need.status == NeedStatus.OFFER_CREATED]
    spans = [span for need in served if (span := _count_days(need, began.get(need.offer or ""))) is not None]
    return NeedCounts(
        total=len(listed),
        with_offer=len(served),
        decided=sum(need.status in _DECIDED for need in listed),
        median_months=round(median(spans) / _DAYS_PER_MONTH) if spans else None,
    )


def _count_days(need: Need, began: date | None) -> int | None:
    """Return the days from recognition to the first day of the offer, or to the decision if no offer is named."""
    ended = began or need.decided_on
    if need.recognised_on is None or ended is None or ended < need.recognised_on:
        return None
    return (ended - need.recognised_on).days
