"""What is hidden leaves no trace: other hidden answers give the same bytes, a larger minimum never shows more."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from busy_networks import Network, on_networks
from survey_building import KEY, SCALE, TICKS

from survey_app.domain.questionnaire import Choice, Item, ItemType, Questionnaire
from survey_app.domain.tally import AnswerCounts, ItemTally, Tally, TallyType
from survey_app.evaluation import Facts, GoalSystem, Report, Tier, build_one_page, describe_survey, evaluate
from survey_app.evaluation.keeping.annex import write_annex
from survey_app.files import report_csv, report_json, report_text
from survey_app.files.report_formats import FORMATS
from survey_app.files.report_imprint import Imprint
from survey_app.files.report_pdf import build_values

pytestmark = pytest.mark.slow

CODES = ("yes", "no", "first_time", "rather")
QUESTIONNAIRE = Questionnaire(
    "q",
    1,
    "de",
    ("de",),
    tuple(
        Item(
            code,
            kind,
            {"de": code},
            options=tuple(
                Choice(option, {"de": option}, leaves_base=(code, option) == (SCALE, "first_time"))
                for option in options
            ),
            key_variable={option: (option,) for option in options} if code == KEY else {},
        )
        for code, kind, options in (
            (SCALE, ItemType.ONE, CODES),
            (TICKS, ItemType.MANY, CODES[:3]),
            (KEY, ItemType.ONE, tuple("abcdef")),
        )
    ),
)
IMPRINT = Imprint("Netz", "Nicht freigegeben")
Document = Mapping[str, Any]


def read_everything(goal_system: GoalSystem, found: Facts) -> list[bytes | str]:
    """Return every text that readers of any kind get of a report and its surveys."""
    texts: list[bytes | str] = []
    for tier in Tier:
        made = evaluate(goal_system, found.book, found.tallies, found.cut_off, tier=tier)
        texts += [
            write(made) for write in (report_json.write_report, report_csv.write_report, report_text.write_report)
        ]
        texts += [FORMATS[kind].write(made, IMPRINT) for kind in ("xlsx", "ods")]
        texts.append(json.dumps(build_values(made, IMPRINT)))  # all that the PDF is made of
        texts += [json.dumps(write_annex(made)), repr(build_one_page(made)), json.dumps(describe(made, found))]
    return texts


def describe(made: Report, found: Facts) -> list[Document]:
    shown = {line.id for line in made.surveys}
    told = (tally for tally in found.tallies if tally.id in shown)
    return [describe_survey(QUESTIONNAIRE, tally, tier=made.tier, report=made).to_dict() for tally in told]


def add_few(found: Facts, yes: int, people: int, silent: int) -> Facts:
    """Return the facts with a survey of at most four valid answers, the only one of its year."""
    choices = {"yes": yes, "no": people - yes, "first_time": 1}
    one = {"yes": min(yes, 1), "no": 1 - min(yes, 1), "first_time": 0}
    counts, part = AnswerCounts(choices, silent), AnswerCounts(one, silent // 2)
    ticks = replace(counts, answered=people + 1)
    scale = ItemTally(SCALE, 1, TallyType.ONE, counts, by={KEY: {"a": part}}, first_answers=part)
    items = (scale, ItemTally(TICKS, 1, TallyType.MANY, ticks))
    few = Tally("few", date(2018, 5, 1), "sealed", "q", 1, counts.persons, 0, items)
    return replace(found, tallies=(few, *found.tallies))


@on_networks
def test_every_byte_is_the_same_when_only_hidden_answers_are_others(network: Network) -> None:
    goal_system, found, seed = network
    random = Random(seed)
    people, silent = random.randint(2, 3), random.randint(0, 3)
    first, second = random.sample(range(people + 1), 2)
    texts = [read_everything(goal_system, add_few(found, yes, people, silent)) for yes in (first, second)]
    assert texts[0] == texts[1]


# ---------------------------------------------------------------- a larger minimum


def list_single_rows(document: Document) -> dict[tuple[str, str], Document]:
    """Return the rows of one survey each, by indicator and survey."""
    found = {}
    for entry in document["indicators"]:
        for row in (*entry["periods"], *entry.get("by_survey", ())):
            surveys = row["period"].get("surveys", ())
            if len(surveys) == 1 and row["period"]["kind"] == "survey":
                found[entry["id"], surveys[0]] = row
    return found


def list_groups(row: Document) -> dict[tuple[str, str], Document]:
    return {(table["by"], group["code"]): group for table in row.get("groups", ()) for group in table["shown"]}


@on_networks
def test_no_figure_is_shown_more_when_the_minimum_is_raised(network: Network) -> None:
    goal_system, found, seed = network
    own, tier, more = goal_system.parameters, list(Tier)[seed % 2], seed % 12 + 1
    raised = own.at_least(
        internal=own.min_group + more, public=own.min_group_public + more, sensitive=own.min_group_sensitive + more
    )
    reports = [
        evaluate(replace(goal_system, parameters=parameters), found.book, found.tallies, found.cut_off, tier=tier)
        for parameters in (own, raised)
    ]
    loose, strict = (list_single_rows(report.to_dict()) for report in reports)
    assert strict.keys() == loose.keys()
    for place, row in strict.items():
        if row["display"] is not None:
            assert {key: row[key] for key in row if key != "groups"} == {
                key: loose[place][key] for key in loose[place] if key != "groups"
            }
        groups = list_groups(row)
        assert groups.items() <= list_groups(loose[place]).items()
    for few, many in zip(*(describe(report, found) for report in reversed(reports)), strict=True):
        check_description(few, many)


def check_description(few: Document, many: Document) -> None:
    """Check that a stricter description has no item, and no cell, that cannot be added up from the other one."""
    for item, other in zip(few["items"], many["items"], strict=True):
        if item["base"] is None:
            continue
        assert (item["base"], item["missing"]) == (other["base"], other["missing"])
        cells = [(frozenset(cell["codes"]), cell["count"]) for cell in other["cells"]]
        for cell in item["cells"]:
            inside = [count for codes, count in cells if codes <= set(cell["codes"])]
            assert cell["count"] is None or cell["count"] == sum(inside)
