"""Wordings for what stands against a change of a questionnaire: the part of `web.messages` for its designers."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

DESIGN_MESSAGES: Mapping[str, LazyString] = {
    "choice_is_needed": lazy_gettext("An answer that you remove is asked for by a rule of this question: %(item)s"),
    "empty_range": lazy_gettext("The smallest number is larger than the largest one."),
    "item_needs_earlier": lazy_gettext("“%(item)s” is shown depending on “%(value)s” and must stay behind it."),
    "missing_thanks": lazy_gettext("There are no words of thanks for those who have answered."),
    "missing_title": lazy_gettext("The questionnaire has no title."),
    "missing_wording": lazy_gettext("Wording is missing."),
    "no_choices": lazy_gettext("Please enter at least one answer."),
    "nothing_asked": lazy_gettext("The questionnaire asks nothing yet."),
    "outdated_wording": lazy_gettext("The translation belongs to an earlier wording."),
}
