"""Error pages: the right status, words in the reader's language, nothing that needs what is broken."""

from contextvars import Context

import pytest
from databases import SECRET
from flask.testing import FlaskClient
from inspection import inspect_page
from sqlalchemy.exc import OperationalError

from survey_app import create_app
from survey_app.config import Settings
from survey_app.domain import errors
from survey_app.web.errors import status_of

from .visiting import sign_in_as


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.UnknownNetwork("x"), 404),
        (errors.ConflictingRevision("x"), 409),
        (errors.SurveyError("x"), 400),
        (OperationalError("select", {}, OSError()), 503),
        (ValueError("x"), 500),
    ],
)
def test_status_follows_nearest_class_when_error_is_known(error, status):
    assert status_of(error) == status


def test_page_is_in_language_of_reader_when_address_is_unknown(client):
    arabic = client.get("/nothing", headers={"Accept-Language": "ar"}).get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "<h1>Page not found</h1>" in client.get("/nothing").get_data(as_text=True)


def test_page_says_busy_when_database_is_out_of_reach(tmp_path):
    settings = Settings(secret_key=SECRET, database_url=f"sqlite:///{tmp_path}/nowhere/survey.db")
    client = create_app(settings, instance_path=str(tmp_path)).test_client()
    with client.session_transaction() as browser:
        browser["_user_id"] = "somebody"
    answer = client.get("/imprint/freiburg?lang=en")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "<h1>Busy at the moment</h1>" in answer.get_data(as_text=True)
    inspect_page(answer.get_data(as_text=True), "503")


def test_page_shows_nothing_of_the_cause_when_code_fails(app, add_person, caplog):
    @app.get("/broken")
    def fail():
        raise RuntimeError("the secret cause")

    add_person()
    app.test_client_class = FlaskClient
    client = app.test_client()
    sign_in_as(client)
    answer = Context().run(client.get, "/broken?lang=en")
    body = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "<h1>Something went wrong</h1>" in body
    assert "secret cause" not in body
    assert "Traceback" not in body
    inspect_page(body, "500")
    assert "the secret cause" in caplog.text
