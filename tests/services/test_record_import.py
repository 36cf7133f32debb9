"""Taking over tables: everything or nothing, every row reported, reading the same table again changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date
from threading import Barrier

import pytest
from factories import make_meeting, make_network
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from survey_app.domain.book import Need, NeedStatus, Offer, Partner
from survey_app.domain.errors import Problem, UnknownNeed, UnknownOffer
from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.services import convening, recording
from survey_app.services.record_desks import RecordKind, name_reference
from survey_app.services.record_import import (
    ImportReport,
    Outcome,
    RowValues,
    check_records,
    import_records,
    list_values,
)

pytestmark = pytest.mark.both_databases

DAY = date(2024, 3, 6)


def take_over(session: Session, network: Network, kind: str, *rows: dict, seen: str | None = None) -> ImportReport:
    return import_records(session, RecordKind(kind), number_rows(*rows), network_id=network.id, seen=seen)


def check(session: Session, network: Network, kind: str, *rows: dict) -> ImportReport:
    return check_records(session, RecordKind(kind), number_rows(*rows), network_id=network.id)


def number_rows(*rows: dict) -> list[RowValues]:
    return [RowValues(number, values) for number, values in enumerate(rows, 2)]


def outcomes(report: ImportReport) -> list[str]:
    return [str(row.outcome) for row in report.rows]


def offers(session: Session, network: Network) -> list[Offer]:
    session.rollback()
    return [stored.offer for stored in recording.list_offers(session, network_id=network.id)]


def test_new_rows_are_added_and_known_ones_changed_or_left(session: Session, network: Network) -> None:
    first = take_over(session, network, "partners", {"name": "Kita", "inside": False}, {"name": "Amt", "won_on": DAY})
    assert (outcomes(first), first.is_stored) == (["added", "added"], True)
    second = take_over(session, network, "partners", {"name": "Kita", "inside": True}, {"name": "Amt", "won_on": DAY})
    assert outcomes(second) == ["changed", "unchanged"]
    partners = [one.partner for one in convening.list_partners(session, network_id=network.id)]
    assert partners == [Partner("Amt", won_on=DAY), Partner("Kita", inside=True)]


def test_columns_that_the_table_lacks_stay_as_they_are(session: Session, network: Network) -> None:
    take_over(session, network, "offers", {"title": "Kurs", "started_on": DAY, "places": 12, "languages": ("de",)})
    report = take_over(session, network, "offers", {"title": "Kurs", "started_on": DAY, "participants": 9})
    assert outcomes(report) == ["changed"]
    (offer,) = offers(session, network)
    assert (offer.places, offer.participants, offer.languages) == (12, 9, ("de",))


def test_nothing_is_stored_when_a_single_row_is_wrong(session: Session, network: Network) -> None:
    unread = RowValues(4, {"title": "z", "places": None}, (Problem("not_a_number", "places"),))
    rows = [RowValues(2, {"title": "gut"}), RowValues(3, {"title": ""}), unread, RowValues(5, {"title": "gut"})]
    report = import_records(session, RecordKind.OFFERS, rows, network_id=network.id)
    assert (outcomes(report), report.is_stored) == (["added", "refused", "refused", "refused"], False)
    assert [row.number for row in report.rows] == [2, 3, 4, 5]
    assert [[problem.code for problem in row.problems] for row in report.rows[1:]] == [
        ["required"],
        ["not_a_number"],
        ["doubled_row"],
    ]
    assert offers(session, network) == []


def test_a_check_reports_and_stores_nothing(session: Session, network: Network) -> None:
    report = check(session, network, "offers", {"title": "Kurs"})
    assert (outcomes(report), report.is_stored, report.count(Outcome.ADDED)) == (["added"], False, 1)
    assert offers(session, network) == []


def test_a_table_is_stored_only_as_it_was_seen(session: Session, network: Network) -> None:
    rows = [{"title": "Kurs", "places": 12}, {"title": "Rat"}]
    seen = check(session, network, "offers", *rows).fingerprint
    recording.add_offer(session, Offer(title="Kurs", places=5), network_id=network.id)
    late = take_over(session, network, "offers", *rows, seen=seen)
    assert (late.is_stored, outcomes(late)) == (False, ["changed", "added"])
    assert [offer.places for offer in offers(session, network)] == [5]
    assert take_over(session, network, "offers", *rows, seen=late.fingerprint).is_stored
    assert [offer.places for offer in offers(session, network)] == [12, None]


def test_a_table_that_is_stored_already_is_no_conflict(session: Session, network: Network) -> None:
    rows = [{"title": "Kurs"}]
    seen = check(session, network, "offers", *rows).fingerprint
    assert take_over(session, network, "offers", *rows, seen=seen).is_stored
    again = take_over(session, network, "offers", *rows, seen=seen)
    assert (again.is_stored, again.has_changes) == (True, False)
    assert len(offers(session, network)) == 1


def test_two_who_store_the_same_table_at_once_store_it_once(app: Flask, session: Session, network: Network) -> None:
    barrier = Barrier(2)
    rows = [{"name": f"Partner {number}"} for number in range(20)]
    session.rollback()

    def press(_turn: int) -> tuple[bool, bool]:
        with app.app_context():
            barrier.wait(10)
            report = take_over(db.session(), network, "partners", *rows)
            db.session.remove()
            return report.is_stored, report.has_changes

    with ThreadPoolExecutor(2) as pool:
        first, second = sorted(pool.map(press, range(2)), key=lambda result: not result[1])
    assert first == (True, True)
    assert second[1] is False
    assert len(convening.list_partners(session, network_id=network.id)) == 20


def test_a_fingerprint_tells_what_a_row_changes(session: Session, network: Network) -> None:
    recording.add_offer(session, Offer(title="Kurs", places=5), network_id=network.id)
    prints = {check(session, network, "offers", {"title": "Kurs", "places": places}).fingerprint for places in range(4)}
    assert len(prints) == 4


def test_what_is_listed_changes_nothing_when_taken_over(session: Session, network: Network) -> None:
    meeting_id = make_meeting(session, network, date=DAY, title="#1 = Frühjahr")
    offer_id = recording.add_offer(session, Offer(title="Kurs", languages=()), network_id=network.id)
    for _twin in range(2):
        need = Need(title="x", meeting=str(meeting_id), offer=str(offer_id), status="old_status")
        recording.add_need(session, need, network_id=network.id)
    convening.add_partner(session, Partner("Amt", "town_council", ("school",), True, DAY), network_id=network.id)
    for kind in RecordKind:
        listed = list_values(session, kind, network_id=network.id)
        report = take_over(session, network, kind, *[dict(values) for values in listed])
        assert set(outcomes(report)) == {"unchanged"}, kind


def test_a_need_finds_its_meeting_and_offer_by_number_day_or_title(session: Session, network: Network) -> None:
    meeting_id = make_meeting(session, network, date=DAY, title="Frühjahr")
    offer_id = recording.add_offer(session, Offer(title="Kurs"), network_id=network.id)
    named = name_reference(Offer(id=str(offer_id), title="Kurs"))
    rows = [
        {"title": "a", "meeting": "06.03.2024", "offer": "kurs"},
        {"title": "b", "meeting": f"#{meeting_id} 2024-03-06 Frühjahr", "offer": named},
        {"title": "c", "meeting": "Frühjahr", "offer": None},
    ]
    assert take_over(session, network, "needs", *rows).is_stored
    found = [stored.need for stored in recording.list_needs(session, network_id=network.id)]
    assert [(need.meeting, need.offer) for need in found] == [
        (str(meeting_id), str(offer_id)),
        (str(meeting_id), str(offer_id)),
        (str(meeting_id), None),
    ]


def test_a_reference_that_is_unknown_or_not_unique_is_refused(session: Session, network: Network) -> None:
    for _time in range(2):
        recording.add_offer(session, Offer(title="Kurs"), network_id=network.id)
    foreign = make_meeting(session, make_network(session, "other"), date=DAY)
    rows = [{"title": "a", "offer": "Kurs"}, {"title": "b", "meeting": f"#{foreign}"}, {"title": "c", "id": "99"}]
    report = take_over(session, network, "needs", *rows)
    assert [[(one.code, one.place) for one in row.problems] for row in report.rows] == [
        [("ambiguous_reference", "offer")],
        [("unknown_reference", "meeting")],
        [("unknown_record", "id")],
    ]


def test_a_row_with_a_number_changes_that_record_even_its_title(session: Session, network: Network) -> None:
    offer_id = recording.add_offer(session, Offer(title="Alt", started_on=DAY), network_id=network.id)
    assert outcomes(take_over(session, network, "offers", {"id": str(offer_id), "title": "Neu"})) == ["changed"]
    assert [(offer.title, offer.started_on) for offer in offers(session, network)] == [("Neu", DAY)]


TITLES = st.text("abcÄß ", min_size=1, max_size=8).map(str.strip).filter(bool)


@settings(max_examples=15)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "title": TITLES,
                "recognised_on": st.none() | st.dates(date(2020, 1, 1), date(2022, 1, 1)),
                "status": st.none() | st.sampled_from([str(status) for status in NeedStatus]),
            }
        ),
        max_size=5,
        unique_by=lambda row: (row["title"], row["recognised_on"]),
    )
)
def test_the_same_table_changes_nothing_the_second_time(session: Session, network: Network, rows: list[dict]) -> None:
    assert take_over(session, network, "needs", *rows).is_stored
    again = take_over(session, network, "needs", *rows)
    assert outcomes(again) == ["unchanged"] * len(rows)
    numbered = [asdict(stored.need) for stored in recording.list_needs(session, network_id=network.id)]
    by_number = [{key: row[key] for key in ("id", "title", "recognised_on", "status")} for row in numbered]
    assert set(outcomes(take_over(session, network, "needs", *by_number))) <= {"unchanged"}


def test_another_network_is_not_touched(session: Session, network: Network) -> None:
    other = make_network(session, "other")
    need_id = recording.add_need(session, Need(title="x"), network_id=network.id)
    offer_id = recording.add_offer(session, Offer(title="x"), network_id=network.id)
    assert outcomes(take_over(session, other, "offers", {"title": "x", "id": str(offer_id)})) == ["refused"]
    with pytest.raises(UnknownNeed):
        recording.remove_need(session, need_id, network_id=other.id)
    with pytest.raises(UnknownOffer):
        recording.remove_offer(session, offer_id, network_id=other.id)
    assert len(offers(session, network)) == 1
