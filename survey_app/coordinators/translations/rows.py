"""The rows of the workbench: one text each, as it stands or as somebody typed it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import LazyString, gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from survey_app.domain.errors import Problem
from survey_app.domain.glossary import Term
from survey_app.domain.questionnaire import ItemType, Questionnaire
from survey_app.domain.translating import TextToTranslate, Translated, WordingConflict, list_texts_to_translate
from survey_app.domain.wording_states import WordingProgress, fingerprint_text
from survey_app.services.questionnaire_design import StoredQuestionnaire
from survey_app.services.translating import load_glossary
from survey_app.web.messages import message_of

MOST_ROWS = 5_000

PROGRESS: Mapping[WordingProgress, tuple[LazyString, str]] = {
    WordingProgress.MISSING: (lazy_gettext("missing"), "danger"),
    WordingProgress.DRAFT: (lazy_gettext("not reviewed"), "info"),
    WordingProgress.REVIEWED: (lazy_gettext("reviewed"), "success"),
    WordingProgress.OUTDATED: (lazy_gettext("outdated"), "warning"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One text on the page.

    Attributes:
        words: what stands in its field.
        begun: fingerprint of the words that it began with; `seen`: of the source text beside it.
        errors: what is wrong with what was typed.
        theirs: what somebody else wrote meanwhile; None without a conflict.
    """

    text: TextToTranslate
    words: str
    begun: str
    seen: str
    is_reviewed: bool
    terms: tuple[Term, ...] = ()
    errors: tuple[str, ...] = ()
    theirs: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one question, or of what stands around the questions (place 0)."""

    place: int
    title: str
    rows: list[Row] = field(default_factory=list)


def read_rows(form: MultiDict[str, str]) -> list[Translated]:
    """Return what was typed, row by row; rows without a path are none."""
    numbers = [name.removeprefix("path-") for name in form if name.startswith("path-")]
    return [
        Translated(
            path=form[f"path-{number}"],
            words=form.get(f"words-{number}", ""),
            begun=form.get(f"begun-{number}", ""),
            source=form.get(f"seen-{number}", ""),
            is_reviewed=f"reviewed-{number}" in form,
        )
        for number in numbers[:MOST_ROWS]
    ]


def list_texts(stored: StoredQuestionnaire, language: str) -> tuple[TextToTranslate, ...]:
    """Return every text of a draft with its translation."""
    return list_texts_to_translate(stored.questionnaire, stored.states, language)


def build_groups(questionnaire: Questionnaire, rows: Iterable[Row]) -> list[Group]:
    """Return the rows by question, in the order of the form."""
    groups: dict[int, Group] = {}
    for row in rows:
        place = row.text.place
        if place not in groups:
            groups[place] = Group(place, _name_place(questionnaire, place))
        groups[place].rows.append(row)
    return list(groups.values())


def _name_place(questionnaire: Questionnaire, place: int) -> str:
    if not place:
        return gettext("Around the questions")
    item = questionnaire.items[place - 1]
    if item.type is ItemType.BLOCK:
        return gettext("Text between the questions")
    return gettext("Question %(number)s", number=questionnaire.questions.index(item) + 1)


def build_rows(
    texts: Sequence[TextToTranslate],
    source_language: str,
    language: str,
    *,
    only_open: bool = False,
    typed: Mapping[str, Translated] | None = None,
    problems: Iterable[Problem] = (),
    conflicts: Iterable[WordingConflict] = (),
) -> list[Row]:
    """Return the rows of a page.

    Args:
        only_open: without texts that need nothing, but for those that somebody has typed.
        typed: what somebody typed, by path; it is kept as it is.
        problems: with paths as places.
    """
    given = typed or {}
    errors: dict[str, tuple[str, ...]] = {}
    for problem in problems:
        errors[problem.place] = (*errors.get(problem.place, ()), message_of(problem))
    clashes = {conflict.path: conflict.theirs for conflict in conflicts}
    glossary = load_glossary()
    rows = []
    for text in texts:
        if only_open and not text.is_open and text.path not in given:
            continue
        one, theirs = given.get(text.path), clashes.get(text.path)
        rows.append(
            Row(
                text=text,
                words=text.words if one is None else one.words,
                # After a conflict the form begins with the words of the others: whoever saves now has read them.
                begun=one.begun
                if one and theirs is None
                else fingerprint_text(text.words if theirs is None else theirs),
                seen=fingerprint_text(text.source),
                is_reviewed=text.progress is WordingProgress.REVIEWED if one is None else one.is_reviewed,
                terms=glossary.find_terms(text.source, language) if source_language == glossary.language else (),
                errors=errors.get(text.path, ()),
                theirs=theirs,
            )
        )
    return rows
