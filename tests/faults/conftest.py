"""What fault tests share: an installation with one open survey behind a real server."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from databases import SECRET
from factories import make_collector, make_network
from flask import Flask
from sqlalchemy import func, select

from faults.server import Server
from survey_app.domain.collector import Collector
from survey_app.extensions import db
from survey_app.storage.answer_tables import language_tick, receipt, response, text_answer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder: it kills, cuts or fills something on purpose."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.fault)


@pytest.fixture
def survey(app: Flask) -> Collector:
    with app.app_context():
        collector = make_collector(db.session(), make_network(db.session()), expected_count=2_000)
        db.session.remove()
        db.engine.dispose()
    return collector


@pytest.fixture
def server(survey: Collector, database_url: str, tmp_path: Path) -> Iterator[Server]:
    environment = {
        "SURVEY_DATABASE_URL": database_url,
        "SURVEY_SECRET_KEY": SECRET,
        "SURVEY_INSTANCE_PATH": str(tmp_path),
    }
    server = Server(environment, tmp_path / "server.log").start()
    yield server
    if server.is_running():
        server.stop()


@pytest.fixture
def stored_marks(app: Flask) -> Callable[[], Counter[str]]:
    """Return a function that counts how often each phone's words are stored, and checks that all tables agree."""

    def count() -> Counter[str]:
        with app.app_context():
            marks = Counter(db.session.scalars(select(text_answer.c.text)))
            tables = (response, language_tick, receipt)
            rows = [db.session.scalar(select(func.count()).select_from(table)) for table in tables]
            if db.engine.dialect.name == "sqlite":
                assert db.session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
                assert db.session.connection().exec_driver_sql("PRAGMA foreign_key_check").all() == []
            db.session.remove()
            db.engine.dispose()
        assert rows == [marks.total()] * 3
        return marks

    return count
