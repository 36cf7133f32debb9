"""Figures from documents: entered once per indicator and day, changed by one person at a time, part of the report."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from factories import NOW, make_network
from sqlalchemy.orm import Session

from survey_app.domain.book import Quotation
from survey_app.domain.errors import ConflictingRevision, InvalidRecord, NameTaken, UnknownQuotation
from survey_app.domain.network import Minimums, Network
from survey_app.services import designing, quoting, reporting

pytestmark = pytest.mark.both_databases

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
target = 0.6
value = 0.5
as_of = 2017-04-26
source_text = "Vortrag, Folie 12"
[[indicator]]
id = "N"
kind = "record_count"
text = "Treffen"
goals = ["1"]
source = "meetings"
period = "calendar_year"
"""
FIGURE = Quotation("M", date(2019, 5, 1), Fraction(13, 20), "Bericht 2019, Seite 4", respondents=120)


@pytest.fixture
def town(session: Session, network: Network) -> Network:
    designing.publish_goal_system(session, GOALS, network_id=network.id, now=NOW)
    return network


def test_a_figure_is_part_of_the_report_when_entered(session: Session, town: Network) -> None:
    quoting.add_quotation(session, town, FIGURE)
    (result, _) = reporting.build_report(session, town, cut_off=date(2024, 1, 1)).report.indicators
    assert [row.display for row in result.rows] == ["50\u00a0%", "65\u00a0%"]
    assert result.headline_row.source_text == "Bericht 2019, Seite 4"
    assert [stored.quotation for stored in quoting.list_quotations(session, town)] == [FIGURE]
    assert [indicator.id for indicator in quoting.list_quotable(session, town)] == ["M"]


def test_a_day_has_one_figure(session: Session, town: Network) -> None:
    first = quoting.add_quotation(session, town, FIGURE)
    with pytest.raises(NameTaken):
        quoting.add_quotation(session, town, replace(FIGURE, value=Fraction(1, 2)))
    quoting.add_quotation(session, town, replace(FIGURE, as_of=date(2020, 5, 1)))
    moved = replace(quoting.load_quotation(session, town, first), quotation=replace(FIGURE, as_of=date(2020, 5, 1)))
    with pytest.raises(NameTaken):
        quoting.change_quotation(session, town, moved)


def test_who_saves_second_sees_what_the_first_saved(session: Session, town: Network) -> None:
    stored = quoting.load_quotation(session, town, quoting.add_quotation(session, town, FIGURE))
    quoting.change_quotation(session, town, replace(stored, quotation=replace(FIGURE, source_text="Seite 5")))
    with pytest.raises(ConflictingRevision) as caught:
        quoting.change_quotation(session, town, replace(stored, quotation=replace(FIGURE, source_text="Seite 6")))
    assert caught.value.theirs.quotation.source_text == "Seite 5"


def test_a_figure_goes_when_removed(session: Session, town: Network) -> None:
    key = quoting.add_quotation(session, town, FIGURE)
    quoting.remove_quotation(session, town, key)
    assert not quoting.list_quotations(session, town)
    with pytest.raises(UnknownQuotation):
        quoting.remove_quotation(session, town, key)


def test_a_figure_of_another_network_does_not_exist(session: Session, town: Network) -> None:
    key = quoting.add_quotation(session, town, FIGURE)
    other = make_network(session, "rostock")
    designing.publish_goal_system(session, GOALS, network_id=other.id, now=NOW)
    stored = quoting.load_quotation(session, town, key)
    with pytest.raises(UnknownQuotation):
        quoting.load_quotation(session, other, key)
    with pytest.raises(UnknownQuotation):
        quoting.change_quotation(session, other, stored)
    with pytest.raises(UnknownQuotation):
        quoting.remove_quotation(session, other, key)
    assert quoting.load_quotation(session, town, key).quotation == FIGURE


@pytest.mark.parametrize(
    ("changes", "place"),
    [({"indicator": "N"}, "indicator"), ({"indicator": "X"}, "indicator"), ({"value": Fraction(2)}, "value")],
)
def test_a_figure_is_refused_when_it_fits_no_indicator(
    session: Session, town: Network, changes: dict, place: str
) -> None:
    with pytest.raises(InvalidRecord) as caught:
        quoting.add_quotation(session, town, replace(FIGURE, **changes))
    assert place in [problem.place for problem in caught.value.problems]


def test_a_stricter_network_refuses_smaller_groups(session: Session) -> None:
    strict = make_network(session, "streng", minimums=Minimums(internal=30))
    designing.publish_goal_system(session, GOALS, network_id=strict.id, now=NOW)
    with pytest.raises(InvalidRecord) as caught:
        quoting.add_quotation(session, strict, replace(FIGURE, respondents=20))
    assert [problem.code for problem in caught.value.problems] == ["too_few_respondents"]
