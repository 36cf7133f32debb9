"""Tables of partners, needs and offers: taken over after a look at what would become of each row, and downloaded."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, gettext, lazy_gettext
from wtforms import FileField

from survey_app.coordinators import table_files
from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.fields import CoordinatorForm, Required, submitted_form
from survey_app.coordinators.table_rows import OUTCOME_KINDS, OUTCOMES, list_shown
from survey_app.domain.errors import InvalidRecord, Problem
from survey_app.domain.membership import Right
from survey_app.extensions import db
from survey_app.files.csv_reading import MOST_ROWS as MOST_ROWS_OF_FILE
from survey_app.files.record_columns import REQUIRED
from survey_app.services.record_desks import RecordKind
from survey_app.services.record_import import (
    ImportReport,
    Outcome,
    check_records,
    import_records,
    list_values,
)
from survey_app.web.gate import needs
from survey_app.web.locale import write_number
from survey_app.web.messages import message_of
from survey_app.web.record_words import HEADERS
from survey_app.web.report_window import local_today

_KIND = '<any("partners", "needs", "offers"):kind>'


class _Words(NamedTuple):
    """How the pages speak of a kind of record, and the German name of its files."""

    title: LazyString
    several: LazyString
    file: str


_WORDS: Mapping[RecordKind, _Words] = {
    RecordKind.PARTNERS: _Words(lazy_gettext("Import partners from a table"), lazy_gettext("Partners"), "partner"),
    RecordKind.NEEDS: _Words(lazy_gettext("Import needs from a table"), lazy_gettext("Needs"), "bedarfe"),
    RecordKind.OFFERS: _Words(lazy_gettext("Import offers from a table"), lazy_gettext("Offers"), "angebote"),
}


class TableForm(CoordinatorForm):
    """A file that somebody sends."""

    file = FileField(lazy_gettext("CSV file"), [Required()])


@bp.get(f"/{_KIND}/table")
@needs(Right.ORGANISE)
def download_table(kind: str) -> ResponseReturnValue:
    """Give everything that is stored as a table that can be imported again."""
    stored = list_values(db.session(), RecordKind(kind), network_id=g.network.id)
    parts = [_WORDS[RecordKind(kind)].file, g.network.slug, local_today().isoformat()]
    if g.network.is_synthetic:
        parts.append("erfundene-daten")
    return _send(table_files.write_rows(kind, stored), "-".join(parts))


@bp.get(f"/{_KIND}/template")
@needs(Right.ORGANISE)
def download_template(kind: str) -> ResponseReturnValue:
    """Give an empty table with the names of the columns."""
    return _send(table_files.write_template(kind), f"vorlage-{_WORDS[RecordKind(kind)].file}")


def _send(content: bytes, name: str) -> Response:
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    return answer


@bp.route(f"/{_KIND}/import", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def import_table(kind: str) -> ResponseReturnValue:
    """Ask for a table, and show what would become of each of its rows."""
    form = TableForm(submitted_form())
    if request.method == "GET":
        return _ask(kind, form)
    try:
        data = _read_upload()
        table = _read_rows(kind, data)
    except InvalidRecord as error:
        return _refuse_file(kind, form, error)
    report = check_records(db.session(), RecordKind(kind), table.rows, network_id=g.network.id)
    return _show_report(kind, form, report, table, data)


def _read_upload() -> bytes:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise InvalidRecord([Problem("no_file", "file")])
    return sent.read(table_files.LARGEST_FILE + 1)


def _read_rows(kind: str, data: bytes) -> table_files.ReadTable:
    stored = list_values(db.session(), RecordKind(kind), network_id=g.network.id)
    return table_files.read_rows(kind, data, stored)


def _refuse_file(kind: str, form: TableForm, error: InvalidRecord) -> ResponseReturnValue:
    for problem in error.problems:
        form.add_message("file", message_of(problem))
    return _ask(kind, form, status=400)


@bp.post(f"/{_KIND}/import/store")
@needs(Right.ORGANISE)
def store_table(kind: str) -> ResponseReturnValue:
    """Store a table that somebody has looked at; if it would do anything else by now, show it again instead."""
    form = TableForm(submitted_form())
    try:
        data = table_files.unpack(request.form.get("table", ""))
        table = _read_rows(kind, data)
    except InvalidRecord as error:
        return _refuse_file(kind, form, error)
    report = import_records(
        db.session(),
        RecordKind(kind),
        table.rows,
        network_id=g.network.id,
        seen=request.form.get("seen", ""),
    )
    if not report.is_stored:
        return _show_report(kind, form, report, table, data, is_late=True)
    flash(_describe_counts(report), "success")
    return redirect(url_for(f"coordinators.list_{kind}"), 303)


def _describe_counts(report: ImportReport) -> str:
    if not report.has_changes:
        return gettext("Everything in this table is stored already.")
    return gettext(
        "Stored. New: %(added)s, changed: %(changed)s, unchanged: %(unchanged)s.",
        added=write_number(report.count(Outcome.ADDED)),
        changed=write_number(report.count(Outcome.CHANGED)),
        unchanged=write_number(report.count(Outcome.UNCHANGED)),
    )


def _ask(kind: str, form: TableForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "coordinators/table_import.html",
        kind=kind,
        form=form,
        most_rows_of_file=MOST_ROWS_OF_FILE,
        words=_WORDS[RecordKind(kind)],
        columns=table_files.list_columns(kind),
        headers=HEADERS,
        required=REQUIRED[kind],
    )
    return page, status


def _show_report(
    kind: str,
    form: TableForm,
    report: ImportReport,
    table: table_files.ReadTable,
    data: bytes,
    *,
    is_late: bool = False,
) -> ResponseReturnValue:
    status = 200
    if not report.is_sound:
        status = 400
    elif is_late:
        status = 409
    page = render_template(
        "coordinators/table_preview.html",
        kind=kind,
        form=form,
        most_rows_of_file=MOST_ROWS_OF_FILE,
        words=_WORDS[RecordKind(kind)],
        report=report,
        shown=list_shown(report, RecordKind(kind)),
        headers=HEADERS,
        required=REQUIRED[kind],
        outcomes=OUTCOMES,
        outcome_kinds=OUTCOME_KINDS,
        is_guessed=table.is_guessed,
        is_late=is_late,
        packed=table_files.pack(data),
        store=url_for("coordinators.store_table", kind=kind),
    )
    return page, status
