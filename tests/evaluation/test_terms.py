"""The numbers that a figure is made of add up to it, and tell of no single person."""

from fractions import Fraction

import pytest
from evaluation_documents import facts as facts_of
from evaluation_documents import goals, indicator, item, meeting, report, survey
from evaluation_strategies import goal_systems
from facts_strategies import facts
from hypothesis import given, settings

from survey_app.evaluation import Averaging, Facts, GoalSystem, IndicatorResult, Kind, Row, evaluate
from survey_app.evaluation.disclosure import SMALLEST_CELL

MEAN = {"item": '"benefit"', "values": "{ yes = 4, no = 1 }", "period": '"survey"'}
CHANGE = {"indicator": '"S"', "against": '"first_survey"', "period": '"survey"'}


def add_up(result: IndicatorResult, row: Row) -> Fraction:
    """Do the sum again as a reader would."""
    shares = [term.first / term.second for term in row.terms]
    if result.indicator.kind is Kind.SHARE_CHANGE:
        return shares[0] - shares[1]
    if result.indicator.kind is Kind.ANSWER_MEAN:
        return sum((term.first * term.second for term in row.terms), Fraction(0)) / sum(t.second for t in row.terms)
    if result.indicator.measure.averaging is Averaging.POOLED:
        return sum((term.first for term in row.terms), Fraction(0)) / sum(term.second for term in row.terms)
    return sum(shares, Fraction(0)) / len(shares)


@settings(max_examples=60)
@given(goal_systems(), facts())
def test_terms_give_the_value_when_added_up(goal_system: GoalSystem, found: Facts) -> None:
    for tier in ("internal", "public"):
        report = evaluate(goal_system, found.book, found.tallies, found.cut_off, tier=tier)
        for result in report.indicators:
            for row in result.rows:
                if row.value is None:
                    assert not row.terms
                elif row.terms:
                    assert add_up(result, row) == row.value
                    if result.indicator.kind is Kind.ANSWER_MEAN:
                        assert all(term.second == 0 or term.second >= SMALLEST_CELL for term in row.terms)


@pytest.mark.parametrize(
    ("kind", "keys", "facts", "terms"),
    [
        ("answer_mean", MEAN, facts_of(survey(item(30, 10))), [("yes", 4, 30), ("no", 1, 10)]),
        ("answer_mean", MEAN, facts_of(survey(item(30, 2))), []),
        ("answer_mean", MEAN, facts_of(survey(item(30, 0))), [("yes", 4, 30), ("no", 1, 0)]),
        ("answer_mean", MEAN, facts_of(survey(item(30, 0, sensitive=True))), []),
        (
            "share_change",
            CHANGE,
            facts_of(survey(item(30, 10)), survey(item(10, 40), id_="S2", date="2024-09-01")),
            [("2024-09-01", 10, 50), ("2024-03-01", 30, 40)],
        ),
        (
            "mean_ratio",
            {},
            facts_of(
                meetings=[
                    meeting("m", "2024-03-01", title="Auftakt", invited=80, attended_invited=38),
                    meeting("n", "2024-04-01", invited=80),
                ]
            ),
            [("Auftakt (01.03.2024)", 38, 80)],
        ),
    ],
)
def test_terms_name_what_was_counted_when_it_may_be_told(kind: str, keys: dict, facts: str, terms: list) -> None:
    text = goals(indicator(id_="S"), indicator(kind, id_="X", **keys))
    result = report(text, facts).find_result("X")
    assert [(term.name, term.first, term.second) for term in result.headline_row.terms] == terms
