"""What became of the needs that a network recognised: how many led to an offer, and after how long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from survey_app.domain.book import EducationField, Need, NeedStatus, Offer

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


@dataclass(frozen=True, slots=True)
class FieldCounts:
    """Needs and offers of one field of education; the field None stands for those that name none."""

    field: str | None
    needs: int = 0
    with_offer: int = 0
    offers: int = 0


def count_statuses(needs: Iterable[Need]) -> Mapping[str | None, int]:
    """Return how many needs are in each status: the known ones in their order, even with 0, then any others."""
    counts: dict[str | None, int] = {str(status): 0 for status in NeedStatus}
    for need in needs:
        counts[need.status] = counts.get(need.status, 0) + 1
    return counts


def count_fields(needs: Iterable[Need], offers: Iterable[Offer]) -> tuple[FieldCounts, ...]:
    """Return the needs and offers of each field that any of them names, in the order of the life course."""
    known: dict[str | None, FieldCounts] = {str(field): FieldCounts(str(field)) for field in EducationField}
    for need in needs:
        counts = known.get(need.field) or FieldCounts(need.field)
        served = counts.with_offer + (need.status == NeedStatus.OFFER_CREATED)
        known[need.field] = replace(counts, needs=counts.needs + 1, with_offer=served)
    for offer in offers:
        counts = known.get(offer.field) or FieldCounts(offer.field)
        known[offer.field] = replace(counts, offers=counts.offers + 1)
    nameless = known.pop(None, FieldCounts(None))
    return tuple(counts for counts in (*known.values(), nameless) if counts.needs or counts.offers)


def _count_days(need: Need, began: date | None) -> int | None:
    """Return the days from recognition to the first day of the offer, or to the decision if no offer is named."""
    ended = began or need.decided_on
    if need.recognised_on is None or ended is None or ended < need.recognised_on:
        return None
    return (ended - need.recognised_on).days
