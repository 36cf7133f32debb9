"""The words of this door's own codes: stages of a survey, gaps in a record, next steps."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from survey_app.coordinators.progress import Step
from survey_app.domain.duties import Duty, Stage
from survey_app.web.vocabulary import STATUSES, Words

__all__ = ["GAPS", "REASONS", "SHEETS", "STAGES", "STAGE_KINDS", "STATUSES", "STEPS"]

STAGES: Words = {
    Stage.DRAFT: lazy_gettext("draft"),
    Stage.SCHEDULED: lazy_gettext("opens later"),
    Stage.OPEN: lazy_gettext("open"),
    Stage.GRACE: lazy_gettext("closed"),
    Stage.SEALABLE: lazy_gettext("closed, not sealed"),
    Stage.SEALED: lazy_gettext("sealed"),
    Stage.ERASED: lazy_gettext("erased"),
}

STAGE_KINDS = {
    Stage.DRAFT: "neutral",
    Stage.SCHEDULED: "info",
    Stage.OPEN: "success",
    Stage.GRACE: "warning",
    Stage.SEALABLE: "warning",
    Stage.SEALED: "info",
    Stage.ERASED: "neutral",
}
"""Kind of the badge beside the word; the word alone says it all."""

GAPS: Words = {
    Duty.STILL_PLANNED: lazy_gettext("still marked as planned"),
    Duty.NO_INVITATIONS: lazy_gettext("invitations not recorded"),
    Duty.NO_ATTENDANCE: lazy_gettext("attendance not recorded"),
    Duty.NO_GOOD_PRACTICE: lazy_gettext("good practice not recorded"),
    Duty.NO_TOPICS: lazy_gettext("topics not recorded"),
    Duty.NO_SURVEY: lazy_gettext("no survey"),
    Duty.SURVEY_OPEN: lazy_gettext("survey still open"),
    Duty.NOT_SEALED: lazy_gettext("survey not sealed"),
}

STEPS: Words = {
    Step.OPEN_SURVEY: lazy_gettext("Open survey"),
    Step.PRINT_POSTER: lazy_gettext("Print poster"),
    Step.CLOSE_SURVEY: lazy_gettext("Close survey"),
    Step.SEAL_SURVEY: lazy_gettext("Seal survey"),
    Step.COMPLETE_RECORD: lazy_gettext("Complete the record"),
    Step.READ_REPORT: lazy_gettext("See the report"),
}

REASONS: Words = {
    Step.OPEN_SURVEY: lazy_gettext("This meeting has no survey yet."),
    Step.PRINT_POSTER: lazy_gettext("The survey is open; the poster brings it into the room."),
    Step.CLOSE_SURVEY: lazy_gettext("The meeting is over and its survey is still open."),
    Step.SEAL_SURVEY: lazy_gettext("The survey is closed. Sealing counts its answers."),
    Step.COMPLETE_RECORD: lazy_gettext("The meeting is over and its record has gaps."),
    Step.READ_REPORT: lazy_gettext("The record is complete and the answers are counted."),
}

SHEETS: Mapping[str, tuple[LazyString, LazyString]] = {
    "poster-a4": (lazy_gettext("Poster A4"), lazy_gettext("For doors and walls.")),
    "poster-a3": (lazy_gettext("Poster A3"), lazy_gettext("The same, twice as large.")),
    "cards-a4": (lazy_gettext("Table card"), lazy_gettext("A4, folded in the middle: it stands on a table.")),
    "handout-a6": (lazy_gettext("Handout A6"), lazy_gettext("For a printing office.")),
    "handout-a4": (lazy_gettext("Four handouts"), lazy_gettext("On A4, to be cut.")),
    "slide-16-9": (lazy_gettext("Slide 16:9"), lazy_gettext("For the projector, as a page of a presentation.")),
}
"""By the code of each format: what it is called, and what it is good for."""
