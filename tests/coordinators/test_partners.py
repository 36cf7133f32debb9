"""Recording partners, and counting how far they are."""

from datetime import date

from survey_app.coordinators.funnel import Funnel, count_steps, has_gap, measure_funnel
from survey_app.domain.book import Partner
from survey_app.services import convening

from .conftest import Desk

DAY = date(2013, 5, 2)


def add(desk: Desk, name: str, **values: object) -> int:
    return convening.add_partner(desk.session, Partner(name=name, **values), network_id=desk.network.id)


def test_new_partner_is_recorded_as_typed(desk: Desk) -> None:
    saved = desk.fill(
        "/partners/new",
        name=" Amt für  Schule ",
        actor_group="politics_administration",
        inside="yes",
        fields=["school", "culture"],
        identified_on="2013-05-02",
        informed_on="3.5.2013",
    )
    assert "Amt für Schule" in desk.follow(saved).words
    fields = ("school", "culture")
    wanted = Partner("Amt für Schule", "politics_administration", fields, True, DAY, date(2013, 5, 3), None)
    assert desk.partners() == [wanted]


def test_saving_an_untouched_form_changes_nothing(desk: Desk) -> None:
    partners = [
        Partner("Alte Liste", "town_council", ("school", "sports"), True, None, None, DAY),
        Partner("Kita", "childcare_school_university", ("early_childhood",), False, DAY, DAY, DAY),
        Partner("Nur ein Name"),
    ]
    for partner in partners:
        partner_id = convening.add_partner(desk.session, partner, network_id=desk.network.id)
        assert desk.fill(f"/partners/{partner_id}/edit").status == 303
    assert desk.partners() == partners


def test_taken_name_is_explained_at_the_field(desk: Desk) -> None:
    add(desk, "Kita")
    other = add(desk, "Schule")
    for path in ("/partners/new", f"/partners/{other}/edit"):
        page = desk.fill(path, name="Kita", informed_on="2020-01-01")
        assert page.status == 400
        assert "already" in page.message_at("name")
        assert page.fields()["informed_on"] == "2020-01-01"
    assert [partner.name for partner in desk.partners()] == ["Kita", "Schule"]


def test_dates_in_the_wrong_order_are_explained(desk: Desk) -> None:
    page = desk.fill("/partners/new", name="Kita", identified_on="2014-01-02", informed_on="2014-01-01", won_on="bald")
    assert page.status == 400
    assert "above" in page.message_at("informed_on")
    assert "date" in page.message_at("won_on")
    assert desk.partners() == []


def test_second_editor_sees_both_versions(desk: Desk) -> None:
    path = f"/partners/{add(desk, 'Kita')}/edit"
    opened = desk.see(path).fields()
    assert desk.fill(path, name="Kita am Park", inside="no").status == 303
    refused = desk.send(path, opened, name="Kita Sonne")
    assert refused.status == 409
    assert "Kita am Park" in refused.words_of("table")
    assert refused.fields()["name"] == "Kita Sonne"
    assert desk.partners()[0].name == "Kita am Park"
    assert desk.send(path, refused.fields()).status == 303
    assert desk.partners()[0].name == "Kita Sonne"


def test_partner_is_removed_only_after_asking(desk: Desk) -> None:
    partner_id = add(desk, "Kita")
    desk.see(f"/partners/{partner_id}/delete")
    assert len(desk.partners()) == 1
    assert desk.fill(f"/partners/{partner_id}/delete").status == 303
    assert desk.partners() == []
    assert desk.see(f"/partners/{partner_id}/edit").status == 404


def test_list_shows_one_actor_group_when_asked(desk: Desk) -> None:
    add(desk, "Kita", actor_group="childcare_school_university", identified_on=DAY)
    add(desk, "Kammer", actor_group="business_chambers", identified_on=DAY, informed_on=DAY, won_on=DAY)
    add(desk, "Rätsel")
    for group, names in {
        "": {"Kita", "Kammer", "Rätsel"},
        "business_chambers": {"Kammer"},
        "unknown": {"Rätsel"},
        "no_such_group": set(),
    }.items():
        page = desk.see(f"/partners/?group={group}")
        assert {name for name in ("Kita", "Kammer", "Rätsel") if name in page.links()} == names
    assert "3 of 3 partners" in desk.see("/partners/").words


def test_fields_that_the_form_does_not_have_are_ignored(desk: Desk) -> None:
    partner_id = add(desk, "Kita")
    desk.fill(f"/partners/{partner_id}/edit", network_id="99", id="77", role="system_admin")
    assert [partner.name for partner in desk.partners()] == ["Kita"]


def test_steps_count_only_without_a_hole() -> None:
    whole, hole, nothing = Partner("a", None, None, None, DAY, DAY, DAY), Partner("b", won_on=DAY), Partner("c")
    begun = Partner("d", identified_on=DAY)
    assert [count_steps(partner) for partner in (whole, hole, nothing, begun)] == [3, 0, 0, 1]
    assert [has_gap(partner) for partner in (whole, hole, nothing, begun)] == [False, True, False, False]
    assert measure_funnel([whole, hole, nothing, begun]) == Funnel(identified=2, informed=1, won=1)
    assert measure_funnel([]) == Funnel(0, 0, 0)
