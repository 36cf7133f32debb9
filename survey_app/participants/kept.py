"""What this door keeps per application: surveys seen in the last second, finished pages, the receipt key.

All of it can be lost at any time: losing it costs a query or a rendering, nothing else.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar, cast

from flask import Flask, current_app

from survey_app.participants.packing import Packing
from survey_app.participants.splicing import FinishedPage, SplicedPage
from survey_app.services.collecting import Entry
from survey_app.web.keys import receipt_key_of

FRESH_SECONDS = 1.0
"""How long a survey may be shown without asking the database again: a crowd arrives within seconds."""

_NAME = "participants"
_MOST_ENTRIES = 256
_MOST_PAGES = 160
_MOST_PASSAGES = 512

Value = TypeVar("Value")


class LeastRecent(Generic[Value]):
    """A bounded cache that forgets what was used longest ago; safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable) -> Value | None:
        """Return what is kept under the key, or None."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: Hashable, value: Value) -> Value:
        """Keep a value, forget the oldest if there are too many, and return the value."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            if len(self._values) > self._size:
                self._values.popitem(last=False)
        return value

    def forget(self, key: Hashable) -> None:
        """Drop what is kept under the key, if anything is."""
        with self._lock:
            self._values.pop(key, None)


@dataclass(frozen=True, slots=True)
class Passage:
    """How a page was shown, so that it can be shown in the same way again.

    Attributes:
        entry: the survey as it was then; another reading of it ends the passage.
        place: key of the page in `Kept.pages`, without the order of its choices.
        headers: of the answer, but for its length.
    """

    entry: Entry
    place: tuple[Hashable, ...]
    is_shuffled: bool
    packing: Packing
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """The memory of this door for one application."""

    receipt_key: bytes
    entries: LeastRecent[tuple[float, Entry]] = field(default_factory=lambda: LeastRecent(_MOST_ENTRIES))
    pages: LeastRecent[SplicedPage | FinishedPage] = field(default_factory=lambda: LeastRecent(_MOST_PAGES))
    passages: LeastRecent[Passage] = field(default_factory=lambda: LeastRecent(_MOST_PASSAGES))
    acknowledgements: LeastRecent[tuple[tuple[str, str], ...]] = field(
        default_factory=lambda: LeastRecent(_MOST_PASSAGES)
    )

    def recent_entry(
        self, code: str, load: Callable[[], Entry], *, clock: Callable[[], float] = time.monotonic
    ) -> Entry:
        """Return the survey behind a code, read from the database at most `FRESH_SECONDS` ago."""
        entry = self.fresh_entry(code, clock=clock)
        if entry is None:
            begun = clock()
            entry = load()
            self.entries.keep(code, (begun, entry))
        return entry

    def fresh_entry(self, code: str, *, clock: Callable[[], float] = time.monotonic) -> Entry | None:
        """Return the survey behind a code if it was read from the database at most `FRESH_SECONDS` ago."""
        found = self.entries.find(code)
        return found[1] if found is not None and clock() - found[0] < FRESH_SECONDS else None

    def last_entry(self, code: str) -> Entry | None:
        """Return the survey as it was last seen, however long ago: for pages while the database is away."""
        found = self.entries.find(code)
        return found[1] if found else None


def prepare_memory(app: Flask) -> Kept:
    """Give the application an empty memory, and return it."""
    kept = app.extensions[_NAME] = Kept(receipt_key_of(app))
    return kept


def memory() -> Kept:
    """Return the memory of the current application."""
    return cast("Kept", current_app.extensions[_NAME])
