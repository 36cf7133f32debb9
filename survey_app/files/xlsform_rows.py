"""Rows of the sheet `survey`: their cells, what kind of question they hold, and notes on what is not carried."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from survey_app.domain.errors import Problem
from survey_app.domain.questionnaire import ItemType
from survey_app.domain.text import Text
from survey_app.files.xlsform_columns import Columns

SURVEY_COLUMNS = frozenset({"type", "name", "relevant", "required", "constraint", "appearance", "parameters"})
_SELECT = re.compile(
    r"(?P<word>select[ _]one(?: from)?|select1|add select one prompt using|select[ _]multiple(?: from)?"
    r"|select all that apply(?: from)?|add select multiple prompt using)\s+(?P<list>[^\s.$]+)"
    r"(?P<other>\s+or[ _](?:specify[ _])?other)?",
    re.IGNORECASE,
)
_FENCE = re.compile(r"(?P<end>begin|end)[ _](?P<kind>group|repeat|loop|lgroup)\b.*", re.IGNORECASE)
_YES = frozenset({"yes", "true", "true()"})
_NO = frozenset({"", "no", "false", "false()"})


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """What the type of a row means here.

    Attributes:
        list_name: list of choices; "" for other questions.
        has_other: whether a choice "other" with a text beside it is added.
        is_whole: whether only whole numbers answer it.
        is_changed: whether it is asked in another way than in the form.
    """

    type: ItemType
    list_name: str = ""
    has_other: bool = False
    is_whole: bool = False
    is_changed: bool = False


_SIMPLE: Mapping[str, QuestionKind] = {
    "date": QuestionKind(ItemType.DATE),
    "decimal": QuestionKind(ItemType.NUMBER),
    "int": QuestionKind(ItemType.NUMBER, is_whole=True, is_changed=True),
    "integer": QuestionKind(ItemType.NUMBER, is_whole=True, is_changed=True),
    "note": QuestionKind(ItemType.BLOCK),
    "range": QuestionKind(ItemType.NUMBER, is_changed=True),
    "string": QuestionKind(ItemType.TEXT),
    "text": QuestionKind(ItemType.TEXT),
}


@dataclass(slots=True)
class Row:
    """One row with its notes; what a reader of the row does not use it has to note."""

    number: int
    columns: Columns
    cells: tuple[str, ...]
    notes: list[Problem] = field(default_factory=list)

    def cell(self, column: str) -> str:
        """Return the text of a cell."""
        return self.columns.cell(self.cells, column)

    def text(self, column: str) -> Text:
        """Return a label or hint in all languages."""
        return self.columns.text(self.cells, column)

    def place(self, column: str) -> str:
        """Return a cell as spreadsheets name it."""
        return self.columns.place(self.number, column)

    def note(self, code: str, column: str, value: str = "") -> None:
        """Note that something of this row is not carried, or is carried differently."""
        self.notes.append(Problem(code, self.place(column), {"value": value} if value else {}))

    def note_unread(self) -> None:
        """Note every cell in a column that is not read."""
        self.notes += self.columns.list_unread(self.number, self.cells)

    def read_required(self) -> bool:
        """Return whether an answer is needed; an expression is noted."""
        text = self.cell("required")
        if text.lower() in _YES:
            return True
        if text.lower() not in _NO:
            self.note("column_not_carried", "required", "required")
        return False

    def note_references(self) -> None:
        """Note texts in which answers to other questions are to be filled in."""
        for column in ("label", "hint"):
            if any("${" in words for words in self.text(column).values()):
                self.note("reference_in_text", column)

    def read_parameters(self) -> dict[str, str]:
        """Return the parameters by name."""
        pairs = re.findall(r"([^\s=;,]+)\s*=\s*([^\s;,]+)", self.cell("parameters"))
        return {name.lower(): value.lower() for name, value in pairs}


def find_kind(text: str) -> QuestionKind | None:
    """Return what a type means here; None for one that cannot be asked."""
    select = _SELECT.fullmatch(text)
    if select is None:
        return _SIMPLE.get(text.lower())
    several = "multiple" in select["word"].lower() or "all" in select["word"].lower()
    return QuestionKind(
        ItemType.MANY if several else ItemType.ONE, list_name=select["list"], has_other=select["other"] is not None
    )


def find_fence(text: str) -> tuple[str, str] | None:
    """Return "begin" or "end" and "group" or "repeat" for a row that opens or closes one, else None."""
    fence = _FENCE.fullmatch(text)
    if fence is None:
        return None
    return fence["end"].lower(), "group" if fence["kind"].lower() == "group" else "repeat"
