"""Migrations: head equals the models, up and down and up again with data, one of two upgrades at once wins."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from databases import KINDS, POSTGRES, SECRET, require_postgresql
from flask import Flask
from populating import fill_every_table
from psycopg import sql
from sqlalchemy import Engine, Row, inspect, select, text

from survey_app import create_app
from survey_app.config import Settings
from survey_app.extensions import db

ROOT = Path(__file__).parents[1]
BASE, HEAD = "base", "head"
REVISIONS = [revision.revision for revision in ScriptDirectory(str(ROOT / "migrations")).walk_revisions(BASE, HEAD)][
    ::-1
]
"""All revisions, oldest first."""

EVERYTHING = frozenset({"every table"})
LOSSES: dict[str, frozenset[str]] = {
    "0001": EVERYTHING,
    "0002": frozenset(
        {
            "questionnaire_step",
            "translator_link",
            "questionnaire_version.wording_states",
            "questionnaire_version.published_by",
            "questionnaire_version.override_reason",
        }
    ),
    "0003": frozenset({"network_logo", "network.colour"}),
}
"""Tables that lose rows, and columns that lose values, when a revision is taken back; going up never loses any."""


@contextmanager
def empty_postgresql() -> Iterator[str]:
    require_postgresql()
    name = f"resonanz_migration_{os.getpid()}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield POSTGRES.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg://", 1) + f"/{name}"
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(params=[pytest.param(kind, marks=[pytest.mark.postgresql] * (kind != "sqlite")) for kind in KINDS])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing is, not even a schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'survey.db'}"
    else:
        with empty_postgresql() as url:
            yield url


@pytest.fixture
def empty_app(empty_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(secret_key=SECRET, database_url=empty_url), instance_path=str(tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def move(target: str) -> None:
    """Upgrade or downgrade to a revision; our own connection steps aside."""
    db.session.remove()
    if target == BASE or (target in REVISIONS and REVISIONS.index(target) < len(_applied())):
        flask_migrate.downgrade(revision=target)
    else:
        flask_migrate.upgrade(revision=target)


def _applied() -> list[str]:
    """Return the revisions that the database has, oldest first."""
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return [] if current is None else REVISIONS[: REVISIONS.index(current) + 1]


def schema(engine: Engine) -> dict[str, Any]:
    """Return every table with columns, keys, indexes and checks, and every trigger, in comparable form."""
    with engine.connect() as connection:
        inspector = inspect(connection)
        tables = {
            name: {
                "columns": [
                    (column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(name)
                ],
                "primary key": inspector.get_pk_constraint(name)["constrained_columns"],
                "foreign keys": sorted(
                    str(key["constrained_columns"]) + key["referred_table"] for key in inspector.get_foreign_keys(name)
                ),
                "indexes": sorted((index["name"], str(index["column_names"])) for index in inspector.get_indexes(name)),
                "checks": sorted(str(check["name"]) for check in inspector.get_check_constraints(name)),
                "unique": sorted(str(unique["column_names"]) for unique in inspector.get_unique_constraints(name)),
            }
            for name in inspector.get_table_names()
            if name != "alembic_version"
        }
        return tables | {"triggers": triggers(connection)}


def triggers(connection: Any) -> list[str]:
    source = "sqlite_master WHERE type = 'trigger'"
    if connection.dialect.name == "postgresql":
        source = "pg_trigger WHERE NOT tgisinternal"
    column = "name" if connection.dialect.name == "sqlite" else "tgname"
    return sorted(connection.execute(text(f"SELECT {column} FROM {source}")).scalars())  # noqa: S608


def contents(engine: Engine, lost: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Return every row of every table as text, but for lost tables and columns."""
    with engine.connect() as connection:
        return {
            table.name: sorted(_write_row(table.name, row, lost) for row in connection.execute(select(table)))
            for table in db.metadata.sorted_tables
            if table.name not in lost
        }


def _write_row(table: str, row: Row[Any], lost: frozenset[str]) -> str:
    return repr(tuple(value for name, value in row._mapping.items() if f"{table}.{name}" not in lost))


def dangling(engine: Engine) -> list[Any]:
    if engine.dialect.name != "sqlite":
        return []  # PostgreSQL cannot hold rows without their parents
    with engine.connect() as connection:
        return list(connection.exec_driver_sql("PRAGMA foreign_key_check"))


def test_there_is_one_line_of_revisions_when_read() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    assert len(script.get_heads()) == len(script.get_bases()) == 1
    assert len(REVISIONS) == len(list((ROOT / "migrations" / "versions").glob("*.py")))
    assert set(LOSSES) <= set(REVISIONS)


@pytest.mark.usefixtures("empty_app")
def test_head_equals_the_models_when_upgraded_from_nothing() -> None:
    move(HEAD)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
    assert dangling(db.engine) == []


@pytest.mark.usefixtures("empty_app")
def test_answer_tables_have_no_hidden_rowid_when_migrated_on_sqlite() -> None:
    move(HEAD)
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no rowid")
    with db.engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA table_list").mappings()
        without = {row["name"] for row in found if row["wr"]}
    assert without == {"response", "text_answer", "language_tick", "receipt", "ticket"}


@pytest.mark.usefixtures("empty_app")
def test_schema_is_the_same_when_taken_down_and_up_again() -> None:
    move(HEAD)
    before = schema(db.engine)
    assert len(before["triggers"]) == 10
    move(BASE)
    assert schema(db.engine) == {"triggers": []}
    move(HEAD)
    assert schema(db.engine) == before


@pytest.mark.usefixtures("empty_app")
@pytest.mark.parametrize("revision", REVISIONS)
def test_data_stays_when_a_revision_is_taken_back_and_applied_again(revision: str) -> None:
    """From a full database of the newest schema down below the revision, and up to the newest again."""
    move(HEAD)
    fill_every_table(db.session())
    taken_back = REVISIONS[REVISIONS.index(revision) :]
    lost = (
        EVERYTHING
        if revision == REVISIONS[0]
        else frozenset().union(*(LOSSES.get(one, frozenset()) for one in taken_back))
    )
    everything = contents(db.engine)
    assert all(everything.values()), [name for name, rows in everything.items() if not rows]
    before, tables = contents(db.engine, lost), schema(db.engine)
    position = REVISIONS.index(revision)
    move(REVISIONS[position - 1] if position else BASE)
    assert dangling(db.engine) == []
    move(HEAD)
    if lost != EVERYTHING:
        assert contents(db.engine, lost) == before
    assert schema(db.engine) == tables
    assert dangling(db.engine) == []
    if lost == EVERYTHING:
        fill_every_table(db.session())
        assert {name: len(rows) for name, rows in contents(db.engine).items()} == {
            name: len(rows) for name, rows in before.items()
        }


@pytest.mark.usefixtures("empty_app")
def test_nothing_changes_when_the_newest_schema_is_upgraded_again() -> None:
    move(HEAD)
    fill_every_table(db.session())
    before = contents(db.engine)
    move(HEAD)
    assert contents(db.engine) == before


@pytest.mark.usefixtures("empty_app")
def test_migration_is_refused_when_it_would_leave_rows_without_their_parents(caplog: pytest.LogCaptureFixture) -> None:
    move(HEAD)
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL checks each statement itself")
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("INSERT INTO receipt (submission_hash, collector_id) VALUES ('x', 'absent')")
        raw.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(SystemExit):
        move(HEAD)
    assert "without their parents" in caplog.text


@pytest.mark.usefixtures("empty_app")
def test_durability_is_back_when_a_migration_is_over() -> None:
    move(HEAD)
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


_UPGRADE = """
import json, sys
import flask_migrate
from survey_app import create_app
from survey_app.config import Settings
app = create_app(Settings(**json.loads(sys.argv[1])), instance_path=sys.argv[2])
with app.app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    flask_migrate.upgrade()
"""


def test_one_upgrade_wins_when_two_run_at_once(empty_app: Flask, empty_url: str, tmp_path: Path) -> None:
    arguments = [json.dumps({"secret_key": SECRET, "database_url": empty_url}), str(tmp_path)]
    command = [sys.executable, "-W", "error", "-c", _UPGRADE, *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    processes = [subprocess.Popen(command, cwd=ROOT, text=True, **pipes) for _ in range(2)]
    assert [process.stdout.readline() for process in processes if process.stdout] == ["ready\n"] * 2
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    errors = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], errors
    assert _applied() == REVISIONS
    fill_every_table(db.session())
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
