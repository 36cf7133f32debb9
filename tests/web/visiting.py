"""Forms sent as a browser sends them."""

import re

from factories import PASSWORD
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

EMAIL = "koordination@example.org"
_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def token_in(page: str) -> str:
    """Return the first form token of a page."""
    return _TOKEN.search(page)[1]


def send(client: FlaskClient, address: str, *, seen_at: str | None = None, **values: str) -> TestResponse:
    """Open a page, fill its form, send it."""
    page = client.get(seen_at or address).get_data(as_text=True)
    return client.post(address, data={"csrf_token": token_in(page), **values})


def sign_in_as(client: FlaskClient, email: str = EMAIL, password: str = PASSWORD, **values: str) -> TestResponse:
    """Sign in through the form."""
    return send(client, "/login", email=email, password=password, **values)


def texts(page: str) -> str:
    """Return a page without the values of its inputs, which differ from visit to visit."""
    return re.sub(r'value="[^"]*"', "", page)
