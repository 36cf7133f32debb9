"""Small documents for tests of the evaluation: goal systems and facts as plain values, and what comes of them."""

import json
from typing import Any

from survey_app.evaluation import Report, evaluate, parse_facts, parse_goals

HEAD = """schema = "goals/1"
id = "g"
title = "Ein Netzwerk"
version = "1"
starts_on = 2020-01-01
"""
GOAL = """
[[goal]]
id = "1"
level = "vision"
text = "Ein Ziel"
"""
KINDS = {
    "answer_share": 'kind = "answer_share"\nitem = "benefit"\naffirming = ["yes"]\nperiod = "survey"\ntarget = 0.6',
    "record_count": 'kind = "record_count"\nsource = "meetings"\nperiod = "full_calendar_year"\ntarget = 2\n'
    'where = [["format", "=", "network_meeting"], ["status", "=", "held"]]',
    "record_share": 'kind = "record_share"\nsource = "meetings"\nwhere = [["good_practice", "=", true]]\n'
    'period = "calendar_year"\ntarget = 1',
    "mean_ratio": 'kind = "mean_ratio"\nsource = "meetings"\nnumerator = "attended_invited"\n'
    'denominator = "invited"\nperiod = "calendar_year"\ntarget = 0.4',
}


def indicator(kind: str = "answer_share", /, *, id_: str = "I", **changes: str) -> str:
    """Return the TOML of an indicator; a change to "" drops the key."""
    own = KINDS.get(kind, f'kind = "{kind}"')
    usual = f'text = "Ein Indikator"\ngoals = ["1"]\n{own}'
    lines = {line.split(" = ")[0]: line for line in usual.split("\n")}
    lines |= {key: f"{key} = {value}" if value else "" for key, value in changes.items()}
    body = "\n".join(line for line in lines.values() if line)
    return f'\n[[indicator]]\nid = "{id_}"\n{body}\n'


def goals(*indicators: str, head: str = HEAD, middle: str = "") -> str:
    return head + middle + GOAL + "".join(indicators)


def item(yes: int, no: int, *, code: str = "benefit", no_answer: int = 0, **changes: Any) -> dict[str, Any]:
    block = {
        "code": code,
        "version": 1,
        "type": "one",
        "counts": {"yes": yes, "no": no, "first_time": 0},
        "no_answer": no_answer,
        "not_applicable": 0,
        "not_shown": 0,
    }
    return block | changes


def survey(*items: dict[str, Any], id_: str = "S1", date: str = "2024-03-01", **changes: Any) -> dict[str, Any]:
    first = items[0] if items else {"counts": {}, "no_answer": 0, "not_applicable": 0, "not_shown": 0}
    ticked = first.get("answered", sum(first["counts"].values()))
    persons = ticked + first["no_answer"] + first["not_applicable"] + first["not_shown"]
    block = {
        "id": id_,
        "date": date,
        "state": "sealed",
        "completed": persons,
        "partial": 0,
        "attended": None,
        "items": list(items),
    }
    return block | changes


def meeting(id_: str, date: str | None, **changes: Any) -> dict[str, Any]:
    return {"id": id_, "date": date, "format": "network_meeting", "status": "held"} | changes


def facts(*surveys: dict[str, Any], cut_off: str = "2024-12-31", **changes: Any) -> str:
    document = {"schema": "facts/1", "cut_off": cut_off, "surveys": list(surveys)}
    return json.dumps(document | changes)


def report(goals_text: str, facts_text: str, *, tier: str = "internal", cut_off: Any = None) -> Report:
    goal_system, found = parse_goals(goals_text), parse_facts(facts_text)
    return evaluate(goal_system, found.book, found.tallies, cut_off or found.cut_off, tier=tier)
