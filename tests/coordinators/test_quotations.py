"""Entering figures from documents: typed as people read them, kept when something is wrong, gone when removed."""

from datetime import date
from fractions import Fraction

import pytest
from factories import NOW

from survey_app.domain.book import Quotation
from survey_app.services import designing, quoting

from .conftest import Desk

GOALS = """
schema = "goals/1"
id = "alt"
title = "Netz"
version = "1"
starts_on = 2012-01-01
[[goal]]
id = "1"
level = "specific"
text = "Nutzen"
[[indicator]]
id = "M"
kind = "manual_value"
text = "Anteil laut Vortrag"
goals = ["1"]
period = "survey"
unit = "%"
value = 0.5
as_of = 2017-04-26
source_text = "Vortrag, Folie 12"
[[indicator]]
id = "B"
kind = "manual_value"
text = "Berichte an den Kreistag"
goals = ["1"]
period = "calendar_year"
value = 1
as_of = 2017-12-31
source_text = "Akte"
"""
TYPED = {"value": "62,5", "as_of": "2019-05-01", "respondents": "120", "source_text": "Bericht 2019, Seite 4"}
STORED = Quotation("M", date(2019, 5, 1), Fraction(5, 8), "Bericht 2019, Seite 4", respondents=120)


@pytest.fixture
def office(desk: Desk) -> Desk:
    designing.publish_goal_system(desk.session, GOALS, network_id=desk.network.id, now=NOW)
    return desk


def stored(desk: Desk) -> list[Quotation]:
    desk.session.rollback()
    return [one.quotation for one in quoting.list_quotations(desk.session, desk.network)]


def test_a_share_is_typed_in_per_cent_and_stands_in_the_list(office: Desk) -> None:
    saved = office.fill("/goals/figures/new/M", **TYPED)
    assert saved.status == 303
    shown = office.follow(saved).words
    for piece in (
        "62.5\u00a0%".replace("\u00a0", " "),
        "1 May 2019",
        "120",
        "Bericht 2019, Seite 4",
        "Vortrag, Folie 12",
    ):
        assert piece in shown, piece
    assert stored(office) == [STORED]


def test_a_count_has_no_respondents_and_is_exact_unless_said_otherwise(office: Desk) -> None:
    page = office.see("/goals/figures/new/B")
    assert "respondents" not in page.fields()
    typed = {"value": "3", "as_of": "31.12.2019", "source_text": "Akte 7"}
    assert office.fill("/goals/figures/new/B", **typed).status == 303
    assert stored(office) == [Quotation("B", date(2019, 12, 31), Fraction(3), "Akte 7", exact=True)]


def test_what_was_typed_is_kept_when_something_is_wrong(office: Desk) -> None:
    page = office.fill("/goals/figures/new/M", **(TYPED | {"value": "viel", "as_of": "", "source_text": ""}))
    assert page.status == 400
    for field in ("value", "as_of", "source_text"):
        assert page.message_at(field)
    assert page.fields()["value"] == "viel"
    assert page.fields()["respondents"] == "120"
    assert not stored(office)


@pytest.mark.parametrize(
    ("changes", "field", "piece"),
    [
        ({"value": "162"}, "value", "between 0 and 100"),
        ({"respondents": "3"}, "respondents", "fewer than 5"),
        ({"respondents": "7"}, "respondents", "no such share"),
        ({"respondents": "-7"}, "respondents", "0 or more"),
        ({"source_text": "x" * 501}, "source_text", "too long"),
    ],
)
def test_impossible_figures_are_explained_at_the_field(office: Desk, changes: dict, field: str, piece: str) -> None:
    page = office.fill("/goals/figures/new/M", **(TYPED | changes))
    assert page.status == 400
    assert piece in page.message_at(field)
    assert not stored(office)


def test_a_day_that_has_a_figure_is_explained(office: Desk) -> None:
    office.fill("/goals/figures/new/M", **TYPED)
    page = office.fill("/goals/figures/new/M", **TYPED)
    assert (page.status, "already" in page.message_at("as_of")) == (400, True)


def test_saving_an_untouched_form_changes_nothing(office: Desk) -> None:
    for figure in (STORED, Quotation("B", date(2018, 1, 1), Fraction(2), "Akte", exact=True)):
        key = quoting.add_quotation(office.session, office.network, figure)
        assert office.fill(f"/goals/figures/{key}/edit").status == 303
    assert sorted(stored(office), key=lambda one: one.indicator, reverse=True)[0] == STORED
    assert len(stored(office)) == 2


def test_both_versions_are_shown_when_two_save(office: Desk) -> None:
    key = quoting.add_quotation(office.session, office.network, STORED)
    office.fill(f"/goals/figures/{key}/edit", source_text="Seite 5")
    page = office.fill(f"/goals/figures/{key}/edit", source_text="Seite 6", revision="1")
    assert page.status == 409
    assert "Seite 5" in page.words
    assert "Seite 6" in page.html
    assert [one.source_text for one in stored(office)] == ["Seite 5"]


def test_a_figure_is_removed_after_asking(office: Desk) -> None:
    key = quoting.add_quotation(office.session, office.network, STORED)
    page = office.see(f"/goals/figures/{key}/delete")
    assert "released keep it" in page.words
    assert stored(office) == [STORED]
    assert office.fill(f"/goals/figures/{key}/delete").status == 303
    assert not stored(office)


def test_what_does_not_exist_is_not_found(office: Desk) -> None:
    for path in ("/goals/figures/new/X", "/goals/figures/99/edit", "/goals/figures/99999999999/edit"):
        assert office.see(path).status == 404


def test_without_goals_the_page_says_what_to_do(desk: Desk) -> None:
    assert "Add one of the kind" in desk.see("/goals/figures/").words
