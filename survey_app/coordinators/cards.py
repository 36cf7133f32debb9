"""Cards for a closed group: each with a code that is good once, shown this once and stored only as a hash."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext, lazy_gettext
from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.fields import (
    CodesField,
    CoordinatorForm,
    CountField,
    Required,
    RevisionField,
    submitted_form,
)
from survey_app.coordinators.posters import embed_picture, load_meeting_of
from survey_app.coordinators.surveys import load_survey, public_address
from survey_app.domain.collector import Collector
from survey_app.domain.errors import ConflictingRevision, InvalidRecord, TransitionNotAllowed
from survey_app.domain.membership import Right
from survey_app.domain.ticket import spell_ticket
from survey_app.extensions import db
from survey_app.files.qr import render_svg
from survey_app.services import tickets
from survey_app.services.tickets import FIELD, MOST_AT_ONCE
from survey_app.web.announcing import SHORT_INVITATION, choose_languages, translate
from survey_app.web.gate import needs
from survey_app.web.keys import receipt_key_of
from survey_app.web.locale import find_language

_USUAL = 20
MOST_LANGUAGES = 9
_ON_A_PAGE = 10
_MASKS = 8


def N_(message: str) -> str:  # noqa: N802  # the name by which catalogue tools find messages
    """Mark a message for translation where it is not translated at once."""
    return message


ONCE = N_("Good for answering once")
CARD_CODE = N_("Code on your card")
SHOWN_ALREADY = lazy_gettext(
    "These cards were shown already, or the survey has changed since. Codes are shown only once. If they were not "
    "printed, withdraw the unused codes and make new cards."
)


def most_languages() -> str:
    """Return how many languages a card has room for, in words."""
    return gettext("At most %(most)s languages fit on a card.", most=MOST_LANGUAGES)


class CardForm(CoordinatorForm):
    """How many cards, and in which languages they invite."""

    count = CountField(lazy_gettext("Number of cards"), [Required()], limit=MOST_AT_ONCE)
    languages = CodesField(lazy_gettext("Languages of the invitation"))
    revision = RevisionField()

    def validate_languages(self, field: CodesField) -> None:
        """Refuse more languages than a card has room for."""
        if len(field.data or ()) > MOST_LANGUAGES:
            raise ValidationError(most_languages())

    def offer(self, survey: Collector) -> None:
        """Fill the choices from what the survey offers."""
        self.languages.choices = [SelectChoice(tag, find_language(tag).autonym) for tag in survey.languages]


@bp.route("/surveys/<code>/cards", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def make_cards(code: str) -> ResponseReturnValue:
    """Make codes for a closed group and show their cards for printing; nobody can show them again."""
    survey = load_survey(code)
    values = {
        "count": min(survey.expected_count or _USUAL, MOST_AT_ONCE),
        "languages": choose_languages(survey, ())[:MOST_LANGUAGES],
        "revision": survey.revision,
    }
    form = CardForm(submitted_form(), data=values)
    form.offer(survey)
    if not form.is_submitted():
        return _show_form(form, survey)
    if not form.validate():
        return _show_form(form, survey, status=400)
    return _give_out(form, survey)


def _give_out(form: CardForm, survey: Collector) -> ResponseReturnValue:
    seen = replace(survey, revision=form.revision.data)
    try:
        drawn, _now = tickets.give_out_tickets(
            db.session(), seen, count=form.count.data or 0, receipt_key=receipt_key_of(current_app)
        )
    except InvalidRecord as error:
        form.add_problems(error.problems)
        return _show_form(form, survey, status=400)
    except ConflictingRevision:
        form.revision.data = load_survey(survey.code).revision
        return _show_form(form, survey, refusal=SHOWN_ALREADY, status=409)
    except TransitionNotAllowed:
        return _show_form(form, survey, refusal=_over(), status=409)
    return _show_sheet(survey, drawn, form.languages.data or [])


def _over() -> str:
    return gettext("The survey is for everybody, or it has ended: it takes no cards.")


def _show_form(form: CardForm, survey: Collector, *, refusal: Any = "", status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "coordinators/card_form.html",
        form=form,
        survey=survey,
        refusal=refusal,
        counts=tickets.count_tickets(db.session(), survey),
        in_tens=in_tens,
        most=MOST_AT_ONCE,
        most_languages=most_languages(),
    )
    return page, status


def in_tens(count: int) -> str:
    """Return a number that was rounded down to tens in words that say so."""
    return gettext("%(count)s or more", count=format_decimal(count)) if count else gettext("fewer than ten")


def _show_sheet(survey: Collector, drawn: Sequence[str], languages: Sequence[str]) -> ResponseReturnValue:
    address = public_address(f"/q/{survey.code}")
    local = g.network.default_language
    cards = [
        {"code": spell_ticket(ticket), "picture": _draw(f"{address}?{FIELD}={ticket}", number)}
        for number, ticket in enumerate(drawn)
    ]
    return render_template(
        "coordinators/cards.html",
        survey=survey,
        meeting=load_meeting_of(survey),
        sheets=[cards[first : first + _ON_A_PAGE] for first in range(0, len(cards), _ON_A_PAGE)],
        count=len(cards),
        # Plain German would only repeat the German line.
        invitations=list(
            dict.fromkeys(translate(SHORT_INVITATION, tag) for tag in choose_languages(survey, languages))
        ),
        short_address=address.split("://", 1)[-1],
        code_word=translate(CARD_CODE, local),
        once=translate(ONCE, local),
        is_synthetic=survey.is_synthetic or g.network.is_synthetic,
    )


def _draw(address: str, number: int) -> str:
    """Return the QR code of a card; its mask is chosen in turn, since trying all of them takes four times as long."""
    return embed_picture(render_svg(address, title=current_app.config["SETTINGS"].base_url, mask=number % _MASKS))


@bp.route("/surveys/<code>/cards/withdraw", methods=["GET", "POST"])
@needs(Right.ORGANISE)
def withdraw_cards(code: str) -> ResponseReturnValue:
    """Make every unused code void, after asking."""
    survey = load_survey(code)
    form = CardForm(submitted_form(), data={"revision": survey.revision})
    if not form.is_submitted():
        return render_template("coordinators/card_withdrawal.html", survey=survey, form=form)
    form.offer(survey)
    try:
        tickets.withdraw_tickets(db.session(), replace(survey, revision=form.revision.data))
    except ConflictingRevision:
        form.revision.data = load_survey(code).revision
        return _show_form(form, survey, refusal=SHOWN_ALREADY, status=409)
    except TransitionNotAllowed:
        return _show_form(form, survey, refusal=_over(), status=409)
    flash(gettext("All codes that had not been used are void."), "success")
    return redirect(url_for("coordinators.make_cards", code=code), 303)
