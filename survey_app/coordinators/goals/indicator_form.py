"""The form of an indicator: what all kinds have in common, and its way to the goal system and back.

What was typed becomes a table as a goal file has it, and the reader of goal files judges it; so a form refuses
exactly what a file refuses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, ClassVar

from flask_babel import lazy_gettext
from wtforms import Form, FormField
from wtforms.fields.choices import SelectChoice

from survey_app.coordinators.fields import (
    CodeField,
    CodesField,
    DayField,
    RowList,
    long_text_field,
    offered,
    text_field,
)
from survey_app.coordinators.goals.number_field import NumberField, percent_field
from survey_app.coordinators.goals.part_form import PartForm
from survey_app.evaluation.formats.format_errors import FormatProblem
from survey_app.evaluation.formats.table_reading import TableReader
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.indicator_format import PERIODS, read_indicator
from survey_app.evaluation.goals.indicators import Indicator, Kind
from survey_app.web import goal_words

LONGEST_TEXT, LONGEST_LINE = 4000, 300
_MOST_TARGETS = 20
_DAYS = ("starts_on", "deadline", "span_from", "span_until", "valid_from", "valid_until")
_TEXTS = ("text", "text_en", "statement", "unit", "reading")
_NO_STEP = lazy_gettext("not stated")


class TargetForm(Form):
    """One row: a target that holds from a day on."""

    starts_on = DayField(lazy_gettext("From"))
    value = NumberField(lazy_gettext("Target"))


class PercentTargetForm(Form):
    """One row: a share that is the target from a day on."""

    starts_on = DayField(lazy_gettext("From"))
    value = percent_field(lazy_gettext("Target in per cent"))


class IndicatorForm(PartForm):
    """What every kind of indicator has; each kind adds its own fields.

    Attributes:
        kind: of the indicator; decides the fields and the periods offered.
    """

    kind: ClassVar[Kind]
    mandatory = ("text", "goals")
    places = MappingProxyType({"from": "span_from", "until": "span_until"})

    text = long_text_field(lazy_gettext("Indicator"), LONGEST_TEXT)
    target = NumberField(lazy_gettext("Target"))
    comparison = CodeField(lazy_gettext("Reached with"), words=goal_words.COMPARISONS, empty=None)
    targets = RowList(FormField(TargetForm), label=lazy_gettext("Targets that change"), max_entries=20)
    period = CodeField(lazy_gettext("Period"), words={}, empty=None)
    goals = CodesField(lazy_gettext("Goals"))
    goals_reading = CodesField(lazy_gettext("Goals in our reading"))
    id = text_field(lazy_gettext("Short name"), LONGEST_LINE, required=True)
    starts_on = DayField(lazy_gettext("First day"))
    deadline = DayField(lazy_gettext("Deadline"))
    span_from = DayField(lazy_gettext("Fixed period from"))
    span_until = DayField(lazy_gettext("Fixed period until"))
    statement = text_field(lazy_gettext("End of the sentence"), LONGEST_LINE)
    unit = text_field(lazy_gettext("Unit"), 60)
    step = CodeField(lazy_gettext("Step on the ladder of effects"), words={}, empty=_NO_STEP)
    reading = long_text_field(lazy_gettext("Note"), LONGEST_TEXT)
    text_en = long_text_field(lazy_gettext("In English"), LONGEST_TEXT)
    valid_from = DayField(lazy_gettext("In reports from"))
    valid_until = DayField(lazy_gettext("In reports until"))

    def offer(self, goal_system: GoalSystem) -> None:
        """Fill the choices from the goal system; a stored one that is not offered stays selectable."""
        goals = [SelectChoice(goal.id, _name_goal(goal.id, goal.heading or goal.text)) for goal in goal_system.goals]
        offer_codes(self.goals, goals)
        offer_codes(self.goals_reading, goals)
        self.period.choices = offered({kind: goal_words.PERIODS[kind] for kind in PERIODS[self.kind]})
        self.step.choices = offered({str(number): _name_step(number) for number in goal_words.STEPS}, empty=_NO_STEP)

    def measure_table(self) -> Mapping[str, object]:
        """Return the keys of this kind as a goal file has them."""
        raise NotImplementedError

    def read(self) -> Indicator | None:
        """Return the indicator as it was typed, None if something is wrong; the fields then say what."""
        self.validate()
        problems: list[FormatProblem] = []
        indicator = read_indicator(TableReader(self._table(), "", problems))
        self.add_format_problems(problems)
        return None if self.errors else indicator

    def _table(self) -> Mapping[str, object]:
        table: dict[str, object] = {
            "id": self.keep("id"),
            "kind": str(self.kind),
            "goals": _in_order(self.goals.data, self.original.goals if self.original else ()),
            "goals_reading": _in_order(self.goals_reading.data, self.original.goals_reading if self.original else ()),
            "step": int(self.step.data) if self.step.data else None,
            "period": self.period.data,
            "comparison": self.comparison.data,
            "target": plain_number(self.target.number),
            "targets": self._targets_table(),
            **{name: self.keep(name) for name in _TEXTS},
            **{name: self[name].data for name in _DAYS if name in self},
            **self.measure_table(),
        }
        table["from"], table["until"] = table.pop("span_from", None), table.pop("span_until", None)
        return {key: value for key, value in table.items() if value is not None}

    def _targets_table(self) -> list[Mapping[str, object]]:
        rows = [(row.form.starts_on.data, row.form.value) for row in self.targets.entries]
        found = [
            {"from": day, "value": plain_number(value.number)} for day, value in rows if day is not None or value.data
        ]
        return [{key: value for key, value in row.items() if value is not None} for row in found]

    def add_empty_targets(self) -> None:
        """Offer an empty row for a further target."""
        rows = self.targets.entries
        if len(rows) < _MOST_TARGETS and not any(
            row.form.starts_on.data is None and not row.form.value.data for row in rows
        ):
            self.targets.append_entry()

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether every field by itself can be read."""
        super().validate(extra_validators)
        messages = [message for row in self.targets.entries for one in row.form for message in one.errors]
        self.targets.errors = list(dict.fromkeys(messages))
        return not self.errors


def indicator_values(indicator: Indicator) -> dict[str, Any]:
    """Return what the common fields of the form show for an indicator."""
    shown = {name: getattr(indicator, name) for name in (*_TEXTS, *_DAYS, "id", "target", "comparison", "period")}
    return shown | {
        "goals": list(indicator.goals),
        "goals_reading": list(indicator.goals_reading),
        "step": None if indicator.step is None else str(indicator.step),
        "targets": [asdict(target) for target in indicator.targets],
    }


def offer_codes(field: CodesField, choices: Iterable[SelectChoice]) -> None:
    """Fill the choices of a field after it was read, with those that are chosen already but not offered."""
    listed = list(choices)
    known = {choice.value for choice in listed}
    unknown = dict.fromkeys(code for code in field.object_data or () if code not in known)
    field.choices = [*listed, *(SelectChoice(code, code) for code in unknown)]


def plain_number(number: Fraction | None) -> Decimal | None:
    """Return a number as the reader of goal files takes it."""
    return None if number is None else Decimal(number.numerator) / Decimal(number.denominator)


def _in_order(codes: Iterable[str] | None, before: tuple[str, ...]) -> list[str]:
    """Return chosen codes in the order they had before; boxes come back in the order of the page."""
    chosen = list(dict.fromkeys(codes or ()))
    return [*(code for code in before if code in chosen), *(code for code in chosen if code not in before)]


def _name_goal(goal_id: str, words: str) -> str:
    line = " ".join(words.split())
    return f"{goal_id} {line if len(line) < 90 else line[:88] + '…'}"


def _name_step(number: int) -> str:
    return f"{number} – {goal_words.STEPS[number]}"
