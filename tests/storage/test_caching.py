"""Values kept per database."""

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from survey_app.storage import caching


def test_value_is_loaded_once_per_database_when_remembered(app: Flask, session: Session) -> None:
    loaded: list[int] = []

    def load() -> int:
        loaded.append(1)
        return len(loaded)

    assert [caching.remember(session, "key", load) for _ in range(3)] == [1, 1, 1]
    with Session(create_engine("sqlite://")) as elsewhere:
        assert caching.remember(elsewhere, "key", load) == 2
    assert caching.remember(session, "other", load) == 3


def test_cache_stays_small_when_many_values_come(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "_LARGEST", 3)
    for number in range(20):
        assert caching.remember(session, number, lambda number=number: number) == number
        assert len(caching._kept[session.get_bind().engine]) <= 3


def test_nothing_is_kept_when_loading_fails(session: Session) -> None:
    def fail() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        caching.remember(session, "key", fail)
    assert caching.remember(session, "key", lambda: 5) == 5
