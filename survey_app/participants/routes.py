"""The addresses of the participants' door; what goes wrong on the way is answered in `refusals`."""

import re
from datetime import UTC, datetime
from typing import Any, cast

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from survey_app.domain.errors import CollectorError
from survey_app.domain.text import clean_text
from survey_app.extensions import csrf, db
from survey_app.files.qr import render_svg
from survey_app.participants.express import Express
from survey_app.participants.express_sending import THANKED, TROUBLE, Sending
from survey_app.participants.kept import memory, prepare_memory
from survey_app.participants.page import show_blank_form, show_form, show_page, show_script, show_thanks_page
from survey_app.participants.script import find_script
from survey_app.participants.tickets import carry_ticket, show_form_of_group
from survey_app.participants.visits import begin_visit, current_visit, first_value, speak
from survey_app.services.collecting import Entry, submit_response
from survey_app.web.participant_form import words_of

bp = Blueprint("participants", __name__)

# A participant has neither cookie nor account, so there is no authority a foreign page could borrow.
csrf.exempt(bp)

_ADDRESS = re.compile(r"/q/([^/?#\s]+)", re.IGNORECASE)
_TYPED_CODE = re.compile(r"[a-z0-9]{1,16}")
FROM_ELSEWHERE = lazy_gettext(
    "The form was sent from another website. Please check your answers and send them once more."
)
TOO_LARGE = lazy_gettext("What you sent is larger than allowed. Please shorten your texts and send them once more.")


@bp.record_once
def _prepare(state: BlueprintSetupState) -> None:
    app = cast("Flask", state.app)
    kept = prepare_memory(app)
    with app.app_context():
        engine = db.engine
    sending = Sending(app.wsgi_app, kept, engine, app.config["SETTINGS"].max_answer_bytes)
    app.wsgi_app = Express(app.wsgi_app, kept, sending)  # type: ignore[method-assign]  # Flask's own way to put one in front


@bp.get("/")
def enter_code() -> ResponseReturnValue:
    """Ask for the code, and lead to its survey; a whole address that was pasted serves as well."""
    typed = request.args.get("code")
    if typed is None:
        return show_page("enter.html")
    code = read_code(typed)
    if not code:
        return show_page("enter.html", 400, typed=clean_text(typed)[:200])
    return _lead_to(".open_questionnaire", code=code, lang=request.args.get("lang"))


@bp.get("/q/")
def lead_to_entrance() -> ResponseReturnValue:
    """Lead somebody who typed the address without its code to where the code is asked for."""
    return _lead_to(".enter_code", lang=request.args.get("lang"))


def read_code(typed: str) -> str:
    """Return the access code in what somebody typed or pasted, or "" if there cannot be one."""
    found = _ADDRESS.search(typed)
    code = re.sub(r"[\s\-–.·]+", "", found.group(1) if found else typed).lower()
    return code if _TYPED_CODE.fullmatch(code) else ""


@bp.get("/q/<code>")
def open_questionnaire(code: str) -> ResponseReturnValue:
    """Show the survey."""
    if code != code.lower():
        return _lead_to(".open_questionnaire", code=code.lower(), lang=request.args.get("lang"))
    entry = begin_visit(code)
    entry.collector.ensure_readable(_now())
    return show_form_of_group(entry) if entry.collector.needs_ticket else show_blank_form(entry)


@bp.post("/q/<code>")
def receive_response(code: str) -> ResponseReturnValue:
    """Store the answers and lead to the thanks, or bring the page back with everything still in it."""
    entry = begin_visit(code)
    if TROUBLE in request.environ:
        raise request.environ[TROUBLE]
    carry_ticket()
    visit = current_visit()
    if visit.is_too_large:
        return show_form(entry, status=413, notice=TOO_LARGE)
    if "switch_language" in visit.fields:
        return _switch_language(entry)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return show_form(entry, status=403, notice=FROM_ELSEWHERE, keep_key=False)
    submit_response(
        db.session(),
        entry,
        fields=visit.fields,
        submission_key=first_value(visit.fields, "submission_key"),
        language=visit.language,
        receipt_key=memory().receipt_key,
        now=_now(),
        default_ceiling=current_app.config["SETTINGS"].default_ceiling,
    )
    request.environ[THANKED] = visit.language
    return _lead_to(".show_thanks", 303, code=code, lang=visit.language)


def _switch_language(entry: Entry) -> Response:
    """Show the same form in another language with everything kept; nothing is stored."""
    visit = current_visit()
    wanted = first_value(visit.fields, "switch_language")
    if wanted in entry.collector.languages:
        visit.language = wanted
    entry.collector.ensure_accepting(_now())
    return show_form(entry, status=200)


@bp.get("/q/<code>/thanks")
def show_thanks(code: str) -> ResponseReturnValue:
    """Thank somebody whose answers are stored, and offer the phone to the next person while the survey is open."""
    entry = begin_visit(code)
    thanks = words_of(entry.questionnaire, "thanks", current_visit().language)
    return show_thanks_page(entry, thanks, is_open=_is_readable(entry))


def _is_readable(entry: Entry) -> bool:
    try:
        entry.collector.ensure_readable(_now())
    except CollectorError:
        return False
    return True


@bp.get("/script/<digest>.js")
def send_script(digest: str) -> ResponseReturnValue:
    """Send the script of participants' pages; nothing for a page of another version, which works without."""
    script = find_script(digest)
    return show_script(script) if script else abort(404)


@bp.get("/q/<code>/qr.svg")
def show_qr(code: str) -> ResponseReturnValue:
    """Show the address of the survey as a QR code; it carries the configured origin, whatever the request says."""
    entry = begin_visit(code)
    speak()
    address = current_app.config["SETTINGS"].base_url.rstrip("/") + f"/q/{entry.collector.code}"
    svg = render_svg(address, title=gettext("QR code for %(address)s", address=address))
    return Response(svg, mimetype="image/svg+xml")


def _lead_to(endpoint: str, status: int = 302, **values: Any) -> Response:
    """Return a redirect within this host; without a body, which no browser shows."""
    return Response(status=status, headers={"Location": url_for(endpoint, **values)})


def _now() -> datetime:
    return datetime.now(UTC)
