"""A new release beside the earlier ones: sets of surveys that differ by too few persons, and answers changed since."""

from dataclasses import replace
from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, item, survey

from survey_app.evaluation import evaluate, parse_facts, parse_goals
from survey_app.evaluation.ledger import (
    Block,
    LedgerEntry,
    LedgerProblem,
    Objection,
    audit_releases,
    build_ledger_entry,
    read_questions,
)

YEARLY = {"period": '"calendar_year"', "pooling": '"all"'}


def released(name: str, *surveys: dict[str, Any], tier: str = "internal", **keys: str) -> LedgerEntry:
    given = parse_facts(facts(*surveys))
    report = evaluate(
        parse_goals(goals(indicator(**(YEARLY | keys)))), given.book, given.tallies, given.cut_off, tier=tier
    )
    return build_ledger_entry(name, report, given.tallies)


def held(number: int, yes: int, no: int) -> dict[str, Any]:
    return survey(item(yes, no), id_=f"S{number}", date=f"2024-0{number}-01")


FIRST = held(1, 40, 60)
SECOND = held(2, 30, 20)


def test_release_passes_when_nothing_was_released_before() -> None:
    assert audit_releases(released("R1", FIRST, SECOND), []) == ()


def test_release_passes_when_it_tells_the_same_again() -> None:
    earlier = released("R1", FIRST, SECOND)
    assert audit_releases(released("R2", FIRST, SECOND), [earlier]) == ()


def test_release_passes_when_the_difference_is_a_survey_that_may_be_shown() -> None:
    assert audit_releases(released("R2", FIRST, SECOND), [released("R1", FIRST)]) == ()


def test_release_waits_when_too_few_answers_were_corrected() -> None:
    problems = audit_releases(released("R2", held(1, 40, 58)), [released("R1", FIRST)])
    assert [(p.objection, p.indicator, p.earlier, p.surveys) for p in problems] == [
        (Objection.ANSWERS_CHANGED, "I", "R1", ("S1",))
    ]


def test_release_waits_when_answers_were_exchanged() -> None:
    problems = audit_releases(released("R2", held(1, 41, 59)), [released("R1", FIRST)])
    assert [problem.objection for problem in problems] == [Objection.ANSWERS_CHANGED]


def test_release_passes_when_enough_answers_were_corrected() -> None:
    assert audit_releases(released("R2", held(1, 37, 58)), [released("R1", FIRST)]) == ()


@pytest.mark.parametrize("tier", ["internal", "public"])
def test_superseded_release_still_counts_when_a_later_one_is_compared(tier: str) -> None:
    releases = [released("R1", FIRST, tier=tier), released("R2", FIRST, SECOND, tier=tier)]
    problems = audit_releases(released("R3", held(1, 39, 60), SECOND, tier=tier), releases)
    assert {problem.earlier for problem in problems} == {"R1", "R2"}


def test_sets_come_back_when_they_were_stored() -> None:
    entry = released("R1", FIRST, SECOND)
    assert read_questions(entry.write_questions()) == entry.questions


def test_release_waits_when_only_all_of_them_together_tell_of_a_few() -> None:
    """Three totals, each two of which differ by enough, leave one survey of three persons."""
    few, first, second = held(3, 2, 1), held(1, 5, 4), held(2, 4, 5)

    def entry(name: str, *groups: tuple[dict[str, Any], ...]) -> LedgerEntry:
        made = released(name, few, first, second)
        rows = [
            {"period": {"surveys": [one["id"] for one in each]}, "value": "1/2", "numerator": None} for each in groups
        ]
        return replace(made, report={"indicators": [{"id": "I", "periods": rows}]})

    totals = [(few, first), (few, second)]
    earlier = [entry(f"R{number}", each) for number, each in enumerate(totals)]
    assert audit_releases(earlier[1], earlier[:1]) == ()
    assert audit_releases(entry("R9", (few, first, second)), earlier) == (
        LedgerProblem(Objection.NARROWED, "I", None, ("S3",)),
    )


def test_release_waits_when_a_hidden_number_has_no_room() -> None:
    """All of two hidden surveys said yes: then each of them did."""
    entry = released("R1", FIRST)
    blocks = (Block("S8", 4, "a"), Block("S9", 3, "b"))
    question = replace(entry.questions[0], blocks=blocks)
    row = {"period": {"surveys": ["S8", "S9"]}, "value": "1/1", "numerator": 7}
    told = replace(entry, questions=(question,), report={"indicators": [{"id": "I", "periods": [row]}]})
    assert [problem.objection for problem in audit_releases(told, [])] == [Objection.NARROWED]
    open_row = row | {"value": "4/7", "numerator": 4}
    fair = replace(told, report={"indicators": [{"id": "I", "periods": [open_row]}]})
    assert audit_releases(fair, []) == ()
