"""Statements rendered once per dialect and handed to the driver: on the hot path, building costs more than running.

Only for statements whose values and rows need no conversion by type (text, numbers, bytes).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import Insert

Row = tuple[Any, ...]


def execute_plainly(connection: Connection, text: str, *rows: Any) -> Row | None:
    """Run a statement through the driver, once per row of values, and return the first row it gives back, if any.

    Raises:
        sqlalchemy.exc.DBAPIError: as SQLAlchemy itself would for the driver's error.
    """
    kind = connection.dialect.loaded_dbapi.Error
    cursor = connection.connection.cursor()
    try:
        if len(rows) == 1:
            cursor.execute(text, rows[0])
        else:
            cursor.executemany(text, rows)
        found: Row | None = cursor.fetchone() if cursor.description else None
    except kind as error:
        raise DBAPIError.instance(text, None, error, kind, dialect=connection.dialect) from error
    finally:
        cursor.close()
    return found


class PreparedInsert:
    """An insert whose text is kept per dialect.

    Args:
        statement: with its columns named as the keys of the rows; one, or one per dialect.
        columns: the columns that every row gives.
    """

    def __init__(self, statement: Insert | Mapping[str, Insert], columns: Sequence[str]) -> None:
        self._statement = statement
        self._columns = tuple(columns)
        self._texts: dict[str, tuple[str, Sequence[str] | None]] = {}

    def run(self, connection: Connection, *rows: Mapping[str, Any]) -> Row | None:
        """Insert the rows and return the first row that the statement gives back, if any."""
        text, order = self._texts.get(connection.dialect.name) or self._render(connection)
        if order is None:
            return execute_plainly(connection, text, *rows)
        return execute_plainly(connection, text, *([row[name] for name in order] for row in rows))

    def _render(self, connection: Connection) -> tuple[str, Sequence[str] | None]:
        dialect = connection.dialect
        statement = self._statement[dialect.name] if isinstance(self._statement, Mapping) else self._statement
        compiled = statement.compile(dialect=dialect, column_keys=list(self._columns))
        rendered = compiled.string, compiled.positiontup if compiled.positional else None
        self._texts[dialect.name] = rendered
        return rendered
