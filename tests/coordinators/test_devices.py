"""On what people answer: chosen when a survey opens, shown on its page, with an address for a tablet at the door."""

import pytest
from factories import make_collector

from survey_app.domain.collector import Device

from .conftest import Desk

NAMES = {
    Device.OWN: "Own phones",
    Device.SHARED: "Devices that several people use",
    Device.KIOSK: "A tablet at the door",
}


def test_own_phones_are_expected_unless_somebody_chooses(desk: Desk, meeting_id: int, version_id: int) -> None:
    path = f"/meetings/{meeting_id}/surveys/new"
    page = desk.see(path)
    assert page.fields()["device"] == "own"
    assert "Own phones Without a connection, the phone keeps the answers until they are sent" in page.words
    assert "Devices that several people use Nothing is kept on the device" in page.words
    assert "A tablet at the door After each person, and when nobody touches it for two minutes" in page.words
    saved = desk.fill(path)
    assert desk.survey(saved.location.rstrip("/").rsplit("/", 1)[1]).device is Device.OWN


@pytest.mark.parametrize("device", Device)
def test_choice_is_kept_and_shown(desk: Desk, meeting_id: int, version_id: int, device: Device) -> None:
    saved = desk.fill(f"/meetings/{meeting_id}/surveys/new", device=str(device))
    assert desk.survey(saved.location.rstrip("/").rsplit("/", 1)[1]).device is device
    assert f"People answer on{NAMES[device]}" in desk.follow(saved).words


@pytest.mark.parametrize("typed", ["", "phone", "KIOSK", "own\x00x"])
def test_device_that_was_not_offered_is_refused(desk: Desk, meeting_id: int, version_id: int, typed: str) -> None:
    page = desk.fill(f"/meetings/{meeting_id}/surveys/new", device=typed)
    assert page.status == 400
    assert "does not exist" in page.message_at("device")


def test_form_without_the_question_opens_a_survey_for_own_phones(desk: Desk, meeting_id: int, version_id: int) -> None:
    saved = desk.fill(f"/meetings/{meeting_id}/surveys/new", device=None)
    assert desk.survey(saved.location.rstrip("/").rsplit("/", 1)[1]).device is Device.OWN


def test_address_for_a_tablet_is_on_the_pages_of_every_open_survey(desk: Desk) -> None:
    survey = make_collector(desk.session, desk.network)
    for path in (f"/surveys/{survey.code}/", f"/surveys/{survey.code}/poster"):
        address = next(link for words, link in desk.see(path).links().items() if words.endswith("device=kiosk"))
        assert address.endswith(f"/q/{survey.code}?device=kiosk")
        tablet = desk.client.get(address)
        assert tablet.status_code == 200
        assert b'data-device="kiosk"' in tablet.data
