"""Recording needs, and what the list says about them."""

from datetime import date

from survey_app.domain.book import Need, Offer
from survey_app.services import recording

from .conftest import Desk

DAY = date(2024, 3, 6)


def add(desk: Desk, title: str, **values: object) -> int:
    return recording.add_need(desk.session, Need(title=title, **values), network_id=desk.network.id)


def add_offer(desk: Desk, title: str, **values: object) -> int:
    return recording.add_offer(desk.session, Offer(title=title, **values), network_id=desk.network.id)


def needs(desk: Desk) -> list[Need]:
    desk.session.rollback()
    return [stored.need for stored in recording.list_needs(desk.session, network_id=desk.network.id)]


def test_new_need_is_recorded_as_typed(desk: Desk, meeting_id: int) -> None:
    offer_id = add_offer(desk, "Kurs", started_on=DAY)
    saved = desk.fill(
        "/needs/new",
        title=" Rat für  Eltern ",
        field="school",
        meeting=str(meeting_id),
        status="offer_created",
        recognised_on="6.3.2024",
        decided_on="2024-05-01",
        offer=str(offer_id),
    )
    page = desk.follow(saved)
    assert "Rat für Eltern" in page.words
    assert page.links()["\u2068Kurs\u2069 (2024)"].endswith(f"/offers/{offer_id}/edit")
    assert any(address.endswith(f"/meetings/{meeting_id}/") for address in page.links().values())
    (need,) = needs(desk)
    wanted = Need(
        need.id, "Rat für Eltern", DAY, str(meeting_id), "school", "offer_created", str(offer_id), date(2024, 5, 1)
    )
    assert need == wanted


def test_a_new_need_is_recognised_unless_somebody_says_otherwise(desk: Desk) -> None:
    assert desk.fill("/needs/new", title="x").status == 303
    assert [need.status for need in needs(desk)] == ["recognised"]


def test_saving_an_untouched_form_changes_nothing(desk: Desk, meeting_id: int) -> None:
    offer_id = add_offer(desk, "Kurs")
    add(desk, "Alt", field="sports", status="lost", recognised_on=DAY)
    add(desk, "Ganz", meeting=str(meeting_id), offer=str(offer_id), status="planned", decided_on=DAY)
    add(desk, "Nur ein Titel")
    before = needs(desk)
    for need in before:
        assert desk.fill(f"/needs/{need.id}/edit").status == 303
    assert needs(desk) == before


def test_what_is_wrong_is_said_at_its_field_and_everything_typed_is_kept(desk: Desk) -> None:
    typed = {"title": "", "recognised_on": "2024-05-01", "decided_on": "2024-04-30", "field": "culture"}
    page = desk.fill("/needs/new", **typed)
    assert page.status == 400
    assert "fill in" in page.message_at("title")
    assert "above" in page.message_at("decided_on")
    kept = page.fields()
    assert {name: kept[name] for name in typed} == typed
    foreign = desk.fill("/needs/new", title="x", offer="999", meeting="-1", status="stolen")
    assert foreign.status == 400
    assert all("does not exist" in foreign.message_at(name) for name in ("offer", "meeting", "status"))
    assert needs(desk) == []


def test_second_editor_sees_both_versions(desk: Desk, meeting_id: int) -> None:
    path = f"/needs/{add(desk, 'Rat')}/edit"
    opened = desk.see(path).fields()
    assert desk.fill(path, title="Rat für alle", meeting=str(meeting_id)).status == 303
    refused = desk.send(path, opened, title="Rat für Eltern")
    assert refused.status == 409
    both = refused.words_of("table")
    assert "Rat für alle" in both
    assert "Rat für Eltern" in both
    assert "Herbsttreffen" in both
    assert refused.fields()["title"] == "Rat für Eltern"
    assert needs(desk)[0].title == "Rat für alle"
    assert desk.send(path, refused.fields()).status == 303
    assert needs(desk)[0].title == "Rat für Eltern"


def test_need_is_removed_only_after_asking(desk: Desk) -> None:
    need_id = add(desk, "Rat")
    desk.see(f"/needs/{need_id}/delete")
    assert len(needs(desk)) == 1
    assert desk.fill(f"/needs/{need_id}/delete").status == 303
    assert needs(desk) == []
    assert desk.see(f"/needs/{need_id}/edit").status == 404


def test_list_counts_and_shows_what_was_asked_for(desk: Desk) -> None:
    offer_id = add_offer(desk, "Kurs", started_on=date(2024, 9, 6), field="culture")
    add(desk, "Rat", status="offer_created", offer=str(offer_id), recognised_on=DAY, field="school")
    add(desk, "Fahrt", status="recognised", field="school")
    add(desk, "Rätsel")
    page = desk.see("/needs/")
    figures = page.words_of("ul[@class='funnel']")
    assert "1 recognised" in figures
    assert "1 offer created" in figures
    assert "0 planned" in figures
    assert "1 not recorded" in figures
    assert "within 6 months" in page.words
    rows = [" ".join("".join(row.itertext()).split()) for row in page.root.iter("tr")]
    assert any(row.endswith("210") and row.startswith("school") for row in rows), rows
    for query, titles in {
        "": {"Rat", "Fahrt", "Rätsel"},
        "status=offer_created": {"Rat"},
        "field=school": {"Rat", "Fahrt"},
        "field=school&status=recognised": {"Fahrt"},
        "status=unknown": {"Rätsel"},
        "field=no_such_field": set(),
    }.items():
        links = desk.see(f"/needs/?{query}").links()
        assert {title for title in ("Rat", "Fahrt", "Rätsel") if title in links} == titles, query


def test_a_network_without_needs_is_told_what_they_are(desk: Desk) -> None:
    assert "No need is recorded yet" in desk.see("/needs/").words
    assert "No offer is recorded yet" in desk.see("/offers/").words
