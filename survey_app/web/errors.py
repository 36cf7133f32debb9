"""The one table from errors to statuses and pages, for every door but the phones' (whose pages keep the answers)."""

from collections.abc import Mapping

from flask import Flask, current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from survey_app.domain.errors import (
    CollectorClosed,
    CollectorFull,
    CollectorNotOpen,
    ConflictingRevision,
    InvalidInput,
    SurveyError,
    TransitionNotAllowed,
    UnknownObject,
    UnknownTicket,
    UsedTicket,
)
from survey_app.extensions import db

STATUSES: Mapping[type[Exception], int] = {
    UnknownObject: 404,
    CollectorNotOpen: 403,
    CollectorClosed: 410,
    CollectorFull: 429,
    UnknownTicket: 404,
    UsedTicket: 409,
    TransitionNotAllowed: 409,
    ConflictingRevision: 409,
    InvalidInput: 400,
    SurveyError: 400,
    OperationalError: 503,
}

_EXPLANATIONS: Mapping[int, tuple[LazyString, LazyString]] = {
    400: (
        lazy_gettext("This request could not be understood"),
        lazy_gettext("The form may have been open too long, or it arrived damaged. Go back and try again."),
    ),
    403: (
        lazy_gettext("Not allowed"),
        lazy_gettext("Your role in this network does not include this page. A network administrator can change that."),
    ),
    404: (
        lazy_gettext("Page not found"),
        lazy_gettext("There is nothing at this address. Please check it, or begin at the start page."),
    ),
    405: (lazy_gettext("Not possible here"), lazy_gettext("This address cannot be used in this way.")),
    409: (
        lazy_gettext("Changed in the meantime"),
        lazy_gettext("Somebody else changed this at the same time, or it is in a state that does not allow this step."),
    ),
    410: (lazy_gettext("Closed"), lazy_gettext("This survey takes no more answers.")),
    413: (lazy_gettext("Too large"), lazy_gettext("What you sent is larger than allowed.")),
    429: (lazy_gettext("Too many attempts"), lazy_gettext("Please wait a few minutes and try again.")),
    500: (lazy_gettext("Something went wrong"), lazy_gettext("The error is on our side. Please try again later.")),
    503: (lazy_gettext("Busy at the moment"), lazy_gettext("Please try again in a few seconds.")),
}


def status_of(error: Exception) -> int:
    """Return the HTTP status of an error: that of its nearest class in the table."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)


def configure_errors(app: Flask) -> None:
    """Answer every error with a page in the reader's language."""
    for kind in (SurveyError, OperationalError):
        app.register_error_handler(kind, _show_known_error)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(CSRFError, _show_http_error)


def _show_known_error(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    return render_error(status_of(error))


def _show_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    return render_error(error.code)


def render_error(status: int) -> ResponseReturnValue:
    """Return the page that explains a status and says what to do next."""
    heading, advice = _EXPLANATIONS.get(status, _EXPLANATIONS[400 if status < 500 else 500])
    headers = {"Retry-After": "5"} if status in (429, 503) else {}
    if status >= 500:
        _forget_person()
    return render_template("web/error.html", heading=heading, advice=advice, status=status), status, headers


def _forget_person() -> None:
    """Let the page be rendered without asking the database who is signed in: it may be what is broken."""
    g.pop("_login_user", None)
    g.setdefault("_login_user", current_app.extensions["security"].login_manager.anonymous_user())
