"""Recording offers, and the needs that they were made for."""

from datetime import date

from survey_app.domain.book import Need, Offer
from survey_app.services import recording

from .conftest import Desk

DAY = date(2024, 9, 2)


def add(desk: Desk, title: str, **values: object) -> int:
    return recording.add_offer(desk.session, Offer(title=title, **values), network_id=desk.network.id)


def offers(desk: Desk) -> list[Offer]:
    desk.session.rollback()
    return [stored.offer for stored in recording.list_offers(desk.session, network_id=desk.network.id)]


def test_new_offer_is_recorded_as_typed(desk: Desk) -> None:
    saved = desk.fill(
        "/offers/new",
        title="Kurs",
        field="school",
        started_on="2.9.2024",
        places="12",
        participants="0",
        languages=["de", "ar"],
        further_languages="Italian, es; Deutsch",
    )
    page = desk.follow(saved)
    assert "German, Arabic, Italian, Spanish" in page.words
    (offer,) = offers(desk)
    assert offer == Offer(offer.id, "Kurs", DAY, "school", 12, 0, ("de", "ar", "it", "es"))


def test_saving_an_untouched_form_changes_nothing(desk: Desk) -> None:
    add(desk, "Alt", field="sports", languages=("uk", "it", "de"))
    add(desk, "Ohne Sprache", languages=(), places=0)
    add(desk, "Nur ein Titel")
    before = offers(desk)
    for offer in before:
        assert desk.fill(f"/offers/{offer.id}/edit").status == 303
    assert offers(desk) == before


def test_what_is_wrong_is_said_at_its_field_and_everything_typed_is_kept(desk: Desk) -> None:
    typed = {"title": "x" * 301, "places": "viele", "participants": "-3", "further_languages": "de, Klingonisch2"}
    page = desk.fill("/offers/new", **typed)
    assert page.status == 400
    for name, word in {"title": "300", "places": "number", "participants": "0 or more"}.items():
        assert word in page.message_at(name), name
    assert "Klingonisch2" in page.message_at("further_languages")
    kept = page.fields()
    assert {name: kept[name] for name in typed} == typed
    assert "300" in desk.fill("/offers/new", further_languages="de," * 200).message_at("further_languages")
    assert offers(desk) == []


def test_second_editor_sees_both_versions(desk: Desk) -> None:
    path = f"/offers/{add(desk, 'Kurs', languages=('de',))}/edit"
    opened = desk.see(path).fields()
    assert desk.fill(path, title="Kurs am Abend", languages=["de", "uk"], places="9").status == 303
    refused = desk.send(path, opened, title="Kurs am Morgen")
    assert refused.status == 409
    both = refused.words_of("table")
    assert all(words in both for words in ("Kurs am Abend", "Kurs am Morgen", "Ukrainian", "9"))
    assert refused.fields()["title"] == "Kurs am Morgen"
    assert desk.send(path, refused.fields()).status == 303
    assert offers(desk)[0].title == "Kurs am Morgen"


def test_offer_and_need_lead_to_each_other(desk: Desk) -> None:
    offer_id = add(desk, "Kurs")
    need_id = recording.add_need(desk.session, Need(title="Rat", offer=str(offer_id)), network_id=desk.network.id)
    assert desk.see("/offers/").links()["Rat"].endswith(f"/needs/{need_id}/edit")
    assert desk.see(f"/offers/{offer_id}/edit").links()["Rat"].endswith(f"/needs/{need_id}/edit")
    assert desk.see(f"/needs/{need_id}/edit").links()["See the offer"].endswith(f"/offers/{offer_id}/edit")


def test_offer_is_removed_only_after_asking_and_needs_forget_it(desk: Desk) -> None:
    offer_id = add(desk, "Kurs")
    recording.add_need(desk.session, Need(title="Rat", offer=str(offer_id)), network_id=desk.network.id)
    assert "Rat" in desk.see(f"/offers/{offer_id}/delete").words
    assert len(offers(desk)) == 1
    assert desk.fill(f"/offers/{offer_id}/delete").status == 303
    assert offers(desk) == []
    desk.session.rollback()
    (stored,) = recording.list_needs(desk.session, network_id=desk.network.id)
    assert stored.need.offer is None
    assert desk.see(f"/offers/{offer_id}/edit").status == 404


def test_list_shows_one_field_when_asked(desk: Desk) -> None:
    add(desk, "Kurs", field="school")
    add(desk, "Rätsel")
    for field, titles in {"": {"Kurs", "Rätsel"}, "school": {"Kurs"}, "unknown": {"Rätsel"}, "clubs": set()}.items():
        links = desk.see(f"/offers/?field={field}").links()
        assert {title for title in ("Kurs", "Rätsel") if title in links} == titles
    assert "2 of 2 offers" in desk.see("/offers/").words
