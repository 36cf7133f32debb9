"""The explanation of a figure: every kind, every number from the row that is shown, nothing where nothing is shown."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from evaluation_documents import facts, goals, indicator, item, meeting, report, survey
from evaluation_strategies import goal_systems
from facts_strategies import facts as random_facts
from flask import Flask
from hypothesis import given, settings

from survey_app import create_app
from survey_app.config import Settings
from survey_app.domain.book import Quotation
from survey_app.evaluation import Facts, GoalSystem, IndicatorResult, Kind, Report, evaluate, parse_facts, parse_goals
from survey_app.evaluation.keeping.annex import write_annex
from survey_app.evaluation.keeping.reading import read_report
from survey_app.staff.explaining import Explanation, explain
from survey_app.web.figures import target_text
from survey_app.web.locale import use_language

SHARE = {"not_applicable": '["first_time"]'}


@pytest.fixture(scope="module")
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        use_language("en")
        yield


def explained(text: str, found: str, *, tier: str = "internal", name: str = "I") -> Explanation | None:
    made = report(text, found, tier=tier)
    result = made.find_result(name)
    assert result is not None
    return explain(result, made.goal_system.parameters)


def read(told: Explanation | None) -> str:
    """Return everything that is said, line by line."""
    assert told is not None
    steps = [
        f"{step.sentence} {step.calculation}".strip() for step in (*told.counting, *told.certainty, *told.security)
    ]
    table = (
        []
        if told.table is None
        else [" | ".join(line) for line in (told.table.headers, *told.table.lines, told.table.result)]
    )
    checks = [
        f"{check.question} {check.comparison}{check.reason} {'yes' if check.answer else 'no'}" for check in told.checks
    ]
    return "\n".join([*steps, *table, *checks])


def example(**changes: int) -> str:
    """47 of 64 agree, 70 of 118 answered, six are there for the first time."""
    block = item(47, 12, no_answer=5)
    block["counts"]["first_time"] = 6
    return facts(survey(block, **({"attended": 118} | changes)))


@pytest.mark.usefixtures("page")
def test_a_share_is_explained_sum_by_sum() -> None:
    told = read(explained(goals(indicator(**SHARE)), example()))
    for line in (
        "118 people were present.",
        "70 people were asked the question. 70 ÷ 118 = 59.3%",
        "To 6 people of these the question does not apply.",
        "5 people of these gave no answer. They stay in the base and do not count as agreement.",
        "70 − 6 = 64",
        "47 ÷ 64 = 73.4%",
        "60% × 64 = 38.4",
        "Worst case: none of the 48 people without an answer agrees. 47 ÷ 112 = 42.0%",
        "Best case: all 48 people without an answer agree. (47 + 48) ÷ 112 = 84.8%",
        "60% × 112 − 47 = 20.2; 20.2 ÷ 48 = 42.1%",
        "It would be secure with 2 agreements more among the 64 people.",
        "It would be secure if 4 of the 48 people without an answer had also answered and agreed.",
        "It would be secure with the same share if 74 instead of 64 people were in the base.",
        "Does the measured value reach the target? 73% > 60% yes",
        "Does it still reach the target in an unfavourable case? 57% < 60% no",
    ):
        assert line in told, line


@pytest.mark.usefixtures("page")
def test_the_public_reads_no_more_than_its_report_shows() -> None:
    told = read(explained(goals(indicator(**SHARE)), example(), tier="public"))
    assert "does not apply" not in told
    assert "gave no answer" not in told
    assert "public reports do not tell them apart" in told
    assert "47 ÷ 64 = 73.4%" in told
    assert "It would be secure with 2 agreements more" in told


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("found", "keys", "lines"),
    [
        (facts(survey(item(36, 4), attended=40)), {}, ["Everybody present answered", "Even with 12 agreements fewer"]),
        (facts(survey(item(30, 10))), {}, ["How many people stayed silent is not known", "is recorded.", "no"]),
        (facts(survey(item(4, 3), attended=20)), {}, ["A judgement needs at least 10 answers; there are 7."]),
        (facts(survey(item(20, 20), attended=60)), {}, ["with 4 agreements more", "secure with 11 agreements more"]),
        (
            facts(survey(item(30, 10), attended=60)),
            {"target": "0.4", "comparison": '"<="'},
            ["at most 40% is at most 16 of 40", "agreements fewer", "75% > 40% no"],
        ),
        (
            facts(survey(item(30, 10), attended=60), cut_off="2024-06-01"),
            {"period": '"calendar_year"', "pooling": '"all"', "target": "0.9"},
            ["only when the period is over", "The period is not over yet."],
        ),
        (
            facts(survey(item(30, 10), attended=60), survey(item(20, 10), id_="S2", date="2024-09-01", attended=50)),
            {"period": '"calendar_year"', "pooling": '"all"'},
            ["The answers of 2 surveys are put together; whoever came several times is counted each time.", "50 ÷ 70"],
        ),
    ],
)
def test_a_share_says_what_is_missing_for_security(found: str, keys: dict[str, str], lines: list[str]) -> None:
    told = read(explained(goals(indicator(**(SHARE | keys))), found))
    for line in lines:
        assert line in told, line


MEETINGS = [
    meeting("a", "2024-03-01", title="Auftakt", invited=80, attended_invited=38, good_practice=True),
    meeting("b", "2024-09-01", title="Herbst", invited=100, attended_invited=45, good_practice=None),
]


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("kind", "keys", "lines"),
    [
        ("record_count", {"where": "[]"}, ["2 records were counted.", "The target is met exactly.", "2 = 2 yes"]),
        ("record_count", {"where": "[]", "target": "5"}, ["3 fewer than the target. 5 − 2 = 3", "2 < 5 no"]),
        ("record_count", {"where": "[]", "target": "1"}, ["1 more than the target. 2 − 1 = 1"]),
        (
            "record_share",
            {},
            ["2 records are asked about.", "2 − 1 = 1", "1 fulfils the condition. 1 ÷ 1 = 100.0%", "1 ÷ 2 = 50.0%",
             "2 ÷ 2 = 100.0%", "It becomes secure when 1 of the undocumented ones is recorded as fulfilling it."],
        ),
        (
            "mean_ratio",
            {},
            ["2 records have both numbers.", "(47.5% + 45.0%) ÷ 2 = 46.3%", "Auftakt (01.03.2024) | 38 | 80 | 47.5%",
             "Every record is documented", "Mean |  |  | 46.3%", "46% > 40% yes"],
        ),
        ("mean_ratio", {"averaging": '"pooled"'}, ["The sum of the parts is divided", "Total | 83 | 180 | 46.1%"]),
        (
            "manual_value",
            {"value": "0.5", "as_of": "2017-04-26", "source_text": '"Vortrag, Folie 12"', "period": '"survey"'},
            ["Vortrag, Folie 12 (as of 26 April 2017)", "does not say how precise it is"],
        ),
        (
            "manual_value",
            {"value": "5", "as_of": "2017-04-26", "source_text": '"Akte"', "period": '"survey"',
             "lower": "5", "upper": "5"},
            ["an exact figure"],
        ),
    ],
)  # fmt: skip
def test_records_and_quotations_are_explained(kind: str, keys: dict[str, str], lines: list[str]) -> None:
    told = read(explained(goals(indicator(kind, **keys)), facts(meetings=MEETINGS)))
    for line in lines:
        assert line in told, line


@pytest.mark.usefixtures("page")
def test_a_gap_is_explained_with_what_would_fill_it() -> None:
    meetings = [*MEETINGS, meeting("c", "2024-10-01", invited=50)]
    told = read(explained(goals(indicator("mean_ratio", target="0.4")), facts(meetings=meetings)))
    for line in (
        "1 record lacks one of them.",
        "Worst case: the missing ratios are all 0%. 30.8%",
        "Best case: the missing ratios are all 100%. 64.2%",
        "have a mean of at least 27.5%. (40% × 3 − 92.5%) ÷ 1 = 27.5%",
    ):
        assert line in told, line


@pytest.mark.usefixtures("page")
def test_means_and_changes_are_explained() -> None:
    mean = {"item": '"benefit"', "values": "{ yes = 4, no = 1 }", "period": '"survey"', "target": "2.5"}
    told = read(explained(goals(indicator("answer_mean", **mean)), facts(survey(item(30, 10), attended=60))))
    for line in (
        "40 answers have a value.",
        "yes | 4 | 30 | 120",
        "no | 1 | 10 | 10",
        "130 ÷ 40 = 3.25",
        "3.25 > 2.5 yes",
    ):
        assert line in told, line
    rare = read(explained(goals(indicator("answer_mean", **mean)), facts(survey(item(30, 2)))))
    assert "because some answers are rare" in rare
    assert " | 2 | " not in rare
    change = {"indicator": '"S"', "against": '"first_survey"', "period": '"survey"', "target": "0.1"}
    surveys = (survey(item(10, 40)), survey(item(30, 10), id_="S2", date="2024-09-01"))
    told = read(explained(goals(indicator(id_="S"), indicator("share_change", **change)), facts(*surveys)))
    for line in (
        "75.0% − 20.0% = 55",
        "1 Mar 2024 | 10 | 50 | 20.0%",
        "1 Sept 2024 | 30 | 40 | 75.0%",
        "the direction is clear",
        "55 > 10 yes",
    ):
        assert line in told, line


@pytest.mark.usefixtures("page")
def test_a_share_from_a_document_is_read_in_per_cent() -> None:
    keys = {
        "value": "0.5",
        "as_of": "2017-04-26",
        "source_text": '"V"',
        "period": '"survey"',
        "unit": '"%"',
        "target": "0.6",
    }
    system, found = parse_goals(goals(indicator("manual_value", **keys))), parse_facts(facts())
    quoted = Quotation("I", date(2019, 5, 1), Fraction(13, 20), "Bericht", respondents=120)
    made = evaluate(system, replace(found.book, quotations=(quoted,)), (), found.cut_off)
    row = made.indicators[0].headline_row
    told = read(explain(made.indicators[0], system.parameters))
    assert target_text(row, Kind.MANUAL_VALUE) == "at least 60%"
    for line in ("65% > 60% yes", "the share among all present lies at 56% to 73%", "stayed silent is not known"):
        assert line in told, line
    assert "The number of people present is not recorded." in told


@pytest.mark.usefixtures("page")
def test_the_target_of_a_change_is_a_number_of_points() -> None:
    change = {"indicator": '"S"', "against": '"first_survey"', "period": '"survey"', "target": "0.1"}
    surveys = (survey(item(10, 40)), survey(item(30, 10), id_="S2", date="2024-09-01"))
    made = report(goals(indicator(id_="S"), indicator("share_change", **change)), facts(*surveys))
    result = made.find_result("I")
    assert result is not None
    assert target_text(result.headline_row, Kind.SHARE_CHANGE) == "at least 10 percentage points"


@pytest.mark.usefixtures("page")
def test_nothing_is_explained_that_is_withheld() -> None:
    assert explained(goals(indicator()), facts(survey(item(2, 2), attended=40))) is None
    assert explained(goals(indicator()), facts(survey(item(6, 3), attended=40)), tier="public") is None
    assert explained(goals(indicator()), facts()) is None


def store(made: Report) -> Report:
    document, annex = (json.loads(json.dumps(part)) for part in (made.to_dict(), write_annex(made)))
    return read_report(document, annex, replace(made.goal_system))


@settings(max_examples=30)
@given(goal_systems(), random_facts())
def test_every_figure_is_explained_from_what_is_published(goal_system: GoalSystem, found: Facts) -> None:
    """In every language, without an error; and the stored document alone gives the same explanation."""
    with BARE.test_request_context("/"):
        for tier, language in (("internal", "de"), ("public", "ar"), ("public", "en")):
            use_language(language)
            made = evaluate(goal_system, found.book, found.tallies, found.cut_off, tier=tier)
            for result, again in zip(made.indicators, store(made).indicators, strict=True):
                check_figure(result, again, made)


def check_figure(result: IndicatorResult, again: IndicatorResult, made: Report) -> None:
    told = explain(result, made.goal_system.parameters)
    assert explain(again, made.goal_system.parameters) == told
    if result.headline_row.value is None:
        assert told is None
        return
    assert told is not None
    assert told.counting
    said = read(told)
    # A document may be called anything.
    assert "%(" in (result.headline_row.source_text or "") or not re.search(r"%\(\w+\)", said)
    assert "None" not in said


BARE = create_app(Settings(secret_key="x" * 40, database_url="sqlite://"))
