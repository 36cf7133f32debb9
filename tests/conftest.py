"""What all tests share: databases, the application, sessions, people who are signed in."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from compiled_templates import TEMPLATES
from databases import KINDS, SECRET, PostgresqlDatabase, SqliteDatabases, require_postgresql
from factories import make_account, make_collector, make_network
from flask import Flask
from hypothesis import HealthCheck, settings
from inspection import InspectingClient
from sqlalchemy.orm import Session

from survey_app import create_app
from survey_app.config import Settings
from survey_app.domain.collector import Collector
from survey_app.domain.membership import Role
from survey_app.domain.network import Network
from survey_app.extensions import db
from survey_app.storage.account_tables import AccountRow

# The same examples on every machine: a red test stays red until it is mended.
settings.register_profile(
    "house",
    derandomize=True,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.register_profile("quick", settings.get_profile("house"), max_examples=10)
settings.load_profile("house")


DEFAULT_KIND = os.environ.get("SURVEY_TEST_DATABASE", "sqlite")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests marked `both_databases` on each kind, all others on the kind the environment names."""
    if "database_kind" not in metafunc.fixturenames:
        return
    both = metafunc.definition.get_closest_marker("both_databases")
    kinds = KINDS if both else (DEFAULT_KIND,)
    marks = {"sqlite": (), "postgresql": (pytest.mark.postgresql,)}
    metafunc.parametrize("database_kind", [pytest.param(kind, marks=marks[kind]) for kind in kinds], scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of minutes, unless they were asked for."""
    if "soak" in config.option.markexpr:
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if not item.get_closest_marker("soak")]


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlDatabase]:
    require_postgresql()
    database = PostgresqlDatabase(tmp_path_factory.mktemp("postgresql"))
    yield database
    database.drop()


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    name = "sqlite_databases" if database_kind == "sqlite" else "postgresql_database"
    return request.getfixturevalue(name).fresh(tmp_path)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(secret_key=SECRET, database_url=database_url), instance_path=str(tmp_path))
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = InspectingClient
    app.jinja_env.bytecode_cache = TEMPLATES
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.remove()


@pytest.fixture
def network(session: Session) -> Network:
    return make_network(session)


@pytest.fixture
def collector(session: Session, network: Network) -> Collector:
    return make_collector(session, network)


@pytest.fixture
def client(app: Flask) -> InspectingClient:
    """Somebody with a browser who is not signed in."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask, session: Session) -> Callable[..., InspectingClient]:
    """Return a function that gives a client signed in with a role in a network."""

    def make(network: Network | None, role: Role = Role.COORDINATOR) -> InspectingClient:
        account = session.get_one(AccountRow, make_account(session, network, role))
        client = app.test_client()
        with client.session_transaction() as browser:
            browser["_user_id"] = account.fs_uniquifier
            browser["_fresh"] = True
        session.rollback()
        return client

    return make
