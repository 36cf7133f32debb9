"""Partners, needs and offers as CSV: columns with names people know, cells as they type them, and back.

Columns are found by their code or by any of their names, values of a list by their code or their words, whatever the
case; so a file that somebody made by hand is read as well as one that was downloaded here.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from survey_app.domain.book_checks import LARGEST_COUNT
from survey_app.domain.errors import InvalidRecord, Problem
from survey_app.domain.text import canonical_tag, is_language_tag
from survey_app.files.csv_reading import Encoding, TextTable, read_table, write_table

SEPARATOR = "|"
"""What stands between several values in one cell."""

_DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")
_YEARS = range(1900, 2200)
_YES, _NO = frozenset({"ja", "yes", "true", "wahr", "1", "x"}), frozenset({"nein", "no", "false", "falsch", "0"})
_LONGEST_COUNT = 9
_DASHES = ("–", "-")
# Other kinds of space are kept, as the forms keep them: a name must come back as it was stored.
_BLANKS = re.compile(r"[ \t\n]+")
# Names of languages have no such signs; those of fields of education do, so there they separate nothing.
_BETWEEN_TAGS = re.compile(r"[|,;/]")

Value = str | date | int | bool | tuple[str, ...] | None


class ColumnKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    FLAG = "flag"
    CODE = "code"
    CODES = "codes"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of records.

    Attributes:
        key: the field of the record.
        words: what people call its codes, in any languages, by code; the first one is written. Yes and no have the
            codes "yes" and "no"; languages are written as tags, and found by their words as well.
    """

    key: str
    kind: ColumnKind
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _codes: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note which code each word stands for; what is written comes back, whatever it means in another language."""
        for code in self.words:
            self._codes[code.casefold()] = code
        for code, words in self.words.items():
            self._codes.setdefault(words[0].casefold(), code)
        for code, words in self.words.items():
            for word in words:
                self._codes.setdefault(word.casefold(), code)

    def find_code(self, word: str) -> str | None:
        """Return the code that a word stands for, whatever its case."""
        return self._codes.get(word.casefold())


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a file.

    Attributes:
        number: of the row as a spreadsheet counts it.
        values: by key, only of the columns that the file has; None where a cell is empty or wrong.
        problems: what is wrong; the place is the key of the column.
    """

    number: int
    values: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordTable:
    """The records of a file, and how its bytes were read."""

    lines: tuple[Line, ...]
    encoding: Encoding


def read_records(
    data: bytes, columns: Sequence[Column], names: Mapping[str, Sequence[str]], *, required: str
) -> RecordTable:
    """Return the records of a CSV file, each with what is wrong with it.

    Args:
        names: of the columns by key, in any languages.
        required: key of the column that every file must have.

    Raises:
        InvalidRecord: if the file as a whole cannot be used: unreadable, a column unknown, doubled or missing.
    """
    table = read_table(data)
    found = [_find_column(name, columns, names) for name in table.header]
    problems = [
        Problem("unknown_column", name, {"name": name})
        for name, column in zip(table.header, found, strict=True)
        if column is None and name
    ]
    known = [column.key for column in found if column is not None]
    problems += [Problem("doubled_column", key, {"name": names[key][0]}) for key in known if known.count(key) > 1][:1]
    if required not in known:
        problems.append(Problem("missing_column", required, {"name": names[required][0]}))
    problems += _check_unnamed(table)
    if problems:
        raise InvalidRecord(problems)
    return RecordTable(tuple(_read_line(number, cells, found) for number, cells in table.rows), table.encoding)


def write_records(
    columns: Sequence[Column], names: Mapping[str, Sequence[str]], records: Iterable[Mapping[str, Value]]
) -> bytes:
    """Return records as a CSV file that `read_records` reads back equal."""
    header = tuple(names[column.key][0] for column in columns)
    rows = (tuple(_write_cell(record.get(column.key), column) for column in columns) for record in records)
    return write_table(header, rows)


def _find_column(name: str, columns: Sequence[Column], names: Mapping[str, Sequence[str]]) -> Column | None:
    wanted = name.casefold()
    return next(
        (column for column in columns if wanted in {one.casefold() for one in (column.key, *names[column.key])}), None
    )


def _check_unnamed(table: TextTable) -> list[Problem]:
    """Return the first row with text in a column without a name: it would be lost."""
    unnamed = [index for index, name in enumerate(table.header) if not name]
    found = (number for number, cells in table.rows if any(cells[index] for index in unnamed))
    return [Problem("column_without_name", f"row {number}", {"row": number}) for number in found][:1]


def _read_line(number: int, cells: Sequence[str], columns: Sequence[Column | None]) -> Line:
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for cell, column in zip(cells, columns, strict=True):
        if column is None:
            continue
        try:
            values[column.key] = read_cell(cell, column) if cell else None
        except InvalidRecord as error:
            values[column.key] = None
            problems += error.problems
    return Line(number, values, tuple(problems))


def read_cell(cell: str, column: Column) -> Value:
    """Return the value of a cell that is not empty.

    Raises:
        InvalidRecord: with what is wrong; the place is the key of the column.
    """
    return _READERS[column.kind](cell, column)


def _read_text(cell: str, _column: Column) -> str:
    return _BLANKS.sub(" ", cell)


def _read_codes(cell: str, column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_read_code(part, column) for part in _split(cell)))


def _read_tags(cell: str, column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_read_tag(part, column) for part in _split(_BETWEEN_TAGS.sub(SEPARATOR, cell))))


def _split(cell: str) -> tuple[str, ...]:
    """Return the values of a cell; a dash alone stands for a list that is known to be empty."""
    if cell in _DASHES:
        return ()
    return tuple(part.strip() for part in cell.split(SEPARATOR) if part.strip())


def _read_day(cell: str, column: Column) -> date:
    for pattern in _DAY_FORMATS:
        try:
            day = datetime.strptime(cell, pattern).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        if day.year in _YEARS:
            return day
    raise _wrong("not_a_date", column)


def _read_count(cell: str, column: Column) -> int:
    if not cell.isdecimal() or len(cell) > _LONGEST_COUNT:
        raise _wrong("not_a_number", column)
    count = int(cell)
    if count > LARGEST_COUNT:
        raise _wrong("number_too_large", column, limit=LARGEST_COUNT)
    return count


def _read_flag(cell: str, column: Column) -> bool:
    code = column.find_code(cell)
    if code is not None or cell.casefold() in _YES | _NO:
        return code == "yes" or (code is None and cell.casefold() in _YES)
    raise _wrong("not_yes_or_no", column)


def _read_code(cell: str, column: Column) -> str:
    code = column.find_code(cell)
    if code is not None:
        return code
    possible = f" {SEPARATOR} ".join(words[0] for words in column.words.values())
    raise _wrong("unknown_value", column, value=cell, choices=possible)


def _read_tag(cell: str, column: Column) -> str:
    tag = column.find_code(cell) or canonical_tag(cell)
    if not is_language_tag(tag):
        raise _wrong("not_a_language", column, value=cell)
    return tag


_READERS: Mapping[ColumnKind, Callable[[str, Column], Value]] = {
    ColumnKind.TEXT: _read_text,
    ColumnKind.DAY: _read_day,
    ColumnKind.COUNT: _read_count,
    ColumnKind.FLAG: _read_flag,
    ColumnKind.CODE: _read_code,
    ColumnKind.CODES: _read_codes,
    ColumnKind.TAGS: _read_tags,
}


def _wrong(code: str, column: Column, **parameters: object) -> InvalidRecord:
    return InvalidRecord([Problem(code, column.key, parameters)])


def _write_cell(value: Value, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return column.words.get("yes", ("ja",))[0] if value else column.words.get("no", ("nein",))[0]
    if isinstance(value, tuple):
        return f" {SEPARATOR} ".join(_write_code(code, column) for code in value) or _DASHES[0]
    if isinstance(value, date):
        return value.isoformat()
    return _write_code(value, column) if isinstance(value, str) else str(value)


def _write_code(code: str, column: Column) -> str:
    if column.kind is ColumnKind.TAGS or code not in column.words:
        return code
    return column.words[code][0]
