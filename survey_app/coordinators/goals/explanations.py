"""What each field of a goal system means, in one sentence; the same words stand at every form."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

HINTS: Mapping[str, LazyString] = {
    # goals
    "level": lazy_gettext("How far up the goal stands: a vision is the furthest, a specific goal can be checked."),
    "number": lazy_gettext("How your decision numbers the goal; the number need not be unique."),
    "heading": lazy_gettext("A few words for lists."),
    "goal_text": lazy_gettext("The goal, word for word as it was decided."),
    "parent": lazy_gettext("The goal above that this one serves; the vision stands alone."),
    "wording": lazy_gettext("In which wording of the goals it stands; empty for all of them."),
    "state": lazy_gettext("A deferred goal is shown with its reason, never as missed."),
    "state_reason": lazy_gettext("Why the goal is deferred or has ended; reports show it."),
    "review_on": lazy_gettext("When you will look at a deferred goal again."),
    "goal_reading": lazy_gettext("A note on how you read the goal; reports show it as yours, not as the decision’s."),
    "code": lazy_gettext("A short name such as IV.1; unique in this goal system."),
    # every indicator
    "id": lazy_gettext("A short name for reports, such as I5; unique in this goal system."),
    "text": lazy_gettext("By what the goal is judged, word for word as it was decided."),
    "goals": lazy_gettext("At which goals the decision names this indicator."),
    "goals_reading": lazy_gettext("More precise goals that it serves in your reading; reports show it there."),
    "target": lazy_gettext("Leave empty to observe without a judgement."),
    "comparison": lazy_gettext("Whether the value should be high or low."),
    "targets": lazy_gettext("From each day on its own target holds; what was judged before stays as it was."),
    "period": lazy_gettext("Over what time one figure is computed."),
    "starts_on": lazy_gettext("The first day that counts, if it is not the first day of the network."),
    "deadline": lazy_gettext("By when the count has to reach its target; until then it is open, not missed."),
    "span_from": lazy_gettext("First day, only for a fixed period."),
    "span_until": lazy_gettext("Last day, only for a fixed period."),
    "statement": lazy_gettext("Completes the sentence “47 of 64 respondents …” in the report."),
    "unit": lazy_gettext(
        "What is counted, such as “partners”; the sign for per cent shows a typed-in value as a percentage."
    ),
    "step": lazy_gettext("How far the effect reaches, from activities (1) to society (7)."),
    "reading": lazy_gettext("A note on the wording or on your reading of it; it stands beside the figure in reports."),
    "text_en": lazy_gettext("Shown on English pages."),
    "valid_from": lazy_gettext("Before this day the indicator does not appear in reports."),
    "valid_until": lazy_gettext("After this day the indicator does not appear in reports."),
    # answers
    "item": lazy_gettext("Whose answers are counted; only questions of published questionnaires can be chosen."),
    "affirming": lazy_gettext("Who ticked one of these agrees."),
    "not_applicable": lazy_gettext("Who ticked one of these cannot say, and leaves the base of the share."),
    "base": lazy_gettext("Of whom the share is a share."),
    "pooling": lazy_gettext("Which answers of a period are taken together."),
    "population": lazy_gettext("Whom the share speaks of; nobody knows all members, so there nothing is secure."),
    "surveyed": lazy_gettext("Only surveys at meetings for which all of this holds are counted."),
    "values": lazy_gettext("The number that stands for each answer; answers without a number are not on the scale."),
    # records
    "source": lazy_gettext("Which of your records are counted."),
    "where": lazy_gettext("A record counts if all of this holds."),
    "universe": lazy_gettext("Only records for which all of this holds are looked at."),
    "distinct_by": lazy_gettext(
        "Counts different values of a field instead of records: each actor group once, for example."
    ),
    "dated_by": lazy_gettext("Which date puts a record into a year."),
    "from_meeting": lazy_gettext("The first record that is asked, by date; 2 exempts the founding meeting."),
    "numerator": lazy_gettext("The number above the line."),
    "denominator": lazy_gettext("The number below the line."),
    "averaging": lazy_gettext("Whether each record counts the same, or large ones count more."),
    # changes and typed-in values
    "indicator": lazy_gettext("Whose share is compared."),
    "against": lazy_gettext("With which earlier share it is compared."),
    "against_on": lazy_gettext("Only for a fixed day: the last survey up to this day is compared with."),
    "value": lazy_gettext("The figure as the document gives it; a share as a decimal number, such as 0.67."),
    "as_of": lazy_gettext("The day of which the document speaks."),
    "source_text": lazy_gettext("Where the figure stands, so that everybody can look it up."),
    "lower": lazy_gettext("Lowest value the document allows for; without it no judgement is secure."),
    "upper": lazy_gettext("Highest value the document allows for; for an exact figure the same number in all three."),
    # head
    "title": lazy_gettext("Stands above every report."),
    "version": lazy_gettext("The state of the goal system, usually its day; a published one cannot be used again."),
    "system_id": lazy_gettext("A short name that stays the same from version to version."),
    "begins_on": lazy_gettext("First day of the network; years before the first full one are not judged."),
    "origin": lazy_gettext("Where the goals are written down."),
    "mandate": lazy_gettext("Who asked for them, with the date."),
    "target_group": lazy_gettext("Whose lives should change; reports say that nobody has measured this."),
    "remark": lazy_gettext("For those who edit the goal system; reports do not show it."),
    # parameters
    "confidence": lazy_gettext("How sure the range of uncertainty is; 95 per cent is usual."),
    "min_base": lazy_gettext("With fewer answers there is no judgement."),
    "min_group": lazy_gettext("Inside the network smaller groups are hidden; never fewer than 5."),
    "min_group_public": lazy_gettext("For everybody else smaller groups are hidden; never fewer than 10."),
    "min_group_sensitive": lazy_gettext("For sensitive questions smaller groups are hidden; never fewer than 20."),
    "nonresponse_allowance": lazy_gettext(
        "“Secure” allows for those who did not answer agreeing less by so many percentage points."
    ),
    "default_base": lazy_gettext("Of whom shares are a share unless an indicator says otherwise."),
}
