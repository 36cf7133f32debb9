"""Totals over surveys that are hidden by themselves: by whole years, the same from every day and for every figure."""

from datetime import date
from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, item, report, survey
from hypothesis import given
from hypothesis import strategies as st

from survey_app.evaluation import Row
from survey_app.evaluation.protecting.survey_totals import SurveyCounts, is_safe_together, select_for_total

SINCE_START = {"period": '"since_start"', "pooling": '"all"'}


def counts(name: str, affirming: int, base: int, *, year: int = 2023, hidden: bool = True) -> SurveyCounts:
    return SurveyCounts(name, year, base, affirming, 5, is_hidden=hidden)


@pytest.mark.parametrize(
    ("hidden", "safe"),
    [
        ([(3, 4), (2, 4)], True),
        ([(3, 4)], False),
        ([(1, 2), (1, 2)], False),
        ([(4, 4), (4, 4)], False),
        ([(4, 4), (3, 4), (2, 1)], False),
        ([(0, 1), (3, 4), (2, 4)], False),
    ],
)
def test_hidden_surveys_are_added_when_no_number_of_them_follows(hidden: list[tuple[int, int]], safe: bool) -> None:
    given_ = [counts(str(place), min(k, n), n) for place, (k, n) in enumerate(hidden)]
    assert is_safe_together(given_) is safe


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4)), max_size=6), st.sets(st.integers(0, 5)))
def test_year_is_added_as_a_whole_or_not_at_all(sizes: list[tuple[int, int]], wanted: set[int]) -> None:
    hidden = [counts(str(place), min(k, n), n) for place, (k, n) in enumerate(sizes)]
    ids = {str(place) for place in wanted if place < len(sizes)}
    kept = select_for_total(ids, hidden, set())
    assert kept in (frozenset(), frozenset(entry.survey for entry in hidden))
    assert kept <= ids


def held(number: int, day: str, yes: int, no: int, **changes: Any) -> dict[str, Any]:
    return survey(item(yes, no), id_=f"S{number}", date=day, **changes)


HISTORY = [
    held(1, "2023-03-01", 40, 20),
    held(2, "2023-06-01", 3, 1),
    held(3, "2023-09-01", 2, 2),
    held(4, "2024-02-01", 30, 30),
    held(5, "2024-05-01", 2, 2),
    held(6, "2024-08-01", 3, 1),
]


def total_on(day: date, *surveys: dict[str, Any], tier: str = "internal", **keys: str) -> Row:
    text = goals(indicator(**(SINCE_START | keys)))
    return report(text, facts(*(surveys or HISTORY)), cut_off=day, tier=tier).indicators[0].headline_row


def test_no_few_are_the_difference_when_the_report_is_read_as_of_every_month() -> None:
    """Whoever may choose the day could subtract one day from the next."""
    days = [date(2023 + month // 12, month % 12 + 1, 15) for month in range(4, 24)] + [date(2024, 12, 31)]
    sets = {frozenset(total_on(day).period.surveys or ()) for day in days}
    sizes = {one["id"]: sum(one["items"][0]["counts"].values()) for one in HISTORY}
    for one in sets:
        for other in sets:
            added = sum(sizes[name] for name in one - other)
            assert added == 0 or added >= 5
    assert total_on(date(2024, 12, 31)).period.surveys == ("S1", "S2", "S3", "S4", "S5", "S6")


def test_hidden_surveys_wait_when_their_year_is_not_over() -> None:
    assert total_on(date(2024, 12, 30)).period.surveys == ("S1", "S2", "S3", "S4")


def test_hidden_surveys_wait_when_another_of_their_year_is_not_sealed() -> None:
    late = held(7, "2023-11-01", 1, 1, state="closed")
    assert total_on(date(2024, 12, 31), *HISTORY, late).period.surveys == ("S1", "S4", "S5", "S6")


def test_figures_of_one_item_leave_out_the_same_surveys() -> None:
    few = item(3, 1) | {"counts": {"yes": 3, "no": 1, "first_time": 6}}
    text = goals(indicator(id_="A", **SINCE_START), indicator(id_="B", not_applicable='["first_time"]', **SINCE_START))
    found = report(text, facts(survey(item(40, 20)), survey(few, id_="S2", date="2024-05-01")))
    assert [result.headline_row.period.surveys for result in found.indicators] == [("S1",), ("S1",)]


@pytest.mark.parametrize(
    ("small", "in_public"),
    [
        # Coordinators see the six and subtract them: four people would be left.
        ([(3, 3), (1, 1), (1, 1)], ["S0"]),
        # What is left is a total that they may read anyway.
        ([(3, 3), (2, 2), (1, 2)], ["S0", "S1", "S2", "S3"]),
        # They see both by themselves.
        ([(3, 3), (4, 3)], ["S0", "S1", "S2"]),
    ],
)
def test_public_total_leaves_out_what_coordinators_could_subtract(
    small: list[tuple[int, int]], in_public: list[str]
) -> None:
    surveys = [held(0, "2023-03-01", 40, 20)]
    surveys += [held(place, f"2023-0{place + 3}-01", *part) for place, part in enumerate(small, start=1)]
    assert total_on(date(2024, 12, 31), *surveys, tier="public").period.surveys == tuple(in_public)


def test_figures_of_one_item_leave_out_alike_what_one_of_them_may_not_tell() -> None:
    """The second figure of S3 would tell beside the first; left out of one total only, S3 would be the difference."""
    few = {"S1": (3, 1, 0), "S2": (1, 3, 0), "S3": (1, 1, 1)}
    surveys = [held(0, "2023-03-01", 40, 20)]
    for place, (name, (yes, no, first_time)) in enumerate(few.items(), start=5):
        block = item(yes, no) | {"counts": {"yes": yes, "no": no, "first_time": first_time}}
        surveys.append(survey(block, id_=name, date=f"2023-0{place}-01"))
    text = goals(indicator(id_="A", **SINCE_START), indicator(id_="B", not_applicable='["first_time"]', **SINCE_START))
    found = report(text, facts(*surveys)).indicators
    assert [result.headline_row.period.surveys for result in found] == [("S0", "S1", "S2")] * 2
