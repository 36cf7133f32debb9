"""The way back after signing in: a page of ours or none."""

from urllib.parse import quote, urljoin, urlsplit

import pytest
from factories import PASSWORD
from hypothesis import given
from hypothesis import strategies as st

from survey_app.web.login_forms import is_own_path

from .visiting import EMAIL, send, token_in

FOREIGN = (
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http://127.0.0.1:8000@evil.example/",
    "http://localhost.evil.example/networks",
    "//evil.example/networks",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "/networks\r\nSet-Cookie: a=b",
    "/networks\nLocation: //evil.example",
    " //evil.example",
    "\x00//evil.example",
    "\x19//evil.example",
    "/%5cevil.example",
    "/%5C%5Cevil.example",
    "/%2f%2fevil.example",
    "%2f%2fevil.example",
    "/%09/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/networks/..//evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "evil.example",
    "@evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "\u2028//evil.example",
    "\u3000//evil.example",
    "/\u2215evil.example",
    "/logout",
    "/nothing-here",
    "public.list_own_networks",
    "",
)
OWN = ("/networks", "/imprint", "/imprint/freiburg?lang=ar", "/privacy/x#rights", "/n/freiburg/meetings/?page=2")


@pytest.mark.parametrize("address", FOREIGN)
def test_foreign_way_back_is_refused_when_asked(bare_app, address):
    with bare_app.test_request_context():
        assert not is_own_path(address)


@pytest.mark.parametrize("address", OWN)
def test_own_way_back_is_known_when_asked(bare_app, address):
    with bare_app.test_request_context():
        assert is_own_path(address)


@given(st.text(alphabet=st.sampled_from("/\\:@?#%.\t\n\r networksevil025cf\u3000")))
def test_way_back_stays_on_our_origin_when_accepted(bare_app, tail):
    for address in (tail, f"/{tail}", f"/networks{tail}"):
        with bare_app.test_request_context():
            if is_own_path(address):
                assert urlsplit(urljoin("https://ours.example/login", address)).netloc == "ours.example"
                assert not set(address) & set("\\\t\n\r ")


def test_sign_in_is_refused_when_way_back_was_bent(client, add_person):
    add_person()
    token = token_in(client.get("/login").get_data(as_text=True))
    for address in filter(None, FOREIGN):
        data = {"email": EMAIL, "password": PASSWORD, "csrf_token": token}
        for bent in (client.post("/login", data=data | {"next": address}), post_to(client, address, data)):
            assert bent.status_code == 400
    assert client.post("/login", data=data | {"next": ""}).location == "/networks"


def post_to(client, address, data):
    return client.post(f"/login?next={quote(address)}", data=data)


def test_sign_in_page_drops_way_back_when_it_is_foreign(client):
    for address in filter(None, FOREIGN):
        answer = client.get(f"/login?next={quote(address)}")
        assert (answer.status_code, answer.location) == (302, "/login")


def test_sign_in_leads_back_when_page_is_ours(client, add_person):
    add_person()
    refused = client.get("/networks?lang=de")
    page = client.get(refused.location)
    assert 'name="next" type="hidden" value="/networks?lang=de"' in page.get_data(as_text=True)
    token = token_in(page.get_data(as_text=True))
    data = {"email": EMAIL, "password": PASSWORD, "next": "/networks?lang=de", "csrf_token": token}
    assert client.post("/login", data=data).location == "/networks?lang=de"


def test_signed_in_person_is_not_sent_away_when_way_back_is_foreign(client, add_person):
    add_person()
    send(client, "/login", email=EMAIL, password=PASSWORD)
    answer = client.get("/login?next=https://evil.example")
    assert answer.location == "/login"
    assert client.get(answer.location).location == "/networks"
