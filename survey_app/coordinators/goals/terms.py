"""Every key of a goal system in words, and its value as people read it: for differences and for conflicts."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from flask_babel import LazyString, format_date, gettext, lazy_gettext

from survey_app.coordinators.comparison import Difference
from survey_app.coordinators.goals.number_field import PERCENT, write_exactly
from survey_app.evaluation.goals.conditions import Condition
from survey_app.evaluation.goals.goals_comparison import ChangeKind, KeyChange, Part
from survey_app.evaluation.goals.goals_writing import Entries
from survey_app.evaluation.goals.indicators import Kind
from survey_app.web import goal_words
from survey_app.web.conditions import conditions_text
from survey_app.web.vocabulary import Words

NOTHING = "–"
_IN_PERCENT = (Kind.ANSWER_SHARE, Kind.RECORD_SHARE, Kind.MEAN_RATIO, Kind.SHARE_CHANGE)
_SHARES = frozenset({"confidence", "nonresponse_allowance"})
_ASKED = frozenset({"item", "affirming", "not_applicable"})

Names = Mapping[str, str]
"""Words of questions and answers by their codes."""
NO_NAMES: Names = {}

PARTS: Words = {
    Part.HEAD: lazy_gettext("Head of the goal system"),
    Part.PARAMETERS: lazy_gettext("Rules of the evaluation"),
    Part.WORDING: lazy_gettext("Wording"),
    Part.GOAL: lazy_gettext("Goal"),
    Part.INDICATOR: lazy_gettext("Indicator"),
}
CHANGES: Words = {
    ChangeKind.ADDED: lazy_gettext("added"),
    ChangeKind.REMOVED: lazy_gettext("removed"),
    ChangeKind.CHANGED: lazy_gettext("changed"),
    ChangeKind.MOVED: lazy_gettext("moved to another place"),
}
CHANGE_BADGES: Mapping[str, str] = {
    ChangeKind.ADDED: "success",
    ChangeKind.REMOVED: "danger",
    ChangeKind.CHANGED: "info",
    ChangeKind.MOVED: "neutral",
}

KEYS: Mapping[str, LazyString] = {
    "affirming": lazy_gettext("Counts as agreement"),
    "against": lazy_gettext("Compared with"),
    "as_of": lazy_gettext("As of"),
    "averaging": lazy_gettext("Averaging"),
    "base": lazy_gettext("Base"),
    "comparison": lazy_gettext("Reached with"),
    "confidence": lazy_gettext("Confidence"),
    "current": lazy_gettext("Current wording"),
    "dated_by": lazy_gettext("Dated by"),
    "deadline": lazy_gettext("Deadline"),
    "denominator": lazy_gettext("Whole"),
    "distinct_by": lazy_gettext("Counted once each"),
    "from": lazy_gettext("Fixed period from"),
    "from_meeting": lazy_gettext("First record that is asked"),
    "goals": lazy_gettext("Goals"),
    "goals_reading": lazy_gettext("Goals in our reading"),
    "heading": lazy_gettext("Heading"),
    "id": lazy_gettext("Short name"),
    "indicator": lazy_gettext("Share of indicator"),
    "item": lazy_gettext("Question"),
    "kind": lazy_gettext("Kind"),
    "level": lazy_gettext("Level"),
    "lower": lazy_gettext("Lower limit"),
    "mandate": lazy_gettext("Mandate"),
    "min_base": lazy_gettext("Fewest answers for a judgement"),
    "min_group": lazy_gettext("Smallest group inside the network"),
    "min_group_public": lazy_gettext("Smallest group for everybody"),
    "min_group_sensitive": lazy_gettext("Smallest group at sensitive questions"),
    "nonresponse_allowance": lazy_gettext("Allowance for those who did not answer"),
    "not_applicable": lazy_gettext("Leaves the base"),
    "number": lazy_gettext("Number"),
    "numerator": lazy_gettext("Part"),
    "parent": lazy_gettext("Goal above"),
    "period": lazy_gettext("Period"),
    "pooling": lazy_gettext("Surveys"),
    "population": lazy_gettext("Speaks of"),
    "reading": lazy_gettext("Note"),
    "remark": lazy_gettext("Remark"),
    "review_on": lazy_gettext("Review on"),
    "schema": lazy_gettext("File format"),
    "source": lazy_gettext("Source"),
    "source_text": lazy_gettext("Source"),
    "starts_on": lazy_gettext("First day"),
    "state": lazy_gettext("State"),
    "state_reason": lazy_gettext("Reason"),
    "statement": lazy_gettext("End of the sentence"),
    "step": lazy_gettext("Step on the ladder of effects"),
    "target": lazy_gettext("Target"),
    "target_group": lazy_gettext("Target group"),
    "targets": lazy_gettext("Targets that change"),
    "text": lazy_gettext("Text"),
    "text_en": lazy_gettext("In English"),
    "title": lazy_gettext("Title"),
    "unit": lazy_gettext("Unit"),
    "universe": lazy_gettext("Of which records"),
    "until": lazy_gettext("Fixed period until"),
    "upper": lazy_gettext("Upper limit"),
    "valid_from": lazy_gettext("In reports from"),
    "valid_until": lazy_gettext("In reports until"),
    "value": lazy_gettext("Value"),
    "values": lazy_gettext("Values of the answers"),
    "version": lazy_gettext("Version"),
    "where": lazy_gettext("What counts"),
    "wording": lazy_gettext("Wording"),
}

_CODES: Mapping[str, Words] = {
    "averaging": goal_words.AVERAGINGS,
    "base": goal_words.BASES,
    "comparison": goal_words.COMPARISONS,
    "against": goal_words.AGAINST,
    "kind": goal_words.KINDS,
    "level": goal_words.LEVELS,
    "period": goal_words.PERIODS,
    "pooling": goal_words.POOLINGS,
    "population": goal_words.POPULATIONS,
    "source": goal_words.SOURCES,
    "state": goal_words.STATES,
}
_FIELD_KEYS = frozenset({"distinct_by", "dated_by", "numerator", "denominator"})


def list_differences(ours: Entries, theirs: Entries, names: Names = NO_NAMES) -> list[Difference]:
    """Return two states of one part side by side, key by key."""
    kind = ours.get("kind") or theirs.get("kind")
    changes = (KeyChange(key, theirs.get(key), ours.get(key)) for key in dict.fromkeys((*ours, *theirs)))
    return list_changes((one for one in changes if one.before is not None or one.after is not None), kind, names)


def list_changes(keys: Iterable[KeyChange], kind: object = None, names: Names = NO_NAMES) -> list[Difference]:
    """Return changed keys side by side: as they are now, and as they were before."""
    return [
        Difference(
            str(KEYS[one.key]), lines_of(one.key, one.after, kind, names), lines_of(one.key, one.before, kind, names)
        )
        for one in keys
    ]


def lines_of(key: str, value: object, kind: object = None, names: Names = NO_NAMES) -> tuple[str, ...]:
    """Return a value as lines to read.

    Args:
        kind: of the indicator, since targets of shares are read in per cent.
        names: words of questions and answers by their codes.
    """
    if value is None or value == ():
        return (NOTHING,)
    if key in _ASKED:
        codes = value if isinstance(value, tuple | list) else (value,)
        return tuple(names.get(str(code), str(code)) for code in codes)
    if key in _CODES and str(value) in _CODES[key]:
        return (str(_CODES[key][str(value)]),)
    if key in _FIELD_KEYS:
        return (str(goal_words.FIELDS.get(str(value), value)),)
    return _lines_of_value(
        key, value, in_percent=key in _SHARES or (key == "target" and kind in _IN_PERCENT), kind=kind
    )


def _lines_of_value(key: str, value: object, *, in_percent: bool, kind: object) -> tuple[str, ...]:
    if isinstance(value, bool):
        return (gettext("yes") if value else gettext("no"),)
    if isinstance(value, Fraction):
        return (_number(value, in_percent=in_percent),)
    if isinstance(value, date):
        return (format_date(value, "long"),)
    if isinstance(value, Mapping):
        return tuple(f"{code} = {_number(Fraction(number), in_percent=False)}" for code, number in value.items())
    if isinstance(value, tuple | list):
        return _lines_of_list(key, value, kind)
    return (str(value),)


def _lines_of_list(key: str, value: tuple[Any, ...] | list[Any], kind: object) -> tuple[str, ...]:
    if key == "targets":
        return tuple(
            gettext(
                "from %(day)s: %(target)s",
                day=format_date(entry["from"], "medium"),
                target=_number(entry["value"], in_percent=kind in _IN_PERCENT),
            )
            for entry in value
        )
    if isinstance(value[0], Condition):
        return (conditions_text(value),)
    return tuple(str(one) for one in value)


def _number(number: Fraction, *, in_percent: bool) -> str:
    return f"{write_exactly(number * PERCENT)}\u00a0%" if in_percent else write_exactly(number)
