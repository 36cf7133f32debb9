"""The rows of an XLSForm one after another: groups open and close, questions become items."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from survey_app.domain.conditions import Condition, Operator
from survey_app.domain.questionnaire import Item, ItemType
from survey_app.domain.text import Text
from survey_app.files.sheet_guard import refuse
from survey_app.files.xlsform_choices import ChoiceList
from survey_app.files.xlsform_names import make_code
from survey_app.files.xlsform_questions import add_text_beside, make_block, read_question, show_if
from survey_app.files.xlsform_relevance_reading import AskedQuestion, read_relevant
from survey_app.files.xlsform_rows import QuestionKind, Row, find_fence, find_kind

OWN_TEXT = re.compile(r"text\.([a-z][a-z0-9_-]{0,62})")
"""Name of a note that holds a text of the questionnaire itself; no code of an item has a full stop."""

_NOTE = "note"


@dataclass(slots=True)
class _Group:
    """An open group.

    Attributes:
        conditions: those of the group and of all around it.
        names: names within it, which must differ.
    """

    row: Row | None
    kind: str
    conditions: tuple[Condition, ...] = ()
    names: set[str] = field(default_factory=set)


class Flow:
    """Takes rows and keeps what they gave.

    Attributes:
        items: each item with the row it comes from.
        texts: the questionnaire's own texts by key.
    """

    def __init__(self, rows: Sequence[Row], lists: Mapping[str, ChoiceList], source_language: str) -> None:
        self.items: list[tuple[Item, Row]] = []
        self.texts: dict[str, Text] = dict(_list_own_texts(rows))
        self._lists = lists
        self._source_language = source_language
        self._asked: dict[str, AskedQuestion] = {}
        self._codes: set[str] = set()
        self._groups = [_Group(None, "form")]

    def take(self, row: Row) -> None:
        """Take the next row.

        Raises:
            InvalidDocument: for a row that no reader of XLSForms would understand.
        """
        kind = row.cell("type")
        if not kind:
            self._take_stray(row)
        elif find_fence(kind):
            self._take_fence(row, *(find_fence(kind) or ("", "")))
        elif kind.lower() == _NOTE and OWN_TEXT.fullmatch(row.cell("name")):
            self._ensure_new_name(row)
            row.note_unread()
        else:
            self._take_question(row)

    def finish(self) -> None:
        """Make sure that every group is closed.

        Raises:
            InvalidDocument: with the row in which the innermost open one begins.
        """
        innermost = self._groups[-1]
        if innermost.row is not None:
            raise refuse("group_not_closed", innermost.row.place("type"))

    def _take_stray(self, row: Row) -> None:
        if row.cell("name") or row.text("label"):
            raise refuse("cell_missing", row.place("type"), value="type")
        row.note("row_left_out", "type")

    def _take_fence(self, row: Row, end: str, kind: str) -> None:
        if end == "end":
            if len(self._groups) == 1 or self._groups[-1].kind != kind:
                raise refuse("group_not_open", row.place("type"))
            self._groups.pop()
            return
        self._ensure_named(row)
        row.note("group_dissolved" if kind == "group" else "repeat_asked_once", "type")
        conditions = self._read_conditions(row)
        if row.cell("appearance"):
            row.note("column_not_carried", "appearance", f"appearance {row.cell('appearance')}")
        row.note_references()
        row.note_unread()
        self._groups.append(_Group(row, kind, conditions))
        if row.text("label"):
            code = self._make_code(row)
            self._codes.add(code)
            self.items.append((self._with_hint(make_block(code, row.text("label"), conditions), row), row))

    def _take_question(self, row: Row) -> None:
        kind = find_kind(row.cell("type"))
        if kind is None:
            row.note("type_not_carried", "type", row.cell("type"))
            return
        if self._take_text_beside(row, kind):
            return
        self._ensure_named(row)
        code = self._make_code(row)
        question = read_question(row, kind, code=code, lists=self._lists, source_language=self._source_language)
        item = self._with_hint(show_if(question.item, self._read_conditions(row)), row)
        self._codes.add(code)
        self._asked.setdefault(row.cell("name"), replace(question, item=item))
        self.items.append((item, row))

    def _take_text_beside(self, row: Row, kind: QuestionKind) -> bool:
        """Take ``question.choice`` as the text beside that choice, as forms that we write have it."""
        name, dot, choice = row.cell("name").partition(".")
        question = self._asked.get(name)
        if not dot or kind.type is not ItemType.TEXT or question is None or choice not in question.codes:
            return False
        relevance = read_relevant(row.cell("relevant"), self._asked)
        code = question.codes[choice]
        if relevance.conditions != (Condition(question.item.code, Operator.EQUAL, code),):
            return False
        self._ensure_new_name(row)
        changed = add_text_beside(question, code, row)
        self._asked[name] = changed
        self.items = [
            (changed.item, its_row) if item.code == changed.item.code else (item, its_row)
            for item, its_row in self.items
        ]
        own = {words for option in question.item.options if option.code == code for words in option.texts.values()}
        if set(row.text("label").values()) - own:
            row.note("column_not_carried", "label", "label")
        row.note_unread()
        return True

    def _read_conditions(self, row: Row) -> tuple[Condition, ...]:
        """Return the conditions of a row and of the groups around it."""
        text = row.cell("relevant")
        relevance = read_relevant(text, self._asked)
        if not relevance.is_whole:
            row.note("condition_left_out", "relevant", text)
        elif not relevance.is_exact:
            row.note("condition_differs", "relevant", text)
        return (*self._groups[-1].conditions, *relevance.conditions)

    def _with_hint(self, item: Item, row: Row) -> Item:
        """Return the item with its hint: one key for equal hints, that of an own text where one says the same."""
        hint = row.text("hint")
        if not hint:
            return item
        key = next((key for key, text in self.texts.items() if text == hint), None)
        if key is None:
            key = make_code(f"hint_{item.code}", taken=self.texts)
            self.texts[key] = hint
        return replace(item, hint=key)

    def _ensure_named(self, row: Row) -> None:
        if row.cell("name"):
            self._ensure_new_name(row)
        elif row.cell("type").lower() != _NOTE:
            raise refuse("cell_missing", row.place("name"), value="name")

    def _make_code(self, row: Row) -> str:
        name = row.cell("name")
        code = make_code(name or f"note_{row.number}", taken=self._codes)
        if name and name not in (code, f"_{code}"):
            row.note("name_changed", "name", code)
        return code

    def _ensure_new_name(self, row: Row) -> None:
        """Make sure that the name is new within its group; the same one may stand in different groups."""
        name, names = row.cell("name"), self._groups[-1].names
        if name in names:
            raise refuse("duplicate_code", row.place("name"), value=name)
        names.add(name)


def _list_own_texts(rows: Sequence[Row]) -> list[tuple[str, Text]]:
    found = ((OWN_TEXT.fullmatch(row.cell("name")), row) for row in rows if row.cell("type").lower() == _NOTE)
    return [(name[1], row.text("label")) for name, row in found if name]
