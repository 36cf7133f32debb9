"""Wordings for what can be wrong with answers: the part of `web.messages` that participants meet."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

ANSWER_MESSAGES: Mapping[str, LazyString] = {
    "empty_form": lazy_gettext("Please answer at least one question before you send."),
    "exclusive_choice": lazy_gettext("This answer cannot be combined with others. Please leave only one of them."),
    "not_a_date": lazy_gettext("Please enter a date with day, month and year."),
    "not_a_number": lazy_gettext("Please enter a number, for example 12."),
    "number_too_large": lazy_gettext("Please enter a number of at most %(limit)s."),
    "number_too_small": lazy_gettext("Please enter a number of at least %(limit)s."),
    "required": lazy_gettext("Please fill in this field."),
    "several_choices": lazy_gettext("Please choose one answer only."),
    "text_too_long": lazy_gettext("This text is too long: %(length)s characters, %(limit)s are possible."),
    "text_without_choice": lazy_gettext(
        "You wrote something here, but the answer beside it is not ticked. Please tick it, or delete what you wrote."
    ),
    "too_many_choices": lazy_gettext("Please choose at most %(limit)s answers."),
    "unknown_choice": lazy_gettext("This answer does not exist here. Please choose one of the answers shown."),
}
