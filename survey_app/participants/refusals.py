"""What participants see when something is in the way: always friendly, in their language, with their answers kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, format_date, format_time, lazy_gettext
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException

from survey_app.domain.errors import (
    CollectorClosed,
    CollectorFull,
    CollectorNotOpen,
    CollectorSealed,
    InvalidAnswers,
    MissingSubmissionKey,
    TicketError,
    UnknownAccessCode,
)
from survey_app.domain.text import clean_text
from survey_app.extensions import db
from survey_app.participants.kept import memory
from survey_app.participants.page import show_form, show_page
from survey_app.participants.tickets import refuse_ticket
from survey_app.participants.visits import current_visit, speak
from survey_app.web.participant_form import Wording, build_form, list_answers

_RETRY_SECONDS = "5"
_RAISED_SECONDS = "300"
"""By then a coordinator who is told can have raised the ceiling."""

_FORM_PARTS = {"submission_key", "lang", "switch_language", "ticket"}
_SEND_AGAIN = lazy_gettext("Your answers are all still here. Please send them once more.")
_BUSY = lazy_gettext("The server is busy. Your answers are all still here. Please send them again in a few seconds.")
_FULL = lazy_gettext(
    "This survey has received far more answers than expected and takes no more for now. Your answers are all still "
    "here. Please tell the organisers, and send them again in a few minutes."
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Heading and advice of a page that explains why there is no form."""

    heading: LazyString
    advice: LazyString


_UNKNOWN = Explanation(
    lazy_gettext("There is no survey with this code"),
    lazy_gettext("Please check the code and enter it again."),
)
_NOT_OPEN = Explanation(lazy_gettext("This survey is not open yet"), lazy_gettext("Please come back later."))
_CLOSED = Explanation(lazy_gettext("This survey is closed"), lazy_gettext("It takes no more answers."))
_SEALED = Explanation(
    lazy_gettext("This survey is closed"),
    lazy_gettext("The answers have been counted. If you sent yours before, they may already be stored."),
)
_STATUSES: Mapping[int, Explanation] = {
    400: Explanation(
        lazy_gettext("This request could not be understood"),
        lazy_gettext("The form may have been open too long, or it arrived damaged. Go back and try again."),
    ),
    415: Explanation(
        lazy_gettext("This request could not be understood"),
        lazy_gettext("It did not come from the form of a survey. Please open the survey and answer there."),
    ),
    429: Explanation(lazy_gettext("Too many attempts"), lazy_gettext("Please wait a few minutes and try again.")),
    413: Explanation(lazy_gettext("Too large"), lazy_gettext("What you sent is larger than allowed.")),
    500: Explanation(
        lazy_gettext("Something went wrong"),
        lazy_gettext("The error is on our side. Please try again later."),
    ),
    503: Explanation(lazy_gettext("Busy at the moment"), lazy_gettext("Please try again in a few seconds.")),
}


def register_refusals(bp: Blueprint) -> None:
    """Let the blueprint answer every error with one of these pages."""
    bp.register_error_handler(InvalidAnswers, _return_for_mending)
    bp.register_error_handler(MissingSubmissionKey, _return_with_new_key)
    bp.register_error_handler(UnknownAccessCode, _show_unknown)
    bp.register_error_handler(CollectorNotOpen, _show_not_open)
    bp.register_error_handler(CollectorClosed, _show_closed)
    bp.register_error_handler(CollectorFull, _show_full)
    bp.register_error_handler(TicketError, refuse_ticket)
    for trouble in (OperationalError, InterfaceError, NoConnectionFree):
        bp.register_error_handler(trouble, _show_busy)
    bp.register_error_handler(HTTPException, _show_other)


def _return_for_mending(error: InvalidAnswers) -> ResponseReturnValue:
    entry = current_visit().entry
    return show_form(entry, status=400, problems=error.problems) if entry else _explain(_STATUSES[400], 400)


def _return_with_new_key(_error: MissingSubmissionKey) -> ResponseReturnValue:
    entry = current_visit().entry
    if entry is None:
        return _explain(_STATUSES[400], 400)
    return show_form(entry, status=400, notice=_SEND_AGAIN, keep_key=False)


def _show_unknown(_error: UnknownAccessCode) -> ResponseReturnValue:
    return _explain(_UNKNOWN, 404, with_entrance=True, typed=clean_text(current_visit().code)[:40])


def _show_not_open(_error: CollectorNotOpen) -> ResponseReturnValue:
    entry = current_visit().entry
    return _explain(_NOT_OPEN, 403, opens_at=entry.collector.opens_at if entry else None)


def _show_closed(error: CollectorClosed) -> ResponseReturnValue:
    _forget_entry()
    return _explain(_SEALED if isinstance(error, CollectorSealed) else _CLOSED, 410)


def _show_full(_error: CollectorFull) -> ResponseReturnValue:
    entry = current_visit().entry
    response = show_form(entry, status=429, notice=_FULL) if entry else _explain(_STATUSES[429], 429)
    response.headers["Retry-After"] = _RAISED_SECONDS
    return response


def _forget_entry() -> None:
    memory().entries.forget(current_visit().code)


def _show_busy(_error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    visit = current_visit()
    visit.entry = visit.entry or memory().last_entry(visit.code)
    if visit.entry is not None and visit.fields:
        response = show_form(visit.entry, status=503, notice=_BUSY)
    else:
        response = _explain(_STATUSES[503], 503, can_resend=True)
    response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def _show_other(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    known = _STATUSES.get(error.code, _STATUSES[400 if error.code < 500 else 500])
    response = _explain(known, error.code, can_resend=error.code >= 500)
    if error.code in (429, 503):
        response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def _explain(
    explanation: Explanation,
    status: int,
    *,
    can_resend: bool = False,
    with_entrance: bool = False,
    typed: str = "",
    opens_at: datetime | None = None,
) -> Response:
    """Return the page that explains, with whatever was sent: to be sent again, or to be read and copied."""
    visit = current_visit()
    speak()
    return show_page(
        "refusal.html",
        status,
        entry=visit.entry,
        heading=explanation.heading,
        advice=explanation.advice,
        answers=[] if can_resend else _list_kept(),
        resend=_list_sent() if can_resend else [],
        address=request.path,
        with_entrance=with_entrance,
        typed=typed,
        opening=(format_date(opens_at, "long"), format_time(opens_at, "short")) if opens_at else None,
    )


def _list_sent() -> list[tuple[str, str]]:
    """Return what was sent, field by field."""
    fields = current_visit().fields.items()
    return [(clean_text(name), clean_text(value)) for name, values in fields for value in values]


def _list_kept() -> list[tuple[Wording, list[Wording]]]:
    """Return what was sent in words, or by the names of its fields where the survey is not known."""
    visit = current_visit()
    if visit.entry is None:
        return [(Wording(name), [Wording(value)]) for name, value in _list_sent() if value and name not in _FORM_PARTS]
    return list_answers(build_form(visit.entry.questionnaire, speak(), fields=visit.fields))
