"""The forms of goals, of the head of a goal system, of the rules of its evaluation and of its wordings."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import Form, FormField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice

from survey_app.coordinators.fields import (
    CodeField,
    CountField,
    DayField,
    Required,
    RowList,
    long_text_field,
    offered,
    text_field,
)
from survey_app.coordinators.goals.indicator_form import LONGEST_LINE, LONGEST_TEXT, plain_number
from survey_app.coordinators.goals.number_field import percent_field
from survey_app.coordinators.goals.part_form import PartForm
from survey_app.evaluation.goals.goals import Goal, GoalState, GoalSystem, Level, Parameters, Wording
from survey_app.web import goal_words

_NO_GOAL = lazy_gettext("none, it stands at the top")
_ALL_WORDINGS = lazy_gettext("in all wordings")
_GOAL_TEXTS = ("text", "text_en", "number", "heading", "state_reason", "reading")
_HEAD_TEXTS = ("title", "version", "source", "target_group", "mandate", "remark")
_MINIMUMS = ("min_base", "min_group", "min_group_public", "min_group_sensitive")


class GoalForm(PartForm):
    """Everything that a goal system says about a goal."""

    mandatory = ("text",)
    level = CodeField(lazy_gettext("Level"), words=goal_words.LEVELS, empty=None)
    text = long_text_field(lazy_gettext("Goal"), LONGEST_TEXT)
    parent = CodeField(lazy_gettext("Goal above"), words={}, empty=_NO_GOAL)
    heading = text_field(lazy_gettext("Heading"), LONGEST_LINE)
    number = text_field(lazy_gettext("Number"), 60)
    id = text_field(lazy_gettext("Short name"), LONGEST_LINE, required=True)
    wording = CodeField(lazy_gettext("Wording"), words={}, empty=_ALL_WORDINGS)
    state = CodeField(lazy_gettext("State"), words=goal_words.STATES, empty=None)
    state_reason = long_text_field(lazy_gettext("Reason"), LONGEST_TEXT)
    review_on = DayField(lazy_gettext("Review on"))
    reading = long_text_field(lazy_gettext("Note"), LONGEST_TEXT)
    text_en = long_text_field(lazy_gettext("In English"), LONGEST_TEXT)
    valid_from = DayField(lazy_gettext("Valid from"))
    valid_until = DayField(lazy_gettext("Valid until"))

    def offer(self, goal_system: GoalSystem) -> None:
        """Fill the choices from the goal system; a goal cannot stand above itself."""
        own = self.original.id if self.original else None
        above = {
            goal.id: _name(goal) for goal in goal_system.goals if goal.id != own and goal.level is not Level.SPECIFIC
        }
        self.parent.choices = offered(above, empty=_NO_GOAL)
        self.wording.choices = offered(
            {wording.id: f"{wording.id} – {wording.title}" for wording in goal_system.wordings}, empty=_ALL_WORDINGS
        )

    def read(self) -> Goal | None:
        """Return the goal as it was typed, None if something is wrong; the fields then say what."""
        self.validate()
        for name in ("id", "text"):
            if not self[name].data and not self[name].errors:
                self.add_message(name, gettext("Please fill in this field."))
        if self.errors:
            return None
        texts = {name: self.keep(name) for name in _GOAL_TEXTS}
        days = {name: self[name].data for name in ("review_on", "valid_from", "valid_until")}
        return Goal(
            id=str(self.keep("id")),
            level=Level(self.level.data),
            parent=self.parent.data,
            wording=self.wording.data,
            state=GoalState(self.state.data),
            **{**texts, "text": texts["text"] or ""},  # type: ignore[arg-type]
            **days,
        )


def goal_values(goal: Goal) -> dict[str, Any]:
    """Return what the form shows for a goal."""
    names = (*_GOAL_TEXTS, "id", "level", "parent", "wording", "state", "review_on", "valid_from", "valid_until")
    return {name: getattr(goal, name) for name in names}


class HeadForm(PartForm):
    """What stands above a goal system."""

    title = text_field(lazy_gettext("Title"), LONGEST_LINE, required=True)
    version = text_field(lazy_gettext("Version"), LONGEST_LINE, required=True)
    starts_on = DayField(lazy_gettext("First day of the network"), [Required()])
    source = long_text_field(lazy_gettext("Source of the goals"), LONGEST_TEXT)
    mandate = long_text_field(lazy_gettext("Mandate"), LONGEST_TEXT)
    target_group = text_field(lazy_gettext("Target group"), LONGEST_LINE)
    remark = long_text_field(lazy_gettext("Remark"), LONGEST_TEXT)
    id = text_field(lazy_gettext("Short name"), LONGEST_LINE, required=True)

    def read(self) -> Mapping[str, Any] | None:
        """Return the head as it was typed, None if something is wrong."""
        self.validate()
        for name in ("title", "version", "starts_on", "id"):
            if not self[name].data and not self[name].errors:
                self.add_message(name, gettext("Please fill in this field."))
        texts = {name: self.keep(name) for name in (*_HEAD_TEXTS, "id")}
        return None if self.errors else {**texts, "starts_on": self.starts_on.data}


def head_values(system: GoalSystem) -> dict[str, Any]:
    """Return what the form shows for a goal system."""
    return {name: getattr(system, name) for name in (*_HEAD_TEXTS, "id", "starts_on")}


class RulesForm(PartForm):
    """The numbers that decide what is judged and what is shown."""

    mandatory = ("confidence", "nonresponse_allowance")
    min_base = CountField(lazy_gettext("Fewest answers for a judgement"), [Required()])
    nonresponse_allowance = percent_field(lazy_gettext("Allowance for those who did not answer, in percentage points"))
    confidence = percent_field(lazy_gettext("Confidence in per cent"))
    base = CodeField(lazy_gettext("Base"), words=goal_words.BASES, empty=None)
    min_group = CountField(lazy_gettext("Smallest group inside the network"), [Required()])
    min_group_public = CountField(lazy_gettext("Smallest group for everybody"), [Required()])
    min_group_sensitive = CountField(lazy_gettext("Smallest group at sensitive questions"), [Required()])

    def table(self) -> Mapping[str, object]:
        """Return the rules as a goal file has them."""
        shares = {name: self[name].number for name in self.mandatory}
        numbers = {name: plain_number(share) for name, share in shares.items()}
        table = {**numbers, **{name: self[name].data for name in _MINIMUMS}, "base": self.base.data}
        return {key: value for key, value in table.items() if value is not None}


def rules_values(parameters: Parameters) -> dict[str, Any]:
    """Return what the form shows for the rules of the evaluation."""
    shown = {name: getattr(parameters, name) for name in (*_MINIMUMS, "nonresponse_allowance", "base")}
    return shown | {"confidence": Fraction(str(parameters.confidence))}


class WordingForm(Form):
    """One row: a wording in which goals were written down."""

    id = text_field(lazy_gettext("Short name"), 60)
    title = text_field(lazy_gettext("Title"), LONGEST_LINE)
    before = HiddenField()


class WordingsForm(PartForm):
    """All wordings; exactly one of them is in force."""

    wordings = RowList(FormField(WordingForm), label=lazy_gettext("Wordings"), max_entries=12)
    current = RadioField(lazy_gettext("In force"), validate_choice=False)

    def offer(self) -> None:
        """Offer every row as the one in force."""
        rows = self.wordings.entries
        self.current.choices = [
            SelectChoice(str(index), row.form.id.data or gettext("row %(number)s", number=index + 1))
            for index, row in enumerate(rows)
        ]

    def read(self) -> list[tuple[str | None, Wording]]:
        """Return the wordings as they were typed, each with the id it had before."""
        rows = [(index, row.form) for index, row in enumerate(self.wordings.entries)]
        return [
            (
                row.before.data or None,
                Wording(row.id.data, row.title.data or "", current=self.current.data == str(index)),
            )
            for index, row in rows
            if row.id.data
        ]


def wordings_values(system: GoalSystem) -> dict[str, Any]:
    """Return what the form shows for the wordings of a goal system."""
    rows = [{"id": one.id, "title": one.title, "before": one.id} for one in system.wordings]
    current = next((str(index) for index, one in enumerate(system.wordings) if one.current), "0")
    return {"wordings": rows, "current": current}


def _name(goal: Goal) -> str:
    line = " ".join((goal.heading or goal.text).split())
    return f"{goal.id} {line if len(line) < 90 else line[:88] + '…'}"
