"""Questionnaires as JSON, from one installation to another: the version as it is, where it comes from, who may use it.

The format ``questionnaire-exchange/1`` is a wrapper: an object with `schema`, `origin`, `licence` (two texts that
may be missing) and `questionnaire`, which holds a document in the format ``questionnaire/1``, unchanged. A bare
document in that format is read, too.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from survey_app.domain.document_reading import Reader
from survey_app.domain.errors import InvalidDocument, Problem
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_document import parse_questionnaire, write_questionnaire
from survey_app.files.sheet_guard import refuse
from survey_app.files.text_reading import read_text

SCHEMA = "questionnaire-exchange/1"
LONGEST_NOTE = 2000
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class ExchangedQuestionnaire:
    """A questionnaire with what its users need to know.

    Attributes:
        origin: who made it, and where it comes from.
        licence: under which terms others may use it.
    """

    questionnaire: Questionnaire
    origin: str = ""
    licence: str = ""


def write_exchange(exchanged: ExchangedQuestionnaire) -> bytes:
    """Return the file; `read_exchange` gives the same value back."""
    document: dict[str, Any] = {"schema": SCHEMA}
    document |= {"origin": exchanged.origin} if exchanged.origin else {}
    document |= {"licence": exchanged.licence} if exchanged.licence else {}
    document["questionnaire"] = write_questionnaire(exchanged.questionnaire)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def read_exchange(data: bytes) -> ExchangedQuestionnaire:
    """Return what a file holds.

    Raises:
        InvalidDocument: with every problem and its path in the file, such as ``questionnaire.items[3].code``.
    """
    document = _parse(read_text(data))
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        return ExchangedQuestionnaire(parse_questionnaire(document))
    reader = Reader()
    reader.mapping(
        document,
        "document",
        keys={"schema", "origin", "licence", "questionnaire"},
        required={"questionnaire"},
    )
    notes = [_read_note(reader, document.get(key, ""), key) for key in ("origin", "licence")]
    if reader.problems:
        raise InvalidDocument(reader.problems)
    try:
        return ExchangedQuestionnaire(parse_questionnaire(document["questionnaire"]), *notes)
    except InvalidDocument as error:
        raise InvalidDocument([_within(problem) for problem in error.problems]) from error


def _read_note(reader: Reader, value: object, place: str) -> str:
    note = reader.string(value, place)
    if len(note) > LONGEST_NOTE:
        reader.add("cell_is_too_long", place, limit=LONGEST_NOTE)
    return note


def _within(problem: Problem) -> Problem:
    place = "questionnaire" if problem.place == "document" else f"questionnaire.{problem.place}"
    return Problem(problem.code, place, problem.parameters)


def _parse(text: str) -> object:
    try:
        document = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise refuse("file_is_no_json", f"line {error.lineno}") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets without end
        raise refuse("file_is_no_json") from error
    if any(depth > _DEEPEST for depth in _measure_depths(document)):
        raise refuse("file_is_no_json")
    return document


def _measure_depths(document: object) -> Iterator[int]:
    """Yield how deep every value lies, without recursion."""
    waiting: list[tuple[object, int]] = [(document, 0)]
    while waiting:
        value, depth = waiting.pop()
        yield depth
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(entry, depth + 1) for entry in inner]


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; JSON's parser would keep the last of two equal keys without a word."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        double = next(key for index, key in enumerate(keys) if key in keys[:index])
        raise refuse("duplicate_key", ascii(double))
    return found


def _refuse_constant(name: str) -> None:
    raise refuse("file_is_no_json", name)
