"""A field of rows in a form: added, moved and removed by buttons, with or without scripts."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import LazyString
from wtforms import Field, ValidationError

from survey_app.domain.errors import Problem
from survey_app.domain.text import clean_text
from survey_app.web.messages import message_of

LONGEST_ROW = 300
_MOST_ROWS = 60
_BLANKS = re.compile(r"[ \t\n]+")

Row = dict[str, Any]
"""Values by column; "error" is what is wrong with the row."""


class RowsField(Field):
    """Rows with the same columns; rows without words in the first column are ignored when read.

    A button `refresh` with the value ``<field>:up:2`` (or `down`, `remove`, `add`) changes the rows of the posted form.

    Attributes:
        rows: as they stand in the form, empty ones among them.
    """

    def __init__(self, label: LazyString, *, columns: Iterable[str], spare: int = 2, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.type, self.columns, self.spare = "RowsField", tuple(columns), spare
        self.rows: list[Row] = []

    def process(self, formdata: Any, data: Any = (), extra_filters: Any = None) -> None:  # noqa: ARG002  # WTForms'
        """Take the stored rows, or those of a posted form with what its button asks for."""
        self.process_errors = []
        if formdata is None:
            self.rows = [dict(row) for row in data or ()] if not callable(data) else []
            self._add_spare()
            return
        self.rows = self._find_rows(formdata)
        pressed = formdata.get("refresh", "")
        self._press(pressed)
        if not self.rows or pressed:
            self._add_spare(1 if self.filled else None)

    def _find_rows(self, formdata: Any) -> list[Row]:
        pattern = re.compile(rf"{re.escape(self.name)}-(\d{{1,3}})-({'|'.join(self.columns)})")
        found: dict[int, Row] = {}
        for key in formdata:
            match = pattern.fullmatch(key)
            if match is None or (int(match[1]) not in found and len(found) >= _MOST_ROWS):
                continue
            row = found.setdefault(int(match[1]), {})
            row[match[2]] = clean_text(_BLANKS.sub(" ", formdata[key]))
        return [dict.fromkeys(self.columns, "") | found[number] for number in sorted(found)]

    def _press(self, pressed: str) -> None:
        name, _colon, rest = pressed.partition(":")
        action, _colon, number = rest.partition(":")
        here = int(number) if number.isdecimal() and len(number) < 4 else -1
        if name != self.name or not 0 <= here < len(self.rows):
            return
        if action == "remove":
            del self.rows[here]
        there = {"up": here - 1, "down": here + 1}.get(action, -1)
        if 0 <= there < len(self.rows):
            self.rows[here], self.rows[there] = self.rows[there], self.rows[here]

    def _add_spare(self, most: int | None = None) -> None:
        empty = len(self.rows) - len(self.filled)
        for _row in range(max(0, (self.spare if most is None else most) - empty)):
            if len(self.rows) < _MOST_ROWS:
                self.rows.append(dict.fromkeys(self.columns, ""))

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # the interface is WTForms'
        """Refuse rows that are too long for a phone and a table."""
        longest = max((len(row[column]) for row in self.rows for column in self.columns), default=0)
        if longest > LONGEST_ROW:
            given = {"length": longest, "limit": LONGEST_ROW}
            raise ValidationError(message_of(Problem("text_too_long", self.name, given)))

    @property
    def filled(self) -> list[Row]:
        """Return the rows that have words."""
        return [row for row in self.rows if row.get(self.columns[0])]

    @property
    def numbered(self) -> list[tuple[int, Row]]:
        """Return the rows that have words, each with its place in the form."""
        return [(place, row) for place, row in enumerate(self.rows) if row.get(self.columns[0])]
