"""Results on the wall of the room: what was released to the public, one question after another."""

import pytest
from flask import Flask

from survey_app.domain.membership import Role

from .reading import main_of, numbers_in, words
from .test_releases import SignIn, Town


@pytest.fixture
def town(app: Flask, sign_in: SignIn) -> Town:
    return Town(app, sign_in)


def survey_of(town: Town, release: int) -> str:
    """Return the code of the survey with results that a release speaks of."""
    html = town.read(f"/reports/releases/{release}/?lang=en")
    codes = [part.split("/")[0] for part in html.split("/surveys/")[1:]]
    return next(code for code in codes if "<table" in town.read(f"/reports/releases/{release}/surveys/{code}/"))


def step(town: Town, number: object, *, release: int = 1) -> str:
    return town.read(f"/reports/releases/{release}/surveys/{survey_of(town, release)}/screen?lang=en&step={number}")


def test_question_is_asked_before_its_answers_are_shown(town: Town) -> None:
    town.release()
    title, asked, answered = (step(town, number) for number in (0, 1, 2))
    assert "36 people answered" in words(main_of(title))
    assert "Question 1 of" in words(main_of(asked))
    assert "%" not in words(main_of(asked))
    assert "share-bar" not in asked
    assert "Question 1 of" in words(main_of(answered))
    assert "people answered" in words(main_of(answered))
    assert "share-bar" in answered
    assert numbers_in(words(main_of(answered))) > numbers_in(words(main_of(asked)))


def test_steps_lead_from_the_title_to_the_end_and_back(town: Town) -> None:
    town.release()
    seen, number = [], 0
    while True:
        page = step(town, number)
        seen.append(words(main_of(page)))
        assert ('rel="prev"' in page) is (number > 0)
        if 'rel="next"' not in page:
            break
        number += 1
    assert len(seen) == len(set(seen))
    assert number % 2 == 0
    assert step(town, number + 1000) == page


@pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 50, "1.5"])
def test_step_that_is_none_shows_the_title(town: Town, number: str) -> None:
    town.release()
    shown = words(main_of(step(town, number)))
    assert "36 people answered" in shown


def test_viewers_see_it_too_and_internal_figures_stay_off_the_wall(town: Town) -> None:
    town.release()
    town.release(tier="internal")
    code = survey_of(town, 2)
    address = town.address(f"/reports/releases/2/surveys/{code}/screen")
    assert town.coordinator.get(address).status_code == 404
    public = town.address(f"/reports/releases/1/surveys/{survey_of(town, 1)}/screen")
    assert town.sign_in(Role.VIEWER).get(public).status_code == 200
    assert town.coordinator.get(public.replace("/screen", "x/screen")).status_code == 404


def test_page_of_a_released_survey_leads_there(town: Town) -> None:
    town.release()
    code = survey_of(town, 1)
    assert f"/surveys/{code}/screen" in town.read(f"/reports/releases/1/surveys/{code}/")
