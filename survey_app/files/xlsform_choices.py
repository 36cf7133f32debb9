"""The sheet `choices` of an XLSForm: lists of answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import NO_ANSWER, Choice
from survey_app.files.sheet_guard import refuse
from survey_app.files.sheet_reading import Sheet
from survey_app.files.xlsform_columns import Columns, read_columns
from survey_app.files.xlsform_names import make_code

_KNOWN = frozenset({"list_name", "name"})
OTHER = "other"
"""Name of the choice that `or_other` adds."""


@dataclass(slots=True)
class ChoiceList:
    """The answers of one list.

    Attributes:
        codes: code of each choice by its name in the form.
    """

    choices: list[Choice] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, texts: Mapping[str, str]) -> str:
        """Add a choice and return its code."""
        code = make_code(name, taken=set(self.codes.values()), prefix="c")
        self.codes[name] = code
        is_refusal = code == NO_ANSWER
        self.choices.append(Choice(code, texts, set_off=is_refusal, exclusive=is_refusal))
        return code

    def copy(self) -> "ChoiceList":
        """Return a list of its own for one question."""
        return ChoiceList(list(self.choices), dict(self.codes))


def read_choice_columns(sheet: Sheet | None, *, language: str) -> Columns:
    """Return the columns of the sheet.

    Raises:
        InvalidDocument: if one that every form needs is missing.
    """
    columns = read_columns(sheet or Sheet("choices", (), ()), _KNOWN, language=language)
    for name in sorted(_KNOWN) if sheet and sheet.rows else ():
        if name not in columns.plain:
            raise refuse("column_missing", columns.sheet.place(1, 0), value=name)
    return columns


def read_choices(columns: Columns, notes: list[Problem], *, may_repeat: bool) -> Mapping[str, ChoiceList]:
    """Return the lists by name; what is left out goes to the notes.

    Args:
        may_repeat: whether the form allows a name to stand twice in a list (it then filters them).

    Raises:
        InvalidDocument: for a choice without a name or list, or one that stands twice.
    """
    lists: dict[str, ChoiceList] = {}
    for row, cells in columns.sheet.rows:
        list_name, name = columns.cell(cells, "list_name"), columns.cell(cells, "name")
        for column, text in (("list_name", list_name), ("name", name)):
            if not text:
                raise refuse("cell_missing", columns.place(row, column), value=column)
        one = lists.setdefault(list_name, ChoiceList())
        if name in one.codes:
            if not may_repeat:
                raise refuse("duplicate_code", columns.place(row, "name"), value=name)
            notes.append(Problem("choice_left_out", columns.place(row, "name"), {"value": name}))
            continue
        code = one.add(name, columns.text(cells, "label"))
        if code != name:
            notes.append(Problem("name_changed", columns.place(row, "name"), {"value": code}))
        notes += columns.list_unread(row, cells)
    return lists
