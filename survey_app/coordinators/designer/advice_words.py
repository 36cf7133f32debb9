"""What the design check says, as a good colleague would."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from survey_app.domain.design_check import Advice
from survey_app.web.locale import write_number

_ADVICE: Mapping[str, LazyString] = {
    "agreement_scale": lazy_gettext(
        "Agreement scales invite people to say yes. Ask for the thing itself: “How useful is …?” – “very useful”."
    ),
    "forced_answer": lazy_gettext("Whoever must answer breaks off, or guesses. Better leave the question free."),
    "hard_to_read": lazy_gettext("This reads heavily. Shorter words and sentences reach more people."),
    "long_question": lazy_gettext("%(count)s words are much for a phone. Could %(limit)s do?"),
    "long_questionnaire": lazy_gettext(
        "Most people will need more than three minutes. What could be left out, or asked another time?"
    ),
    "many_choices": lazy_gettext(
        "%(count)s answers are much to read; beyond %(limit)s people take the first that fits."
    ),
    "many_groupings": lazy_gettext(
        "Results may be shown by %(count)s questions. The more there are, the more groups have to be hidden."
    ),
    "no_classes": lazy_gettext("Without classes only the number of answers is known. Say which classes are counted."),
    "no_introduction": lazy_gettext("There is no introduction. People want to know how long it takes, and what for."),
    "no_way_out": lazy_gettext("There is no way out. Offer “no answer”, or people will guess or leave."),
    "none_beside_others": lazy_gettext("“None of these” can be ticked beside others. Mark it “only by itself”."),
    "personal_data": lazy_gettext(
        "“%(words)s” asks for something personal. Do you need it, and could it tell who answered?"
    ),
    "sensitive_groups": lazy_gettext("A sensitive question should not be one by which other results are shown."),
    "small_groups": lazy_gettext(
        "With %(count)s groups somebody may stand alone in one; beyond %(limit)s results are never shown by them."
    ),
    "two_thoughts": lazy_gettext("Two thoughts in one question (“%(words)s”)? Who agrees with one only cannot answer."),
    "unlabelled_scale": lazy_gettext("Some steps of the scale have no words. Bare numbers are read differently."),
}


def say_advice(advice: Advice) -> str:
    """Return one piece of advice in the language of the page."""
    given = {name: write_number(x) if isinstance(x, int) else x for name, x in advice.parameters.items()}
    words = str(_ADVICE[advice.code])
    return words % given if given else words


def known_advice() -> frozenset[str]:
    """Return the codes that have words."""
    return frozenset(_ADVICE)
