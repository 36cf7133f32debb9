"""What became of the needs of a network."""

from datetime import date

from survey_app.domain.book import Need, Offer
from survey_app.domain.need_counts import FieldCounts, NeedCounts, count_fields, count_needs, count_statuses

DAY = date(2023, 1, 15)
OFFERS = [Offer("O1", "Kurs", date(2023, 8, 15)), Offer("O2", "Beratung", date(2023, 8, 20))]


def need(status: str, offer: str | None = None, **values: date | None) -> Need:
    return Need(title="x", recognised_on=values.get("recognised_on", DAY), status=status, offer=offer)


def test_five_needs_and_two_offers_give_the_sentence_of_the_network() -> None:
    needs = [need("offer_created", "O1"), need("offer_created", "O2"), *[need("recognised")] * 2, need("planned")]
    assert count_needs(needs, OFFERS) == NeedCounts(total=5, with_offer=2, decided=2, median_months=7)


def test_a_reasoned_refusal_is_a_decision_and_no_offer() -> None:
    assert count_needs([need("declined_with_reason")], []) == NeedCounts(1, 0, 1, None)


def test_the_day_of_the_decision_counts_where_no_offer_is_named() -> None:
    decided = Need(title="x", recognised_on=DAY, status="offer_created", decided_on=date(2023, 4, 15))
    assert count_needs([decided], OFFERS).median_months == 3


def test_nothing_is_said_about_time_where_days_are_missing_or_reversed() -> None:
    reversed_days = Need(title="x", recognised_on=date(2024, 1, 1), status="offer_created", offer="O1")
    assert count_needs([need("offer_created", "O1", recognised_on=None), reversed_days], OFFERS).median_months is None
    assert count_needs([], []) == NeedCounts(0, 0, 0, None)


def test_every_known_status_is_counted_and_others_follow() -> None:
    needs = [need("planned"), need("planned"), need("lost"), Need(title="x")]
    counted = {"recognised": 0, "planned": 2, "offer_created": 0, "declined_with_reason": 0, "lost": 1, None: 1}
    assert list(count_statuses(needs).items()) == list(counted.items())


def test_fields_come_in_their_order_and_only_if_named() -> None:
    needs = [Need(field="culture", status="offer_created"), Need(field="school"), Need(), Need(field="sports")]
    offers = [Offer(field="culture"), Offer(field="culture"), Offer()]
    assert count_fields(needs, offers) == (
        FieldCounts("school", 1, 0, 0),
        FieldCounts("culture", 1, 1, 2),
        FieldCounts("sports", 1, 0, 0),
        FieldCounts(None, 1, 0, 1),
    )
    assert count_fields([], []) == ()
