"""What the templates of this door may call."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import format_date, gettext, ngettext
from markupsafe import Markup, escape

from survey_app.domain.book import Meeting
from survey_app.domain.duties import IN_RECORD
from survey_app.evaluation import Verdict
from survey_app.evaluation.goals.goals import Goal, Parameters, Tier
from survey_app.evaluation.goals.indicators import Indicator
from survey_app.services.released import ReleasedReport
from survey_app.services.reporting import Assessment
from survey_app.staff import facts, wording
from survey_app.staff.breakdowns import find_grouped_row
from survey_app.staff.tasks import Task
from survey_app.web import definition, figures
from survey_app.web.figure_parts import list_figure_helpers
from survey_app.web.gate import may, right_of
from survey_app.web.locale import current_language
from survey_app.web.templating import in_own_direction

_GERMAN = "de"
_MEETING_PAGE, _RECORD_PAGE = "coordinators.show_meeting", "coordinators.edit_meeting"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the goal system and the language it is in."""

    text: str
    language: str


def list_helpers() -> dict[str, Any]:
    """Return the functions and tables that the templates of this door use."""
    return {
        **list_figure_helpers(),
        "facts": facts,
        "find_grouped_row": find_grouped_row,
        "definition": definition,
        "passage_of": passage_of,
        "method_sentences": method_sentences,
        "head_facts": head_facts,
        "question_facts": question_facts,
        "surveys_by_id": surveys_by_id,
        "task_address": task_address,
        "summary_sentence": summary_sentence,
        "Verdict": Verdict,
        "words": wording,
    }


def passage_of(thing: Goal | Indicator) -> Passage:
    """Return the text of a goal or an indicator: verbatim, or on an English page in English if there is one."""
    if current_language().tag == "en" and thing.text_en:
        return Passage(thing.text_en.strip(), "en")
    return Passage(thing.text.strip(), _GERMAN)


def summary_sentence(counts: Mapping[str, int]) -> str:
    """Return "6 of 9 targets reached, 4 of them secure", from the summary of a report."""
    secure = counts[Verdict.REACHED_SECURE]
    reached = secure + counts[Verdict.REACHED_POINT]
    return gettext(
        "%(reached)s of %(all)s targets reached, %(secure)s of them secure",
        reached=reached,
        all=counts["with_target"],
        secure=secure,
    )


def head_facts(assessment: Assessment | ReleasedReport) -> list[tuple[str, Markup]]:
    """Return what a report is about: network, goals with their mandate and source, contact."""
    goals, network = assessment.goal_system, assessment.network
    version = gettext("version of %(version)s", version=goals.version)
    pairs: list[tuple[str, str | Markup | None]] = [
        (gettext("Network"), in_own_direction(network.name)),
        (gettext("Goal system"), Markup("{} – {}").format(in_own_direction(goals.title, _GERMAN), version)),
        (gettext("Mandate"), goals.mandate and in_own_direction(goals.mandate, _GERMAN)),
        (gettext("Source of the goals"), goals.source and in_own_direction(goals.source, _GERMAN)),
        (gettext("Contact"), network.contact_email and in_own_direction(network.contact_email)),
    ]
    return [(term, escape(value)) for term, value in pairs if value]


def question_facts(assessment: Assessment | ReleasedReport) -> list[tuple[str, str]]:
    """Return what the form asks, for paper, where there is no form: day and readers."""
    return [
        (gettext("As of"), format_date(assessment.cut_off, "long")),
        (gettext("Readers"), str(wording.TIERS[assessment.report.tier])),
    ]


def method_sentences(parameters: Parameters, tier: Tier) -> list[str]:
    """Return how the figures came about, in few sentences with the numbers that were used."""
    confidence = figures.share_text(parameters.confidence)
    points = figures.points_text(parameters.nonresponse_allowance)
    minimum, sensitive = parameters.minimum(tier), parameters.minimum(tier, sensitive=True)
    return [
        gettext("Everyone present at the meetings was asked; taking part was voluntary and anonymous."),
        gettext("Percentages refer to %(base)s.", base=wording.BASES[parameters.base]),
        gettext(
            "The uncertainty is a %(confidence)s range after Wilson, corrected for the number of people present.",
            confidence=confidence,
        ),
        gettext(
            "“Secure” also allows for those who did not answer agreeing %(points)s percentage points less.",
            points=points,
        ),
        ngettext(
            "With fewer than %(num)s answer there is no judgement.",
            "With fewer than %(num)s answers there is no judgement.",
            parameters.min_base,
        ),
        gettext(
            "Groups with fewer than %(minimum)s answers are not shown, nor are sensitive questions with fewer than "
            "%(sensitive)s.",
            minimum=minimum,
            sensitive=sensitive,
        ),
    ]


def surveys_by_id(assessment: Assessment | ReleasedReport) -> Mapping[str, str]:
    """Return the title of the meeting behind each survey, or its day, by the survey's id."""
    if isinstance(assessment, ReleasedReport):
        return assessment.titles
    meetings = {meeting.id: meeting for meeting in assessment.book.meetings or ()}
    return {tally.id: _name(meetings.get(tally.meeting or "")) for tally in assessment.tallies}


def _name(meeting: Meeting | None) -> str:
    if meeting is None:
        return ""
    return meeting.title or (format_date(meeting.date, "medium") if meeting.date else "")


def task_address(task: Task) -> str | None:
    """Return where somebody can do a task; None if they may not, or there is no such page."""
    is_record_alone = not task.is_running and set(task.duties) <= IN_RECORD
    endpoint = _RECORD_PAGE if is_record_alone else _MEETING_PAGE
    if endpoint not in current_app.view_functions or task.meeting is None:
        return None
    right = right_of(endpoint)
    if right is None or not may(right):
        return None
    return url_for(endpoint, meeting_id=task.meeting.id)
