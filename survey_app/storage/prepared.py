"""Core statements rendered once per dialect: on the hot path, building and compiling costs more than running.

Only for statements whose values need no conversion by type (text, numbers, bytes) on their way in.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult
from sqlalchemy.sql.dml import Insert


class PreparedInsert:
    """An insert whose text is kept per dialect.

    Args:
        statement: with its columns named as the parameters of `run`.
        columns: the columns that every row gives.
    """

    def __init__(self, statement: Insert | Mapping[str, Insert], columns: Sequence[str]) -> None:
        self._statement = statement
        self._columns = tuple(columns)
        self._texts: dict[str, tuple[str, Sequence[str] | None]] = {}

    def run(self, connection: Connection, *rows: Mapping[str, Any]) -> CursorResult[Any]:
        """Insert the rows and return the cursor's result."""
        text, order = self._texts.get(connection.dialect.name) or self._render(connection)
        if order is None:
            values: Any = [dict(row) for row in rows] if len(rows) > 1 else dict(rows[0])
        else:
            positional = [tuple(row[name] for name in order) for row in rows]
            values = positional if len(rows) > 1 else positional[0]
        return connection.exec_driver_sql(text, values)

    def _render(self, connection: Connection) -> tuple[str, Sequence[str] | None]:
        dialect = connection.dialect
        statement = self._statement[dialect.name] if isinstance(self._statement, Mapping) else self._statement
        compiled = statement.compile(dialect=dialect, column_keys=list(self._columns))
        rendered = compiled.string, compiled.positiontup if compiled.positional else None
        self._texts[dialect.name] = rendered
        return rendered
