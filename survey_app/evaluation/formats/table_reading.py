"""Reading tables of a goal or facts file key by key, noting everything that is wrong instead of stopping at it."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from survey_app.evaluation.formats.format_errors import FormatProblem

Value = TypeVar("Value")
Member = TypeVar("Member", bound=StrEnum)

# A date outside these years is a slip of the keyboard, and a range of years is walked year by year.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# Control characters, lone surrogates and noncharacters cannot be written to every file and page made of a report.
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_UNWRITABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{_NONCHARACTERS}]")
# More persons than a country has are a slip too, and floats would not carry them through a formula.
_MOST_PERSONS = 10**9
_MOST_DIGITS = 18


class Refused(ValueError):
    """A value that cannot be read; `step` is the place inside the value, for example ``[2]``."""

    def __init__(self, message: str, step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.step = step


class TableReader:
    """One table with its path; keys that nobody asked for are problems when it is closed."""

    def __init__(self, table: object, path: str, problems: list[FormatProblem]) -> None:
        self.path = path
        self.problems = problems
        self._asked: set[str] = set()
        self._table: Mapping[str, object] = {}
        if isinstance(table, Mapping):
            self._table = table
        else:
            self.note("", "must be a table of keys and values")

    def note(self, key: str, message: str) -> None:
        """Note a problem at a key of this table."""
        path = ".".join(step for step in (self.path, key) if step) or "document"
        self.problems.append(FormatProblem(path, message))

    def find(self, key: str, read: Callable[[object], Value]) -> Value | None:
        """Return an optional value; None if it is absent, null or wrong."""
        self._asked.add(key)
        raw = self._table.get(key)
        if raw is None:
            return None
        try:
            return read(raw)
        except Refused as refused:
            self.note(f"{key}{refused.step}", refused.message)
            return None

    def take(self, key: str, read: Callable[[object], Value], *, otherwise: Value) -> Value:
        """Return a required value; a missing one is a problem, and `otherwise` lets the reading go on."""
        if self._table.get(key) is None:
            self._asked.add(key)
            self.note(key, "is missing" if key not in self._table else "must not be null")
            return otherwise
        found = self.find(key, read)
        return otherwise if found is None else found

    def choose(self, key: str, read: Callable[[object], Value], *, default: Value) -> Value:
        """Return an optional value or its default."""
        found = self.find(key, read)
        return default if found is None else found

    def find_tables(self, key: str) -> list["TableReader"] | None:
        """Return the tables of a list, None if it is absent or null."""
        entries = self.find(key, read_list)
        place = f"{self.path}.{key}" if self.path else key
        if entries is None:
            return None
        return [TableReader(entry, f"{place}[{index}]", self.problems) for index, entry in enumerate(entries)]

    def find_table(self, key: str) -> "TableReader | None":
        """Return a table inside this one, None if it is absent or null."""
        self._asked.add(key)
        entry = self._table.get(key)
        place = f"{self.path}.{key}" if self.path else key
        return None if entry is None else TableReader(entry, place, self.problems)

    def names(self) -> tuple[str, ...]:
        """Return the keys of a table whose keys are data; all of them count as asked for."""
        self._asked.update(self._table)
        return tuple(self._table)

    def close(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._table:
            if key not in self._asked:
                self.note(key, "unknown key")


def read_text(raw: object) -> str:
    """Return a text as it stands."""
    if not isinstance(raw, str):
        raise Refused("must be a text")
    if _UNWRITABLE.search(raw):
        raise Refused("holds a control character or half a character that no file can carry")
    return raw


def read_code(raw: object) -> str:
    """Return an id or code: a text of one line that is not empty."""
    code = read_text(raw)
    if not code.strip() or "\n" in code or "\r" in code:
        raise Refused("must be a text of one line that is not empty")
    return code


def read_flag(raw: object) -> bool:
    """Return true or false and nothing that merely looks like it."""
    if not isinstance(raw, bool):
        raise Refused("must be true or false")
    return raw


def read_count(raw: object) -> int:
    """Return a number of persons or things: whole and not negative."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise Refused("must be a whole number")
    if not 0 <= raw <= _MOST_PERSONS:
        raise Refused(f"must lie between 0 and {_MOST_PERSONS}")
    return raw


def read_positive(raw: object) -> int:
    """Return a whole number of at least 1."""
    number = read_count(raw)
    if number == 0:
        raise Refused("must be at least 1")
    return number


def read_number(raw: object) -> Fraction:
    """Return a number exactly as its decimals say."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise Refused("must be a number")
    decimal = Decimal(raw)
    if (
        not decimal.is_finite()
        or len(decimal.as_tuple().digits) > _MOST_DIGITS
        or abs(decimal.adjusted()) > _MOST_DIGITS
    ):
        raise Refused(f"must be a finite number of at most {_MOST_DIGITS} digits")
    return Fraction(decimal)


def read_share(raw: object) -> Fraction:
    """Return a share in 0…1."""
    share = read_number(raw)
    if not 0 <= share <= 1:
        raise Refused("must lie between 0 and 1")
    return share


def read_date(raw: object) -> date:
    """Return a date: a TOML date, or a text "YYYY-MM-DD"."""
    if isinstance(raw, str) and _DATE.fullmatch(raw):
        try:
            raw = date.fromisoformat(raw)
        except ValueError:
            raise Refused(f"{raw} is no date of the calendar") from None
    if type(raw) is not date:  # a date with a time is not a date
        raise Refused("must be a date, year-month-day")
    if not _FIRST_YEAR <= raw.year <= _LAST_YEAR:
        raise Refused(f"the year must lie between {_FIRST_YEAR} and {_LAST_YEAR}")
    return raw


def read_list(raw: object) -> list[object]:
    """Return a list of anything."""
    if not isinstance(raw, list):
        raise Refused("must be a list")
    return raw


def read_list_of(read: Callable[[object], Value]) -> Callable[[object], tuple[Value, ...]]:
    """Return a reader of lists whose elements `read` reads."""

    def read_elements(raw: object) -> tuple[Value, ...]:
        values = []
        for index, element in enumerate(read_list(raw)):
            try:
                values.append(read(element))
            except Refused as refused:
                raise Refused(refused.message, f"[{index}]{refused.step}") from None
        return tuple(values)

    return read_elements


def read_different(raw: object) -> tuple[str, ...]:
    """Return a list of codes without repetition."""
    codes = read_list_of(read_code)(raw)
    if len(set(codes)) < len(codes):
        raise Refused("holds a code twice")
    return codes


def read_member(kind: type[Member]) -> Callable[[object], Member]:
    """Return a reader of the codes of an enumeration."""

    def read_one(raw: object) -> Member:
        if not isinstance(raw, str) or raw not in tuple(kind):
            raise Refused(f"must be one of {', '.join(kind)}, not {raw!r}")
        return kind(raw)

    return read_one
