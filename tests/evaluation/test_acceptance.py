"""The nine criteria of the intermediate goal IV.1 of Freiburg, each with examples that can be checked by hand."""

import json
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from evaluation_documents import facts, meeting, survey

from survey_app.evaluation import IndicatorResult, evaluate, parse_facts, parse_goals

FREIBURG = parse_goals(
    (Path(__file__).parents[2] / "survey_app" / "content" / "freiburg-goals.toml").read_text(encoding="utf-8")
)
MEMBERS = {"origin": "members", "rating": "urgent"}
ADMINISTRATION = {"origin": "administration", "rating": "urgent"}
OPTIONS = {
    "knows_more_offers": ("clearly_more", "somewhat_more", "no", "first_time"),
    "contacts_made": ("yes_several", "yes_one", "no", "first_time"),
    "cooperation_won": ("yes_several", "yes_one", "no", "first_time"),
    "topics_central": ("yes_fully", "yes_mostly", "rather_not", "not_at_all", "first_time"),
}


@dataclass(frozen=True)
class Case:
    """One example: what was recorded, and what it means."""

    name: str
    indicator: str
    facts: dict[str, Any]
    verdict: str
    display: str | None
    reasons: list[str] = field(default_factory=list)
    low: float | None = None
    high: float | None = None
    contains: tuple[str, ...] = ()


def answers(code: str, affirming: int, n: int, *, attended: int | None = None) -> dict[str, Any]:
    first, second, other, *rest = OPTIONS[code]
    counts = {first: affirming - affirming // 2, second: affirming // 2, other: n - affirming} | dict.fromkeys(rest, 0)
    block = {"code": code, "version": 1, "type": "one", "counts": counts}
    block |= {"no_answer": 0, "not_applicable": 0, "not_shown": 0}
    return {"surveys": [survey(block, date="2016-11-08", attended=attended)], "cut_off": "2016-12-31"}


def partners(identified: int, informed: int, won: int) -> dict[str, Any]:
    rows = [
        {
            "name": f"Partner {number}",
            "actor_group": f"Gruppe {number % 65}",
            "identified_on": "2012-02-01",
            "informed_on": "2012-03-01" if number < informed else None,
            "won_on": "2012-04-01" if number < won else None,
        }
        for number in range(identified)
    ]
    return {"partners": rows, "cut_off": "2017-04-30"}


def meetings(*dates: str, cut_off: str = "2017-04-30", **changes: Any) -> dict[str, Any]:
    return {"meetings": [meeting(f"M{n}", day, **changes) for n, day in enumerate(dates)], "cut_off": cut_off}


def invitations(*pairs: tuple[int | None, int | None]) -> dict[str, Any]:
    rows = [
        meeting(f"M{n}", f"2016-0{n + 1}-10", attended_invited=came, invited=invited)
        for n, (came, invited) in enumerate(pairs)
    ]
    return {"meetings": rows, "cut_off": "2016-12-31"}


def every(key: str, *values: Any, cut_off: str = "2016-12-31") -> dict[str, Any]:
    rows = [meeting(f"M{n}", f"2016-01-{n + 1:02d}", **{key: value}) for n, value in enumerate(values)]
    return {"meetings": rows, "cut_off": cut_off}


CASES = (
    Case("99 of 100", "I1", partners(120, 110, 99), "open", "99", contains=("99 Partner", "es fehlt 1.")),
    Case("the hundredth", "I1", partners(120, 110, 100), "reached_secure", "100", contains=("100 Partner",)),
    Case("two", "I2", meetings("2016-03-01", "2016-12-31"), "reached_secure", "2", contains=("2016: 2",)),
    Case("one", "I2", meetings("2016-03-01", "2015-12-31"), "missed", "1", contains=("es fehlt 1",)),
    Case("none", "I2", meetings("2014-03-01"), "missed", "0", contains=("es fehlen 2",)),
    Case("cancelled", "I2", meetings("2016-03-01", "2016-05-01", status="cancelled"), "missed", "0"),
    Case("parts of a day", "I2", meetings("2016-03-01", "2016-03-01"), "missed", "1"),
    Case(
        "80 of 200 and 240 of 800", "I3", invitations((80, 200), (240, 800)), "missed", "35\u00a0%",
        contains=("35\u00a0%", "32\u00a0%"),
    ),
    Case(
        "one without invitations", "I3", invitations((38, 100), (20, None)), "open", "38\u00a0%", ["incomplete"],
        19 / 100, 69 / 100, ("Für 1 von 2 Treffen fehlen Angaben (10.02.2016)", "Offen, weil Angaben fehlen"),
    ),
    Case("exactly", "I3", invitations((40, 100)), "reached_secure", "40\u00a0%"),
    Case(
        "200 of 300", "I4", answers("knows_more_offers", 200, 300), "reached_point", "67\u00a0%",
        ["attendance_unknown"], 0.612, 0.718,
    ),
    Case(
        "32 of 48", "I4", answers("knows_more_offers", 32, 48), "reached_point", "67\u00a0%",
        ["attendance_unknown"], 0.525, 0.783,
    ),
    Case(
        "32 of 48, 80 present", "I4", answers("knows_more_offers", 32, 48, attended=80), "reached_point", "67\u00a0%",
        [], 0.578, 0.745,
    ),
    Case(
        "150 of 300", "I5", answers("contacts_made", 150, 300), "missed", "50\u00a0%", ["attendance_unknown"],
        0.444, 0.556,
    ),
    Case(
        "24 of 48", "I5", answers("contacts_made", 24, 48), "open", "50\u00a0%", ["attendance_unknown"], 0.364, 0.636
    ),
    Case(
        "12 of 13", "I6", every("good_practice", *[True] * 12, False), "missed", "12 von 13 (92\u00a0%)",
        contains=("12 von 13", "Nicht erfüllt: 13.01.2016"),
    ),
    Case("13 of 13", "I6", every("good_practice", *[True] * 13), "reached_secure", "13 von 13 (100\u00a0%)"),
    Case(
        "a gap", "I6", every("good_practice", True, None), "reached_point", "1 von 1", ["incomplete"],
        contains=("1 nicht dokumentiert",),
    ),
    Case(
        "10 of 48", "I7", answers("cooperation_won", 10, 48), "reached_point", "21\u00a0%", ["attendance_unknown"],
        0.117, 0.343,
    ),
    Case("9 of 48", "I7", answers("cooperation_won", 9, 48), "open", "19\u00a0%", ["attendance_unknown"]),
    Case("set by administration", "I8", every("topics", [ADMINISTRATION]), "missed", "0 von 1"),
    Case("voted by members", "I8", every("topics", [ADMINISTRATION, MEMBERS]), "reached_secure", "1 von 1"),
    Case(
        "57 of 60", "I9", answers("topics_central", 57, 60), "reached_point", "95\u00a0%", ["attendance_unknown"],
        0.863, 0.983,
    ),
)  # fmt: skip


def measure(indicator: str, recorded: dict[str, Any]) -> IndicatorResult:
    found = parse_facts(
        facts(**recorded) if "surveys" not in recorded else json.dumps({"schema": "facts/1"} | recorded)
    )
    result = evaluate(FREIBURG, found.book, found.tallies, found.cut_off).find_result(indicator)
    assert result is not None
    return result


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.indicator} {case.name}")
def test_criterion_is_judged_as_expected_when_measured(case: Case) -> None:
    row = measure(case.indicator, case.facts).headline_row
    assert (row.verdict, row.display, list(row.reasons)) == (case.verdict, case.display, case.reasons)
    if case.low is not None:
        assert row.low is not None
        assert float(row.low) == pytest.approx(case.low, abs=0.0005)
        assert row.high is not None
        assert float(row.high) == pytest.approx(case.high, abs=0.0005)
    for words in case.contains:
        assert words in row.sentence_de


@pytest.mark.parametrize("indicator", [f"I{number}" for number in range(1, 10)])
def test_criterion_is_not_assessable_when_nothing_is_recorded(indicator: str) -> None:
    row = measure(indicator, {"surveys": [], "cut_off": "2017-04-30"}).headline_row
    assert row.verdict == "not_assessable"
    assert len(row.reasons) == 1
    assert row.value is None
    assert "0" not in (row.display or "")


def test_years_are_rows_when_meetings_are_counted() -> None:
    days = ("2014-02-01", "2014-06-01", "2015-02-01", "2016-02-01", "2016-06-01", "2016-10-01", "2017-02-01")
    result = measure("I2", meetings(*days))
    rows = {row.period.label: (row.numerator, row.verdict, list(row.reasons)) for row in result.rows}
    assert rows["2014"] == (2, "reached_secure", [])
    assert rows["2015"] == (1, "missed", [])
    assert rows["2016"] == (3, "reached_secure", [])
    assert rows["2017"] == (1, "open", ["period_running"])
    assert result.headline_row.period.label == "2016"
    assert (result.full_years, result.full_years_reached) == (5, 2)


def test_founding_year_is_shown_but_not_judged_when_it_is_not_full() -> None:
    result = measure("I2", meetings("2012-10-09", "2013-03-12", "2013-11-05") | {"starts_on": "2012-09-01"})
    assert result.rows[0].numerator == 1
    assert (result.rows[0].verdict, list(result.rows[0].reasons)) == ("not_assessable", ["not_a_full_year"])
    assert "kein volles Kalenderjahr" in result.rows[0].sentence_de
    assert result.full_years == 4


def test_funnel_counts_each_condition_alone_when_partners_are_counted() -> None:
    rows = partners(120, 110, 99)
    rows["partners"][0]["informed_on"] = None
    row = measure("I1", rows).headline_row
    assert row.stages is not None
    assert [stage.count for stage in row.stages] == [120, 109, 99]
    assert row.numerator == 98
    assert row.high is None


def test_mean_since_the_start_stands_beside_the_years_when_ratios_are_known() -> None:
    result = measure("I3", invitations((80, 200), (240, 800)))
    assert result.overall is not None
    assert result.overall.value == Fraction(7, 20)
    assert result.overall.base_parts == {"known": 2, "unknown": 0, "pooled": Fraction(8, 25)}


def test_softer_item_is_never_booked_as_the_strict_one_when_only_it_was_asked() -> None:
    block = {"code": "topics_relevant", "version": 1, "type": "one", "counts": {"yes": 57, "no": 3, "first_time": 0}}
    block |= {"no_answer": 0, "not_applicable": 0, "not_shown": 0}
    recorded = {"surveys": [survey(block, date="2016-11-08")], "cut_off": "2016-12-31"}
    assert measure("I9", recorded).verdict == "not_assessable"
    assert measure("O5", recorded).verdict == "no_target"
