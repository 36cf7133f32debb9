"""The one table of wordings for problem codes; every sentence speaks to the person at the field."""

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import LazyString, lazy_gettext

from survey_app.domain.errors import Problem
from survey_app.web.answer_messages import ANSWER_MESSAGES
from survey_app.web.condition_messages import CONDITION_MESSAGES
from survey_app.web.design_messages import DESIGN_MESSAGES
from survey_app.web.goal_messages import GOAL_MESSAGES
from survey_app.web.locale import write_number
from survey_app.web.record_messages import RECORD_MESSAGES

_MESSAGES: Mapping[str, LazyString] = {
    **ANSWER_MESSAGES,
    **CONDITION_MESSAGES,
    **DESIGN_MESSAGES,
    **GOAL_MESSAGES,
    **RECORD_MESSAGES,
    "before_earlier_step": lazy_gettext("This step cannot come before the one above it."),
    "day_not_come": lazy_gettext("A report can be released up to today, not for a day to come."),
    "colour_too_light": lazy_gettext(
        "White can hardly be read on this colour: the contrast is %(ratio)s to 1, at least %(limit)s to 1 is needed. "
        "Please choose a darker one."
    ),
    "malformed_colour": lazy_gettext("Please enter a colour as # and six signs, for example #14375e."),
    "picture_too_heavy": lazy_gettext("The file is too large. Please choose one of at most %(limit)s MB."),
    "picture_too_large": lazy_gettext("The picture has too many pixels. At most %(limit)s million are possible."),
    "picture_too_small": lazy_gettext("The picture is too small: it needs at least %(limit)s pixels on each side."),
    "picture_unreadable": lazy_gettext("This is no picture that can be read. Please choose a PNG or JPEG file."),
    "closes_before_opening": lazy_gettext("The end must come after the beginning and lie in the future."),
    "fewer_than_invited_attended": lazy_gettext(
        "All persons present cannot be fewer than the invited persons who came (%(limit)s)."
    ),
    "languages_not_offered": lazy_gettext("Choose at least one language of the questionnaire."),
    "minimum_too_small": lazy_gettext("Must be at least %(limit)s; a network can only be stricter."),
    "negative_number": lazy_gettext("Enter a number of 0 or more."),
    "number_out_of_range": lazy_gettext("Choose a number between %(low)s and %(high)s."),
    "respondents_of_no_share": lazy_gettext("Only a share has people it is a share of."),
    "retention_out_of_range": lazy_gettext("Choose between %(low)s and %(high)s months."),
    "share_does_not_fit": lazy_gettext("With so many people there is no such share; please check both numbers."),
    "share_out_of_range": lazy_gettext("A share lies between 0 and 100 per cent."),
    "too_few_respondents": lazy_gettext("Results of fewer than %(limit)s people are not shown."),
}


def message_of(problem: Problem) -> str:
    """Return what to tell the person about a problem, in the language of the page.

    Raises:
        KeyError: for a code without wording; a test walks through all codes.
    """
    words = str(_MESSAGES[problem.code])
    if not problem.parameters:
        return words
    given = problem.parameters.items()
    return words % {name: write_number(x) if isinstance(x, int | Decimal) else x for name, x in given}


def known_codes() -> frozenset[str]:
    """Return the codes that have a wording."""
    return frozenset(_MESSAGES)
