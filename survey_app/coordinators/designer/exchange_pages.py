"""Questionnaires as files: downloads of every version, and drafts from files that somebody sends."""

from collections.abc import Iterable, Mapping

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import FileField
from wtforms.fields.choices import SelectChoice

from survey_app.coordinators import table_files
from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.designer import desk
from survey_app.coordinators.designer.desk import ONE
from survey_app.coordinators.designer.loss_words import name_losses
from survey_app.coordinators.fields import CodeField, CoordinatorForm, Required, submitted_form, text_field
from survey_app.coordinators.file_notes import WHOLE_FILE, place_notes
from survey_app.coordinators.goals.file_problems import PlacedProblem
from survey_app.coordinators.survey_forms import title_of
from survey_app.domain.errors import InvalidDocument, InvalidRecord, Problem
from survey_app.domain.membership import Right
from survey_app.domain.questionnaire import Questionnaire
from survey_app.extensions import db
from survey_app.files.questionnaire_files import (
    SUFFIXES,
    FileKind,
    QuestionnaireFile,
    find_kind,
    read_questionnaire,
    write_file,
)
from survey_app.files.questionnaire_json import (
    LONGEST_NOTE,
    ExchangedQuestionnaire,
    read_exchange,
    write_exchange,
)
from survey_app.files.sheet_guard import LARGEST_FILE
from survey_app.services import questionnaire_design as design
from survey_app.services.questionnaire_design import StoredQuestionnaire
from survey_app.web.catalogues import interface_languages
from survey_app.web.gate import needs
from survey_app.web.locale import find_language

_TYPES: Mapping[FileKind, str] = {
    FileKind.JSON: "application/json",
    FileKind.PO: "text/x-gettext-translation; charset=utf-8",
    FileKind.WORDING: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.XLSFORM: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class NotesForm(CoordinatorForm):
    """What others need to know about a questionnaire that they get as a file."""

    origin = text_field(lazy_gettext("Origin"), LONGEST_NOTE)
    licence = text_field(lazy_gettext("Licence"), LONGEST_NOTE)


class UploadForm(CoordinatorForm):
    """A file that somebody sends."""

    file = FileField(lazy_gettext("File"), [Required()])
    language = CodeField(
        lazy_gettext("Language of texts that do not name one"),
        words={},
        empty=None,
    )


@bp.get(f"{ONE}/files")
@needs(Right.ORGANISE)
def show_files(version_id: int) -> ResponseReturnValue:
    """Offer a version as a file in every format."""
    return _show_files(desk.load_version(version_id))


def _show_files(
    stored: StoredQuestionnaire, problems: Iterable[PlacedProblem] = (), status: int = 200
) -> ResponseReturnValue:
    questionnaire = stored.questionnaire
    try:
        losses = name_losses(write_file(ExchangedQuestionnaire(questionnaire), FileKind.XLSFORM).losses)
    except InvalidDocument:
        losses = ()
    page = render_template(
        "coordinators/designer/files.html",
        stored=stored,
        questionnaire=questionnaire,
        title=title_of(questionnaire),
        form=NotesForm(data={"origin": g.network.name}, meta={"csrf": False}),
        losses=losses,
        problems=tuple(problems),
        targets=[tag for tag in questionnaire.languages if tag != questionnaire.source_language],
    )
    return page, status


@bp.get(f'{ONE}/files/<any("json", "xlsform", "po", "wording"):file_kind>')
@needs(Right.ORGANISE)
def download_questionnaire(version_id: int, file_kind: str) -> ResponseReturnValue:
    """Give a version, or its wording, as a file."""
    stored = desk.load_version(version_id)
    wanted, language = FileKind(file_kind), request.args.get("language", "")
    form = NotesForm(request.args, meta={"csrf": False})
    if wanted is FileKind.PO and language not in stored.questionnaire.languages:
        abort(404)
    exchanged = ExchangedQuestionnaire(stored.questionnaire, form.origin.data or "", form.licence.data or "")
    try:
        written = write_file(exchanged, wanted, language=language)
    except InvalidDocument as error:
        return _show_files(stored, place_notes(error.problems), 409)
    return _send(written.data, wanted, stored.questionnaire, language)


def _send(data: bytes, kind: FileKind, questionnaire: Questionnaire, language: str) -> Response:
    parts = [questionnaire.id, str(questionnaire.version)]
    parts += [language] if kind is FileKind.PO else []
    parts += ["wortlaut"] if kind is FileKind.WORDING else []
    answer = Response(data, content_type=_TYPES[kind])
    answer.headers.set("Content-Disposition", "attachment", filename="-".join(parts) + SUFFIXES[kind])
    return answer


@bp.route("/questionnaires/import", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def import_questionnaire() -> ResponseReturnValue:
    """Ask for a file, and show what a draft from it would hold and what not."""
    form = _make_form()
    if request.method == "GET":
        return _ask(form)
    form.validate()
    sent = request.files.get("file")
    name = sent.filename or "" if sent else ""
    if sent is None or not name:
        form.add_message("file", gettext("Please choose a file."))
    if form.errors or sent is None:
        return _ask(form, status=400)
    data = sent.read(LARGEST_FILE + 1)
    try:
        found = read_questionnaire(data, find_kind(name, data), language=form.language.data)
        _ensure_portable(found)
    except InvalidDocument as error:
        return _ask(form, name, place_notes(error.problems), status=400)
    return _show_preview(found)


def _ensure_portable(found: QuestionnaireFile) -> None:
    """Make sure that the page can carry the questionnaire to the next one.

    Raises:
        InvalidDocument: if it is larger than any questionnaire that people would answer.
    """
    limit = table_files.LARGEST_FILE
    if len(write_exchange(found.exchanged)) > limit:
        raise InvalidDocument([Problem("file_is_too_large_inside", WHOLE_FILE, {"limit": limit // 2**20})])


@bp.post("/questionnaires/import/store")
@needs(Right.ORGANISE)
def store_questionnaire() -> ResponseReturnValue:
    """Begin a draft with a questionnaire that somebody has looked at."""
    form = _make_form()
    try:
        data = table_files.unpack(request.form.get("questionnaire", ""))
        exchanged = read_exchange(data)
        version_id = design.start_draft(db.session(), exchanged.questionnaire, network_id=g.network.id)
    except (InvalidDocument, InvalidRecord):
        form.add_message("file", gettext("The file got lost on the way. Please choose it again."))
        return _ask(form, status=400)
    flash(gettext("The draft is ready. Nobody who answers sees it until you publish it."), "success")
    return redirect(desk.back_to(version_id), 303)


def _make_form() -> UploadForm:
    form = UploadForm(submitted_form(), data={"language": g.network.default_language})
    form.language.choices = [
        SelectChoice(tag, find_language(tag).autonym, {"lang": tag}) for tag in interface_languages()
    ]
    return form


def _ask(
    form: UploadForm, name: str = "", problems: Iterable[PlacedProblem] = (), status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "coordinators/designer/import.html",
        form=form,
        name=name,
        problems=tuple(problems),
        megabytes=LARGEST_FILE // 10**6,
    )
    return page, status


def _show_preview(found: QuestionnaireFile) -> ResponseReturnValue:
    exchanged = found.exchanged
    return render_template(
        "coordinators/designer/import_preview.html",
        exchanged=exchanged,
        questionnaire=exchanged.questionnaire,
        title=title_of(exchanged.questionnaire),
        notes=place_notes(found.notes),
        packed=table_files.pack(write_exchange(exchanged)),
        store=url_for("coordinators.store_questionnaire"),
    )
