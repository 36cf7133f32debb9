"""The one table of wordings for problem codes; every sentence speaks to the person at the field."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from survey_app.domain.errors import Problem

_MESSAGES: Mapping[str, LazyString] = {
    "before_earlier_step": lazy_gettext("This step cannot come before the one above it."),
    "closes_before_opening": lazy_gettext("The end must come after the beginning and lie in the future."),
    "empty_form": lazy_gettext("Please answer at least one question before you send."),
    "exclusive_choice": lazy_gettext("This answer cannot be combined with others. Please leave only one of them."),
    "fewer_than_invited_attended": lazy_gettext(
        "All persons present cannot be fewer than the invited persons who came (%(limit)s)."
    ),
    "languages_not_offered": lazy_gettext("Choose at least one language of the questionnaire."),
    "minimum_too_small": lazy_gettext("Must be at least %(limit)s; a network can only be stricter."),
    "negative_number": lazy_gettext("Enter a number of 0 or more."),
    "not_a_date": lazy_gettext("Please enter a date with day, month and year."),
    "not_a_number": lazy_gettext("Please enter a number, for example 12."),
    "number_too_large": lazy_gettext("Please enter a number of at most %(limit)s."),
    "number_too_small": lazy_gettext("Please enter a number of at least %(limit)s."),
    "required": lazy_gettext("Please fill in this field."),
    "retention_out_of_range": lazy_gettext("Choose between %(low)s and %(high)s months."),
    "several_choices": lazy_gettext("Please choose one answer only."),
    "text_too_long": lazy_gettext("This text is too long: %(length)s characters, %(limit)s are possible."),
    "too_many_choices": lazy_gettext("Please choose at most %(limit)s answers."),
    "unknown_choice": lazy_gettext("This answer does not exist here. Please choose one of the answers shown."),
}


def message_of(problem: Problem) -> str:
    """Return what to tell the person about a problem, in the language of the page.

    Raises:
        KeyError: for a code without wording; a test walks through all codes.
    """
    return str(_MESSAGES[problem.code]) % problem.parameters if problem.parameters else str(_MESSAGES[problem.code])


def known_codes() -> frozenset[str]:
    """Return the codes that have a wording."""
    return frozenset(_MESSAGES)
