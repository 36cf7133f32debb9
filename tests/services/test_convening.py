"""Meetings, partners, opening a survey, settings: sound records only, the second saver is told, walls hold."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from factories import NOW, make_collector, make_meeting, make_network, publish_standard, standard_questionnaire
from sqlalchemy.orm import Session

from survey_app.domain.book import Meeting, Partner
from survey_app.domain.errors import (
    ConflictingRevision,
    InvalidRecord,
    NameTaken,
    TransitionNotAllowed,
    UnknownMeeting,
    UnknownNetwork,
    UnknownPartner,
    UnknownQuestionnaire,
)
from survey_app.domain.network import Minimums, Network
from survey_app.services import collecting, convening
from survey_app.storage.engine import writing
from survey_app.storage.networks import load_network
from survey_app.storage.questionnaires import add_questionnaire

pytestmark = pytest.mark.both_databases

SOUND = Meeting(id="", date=date(2026, 11, 20), title="Herbsttreffen", format="network_meeting", status="planned")


def problems_of(action: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRecord) as caught:
        action()
    return [(problem.code, problem.place) for problem in caught.value.problems]


def test_meeting_is_listed_loaded_changed_and_removed_when_somebody_records_it(
    session: Session, network: Network
) -> None:
    meeting_id = convening.add_meeting(session, SOUND, network_id=network.id)
    stored = convening.load_meeting(session, meeting_id, network_id=network.id)
    convening.change_meeting(session, replace(stored, meeting=replace(SOUND, invited=9)), network_id=network.id)
    (listed,) = convening.list_meetings(session, network_id=network.id)
    assert (listed.meeting.invited, listed.revision) == (9, 2)
    convening.remove_meeting(session, meeting_id, network_id=network.id)
    assert convening.list_meetings(session, network_id=network.id) == []


def test_meeting_is_refused_when_it_contradicts_itself(session: Session, network: Network) -> None:
    wrong = replace(SOUND, attended_invited=5, attended_total=4)
    expected = [("fewer_than_invited_attended", "attended_total")]
    assert problems_of(lambda: convening.add_meeting(session, wrong, network_id=network.id)) == expected
    stored = convening.load_meeting(session, make_meeting(session, network), network_id=network.id)
    changed = replace(stored, meeting=wrong)
    assert problems_of(lambda: convening.change_meeting(session, changed, network_id=network.id)) == expected
    assert convening.list_meetings(session, network_id=network.id) == [stored]


def test_meeting_stays_when_it_has_a_survey(session: Session, network: Network) -> None:
    meeting_id = make_meeting(session, network)
    make_collector(session, network, now=NOW, meeting_id=meeting_id)
    with pytest.raises(TransitionNotAllowed):
        convening.remove_meeting(session, meeting_id, network_id=network.id)
    assert convening.load_meeting(session, meeting_id, network_id=network.id)


def test_partner_is_listed_changed_and_removed_when_somebody_records_it(session: Session, network: Network) -> None:
    partner_id = convening.add_partner(session, Partner("vhs"), network_id=network.id)
    stored = convening.load_partner(session, partner_id, network_id=network.id)
    won = replace(stored, partner=Partner("vhs", won_on=date(2026, 1, 1)))
    convening.change_partner(session, won, network_id=network.id)
    assert [one.partner for one in convening.list_partners(session, network_id=network.id)] == [won.partner]
    convening.remove_partner(session, partner_id, network_id=network.id)
    with pytest.raises(UnknownPartner):
        convening.remove_partner(session, partner_id, network_id=network.id)


def test_partner_is_refused_when_steps_go_backwards(session: Session, network: Network) -> None:
    wrong = Partner("vhs", informed_on=date(2026, 2, 1), won_on=date(2026, 1, 1))
    expected = [("before_earlier_step", "won_on")]
    assert problems_of(lambda: convening.add_partner(session, wrong, network_id=network.id)) == expected


def test_partner_name_is_refused_when_another_has_it(session: Session, network: Network) -> None:
    convening.add_partner(session, Partner("vhs"), network_id=network.id)
    second = convening.add_partner(session, Partner("IHK"), network_id=network.id)
    with pytest.raises(NameTaken):
        convening.add_partner(session, Partner("vhs"), network_id=network.id)
    stored = convening.load_partner(session, second, network_id=network.id)
    with pytest.raises(NameTaken):
        convening.change_partner(session, replace(stored, partner=Partner("vhs")), network_id=network.id)
    convening.add_partner(session, Partner("vhs"), network_id=make_network(session, "other").id)
    names = [one.partner.name for one in convening.list_partners(session, network_id=network.id)]
    assert names == ["IHK", "vhs"]


def test_second_saver_is_told_when_two_people_edit(session: Session, network: Network) -> None:
    meeting = convening.load_meeting(session, make_meeting(session, network), network_id=network.id)
    partner_id = convening.add_partner(session, Partner("vhs"), network_id=network.id)
    partner = convening.load_partner(session, partner_id, network_id=network.id)
    saves = [
        lambda: convening.change_meeting(session, meeting, network_id=network.id),
        lambda: convening.change_partner(session, partner, network_id=network.id),
        lambda: convening.change_settings(session, network),
    ]
    for save in saves:
        save()
        with pytest.raises(ConflictingRevision) as caught:
            save()
        assert caught.value.theirs.revision == 2


def test_another_network_reaches_nothing_when_it_knows_the_ids(session: Session, network: Network) -> None:
    meeting = convening.load_meeting(session, make_meeting(session, network), network_id=network.id)
    partner_id = convening.add_partner(session, Partner("vhs"), network_id=network.id)
    partner = convening.load_partner(session, partner_id, network_id=network.id)
    version = publish_standard(session, network)
    other = make_network(session, "other").id
    wanted = convening.NewCollector(publish_standard(session, make_network(session, "third")), ("de",))
    own = convening.NewCollector(version, ("de",))
    refused = [
        (UnknownMeeting, lambda: convening.load_meeting(session, meeting.id, network_id=other)),
        (UnknownMeeting, lambda: convening.change_meeting(session, meeting, network_id=other)),
        (UnknownMeeting, lambda: convening.remove_meeting(session, meeting.id, network_id=other)),
        (UnknownPartner, lambda: convening.load_partner(session, partner_id, network_id=other)),
        (UnknownPartner, lambda: convening.change_partner(session, partner, network_id=other)),
        (UnknownPartner, lambda: convening.remove_partner(session, partner_id, network_id=other)),
        (UnknownMeeting, lambda: start(session, own, other, meeting.id)),
        (UnknownQuestionnaire, lambda: start(session, own, other, None)),
        (UnknownQuestionnaire, lambda: start(session, wanted, network.id, meeting.id)),
    ]
    for error, action in refused:
        with pytest.raises(error):
            action()
    assert (
        convening.list_meetings(session, network_id=other) == convening.list_partners(session, network_id=other) == []
    )
    assert convening.list_meetings(session, network_id=network.id) == [meeting]
    assert convening.list_partners(session, network_id=network.id) == [partner]


def start(session: Session, wanted: convening.NewCollector, network_id: int, meeting_id: int | None) -> Any:
    return convening.start_collector(session, wanted, network_id=network_id, meeting_id=meeting_id, now=NOW)


def test_survey_is_open_at_once_when_started(session: Session, network: Network) -> None:
    wanted = convening.NewCollector(
        publish_standard(session, network), ("fa", "de"), closes_at=NOW + timedelta(days=1), expected_count=80
    )
    started = start(session, wanted, network.id, make_meeting(session, network))
    entry = collecting.enter(session, started.code)
    assert entry.collector == started
    assert entry.network == network
    assert entry.questionnaire == standard_questionnaire()
    assert (started.state, started.opens_at, started.languages) == ("open", NOW, ("fa", "de"))
    started.ensure_readable(NOW)


UNHELD: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"languages": ()}, ("languages_not_offered", "languages")),
    ({"languages": ("de", "zh")}, ("languages_not_offered", "languages")),
    ({"closes_at": NOW}, ("closes_before_opening", "closes_at")),
    ({"opens_at": NOW + timedelta(2), "closes_at": NOW + timedelta(1)}, ("closes_before_opening", "closes_at")),
    ({"opens_at": NOW - timedelta(2), "closes_at": NOW - timedelta(1)}, ("closes_before_opening", "closes_at")),
    ({"expected_count": -1}, ("negative_number", "expected_count")),
    ({"expected_count": 2**40}, ("number_too_large", "expected_count")),
]


def test_survey_is_refused_when_it_cannot_be_held(session: Session, network: Network) -> None:
    sound = convening.NewCollector(publish_standard(session, network), ("de",))
    for values, problem in UNHELD:
        wanted = replace(sound, **values)
        assert problems_of(lambda wanted=wanted: start(session, wanted, network.id, None)) == [problem]


def test_survey_is_refused_when_its_questionnaire_is_a_draft(session: Session, network: Network) -> None:
    with writing(session):
        draft = add_questionnaire(session, standard_questionnaire(), network_id=network.id)
    with pytest.raises(UnknownQuestionnaire):
        start(session, convening.NewCollector(draft, ("de",)), network.id, None)


def test_settings_are_saved_when_they_are_at_least_as_strict_as_the_rule(session: Session, network: Network) -> None:
    wanted = replace(network, name="Neu", minimums=Minimums(5, 10, 20), retention_months=36, imprint={"de": "x"})
    saved = convening.change_settings(session, wanted)
    session.rollback()
    assert saved == load_network(session, network.slug) == replace(wanted, revision=2)


LAX: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"minimums": Minimums(4, 10, 20)}, ("minimum_too_small", "minimum_internal")),
    ({"minimums": Minimums(5, 9, 20)}, ("minimum_too_small", "minimum_public")),
    ({"minimums": Minimums(5, 10, 19)}, ("minimum_too_small", "minimum_sensitive")),
    ({"minimums": Minimums(2**40, 10, 20)}, ("number_too_large", "minimum_internal")),
    ({"retention_months": 2}, ("retention_out_of_range", "retention_months")),
    ({"retention_months": 37}, ("retention_out_of_range", "retention_months")),
    ({"name": " "}, ("required", "name")),
    ({"name": "x" * 201}, ("text_too_long", "name")),
    ({"contact_email": "x" * 255}, ("text_too_long", "contact_email")),
]


def test_settings_are_refused_when_laxer_than_the_rule(session: Session, network: Network) -> None:
    for values, problem in LAX:
        wanted = replace(network, **values)
        assert problems_of(lambda wanted=wanted: convening.change_settings(session, wanted)) == [problem]
    assert load_network(session, network.slug) == network


def test_settings_of_a_missing_network_are_unknown_when_saved(session: Session, network: Network) -> None:
    with pytest.raises(UnknownNetwork):
        convening.change_settings(session, replace(network, id=network.id + 1))
