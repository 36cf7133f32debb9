"""What the coordinators' pages read: always of one network."""

import pytest
from factories import make_collector, make_meeting, make_network
from sqlalchemy.orm import Session

from survey_app.domain.book import Partner
from survey_app.domain.errors import UnknownCollector, UnknownMeeting, UnknownPartner
from survey_app.domain.network import Network
from survey_app.services import convening


def test_records_are_read_within_their_network_only(session: Session, network: Network) -> None:
    mine, other = {"network_id": network.id}, {"network_id": make_network(session, "rostock").id}
    meeting_id = make_meeting(session, network)
    partner_id = convening.add_partner(session, Partner(name="Kita"), **mine)
    survey = make_collector(session, network, meeting_id=meeting_id)
    assert convening.load_meeting(session, meeting_id, **mine).meeting.title == "Herbsttreffen"
    assert convening.load_partner(session, partner_id, **mine).partner == Partner(name="Kita")
    assert convening.load_collector(session, survey.code, **mine) == survey
    for load, key, unknown in (
        (convening.load_meeting, meeting_id, UnknownMeeting),
        (convening.load_partner, partner_id, UnknownPartner),
        (convening.load_collector, survey.code, UnknownCollector),
    ):
        with pytest.raises(unknown):
            load(session, key, **other)
    for listed in (
        convening.list_meetings,
        convening.list_partners,
        convening.list_collectors,
        convening.list_questionnaires,
    ):
        assert len(listed(session, **mine)) == 1
        assert listed(session, **other) == []


def test_surveys_of_one_meeting_are_listed_when_asked(session: Session, network: Network) -> None:
    first, second = make_meeting(session, network), make_meeting(session, network)
    survey = make_collector(session, network, meeting_id=first)
    assert convening.list_collectors(session, network_id=network.id, meeting_id=first) == [survey]
    assert convening.list_collectors(session, network_id=network.id, meeting_id=second) == []
