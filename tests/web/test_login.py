"""Signing in and out, what ends a session, and where it leads."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from databases import SECRET
from factories import PASSWORD, make_network

from survey_app import create_app
from survey_app.config import Settings
from survey_app.domain.membership import Role
from survey_app.services import accounts
from survey_app.storage.account_tables import AccountRow
from survey_app.web.security_messages import ERRORS

from .visiting import EMAIL, send, sign_in_as, texts, token_in

NEW_PASSWORD = "another-battery-another-horse"


@pytest.mark.both_databases
def test_sign_in_leads_to_networks_when_password_is_right(client, add_person):
    add_person()
    answer = sign_in_as(client)
    assert (answer.status_code, answer.location) == (302, "/networks")
    assert "Your account belongs to no network yet" in client.get("/networks").get_data(as_text=True)


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
def test_sign_in_says_the_same_when_account_exists_or_not(client, add_person, email):
    add_person()
    page = sign_in_as(client, email=email, password="wrong")
    body = page.get_data(as_text=True)
    assert page.status_code == 200
    assert body.count(ERRORS["GENERIC_AUTHN_FAILED"]) == 1
    other = sign_in_as(client, email="third@example.org", password="wrong").get_data(as_text=True)
    assert texts(body) == texts(other)


def test_sign_in_fails_when_account_is_switched_off(client, session, add_person):
    row = session.get_one(AccountRow, add_person())
    row.active = False
    session.commit()
    assert ERRORS["GENERIC_AUTHN_FAILED"] in sign_in_as(client).get_data(as_text=True)


def test_sign_in_refuses_calmly_when_input_is_strange(client, add_person):
    add_person()
    token = token_in(client.get("/login").get_data(as_text=True))
    passwords = ["", "\x00" * 13, "ﷺ" * 5000, "x" * 100_000, "\ud83d"]
    for email, password in product([EMAIL, "\x00", "@", "a" * 5000 + "@example.org"], passwords):
        data = {"email": email, "password": password.encode("utf-8", "surrogatepass"), "csrf_token": token}
        assert client.post("/login", data=data).status_code == 200
    assert not is_signed_in_cookie(client)


def is_signed_in_cookie(client):
    with client.session_transaction() as browser:
        return "_user_id" in browser


def test_sign_in_is_slowed_for_one_name_when_it_failed_often(client, session, add_person):
    add_person()
    add_person(email="other@example.org")
    for _attempt in range(accounts.ATTEMPTS_PER_WINDOW):
        accounts.record_failure(session, EMAIL, now=datetime.now(UTC))
    refused = sign_in_as(client, email=EMAIL.upper().replace("EXAMPLE", "example"))
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    assert sign_in_as(client, email="other@example.org").status_code == 302


def test_remember_me_is_ignored_when_sent(client, add_person):
    add_person()
    answer = sign_in_as(client, remember="y")
    assert not [cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("remember_token")]


def test_cookie_is_guarded_when_signed_in(client, add_person):
    add_person()
    (cookie,) = sign_in_as(client).headers.getlist("Set-Cookie")
    parts = {part.strip().split("=")[0].lower(): part.strip().partition("=")[2] for part in cookie.split(";")}
    assert cookie.startswith("session=")
    assert "httponly" in parts
    assert parts["samesite"] == "Lax"
    assert parts["path"] == "/"
    assert "domain" not in parts
    assert "secure" not in parts  # plain HTTP on the loopback address


def test_cookie_is_host_bound_when_address_is_encrypted(tmp_path):
    settings = Settings(secret_key=SECRET, database_url="sqlite://", base_url="https://survey.example.org")
    client = create_app(settings, instance_path=str(tmp_path)).test_client()
    (cookie,) = client.get("/login", base_url=settings.base_url).headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-session=")
    assert {"secure", "httponly", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}


@pytest.mark.parametrize("address", ["/login", "/reset", "/logout", "/change", "/verify"])
def test_post_is_refused_when_token_is_missing_or_wrong(client, session, add_person, address):
    add_person()
    sign_in_as(client)
    before = session.get_one(AccountRow, 1).password
    for data in ({}, {"csrf_token": "wrong"}):
        page = client.post(address, data=data | {"email": EMAIL, "password": PASSWORD, "new_password": NEW_PASSWORD})
        assert page.status_code == 400
        assert "<h1>This request could not be understood</h1>" in page.get_data(as_text=True)
    session.expire_all()
    assert session.get_one(AccountRow, 1).password == before
    assert is_signed_in_cookie(client)


def test_post_is_refused_when_token_belongs_to_another_session(app, client, add_person):
    add_person()
    foreign = token_in(app.test_client().get("/login").get_data(as_text=True))
    client.get("/login")
    data = {"email": EMAIL, "password": PASSWORD, "csrf_token": foreign}
    assert client.post("/login", data=data).status_code == 400


def test_post_is_refused_when_it_is_json(client):
    assert client.post("/login", json=[1], headers={"X-CSRFToken": "x"}).status_code in (400, 415)
    assert client.get("/login", json=[1]).status_code == 415


def test_sign_out_ends_session_only_when_posted(client, add_person):
    add_person()
    sign_in_as(client)
    assert client.get("/logout").status_code == 405
    assert is_signed_in_cookie(client)
    answer = send(client, "/logout", seen_at="/networks")
    assert (answer.status_code, answer.location) == (302, "/")
    assert client.get("/networks").status_code == 302
    assert not is_signed_in_cookie(client)


@pytest.mark.parametrize(("age", "holds"), [(timedelta(hours=11, minutes=59), True), (timedelta(hours=12), False)])
def test_session_ends_when_older_than_its_longest_life(client, add_person, age, holds):
    add_person()
    sign_in_as(client)
    with client.session_transaction() as browser:
        browser["signed_in_at"] = (datetime.now(UTC) - age).timestamp()
    assert (client.get("/networks").status_code == 200) is holds


def test_session_ends_when_clock_was_set_back(client, add_person):
    add_person()
    sign_in_as(client)
    with client.session_transaction() as browser:
        browser["signed_in_at"] = (datetime.now(UTC) + timedelta(hours=1)).timestamp()
    assert client.get("/networks").status_code == 302


def test_session_ends_when_account_is_switched_off(client, session, add_person):
    row = session.get_one(AccountRow, add_person())
    sign_in_as(client)
    row.active = False
    session.commit()
    assert client.get("/networks").location.startswith("/login")


def test_language_stays_when_chosen_while_signed_in(client, add_person):
    add_person()
    sign_in_as(client)
    assert '<html lang="ar" dir="rtl">' in client.get("/networks?lang=ar").get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in client.get("/networks").get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in client.get("/networks?lang=nonsense").get_data(as_text=True)


def test_language_is_not_stored_when_nobody_is_signed_in(client):
    answer = client.get("/imprint?lang=ar")
    assert '<html lang="ar" dir="rtl">' in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers


def test_language_is_kept_when_signing_in_with_it(client, add_person):
    add_person()
    send(client, "/login?lang=fa", email=EMAIL, password=PASSWORD)
    assert '<html lang="fa" dir="rtl">' in client.get("/networks").get_data(as_text=True)


def test_networks_are_listed_when_there_are_several(client, session, add_person):
    account = add_person(make_network(session, "freiburg"))
    second = make_network(session, "lahn", name="<b>Lahn</b> عربي")
    from survey_app.storage.accounts import set_membership

    set_membership(session, account_id=account, network_id=second.id, role=Role.VIEWER)
    session.commit()
    sign_in_as(client)
    body = client.get("/networks").get_data(as_text=True)
    assert "/n/freiburg/" in body
    assert "/n/lahn/" in body
    assert "&lt;b&gt;Lahn&lt;/b&gt;" in body


def test_networks_lead_straight_in_when_there_is_one(client, session, add_person):
    make_network(session, "lahn")
    add_person(make_network(session, "freiburg"))
    sign_in_as(client)
    answer = client.get("/networks")
    assert answer.status_code == 302
    assert answer.location.startswith("/n/freiburg/")


def test_networks_ask_for_sign_in_when_anonymous(client):
    assert client.get("/networks").location == "/login?next=/networks"
