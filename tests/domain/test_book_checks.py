"""What contradicts itself in the record of a meeting, a partner, a need or an offer."""

from datetime import date
from typing import Any

import pytest

from survey_app.domain.book import Meeting, Need, Offer, Partner
from survey_app.domain.book_checks import check_meeting, check_need, check_offer, check_partner


def problems(found) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in found]


def meeting(**values: Any) -> Meeting:
    return Meeting("1", **({"date": date(2026, 11, 20), "title": "Herbsttreffen"} | values))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"date": None}, [("required", "date")]),
        ({"title": ""}, [("required", "title")]),
        ({"title": " \u00a0"}, [("required", "title")]),
        ({"invited": -1}, [("negative_number", "invited")]),
        ({"attended_invited": -1, "attended_total": 0}, [("negative_number", "attended_invited")]),
        ({"attended_total": -2}, [("negative_number", "attended_total")]),
        ({"attended_invited": 5, "attended_total": 4}, [("fewer_than_invited_attended", "attended_total")]),
        ({"attended_invited": 5, "attended_total": 5}, []),
        ({"title": "x" * 201}, [("text_too_long", "title")]),
        ({"motto": "x" * 300, "host": "x" * 200, "place": "x" * 200, "title": "x" * 200}, []),
        ({"motto": "x" * 301}, [("text_too_long", "motto")]),
        ({"invited": 10**6}, []),
        ({"invited": 10**6 + 1}, [("number_too_large", "invited")]),
        ({"series_number": 2**40}, [("number_too_large", "series_number")]),
        ({"invited": 10, "attended_invited": 12, "attended_total": 15}, []),
        ({"attended_invited": 5}, []),
        ({"attended_total": 5}, []),
        ({"invited": 0, "attended_invited": 0, "attended_total": 0}, []),
    ],
)
def test_meeting_is_questioned_when_it_contradicts_itself(values: dict[str, Any], expected: list[Any]) -> None:
    assert problems(check_meeting(meeting(**values))) == expected


FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"name": None}, [("required", "name")]),
        ({"name": "  "}, [("required", "name")]),
        ({"identified_on": FIRST, "informed_on": SECOND, "won_on": THIRD}, []),
        ({"identified_on": FIRST, "informed_on": FIRST, "won_on": FIRST}, []),
        ({"identified_on": SECOND, "informed_on": FIRST}, [("before_earlier_step", "informed_on")]),
        ({"informed_on": SECOND, "won_on": FIRST}, [("before_earlier_step", "won_on")]),
        ({"identified_on": SECOND, "won_on": FIRST}, [("before_earlier_step", "won_on")]),
        ({"won_on": THIRD}, []),
        ({"name": "x" * 201}, [("text_too_long", "name")]),
    ],
)
def test_partner_is_questioned_when_steps_go_backwards(values: dict[str, Any], expected: list[Any]) -> None:
    assert problems(check_partner(Partner(**({"name": "VHS"} | values)))) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (Need(title="Sprachkurs am Abend"), []),
        (Need(title=" "), [("required", "title")]),
        (Need(title="x" * 301), [("text_too_long", "title")]),
        (Need(title="x", recognised_on=FIRST, decided_on=FIRST), []),
        (Need(title="x", decided_on=FIRST), []),
        (Need(title="x", recognised_on=SECOND, decided_on=FIRST), [("before_earlier_step", "decided_on")]),
        (Offer(title="Kurs", places=12, participants=15), []),
        (Offer(), [("required", "title")]),
        (Offer(title="Kurs", places=-1), [("negative_number", "places")]),
        (Offer(title="Kurs", participants=10**6 + 1), [("number_too_large", "participants")]),
    ],
)
def test_needs_and_offers_are_questioned_when_they_contradict_themselves(
    record: Need | Offer, expected: list[Any]
) -> None:
    found = check_need(record) if isinstance(record, Need) else check_offer(record)
    assert problems(found) == expected


def test_groups_present_are_counted_once_when_named_twice() -> None:
    assert meeting(actor_groups=("a", "b", "a")).actor_groups_count == 2
    assert meeting(actor_groups=()).actor_groups_count == 0
    assert meeting().actor_groups_count is None
