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


def test_question_is_withheld_when_too_few_gave_a_valid_answer() -> None:
    row = make(survey(item(3, 1, no_answer=6), attended=10)).indicators[0].headline_row
    assert (row.value, row.base, row.response) == (None, None, None)
    assert "below_disclosure_threshold" in row.reasons


def test_words_stand_for_the_share_when_all_say_the_same_to_a_sensitive_question() -> None:
    row = make(survey(item(39, 1, sensitive=True), attended=45)).indicators[0].headline_row
    assert (row.value, row.numerator, row.low, row.missing) == (None, None, None, 5)
    assert (row.display, row.base, row.verdict) == ("über 90\u00a0%", 40, "reached_secure")
    assert row.sentence_de.startswith("Über 90\u00a0% der 40 Befragten stimmen zu.")


@pytest.mark.parametrize("yes", [18, 19, 20])
def test_nothing_is_told_when_words_would_tell_which_number_it_is(yes: int) -> None:
    row = make(survey(item(yes, 20 - yes, sensitive=True), attended=45)).indicators[0].headline_row
    assert (row.display, row.base, row.verdict) == (None, None, "not_assessable")


def test_nothing_is_told_when_the_verdict_would_tell_which_number_it_is() -> None:
    keys = {"target": "0.96"}
    rows = [make(survey(item(k, 40 - k, sensitive=True)), **keys).indicators[0].headline_row for k in (38, 39, 40)]
    assert {(row.display, row.verdict) for row in rows} == {(None, "not_assessable")}


# ---------------------------------------------------------------- groups


def test_small_groups_are_hidden_with_a_sibling_when_a_share_is_broken_down() -> None:
    breakdown = grouped(a=(20, 12), b=(20, 12), c=(12, 8), d=(2, 2))
    assert [entry.code for entry in breakdown.shown] == ["a", "b", "c"]
    assert breakdown.hidden == ("d", "no_answer")
    assert breakdown.pooled is not None
    assert (breakdown.pooled.numerator, breakdown.pooled.base) == (8, 16)


def test_next_group_is_hidden_too_when_the_hidden_ones_could_be_narrowed() -> None:
    breakdown = grouped(a=(20, 15), b=(20, 15), c=(12, 8), d=(2, 1))
    # The hidden ones would hold two who do not agree: nobody could be anything but one of them.
    assert [entry.code for entry in breakdown.shown] == ["a", "b"]
    assert set(breakdown.hidden) == {"c", "d", "no_answer"}


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
    # Two others are hidden, or the number would follow from the total.
    assert breakdown.hidden == ("b", "c")


def test_both_numbers_are_left_out_when_two_groups_answer_alike() -> None:
    breakdown = grouped(a=(40, 0), b=(0, 21), c=(20, 19))
    shown = {entry.code: entry.display for entry in breakdown.shown}
    assert shown == {"a": "über 90\u00a0%", "b": "unter 10\u00a0%", "c": "51\u00a0%"}
    assert breakdown.hidden == ()


def test_group_is_hidden_when_words_would_tell_its_number() -> None:
    breakdown = grouped(a=(12, 0), b=(18, 20), c=(30, 20))
    assert [entry.code for entry in breakdown.shown] == ["c"]
    assert breakdown.hidden == ("a", "b")


def test_group_is_hidden_when_one_person_of_it_left_the_base() -> None:
    parts = {code: group(20, 10) | {"not_applicable": left} for code, left in zip("abcd", (0, 1, 0, 9), strict=True)}
    row = make(survey(item(80, 40, not_applicable=10, by={"actor_group": parts}))).indicators[0].headline_row
    assert [entry.code for entry in row.groups[0].shown] == ["c", "d"] or row.groups[0].hidden == ("a", "b", "c", "d")


def test_no_group_is_told_when_the_groups_are_nearly_names() -> None:
    parts = {f"group_{number:02}": group(20, 10) for number in range(9)}
    row = make(survey(item(180, 90, by={"actor_group": parts}))).indicators[0].headline_row
    assert row.groups == ()


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
