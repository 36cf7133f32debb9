"""The same survey at another meeting: what is taken over, and for which meetings."""

from datetime import UTC, date, datetime, timedelta

from factories import make_collector, make_meeting, make_network, publish_standard

from survey_app.domain.collector import Device
from survey_app.services import convening

from .conftest import Desk

TOMORROW = datetime.now(UTC).date() + timedelta(days=1)


def make_survey(desk: Desk, **values: object) -> str:
    return make_collector(
        desk.session, desk.network, languages=("de", "tr"), device=Device.SHARED, needs_ticket=True, **values
    ).code


def plan(desk: Desk, title: str, day: date = TOMORROW, **values: object) -> int:
    return make_meeting(desk.session, desk.network, date=day, status="planned", title=title, **values)


def test_form_begins_with_what_was_decided_for_the_earlier_survey(desk: Desk) -> None:
    code = make_survey(desk, expected_count=20)
    meeting = plan(desk, "Frühjahr", invited=90)
    leading = desk.see(f"/surveys/{code}/again")
    assert leading.location == f"{desk.root}/meetings/{meeting}/surveys/new?like={code}"
    fields = desk.see(f"/meetings/{meeting}/surveys/new?like={code}").fields()
    assert fields.getlist("languages") == ["de", "tr"]
    assert (fields["device"], fields["needs_ticket"], fields["expected_count"]) == ("shared", "y", "90")
    opened = desk.fill(f"/meetings/{meeting}/surveys/new?like={code}")
    survey = desk.survey(opened.location.rstrip("/").rsplit("/", 1)[1])
    earlier = desk.survey(code)
    assert (survey.version_id, survey.languages, survey.device) == (
        earlier.version_id,
        ("de", "tr"),
        Device.SHARED,
    )
    assert survey.closes_at != earlier.closes_at


def test_coordinator_chooses_when_several_meetings_wait(desk: Desk) -> None:
    code = make_survey(desk)
    plan(desk, "Frühjahr")
    plan(desk, "Sommer", TOMORROW + timedelta(days=90))
    plan(desk, "lange her", date(2015, 1, 1))
    page = desk.see(f"/surveys/{code}/again")
    assert page.status == 200
    assert "Frühjahr" in page.words
    assert "Sommer" in page.words
    assert "lange her" not in page.words


def test_page_says_that_a_meeting_has_to_be_entered_when_none_waits(desk: Desk) -> None:
    page = desk.see(f"/surveys/{make_survey(desk)}/again")
    assert "Please enter the next meeting first." in page.words
    assert page.links()["New meeting"] == f"{desk.root}/meetings/new"


def test_foreign_survey_gives_nothing_away(desk: Desk) -> None:
    publish_standard(desk.session, desk.network)
    other = make_network(desk.session, "rostock")
    code = make_collector(desk.session, other, languages=("ar",)).code
    meeting = plan(desk, "Frühjahr")
    assert desk.see(f"/meetings/{meeting}/surveys/new?like={code}").status == 404
    assert desk.see(f"/surveys/{code}/again").status == 404
    assert len(convening.list_collectors(desk.session, network_id=desk.network.id)) == 0
