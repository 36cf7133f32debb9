"""What a report does not tell: small bases, parts for the public, small groups, what could be subtracted."""

import json
from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, item, report, survey

from survey_app.evaluation import Breakdown, Report, Row

YEARLY = {"period": '"calendar_year"', "pooling": '"all"'}
GROUPS = ("a", "b", "c", "d")


def make(*surveys: dict[str, Any], tier: str = "internal", **keys: str) -> Report:
    return report(goals(indicator(**keys)), facts(*surveys), tier=tier)


def group(yes: int, no: int) -> dict[str, Any]:
    return {"counts": {"yes": yes, "no": no}}


def grouped(**parts: tuple[int, int]) -> Breakdown:
    by = {"actor_group": {code: group(*part) for code, part in parts.items()}}
    row = make(survey(item(60, 40, by=by))).indicators[0].headline_row
    return row.groups[0]


@pytest.mark.parametrize(
    ("tier", "counts", "shown"),
    [
        ("internal", item(3, 1), False),
        ("internal", item(4, 1), True),
        ("public", item(4, 5), False),
        ("public", item(4, 6), True),
        ("internal", item(4, 15, sensitive=True), False),
        ("internal", item(5, 15, sensitive=True), True),
        ("public", item(4, 15, sensitive=True), False),
    ],
)
def test_figure_is_shown_when_the_base_is_large_enough(tier: str, counts: dict[str, Any], shown: bool) -> None:
    row = make(survey(counts), tier=tier).indicators[0].headline_row
    assert (row.value is not None) is shown
    assert ("below_disclosure_threshold" in row.reasons) is not shown


def test_nothing_is_told_when_a_figure_is_withheld() -> None:
    by = {"actor_group": {"a": group(2, 1)}}
    document = make(survey(item(3, 1, by=by))).to_dict()["indicators"][0]["periods"][0]  # type: ignore[index]
    told = {key for key, value in document.items() if value not in (None, [], False)}
    assert told == {"period", "verdict", "reasons", "sentence_de"}
    assert "3" not in document["sentence_de"]


def test_network_is_stricter_when_its_parameters_are() -> None:
    head = goals(indicator()).replace("[[goal]]", "[parameters]\nmin_group = 15\n\n[[goal]]", 1)
    row = report(head, facts(survey(item(10, 4)))).indicators[0].headline_row
    assert row.value is None


def test_parts_and_other_base_are_hidden_when_the_public_reads() -> None:
    row = make(survey(item(40, 20, no_answer=5), attended=100), tier="public").indicators[0].headline_row
    assert (row.base_parts, row.other_base) == (None, None)
    assert (row.numerator, row.base) == (40, 65)


def test_other_base_is_hidden_when_it_is_too_small() -> None:
    row = make(survey(item(3, 1, no_answer=6), attended=10)).indicators[0].headline_row
    assert row.base == 10
    assert row.other_base is None


# ---------------------------------------------------------------- groups


def test_small_groups_are_hidden_with_a_sibling_when_a_share_is_broken_down() -> None:
    breakdown = grouped(a=(20, 15), b=(20, 15), c=(12, 8), d=(2, 1))
    # 93 told a group, so 7 told none.
    assert [entry.code for entry in breakdown.shown] == ["a", "b", "c"]
    assert set(breakdown.hidden) == {"d", "no_answer"}


def test_those_without_a_group_are_hidden_when_they_are_few() -> None:
    breakdown = grouped(a=(20, 16), b=(20, 16), c=(18, 7))
    assert breakdown.hidden == ("c", "no_answer")


def test_every_group_is_shown_when_none_is_small() -> None:
    breakdown = grouped(a=(30, 20), b=(30, 20))
    assert breakdown.hidden == ()
    assert [(entry.numerator, entry.base, entry.display) for entry in breakdown.shown] == [(30, 50, "60\u00a0%")] * 2


def test_groups_have_no_rest_when_a_person_may_be_in_several() -> None:
    breakdown = grouped(a=(50, 40), b=(50, 40))
    assert [entry.code for entry in breakdown.shown] == ["a", "b"]
    assert breakdown.hidden == ()


def test_number_is_left_out_when_a_whole_group_answers_alike() -> None:
    breakdown = grouped(a=(40, 0), b=(10, 20), c=(10, 20))
    shown = {entry.code: entry for entry in breakdown.shown}
    assert (shown["a"].numerator, shown["a"].value, shown["a"].display) == (None, None, "über 90\u00a0%")
    # One other group is hidden, or the number would follow from the total.
    assert breakdown.hidden == ("b",)


def test_both_numbers_are_left_out_when_two_groups_answer_alike() -> None:
    breakdown = grouped(a=(40, 0), b=(0, 20), c=(20, 20))
    shown = {entry.code: entry.display for entry in breakdown.shown}
    assert shown == {"a": "über 90\u00a0%", "b": "unter 10\u00a0%", "c": "50\u00a0%"}
    assert breakdown.hidden == ()


def test_groups_stand_at_surveys_only_when_answers_are_pooled() -> None:
    by = {"actor_group": {"a": group(30, 20), "b": group(30, 20)}}
    result = make(survey(item(60, 40, by=by)), **YEARLY).indicators[0]
    assert result.headline_row.groups == ()
    assert result.by_survey is not None
    assert len(result.by_survey[0].groups) == 1


# ---------------------------------------------------------------- totals


def pooled(*sizes: tuple[int, int]) -> Row:
    surveys = [
        survey(item(k, n - k), id_=f"S{index}", date=f"2024-0{index + 1}-01") for index, (k, n) in enumerate(sizes)
    ]
    return make(*surveys, **YEARLY).indicators[0].headline_row


def test_total_leaves_a_survey_out_when_it_could_be_subtracted() -> None:
    row = pooled((40, 60), (3, 4))
    assert (row.numerator, row.base, row.period.surveys) == (40, 60, ("S0",))
    assert row.left_out == 1
    assert "1 Erhebung mit zu wenigen Antworten ist nicht enthalten." in row.sentence_de


def test_total_leaves_surveys_out_when_they_are_too_few_together() -> None:
    assert pooled((40, 60), (1, 2), (1, 2)).base == 60


def test_total_contains_hidden_surveys_when_they_are_enough_together() -> None:
    row = pooled((40, 60), (3, 4), (2, 4))
    assert (row.base, row.left_out) == (68, 0)
    # A mean of the shares would be a second equation for the two that are hidden.
    assert row.pooled is None


def test_total_is_shown_when_every_survey_by_itself_is_hidden() -> None:
    row = pooled((3, 4), (2, 4), (2, 4))
    assert (row.base, row.left_out) == (12, 0)


def test_total_is_withheld_when_a_single_survey_is() -> None:
    row = pooled((3, 4))
    assert row.value is None
    assert "below_disclosure_threshold" in row.reasons


def test_withheld_number_is_nowhere_when_the_document_is_searched() -> None:
    """A base of 17 yes and 2 no is withheld from the public if it is sensitive; neither number may appear."""
    made = make(survey(item(17, 2, sensitive=True), completed=19), tier="public")
    document = made.to_dict()
    text = json.dumps(document["indicators"])
    assert "17" not in text
    assert "19" not in text.replace("2019", "")
