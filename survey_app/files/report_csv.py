"""A report as a table of text, one line per row: for German spreadsheets, or for programs."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from survey_app.evaluation import IndicatorResult, Limit, Report, Row

_BYTE_ORDER_MARK = "\ufeff"
_DIGITS = 12
_FORMULA_STARTS = ("=", "+", "-", "@")
COLUMNS = (
    "indicator", "goal", "kind", "period", "from", "until", "running", "value", "display", "numerator", "base",
    "low", "high", "low_s", "high_s", "target", "comparison", "verdict", "label", "reasons", "flags", "answered",
    "attended",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table of text is written.

    Attributes:
        begins_with: a byte order mark, without which German spreadsheets misread umlauts.
    """

    delimiter: str
    decimal_mark: str
    begins_with: str = ""


GERMAN = Dialect(";", ",", _BYTE_ORDER_MARK)
"""What a German spreadsheet opens by a double click."""

PLAIN = Dialect(",", ".")
"""What programs read: RFC 4180 in UTF-8."""


def write_report(report: Report, *, stamp: str | None = None, dialect: Dialect = GERMAN) -> bytes:
    """Return the report as CSV bytes.

    Rows of the surveys behind pooled answers, and of the mean since the start, follow those of the periods.

    Args:
        stamp: stands on every line in a last column "note", for example that the data are invented.
    """
    header, note = ((*COLUMNS, "note"), (stamp,)) if stamp else (COLUMNS, ())
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow(header)
    for result in report.indicators:
        for row in _list_rows(result):
            writer.writerow([_write_cell(value, dialect) for value in (*_list_values(result, row), *note)])
    return (dialect.begins_with + text.getvalue()).encode()


def _list_rows(result: IndicatorResult) -> Iterator[Row]:
    yield from result.rows
    yield from result.by_survey or ()
    if result.overall is not None:
        yield result.overall


def _list_values(result: IndicatorResult, row: Row) -> tuple[object, ...]:
    indicator, period, response = result.indicator, row.period, row.response
    return (
        indicator.id,
        " ".join(indicator.goals),
        str(indicator.kind),
        period.label or str(period.kind),
        period.start,
        period.end,
        "true" if period.running else "false",
        row.value,
        row.display,
        row.numerator,
        row.base,
        row.low,
        row.high,
        row.low_s,
        row.high_s,
        row.target,
        str(row.comparison),
        str(row.verdict),
        row.label,
        " ".join(row.reasons),
        " ".join(row.flags),
        None if response is None else response.answered,
        None if response is None else response.attended,
    )


def _write_cell(value: object, dialect: Dialect) -> str:
    """Return a cell: numbers as numbers, texts so that no spreadsheet takes them for a formula."""
    if value is None:
        return ""
    if isinstance(value, int | Fraction | float):
        return _write_number(value).replace(".", dialect.decimal_mark)
    return value.isoformat() if isinstance(value, date) else escape_text(str(value))


def _write_number(number: Limit | int) -> str:
    text = f"{float(number):.{_DIGITS}g}"
    # 12 digits are more than any count has, so an exponent only appears for very small shares.
    return f"{float(number):.{_DIGITS}f}".rstrip("0") if "e" in text else text


def escape_text(text: str) -> str:
    """Return a text that begins, for a spreadsheet, with no formula: an apostrophe stands before one that does.

    Spreadsheets skip blanks and invisible characters and know the full-width forms of the signs.
    """
    visible = "".join(sign for sign in unicodedata.normalize("NFKC", text) if not _is_skipped(sign))
    begins_badly = visible.startswith(_FORMULA_STARTS) or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if begins_badly else text


def _is_skipped(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf")
