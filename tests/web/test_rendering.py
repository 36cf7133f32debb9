"""Turns at rendering: two at once, one waits, the rest is told when to come back."""

from threading import Event, Thread

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from survey_app.web import rendering
from survey_app.web.rendering import AT_ONCE, rendering_turn


class Crowd:
    """Threads that each hold a turn until they are told to let go."""

    def __init__(self) -> None:
        self.go = Event()
        self.threads: list[Thread] = []

    def hold_turn(self) -> None:
        began = Event()

        def hold() -> None:
            with rendering_turn():
                began.set()
                self.go.wait(10)

        thread = Thread(target=hold)
        thread.start()
        self.threads.append(thread)
        assert began.wait(5)

    def leave(self) -> None:
        self.go.set()
        for thread in self.threads:
            thread.join()


@pytest.fixture
def crowd():
    crowd = Crowd()
    yield crowd
    crowd.leave()


@pytest.fixture
def slow(app: Flask) -> FlaskClient:
    @app.get("/slow")
    def render() -> Response:
        with rendering_turn():
            return Response("done", mimetype="text/plain")

    return app.test_client()


def test_request_is_told_when_to_come_back_when_all_places_are_taken(
    crowd: Crowd, slow: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "PATIENCE_SECONDS", 0.05)
    assert slow.get("/slow").text == "done"
    for _place in range(AT_ONCE):
        crowd.hold_turn()
    answer = slow.get("/slow", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "5")
    assert "<h1>Busy at the moment</h1>" in answer.text
    crowd.leave()
    assert slow.get("/slow").text == "done"


def test_request_waits_for_its_turn_when_one_is_soon_free(crowd: Crowd, slow: FlaskClient) -> None:
    for _place in range(AT_ONCE):
        crowd.hold_turn()
    answers: list[str] = []
    waiting = Thread(target=lambda: answers.append(slow.get("/slow").text))
    waiting.start()
    crowd.leave()
    waiting.join()
    assert answers == ["done"]


def test_only_one_request_waits(crowd: Crowd, slow: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "PATIENCE_SECONDS", 5)
    for _place in range(AT_ONCE):
        crowd.hold_turn()
    assert rendering._queue.acquire(blocking=False)
    try:
        assert slow.get("/slow").status_code == 429
    finally:
        rendering._queue.release()


def test_place_is_free_again_after_a_failure() -> None:
    for _time in range(AT_ONCE + 1):
        with pytest.raises(ValueError, match="broken"), rendering_turn():
            raise ValueError("broken")
    with rendering_turn():
        pass
