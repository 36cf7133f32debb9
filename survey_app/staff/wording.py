"""The words of the staff's pages: those of goal systems and reports, and those of what is to be done."""

from flask_babel import lazy_gettext

from survey_app.domain.duties import Duty
from survey_app.evaluation.goals.goals import Tier
from survey_app.web.goal_words import (
    AVERAGINGS,
    BASE_PARTS,
    BASES,
    BEYOND,
    EXPLANATIONS,
    EXPLANATIONS_OF_ALL,
    FIELDS,
    FLAGS,
    KEPT,
    KINDS,
    LEVELS,
    OPERATORS,
    PERIODS,
    POOLINGS,
    REASONS,
    RUNNING,
    SOURCES,
    STATES,
    STEPS,
    TIERS,
    TRENDS,
    TURNING,
    VERDICTS,
    verdict_label,
)
from survey_app.web.vocabulary import Words

__all__ = [
    "AVERAGINGS",
    "BASES",
    "BASE_PARTS",
    "BEYOND",
    "DUTIES",
    "EXPLANATIONS",
    "EXPLANATIONS_OF_ALL",
    "FIELDS",
    "FLAGS",
    "KEPT",
    "KINDS",
    "LEVELS",
    "OPERATORS",
    "PERIODS",
    "POOLINGS",
    "READERS",
    "REASONS",
    "RUNNING",
    "SOURCES",
    "STATES",
    "STEPS",
    "SURVEY_RUNNING",
    "TIERS",
    "TRENDS",
    "TURNING",
    "VERDICTS",
    "Words",
    "verdict_label",
]

DUTIES: Words = {
    Duty.STILL_PLANNED: lazy_gettext("still marked as planned"),
    Duty.NO_INVITATIONS: lazy_gettext("invitations not recorded"),
    Duty.NO_ATTENDANCE: lazy_gettext("attendance not recorded"),
    Duty.NO_GOOD_PRACTICE: lazy_gettext("good practice not recorded"),
    Duty.NO_TOPICS: lazy_gettext("topics not recorded"),
    Duty.NO_SURVEY: lazy_gettext("no survey"),
    Duty.SURVEY_OPEN: lazy_gettext("survey still open"),
    Duty.NOT_SEALED: lazy_gettext("survey not sealed"),
}
"""What the meetings' pages say about the same duties, word for word."""

READERS: Words = {
    Tier.INTERNAL: lazy_gettext("internal"),
    Tier.PUBLIC: lazy_gettext("public"),
}
"""Who reads a release, in one word."""

SURVEY_RUNNING = lazy_gettext("The survey is open; results follow once it is closed and sealed.")
