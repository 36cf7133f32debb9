"""Counts, shares of records and mean ratios: years, gaps, deadlines, sources that nobody kept."""

import json
from datetime import date
from fractions import Fraction
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


# ---------------------------------------------------------------- sources


@pytest.mark.parametrize("kind", ["record_count", "record_share", "mean_ratio"])
def test_nothing_is_assessable_when_a_source_was_not_recorded(kind: str) -> None:
    result = measure(kind, meetings=None)
    assert len(result.rows) == 1
    row = result.headline_row
    assert (row.verdict, list(row.reasons), row.value) == ("not_assessable", ["undocumented"], None)
    assert row.period.label == "2024"
    assert row.sentence_de == "Dazu sind keine Angaben erfasst."


def test_count_is_zero_when_a_source_is_empty() -> None:
    row = measure("record_count", meetings=[]).headline_row
    assert (row.value, row.display, row.verdict) == (0, "0", "missed")


@pytest.mark.parametrize("kind", ["record_share", "mean_ratio"])
def test_share_is_not_zero_when_a_source_is_empty(kind: str) -> None:
    row = measure(kind, meetings=[]).headline_row
    assert (row.value, row.verdict) == (None, "not_assessable")


def test_every_year_is_a_row_when_records_are_counted() -> None:
    result = measure("record_count", meetings=[meeting("M", "2022-05-01")])
    assert [(row.period.label, row.numerator) for row in result.rows] == [
        ("2020", 0), ("2021", 0), ("2022", 1), ("2023", 0), ("2024", 0),
    ]  # fmt: skip


def test_years_with_records_and_the_reporting_year_are_rows_when_a_share_is_measured() -> None:
    rows = [meeting("M", "2022-05-01", good_practice=True)]
    assert [row.period.label for row in measure("record_share", meetings=rows).rows] == ["2022", "2024"]


# ---------------------------------------------------------------- counts


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


# ---------------------------------------------------------------- shares of records


@pytest.mark.parametrize(
    ("flags", "cut_off", "verdict", "reasons"),
    [
        ([True, True], "2024-12-31", "reached_secure", []),
        ([True, False], "2024-12-31", "missed", []),
        ([True, None], "2024-12-31", "reached_point", ["incomplete"]),
        ([False, None], "2024-12-31", "missed", ["incomplete"]),
        ([None, None], "2024-12-31", "not_assessable", ["incomplete", "undocumented"]),
        ([True], "2024-06-30", "reached_point", ["period_running"]),
        ([False], "2024-06-30", "missed", ["period_running"]),
    ],
)
def test_every_meeting_counts_when_the_target_is_all(
    flags: list[bool | None], cut_off: str, verdict: str, reasons: list[str]
) -> None:
    rows = [meeting(f"M{n}", f"2024-0{n + 1}-01", good_practice=flag) for n, flag in enumerate(flags)]
    row = measure("record_share", cut_off=cut_off, meetings=rows).rows[-1]
    assert (row.verdict, list(row.reasons)) == (verdict, reasons)


def test_parts_and_names_explain_a_share_when_some_fail() -> None:
    rows = [
        meeting("A", "2024-01-01", good_practice=True),
        meeting("B", "2024-02-01", good_practice=False, title="2. Treffen"),
        meeting("C", "2024-03-01", good_practice=None),
        meeting("D", "2024-04-01", good_practice=True, format=None, status=None),
        meeting("E", "2024-05-01", good_practice=False, status="cancelled"),
    ]
    row = measure("record_share", meetings=rows).headline_row
    assert row.base_parts == {"true": 1, "false": 1, "unknown": 2}
    assert (row.low, row.high) == (Fraction(1, 4), Fraction(3, 4))
    assert row.named == {"failed": ("2. Treffen (01.02.2024)",), "unknown": ("01.03.2024", "01.04.2024")}
    assert row.sentence_de == (
        "2024: 1 von 2 dokumentierten Treffen; 2 nicht dokumentiert. Ziel: alle. Das Ziel ist verfehlt. "
        "Nicht erfüllt: 2. Treffen (01.02.2024). Nicht dokumentiert: 01.03.2024, 01.04.2024."
    )


def test_first_meetings_are_exempt_when_a_later_one_is_named() -> None:
    rows = [
        meeting("B", "2024-02-01", good_practice=True),
        meeting("A", "2024-01-01", good_practice=False),
    ]
    assert measure("record_share", meetings=rows).verdict == "missed"
    assert measure("record_share", meetings=rows, keys={"from_meeting": "2"}).verdict == "reached_secure"


def test_needs_are_served_when_an_offer_or_a_reason_exists() -> None:
    needs = [
        {"id": str(n), "recognised_on": "2024-01-01", "status": status}
        for n, status in enumerate(["offer_created", "declined_with_reason", "planned", None])
    ]
    keys = {
        "source": '"needs"',
        "where": '[["status", "in", ["offer_created", "declined_with_reason"]]]',
        "period": '"since_start"',
        "target": "0.5",
    }
    row = measure("record_share", keys=keys, needs=needs).headline_row
    assert (row.display, row.verdict) == ("2 von 3", "reached_secure")
    assert row.sentence_de.startswith(
        "Seit 01.01.2020: 2 von 3 dokumentierten Bedarfen (67\u00a0%); 1 nicht dokumentiert."
    )


# ---------------------------------------------------------------- mean ratios


def ratios(*pairs: tuple[int | None, int | None], **fields: Any) -> list[dict[str, Any]]:
    return [
        meeting(f"M{n}", f"2024-0{n + 1}-01", attended_invited=came, invited=invited, **fields)
        for n, (came, invited) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("pairs", "verdict", "reasons"),
    [
        ([(40, 100)], "reached_secure", []),
        ([(10, 100), (12, 100)], "missed", []),
        ([(60, 50), (40, 100)], "reached_point", ["incomplete", "more_attended_than_invited"]),
        ([(38, 100), (None, None)], "open", ["incomplete"]),
        ([(0, 0), (80, None)], "not_assessable", ["no_usable_meetings"]),
        ([(None, None)], "not_assessable", ["no_usable_meetings"]),
    ],
)
def test_ratio_is_judged_by_its_worst_case_when_numbers_are_missing(
    pairs: Any, verdict: str, reasons: list[str]
) -> None:
    row = measure("mean_ratio", meetings=ratios(*pairs)).headline_row
    assert (row.verdict, list(row.reasons)) == (verdict, reasons)


def test_total_is_no_substitute_when_only_it_was_recorded() -> None:
    row = measure("mean_ratio", meetings=ratios((None, 100), attended_total=50)).headline_row
    assert (row.verdict, list(row.reasons), row.value) == ("not_assessable", ["only_total_recorded"], None)
    assert "nur die Gesamtzahl" in row.sentence_de


def test_flag_is_raised_when_ways_of_averaging_disagree() -> None:
    row = measure("mean_ratio", meetings=ratios((60, 100), (240, 1000))).headline_row
    assert (row.value, row.base_parts) == (Fraction(21, 50), {"known": 2, "unknown": 0, "pooled": Fraction(3, 11)})
    assert (row.verdict, list(row.flags)) == ("reached_secure", ["averaging_sensitive"])
    assert "27\u00a0%" in row.sentence_de
    pooled = measure("mean_ratio", meetings=ratios((60, 100), (240, 1000)), keys={"averaging": '"pooled"'})
    assert (pooled.verdict, list(pooled.headline_row.flags)) == ("missed", ["averaging_sensitive"])


def test_row_since_the_start_stands_beside_years_when_ratios_are_measured() -> None:
    rows = [*ratios((40, 100)), meeting("Z", "2022-03-01", attended_invited=60, invited=100)]
    result = measure("mean_ratio", meetings=rows)
    assert result.overall is not None
    assert result.overall.value == Fraction(1, 2)
    assert (result.overall.period.kind, result.overall.period.running) == ("since_start", False)


def test_document_has_the_keys_of_its_kind_when_written() -> None:
    made = report(
        goals(indicator("record_count", id_="A", **PARTNERS), indicator("mean_ratio", id_="B"), indicator(id_="C")),
        facts(meetings=ratios((40, 100)), partners=[partner("A", "2020-02-01", "2020-03-01")]),
    )
    count, ratio, share = made.to_dict()["indicators"]  # type: ignore[misc]
    assert count["periods"][0]["stages"] == [
        {"condition": ["identified_on", "present", True], "count": 1},
        {"condition": ["won_on", "present", True], "count": 1},
    ]
    assert count["periods"][0]["value"] == "1/1"
    assert count["periods"][0]["high"] is None
    assert "trend" not in count
    assert ratio["overall"]["base_parts"] == {"known": 1, "unknown": 0, "pooled": "2/5"}
    assert "response" not in ratio["overall"]
    assert share["trend"] is None
    assert share["periods"][0]["period"]["surveys"] == []
    assert json.loads(json.dumps(made.to_dict())) == made.to_dict()
