"""JSON between installations: the same value comes back with origin and licence; what is broken has its path."""

import json

import pytest
from factories import standard_questionnaire
from hypothesis import given
from hypothesis import strategies as st
from strategies import anything, junk, questionnaires

from survey_app.domain.errors import InvalidDocument
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import write_questionnaire
from survey_app.domain.text import clean_text
from survey_app.files.questionnaire_json import ExchangedQuestionnaire, read_exchange, write_exchange

notes = anything.map(clean_text)


def places_and_codes(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocument) as caught:
        read_exchange(data)
    return [(problem.place, problem.code) for problem in caught.value.problems]


@given(questionnaires(), notes, notes)
def test_reading_gives_the_same_value_when_it_was_written(
    questionnaire: Questionnaire, origin: str, licence: str
) -> None:
    exchanged = ExchangedQuestionnaire(questionnaire, origin, licence)
    assert read_exchange(write_exchange(exchanged)) == exchanged


@given(questionnaires())
def test_a_bare_document_is_read_when_nothing_is_around_it(questionnaire: Questionnaire) -> None:
    data = json.dumps(write_questionnaire(questionnaire)).encode()
    assert read_exchange(data) == ExchangedQuestionnaire(questionnaire)


@given(junk)
def test_any_json_is_refused_with_a_place_when_it_is_no_questionnaire(value: object) -> None:
    assert all(place and code for place, code in places_and_codes(json.dumps(value).encode()))


def wrapped(**changes: object) -> bytes:
    document = json.loads(write_exchange(ExchangedQuestionnaire(standard_questionnaire(), "Freiburg", "CC BY 4.0")))
    return json.dumps(document | changes).encode()


BROKEN = {
    "nothing": (b"", ("document", "file_is_empty")),
    "no text": (b"\xff\xfe{}", ("document", "file_is_no_utf8")),
    "half": (b'{"schema": 1,\n]', ("line 2", "file_is_no_json")),
    "constant": (b'{"a": NaN}', ("NaN", "file_is_no_json")),
    "double": (b'{"a": 1, "a": 2}', ("'a'", "duplicate_key")),
    "deep and open": (b"[" * 100_000, ("document", "file_is_no_json")),
    "deep": (b"[" * 50 + b"]" * 50, ("document", "file_is_no_json")),
    "long number": (b"1" * 5000, ("document", "file_is_no_json")),
    "large": (b" " * 5_000_001 + b"1", ("document", "file_is_too_large")),
    "origin": (wrapped(origin=3), ("origin", "not_a_string")),
    "licence": (wrapped(licence="x" * 2001), ("licence", "cell_is_too_long")),
    "key": (wrapped(surprise=1), ("surprise", "unknown_key")),
    "list": (wrapped(questionnaire=[]), ("questionnaire", "not_an_object")),
    "inside": (wrapped(questionnaire={"id": "?"}), ("questionnaire.id", "malformed_code")),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_is_refused_with_its_place_when_it_is_broken(name: str) -> None:
    data, expected = BROKEN[name]
    assert expected in places_and_codes(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_a_problem_when_they_are_no_document(data: bytes) -> None:
    assert places_and_codes(data)
