"""How Alembic runs our migrations: in one transaction, one at a time, with children kept on SQLite."""

from alembic import context
from sqlalchemy import Connection

from survey_app.extensions import db

_UPGRADE_LOCK = 7_305_411


def run() -> None:
    """Run the wanted migrations on the application's database."""
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        _switch_foreign_keys(connection, on=not is_sqlite)
        try:
            connection = connection.execution_options(begin_immediate=True)
            _migrate(connection, is_sqlite=is_sqlite)
        finally:
            _switch_foreign_keys(connection, on=True)


def _switch_foreign_keys(connection: Connection, *, on: bool) -> None:
    """Batch migrations copy tables; with foreign keys on, SQLite would delete the children of the old one."""
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _migrate(connection: Connection, *, is_sqlite: bool) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
        compare_server_default=False,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        if not is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})")
        context.run_migrations()
        if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise RuntimeError("the migration would leave rows without their parents; nothing was changed")


run()
