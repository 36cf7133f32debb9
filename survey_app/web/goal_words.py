"""The words of goal systems and reports: one table per kind of code, found by the code itself.

The German of labels that the evaluation fixes is its wording, word for word; the catalogue repeats it.
"""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from survey_app.domain.conditions import Operator
from survey_app.evaluation import Averaging, Base, Comparison, Flag, Reason, Verdict
from survey_app.evaluation.goals.goals import GoalState, Level, Tier
from survey_app.evaluation.goals.indicators import Against, Kind, PeriodKind, Pooling, Population
from survey_app.evaluation.goals.sources import Source
from survey_app.web.vocabulary import Words

VERDICTS: Words = {
    Verdict.REACHED_SECURE: lazy_gettext("Target reached – secure"),
    Verdict.REACHED_POINT: lazy_gettext("Target reached – in the measured value only"),
    Verdict.OPEN: lazy_gettext("open – just below the target"),
    Verdict.MISSED: lazy_gettext("Target missed"),
    Verdict.NOT_ASSESSABLE: lazy_gettext("too little data"),
    Verdict.NO_TARGET: lazy_gettext("no target set"),
}

RUNNING = lazy_gettext("open – the period is not over yet")

EXPLANATIONS: Words = {
    Verdict.REACHED_SECURE: lazy_gettext("Reached even if those who did not answer agree less."),
    Verdict.REACHED_POINT: lazy_gettext("The measured value reaches the target, but this is not secure."),
    Verdict.OPEN: lazy_gettext("Below the target, but the distance lies within the uncertainty."),
    Verdict.MISSED: lazy_gettext("Clearly below the target."),
    Verdict.NOT_ASSESSABLE: lazy_gettext("No judgement is possible; the reason is given."),
    Verdict.NO_TARGET: lazy_gettext("Observed only."),
}

EXPLANATIONS_OF_ALL: Words = {
    **EXPLANATIONS,
    Verdict.REACHED_SECURE: lazy_gettext("Reached even on an unfavourable assumption about what is not known."),
}
"""True of every kind of indicator: behind counts and records nobody was asked anything."""

REASONS: Words = {
    Reason.NO_ANSWERS: lazy_gettext("There are no answers."),
    Reason.BELOW_DISCLOSURE_THRESHOLD: lazy_gettext("Too few answers: results of small groups are not shown."),
    Reason.SMALL_BASE: lazy_gettext("Too few answers for a judgement."),
    Reason.ATTENDANCE_UNKNOWN: lazy_gettext("The number of people present is not recorded."),
    Reason.ATTENDANCE_IMPLAUSIBLE: lazy_gettext("There are more answers than people recorded as present."),
    Reason.NOT_A_FULL_YEAR: lazy_gettext("The network did not exist for the whole year."),
    Reason.PERIOD_RUNNING: lazy_gettext("The period is not over yet."),
    Reason.INCOMPLETE: lazy_gettext("Records are missing for a part."),
    Reason.UNDOCUMENTED: lazy_gettext("Nothing is recorded about this."),
    Reason.MORE_ATTENDED_THAN_INVITED: lazy_gettext("At one meeting at least, more people came than were invited."),
    Reason.ONLY_TOTAL_RECORDED: lazy_gettext("Only the total attendance is recorded, not who of the invited came."),
    Reason.NO_USABLE_MEETINGS: lazy_gettext("No meeting has the figures that this needs."),
}

FLAGS: Words = {
    Flag.BASE_SENSITIVE: lazy_gettext("With the other base the verdict would be different."),
    Flag.AVERAGING_SENSITIVE: lazy_gettext(
        "The mean of the meetings and the ratio of the totals lie on different sides of the target."
    ),
    Flag.POOLING_SENSITIVE: lazy_gettext(
        "Other ways of combining the surveys would put the value on the other side of the target."
    ),
    Flag.VERSION_CHANGED: lazy_gettext("The question was reworded; earlier surveys are a series of their own."),
}

KINDS: Words = {
    Kind.ANSWER_SHARE: lazy_gettext("Share of those asked who agree"),
    Kind.ANSWER_MEAN: lazy_gettext("Mean of the answers"),
    Kind.RECORD_COUNT: lazy_gettext("Number of records"),
    Kind.RECORD_SHARE: lazy_gettext("Share of the documented records that fulfil the condition"),
    Kind.MEAN_RATIO: lazy_gettext("Ratio of two recorded numbers, averaged"),
    Kind.SHARE_CHANGE: lazy_gettext("Change of a share"),
    Kind.MANUAL_VALUE: lazy_gettext("Value taken from a document"),
}

LEVELS: Words = {
    Level.VISION: lazy_gettext("Vision"),
    Level.GUIDING: lazy_gettext("Guiding goal"),
    Level.INTERMEDIATE: lazy_gettext("Intermediate goal"),
    Level.SPECIFIC: lazy_gettext("Specific goal"),
}

STATES: Words = {
    GoalState.ACTIVE: lazy_gettext("active"),
    GoalState.DEFERRED: lazy_gettext("deferred"),
    GoalState.ENDED: lazy_gettext("ended"),
}

PERIODS: Words = {
    PeriodKind.SURVEY: lazy_gettext("each survey by itself; the latest one counts"),
    PeriodKind.CALENDAR_YEAR: lazy_gettext("calendar year"),
    PeriodKind.FULL_CALENDAR_YEAR: lazy_gettext("full calendar year"),
    PeriodKind.SINCE_START: lazy_gettext("since the network began"),
    PeriodKind.SPAN: lazy_gettext("fixed period"),
}

BASES: Words = {
    Base.ASKED: lazy_gettext("everyone who was asked and to whom the question applies"),
    Base.VALID: lazy_gettext("everyone who gave a valid answer"),
}

POOLINGS: Words = {
    Pooling.LATEST_SURVEY: lazy_gettext("only the latest survey"),
    Pooling.ALL: lazy_gettext("all answers of the period together"),
    Pooling.FIRST_ANSWERS: lazy_gettext("everybody’s first answer of the year"),
}

POPULATIONS: Words = {
    Population.ATTENDEES: lazy_gettext("the people present"),
    Population.MEMBERS: lazy_gettext("all members of the network, present or not"),
}

AGAINST: Words = {
    Against.PREVIOUS_YEAR: lazy_gettext("the year before"),
    Against.FIRST_SURVEY: lazy_gettext("the first survey"),
}

COMPARISONS: Words = {
    Comparison.AT_LEAST: lazy_gettext("at least"),
    Comparison.AT_MOST: lazy_gettext("at most"),
}

AVERAGINGS: Words = {
    Averaging.UNWEIGHTED: lazy_gettext("mean of the meetings, each counting the same"),
    Averaging.POOLED: lazy_gettext("ratio of the totals"),
}

STEPS: Mapping[int, LazyString] = {
    1: lazy_gettext("activities take place"),
    2: lazy_gettext("people take part"),
    3: lazy_gettext("people are satisfied"),
    4: lazy_gettext("people know more"),
    5: lazy_gettext("people act differently"),
    6: lazy_gettext("living conditions change"),
    7: lazy_gettext("society changes"),
}
"""The seven rungs of the ladder of effects; nothing a meeting survey asks reaches the last two."""

TIERS: Words = {
    Tier.INTERNAL: lazy_gettext("Internal – for the coordinators of the network"),
    Tier.PUBLIC: lazy_gettext("Public – for committees and everybody else"),
}

TRENDS: Words = {
    "rising": lazy_gettext("rising"),
    "falling": lazy_gettext("falling"),
    "no_clear_trend": lazy_gettext("no clear trend"),
}

TURNING: Mapping[tuple[bool, str], LazyString] = {
    (True, Comparison.AT_LEAST): lazy_gettext(
        "It would be missed if fewer than %(share)s of the %(count)s people present without an answer agreed."
    ),
    (True, Comparison.AT_MOST): lazy_gettext(
        "It would be missed if more than %(share)s of the %(count)s people present without an answer agreed."
    ),
    (False, Comparison.AT_LEAST): lazy_gettext(
        "It would be reached if at least %(share)s of the %(count)s people present without an answer agreed."
    ),
    (False, Comparison.AT_MOST): lazy_gettext(
        "It would be reached if at most %(share)s of the %(count)s people present without an answer agreed."
    ),
}
"""The tipping point in words, by whether the target is reached and by its direction."""

KEPT = lazy_gettext("The target is reached whatever the %(count)s people present without an answer think.")
BEYOND = lazy_gettext("Whatever the %(count)s people present without an answer think, the target is not reached.")

BASE_PARTS: Words = {
    "affirming": lazy_gettext("agreed"),
    "not_affirming": lazy_gettext("did not agree"),
    "no_answer": lazy_gettext("gave no answer"),
    "not_applicable": lazy_gettext("does not apply to them"),
    "not_shown": lazy_gettext("did not reach the question"),
    "true": lazy_gettext("fulfilled"),
    "false": lazy_gettext("not fulfilled"),
    "unknown": lazy_gettext("not documented"),
    "known": lazy_gettext("with figures"),
    "pooled": lazy_gettext("ratio of the totals"),
}
"""What the base of a figure is made of: answers, documented records, or meetings with figures."""


SOURCES: Words = {
    Source.MEETINGS: lazy_gettext("meetings"),
    Source.PARTNERS: lazy_gettext("partners"),
    Source.NEEDS: lazy_gettext("recognised needs"),
    Source.OFFERS: lazy_gettext("education offers"),
}

FIELDS: Words = {
    "actor_group": lazy_gettext("actor group"),
    "actor_groups": lazy_gettext("actor groups present"),
    "actor_groups_count": lazy_gettext("number of actor groups present"),
    "attended_invited": lazy_gettext("invited persons who came"),
    "attended_total": lazy_gettext("all persons who came"),
    "date": lazy_gettext("date"),
    "decided_on": lazy_gettext("decided"),
    "field": lazy_gettext("field of education"),
    "fields": lazy_gettext("fields of education"),
    "format": lazy_gettext("format"),
    "good_practice": lazy_gettext("opportunity to present good practice"),
    "host": lazy_gettext("host"),
    "id": lazy_gettext("id"),
    "identified_on": lazy_gettext("identified"),
    "informed_on": lazy_gettext("informed"),
    "inside": lazy_gettext("part of the administration"),
    "invited": lazy_gettext("invited persons"),
    "languages": lazy_gettext("languages"),
    "meeting": lazy_gettext("meeting"),
    "motto": lazy_gettext("motto"),
    "name": lazy_gettext("name"),
    "offer": lazy_gettext("education offer"),
    "origin": lazy_gettext("brought in by"),
    "participants": lazy_gettext("participants"),
    "place": lazy_gettext("place"),
    "places": lazy_gettext("places"),
    "rating": lazy_gettext("rated"),
    "recognised_on": lazy_gettext("recognised"),
    "series_number": lazy_gettext("number in the series"),
    "started_on": lazy_gettext("started"),
    "status": lazy_gettext("state"),
    "title": lazy_gettext("title"),
    "topics": lazy_gettext("topic"),
    "won_on": lazy_gettext("won"),
}
"""The recorded fields that conditions and ratios of a goal system can name."""

OPERATORS: Mapping[str, str] = {
    Operator.EQUAL: "=",
    Operator.NOT_EQUAL: "≠",
    Operator.IN: "=",
    Operator.AT_LEAST: "≥",
    Operator.AT_MOST: "≤",
}


def verdict_label(verdict: str, *, running: bool = False) -> LazyString:
    """Return the name of a verdict; an open one in a running period says so."""
    return RUNNING if running and verdict == Verdict.OPEN else VERDICTS[verdict]
