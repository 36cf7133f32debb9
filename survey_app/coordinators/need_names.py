"""How lists and tables call the meetings and offers that needs refer to."""

from flask import g
from flask_babel import format_date

from survey_app.domain.book import Meeting, Offer
from survey_app.extensions import db
from survey_app.services import convening, recording

_FIRST_STRONG, _END = "\u2068", "\u2069"


def name_references() -> dict[str, dict[str, str]]:
    """Return what the meetings and offers of the network are called, by id, the newest first."""
    meetings = convening.list_meetings(db.session(), network_id=g.network.id)
    offers = recording.list_offers(db.session(), network_id=g.network.id)
    return {
        "meetings": {str(one.id): name_meeting(one.meeting) for one in reversed(meetings)},
        "offers": {str(one.id): name_offer(one.offer) for one in reversed(offers)},
    }


def name_meeting(meeting: Meeting) -> str:
    """Return how a list calls a meeting: by its day first, since titles come back."""
    day = "" if meeting.date is None else format_date(meeting.date, "medium")
    return " · ".join(part for part in (day, _isolate(meeting.title)) if part)


def name_offer(offer: Offer) -> str:
    """Return how a list calls an offer: with its year, since titles come back."""
    return _isolate(offer.title) + ("" if offer.started_on is None else f" ({offer.started_on.year})")


def _isolate(title: str | None) -> str:
    """Return a title that keeps its own direction beside a day, where no markup can stand."""
    return f"{_FIRST_STRONG}{title}{_END}" if title else ""
