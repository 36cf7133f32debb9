"""The format questionnaire/1: reading and writing are inverses, and every broken document says where."""

import copy
import json
from typing import Any

import pytest
from factories import standard_questionnaire
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import junk, questionnaires

from survey_app.domain.errors import InvalidDocument, Problem
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import parse_questionnaire, write_questionnaire


def small_document() -> dict[str, Any]:
    """Return a valid document with one item of each kind that has rules of its own."""
    return {
        "schema": "questionnaire/1",
        "id": "small",
        "version": 1,
        "source_language": "de",
        "languages": ["de", "en"],
        "status": {"de": "released", "en": "draft"},
        "reviewed": {"de": True},
        "texts": {"title": {"de": "Kurz", "en": "Short"}, "hint": {"de": "Hinweis"}},
        "items": [
            {"code": "intro", "type": "block", "texts": {"de": "Guten Tag", "en": "Hello"}},
            {
                "code": "mood",
                "type": "one",
                "texts": {"de": "Wie war's?", "en": "How was it?"},
                "hint": "hint",
                "options": [
                    {"code": "good", "texts": {"de": "gut", "en": "good"}},
                    {"code": "bad", "texts": {"de": "schlecht", "en": "bad"}, "text_length": 80},
                ],
                "key_variable": {"all": ["good", "bad"]},
            },
            {
                "code": "age",
                "type": "number",
                "texts": {"de": "Alter", "en": "Age"},
                "minimum": 0,
                "maximum": 120,
                "classes": [{"code": "young", "texts": {"de": "jung", "en": "young"}, "high": 25}],
                "show_if": [["mood", "=", "good"]],
            },
            {"code": "day", "type": "date", "texts": {}, "classes": [{"code": "x", "texts": {}, "low": "2026-01-01"}]},
        ],
    }


def problems_of(document: object) -> tuple[Problem, ...]:
    with pytest.raises(InvalidDocument) as caught:
        parse_questionnaire(document)
    return caught.value.problems


def parse_or_refuse(document: object) -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    """Return the questionnaire, or the problems if the document is refused."""
    try:
        return parse_questionnaire(document), ()
    except InvalidDocument as error:
        return None, error.problems


@given(questionnaires())
def test_reading_gives_the_same_value_when_it_was_written(questionnaire: Questionnaire) -> None:
    document = write_questionnaire(questionnaire)
    assert parse_questionnaire(document) == questionnaire
    assert parse_questionnaire(json.loads(json.dumps(document))) == questionnaire


def test_shipped_questionnaire_comes_back_when_written_and_read() -> None:
    questionnaire = standard_questionnaire()
    assert len(questionnaire.questions) == 15
    assert parse_questionnaire(write_questionnaire(questionnaire)) == questionnaire


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] + [place for key, entry in inner for place in places(entry, (*path, key))]


SMALL_PLACES = places(small_document())


def mutated(path: tuple[Any, ...], change: str, value: Any) -> Any:
    """Return the small document with one place replaced, removed, doubled or extended."""
    document = copy.deepcopy(small_document())
    if not path:
        return value
    holder: Any = document
    for step in path[:-1]:
        holder = holder[step]
    if change == "remove":
        del holder[path[-1]]
    elif change == "double" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[path[-1]]))
    elif change == "extend" and isinstance(holder, dict):
        holder[str(value)] = value
    else:
        holder[path[-1]] = value
    return document


@settings(max_examples=300)
@given(st.sampled_from(SMALL_PLACES), st.sampled_from(["remove", "double", "extend", "replace"]), junk)
def test_broken_document_names_the_place_when_it_is_refused(path: tuple[Any, ...], change: str, value: Any) -> None:
    questionnaire, problems = parse_or_refuse(mutated(path, change, value))
    if questionnaire is None:
        assert problems
        assert all(problem.place and problem.code for problem in problems)
    else:
        assert parse_questionnaire(write_questionnaire(questionnaire)) == questionnaire


@given(junk)
def test_arbitrary_value_is_refused_when_it_is_no_questionnaire(value: Any) -> None:
    assert all(problem.place for problem in problems_of(value))


BREAKS: list[tuple[tuple[Any, ...], Any, str, str]] = [
    (("schema",), "questionnaire/2", "unknown_schema", "schema"),
    (("id",), "No spaces!", "malformed_code", "id"),
    (("id",), "", "malformed_code", "id"),
    (("version",), 0, "not_a_whole_number", "version"),
    (("version",), True, "not_a_whole_number", "version"),
    (("version",), 10**10, "not_a_whole_number", "version"),
    (("source_language",), "fr", "source_language_not_offered", "source_language"),
    (("languages", 1), "english!", "unknown_language", "languages[1]"),
    (("languages", 1), "de", "duplicate_language", "languages[1]"),
    (("languages",), "de", "not_a_list", "languages"),
    (("status", "en"), "perfect", "unknown_value", "status.en"),
    (("reviewed", "de"), "yes", "not_a_boolean", "reviewed.de"),
    (("texts", "title"), "Kurz", "not_an_object", "texts.title"),
    (("texts", "title", "de"), 5, "not_a_string", "texts.title.de"),
    (("texts", "title", "not a tag"), "x", "unknown_language", "texts.title.not a tag"),
    (("surprise",), 1, "unknown_key", "surprise"),
    (("items", 0, "type"), "essay", "unknown_value", "items[0].type"),
    (("items", 0, "type"), ["block"], "unknown_value", "items[0].type"),
    (("items", 0, "colour"), "red", "unknown_key", "items[0].colour"),
    (("items", 0, "code"), "", "malformed_code", "items[0].code"),
    (("items", 0, "code"), "mood", "duplicate_code", "items[1].code"),
    (("items", 0, "code"), "lang", "reserved_code", "items[0].code"),
    (("items", 0, "code"), "submission_key", "reserved_code", "items[0].code"),
    (("items", 0, "code"), "texts", "reserved_code", "items[0].code"),
    (("items", 0, "texts", "??"), "x", "unknown_language", "items[0].texts.??"),
    (("items", 1, "hint"), "absent", "unknown_text", "items[1].hint"),
    (("items", 1, "options"), [], "no_choices", "items[1].options"),
    (("items", 1, "options", 1, "code"), "good", "duplicate_code", "items[1].options[1].code"),
    (("items", 1, "options", 1, "code"), "Ä", "malformed_code", "items[1].options[1].code"),
    (("items", 1, "options", 1, "code"), "", "malformed_code", "items[1].options[1].code"),
    (("items", 1, "options", 1, "text_length"), 0, "not_a_whole_number", "items[1].options[1].text_length"),
    (("items", 1, "key_variable"), {"all": ["ugly"]}, "unknown_choice", "items[1].key_variable.all"),
    (("items", 1, "key_variable"), {"": ["good"]}, "malformed_code", "items[1].key_variable.''"),
    (("items", 1, "type"), "text", "choices_without_use", "items[1].options"),
    (("items", 2, "minimum"), "NaN", "not_a_number", "items[2].minimum"),
    (("items", 2, "minimum"), 10**5000, "not_a_number", "items[2].minimum"),
    (("items", 2, "minimum"), "1e999999999", "not_a_number", "items[2].minimum"),
    (("items", 2, "minimum"), "1e-61", "not_a_number", "items[2].minimum"),
    (("items", 2, "minimum"), 121, "empty_range", "items[2].minimum"),
    (("items", 2, "classes", 0, "high"), "many", "not_a_number", "items[2].classes[0].high"),
    (("items", 2, "show_if", 0), ["mood"], "malformed_condition", "items[2].show_if[0]"),
    (("items", 2, "show_if", 0), ["mood", "=", ["good"]], "malformed_condition", "items[2].show_if[0]"),
    (("items", 2, "show_if", 0, 1), "is", "malformed_condition", "items[2].show_if[0]"),
    (("items", 2, "show_if", 0, 0), "absent", "unknown_item", "items[2].show_if[0]"),
    (("items", 3, "classes", 0, "low"), "2026-02-30", "not_a_date", "items[3].classes[0].low"),
    (("items", 3, "classes"), [{"code": "x", "texts": {}}] * 2, "duplicate_code", "items[3].classes[1].code"),
]


@pytest.mark.parametrize(("path", "value", "code", "place"), BREAKS, ids=[f"{b[2]} at {b[3]}" for b in BREAKS])
def test_document_is_refused_with_code_and_place_when_one_thing_is_wrong(
    path: tuple[Any, ...], value: Any, code: str, place: str
) -> None:
    parse_questionnaire(small_document())
    found = [(problem.code, problem.place) for problem in problems_of(mutated(path, "replace", value))]
    assert (code, place) in found


def test_missing_keys_are_named_when_absent() -> None:
    document = small_document()
    del document["id"], document["items"][1]["texts"]
    found = {(problem.code, problem.place) for problem in problems_of(document)}
    assert {("missing_key", "id"), ("missing_key", "items[1].texts")} <= found


def test_all_problems_are_reported_when_there_are_several() -> None:
    document = small_document() | {"version": "1", "reviewed": []}
    assert {problem.place for problem in problems_of(document)} == {"version", "reviewed"}


def test_language_aliases_are_resolved_when_read() -> None:
    document = small_document()
    document |= {
        "languages": ["de", "en", "de-simple"],
        "status": {"DE_SIMPLE": "checked"},
        "reviewed": {"de-si": False},
    }
    questionnaire = parse_questionnaire(document)
    assert questionnaire.languages == ("de", "en", "de-x-simple")
    assert set(questionnaire.status) == set(questionnaire.reviewed) == {"de-x-simple"}


def test_key_variable_true_means_every_choice_but_no_answer_when_read() -> None:
    document = small_document()
    document["items"][1]["options"].append({"code": "no_answer", "texts": {}})
    document["items"][1]["key_variable"] = True
    item = parse_questionnaire(document).items[1]
    assert item.key_variable == {"good": ("good",), "bad": ("bad",)}


def test_modules_are_left_out_when_not_named() -> None:
    document = small_document()
    document["items"][3]["module"] = "extra"
    questionnaire = parse_questionnaire(document)
    assert [item.code for item in questionnaire.with_modules().items] == ["intro", "mood", "age"]
    assert len(questionnaire.with_modules("extra").items) == 4


def test_questions_leave_out_blocks_when_listed() -> None:
    questionnaire = parse_questionnaire(small_document())
    assert [item.code for item in questionnaire.questions] == ["mood", "age", "day"]
    assert questionnaire.find_item("age") is questionnaire.items[2]
    assert questionnaire.find_item("absent") is None


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", "9" * 31, "0." + "1" * 31])
def test_a_number_is_refused_when_it_would_fill_the_memory(number: str) -> None:
    item = {"code": "a", "type": "number", "texts": {}, "minimum": number}
    document = write_questionnaire(Questionnaire("q", 1, "de", ("de",), ())) | {"items": [item]}
    with pytest.raises(InvalidDocument, match="not_a_number"):
        parse_questionnaire(document)
