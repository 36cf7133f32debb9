"""The file format ``questionnaire/1``: a questionnaire version as a plain JSON-like document, and back.

The same document is the JSON column of the database, so reading and writing are exact inverses.
"""

from collections.abc import Mapping
from typing import Any

from survey_app.domain.condition_checks import check_conditions
from survey_app.domain.document_reading import Reader
from survey_app.domain.errors import InvalidDocument, Problem
from survey_app.domain.item_document import check_item, item_document, read_item
from survey_app.domain.questionnaire import Item, ItemType, Questionnaire, TranslationStatus
from survey_app.domain.text import Text

SCHEMA = "questionnaire/1"
_KEYS = {"schema", "id", "version", "source_language", "languages", "status", "reviewed", "texts", "items"}


def parse_questionnaire(document: object) -> Questionnaire:
    """Return the questionnaire that a document describes.

    Args:
        document: what `json.loads` gave for the file or the column.

    Raises:
        InvalidDocument: with every problem found and its path, such as ``items[3].options[1].code``.
    """
    reader = Reader()
    questionnaire = _read(
        reader, reader.mapping(document, "document", keys=_KEYS, required=_KEYS - {"status", "reviewed"})
    )
    if reader.problems:
        raise InvalidDocument(reader.problems)
    problems = check_questionnaire(questionnaire)
    if problems:
        raise InvalidDocument(problems)
    return questionnaire


def _read(reader: Reader, document: Mapping[str, Any]) -> Questionnaire:
    if document.get("schema", SCHEMA) != SCHEMA:
        reader.add("unknown_schema", "schema", value=document["schema"])
    languages = reader.sequence(document.get("languages"), "languages")
    status = reader.tags(document.get("status", {}), "status")
    reviewed = reader.tags(document.get("reviewed", {}), "reviewed")
    texts = reader.codes(document.get("texts"), "texts")
    return Questionnaire(
        id=reader.code(document.get("id"), "id"),
        version=reader.integer(document.get("version"), "version", minimum=1),
        source_language=reader.tag(document.get("source_language"), "source_language"),
        languages=tuple(reader.tag(tag, f"languages[{index}]") for index, tag in enumerate(languages)),
        items=tuple(
            read_item(reader, item, f"items[{index}]")
            for index, item in enumerate(reader.sequence(document.get("items"), "items"))
        ),
        texts={key: reader.text(value, f"texts.{key}") for key, value in texts.items()},
        status={
            tag: reader.member(value, f"status.{tag}", TranslationStatus, TranslationStatus.DRAFT)
            for tag, value in status.items()
        },
        reviewed={tag: reader.boolean(value, f"reviewed.{tag}") for tag, value in reviewed.items()},
    )


def write_questionnaire(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the document of a questionnaire; `parse_questionnaire` gives the same value back."""
    return {
        "schema": SCHEMA,
        "id": questionnaire.id,
        "version": questionnaire.version,
        "source_language": questionnaire.source_language,
        "languages": list(questionnaire.languages),
        "status": {tag: str(status) for tag, status in questionnaire.status.items()},
        "reviewed": dict(questionnaire.reviewed),
        "texts": {key: dict(text) for key, text in questionnaire.texts.items()},
        "items": [item_document(item) for item in questionnaire.items],
    }


def check_questionnaire(questionnaire: Questionnaire) -> list[Problem]:
    """Return what makes a questionnaire impossible to use: what is double, dangling, empty or never shown."""
    languages = questionnaire.languages
    problems = [
        Problem("duplicate_language", f"languages[{index}]", {"value": tag})
        for index, tag in enumerate(languages)
        if tag in languages[:index]
    ]
    if questionnaire.source_language not in questionnaire.languages:
        problems.append(Problem("source_language_not_offered", "source_language"))
    seen: set[str] = set()
    for index, item in enumerate(questionnaire.items):
        place = f"items[{index}]"
        problems += check_item(item, place)
        problems += _check_in_context(item, place, questionnaire, seen)
        seen.add(item.code)
    return problems + check_conditions(questionnaire)


def _check_in_context(item: Item, place: str, questionnaire: Questionnaire, seen: set[str]) -> list[Problem]:
    problems = []
    if item.code in seen:
        problems.append(Problem("duplicate_code", f"{place}.code", {"value": item.code}))
    if item.hint is not None and item.hint not in questionnaire.texts:
        problems.append(Problem("unknown_text", f"{place}.hint", {"value": item.hint}))
    return problems


def missing_wording(questionnaire: Questionnaire, language: str) -> list[str]:
    """Return the path of every text that the language lacks: what the publish gate lists."""
    return [path for path, text in list_texts(questionnaire) if not text.get(language, "").strip()]


def list_texts(questionnaire: Questionnaire) -> list[tuple[str, Text]]:
    """Return every text with its path: ``texts.<key>``, ``<item>``, ``<item>.<choice>``, ``<item>.classes.<class>``.

    Paths hold codes only, so they stay the same when items are moved and from version to version; codes hold no full
    stop and no item is called "texts", so a path names one text only.
    """
    texts = [(f"texts.{key}", text) for key, text in questionnaire.texts.items()]
    for item in questionnaire.items:
        texts.append((item.code, item.texts))
        if item.type is not ItemType.BLOCK:
            texts += [(f"{item.code}.{choice.code}", choice.texts) for choice in item.options]
            texts += [(f"{item.code}.classes.{entry.code}", entry.texts) for entry in item.classes]
    return texts
