"""Forms too large or broken, and days on which the database is away: the answers stay."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from factories import make_collector
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from survey_app.domain.collector import CollectorState
from survey_app.extensions import db
from survey_app.participants import routes, visits
from survey_app.participants.kept import memory
from survey_app.participants.visits import KEPT_SHARE, MOST_FIELDS

from .forms import ANSWERS, LIMIT, change, sorted_answers


@contextmanager
def pragma(app: Flask, statement: str) -> Iterator[None]:
    """Let every new connection of the application run a statement first."""

    def prepare(connection, _record) -> None:
        connection.execute(statement)

    with app.app_context():
        engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", prepare)
    yield
    event.remove(engine, "connect", prepare)
    engine.dispose()


# Size and shape


def padded(fields: dict[str, list[str]], size: int) -> bytes:
    """Return the form as a body of exactly this size."""
    pairs = "&".join(f"{name}={value}" for name, values in fields.items() for value in values)
    return (pairs + "&padding=").ljust(size, "x").encode()


def post(phone, collector, body: bytes, kind: str = "application/x-www-form-urlencoded", **headers):
    return phone.client.post(f"/q/{collector.code}", data=body, content_type=kind, headers=headers)


def test_size_of_a_form_is_bounded_when_sent(phone, collector, count_stored):
    fields = {"submission_key": ["x" * 22], "benefit": ["none"]}
    for size in (LIMIT + 1, KEPT_SHARE * LIMIT, KEPT_SHARE * LIMIT + 1):
        answer = post(phone, collector, padded(fields, size))
        assert answer.status_code == 413
        assert (b'value="none" checked' in answer.data) is (size <= KEPT_SHARE * LIMIT)
    assert count_stored() == 0
    assert post(phone, collector, padded(fields, LIMIT)).status_code == 303


def test_form_is_not_read_when_it_is_huge(phone, collector):
    class Body(io.BytesIO):
        def read(self, *_size: int) -> bytes:
            raise AssertionError("read")

    huge = {"CONTENT_LENGTH": "10000000", "wsgi.input": Body()}
    kind = "application/x-www-form-urlencoded"
    answer = phone.client.post(f"/q/{collector.code}", content_type=kind, environ_overrides=huge)
    assert answer.status_code == 413


def test_number_of_fields_is_bounded_when_urlencoded(phone, collector):
    for count, status in ((MOST_FIELDS, 303), (MOST_FIELDS + 1, 400), (10_000, 400)):
        body = b"submission_key=" + b"x" * 22 + b"&benefit=none" + b"&a=" * (count - 2)
        assert post(phone, collector, body).status_code == status


def test_number_of_parts_is_bounded_when_multipart(phone, collector):
    part = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    body = part * (MOST_FIELDS + 1) + b"--b--\r\n"
    assert post(phone, collector, body, "multipart/form-data; boundary=b").status_code == 413


def test_type_is_refused_when_it_is_no_form(phone, collector):
    form = "application/x-www-form-urlencoded"
    for kind, headers in (("application/json", {}), ("text/plain", {}), (form, {"Content-Encoding": "gzip"})):
        assert post(phone, collector, b'{"a": [[[[]]]]}', kind, **headers).status_code == 415


def test_page_comes_back_when_bytes_are_broken(phone, collector):
    bodies = (b"\xff\xfe=\x80&remarks=%ff%00%ed%a0%80", b"&&==&%", b"a" * 5_000, b"remarks=%00%0b\xe2\x80\xae", b"")
    for body in bodies:
        assert post(phone, collector, body).status_code == 400


# Trouble


@pytest.mark.usefixtures("only_sqlite")
def test_answers_come_back_with_the_same_key_when_the_database_is_locked(phone, app, session, collector, count_stored):
    page = phone.open(f"/q/{collector.code}?lang=en")
    with pragma(app, "PRAGMA busy_timeout=50"):
        blocker = db.engine.raw_connection()
        blocker.driver_connection.execute("BEGIN IMMEDIATE")
        refused = phone.send(collector.code, page.fields | ANSWERS)
        blocker.driver_connection.execute("ROLLBACK")
        blocker.close()
        assert refused.status == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert sorted_answers(refused) == ANSWERS
        assert refused.fields["submission_key"] == page.fields["submission_key"]
        assert refused.words("title").startswith("Error: ")
        assert phone.send(collector.code, refused.fields).status == 303
    assert count_stored() == 1


@pytest.mark.usefixtures("only_sqlite")
def test_nobody_is_thanked_when_the_disk_is_full(phone, app, session, collector, count_stored):
    page = phone.open(f"/q/{collector.code}")
    with app.app_context():
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
    session.rollback()
    long = ANSWERS | {"remarks": ["ö" * 500], "missing_offer": ["ü" * 300]}
    with pragma(app, f"PRAGMA max_page_count={pages + 4}"):
        answers = [
            phone.send(collector.code, page.fields | long | {"submission_key": f"{number:022}"}) for number in range(16)
        ]
    statuses = [answer.status for answer in answers]
    assert set(statuses) == {303, 503}
    assert count_stored() == statuses.count(303)
    assert all(sorted_answers(answer) == long for answer in answers if answer.status == 503)
    assert phone.send(collector.code, answers[-1].fields).status == 303


@pytest.mark.parametrize("error", [OperationalError("SELECT 1", {}, Exception("gone")), NoConnectionFree()])
def test_form_comes_back_from_memory_when_the_database_is_away(phone, app, collector, monkeypatch, error):
    def fail(*_arguments):
        raise error

    page = phone.open(f"/q/{collector.code}?lang=tr")
    monkeypatch.setattr(visits, "enter", fail)
    monkeypatch.setattr("survey_app.participants.kept.FRESH_SECONDS", 0.0)
    refused = phone.send(collector.code, page.fields | ANSWERS)
    assert refused.status == 503
    assert refused.root.get("lang") == "tr"
    assert sorted_answers(refused) == ANSWERS
    assert phone.open(f"/q/{collector.code}?lang=tr").status == 503


def test_answers_wait_in_the_page_when_even_the_survey_is_not_known(phone, app, collector, monkeypatch):
    def fail(*_arguments):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    with monkeypatch.context() as broken:
        broken.setattr(visits, "enter", fail)
        fields = ANSWERS | {"submission_key": ["x" * 22], "lang": ["ar"]}
        refused = phone.send(collector.code, fields)
    assert refused.status == 503
    assert refused.root.get("lang") == "ar"
    assert refused.fields == fields
    assert refused.one("form").get("action") == f"/q/{collector.code}"
    assert phone.send(collector.code, refused.fields).status == 303


def test_answers_wait_in_the_page_when_something_is_broken(app, collector, monkeypatch):
    def fail(*_arguments, **_values):
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(routes, "submit_response", fail)
    app.test_client_class = None
    answer = app.test_client().post(f"/q/{collector.code}", data=ANSWERS | {"submission_key": "x" * 22})
    assert answer.status_code == 500
    assert "سلام".encode() in answer.data
    assert b"a mistake of ours" not in answer.data


def test_refusal_forgets_the_survey_when_it_was_closed_meanwhile(phone, app, session, collector):
    page = phone.open(f"/q/{collector.code}")
    change(session, collector, state=CollectorState.SEALED)
    phone.send(collector.code, page.fields | ANSWERS)
    with app.app_context():
        assert memory().last_entry(collector.code) is None


def test_policy_and_language_are_set_when_anything_is_refused(phone, session, network, collector):
    closed = make_collector(session, network, version_id=collector.version_id)
    change(session, closed, state=CollectorState.SEALED)
    for page in (phone.open("/q/zz"), phone.open(f"/q/{closed.code}"), phone.send(collector.code, {})):
        assert page.status in (400, 404, 410)
        assert "style-src 'self' 'sha256-" in page.headers["Content-Security-Policy"]
        assert page.headers["Content-Language"] == page.root.get("lang")
        assert page.headers["Cache-Control"] == "no-store"


def test_network_stands_on_the_page_when_its_survey_is_closed(phone, session, network, collector, without_memory):
    change(session, collector, state=CollectorState.SEALED)
    page = phone.open(f"/q/{collector.code}")
    assert page.words("p[@class='network']") == replace(network).name
