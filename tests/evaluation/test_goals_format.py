from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from evaluation_documents import GOAL, HEAD, goals, indicator
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.evaluation import FormatError, FormatProblem, GoalState, Level, check_goals, parse_goals
from survey_app.evaluation.goals.indicators import AnswerShare, DatedTarget, RecordShare

FREIBURG = (Path(__file__).parents[2] / "survey_app" / "content" / "freiburg-goals.toml").read_text(encoding="utf-8")
WORDINGS = (
    '\n[[wording]]\nid = "A"\ntitle = "alt"\ncurrent = false\n\n[[wording]]\nid = "B"\ntitle = "neu"\ncurrent = true\n'
)


def refuse(text: str) -> list[str]:
    with pytest.raises(FormatError) as caught:
        parse_goals(text, name="g.toml")
    return [str(problem) for problem in caught.value.problems]


def find_problems(text: str) -> tuple[FormatProblem, ...]:
    """Return what is wrong; any other exception than the one for it fails the test."""
    try:
        parse_goals(text)
    except FormatError as error:
        return error.problems
    return ()


def goal(id_: str, level: str, **keys: str) -> str:
    lines = [f'{key} = "{value}"' for key, value in ({"id": id_, "level": level, "text": "Text"} | keys).items()]
    return "\n[[goal]]\n" + "\n".join(lines) + "\n"


def test_texts_are_verbatim_when_the_freiburg_system_is_read() -> None:
    system = parse_goals(FREIBURG)
    assert len(system.goals) == 14
    assert len(system.indicators) == 14
    texts = {entry.id: entry.text for entry in system.goals}
    assert "jeder sozialer" in texts["D"]
    assert texts["D"].count("\n\n") == 1
    assert "prozisieren Bedarfsefelder" in texts["A.IV.2"]
    assert "über Ihre Angebote" in texts["IV.1"]
    deferred = system.find_goal("IV.2")
    assert deferred is not None
    assert deferred.state is GoalState.DEFERRED
    assert deferred.state_reason is not None
    assert "zum jetzigen Zeitpunkt keine Detailziele formuliert" in deferred.state_reason


def test_only_one_wording_is_current_when_the_freiburg_system_is_read() -> None:
    system = parse_goals(FREIBURG)
    current = {entry.id for entry in system.goals if system.is_current(entry)}
    assert {"D", "IV", "IV.1", "IV.2", "IV.1.5"} <= current
    assert not {"A.IV.1", "A.IV.5"} & current
    assert all(system.is_counted(entry) for entry in system.indicators)


def test_numbers_are_exact_when_they_are_written_as_decimals() -> None:
    system = parse_goals(goals(indicator(target="0.6")))
    assert system.indicators[0].target == Fraction(3, 5)
    assert parse_goals(FREIBURG).parameters.nonresponse_allowance == Fraction(1, 5)


def test_defaults_are_those_of_the_specification_when_keys_are_left_out() -> None:
    system = parse_goals(goals(indicator(), indicator("record_share", id_="J")))
    first, second = (entry.measure for entry in system.indicators)
    assert isinstance(first, AnswerShare)
    assert first.universe == second.universe
    assert isinstance(second, RecordShare)
    assert second.from_meeting == 1
    assert system.goals[0].level is Level.VISION
    assert (system.parameters.confidence, system.parameters.min_base) == (0.95, 10)


def test_target_is_the_one_of_its_day_when_it_changed() -> None:
    targets = "[{ from = 2022-01-01, value = 0.5 }, { from = 2024-01-01, value = 0.7 }]"
    entry = parse_goals(goals(indicator(targets=targets))).indicators[0]
    assert entry.targets[0] == DatedTarget(date(2022, 1, 1), Fraction(1, 2))
    found = [entry.target_on(date(year, 6, 1)) for year in (2021, 2022, 2023, 2024)]
    assert found == [Fraction(3, 5), Fraction(1, 2), Fraction(1, 2), Fraction(7, 10)]
    assert entry.target_on(None) == Fraction(7, 10)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (goals(indicator(foo="1")), "indicator[0].foo: unknown key (line 21)"),
        (goals(indicator(source='"meetings"')), "indicator[0].source: unknown key (line 21)"),
        (goals(indicator(item="")), "indicator[0].item: is missing (line 12)"),
        (goals(indicator(affirming="[]")), "indicator[0].affirming: must name at least one option (line 18)"),
        (goals(indicator(affirming='["yes", "yes"]')), "indicator[0].affirming: holds a code twice (line 18)"),
        (goals(indicator(not_applicable='["yes"]')), "yes cannot both affirm and leave the base"),
        (goals(indicator(base='"all"')), "indicator[0].base: must be one of asked, valid, not 'all'"),
        (goals(indicator(period='"month"')), "indicator[0].period: must be one of survey, "),
        (goals(indicator(target="1.5")), "indicator[0].target: must lie between 0 and 1 for answer_share"),
        (goals(indicator(target="inf")), "indicator[0].target: must be a finite number"),
        (goals(indicator(target="1e999999999")), "indicator[0].target: must be a finite number"),
        (goals(indicator(target="true")), "indicator[0].target: must be a number"),
        (
            goals(indicator(targets="[{ from = 2022-01-01, value = 2 }]")),
            "indicator[0].targets[0].value: must lie between",
        ),
        (goals(indicator(targets="[{ value = 0.2 }]")), "indicator[0].targets[0].from: is missing"),
        (goals(indicator(step="8")), "indicator[0].step: must lie between 1 and 7"),
        (goals(indicator(comparison='">"')), "indicator[0].comparison: must be one of >=, <="),
        (goals(indicator(goals="[]")), "indicator[0].goals: must name at least one goal"),
        (goals(indicator(goals_reading='["9"]')), "indicator[0].goals_reading[0]: there is no goal '9'"),
        (goals(indicator(period='"span"')), "indicator[0].from: is missing for the period span"),
        (goals(indicator(until="2024-01-01")), "indicator[0].until: belongs to the period span only"),
        (goals(indicator(deadline="2024-01-01")), "indicator[0].deadline: belongs to counts since the start only"),
        (goals(indicator(), indicator()), "indicator[1].id: the id 'I' is used twice"),
        (goals(indicator(kind='"share"')), "indicator[0].kind: must be one of answer_share"),
        (goals(indicator(kind="")), "indicator[0].kind: is missing"),
        (goals(indicator("record_share", period='"survey"')), "indicator[0].period: record_share has no period survey"),
        (goals(indicator("mean_ratio", numerator='"title"')), "'title' is a field of another type"),
        (goals(indicator("mean_ratio", denominator='"guests"')), "meetings have no field 'guests'"),
        (goals(indicator("record_count", distinct_by='"topics"')), "'topics' is a field of another type"),
        (goals(indicator("record_count", dated_by='"invited"')), "'invited' is a field of another type"),
        (
            goals(indicator("record_count", where='[["fromat", "=", "x"]]')),
            "where[0][0]: meetings have no field 'fromat'",
        ),
        (
            goals(indicator("record_count", where='[["format", "=", "x"]]')),
            "where[0][2]: 'format' is one of network_meeting",
        ),
        (goals(indicator("record_count", where='[["format", "~", "x"]]')), "where[0]: unknown operator '~'"),
        (goals(indicator("record_count", where='["format"]')), "must be [field, operator, value]"),
        (goals(indicator("record_count", where='[["invited", ">=", "3"]]')), "compared with a whole number"),
        (goals(indicator("record_count", where='[["invited", "=", true]]')), "compared with a whole number"),
        (goals(indicator("record_count", where='[["title", ">=", "a"]]')), "where[0][1]: 'title' has no order"),
        (goals(indicator("record_count", where='[["topics", "=", "a"]]')), "cannot be asked of the list 'topics'"),
        (goals(indicator("record_count", where='[["title", "any", []]]')), "any needs a list of tables"),
        (
            goals(indicator("record_count", where='[["topics", "any", [["origin", "=", "me"]]]]')),
            "where[0][2][0][2]: 'origin' is one of members",
        ),
        (goals(indicator("record_count", where='[["date", "<=", "2024-02-30"]]')), "2024-02-30 is no date"),
        (
            goals(indicator("share_change", indicator='"X"', against='"first_survey"', period='"survey"')),
            "indicator[0].indicator: there is no indicator 'X'",
        ),
        (
            goals(
                indicator("record_count"),
                indicator("share_change", id_="C", indicator='"I"', against='"then"', period='"survey"'),
            ),
            "indicator[1].against: must be one of previous_year, first_survey",
        ),
        (
            goals(
                indicator("record_count"),
                indicator("share_change", id_="C", indicator='"I"', against="2022-01-01", period='"survey"'),
            ),
            "indicator[1].indicator: 'I' is no answer_share",
        ),
        (
            goals(
                indicator(
                    "manual_value", value="2", as_of="2024-01-01", source_text='"x"', lower="3", period='"survey"'
                )
            ),
            "indicator[0].lower: must not exceed the value",
        ),
        (
            goals(indicator("answer_mean", item='"benefit"', values="{}", period='"survey"')),
            "indicator[0].values: must not be empty",
        ),
        (goals("", head=HEAD.replace("goals/1", "goals/2")), "schema: must be 'goals/1', not 'goals/2' (line 1)"),
        (goals("", head=HEAD.replace('title = "Ein Netzwerk"\n', "")), "title: is missing"),
        (goals("", head=HEAD.replace("2020-01-01", '"gestern"')), "starts_on: must be a date, year-month-day (line 5)"),
        (goals("", head=HEAD.replace("2020-01-01", "2020-01-01T10:00:00")), "starts_on: must be a date"),
        (goals("", head=HEAD.replace("2020-01-01", "0020-01-01")), "the year must lie between"),
        (goals("", head=HEAD + "colour = 1\n"), "colour: unknown key (line 6)"),
        (goals("", head=HEAD + "[parameters]\nmin_group = 4\n"), "parameters.min_group: must be at least 5"),
        (
            goals("", head=HEAD + "[parameters]\nmin_group_public = 9\n"),
            "parameters.min_group_public: must be at least 10",
        ),
        (goals("", head=HEAD + "[parameters]\nmin_group_sensitive = 1\n"), "min_group_sensitive: must be at least 20"),
        (goals("", head=HEAD + "[parameters]\nconfidence = 1\n"), "parameters.confidence: must lie between 0 and 1"),
        (goals("", head=HEAD + "[parameters]\nmin_base = 1.5\n"), "parameters.min_base: must be a whole number"),
        (goals("", head=HEAD + "parameters = 3\n"), "parameters: must be a table"),
        (goals(GOAL), "goal[1].id: the id '1' is used twice"),
        (goals(goal("2", "guiding", parent="7")), "goal[1].parent: there is no goal '7' (line 16)"),
        (goals(goal("2", "vision", parent="1")), "goal[1].level: a goal of level vision cannot stand below"),
        (goals(goal("2", "guiding", wording="Z")), "goal[1].wording: there is no wording 'Z'"),
        (goals(goal("2", "guiding", state="deferred")), "goal[1].state_reason: a deferred goal says why"),
        (goals(goal("2", "guiding", state="lost")), "goal[1].state: must be one of active, deferred, ended"),
        (
            goals(goal("2", "guiding", wording="A"), goal("3", "specific", parent="2", wording="B"), middle=WORDINGS),
            "goal[2].parent: '2' belongs to wording 'A', not to 'B'",
        ),
        (goals("", middle=WORDINGS.replace("true", "false")), "exactly one wording must be current, none is"),
        (
            goals("", middle=WORDINGS.replace("false", "true")),
            "wording[1].current: exactly one wording must be current",
        ),
        (
            goals(goal("2", "guiding", parent="3"), goal("3", "specific", parent="2")),
            "goal[1].parent: goals run in a circle: 2 → 3 → 2",
        ),
    ],
)
def test_place_is_named_when_something_is_wrong(text: str, problem: str) -> None:
    problems = refuse(text)
    assert any(problem in found for found in problems), problems


def test_every_problem_is_told_when_there_are_several() -> None:
    problems = refuse(goals(indicator(foo="1", target="7", item="")).replace('title = "Ein Netzwerk"', "title = 3"))
    assert [problem.split(": ")[0] for problem in problems] == ["title", "indicator[0].item", "indicator[0].foo"]


def test_error_has_the_attributes_of_its_contract_when_raised() -> None:
    with pytest.raises(ValueError, match=r"g\.toml: indicator\[0\]\.foo: unknown key \(line 21\)") as caught:
        parse_goals(goals(indicator(foo="1")), name="g.toml")
    error = caught.value
    assert isinstance(error, FormatError)
    assert (error.name, error.path, error.line, error.message) == ("g.toml", "indicator[0].foo", 21, "unknown key")


def test_circle_is_told_once_when_many_goals_are_in_it() -> None:
    circle = goals(
        goal("2", "guiding", parent="4"), goal("3", "intermediate", parent="2"), goal("4", "specific", parent="3")
    )
    assert len(refuse(circle)) == 1


@pytest.mark.parametrize("length", [0, 10, 900, 9_000, 15_100])
def test_syntax_is_refused_when_the_file_is_truncated(length: int) -> None:
    assert refuse(FREIBURG[:length])


def test_edited_system_is_checked_when_it_never_was_a_file() -> None:
    assert check_goals(parse_goals(FREIBURG)) == []


@settings(max_examples=25)
@given(st.data())
def test_anything_else_is_refused_with_a_format_error_when_a_file_is_damaged(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(FREIBURG) - 1))
    length = data.draw(st.integers(0, 12))
    inserted = data.draw(st.text(st.sampled_from("\"[]{}=.,\n 0-9aT\\'#\0é"), max_size=6))
    damaged = FREIBURG[:start] + inserted + FREIBURG[start + length :]
    for problem in find_problems(damaged):
        assert problem.line is None or 1 <= problem.line <= damaged.count("\n") + 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
    )
)
def test_wrong_condition_is_refused_with_its_place_when_it_is_anything(value: object) -> None:
    text = repr(value).replace("None", '""').replace("True", "true").replace("False", "false")
    for problem in find_problems(goals(indicator("record_count", where=text))):
        assert problem.path.startswith("indicator[0].where") or problem.path == "document"
