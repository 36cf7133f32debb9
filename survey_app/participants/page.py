"""From a form to the bytes a phone gets: rendered once per language, then only the submission key is new."""

import secrets
import zlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, render_template, request, url_for
from flask_babel import LazyString, lazy_gettext

from survey_app.domain.collector import Device
from survey_app.domain.errors import Problem
from survey_app.domain.network import Network
from survey_app.domain.text import clean_text
from survey_app.participants.kept import Passage, memory
from survey_app.participants.packing import Packing, choose_packing, content_headers, pack
from survey_app.participants.script import Script, script_for
from survey_app.participants.splicing import FinishedPage, SplicedPage, build_page, finish_page
from survey_app.participants.visits import current_visit, first_value, speak
from survey_app.services.collecting import Entry, new_submission_key
from survey_app.web.participant_form import Wording, build_form, is_shuffled
from survey_app.web.participant_style import page_policy, with_style

_ORDERS = 4
"""Orders of shuffled choices that are kept ready; a person's own follows from the submission key."""

REVISITED = "private, no-cache"
"""How long the blank form may live: until it is opened anew. Only "back" brings the same page with the same key, so
that answers survive a lost connection and a form sent from there again is stored once; "no-store" would make a new
key of it, and browsers put the old answers beside it."""

PASSAGE = "resonanz.passage"
"""Name in the WSGI environment under which a blank form leaves how it was answered, for the express lane."""

_KEY_LENGTH = len(new_submission_key())
_WORTH_PACKING = 1_000
_GAP = secrets.token_hex(24)
_NOTICES = (
    ("public.show_imprint", lazy_gettext("Legal notice")),
    ("public.show_privacy", lazy_gettext("Privacy")),
    ("public.show_accessibility", lazy_gettext("Accessibility")),
    ("public.show_feedback", lazy_gettext("Feedback")),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the foot of a page."""

    text: LazyString
    address: str


def show_blank_form(entry: Entry) -> Response:
    """Return the survey for somebody who has just arrived, with a submission key of their own."""
    key = new_submission_key()
    mixed = is_shuffled(entry.questionnaire)
    order = order_of(key) if mixed else 0
    place = _place_of(entry, "form")
    page = memory().pages.find((*place, order)) or memory().pages.keep((*place, order), _render_gap(entry, order))
    response = _show_kept(page, entry, place, key, mixed=mixed)
    response.headers["Cache-Control"] = REVISITED
    return response


def show_thanks_page(entry: Entry, thanks: Wording, *, is_open: bool) -> Response:
    """Return the thanks; while the survey is open they offer the phone to the next person."""
    if not is_open:
        return show_page("thanks.html", entry=entry, thanks=thanks, is_open=False)
    place = _place_of(entry, "thanks")
    page = memory().pages.find((*place, 0)) or memory().pages.keep((*place, 0), _render_thanks(entry, thanks))
    return _show_kept(page, entry, place, "", mixed=False)


def _place_of(entry: Entry, kind: str) -> tuple[Hashable, ...]:
    """Return everything that the bytes of a page follow from, but for the order of its choices."""
    collector, network = entry.collector, entry.network
    survey = (collector.id, collector.languages, collector.is_synthetic, collector.version_id)
    return (kind, *survey, network.id, network.revision, current_visit().language, device_of(entry))


def device_of(entry: Entry | None) -> Device:
    """Return on what the page is shown: what its address asks for a tablet at the door, else what the survey says."""
    if request.query_string and request.args.get("device") == Device.KIOSK:
        return Device.KIOSK
    return entry.collector.device if entry else Device.OWN


def _state_of(entry: Entry | None, *, is_conditional: bool = False) -> dict[str, Any]:
    """Return what every page of this door says to its script, and the script."""
    device = device_of(entry)
    return {"device": device, "script": script_for(device, is_conditional=is_conditional)}


def _show_kept(
    page: SplicedPage | FinishedPage, entry: Entry, place: tuple[Hashable, ...], key: str, *, mixed: bool
) -> Response:
    """Return a kept page, and leave word for the express lane how it was shown."""
    packing = _wanted_packing()
    request.environ[PASSAGE] = Passage(entry, place, is_shuffled=mixed, packing=packing)
    return _respond(page.fill(key.encode(), packing), 200, current_visit().language, packing)


def _render_thanks(entry: Entry, thanks: Wording) -> FinishedPage:
    html = with_style(_render_page("thanks.html", entry, thanks=thanks, is_open=True)).encode()
    return finish_page(html)


def order_of(key: str) -> int:
    """Return which order of shuffled choices belongs to a submission key, so that it stays when the page returns."""
    return zlib.crc32(key.encode("utf-8", "replace")) % _ORDERS


def _render_gap(entry: Entry, order: int) -> SplicedPage:
    html = _render_form(entry, key=_GAP, order=order)
    before, _gap, after = with_style(html).partition(_GAP)
    return build_page(before.encode(), after.encode(), gap=_KEY_LENGTH)


def show_form(
    entry: Entry,
    *,
    status: int,
    problems: Sequence[Problem] = (),
    notice: LazyString | None = None,
    keep_key: bool = True,
    **values: Any,
) -> Response:
    """Return the form with everything that came with the request still in it.

    Args:
        problems: what is wrong with the answers; each is shown at its field and in a summary.
        notice: why nothing was stored although the answers are fine.
        keep_key: False for a fresh submission key instead of the one that was sent.
        values: further ones for the template.
    """
    sent = first_value(current_visit().fields, "submission_key")
    key = sent if keep_key and _looks_like_key(sent) else new_submission_key()
    html = _render_form(entry, key=key, order=order_of(key), problems=problems, notice=notice, **values)
    return page_response(html, status)


def _looks_like_key(sent: str) -> bool:
    return len(sent) == _KEY_LENGTH and sent.isascii() and sent.isprintable()


def _render_form(entry: Entry, *, key: str, order: int, problems: Sequence[Problem] = (), **values: Any) -> str:
    language = speak()
    values.setdefault("ticket", clean_text(first_value(current_visit().fields, "ticket")))
    form = build_form(entry.questionnaire, language, fields=current_visit().fields, problems=problems, order=str(order))
    return render_template(
        "participants/form.html",
        form=form,
        key=key,
        collector=entry.collector,
        network=entry.network,
        **_state_of(entry, is_conditional=form.is_conditional),
        links=legal_links(entry.network, language),
        **values,
    )


def show_page(template: str, status: int = 200, *, entry: Entry | None = None, **values: Any) -> Response:
    """Return one of the small pages around the form, in the language of the visit."""
    return page_response(_render_page(template, entry, **values), status)


def _render_page(template: str, entry: Entry | None, **values: Any) -> str:
    language = speak()
    network = entry.network if entry else None
    return render_template(
        f"participants/{template}",
        collector=entry.collector if entry else None,
        network=network,
        **_state_of(entry),
        links=legal_links(network, language),
        **values,
    )


def legal_links(network: Network | None, language: str) -> list[Link]:
    """Return the notices of the network, or without one the lists of all networks, in the language of the page."""
    slug = network.slug if network else None
    return [
        Link(text, url_for(endpoint, network=slug, lang=language))
        for endpoint, text in _NOTICES
        if endpoint in current_app.view_functions
    ]


def page_response(html: str, status: int) -> Response:
    """Return a page with its style sheet and headers, compressed if the browser takes it."""
    body = with_style(html).encode()
    packing = _wanted_packing() if len(body) > _WORTH_PACKING else Packing.PLAIN
    return _respond(pack(body, packing, once=True), status, speak(), packing)


def _wanted_packing() -> Packing:
    return choose_packing(request.environ.get("HTTP_ACCEPT_ENCODING", ""))


def _respond(body: bytes, status: int, language: str, packing: Packing) -> Response:
    headers = {
        "Content-Security-Policy": page_policy(),
        "Content-Language": language,
        "Vary": "Accept-Encoding, Accept-Language",
        **content_headers(packing),
    }
    return Response(body, status, headers, content_type="text/html; charset=utf-8")


def show_script(script: Script) -> Response:
    """Return the script, to be kept for ever: another content has another address."""
    packing = _wanted_packing()
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    return Response(
        script.packed[packing], 200, headers | content_headers(packing), content_type="text/javascript; charset=utf-8"
    )
