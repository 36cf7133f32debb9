"""Figures from documents: a row each, as sure as the document makes them, and nothing of a handful of people."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from evaluation_documents import facts, goals, indicator
from hypothesis import given
from hypothesis import strategies as st

from survey_app.domain.book import Quotation
from survey_app.domain.book_checks import check_quotation
from survey_app.evaluation import Facts, IndicatorResult, evaluate, parse_facts, parse_goals, write_facts

SLIDE = {
    "value": "0.5",
    "as_of": "2017-04-26",
    "source_text": '"Vortrag"',
    "period": '"survey"',
    "unit": '"%"',
    "target": "0.6",
}


def quote(day: str, value: str, **values: object) -> Quotation:
    return Quotation("I", date.fromisoformat(day), Fraction(value), "Bericht", **values)


def measure(*quoted: Quotation, tier: str = "internal", cut_off: str = "2024-12-31", **keys: str) -> IndicatorResult:
    system, found = parse_goals(goals(indicator("manual_value", **(SLIDE | keys)))), parse_facts(facts(cut_off=cut_off))
    book = replace(found.book, quotations=quoted)
    return evaluate(system, book, found.tallies, found.cut_off, tier=tier).indicators[0]


def test_the_figure_of_the_goals_stands_first_and_entries_follow_when_there_are_any() -> None:
    result = measure(quote("2019-05-01", "13/20"), quote("2018-05-01", "11/20"))
    assert [row.display for row in result.rows] == ["50\u00a0%", "55\u00a0%", "65\u00a0%"]
    assert result.headline == 2
    assert "65\u00a0% (Stand 01.05.2019; Bericht)" in result.headline_row.sentence_de
    assert [row.source_text for row in result.rows] == ["Vortrag", "Bericht", "Bericht"]


def test_an_entry_of_the_same_day_takes_the_place_of_the_figure_of_the_goals() -> None:
    assert [row.display for row in measure(quote("2017-04-26", "0.51")).rows] == ["51\u00a0%"]


def test_what_is_dated_later_is_left_out() -> None:
    assert measure(quote("2019-05-01", "0.7"), cut_off="2018-01-01").headline_row.display == "50\u00a0%"
    early = measure(quote("2019-05-01", "0.7"), cut_off="2016-01-01")
    assert (early.headline_row.value, early.headline_row.reasons) == (None, ("undocumented",))


def test_of_one_year_the_last_figure_counts_when_the_indicator_is_yearly() -> None:
    quoted = (quote("2018-03-01", "3"), quote("2018-11-01", "5"), quote("2019-02-01", "2"))
    result = measure(*quoted, period='"calendar_year"', unit="", value="1", target="4")
    assert [(row.period.label, row.display) for row in result.rows] == [("2017", "1"), ("2018", "5"), ("2019", "2")]


@pytest.mark.parametrize(
    ("quoted", "verdict"),
    [
        (quote("2019-05-01", "0.9"), "reached_point"),  # how many were asked is not known
        (quote("2019-05-01", "0.1"), "open"),
        (quote("2019-05-01", "0.9", exact=True), "reached_secure"),
        (quote("2019-05-01", "0.1", exact=True), "missed"),
        (quote("2019-05-01", "0.9", respondents=200), "reached_point"),  # how many were silent is not known
        (quote("2019-05-01", "0.55", respondents=100), "open"),
        (quote("2019-05-01", "0.1", respondents=200), "missed"),
        (quote("2019-05-01", "1", respondents=7), "not_assessable"),
    ],
)
def test_precision_decides_how_far_a_verdict_goes(quoted: Quotation, verdict: str) -> None:
    assert measure(quoted).headline_row.verdict == verdict


def test_a_number_of_respondents_gives_an_interval_and_stands_beside_the_share() -> None:
    row = measure(quote("2019-05-01", "0.32", respondents=150)).headline_row
    assert row.base == 150
    assert row.low is not None
    assert (round(float(row.low), 3), round(float(row.high or 0), 3)) == (0.251, 0.398)
    assert "32\u00a0% von 150 Befragten" in row.sentence_de


@pytest.mark.parametrize(
    ("count", "tier", "shown"), [(9, "public", False), (9, "internal", True), (4, "internal", False)]
)
def test_nothing_is_shown_of_a_handful_of_people(count: int, tier: str, shown: bool) -> None:
    row = measure(quote("2019-05-01", "1", respondents=count), tier=tier).headline_row
    assert (row.value is not None) == shown
    if not shown:
        assert row.reasons == ("below_disclosure_threshold",)
        assert str(count) not in row.sentence_de
        assert row.base is None


@given(
    st.lists(
        st.builds(
            Quotation,
            indicator=st.sampled_from(["I", "Ü 2"]),
            as_of=st.dates(date(2000, 1, 1), date(2030, 1, 1)),
            value=st.fractions(max_denominator=10**12),
            source_text=st.text(st.characters(exclude_categories=["C"]), max_size=20),
            respondents=st.none() | st.integers(1, 10**6),
            exact=st.booleans(),
        ),
        max_size=3,
    )
)
def test_facts_come_back_when_figures_are_written(quoted: list[Quotation]) -> None:
    found = parse_facts(facts())
    written = Facts(replace(found.book, quotations=tuple(quoted)), (), found.cut_off)
    assert parse_facts(write_facts(written)) == written


@pytest.mark.parametrize(
    ("quotation", "problems"),
    [
        (quote("2019-05-01", "0.5", respondents=100), []),
        (quote("2019-05-01", "0.33", respondents=150), []),
        (quote("2019-05-01", "0.5"), []),
        (quote("2019-05-01", "1.5"), [("share_out_of_range", "value")]),
        (quote("2019-05-01", "0.5", respondents=4), [("too_few_respondents", "respondents")]),
        (quote("2019-05-01", "0.5", respondents=5), [("share_does_not_fit", "respondents")]),
        (quote("2019-05-01", "0.5", respondents=100, exact=True), [("respondents_of_no_share", "respondents")]),
        (replace(quote("2019-05-01", "0.5"), source_text=" "), [("required", "source_text")]),
        (replace(quote("2019-05-01", "0.5"), source_text="x" * 501), [("text_too_long", "source_text")]),
    ],
)
def test_a_figure_is_refused_when_it_cannot_be(quotation: Quotation, problems: list[tuple[str, str]]) -> None:
    found = check_quotation(quotation, is_known=True, is_share=True, fewest=5)
    assert [(problem.code, problem.place) for problem in found] == problems


def test_figures_of_no_indicator_and_of_no_size_are_refused() -> None:
    unknown = check_quotation(quote("2019-05-01", "3"), is_known=False, is_share=False, fewest=5)
    assert [problem.place for problem in unknown] == ["indicator"]
    huge = check_quotation(quote("2019-05-01", "1e12"), is_known=True, is_share=False, fewest=5)
    assert [problem.code for problem in huge] == ["number_too_large"]
    counted = check_quotation(quote("2019-05-01", "3", respondents=30), is_known=True, is_share=False, fewest=5)
    assert [problem.code for problem in counted] == ["respondents_of_no_share"]


def test_a_share_does_not_round_across_its_target() -> None:
    assert measure(quote("2019-05-01", "0.596")).headline_row.display == "59,6\u00a0%"
