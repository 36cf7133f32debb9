"""Building the tree of a goal system: add, edit, move, remove; head, rules and wordings."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from factories import NOW

from survey_app.evaluation import GoalState, Level, write_goals
from survey_app.services import goal_design

from .conftest import Desk
from .goal_desk import FREIBURG, GoalDesk, start


@pytest.fixture
def draft(desk: Desk) -> GoalDesk:
    return start(desk)


def test_the_tree_shows_every_goal_and_indicator_verbatim(draft: GoalDesk) -> None:
    words = draft.desk.see(f"{draft.root}/").words
    for goal in FREIBURG.goals:
        assert " ".join(goal.text.split()) in words
    for indicator in FREIBURG.indicators:
        assert indicator.text in words
    assert "für dieses Mittlerziel werden zum jetzigen Zeitpunkt keine Detailziele formuliert" in words
    assert "0 of 9 targets reached" in words


def test_saving_untouched_forms_changes_nothing(draft: GoalDesk) -> None:
    for goal in FREIBURG.goals:
        assert draft.edit("goals", goal.id).status == 303, goal.id
    for page in ("head", "rules", "wordings"):
        assert draft.desk.fill(f"{draft.root}/{page}").status == 303, page
    assert (draft.system, draft.stored.revision) == (FREIBURG, 1)


def test_a_goal_is_added_below_another_as_typed(draft: GoalDesk) -> None:
    page = draft.desk.see(f"{draft.root}/goals/new?parent=IV.1")
    offered = page.fields()
    assert (offered["level"], offered["parent"], offered["wording"], offered["id"]) == (
        "specific",
        "IV.1",
        "B",
        "IV.1.6",
    )
    saved = draft.desk.fill(f"{draft.root}/goals/new?parent=IV.1", text="Ein neues Ziel", heading="Neu", number="6")
    assert "Ein neues Ziel" in draft.desk.follow(saved).words
    goal = draft.goal("IV.1.6")
    assert (goal.level, goal.text, goal.parent, goal.wording) == (Level.SPECIFIC, "Ein neues Ziel", "IV.1", "B")


def test_a_goal_is_deferred_with_reason_and_date(draft: GoalDesk) -> None:
    refused = draft.edit("goals", "IV.1.2", state="deferred")
    assert refused.status == 400
    assert "why the goal is deferred" in refused.message_at("state_reason")
    assert draft.edit("goals", "IV.1.2", state="deferred", state_reason="später", review_on="1.9.2027").status == 303
    goal = draft.goal("IV.1.2")
    assert (goal.state, goal.state_reason, goal.review_on) == (GoalState.DEFERRED, "später", date(2027, 9, 1))
    assert "review on" in draft.desk.see(f"{draft.root}/").words


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"text": ""}, "text", "fill in"),
        ({"id": "IV.1.1"}, "id", "unique"),
        ({"parent": "IV.1.1"}, "parent", "does not exist here"),
        ({"parent": "A.IV.1"}, "parent", "another wording"),
        ({"level": "vision"}, "level", "cannot stand below"),
        ({"valid_from": "2026-01-02", "valid_until": "2026-01-01"}, "valid_until", "before the first"),
        ({"review_on": "bald"}, "review_on", "date"),
    ],
)
def test_a_mistake_is_explained_at_its_field_and_everything_typed_stays(
    draft: GoalDesk, changes: dict[str, str], field: str, words: str
) -> None:
    refused = draft.edit("goals", "IV.1.2", heading="Mein Wort", **changes)
    assert refused.status == 400
    assert words in refused.message_at(field)
    assert refused.fields()["heading"] == "Mein Wort"
    for name, value in changes.items():
        if name != "parent" or value != "IV.1.1":
            assert refused.fields()[name] == value
    assert draft.system == FREIBURG


def test_a_renamed_goal_takes_everything_with_it(draft: GoalDesk) -> None:
    assert draft.edit("goals", "IV.1", id="Mitte 1").status == 303
    assert {goal.parent for goal in draft.system.goals if goal.id.startswith("IV.1.")} == {"Mitte 1"}
    assert draft.indicator("I5").goals == ("Mitte 1",)


def test_two_people_who_edit_different_goals_lose_nothing(draft: GoalDesk) -> None:
    first = draft.desk.see(f"{draft.root}/goals/edit?id=IV.1.1").fields()
    second = draft.desk.see(f"{draft.root}/goals/edit?id=IV.1.2").fields()
    assert draft.desk.send(f"{draft.root}/goals/edit?id=IV.1.1", first, heading="eins").status == 303
    assert draft.desk.send(f"{draft.root}/goals/edit?id=IV.1.2", second, heading="zwei").status == 303
    assert (draft.goal("IV.1.1").heading, draft.goal("IV.1.2").heading) == ("eins", "zwei")


def test_the_second_who_edits_a_goal_sees_both_texts(draft: GoalDesk) -> None:
    path = f"{draft.root}/goals/edit?id=IV.1.2"
    opened = draft.desk.see(path).fields()
    assert draft.desk.fill(path, text="Deren Wortlaut").status == 303
    refused = draft.desk.send(path, opened, text="Mein Wortlaut")
    assert refused.status == 409
    assert "Deren Wortlaut" in refused.words_of("table")
    assert "Mein Wortlaut" in refused.words_of("table")
    assert refused.fields()["text"] == "Mein Wortlaut"
    assert draft.goal("IV.1.2").text == "Deren Wortlaut"
    assert draft.desk.send(path, refused.fields()).status == 303
    assert draft.goal("IV.1.2").text == "Mein Wortlaut"


def test_what_was_typed_survives_when_the_goal_is_removed_meanwhile(draft: GoalDesk) -> None:
    path = f"{draft.root}/goals/edit?id=A.IV.3"
    opened = draft.desk.see(path).fields()
    assert draft.desk.fill(f"{draft.root}/goals/remove?id=A.IV.3").status == 303
    kept = draft.desk.send(path, opened, text="Nicht verloren")
    assert (kept.status, kept.fields()["text"]) == (409, "Nicht verloren")
    assert "removed" in kept.message_at("id")
    assert draft.desk.send(f"{draft.root}/goals/new", kept.fields()).status == 303
    assert draft.goal("A.IV.3").text == "Nicht verloren"


def test_goals_move_by_buttons(draft: GoalDesk) -> None:
    def order() -> list[str]:
        return [goal.id for goal in draft.system.goals if goal.parent == "IV.1"]

    token = draft.desk.see(f"{draft.root}/").html.split('name="csrf_token" value="')[1].split('"')[0]
    for up, expected in (("1", ["IV.1.2", "IV.1.1"]), ("0", ["IV.1.1", "IV.1.2"])):
        address = f"{draft.desk.root}{draft.root}/goals/move"
        assert draft.desk.post(address, {"csrf_token": token, "id": "IV.1.2", "up": up}).status == 303
        assert order()[:2] == expected


def test_a_goal_at_which_something_stands_is_not_removed(draft: GoalDesk) -> None:
    asked = draft.desk.see(f"{draft.root}/goals/remove?id=IV.1.1")
    assert "I2, I3, I6" in asked.words
    token = draft.desk.see(f"{draft.root}/").html.split('name="csrf_token" value="')[1].split('"')[0]
    refused = draft.desk.post(f"{draft.desk.root}{draft.root}/goals/remove?id=IV.1.1", {"csrf_token": token})
    assert refused.status == 409
    assert draft.system == FREIBURG


def test_the_head_is_changed_and_a_taken_version_refused(draft: GoalDesk) -> None:
    other = start(draft.desk)
    assert other.system.version == "2017-04-26-2"
    refused = draft.desk.fill(f"{other.root}/head", version="2017-04-26", mandate="Beschluss")
    assert refused.status == 400
    assert "exists already" in refused.message_at("version")
    assert refused.fields()["mandate"] == "Beschluss"
    assert draft.desk.fill(f"{other.root}/head", version="2027", starts_on="2013-01-01", mandate="").status == 303
    assert (other.system.version, other.system.mandate, other.system.starts_on) == ("2027", None, date(2013, 1, 1))
    too_long = draft.desk.fill(f"{other.root}/head", version="x" * 64)
    assert "63 characters" in too_long.message_at("version")


def test_rules_are_never_laxer_than_the_law_of_the_house(draft: GoalDesk) -> None:
    refused = draft.desk.fill(f"{draft.root}/rules", min_group="4", confidence="100", min_base="")
    assert refused.status == 400
    assert "at least 5" in refused.message_at("min_group")
    assert "between 0 and 1" in refused.message_at("confidence")
    assert "missing" in refused.message_at("min_base")
    assert draft.desk.fill(f"{draft.root}/rules", min_base="12", nonresponse_allowance="17,5").status == 303
    parameters = draft.system.parameters
    assert (parameters.min_base, parameters.nonresponse_allowance) == (12, Fraction(7, 40))


def test_wordings_are_renamed_added_and_one_is_in_force(draft: GoalDesk) -> None:
    changes = {"wordings-0-id": "alt", "wordings-2-id": "C", "wordings-2-title": "dritte", "current": "0"}
    assert draft.desk.fill(f"{draft.root}/wordings", **changes).status == 303
    assert [(one.id, one.current) for one in draft.system.wordings] == [("alt", True), ("B", False), ("C", False)]
    assert draft.goal("A.IV.1").wording == "alt"
    gone = draft.desk.fill(f"{draft.root}/wordings", **{"wordings-1-id": ""})
    assert gone.status == 400
    assert "B" in gone.words


def test_another_row_of_wordings_is_offered_without_saving(draft: GoalDesk) -> None:
    page = draft.desk.fill(f"{draft.root}/wordings", refresh="row", **{"wordings-2-id": "C", "wordings-3-id": "D"})
    assert (page.status, page.fields()["wordings-2-id"]) == (200, "C")
    assert "wordings-4-id" in page.fields()
    assert draft.system == FREIBURG


def test_the_second_who_edits_head_rules_or_wordings_is_told(draft: GoalDesk) -> None:
    for page, mine, theirs in (
        ("head", {"title": "Meins"}, {"title": "Deren"}),
        ("rules", {"min_base": "11"}, {"min_base": "12"}),
        ("wordings", {"wordings-0-title": "Meins"}, {"wordings-0-title": "Deren"}),
    ):
        path = f"{draft.root}/{page}"
        opened = draft.desk.see(path).fields()
        assert draft.desk.fill(path, **theirs).status == 303
        refused = draft.desk.send(path, opened, **mine)
        assert refused.status == 409, page
        assert draft.desk.send(path, refused.fields()).status == 303, page
    assert (draft.system.title, draft.system.parameters.min_base) == ("Meins", 11)


def test_a_published_version_opens_no_form(desk: Desk) -> None:
    published = start(desk)
    goal_design.publish_draft(desk.session, published.system_id, network_id=desk.network.id, revision=1, now=NOW)
    for page in ("goals/new", "goals/edit?id=IV", "head", "rules", "wordings", "text", "publish", "discard"):
        assert desk.see(f"{published.root}/{page}").status == 409, page
    assert "Add an indicator" not in desk.see(f"{published.root}/").words


def test_hostile_ids_and_texts_are_shown_harmlessly(desk: Desk) -> None:
    goal = replace(FREIBURG.goals[0], id='<b>"/../', text="<script>alert(1)</script>", heading="\u202eevil")
    hostile = start(desk, write_goals(replace(FREIBURG, goals=(goal,), indicators=(), wordings=())))
    page = desk.see(f"{hostile.root}/")
    assert "<script>alert" not in page.html
    link = next(address for words, address in page.links().items() if words.startswith("Edit"))
    assert desk.see(link.removeprefix(desk.root)).fields()["text"] == goal.text
    assert desk.see(f"{hostile.root}/goals/edit?id=nobody").status == 404
    assert desk.see(f"{hostile.root}/indicators/show?id=nobody").status == 404
