"""The door of a closed group: who comes with the one-time code of a card sees the form, which carries it along.

Pages with a ticket are rendered for one person: neither they nor the page that asks for it are kept for the next.
"""

from flask import Response, request
from flask_babel import LazyString, lazy_gettext

from survey_app.domain.errors import MissingTicket, TicketError, UnknownTicket, UsedTicket
from survey_app.domain.text import clean_text
from survey_app.extensions import db
from survey_app.participants.kept import memory
from survey_app.participants.page import REVISITED, show_form, show_page
from survey_app.participants.visits import current_visit
from survey_app.services.collecting import Entry
from survey_app.services.tickets import FIELD, ensure_ticket
from survey_app.web.errors import status_of
from survey_app.web.participant_form import words_of

_LONGEST = 40
_MESSAGES: dict[type[TicketError], LazyString] = {
    MissingTicket: lazy_gettext("This survey is for invited persons. Please enter the code on your card."),
    UnknownTicket: lazy_gettext("This code does not exist here. Please compare it with your card."),
    UsedTicket: lazy_gettext("This code has been used already. If you sent answers with it, they are stored."),
}
_NOTICES: dict[type[TicketError], LazyString] = {
    **_MESSAGES,
    UsedTicket: lazy_gettext(
        "This code has been used already. If you sent answers with it, they are stored. The answers on this page are "
        "all still here; with the code of another card they can be sent."
    ),
}


def show_form_of_group(entry: Entry) -> Response:
    """Return the survey of a closed group for somebody with a ticket, or the page that asks for it.

    Raises:
        TicketError: if a code came that is not good.
    """
    typed = clean_text(request.args.get(FIELD, ""))
    if not typed:
        return _ask_for_ticket(entry, "", None, 200)
    ensure_ticket(db.session(), entry.collector, typed, receipt_key=memory().receipt_key)
    response = show_form(entry, status=200, ticket=typed[:_LONGEST])
    response.headers["Cache-Control"] = REVISITED
    return response


def carry_ticket() -> None:
    """Let a form that was sent to an address with a ticket carry it as its own field, if it has none."""
    fields = current_visit().fields
    if FIELD in request.args and FIELD not in fields:
        current_visit().fields = {**fields, FIELD: [request.args[FIELD]]}


def refuse_ticket(error: TicketError) -> Response:
    """Ask for the ticket (again): in the form with all its answers, or on a page of its own."""
    entry, status = current_visit().entry, status_of(error)
    if entry is None:  # nobody is asked for a ticket before the survey is known
        raise error
    if request.method == "POST":
        return show_form(entry, status=status, notice=_NOTICES[type(error)], is_ticket_wrong=True)
    typed = clean_text(request.args.get(FIELD, ""))[:_LONGEST]
    return _ask_for_ticket(entry, typed, _MESSAGES[type(error)], status)


def _ask_for_ticket(entry: Entry, typed: str, message: LazyString | None, status: int) -> Response:
    title = words_of(entry.questionnaire, "title", current_visit().language)
    return show_page("ticket.html", status, entry=entry, title=title, typed=typed, message=message)
