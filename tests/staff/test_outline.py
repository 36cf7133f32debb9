"""The goal tree of the Freiburg system: every indicator explained once, both wordings, deferred goals."""

from datetime import date

import pytest
from evaluation_documents import goals, indicator
from factories import freiburg_goals

from survey_app.domain.book import Book, Meeting
from survey_app.evaluation import Verdict, evaluate, parse_goals
from survey_app.staff.outline import Outline, build_outline, walk

CUT_OFF = date(2024, 12, 31)


def outline_of(document: str, book: Book | None = None) -> Outline:
    goal_system = parse_goals(document)
    report = evaluate(goal_system, book or Book(), (), CUT_OFF)
    return build_outline(goal_system, report.indicators)


@pytest.fixture(scope="module")
def freiburg() -> Outline:
    meetings = tuple(
        Meeting(str(month), date(2024, month, 1), "network_meeting", "held", good_practice=True) for month in (3, 9)
    )
    return outline_of(freiburg_goals(), Book(meetings=meetings))


def ids(nodes) -> list[str]:
    return [node.goal.id for node in walk(nodes)]


def test_goals_in_force_form_one_tree_in_the_order_of_the_document(freiburg: Outline) -> None:
    specific = [f"IV.1.{number}" for number in range(1, 6)]
    assert ids(freiburg.tree) == ["D", "IV", "IV.1", *specific, "IV.2"]


def test_another_wording_stands_in_the_appendix_without_indicators(freiburg: Outline) -> None:
    (appendix,) = freiburg.appendices
    assert appendix.wording.id == "A"
    assert ids(appendix.nodes) == [f"A.IV.{number}" for number in range(1, 6)]
    assert not any(node.is_operationalised for node in appendix.nodes)


def test_every_indicator_is_explained_exactly_once(freiburg: Outline) -> None:
    explained = [entry.result.indicator.id for entry in freiburg.entries]
    assert sorted(explained) == ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "O1", "O2", "O3", "O4", "O5"]
    assert [entry.result.indicator.id for entry in freiburg.observed] == ["O1", "O3", "O4", "O2", "O5"]
    assert len(freiburg.judged) == 9


def test_an_indicator_of_two_goals_is_referred_to_at_the_second(freiburg: Outline) -> None:
    places = {
        (node.goal.id, entry.result.indicator.id): entry.is_first
        for node in walk(freiburg.tree)
        for entry in node.entries
    }
    assert places["IV.1.1", "I2"] is True
    assert places["IV.1.4", "I2"] is False
    assert [goal.id for goal in freiburg.goals_of("I2")] == ["IV.1.1", "IV.1.4"]


def test_our_reading_is_marked_where_the_source_names_only_the_goal_above(freiburg: Outline) -> None:
    marked = {entry.result.indicator.id: entry.is_reading for entry in freiburg.entries}
    assert marked["I1"] is False
    assert marked["I4"] is True


def test_verdicts_are_counted_once_per_indicator_with_a_target(freiburg: Outline) -> None:
    node = next(node for node in walk(freiburg.tree) if node.goal.id == "IV.1")
    assert sum(node.counts.values()) == 9
    assert node.counts[Verdict.REACHED_SECURE] == 2  # two meetings, each with an opportunity for good practice
    assert node.counts[Verdict.NO_TARGET] == 0


def test_a_deferred_goal_keeps_its_place_and_has_no_verdict(freiburg: Outline) -> None:
    node = next(node for node in walk(freiburg.tree) if node.goal.id == "IV.2")
    assert node.goal.state == "deferred"
    assert not node.counts
    assert not node.is_operationalised


def test_an_indicator_without_reading_stands_at_the_goal_of_the_source() -> None:
    outline = outline_of(goals(indicator(), indicator("record_count", id_="J")))
    (node,) = outline.tree
    assert [entry.result.indicator.id for entry in node.entries] == ["I", "J"]
    assert outline.appendices == ()
