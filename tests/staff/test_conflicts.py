"""A goal system that names an answer no survey has: the report says so instead of guessing."""

from collections.abc import Callable

from factories import freiburg_goals, make_network
from flask import Flask
from inspection import InspectingClient

from survey_app.extensions import db

from .conftest import HIDDEN, LAST, Seed


def test_a_goal_system_that_does_not_fit_its_surveys_is_explained(
    app: Flask, sign_in: Callable[..., InspectingClient]
) -> None:
    goals = freiburg_goals().replace('affirming = ["yes_several", "yes_one"]', 'affirming = ["yes_two"]', 1)
    with app.app_context():
        network = make_network(db.session())
        seed = Seed(db.session(), network, goals)
        seed.ask(seed.meet(LAST), LAST, HIDDEN)
        db.session.rollback()
    reader = sign_in(network)
    for page in ("/", "/reports/", "/reports/indicators/I5", "/reports/report.csv"):
        response = reader.get(f"/n/freiburg{page}")
        assert response.status_code == 409
        assert "yes_two" in response.get_data(as_text=True)
