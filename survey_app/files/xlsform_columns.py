"""The columns of the sheets of an XLSForm: what they are called, which languages they hold, which nobody reads here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from survey_app.domain.errors import Problem
from survey_app.domain.text import Text
from survey_app.files.language_names import find_tag
from survey_app.files.sheet_guard import refuse
from survey_app.files.sheet_reading import Sheet

_ALIASES: Mapping[str, str] = {
    "caption": "label",
    "command": "type",
    "relevance": "relevant",
    "tag": "name",
    "value": "name",
}
_ATTRIBUTES = frozenset({"bind", "body", "control"})
_TRANSLATED = frozenset({"label", "hint"})
NO_TEXT = "-"
"""What XLSForms write where a text is missing."""


@dataclass(slots=True)
class Columns:
    """Where things stand in a sheet.

    Attributes:
        plain: column by name.
        texts: column by language, for `label` and `hint`.
        others: columns that are not read, with their headers.
    """

    sheet: Sheet
    plain: dict[str, int] = field(default_factory=dict)
    texts: dict[str, dict[str, int]] = field(default_factory=dict)
    others: list[tuple[int, str]] = field(default_factory=list)

    def cell(self, cells: tuple[str, ...], name: str) -> str:
        """Return the text of a cell; "" if the sheet has no such column."""
        return cells[self.plain[name]] if name in self.plain else ""

    def text(self, cells: tuple[str, ...], name: str) -> Text:
        """Return a label or hint in all languages that have it."""
        found = {tag: cells[column] for tag, column in self.texts.get(name, {}).items()}
        return {tag: words for tag, words in found.items() if words not in ("", NO_TEXT)}

    def place(self, row: int, name: str) -> str:
        """Return the cell of a column in a row; the first one if the sheet has no such column."""
        texts = self.texts.get(name)
        return self.sheet.place(row, self.plain.get(name, next(iter(texts.values())) if texts else 0))

    def list_unread(self, row: int, cells: tuple[str, ...]) -> Iterator[Problem]:
        """Yield a note for each cell of a row that stands in a column which is not read."""
        for column, name in self.others:
            if cells[column]:
                yield Problem("column_not_carried", self.sheet.place(row, column), {"value": name})


def read_columns(sheet: Sheet, known: frozenset[str], *, language: str) -> Columns:
    """Return the columns of a sheet.

    Args:
        known: names of columns that are read, beside `label` and `hint`.
        language: language of labels that name none.

    Raises:
        InvalidDocument: for a language that cannot be understood, and for columns that stand twice.
    """
    columns = Columns(sheet)
    for index, header in enumerate(sheet.header):
        name, qualifier = _split(header)
        if name in _TRANSLATED:
            _add_text(columns, index, name, qualifier, language)
        elif name in known and not qualifier:
            if name in columns.plain:
                raise refuse("column_double", sheet.place(1, index), value=header)
            columns.plain[name] = index
        elif header:
            columns.others.append((index, header))
    return columns


def list_languages(*sheets: Columns) -> tuple[str, ...]:
    """Return the languages of labels and hints, in the order of the columns."""
    return tuple(dict.fromkeys(tag for columns in sheets for by_tag in columns.texts.values() for tag in by_tag))


def _split(header: str) -> tuple[str, str]:
    """Return name and qualifier of a header: ``label::Deutsch (de)``, ``bind::relevant``, ``list name``."""
    first, *rest = (part.strip() for part in re.split(r"::?", header, maxsplit=1))
    name = first.lower().replace(" ", "_")
    qualifier = rest[0] if rest else ""
    if name in _ATTRIBUTES and qualifier:
        name, qualifier = qualifier.lower(), ""
    return _ALIASES.get(name, name), qualifier


def _add_text(columns: Columns, index: int, name: str, qualifier: str, language: str) -> None:
    tag = find_tag(qualifier) if qualifier else language
    place = columns.sheet.place(1, index)
    if tag is None:
        raise refuse("unknown_language", place, value=qualifier)
    by_tag = columns.texts.setdefault(name, {})
    if tag in by_tag:
        raise refuse("duplicate_language", place, value=tag)
    by_tag[tag] = index
