"""Values that never change once written, kept per database so that the hot path parses them once."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

Value = TypeVar("Value")
_LARGEST = 256
_kept: WeakKeyDictionary[Engine, dict[Hashable, Any]] = WeakKeyDictionary()


def remember(session: Session, key: Hashable, load: Callable[[], Value]) -> Value:
    """Return the value kept for this key and database, or load and keep it.

    Only for immutable rows. Losing the cache costs a query, nothing else.
    """
    values = _kept.setdefault(session.get_bind().engine, {})
    if key not in values:
        value = load()
        if len(values) >= _LARGEST:
            values.clear()
        values[key] = value
    found: Value = values[key]
    return found
