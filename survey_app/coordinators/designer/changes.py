"""Differences between two versions of a questionnaire in words."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flask_babel import LazyString, gettext, lazy_gettext

from survey_app.coordinators import comparison
from survey_app.coordinators.designer.describing import describe_item
from survey_app.coordinators.designer.desk import name_item
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questionnaire_comparison import (
    Difference,
    PartDifference,
    compare_languages,
    compare_questionnaires,
)
from survey_app.services.questionnaire_design import StoredQuestionnaire
from survey_app.web.locale import find_language

_KINDS: Mapping[str, LazyString] = {
    Difference.ADDED: lazy_gettext("added"),
    Difference.REMOVED: lazy_gettext("removed"),
    Difference.CHANGED: lazy_gettext("changed"),
    Difference.MOVED: lazy_gettext("moved to another place"),
}
_BADGES: Mapping[str, str] = {
    Difference.ADDED: "success",
    Difference.REMOVED: "danger",
    Difference.CHANGED: "info",
    Difference.MOVED: "neutral",
}


class Change(NamedTuple):
    """One difference as a page shows it; `lines` set both versions side by side."""

    name: str
    kind: str
    label: str
    badge: str
    lines: list[comparison.Difference]


def find_before(stored: StoredQuestionnaire, versions: Iterable[StoredQuestionnaire]) -> StoredQuestionnaire | None:
    """Return the version that this one follows: the latest published before it of the same questionnaire."""
    code, number = stored.questionnaire.id, stored.questionnaire.version
    earlier = [
        one
        for one in versions
        if one.published_at and one.questionnaire.id == code and one.questionnaire.version < number
    ]
    return max(earlier, key=lambda one: one.questionnaire.version, default=None)


def describe_changes(before: Questionnaire, after: Questionnaire) -> list[Change]:
    """Return everything that differs, in words."""
    changes = [_describe(one, before, after) for one in compare_questionnaires(before, after)]
    came, went = compare_languages(before, after)
    for tags, kind in ((came, Difference.ADDED), (went, Difference.REMOVED)):
        names = ", ".join(find_language(tag).autonym for tag in tags)
        if tags:
            changes.append(Change(f"{gettext('Languages')}: {names}", kind, str(_KINDS[kind]), _BADGES[kind], []))
    return changes


def _describe(one: PartDifference, before: Questionnaire, after: Questionnaire) -> Change:
    holder = after if one.kind is not Difference.REMOVED else before
    name = name_item(holder, one.code) if one.is_item else _name_text(one.code)
    lines = _lines(one, before, after) if one.kind is Difference.CHANGED else []
    return Change(name, one.kind, str(_KINDS[one.kind]), _BADGES[one.kind], lines)


def _name_text(key: str) -> str:
    words = {
        "title": gettext("Title"),
        "introduction": gettext("Introduction"),
        "thanks": gettext("Thanks after sending"),
    }
    return words.get(key, key)


def _lines(one: PartDifference, before: Questionnaire, after: Questionnaire) -> list[comparison.Difference]:
    """Return what changed, first in the source language, then wording by language."""
    source = after.source_language
    if not one.is_item:
        texts = before.texts.get(one.code, {}), after.texts.get(one.code, {})
        return [_line(find_language(tag).autonym, texts[1].get(tag), texts[0].get(tag)) for tag in one.languages]
    languages = [tag for tag in one.languages if tag != source]
    lines = _facts(one.code, before, after, source, "")
    for tag in languages:
        lines += _facts(one.code, before, after, tag, f"{find_language(tag).autonym}: ")
    return lines


def _facts(
    code: str, before: Questionnaire, after: Questionnaire, language: str, prefix: str
) -> list[comparison.Difference]:
    both = (describe_item(after, code, language), describe_item(before, code, language))
    pairs = zip(*both, strict=True)
    lines = [comparison.Difference(f"{prefix}{now[0]}", now[1], then[1]) for now, then in pairs]
    wording = {f"{prefix}{name}" for name in (gettext("Question"), gettext("Help text"), gettext("Answers"))}
    return [line for line in lines if line.is_changed and (not prefix or line.name in wording)]


def _line(name: str, now: str | None, then: str | None) -> comparison.Difference:
    return comparison.Difference(name, (now or "–",), (then or "–",))
