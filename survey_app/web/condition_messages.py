"""Wordings for what can be wrong with the conditions of a questionnaire: the part of `web.messages` for its authors."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

CONDITION_MESSAGES: Mapping[str, LazyString] = {
    "condition_does_not_fit": lazy_gettext("The question that is asked for cannot be compared in this way."),
    "condition_on_later_item": lazy_gettext("A condition can only ask for questions that come before it."),
    "condition_on_unknown_choice": lazy_gettext("The question that is asked for has no such answer."),
    "condition_on_words": lazy_gettext("A condition can only ask for choices, numbers and dates."),
    "condition_without_date": lazy_gettext(
        "The question that is asked for is answered by a date: compare it with one."
    ),
    "condition_without_number": lazy_gettext(
        "The question that is asked for is answered by a number: compare it with one."
    ),
    "malformed_condition": lazy_gettext("This condition cannot be understood."),
    "never_shown": lazy_gettext("Nobody would ever see this: its conditions contradict each other."),
    "unknown_item": lazy_gettext("The question that is asked for does not exist."),
}
