"""The field of a form that holds conditions: rows that are added and removed by buttons, with or without scripts."""

import re
from typing import Any

from flask_babel import LazyString
from wtforms import Field

from survey_app.coordinators.goals import condition_rows
from survey_app.coordinators.goals.condition_rows import Conditions, Row
from survey_app.domain.errors import Problem
from survey_app.evaluation.formats.table_reading import Refused
from survey_app.evaluation.goals.sources import Source
from survey_app.web.format_messages import explain
from survey_app.web.messages import message_of

_ROW = re.compile(r"(\d{1,3})-(name|operator|value)")
_MOST_ROWS = 40


class ConditionsField(Field):
    """Conditions on the records of a source.

    Attributes:
        rows: as they stand in the form.
        is_kept: whether the stored conditions are more than rows can say and stay as they are.
        stored: the conditions that the form began with.
    """

    def __init__(self, label: LazyString, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.type = "ConditionsField"
        self.rows: list[Row] = []
        self.is_kept = False
        self.stored: Conditions = ()
        self.source = Source.MEETINGS
        self._is_posted = False

    def process(self, formdata: Any, data: Any = (), extra_filters: Any = None) -> None:  # noqa: ARG002  # WTForms'
        """Take the stored conditions, and the rows of a posted form."""
        self.process_errors = []
        self.stored = self.object_data = tuple(data) if isinstance(data, tuple) else ()
        self._is_posted = formdata is not None
        if formdata is not None:
            self.rows = self._find_rows(formdata)
            self.is_kept = f"{self.name}-kept" in formdata
            self._press(formdata)

    def _find_rows(self, formdata: Any) -> list[Row]:
        found: dict[int, Row] = {}
        for key in formdata:
            match = _ROW.fullmatch(key.removeprefix(f"{self.name}-")) if key.startswith(f"{self.name}-") else None
            if match is None or (int(match[1]) not in found and len(found) >= _MOST_ROWS):
                continue
            row = found.setdefault(int(match[1]), Row(""))
            if match[2] == "value":
                row.values = [value.strip() for value in formdata.getlist(key)]
            else:
                setattr(row, match[2], formdata[key])
        return [found[number] for number in sorted(found)]

    def _press(self, formdata: Any) -> None:
        """Do what a button of this field asks for."""
        pressed = formdata.get("refresh", "")
        if pressed == f"reset-{self.name}":
            self.is_kept = False
        removed = pressed.removeprefix(f"remove-{self.name}-")
        if removed != pressed and removed.isdecimal() and int(removed) < len(self.rows):
            del self.rows[int(removed)]
        if formdata.get(f"{self.name}-new"):
            self.rows.append(Row(formdata[f"{self.name}-new"]))

    def prepare(self, source: Source) -> None:
        """Say whose records the conditions speak of; rows that ask for a field of another source go."""
        self.source = source
        if not self._is_posted:
            shown = condition_rows.show_rows(source, self.stored)
            self.rows, self.is_kept = shown or [], shown is None
        self.rows = [row for row in self.rows if condition_rows.find_field(source, row.name)]

    def read(self) -> Conditions:
        """Return the conditions as they were entered; what is wrong stands at the field and at the row."""
        if self.is_kept:
            return self.stored
        try:
            found = condition_rows.read_rows(self.source, self.rows)
        except Refused as refused:
            self.errors = [*self.errors, explain(refused.message)]
            return ()
        return self.stored if condition_rows.is_equivalent(found, self.stored) else found

    def message_at(self, row: Row) -> str:
        """Return what is wrong with a row, in words."""
        if row.message == "is missing":
            return message_of(Problem("required", self.name))
        return explain(row.message) if row.message else ""
