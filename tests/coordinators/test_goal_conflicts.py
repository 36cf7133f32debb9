"""Indicators in the hands of several people: conditions as rows, conflicts, removal, the audit of the wording."""

from dataclasses import replace
from fractions import Fraction

import pytest

from survey_app.content import read_document
from survey_app.evaluation.goals.indicators import RecordShare

from .conftest import Desk
from .goal_desk import FREIBURG, GoalDesk, start, start_with_questions


@pytest.fixture
def draft(desk: Desk) -> GoalDesk:
    return start_with_questions(desk)


def test_conditions_are_added_and_removed_by_buttons(draft: GoalDesk) -> None:
    path = f"{draft.root}/indicators/edit?id=I6"
    page = draft.edit("indicators", "I6", refresh="add-where", **{"where-new": "attended_total"})
    sent = page.fields()
    assert sent["where-1-name"] == "attended_total"
    page = draft.desk.send(path, sent, refresh="remove-where-0")
    sent = page.fields()
    assert (sent["where-0-name"], "where-1-name" in sent) == ("attended_total", False)
    assert draft.desk.send(path, sent, **{"where-0-operator": ">=", "where-0-value": "20"}).status == 303
    measure = draft.indicator("I6").measure
    assert isinstance(measure, RecordShare)
    assert [tuple(one) for one in measure.where] == [("attended_total", ">=", 20)]


def test_conditions_that_rows_cannot_say_stay_until_somebody_begins_anew(desk: Desk) -> None:
    awkward = 'where = [["title", "in", ["Eins", "Zwei"]], ["good_practice", "!=", false]]'
    document = read_document("freiburg-goals.toml").replace('where = [["good_practice", "=", true]]', awkward)
    draft = start_with_questions(desk, document)
    before = draft.indicator("I6")
    assert draft.edit("indicators", "I6", reading="neu").status == 303
    assert draft.indicator("I6") == replace(before, reading="neu")
    anew = draft.edit("indicators", "I6", refresh="reset-where")
    assert "where-kept" not in anew.fields()


def test_the_second_who_edits_an_indicator_sees_both(draft: GoalDesk) -> None:
    path = f"{draft.root}/indicators/edit?id=I5"
    opened = draft.desk.see(path).fields()
    assert draft.desk.fill(path, target="70", affirming=["yes_one"]).status == 303
    refused = draft.desk.send(path, opened, target="80")
    assert refused.status == 409
    table = refused.words_of("table")
    assert "70\u00a0%" in table or "70 %" in table
    assert "yes, several" in table
    assert refused.fields()["target"] == "80"
    assert draft.desk.send(path, refused.fields()).status == 303
    assert draft.indicator("I5").target == Fraction(4, 5)


def test_what_was_typed_survives_when_the_indicator_is_removed_meanwhile(draft: GoalDesk) -> None:
    path = f"{draft.root}/indicators/edit?id=I5"
    opened = draft.desk.see(path).fields()
    assert draft.desk.fill(f"{draft.root}/indicators/remove?id=I5").status == 303
    kept = draft.desk.send(path, opened, reading="Nicht verloren")
    assert (kept.status, kept.fields()["reading"]) == (409, "Nicht verloren")
    action = next(
        form.get("action") for form in kept.root.iter("form") if "indicators/new" in (form.get("action") or "")
    )
    assert draft.desk.send(action.removeprefix(draft.desk.root), kept.fields()).status == 303
    assert draft.indicator("I5").reading == "Nicht verloren"


def test_an_indicator_that_another_needs_is_not_removed(draft: GoalDesk) -> None:
    assert (
        draft.desk.fill(f"{draft.root}/indicators/new?kind=share_change&goal=IV", text="Wandel", indicator="I5").status
        == 303
    )
    refused = draft.desk.fill(f"{draft.root}/indicators/remove?id=I5")
    assert refused.status == 409
    assert "I10" in refused.words
    assert draft.desk.fill(f"{draft.root}/indicators/remove?id=I10").status == 303
    assert draft.system == FREIBURG


def test_the_wording_audit_warns_until_a_note_tells_readers(draft: GoalDesk) -> None:
    page = draft.desk.see(f"{draft.root}/indicators/show?id=I4")
    assert "Only in the indicator: Gründung, Freiburg" in page.words
    assert "Only in the question: Stadt, Landkreis" in page.words
    assert "look at the wording" in draft.desk.see(f"{draft.root}/").words
    assert draft.edit("indicators", "I4", reading="Gefragt wird nach Stadt oder Landkreis.").status == 303
    assert "alert--warning" not in draft.desk.see(f"{draft.root}/indicators/show?id=I4").html
    agreeing = draft.desk.see(f"{draft.root}/indicators/show?id=I5")
    assert "say the same" in agreeing.words


def test_an_indicator_without_question_says_that_nobody_asks_it(desk: Desk) -> None:
    draft = start(desk)
    assert (
        "No published questionnaire asks the question contacts_made"
        in desk.see(f"{draft.root}/indicators/show?id=I5").words
    )
    assert draft.edit("indicators", "I5").status == 303
    assert draft.system == FREIBURG
