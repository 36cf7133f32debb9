"""The forms of the kinds that count records or compare: each adds its own fields to what all indicators have."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from wtforms import FormField
from wtforms.fields.choices import SelectChoice

from survey_app.coordinators.fields import CodeField, CountField, DayField, RowList, long_text_field, offered
from survey_app.coordinators.goals.conditions_field import ConditionsField
from survey_app.coordinators.goals.indicator_form import (
    LONGEST_TEXT,
    IndicatorForm,
    PercentTargetForm,
    plain_number,
)
from survey_app.coordinators.goals.kept_text import keep_text
from survey_app.coordinators.goals.number_field import NumberField, percent_field
from survey_app.domain.errors import Problem
from survey_app.evaluation.goals.goals import GoalSystem
from survey_app.evaluation.goals.indicator_format import default_universe
from survey_app.evaluation.goals.indicators import (
    AnswerShare,
    Indicator,
    Kind,
    ManualValue,
    MeanRatio,
    RecordCount,
    RecordShare,
    ShareChange,
)
from survey_app.evaluation.goals.sources import FIELDS, FieldType, Source
from survey_app.web import goal_words
from survey_app.web.messages import message_of

_EACH_RECORD = lazy_gettext("each record counts")
_USUAL_DATE = lazy_gettext("the usual date")
_FIXED_DAY = lazy_gettext("a fixed day")
_ON_DAY = "day"
RATIO_SOURCES = (Source.MEETINGS, Source.OFFERS)
"""The records that have numbers to divide."""


class RecordForm(IndicatorForm):
    """What the kinds that count records have in common."""

    source = CodeField(lazy_gettext("Records"), words=goal_words.SOURCES, empty=None)
    dated_by = CodeField(lazy_gettext("Dated by"), words={}, empty=_USUAL_DATE)

    @property
    def chosen_source(self) -> Source:
        """Return whose records are counted; meetings, until something else is chosen."""
        return Source(self.source.data) if self.source.data in tuple(Source) else Source.MEETINGS

    def offer(self, goal_system: GoalSystem) -> None:
        """Fill the choices that depend on the source."""
        super().offer(goal_system)
        self.dated_by.choices = offered(_name_fields(self.chosen_source, FieldType.DATE), empty=_USUAL_DATE)
        for field in self:
            if isinstance(field, ConditionsField):
                field.prepare(self.chosen_source)

    def measure_table(self) -> Mapping[str, object]:
        """Return source and date; the fields of another source were forgotten when the source was changed."""
        return {"source": self.source.data, "dated_by": self.dated_by.data}


class RecordCountForm(RecordForm):
    """A number of records, or of different values in them."""

    kind = Kind.RECORD_COUNT
    where = ConditionsField(lazy_gettext("What counts"))
    distinct_by = CodeField(lazy_gettext("Counted once each"), words={}, empty=_EACH_RECORD)

    def offer(self, goal_system: GoalSystem) -> None:
        """Fill the choices that depend on the source."""
        super().offer(goal_system)
        countable = [kept for kept in FieldType if kept is not FieldType.TABLES]
        self.distinct_by.choices = offered(_name_fields(self.chosen_source, *countable), empty=_EACH_RECORD)

    def measure_table(self) -> Mapping[str, object]:
        """Return the keys of this kind as a goal file has them."""
        return {**super().measure_table(), "where": self.where.read() or None, "distinct_by": self.distinct_by.data}


class RecordShareForm(RecordForm):
    """The share of records that fulfil a condition."""

    kind = Kind.RECORD_SHARE
    target = percent_field(lazy_gettext("Target in per cent"))
    targets = RowList(FormField(PercentTargetForm), label=lazy_gettext("Targets that change"), max_entries=20)
    where = ConditionsField(lazy_gettext("What counts"))
    universe = ConditionsField(lazy_gettext("Of which records"))
    from_meeting = CountField(lazy_gettext("First record that is asked"), limit=9999)

    def measure_table(self) -> Mapping[str, object]:
        """Return the keys of this kind as a goal file has them."""
        return {
            **super().measure_table(),
            "where": self.where.read(),
            "universe": self.universe.read(),
            "from_meeting": self.from_meeting.data,
        }


class MeanRatioForm(RecordForm):
    """The mean of a ratio of two recorded numbers."""

    kind = Kind.MEAN_RATIO
    target = percent_field(lazy_gettext("Target in per cent"))
    targets = RowList(FormField(PercentTargetForm), label=lazy_gettext("Targets that change"), max_entries=20)
    numerator = CodeField(lazy_gettext("Part"), words={}, empty=None)
    denominator = CodeField(lazy_gettext("Whole"), words={}, empty=None)
    universe = ConditionsField(lazy_gettext("Of which records"))
    averaging = CodeField(lazy_gettext("Averaging"), words=goal_words.AVERAGINGS, empty=None)

    def offer(self, goal_system: GoalSystem) -> None:
        """Fill the choices that depend on the source."""
        super().offer(goal_system)
        numbers = _name_fields(self.chosen_source, FieldType.NUMBER)
        self.numerator.choices = self.denominator.choices = offered(numbers)

    def measure_table(self) -> Mapping[str, object]:
        """Return the keys of this kind as a goal file has them."""
        return {
            **super().measure_table(),
            "numerator": self.numerator.data,
            "denominator": self.denominator.data,
            "universe": self.universe.read(),
            "averaging": self.averaging.data,
        }


class ShareChangeForm(IndicatorForm):
    """The difference between a share now and then, in percentage points."""

    kind = Kind.SHARE_CHANGE
    target = percent_field(lazy_gettext("Target in percentage points"))
    targets = RowList(FormField(PercentTargetForm), label=lazy_gettext("Targets that change"), max_entries=20)
    indicator = CodeField(lazy_gettext("Share of indicator"), words={}, empty=None)
    against = CodeField(lazy_gettext("Compared with"), words={**goal_words.AGAINST, _ON_DAY: _FIXED_DAY}, empty=None)
    against_on = DayField(lazy_gettext("Fixed day"))

    def offer(self, goal_system: GoalSystem) -> None:
        """Fill the choices: the shares of answers in the goal system."""
        super().offer(goal_system)
        shares = [one for one in goal_system.indicators if isinstance(one.measure, AnswerShare)]
        self.indicator.choices = [SelectChoice(one.id, f"{one.id} {' '.join(one.text.split())[:80]}") for one in shares]

    def measure_table(self) -> Mapping[str, object]:
        """Return the keys of this kind as a goal file has them."""
        is_day = self.against.data == _ON_DAY
        if is_day and self.against_on.data is None and not self.against_on.errors:
            self.add_message("against_on", message_of(Problem("required", "against_on")))
        return {
            "indicator": self.indicator.data,
            "against": (self.against_on.data or "previous_year") if is_day else self.against.data,
        }


class ManualValueForm(IndicatorForm):
    """A figure typed in from a document."""

    kind = Kind.MANUAL_VALUE
    mandatory = (*IndicatorForm.mandatory, "value", "as_of", "source_text")
    value = NumberField(lazy_gettext("Value"))
    as_of = DayField(lazy_gettext("As of"))
    source_text = long_text_field(lazy_gettext("Source"), LONGEST_TEXT)
    lower = NumberField(lazy_gettext("Lower limit"))
    upper = NumberField(lazy_gettext("Upper limit"))

    def measure_table(self) -> Mapping[str, object]:
        """Return the keys of this kind as a goal file has them."""
        before = self.original.measure if self.original else None
        source = before.source_text if isinstance(before, ManualValue) else None
        return {
            "value": plain_number(self.value.number),
            "as_of": self.as_of.data,
            "source_text": keep_text(self.source_text.data, source),
            "lower": plain_number(self.lower.number),
            "upper": plain_number(self.upper.number),
        }


def record_values(indicator: Indicator) -> dict[str, Any]:
    """Return what the fields of the kinds in this module show for an indicator."""
    measure = indicator.measure
    if isinstance(measure, ShareChange):
        is_day = not isinstance(measure.against, str)
        shown = {"indicator": measure.indicator, "against": _ON_DAY if is_day else str(measure.against)}
        return shown | {"against_on": measure.against if is_day else None}
    names = {
        RecordCount: ("source", "dated_by", "where", "distinct_by"),
        RecordShare: ("source", "dated_by", "where", "universe", "from_meeting"),
        MeanRatio: ("source", "dated_by", "numerator", "denominator", "universe", "averaging"),
        ManualValue: ("value", "as_of", "source_text", "lower", "upper"),
    }
    return {name: getattr(measure, name) for name in names.get(type(measure), ())}


def new_record_values(kind: Kind, source: Source) -> dict[str, Any]:
    """Return what the form of a new indicator shows: what most networks ask of this source."""
    universe = default_universe(source)
    meetings = {"numerator": "attended_invited", "denominator": "invited"}
    offers = {"numerator": "participants", "denominator": "places"}
    shown: dict[str, Any] = {"source": str(source), "universe": universe, "from_meeting": 1, "averaging": "unweighted"}
    if kind is Kind.RECORD_COUNT:
        shown |= {"where": universe, "distinct_by": "name" if source is Source.PARTNERS else None}
    return shown | (meetings if source is Source.MEETINGS else offers)


def _name_fields(source: Source, *types: FieldType) -> Mapping[str, Any]:
    return {name: goal_words.FIELDS[name] for name, entry in FIELDS[source].items() if entry.type in types}
