"""Shares of records and mean ratios: gaps, names, sources that nobody kept."""

import json
from fractions import Fraction
from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, meeting, report

from survey_app.evaluation import IndicatorResult

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
