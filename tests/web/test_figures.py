"""Figures in the language of the page: German ones are the report's own, others differ in nothing but the signs."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from survey_app.evaluation import Comparison, Verdict, describe_share, format_percent
from survey_app.evaluation.goals.indicators import Kind, PeriodKind
from survey_app.evaluation.measures.periods import Period
from survey_app.evaluation.measures.rows import Row
from survey_app.web import figures
from survey_app.web.locale import use_language

SURVEY = Period(PeriodKind.SURVEY, "2017-04-26")
SHARES = st.fractions(0, 1, max_denominator=3000)
TARGET = Fraction(3, 5)


def row(part: int, whole: int, **values: object) -> Row:
    values.setdefault("verdict", Verdict.MISSED)
    return Row(SURVEY, value=Fraction(part, whole), numerator=part, base=whole, **values)


@pytest.fixture(scope="module")
def page(request: pytest.FixtureRequest) -> Iterator[None]:
    """A page that needs no database; its language is set by the test."""
    app = Flask("figures")
    from survey_app.web.locale import configure_locale

    app.config["DEFAULT_LANGUAGE"] = "de"
    configure_locale(app)
    with app.test_request_context("/"):
        yield


@pytest.mark.usefixtures("page")
class TestOnAPage:
    @given(SHARES, st.none() | SHARES, st.sampled_from(Comparison))
    def test_percentages_are_those_of_the_report_when_the_page_is_german(self, share, target, comparison) -> None:
        use_language("de")
        shown = figures.share_text(share, target=target, comparison=comparison)
        assert shown == format_percent(share, target=target, comparison=comparison)

    @pytest.mark.parametrize(
        ("part", "whole", "main", "counts"),
        [(100, 150, "67%", "100 of 150"), (12, 20, "60%", "12 of 20"), (7, 9, "7 of 9", None)],
    )
    def test_small_bases_have_no_percentage_when_below_ten(self, part, whole, main, counts) -> None:
        use_language("en")
        figure = figures.figure_of(row(part, whole), Kind.ANSWER_SHARE)
        assert (figure.main, figure.counts) == (main, counts)
        use_language("de")
        assert ("%" in describe_share(part, whole)) is (
            "%" in figures.figure_of(row(part, whole), Kind.ANSWER_SHARE).main
        )

    def test_a_percentage_does_not_round_across_its_target(self) -> None:
        use_language("de")
        assert figures.figure_of(row(149, 250, target=TARGET), Kind.ANSWER_SHARE).main == "59,6\u00a0%"
        use_language("en")
        assert figures.figure_of(row(149, 250, target=TARGET), Kind.ANSWER_SHARE).main == "59.6%"

    def test_nothing_is_shown_when_the_value_is_withheld(self) -> None:
        assert figures.figure_of(Row(SURVEY, Verdict.NOT_ASSESSABLE), Kind.ANSWER_SHARE) is None
        assert figures.range_text(None, None, row(1, 2), Kind.ANSWER_SHARE) is None

    def test_targets_say_their_direction(self) -> None:
        use_language("en")
        assert figures.target_text(row(1, 2, target=TARGET), Kind.ANSWER_SHARE) == "at least 60%"
        at_most = row(1, 2, target=TARGET, comparison=Comparison.AT_MOST)
        assert figures.target_text(at_most, Kind.ANSWER_SHARE) == "at most 60%"
        assert figures.target_text(row(1, 2, target=Fraction(100)), Kind.RECORD_COUNT) == "at least 100"
        assert figures.target_text(row(1, 2, target=Fraction(1)), Kind.RECORD_SHARE) == "all"
        assert figures.target_text(row(1, 2), Kind.RECORD_SHARE) is None

    @pytest.mark.parametrize(
        ("part", "tipping", "comparison", "start"),
        [
            (100, Fraction(22, 45), ">=", "It would be missed if fewer than 49% of the 90"),
            (75, Fraction(23, 30), ">=", "It would be reached if at least 77% of the 90"),
            (140, Fraction(-1, 9), ">=", "The target is reached whatever the 90"),
            (2, Fraction(14, 9), ">=", "Whatever the 90"),
            (75, Fraction(1, 90), "<=", "It would be missed if more than 1.1% of the 90"),
            (120, Fraction(1, 5), "<=", "It would be reached if at most 20% of the 90"),
            (20, Fraction(13, 9), "<=", "The target is reached whatever the 90"),
            (149, Fraction(-1, 9), "<=", "Whatever the 90"),
        ],
    )
    def test_the_tipping_point_says_what_would_turn_the_verdict(self, part, tipping, comparison, start) -> None:
        use_language("en")
        figure = row(part, 150, target=TARGET, comparison=Comparison(comparison), tipping_point=tipping, missing=90)
        assert figures.tipping_sentence(figure).startswith(start)

    def test_there_is_no_tipping_point_when_nobody_is_missing(self) -> None:
        assert figures.tipping_sentence(row(9, 10, target=TARGET, tipping_point=None, missing=0)) is None

    @pytest.mark.parametrize(("number", "text"), [(12, "12"), (1234, "1.234"), (Fraction(7, 2), "3,5")])
    def test_numbers_follow_the_language(self, number, text) -> None:
        use_language("de")
        assert figures.number_text(number) == text
