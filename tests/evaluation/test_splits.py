"""Several figures of one item: the one that would fix a count of one or two beside the others is left out."""

from fractions import Fraction
from typing import Any

import pytest
from evaluation_documents import facts, goals, indicator, item, report, survey

from survey_app.domain.tally import AnswerCounts, ItemTally, TallyType
from survey_app.evaluation import Base, Report
from survey_app.evaluation.protecting.splits import Scale, Split, find_conflicting

SCALE = ("very", "rather", "little", "none")


def tally(*counts: int, first: tuple[int, ...] | None = None) -> ItemTally:
    part = None if first is None else AnswerCounts(dict(zip(SCALE, first, strict=True)), no_answer=0)
    return ItemTally("q", 1, TallyType.ONE, AnswerCounts(dict(zip(SCALE, counts, strict=True)), 0), first_answers=part)


def ticks(answered: int, ticked: int) -> AnswerCounts:
    return AnswerCounts({"very": ticked, "rather": 0}, 0, answered=answered)


def split(*affirming: str, first: bool = False) -> Split:
    return Split(frozenset(affirming), frozenset(), Base.ASKED, first)


TOP, TOP_TWO = split("very"), split("very", "rather")


@pytest.mark.parametrize(
    ("counts", "conflicting"),
    [((20, 2, 10, 10), True), ((20, 1, 10, 10), True), ((20, 3, 10, 10), False), ((20, 0, 10, 10), False)],
)
def test_second_figure_is_left_out_when_the_difference_is_one_or_two(
    counts: tuple[int, ...], conflicting: bool
) -> None:
    found = find_conflicting([TOP, TOP_TWO], tally(*counts), 5)
    assert found == ({TOP_TWO} if conflicting else set())


def test_single_split_is_shown_when_few_are_on_one_side() -> None:
    assert find_conflicting([TOP], tally(1, 20, 10, 10), 5) == set()


def test_figure_is_left_out_when_three_together_tell_what_two_do_not() -> None:
    pairs = [split("very", "rather"), split("rather", "little"), split("very", "little")]
    assert find_conflicting(pairs[:2], tally(2, 20, 15, 9), 5) == set()
    assert find_conflicting(pairs, tally(2, 20, 15, 9), 5) == {pairs[2]}


def test_mean_is_left_out_when_it_fixes_a_count() -> None:
    mean = Scale(tuple((code, Fraction(value)) for value, code in enumerate(SCALE)))
    assert find_conflicting([mean], tally(5, 1, 0, 0), 5) == {mean}
    assert find_conflicting([mean], tally(9, 8, 7, 6), 5) == set()


@pytest.mark.parametrize(
    ("first", "minimum", "conflicting"),
    [
        ((18, 8, 9, 8), 5, False),
        ((18, 8, 9, 8), 10, True),
        ((19, 9, 9, 8), 5, True),
        ((12, 6, 4, 4), 20, False),
        ((20, 10, 10, 10), 20, False),
    ],
)
def test_first_answers_are_left_out_when_they_leave_too_few_others(
    first: tuple[int, ...], minimum: int, conflicting: bool
) -> None:
    own = split("very", "rather", first=True)
    assert (own in find_conflicting([own], tally(20, 10, 10, 10, first=first), minimum)) is conflicting


def two_figures(second: dict[str, Any]) -> Report:
    both = goals(indicator(id_="A"), indicator(id_="B", affirming='["yes", "first_time"]'))
    return report(both, facts(second))


def test_indicator_is_withheld_when_it_would_tell_beside_another_one() -> None:
    block = item(30, 20) | {"counts": {"yes": 30, "no": 20, "first_time": 2}}
    first, second = two_figures(survey(block)).indicators
    assert first.headline_row.numerator == 30
    assert (second.headline_row.value, second.verdict) == (None, "not_assessable")
    assert second.headline_row.reasons == ("attendance_unknown", "below_disclosure_threshold")


def test_both_indicators_are_told_when_the_difference_is_large_enough() -> None:
    block = item(30, 20) | {"counts": {"yes": 30, "no": 20, "first_time": 3}}
    assert [result.headline_row.numerator for result in two_figures(survey(block)).indicators] == [30, 33]


@pytest.mark.parametrize(
    ("first", "conflicting"), [((29, 14), True), ((10, 5), False), ((27, 14), True), ((30, 15), False)]
)
def test_first_ticks_are_left_out_when_they_leave_too_few_others(first: tuple[int, int], conflicting: bool) -> None:
    """15 of 30 ticked; whoever is not among the first answers is the rest."""
    own = split("very", first=True)
    counted = ItemTally("q", 1, TallyType.MANY, ticks(30, 15), first_answers=ticks(*first))
    assert (own in find_conflicting([own], counted, 5)) is conflicting
