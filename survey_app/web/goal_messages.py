"""Wordings of the problems that editing a goal system can have."""

from flask_babel import lazy_gettext

from survey_app.web.vocabulary import Words

GOAL_MESSAGES: Words = {
    "ambiguous_number": lazy_gettext("Please write the number without a sign between the thousands, for example 1000."),
    "goal_is_needed": lazy_gettext("Something still stands at this goal: %(names)s. Move or remove that first."),
    "indicator_is_needed": lazy_gettext(
        "Another indicator measures the change of this one: %(names)s. Remove that first."
    ),
    "no_answer_has_value": lazy_gettext("Please enter a number for at least one answer."),
    "last_goal": lazy_gettext("A goal system has at least one goal."),
}
