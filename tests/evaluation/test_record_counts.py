"""Counts of records: years, deadlines, partners, what counts once."""

from datetime import date
from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, meeting, report
from hypothesis import given
from hypothesis import strategies as st

from survey_app.evaluation import IndicatorResult, count_full_years

PARTNERS = {
    "source": '"partners"',
    "where": '[["identified_on", "present", true], ["won_on", "present", true]]',
    "distinct_by": '"name"',
    "period": '"since_start"',
    "target": "2",
}


def measure(
    kind: str, *, cut_off: str = "2024-12-31", keys: dict[str, str] | None = None, **book: Any
) -> IndicatorResult:
    return report(goals(indicator(kind, **(keys or {}))), facts(cut_off=cut_off, **book)).indicators[0]


def partner(name: str | None, identified: str | None, won: str | None, **fields: Any) -> dict[str, Any]:
    return {"name": name, "identified_on": identified, "won_on": won} | fields


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ([meeting("A", "2024-03-01"), meeting("B", "2024-03-01")], 1),
        ([meeting("A", "2024-03-01"), meeting("B", "2024-03-02")], 2),
        ([meeting("A", "2024-03-01", status="postponed"), meeting("B", "2024-05-02")], 1),
        ([meeting("A", "2024-12-31"), meeting("B", "2025-01-01")], 1),
        ([meeting("A", None), meeting("B", "2024-01-01")], 1),
        ([meeting("A", "2024-03-01", format=None), meeting("B", "2024-05-01", status=None)], 0),
        ([meeting("A", "2024-03-01", format="workshop")], 0),
    ],
)
def test_meetings_are_counted_as_people_mean_it_when_recorded_oddly(recorded: list[Any], expected: int) -> None:
    assert measure("record_count", meetings=recorded).headline_row.numerator == expected


def test_year_keeps_its_verdict_when_it_is_running_and_reached() -> None:
    recorded = [meeting("A", "2024-02-01"), meeting("B", "2024-03-01")]
    row = measure("record_count", cut_off="2024-06-30", meetings=recorded).rows[-1]
    assert (row.verdict, list(row.reasons)) == ("reached_secure", ["period_running"])
    assert row.high is None


def test_year_is_open_when_it_is_running_and_not_reached() -> None:
    row = measure("record_count", cut_off="2024-06-30", meetings=[meeting("A", "2024-02-01")]).rows[-1]
    assert (row.verdict, row.label) == ("open", "offen – Zeitraum läuft noch")
    assert row.sentence_de == "2024: 1 Treffen. Ziel: mindestens 2. Der Zeitraum läuft noch; es fehlt 1."


def test_running_year_speaks_when_the_network_is_new() -> None:
    result = measure("record_count", cut_off="2024-06-30", starts_on="2024-02-01", meetings=[])
    assert [row.period.label for row in result.rows] == ["2024"]
    assert list(result.headline_row.reasons) == ["not_a_full_year", "period_running"]


@given(
    st.lists(st.dates(date(2020, 1, 1), date(2024, 6, 30)), max_size=8),
    st.dates(date(2020, 1, 1), date(2021, 12, 31)),
    st.integers(0, 3),
)
def test_years_are_those_of_the_numeric_rule_when_meetings_are_random(
    days: list[date], start: date, target: int
) -> None:
    rows = [meeting(f"M{n}", day.isoformat()) for n, day in enumerate(days)]
    result = measure(
        "record_count", cut_off="2024-06-30", starts_on=start.isoformat(), meetings=rows, keys={"target": str(target)}
    )
    expected = count_full_years(days, starts_on=start, cut_off=date(2024, 6, 30), target=target)
    found = [(int(row.period.label or 0), row.numerator, row.verdict, row.reasons) for row in result.rows]
    assert found == [(year.year, year.count, year.verdict, year.reasons) for year in expected.years]
    assert (result.full_years, result.full_years_reached) == (expected.full_years, expected.full_years_reached)


def test_names_count_once_when_partners_stand_twice() -> None:
    rows = [
        partner("A", "2020-02-01", "2020-03-01"),
        partner("A", "2021-02-01", "2021-03-01"),
        partner("B", "2021-02-01", None),
        partner(None, "2021-02-01", "2021-03-01"),
    ]
    row = measure("record_count", keys=PARTNERS, partners=rows).headline_row
    assert (row.numerator, row.verdict) == (1, "open")
    assert [stage.count for stage in row.stages or ()] == [2, 1]
    assert (
        row.sentence_de == "1 Partner bis 31.12.2024. Ziel: mindestens 2. Das Ziel ist noch nicht erreicht; es fehlt 1."
    )


def test_partners_count_when_they_were_won_before_the_network_began() -> None:
    rows = [partner("A", "2019-02-01", "2019-03-01"), partner("B", "2019-02-01", "2021-03-01")]
    assert measure("record_count", keys=PARTNERS, partners=rows).headline_row.numerator == 2
    later = PARTNERS | {"starts_on": "2020-01-01"}
    assert measure("record_count", keys=later, partners=rows).headline_row.numerator == 0


def test_date_is_absent_when_it_lies_after_the_cut_off() -> None:
    rows = [partner("A", "2020-02-01", "2025-03-01"), partner("B", "2025-02-01", "2020-03-01")]
    row = measure("record_count", keys=PARTNERS, partners=rows).headline_row
    assert row.numerator == 0
    assert [stage.count for stage in row.stages or ()] == [1, 0]


@pytest.mark.parametrize(
    ("deadline", "count", "verdict", "reasons"),
    [
        ("2030-12-31", 1, "open", ["period_running"]),
        ("2022-12-31", 1, "missed", []),
        ("2023-12-31", 2, "reached_secure", []),
    ],
)
def test_count_is_final_when_its_deadline_has_passed(
    deadline: str, count: int, verdict: str, reasons: list[str]
) -> None:
    rows = [partner("A", "2020-02-01", "2020-03-01"), partner("B", "2020-02-01", "2023-03-01")][
        : 1 if count == 1 and deadline > "2030" else 2
    ]
    row = measure("record_count", keys=PARTNERS | {"deadline": deadline}, partners=rows).headline_row
    assert (row.numerator, row.verdict, list(row.reasons)) == (count, verdict, reasons)


def test_lists_count_code_by_code_when_they_are_distinct() -> None:
    rows = [
        partner("A", "2020-02-01", None, fields=["school", "culture"]),
        partner("B", "2020-02-01", None, fields=["school"]),
    ]
    keys = {"source": '"partners"', "where": "", "distinct_by": '"fields"', "period": '"since_start"', "target": "8"}
    assert measure("record_count", keys=keys, partners=rows).headline_row.numerator == 2


def test_fields_with_an_offer_are_counted_when_dated_in_the_year() -> None:
    offers = [
        {"id": "1", "started_on": "2024-02-01", "field": "school"},
        {"id": "2", "started_on": "2024-03-01", "field": "school"},
        {"id": "3", "started_on": "2024-03-01", "field": "culture"},
        {"id": "4", "started_on": "2023-03-01", "field": "clubs"},
    ]
    keys = {"source": '"offers"', "where": "", "distinct_by": '"field"', "period": '"calendar_year"', "target": "2"}
    row = measure("record_count", keys=keys, offers=offers).headline_row
    assert (row.numerator, row.verdict) == (2, "reached_secure")
    assert row.sentence_de == "2024: 2 Angebote. Ziel: mindestens 2. Das Ziel ist erreicht."
