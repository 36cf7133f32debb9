"""What a browser makes of our headers, on every kind of answer."""

import pytest
from databases import SECRET
from factories import make_network

from survey_app import create_app
from survey_app.config import Settings

from .visiting import sign_in_as

WANTED = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "object-src": {"'none'"},
    "frame-ancestors": {"'none'"},
}


def policy_of(answer):
    """Return the directives as a browser reads them: the first of a name counts."""
    (header,) = answer.headers.getlist("Content-Security-Policy")
    directives = {}
    for directive in header.split(";"):
        name, *values = directive.split()
        directives.setdefault(name.lower(), set(values))
    return directives


def check(answer):
    assert policy_of(answer) == WANTED
    assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert answer.headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert answer.headers.getlist("Cross-Origin-Opener-Policy") == ["same-origin"]
    assert answer.headers.getlist("Cross-Origin-Resource-Policy") == ["same-origin"]
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/login", 200),
        ("GET", "/networks", 302),
        ("POST", "/login", 400),
        ("GET", "/nothing-here", 404),
        ("GET", "/imprint/nothing-here", 404),
        ("PUT", "/login", 405),
        ("GET", "/static/nothing-here.css", 404),
        ("GET", "/healthz", 200),
        ("HEAD", "/imprint", 200),
        ("OPTIONS", "/imprint", 200),
        ("GET", "/reset/forged", 302),
    ],
)
def test_headers_protect_when_answer_has_any_status(client, method, address, status):
    answer = client.open(address, method=method)
    assert answer.status_code == status
    check(answer)
    assert answer.headers["Cache-Control"] == ("no-store" if "static" not in address else "no-cache")


def test_headers_protect_when_body_is_too_large(client):
    answer = client.post("/login", data=b"x" * (5 * 1024 * 1024 + 1), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    check(answer)


def test_static_file_is_cached_for_ever_when_fingerprinted(client):
    page = client.get("/imprint").get_data(as_text=True)
    addresses = [part.split('"')[0] for part in page.split('href="')[1:] if part.startswith("/static/")]
    assert len(addresses) == 3
    for address in addresses:
        with client.get(address) as answer:
            assert answer.status_code == 200
            check(answer)
            assert "immutable" in answer.headers["Cache-Control"]
            assert "Set-Cookie" not in answer.headers
    with client.get(addresses[0].partition("?")[0]) as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


def test_signed_in_pages_are_never_stored_when_shown(client, add_person, session):
    add_person()
    make_network(session)
    sign_in_as(client)
    answer = client.get("/networks")
    assert answer.headers["Cache-Control"] == "no-store"
    check(answer)


def test_transport_is_secured_for_a_year_when_address_is_encrypted(tmp_path):
    settings = Settings(secret_key=SECRET, database_url="sqlite://", base_url="https://survey.example.org")
    encrypted = create_app(settings, instance_path=str(tmp_path)).test_client().get("/healthz")
    assert encrypted.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_transport_is_left_alone_when_address_is_plain(client):
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
