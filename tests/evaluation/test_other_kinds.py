"""The kinds that other networks use: means of answers, changes of shares, typed-in values."""

from fractions import Fraction
from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, item, report, survey

from survey_app.evaluation import IndicatorResult

MEAN = {"item": '"benefit"', "values": "{ yes = 4, no = 1 }", "period": '"survey"', "target": "2.5"}


def measure(kind: str, *surveys: dict[str, Any], keys: dict[str, str], tier: str = "internal") -> IndicatorResult:
    text = goals(indicator(id_="S", target="0.2"), indicator(kind, id_="X", **keys))
    found = report(text, facts(*surveys), tier=tier).find_result("X")
    assert found is not None
    return found


# ---------------------------------------------------------------- means


def test_mean_has_a_t_interval_when_answers_are_coded() -> None:
    row = measure("answer_mean", survey(item(30, 10)), keys=MEAN).headline_row
    assert (row.value, row.display, row.base) == (Fraction(13, 4), "3,3", 40)
    assert row.low is not None
    assert float(row.low) == pytest.approx(2.82925, abs=0.00001)
    assert (row.verdict, list(row.reasons)) == ("reached_point", ["attendance_unknown"])
    assert row.sentence_de.startswith("Mittelwert 3,3 aus 40 Antworten (Unsicherheit 2,8 bis 3,7).")


def test_mean_is_secure_when_everybody_answered() -> None:
    row = measure("answer_mean", survey(item(30, 10), attended=40), keys=MEAN).headline_row
    assert (row.verdict, row.low, row.high_s) == ("reached_secure", Fraction(13, 4), Fraction(13, 4))


@pytest.mark.parametrize(
    ("counts", "attended", "verdict", "reasons"),
    [
        (item(0, 0, no_answer=5), 20, "not_assessable", ["no_answers"]),
        (item(2, 2), 20, "not_assessable", ["below_disclosure_threshold"]),
        (item(3, 4), 20, "not_assessable", ["small_base"]),
        (item(0, 40), 60, "missed", []),
        (item(30, 10), 20, "reached_point", ["attendance_implausible"]),
    ],
)
def test_mean_is_judged_as_shares_are_when_answers_are_few(
    counts: dict[str, Any], attended: int, verdict: str, reasons: list[str]
) -> None:
    row = measure("answer_mean", survey(counts, attended=attended), keys=MEAN).headline_row
    assert (row.verdict, list(row.reasons)) == (verdict, reasons)


def test_option_is_no_answer_when_it_has_no_value() -> None:
    counts = item(0, 0) | {"counts": {"yes": 20, "no": 10, "first_time": 30}}
    row = measure("answer_mean", survey(counts, attended=60), keys=MEAN).headline_row
    assert (row.base, row.value, row.missing) == (30, Fraction(3), 0)


def test_mean_is_pooled_when_the_period_is_a_year() -> None:
    surveys = [
        survey(item(30, 10)),
        survey(item(10, 30), id_="S2", date="2024-09-01"),
        survey(item(2, 1), id_="S3", date="2024-10-01"),
    ]
    result = measure("answer_mean", *surveys, keys=MEAN | {"period": '"calendar_year"', "pooling": '"all"'})
    assert (result.headline_row.base, result.headline_row.value) == (80, Fraction(5, 2))
    assert "1 Erhebung mit zu wenigen Antworten ist nicht enthalten." in result.headline_row.sentence_de
    assert result.by_survey is not None
    assert [row.value is None for row in result.by_survey] == [False, False, True]
    latest = measure("answer_mean", *surveys[:2], keys=MEAN | {"period": '"calendar_year"'})
    assert latest.headline_row.base == 40
    assert measure("answer_mean", keys=MEAN | {"period": '"calendar_year"'}).headline_row.reasons == ("no_answers",)


# ---------------------------------------------------------------- changes


CHANGE = {"indicator": '"S"', "against": '"first_survey"', "period": '"survey"', "target": "0"}


def series(*shares: int, year: int = 2022) -> list[dict[str, Any]]:
    return [survey(item(k, 100 - k), id_=f"S{n}", date=f"{year + n}-03-01") for n, k in enumerate(shares)]


@pytest.mark.parametrize(
    ("against", "expected"),
    [('"first_survey"', Fraction(3, 10)), ('"previous_year"', Fraction(1, 10)), ("2022-12-31", Fraction(3, 10))],
)
def test_change_is_a_difference_when_there_is_something_before(against: str, expected: Fraction) -> None:
    result = measure("share_change", *series(30, 50, 60), keys=CHANGE | {"against": against})
    assert result.headline_row.value == expected
    assert len(result.rows) == 2


def test_change_has_newcombes_interval_when_measured() -> None:
    row = measure("share_change", *series(30, 60), keys=CHANGE).headline_row
    assert row.low is not None
    assert row.high is not None
    assert (float(row.low), float(row.high)) == pytest.approx((0.16292, 0.42156), abs=0.00001)
    assert (row.display, row.verdict) == ("+30\u00a0Prozentpunkte", "reached_point")


def test_change_is_open_when_the_interval_contains_the_target() -> None:
    assert measure("share_change", *series(50, 48), keys=CHANGE).verdict == "open"
    assert measure("share_change", *series(80, 20), keys=CHANGE).verdict == "missed"


@pytest.mark.parametrize(
    ("surveys", "reason"),
    [
        (series(30), "no_answers"),
        ([], "no_answers"),
        ([survey(item(2, 1), date="2023-01-01"), survey(item(50, 50), id_="S2")], "below_disclosure_threshold"),
    ],
)
def test_change_is_not_assessable_when_there_is_nothing_to_compare(surveys: list[dict[str, Any]], reason: str) -> None:
    row = measure("share_change", *surveys, keys=CHANGE).headline_row
    assert (row.value, row.verdict) == (None, "not_assessable")
    assert reason in row.reasons


def test_change_is_not_measured_when_the_wording_changed() -> None:
    surveys = [survey(item(30, 70), date="2023-01-01"), survey(item(60, 40, version=2), id_="S2")]
    row = measure("share_change", *surveys, keys=CHANGE).headline_row
    assert (row.value, list(row.flags)) == (None, ["version_changed"])
    assert "anders gestellt" in row.sentence_de


# ---------------------------------------------------------------- typed-in values


def manual(**keys: str) -> dict[str, str]:
    return {
        "value": "0.32",
        "as_of": "2024-04-26",
        "source_text": '"Vortrag, Folie 12"',
        "period": '"calendar_year"',
        "target": "0.4",
        "unit": '"%"',
    } | keys


@pytest.mark.parametrize(
    ("keys", "verdict"),
    [
        ({}, "open"),
        ({"target": "0.3"}, "reached_point"),
        ({"target": ""}, "no_target"),
        ({"lower": "0.32", "upper": "0.32"}, "missed"),
        ({"lower": "0.32", "upper": "0.32", "target": "0.3"}, "reached_secure"),
        ({"lower": "0.3", "upper": "0.35"}, "missed"),
    ],
)
def test_typed_in_value_is_as_sure_as_its_limits_when_judged(keys: dict[str, str], verdict: str) -> None:
    row = measure("manual_value", keys=manual(**keys)).headline_row
    assert (row.verdict, row.display, row.period.label) == (verdict, "32\u00a0%", "2024")
    assert "Vortrag, Folie 12" in row.sentence_de
    assert "26.04.2024" in row.sentence_de


def test_typed_in_value_is_absent_when_it_is_from_after_the_cut_off() -> None:
    row = measure("manual_value", keys=manual(as_of="2025-01-01")).headline_row
    assert (row.value, row.verdict, list(row.reasons)) == (None, "not_assessable", ["undocumented"])


def test_typed_in_number_has_its_unit_when_it_is_no_share() -> None:
    row = measure("manual_value", keys=manual(value="1250.5", target="1000", unit='"Aufrufe"')).headline_row
    assert row.display == "1250,5"
    assert row.sentence_de.startswith("1250,5 Aufrufe (Stand 26.04.2024; Vortrag, Folie 12). Ziel: mindestens 1000.")
