"""What was done to a draft, in words, for the button that undoes it."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from survey_app.coordinators.designer.desk import shorten
from survey_app.domain.questionnaire import Questionnaire
from survey_app.services.questionnaire_design import Step

_STEPS: Mapping[str, LazyString] = {
    "item_added": lazy_gettext("question added"),
    "items_added": lazy_gettext("questions added"),
    "item_changed": lazy_gettext("question changed"),
    "item_moved": lazy_gettext("question moved"),
    "item_copied": lazy_gettext("question copied"),
    "item_removed": lazy_gettext("question removed"),
    "conditions_changed": lazy_gettext("rule changed"),
    "texts_changed": lazy_gettext("title or texts changed"),
    "languages_changed": lazy_gettext("languages changed"),
}


def describe_step(step: Step, *questionnaires: Questionnaire) -> str:
    """Return what was done and to which item, which may stand in one of the questionnaires only."""
    words = str(_STEPS.get(step.kind, step.kind))
    found = (one.find_item(step.subject) for one in questionnaires)
    item = next((item for item in found if item is not None), None)
    text = item.texts.get(questionnaires[0].source_language, "") if item else ""
    return f"{words} ({shorten(text, 40)})" if text else words
