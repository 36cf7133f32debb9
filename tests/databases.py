"""Real databases for tests: a migrated SQLite file copied per test, a migrated PostgreSQL database emptied per test."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import flask_migrate
import psycopg
import pytest
from psycopg import sql

from survey_app import create_app
from survey_app.config import Settings

SECRET = "a-test-secret-nobody-uses-elsewhere-0123456789"
POSTGRES = os.environ.get("SURVEY_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
KINDS = ("sqlite", "postgresql")


def missing_postgresql() -> str | None:
    """Return why PostgreSQL cannot be used here, or None."""
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return f"no PostgreSQL server answers ({str(error).splitlines()[0]})"
    return None


def migrate(url: str, instance: Path) -> None:
    """Bring a database to the newest schema."""
    app = create_app(Settings(secret_key=SECRET, database_url=url), instance_path=str(instance))
    with app.app_context():
        flask_migrate.upgrade()
        app.extensions["sqlalchemy"].engine.dispose()


class SqliteDatabases:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"
        migrate(f"sqlite:///{self.template}", folder)
        with closing(sqlite3.connect(self.template)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def fresh(self, folder: Path) -> str:
        """Return the address of an empty migrated database in the folder."""
        shutil.copy(self.template, folder / "survey.db")
        return f"sqlite:///{folder / 'survey.db'}"


class PostgresqlDatabase:
    """One migrated database for this process, emptied for each test."""

    def __init__(self, folder: Path) -> None:
        self.name = f"resonanz_test_{os.getpid()}"
        self._administer("CREATE DATABASE {}")
        plain = POSTGRES.rsplit("/", 1)[0] + f"/{self.name}"
        self.address = plain
        self.url = plain.replace("postgresql://", "postgresql+psycopg://", 1)
        migrate(self.url, folder)
        with psycopg.connect(self.address) as connection:
            self.version = connection.execute("SELECT version_num FROM alembic_version").fetchone()

    def _administer(self, statement: str) -> None:
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self.name)))

    def fresh(self, _folder: Path) -> str:
        """Return the address of the database after emptying every table but Alembic's."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            rows = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            )
            tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in rows)
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(tables))
            connection.execute("UPDATE alembic_version SET version_num = %s", self.version)
        return self.url

    def drop(self) -> None:
        """Remove the database."""
        self._administer("DROP DATABASE {} WITH (FORCE)")


def require_postgresql() -> None:
    """Skip with a printed reason, or fail where it is promised to be there (CI)."""
    reason = missing_postgresql()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
