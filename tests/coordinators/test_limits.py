"""The ceiling and small groups, as those who organise meet them."""

import pytest
from factories import make_meeting

from survey_app.domain.membership import Role
from survey_app.services.ceilings import assess_room

from .conftest import Desk
from .test_surveys import code_in, start

FULL = "far more than expected, and takes no more"


def test_full_survey_is_said_on_home_and_survey_page_and_can_be_raised(desk: Desk) -> None:
    survey = start(desk, expected_count=2)
    desk.answer(survey.code, 29)
    for path in ("/", f"/surveys/{survey.code}/"):
        assert FULL not in desk.see(path).words
    desk.answer(survey.code, 1)
    home = desk.see("/")
    assert f"Survey {survey.code} has received 30 answers, {FULL}" in home.words
    assert home.links()[f"See survey {survey.code}"] == f"/n/freiburg/surveys/{survey.code}/"
    page = desk.see(f"/surveys/{survey.code}/")
    assert FULL in page.words
    form = page.links()["Let more people answer"].removeprefix(desk.root)
    assert desk.see(form).fields()["ceiling"] == "60"
    done = desk.follow(desk.fill(form, ceiling="55"))
    assert "takes up to 60 answers" in done.words
    assert FULL not in done.words + desk.see("/").words
    assert assess_room(desk.session, desk.survey(survey.code)).ceiling == 60


def test_readers_are_not_bothered_with_a_full_survey(desk: Desk, sign_in) -> None:
    survey = start(desk, expected_count=2)
    desk.answer(survey.code, 30)
    viewer = Desk(sign_in(desk.network, Role.VIEWER), desk.network, desk.session)
    assert "far more than expected" not in viewer.see("/").words


@pytest.mark.parametrize(
    ("typed", "message"), [("29", "between 30 and"), ("", "between"), ("x", "number"), ("9999999", "at most 1,000,000")]
)
def test_impossible_ceiling_is_explained_at_its_field(desk: Desk, typed: str, message: str) -> None:
    survey = start(desk)
    page = desk.fill(f"/surveys/{survey.code}/ceiling", ceiling=typed)
    assert page.status == 400
    assert message in page.message_at("ceiling")


def test_ended_survey_keeps_its_ceiling(desk: Desk) -> None:
    survey = start(desk)
    fields = desk.see(f"/surveys/{survey.code}/ceiling").fields()
    desk.press(f"/surveys/{survey.code}/", "/close")
    refused = desk.send(f"/surveys/{survey.code}/ceiling", fields, ceiling="500")
    assert (refused.status, "has ended" in refused.words) == (409, True)


def test_small_group_is_advised_before_it_is_opened(desk: Desk, meeting_id: int, version_id: int) -> None:
    path = f"/meetings/{meeting_id}/surveys/new"
    asked = desk.fill(path, expected_count="9")
    assert asked.status == 200
    assert "press the button again" in asked.words
    assert "With fewer than 5 answers there is no result" in asked.words
    assert "no survey" in desk.see("/meetings/").words
    opened = desk.send(path, asked.fields())
    page = desk.follow(opened)
    assert desk.survey(code_in(opened.location)).expected_count == 9
    assert "Fewer than ten people are expected" in page.words


def test_small_group_that_is_known_is_advised_at_once(desk: Desk, version_id: int) -> None:
    meeting_id = make_meeting(desk.session, desk.network, invited=7)
    path = f"/meetings/{meeting_id}/surveys/new"
    page = desk.see(path)
    assert "Fewer than ten people are expected" in page.words
    assert "press the button again" not in page.words
    assert desk.send(path, page.fields()).status == 303


@pytest.mark.parametrize("expected", ["10", "240", ""])
def test_larger_group_needs_no_advice(desk: Desk, meeting_id: int, version_id: int, expected: str) -> None:
    saved = desk.fill(f"/meetings/{meeting_id}/surveys/new", expected_count=expected)
    assert "Fewer than ten people" not in desk.follow(saved).words


def test_form_says_what_the_expected_number_does(desk: Desk, meeting_id: int, version_id: int) -> None:
    page = desk.see(f"/meetings/{meeting_id}/surveys/new")
    assert "Three times as many answers are accepted" in page.words_of("*[@id='expected_count-hint']")
