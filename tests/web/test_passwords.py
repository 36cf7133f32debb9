"""Changing a password, choosing a new one by mail."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default as modern

import pytest
from databases import SECRET
from factories import PASSWORD

from survey_app.config import Settings
from survey_app.services import accounts
from survey_app.web.security_messages import CONFIRMATIONS, ERRORS

from .visiting import EMAIL, send, sign_in_as, texts, token_in

NEW_PASSWORD = "another-battery-another-horse"


def only_mail(outbox):
    (file,) = outbox.iterdir()
    return message_from_bytes(file.read_bytes(), policy=modern)


@pytest.mark.both_databases
def test_password_change_ends_other_sessions_when_done(app, client, add_person):
    add_person()
    elsewhere = app.test_client()
    sign_in_as(client)
    sign_in_as(elsewhere)
    answer = send(client, "/change", password=PASSWORD, new_password=NEW_PASSWORD, new_password_confirm=NEW_PASSWORD)
    assert answer.status_code == 302
    assert CONFIRMATIONS["PASSWORD_CHANGE"] in client.get("/networks").get_data(as_text=True)
    assert elsewhere.get("/networks").location.startswith("/login")
    assert sign_in_as(elsewhere).status_code == 200
    assert sign_in_as(elsewhere, password=NEW_PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("wrong", NEW_PASSWORD, NEW_PASSWORD), ERRORS["INVALID_PASSWORD"]),
        ((PASSWORD, NEW_PASSWORD, "different"), ERRORS["RETYPE_PASSWORD_MISMATCH"]),
        ((PASSWORD, "short", "short"), ERRORS["PASSWORD_INVALID_LENGTH"] % {"length": 12}),
        ((PASSWORD, PASSWORD, PASSWORD), ERRORS["PASSWORD_IS_THE_SAME"]),
        ((PASSWORD, "x" * 129, "x" * 129), "at most 128 characters"),
        ((PASSWORD, "tab\tand-enough-more", "tab\tand-enough-more"), "without control characters"),
        ((PASSWORD, "ﷺ" * 12, "ﷺ" * 12), "at most 128 characters"),
        (("ﷺ" * 5000, NEW_PASSWORD, NEW_PASSWORD), ERRORS["INVALID_PASSWORD"]),
        (("", NEW_PASSWORD, NEW_PASSWORD), ERRORS["PASSWORD_NOT_PROVIDED"]),
    ],
)
def test_password_change_names_the_field_when_something_is_wrong(client, add_person, typed, message):
    add_person()
    sign_in_as(client)
    present, new, again = typed
    page = send(client, "/change", password=present, new_password=new, new_password_confirm=again)
    body = page.get_data(as_text=True)
    assert message in body
    assert 'aria-invalid="true"' in body
    assert "<title>Error: Change password" in body
    assert PASSWORD not in body


def test_longest_password_works_when_chosen(client, add_person):
    add_person()
    sign_in_as(client)
    longest = "Ω" * 128
    answer = send(client, "/change", password=PASSWORD, new_password=longest, new_password_confirm=longest)
    assert answer.status_code == 302
    send(client, "/logout", seen_at="/networks")
    assert sign_in_as(client, password=longest).status_code == 302


@pytest.mark.both_databases
def test_reset_link_works_once_when_requested(app, client, add_person, outbox):
    add_person()
    elsewhere = app.test_client()
    sign_in_as(elsewhere)
    page = send(client, "/reset", email=EMAIL)
    assert CONFIRMATIONS["PASSWORD_RESET_REQUEST"] in page.get_data(as_text=True)
    mail = only_mail(outbox)
    assert mail["To"] == EMAIL
    link = re.search(r"http://127\.0\.0\.1:8000(/reset/\S+)", mail.get_content())[1]
    answer = send(client, link, password=NEW_PASSWORD, password_confirm=NEW_PASSWORD)
    assert (answer.status_code, answer.location) == (302, "/login")
    assert elsewhere.get("/networks").location.startswith("/login")
    assert client.get(link).location == "/reset"
    assert sign_in_as(client, password=NEW_PASSWORD).status_code == 302


def test_reset_page_says_the_same_when_account_does_not_exist(client, add_person, outbox):
    add_person()
    known = send(client, "/reset", email=EMAIL).get_data(as_text=True)
    unknown = send(client, "/reset", email="nobody@example.org").get_data(as_text=True)
    assert texts(known) == texts(unknown)
    assert len(list(outbox.iterdir())) == 1


def test_reset_mail_carries_configured_address_when_host_is_forged(client, add_person, outbox):
    add_person()
    token = token_in(client.get("/reset", headers={"Host": "evil.example"}).get_data(as_text=True))
    client.post("/reset", data={"email": EMAIL, "csrf_token": token}, headers={"Host": "evil.example"})
    text = only_mail(outbox).get_content()
    assert "http://127.0.0.1:8000/reset/" in text
    assert "evil" not in text


def test_reset_requests_are_limited_when_repeated(client, session, add_person, outbox):
    add_person()
    for _attempt in range(accounts.ATTEMPTS_PER_WINDOW):
        accounts.record_failure(session, f"reset {EMAIL}", now=datetime.now(UTC))
    assert send(client, "/reset", email=EMAIL).status_code == 429
    assert not outbox.exists()


def test_reset_answers_the_same_when_mail_server_is_down(app, client, add_person):
    add_person()
    util = app.extensions["security"].mail_util
    util.settings = Settings(secret_key=SECRET, mail_server="127.0.0.1", mail_port=1)
    page = send(client, "/reset", email=EMAIL)
    assert page.status_code == 200
    assert CONFIRMATIONS["PASSWORD_RESET_REQUEST"] in page.get_data(as_text=True)


def test_reset_link_is_refused_when_forged(client):
    assert client.get("/reset/forged").location == "/reset"
    assert ERRORS["INVALID_RESET_PASSWORD_TOKEN"] in client.get("/reset").get_data(as_text=True)
