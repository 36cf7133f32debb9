"""Made-up needs and offers of the demonstration network."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from survey_app.domain.book import Need, Offer
from survey_app.services import convening, recording

_MARK = "(erfunden)"


def record_needs(session: Session, plan: Mapping[str, Any], *, network_id: int) -> None:
    """Record the planned needs and offers; a need names its meeting by day and its offer by title."""
    offers = {
        planned["title"]: recording.add_offer(session, _offer(planned), network_id=network_id)
        for planned in plan["offer"]
    }
    meetings = {one.meeting.date: one.id for one in convening.list_meetings(session, network_id=network_id)}
    for planned in plan["need"]:
        need = Need(
            title=f"{planned['title']} {_MARK}",
            recognised_on=planned["recognised_on"],
            meeting=str(meetings[planned["recognised_on"]]),
            field=planned["field"],
            status=planned["status"],
            offer=str(offers[planned["offer"]]) if "offer" in planned else None,
            decided_on=planned.get("decided_on"),
        )
        recording.add_need(session, need, network_id=network_id)


def _offer(planned: Mapping[str, Any]) -> Offer:
    return Offer(
        title=f"{planned['title']} {_MARK}",
        started_on=planned["started_on"],
        field=planned["field"],
        places=planned.get("places"),
        participants=planned.get("participants"),
        languages=tuple(planned["languages"]),
    )
