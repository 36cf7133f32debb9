"""Translations from a file, PO or table: looked at first, then put into the draft text by text."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import FileField

from survey_app.coordinators import table_files
from survey_app.coordinators.blueprint import LARGEST_ID, bp
from survey_app.coordinators.fields import CoordinatorForm, Required, submitted_form
from survey_app.coordinators.file_notes import place_notes
from survey_app.coordinators.survey_forms import title_of
from survey_app.domain.errors import InvalidDocument, InvalidRecord, Problem, TransitionNotAllowed
from survey_app.domain.membership import Right
from survey_app.domain.questionnaire_document import list_texts
from survey_app.domain.translating import Translated
from survey_app.domain.wording import WordingImport
from survey_app.domain.wording_states import fingerprint_text
from survey_app.extensions import db
from survey_app.files.questionnaire_files import find_kind, read_wording
from survey_app.files.sheet_guard import LARGEST_FILE
from survey_app.services import questionnaire_design as design
from survey_app.services import translating
from survey_app.services.questionnaire_design import StoredQuestionnaire
from survey_app.web.gate import needs

_FILE = f"/questionnaires/<int(max={LARGEST_ID}):version_id>/draft/translations/file"
_Given = dict[str, list[Translated]]


class TranslationsForm(CoordinatorForm):
    """A file with translations."""

    file = FileField(lazy_gettext("File"), [Required()])


@dataclass(frozen=True, slots=True)
class _Change:
    """One text that would read otherwise than it does now."""

    language: str
    path: str
    before: str
    after: str


@bp.route(_FILE, methods=["GET", "POST"])
@needs(Right.ORGANISE)
def import_translations(version_id: int) -> ResponseReturnValue:
    """Ask for a file with translations, and show what it would change and what does not fit."""
    stored, form = _load(version_id), TranslationsForm(submitted_form())
    if request.method == "GET":
        return _ask(stored, form)
    form.validate()
    sent = request.files.get("file")
    name = sent.filename or "" if sent else ""
    if sent is None or not name:
        form.add_message("file", gettext("Please choose a file."))
        return _ask(stored, form, status=400)
    data = sent.read(LARGEST_FILE + 1)
    try:
        found = read_wording(data, find_kind(name, data), stored.questionnaire)
    except InvalidDocument as error:
        return _ask(stored, form, name, error.problems, status=400)
    return _show(stored, found)


@bp.post(f"{_FILE}/store")
@needs(Right.ORGANISE)
def store_translations(version_id: int) -> ResponseReturnValue:
    """Put translations that somebody has looked at into the draft, all but those written otherwise meanwhile."""
    stored = _load(version_id)
    session, count, left = db.session(), 0, 0
    try:
        given = _unpack(request.form.get("translations", ""))
        for language, texts in given.items():
            saved = translating.save_translations(session, stored.id, language, texts, network_id=g.network.id)
            left += len(saved.conflicts)
            count += len(texts) - len(saved.conflicts)
    except InvalidRecord:
        form = TranslationsForm()
        form.add_message("file", gettext("The file got lost on the way. Please choose it again."))
        return _ask(stored, form, status=400)
    flash(ngettext("%(num)s translation is taken over.", "%(num)s translations are taken over.", count), "success")
    if left:
        flash(gettext("Some texts were changed by somebody else meanwhile; they stay as they are."), "warning")
    return redirect(url_for("coordinators.list_translations", version_id=version_id), 303)


def _load(version_id: int) -> StoredQuestionnaire:
    stored = design.load_version(db.session(), version_id, network_id=g.network.id)
    if stored.published_at is not None:
        raise TransitionNotAllowed("a published version never changes")
    return stored


def _ask(
    stored: StoredQuestionnaire,
    form: TranslationsForm,
    name: str = "",
    problems: Iterable[Problem] = (),
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "coordinators/translations/file.html",
        stored=stored,
        form=form,
        name=name,
        problems=place_notes(problems),
        megabytes=LARGEST_FILE // 10**6,
        title_of=title_of,
    )
    return page, status


def _show(stored: StoredQuestionnaire, found: WordingImport) -> ResponseReturnValue:
    changes = _list_changes(stored, found)
    return render_template(
        "coordinators/translations/file_preview.html",
        stored=stored,
        changes=changes,
        unchanged=len(found.texts) - len(changes),
        refused=place_notes(found.refused),
        packed=_pack(stored, changes),
        title_of=title_of,
    )


def _list_changes(stored: StoredQuestionnaire, found: WordingImport) -> list[_Change]:
    texts = dict(list_texts(stored.questionnaire))
    changes = [_Change(one.language, one.path, texts[one.path].get(one.language, ""), one.words) for one in found.texts]
    return [change for change in changes if change.before != change.after]


def _pack(stored: StoredQuestionnaire, changes: Iterable[_Change]) -> str:
    """Return the changes as a text that the form carries, with what they began with."""
    texts, source = dict(list_texts(stored.questionnaire)), stored.questionnaire.source_language
    rows = [
        [
            one.language,
            one.path,
            one.after,
            fingerprint_text(one.before),
            fingerprint_text(texts[one.path].get(source, "")),
        ]
        for one in changes
    ]
    return table_files.pack(json.dumps(rows).encode())


def _unpack(packed: str) -> _Given:
    """Return the translations that a form carried, by language.

    Raises:
        InvalidRecord: if they are not what the page gave.
    """
    given: _Given = {}
    try:
        for row in json.loads(table_files.unpack(packed)):
            language, path, words, begun, source = map(_ensure_text, row)
            given.setdefault(language, []).append(Translated(path, words, begun, source))
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidRecord([Problem("file_is_lost", "file")]) from error
    return given


def _ensure_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
