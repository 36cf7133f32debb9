"""The shipped goal systems: each loads, marks its targets as examples, fits the standard questions, and evaluates."""

import json
from datetime import date

import pytest
from evaluation_documents import facts, item, meeting, survey

from survey_app.content import GOAL_TEMPLATES, read_document
from survey_app.evaluation import GoalSystem, Report, Verdict, evaluate, parse_facts, parse_goals, write_goals
from survey_app.evaluation.goals.indicators import AnswerShare, ManualValue
from survey_app.evaluation.goals.wording_audit import find_contradicting_number

SYSTEMS = {name: parse_goals(read_document(name), name=name) for name in GOAL_TEMPLATES}
OPTIONS = {
    entry["code"]: {option["code"] for option in entry.get("options", [])}
    for entry in json.loads(read_document("post-meeting-questionnaire.json"))["items"]
}
OTHERS = [name for name in GOAL_TEMPLATES if name != "freiburg-goals.toml"]


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
def test_a_template_is_the_same_when_written_and_read(system: GoalSystem) -> None:
    assert parse_goals(write_goals(system)) == system


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
def test_a_template_asks_what_the_standard_questionnaire_can_answer(system: GoalSystem) -> None:
    for indicator in system.indicators:
        measure = indicator.measure
        if isinstance(measure, AnswerShare):
            assert {*measure.affirming, *measure.not_applicable} <= OPTIONS[measure.item], indicator.id


@pytest.mark.parametrize("name", OTHERS)
def test_a_template_says_that_its_targets_are_examples(name: str) -> None:
    system = SYSTEMS[name]
    assert "Beispiele" in (system.remark or "")
    judged = [indicator for indicator in system.indicators if indicator.target is not None]
    assert judged
    assert all("Beispiel" in (indicator.reading or "") for indicator in judged)
    assert all("Beispiel" in i.measure.source_text for i in judged if isinstance(i.measure, ManualValue))


@pytest.mark.parametrize("name", OTHERS)
def test_every_goal_of_a_template_has_an_indicator_whose_text_agrees_with_its_target(name: str) -> None:
    system = SYSTEMS[name]
    served = {goal_id for indicator in system.indicators for goal_id in indicator.goals}
    assert served == {goal.id for goal in system.goals}
    assert [one.id for one in system.indicators if find_contradicting_number(one) is not None] == []


MEETINGS = [
    meeting("M1", "2024-03-06", attended_total=40, actor_groups=[f"g{number}" for number in range(7)]),
    meeting("M2", "2024-10-09", attended_total=30, actor_groups=["a", "b", "c"]),
]
PARTNERS = [
    {"name": "Amt", "actor_group": "politics_administration", "inside": True, "won_on": "2018-02-01"},
    {"name": "Verein", "actor_group": "club_volunteers", "inside": False, "won_on": "2018-02-01"},
    {"name": "Kita", "actor_group": "childcare_school_university", "inside": False, "won_on": "2022-01-01"},
    {"name": "Kammer", "actor_group": "business_chambers", "inside": False},
]
OFFERS = [
    {"id": "O1", "started_on": "2024-02-01", "field": "school", "participants": 12, "languages": ["de", "ar"]},
    {"id": "O2", "started_on": "2024-05-01", "field": "culture", "languages": ["de"]},
    {"id": "O3", "started_on": "2024-06-01", "field": "cross_cutting", "participants": 8, "languages": ["uk"]},
]
NEEDS = [
    {"id": f"N{number}", "recognised_on": "2023-11-01", "status": "offer_created" if number < 2 else "recognised"}
    for number in range(5)
]


def report(name: str) -> Report:
    def scale(code: str, affirming: str, yes: int, no: int) -> dict:
        return item(0, 0, code=code, counts=dict.fromkeys(OPTIONS[code], 0) | {affirming: yes, "no": no})

    def both(yes: int, no: int) -> list[dict]:
        return [
            scale("contacts_made", "yes_one", yes, no),
            scale("actors_overview", "clearly_better", yes, no),
            scale("knows_more_offers", "clearly_more", yes, no),
            item(0, 0, code="benefit", counts={"very_large": yes, "rather_large": 0, "rather_small": no, "none": 0}),
        ]

    told = facts(
        survey(*both(18, 12), id_="S1", date="2023-10-01", meeting=None, attended=30),
        survey(*both(24, 6), id_="S2", date="2024-10-09", meeting="M2"),
        meetings=MEETINGS,
        partners=PARTNERS,
        needs=NEEDS,
        offers=OFFERS,
    )
    parsed = parse_facts(told)
    return evaluate(SYSTEMS[name], parsed.book, parsed.tallies, date(2024, 12, 31))


EXPECTED = {
    "district-goals.toml": {
        "L1": ("3", Verdict.OPEN),
        "L2": ("2", Verdict.MISSED),
        "L3": ("80\u00a0%", Verdict.REACHED_SECURE),
        "L6": ("2 von 5", Verdict.MISSED),
        "L7": ("3", Verdict.REACHED_SECURE),
        "L8": ("3", Verdict.NO_TARGET),
        "L11": ("2 von 3", Verdict.MISSED),
    },
    "rostock-goals.toml": {
        "R1": ("1", Verdict.MISSED),
        "R2": ("1", Verdict.NO_TARGET),
        "R5": ("2", Verdict.MISSED),
        "R7": ("3", Verdict.OPEN),
    },
    "mittelsachsen-goals.toml": {
        "M1": ("2", Verdict.REACHED_SECURE),
        "M2": ("1 von 2", Verdict.MISSED),
        "M4": ("+20", Verdict.REACHED_POINT),
    },
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_template_gives_what_was_counted_by_hand(name: str) -> None:
    found = report(name)
    assert len(found.indicators) == len(SYSTEMS[name].indicators)
    for indicator_id, (display, verdict) in EXPECTED[name].items():
        result = found.find_result(indicator_id)
        assert result is not None
        row = result.headline_row
        assert (indicator_id, display in (row.display or ""), row.verdict) == (indicator_id, True, verdict), row
