"""Building indicators: every kind through its form, exactly as a file would say it, tried out before it is saved."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from evaluation_strategies import goal_systems
from hypothesis import Phase, given, settings

from survey_app.content import GOAL_TEMPLATES, read_document
from survey_app.evaluation import GoalSystem, Kind, parse_goals, write_goals
from survey_app.evaluation.goals.indicators import (
    AnswerMean,
    AnswerShare,
    DatedTarget,
    ManualValue,
    MeanRatio,
    PeriodKind,
    RecordCount,
    RecordShare,
    ShareChange,
)
from survey_app.evaluation.goals.sources import Source

from .conftest import Desk
from .goal_desk import FREIBURG, GoalDesk, start, start_with_questions

CONTACTS = "mindestens 60 % der Befragten haben über das Netzwerk Kontakte geknüpft, die sonst nicht entstanden wären"


@pytest.fixture
def draft(desk: Desk) -> GoalDesk:
    return start_with_questions(desk)


def new(draft: GoalDesk, kind: str, **start_with: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in ({"kind": kind, "goal": "IV.1.5"} | start_with).items())
    return f"{draft.root}/indicators/new?{query}"


@pytest.mark.parametrize("name", GOAL_TEMPLATES)
def test_saving_untouched_forms_changes_nothing(desk: Desk, name: str) -> None:
    draft = start_with_questions(desk, read_document(name))
    for indicator in parse_goals(read_document(name)).indicators:
        saved = draft.edit("indicators", indicator.id)
        assert saved.status == 303, f"{indicator.id}: {saved.words[:600]}"
    assert (draft.stored.document, draft.stored.revision) == (read_document(name), 1)


@settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(goal_systems())
def test_any_indicator_survives_its_form(desk: Desk, system: GoalSystem) -> None:
    spoken = tuple(replace(one, text=f"Text {one.id}") for one in system.indicators)
    draft = start(desk, write_goals(replace(system, indicators=spoken)))
    before = draft.system
    for indicator in before.indicators:
        saved = draft.edit("indicators", indicator.id)
        assert saved.status == 303, f"{indicator}: {saved.words[:900]}"
    assert draft.system == before


def test_the_way_to_an_indicator_leads_over_kind_and_question(draft: GoalDesk) -> None:
    kinds = draft.desk.see(f"{draft.root}/indicators/choose?goal=IV.1.5")
    assert "gewinnen untereinander neue Kooperationspartner/innen" in kinds.words
    assert sum("kind=" in address for address in kinds.links().values()) == len(Kind)
    questions = draft.desk.see(kinds.links()["Share of those asked who agree"].removeprefix(draft.desk.root))
    address = next(
        url for words, url in questions.links().items() if "Did you make contacts" in words or "contacts" in words
    )
    form = draft.desk.see(address.removeprefix(draft.desk.root))
    assert form.fields().getlist("not_applicable") == ["first_time"]
    assert form.fields().getlist("goals") == ["IV.1.5"]
    assert form.fields()["id"] == "I10"


def test_the_contacts_are_built_from_nothing(draft: GoalDesk) -> None:
    path = new(draft, "answer_share", item="contacts_made")
    saved = draft.desk.fill(path, text=CONTACTS, affirming=["yes_several", "yes_one"], target="60")
    page = draft.desk.follow(saved)
    assert CONTACTS in page.words
    assert "too little data" in page.words
    built = draft.indicator("I10")
    assert built.measure == AnswerShare("contacts_made", ("yes_several", "yes_one"), ("first_time",))
    assert (built.target, built.period, built.goals) == (Fraction(3, 5), PeriodKind.SURVEY, ("IV.1.5",))


@pytest.mark.parametrize(
    ("kind", "start_with", "typed", "measure"),
    [
        (
            "answer_mean",
            {"item": "benefit"},
            {"value-very_large": "4", "value-rather_large": "3", "value-rather_small": "2,5", "value-none": "1"},
            AnswerMean(
                "benefit",
                {
                    "very_large": Fraction(4),
                    "rather_large": Fraction(3),
                    "rather_small": Fraction(5, 2),
                    "none": Fraction(1),
                },
            ),
        ),
        ("record_count", {"source": "partners"}, {}, RecordCount(Source.PARTNERS, (), "name")),
        (
            "record_share",
            {"source": "meetings"},
            {"where-0-name": "good_practice", "where-0-operator": "=", "where-0-value": "yes"},
            None,
        ),
        ("mean_ratio", {"source": "meetings"}, {}, None),
        ("share_change", {}, {"indicator": "I5"}, ShareChange("I5", "previous_year")),
        (
            "share_change",
            {},
            {"indicator": "I5", "against": "day", "against_on": "2024-05-06"},
            ShareChange("I5", date(2024, 5, 6)),
        ),
        (
            "manual_value",
            {},
            {"value": "3", "as_of": "2024-05-06", "source_text": "Drucksache 1", "upper": "3"},
            ManualValue(Fraction(3), date(2024, 5, 6), "Drucksache 1", None, Fraction(3)),
        ),
    ],
)
def test_every_kind_is_built_through_its_form(
    draft: GoalDesk, kind: str, start_with: dict[str, str], typed: dict[str, str], measure: object
) -> None:
    saved = draft.desk.fill(new(draft, kind, **start_with), text="Etwas", **typed)
    assert saved.status == 303, saved.words[:900]
    built = draft.indicator("I10").measure
    if measure is not None:
        assert built == measure
    elif isinstance(built, RecordShare):
        assert [tuple(one) for one in built.where] == [("good_practice", "=", True)]
        assert [tuple(one) for one in built.universe] == [("status", "=", "held")]
    else:
        assert isinstance(built, MeanRatio)
        assert (built.numerator, built.denominator) == ("attended_invited", "invited")


@pytest.mark.parametrize(
    ("indicator_id", "changes", "field", "words"),
    [
        ("I5", {"text": ""}, "text", "missing"),
        ("I5", {"affirming": None}, "affirming", "at least one answer"),
        ("I5", {"affirming": ["first_time"]}, "not_applicable", "cannot agree and leave"),
        ("I5", {"target": "600"}, "target", "between 0 and 1"),
        ("I5", {"target": "viel"}, "target", "number"),
        ("I5", {"goals": None}, "goals", "at least one goal"),
        ("I5", {"id": "I4"}, "id", "unique"),
        ("I5", {"period": "span"}, "span_from", "needs this day"),
        ("I5", {"deadline": "2027-01-01"}, "deadline", "deadline"),
        ("I5", {"item": "no_such_question"}, "item", "not exist here"),
        ("I5", {"targets-0-starts_on": "2027-01-01"}, "targets", "missing"),
        ("I5", {"valid_from": "2027-01-01", "valid_until": "2026-01-01"}, "valid_until", "first"),
        ("I6", {"where-new": "title"}, "where", "missing"),
        ("I6", {"where-0-value": None}, "where", "missing"),
    ],
)
def test_a_mistake_is_explained_at_its_field_and_everything_typed_stays(
    draft: GoalDesk, indicator_id: str, changes: dict[str, object], field: str, words: str
) -> None:
    refused = draft.edit("indicators", indicator_id, reading="Meine Anmerkung", **changes)
    assert refused.status == 400
    place = refused.words_of(f"*[@id='{field}-error']") if field != "targets" else refused.words
    assert words in place
    assert refused.fields()["reading"] == "Meine Anmerkung"
    assert draft.system == FREIBURG


def test_targets_change_from_a_day_on(draft: GoalDesk) -> None:
    typed = {
        "targets-0-starts_on": "2027-01-01",
        "targets-0-value": "65",
        "targets-1-starts_on": "1.1.2028",
        "targets-1-value": "70,5",
    }
    assert draft.edit("indicators", "I5", **typed).status == 303
    assert draft.indicator("I5").targets == (
        DatedTarget(date(2027, 1, 1), Fraction(65, 100)),
        DatedTarget(date(2028, 1, 1), Fraction(705, 1000)),
    )
    page = draft.desk.see(f"{draft.root}/indicators/show?id=I5")
    assert "70.5" in page.words


def test_trying_out_shows_the_result_and_stores_nothing(draft: GoalDesk) -> None:
    page = draft.desk.fill(new(draft, "record_count", source="partners"), text="Partner", target="1", **{"try": "1"})
    assert page.status == 200
    assert "Target: at least 1" in page.words
    assert page.fields()["text"] == "Partner"
    assert draft.system == FREIBURG
    refused = draft.edit("indicators", "I5", target="viel", **{"try": "1"})
    assert refused.status == 400


def test_changing_the_question_shows_its_answers_and_keeps_what_was_typed(draft: GoalDesk) -> None:
    page = draft.edit("indicators", "I5", item="benefit", reading="bleibt", refresh="item")
    assert page.status == 200
    sent = page.fields()
    assert (sent["item"], sent["reading"]) == ("benefit", "bleibt")
    assert 'value="very_large"' in page.html
    saved = draft.desk.send(f"{draft.root}/indicators/edit?id=I5", sent, affirming=["very_large"], not_applicable=None)
    assert saved.status == 303
    assert draft.indicator("I5").measure == replace(
        FREIBURG.find_indicator("I5").measure, item="benefit", affirming=("very_large",), not_applicable=()
    )


@pytest.mark.parametrize(
    "typed",
    [
        {"kind": "nothing"},
        {"where-999-name": "x", "where-0-name": "\x00"},
        {"targets-999-value": "1"},
        {"goals": ["\u202e", "IV.1.5"]},
        {"period": "never"},
        {"source": "nobody"},
        {"refresh": "remove-where-99"},
        {"refresh": "remove-where-x"},
        {"value-": "1"},
        {"step": "99"},
    ],
)
def test_hostile_forms_are_no_server_error(draft: GoalDesk, typed: dict[str, object]) -> None:
    for indicator_id in ("I5", "I6", "I3", "I1"):
        assert draft.edit("indicators", indicator_id, **typed).status in (200, 303, 400, 409)
