"""The express lane for answers stores exactly what the usual way would, thanks alike, and leaves the rest to it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError
from werkzeug.test import Client, TestResponse

from survey_app.domain.collector import Collector
from survey_app.participants import express_sending, kept, routes
from survey_app.services import housekeeping
from survey_app.services.collecting import new_submission_key

FORM = {"lang": "tr", "impulses": "yes", "topics_wanted": ["clubs", "parents"], "remarks": "سلام 🎉"}
STORED = {"impulses": "yes", "topics_wanted": ["clubs", "parents"]}


@pytest.fixture
def counted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a note for each request that Flask itself had to answer."""
    seen: list[str] = []
    original = app.full_dispatch_request
    monkeypatch.setattr(app, "full_dispatch_request", lambda: seen.append("asked") or original())
    monkeypatch.setattr(kept, "FRESH_SECONDS", 60)
    return seen


def send(app: Flask, collector: Collector, form: dict[str, object] | bytes = FORM, **headers: str) -> TestResponse:
    if isinstance(form, dict):
        form = urlencode({"submission_key": new_submission_key()} | form, doseq=True).encode()
    kind = headers.pop("Content-Type", "application/x-www-form-urlencoded")
    return Client(app).post(f"/q/{collector.code}?lang=de&sent=1", data=form, content_type=kind, headers=headers)


def test_second_form_meets_no_framework_and_is_thanked_alike(app, collector, counted, stored):
    first, second = (send(app, collector) for _ in range(2))
    assert counted == ["asked"]
    assert (second.status, second.data, dict(second.headers)) == (first.status, first.data, dict(first.headers))
    assert second.headers["Location"] == f"/q/{collector.code}/thanks?lang=tr"
    assert stored() == [STORED] * 2


def test_repeat_is_thanked_and_stores_nothing(app, collector, counted, stored):
    send(app, collector)
    counted.clear()
    form = FORM | {"submission_key": new_submission_key()}
    assert [send(app, collector, form).status_code for _ in range(3)] == [303] * 3
    assert counted == ["asked"] * 2
    assert stored() == [STORED] * 2


@pytest.mark.parametrize(
    "case",
    [
        (FORM | {"switch_language": "ar"}, {}, 200),
        (FORM | {"submission_key": "short"}, {}, 400),
        (FORM | {"impulses": "nonsense"}, {}, 400),
        ({"lang": "tr"}, {}, 400),
        (FORM, {"Sec-Fetch-Site": "cross-site"}, 403),
        (FORM, {"Content-Encoding": "gzip"}, 415),
        (FORM, {"Content-Type": "text/plain"}, 415),
        (FORM | {"remarks": "x" * 66_000}, {}, 413),
        (b"lang=tr&" + b"a=&" * 1_100, {}, 400),
        (FORM | {"lang": "xx"}, {}, 303),
    ],
)
def test_unusual_form_is_left_to_the_framework(app, collector, counted, stored, case):
    form, headers, status = case
    send(app, collector)
    counted.clear()
    assert send(app, collector, form, **headers).status_code == status
    assert counted == ["asked"]
    assert len(stored()) == 1 + (status == 303)


def test_closing_is_respected(app, session, collector, counted, stored):
    send(app, collector)
    whose = {"network_id": collector.network_id}
    housekeeping.close_collector(session, collector.code, now=datetime.now(UTC), **whose)
    assert send(app, collector).status_code == 303  # the grace for open pages
    housekeeping.seal_collector(session, collector.code, now=datetime.now(UTC) + timedelta(hours=1), **whose)
    before = len(stored())
    assert send(app, collector).status_code == 410
    assert len(stored()) == before
    assert counted == ["asked"] * 3


@pytest.mark.usefixtures("counted")
def test_time_of_closing_is_asked_each_time(app, collector, stored, monkeypatch):
    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=9)

    send(app, collector)
    monkeypatch.setattr(express_sending, "datetime", Later)
    monkeypatch.setattr(routes, "datetime", Later)
    assert send(app, collector).status_code == 410
    assert len(stored()) == 1


def test_trouble_is_answered_without_trying_again(app, collector, counted, stored, monkeypatch):
    def fail(*_arguments, **_values):
        raise OperationalError("BEGIN IMMEDIATE", None, Exception("database is locked"))

    def never(*_arguments, **_values):
        raise AssertionError("waited a second time")

    send(app, collector)
    with monkeypatch.context() as broken:
        broken.setattr(express_sending, "submit_at_once", fail)
        broken.setattr(routes, "submit_response", never)
        refused = send(app, collector)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert "سلام 🎉".encode() in refused.data
    assert len(stored()) == 1


def test_answers_are_stored_the_usual_way_when_the_lane_is_blocked(app, collector, counted, stored, monkeypatch):
    def fail(*_arguments, **_values):
        raise ProgrammingError("submission", None, Exception("a mistake of ours"))

    send(app, collector)
    monkeypatch.setattr(express_sending, "submit_at_once", fail)
    assert send(app, collector).status_code == 303
    assert counted == ["asked"] * 2
    assert len(stored()) == 2


def test_thanks_of_another_mount_are_not_used(app, collector, counted: list[str], stored: Callable[[], list]):
    send(app, collector)
    body = urlencode({"submission_key": new_submission_key()} | FORM, doseq=True).encode()
    below = Client(app).post(
        f"/q/{collector.code}",
        data=body,
        content_type="application/x-www-form-urlencoded",
        base_url="http://localhost/umfrage",
    )
    assert below.headers["Location"].startswith("/umfrage/q/")
    assert counted == ["asked"] * 2
    assert len(stored()) == 2
