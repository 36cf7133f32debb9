"""The way to a new indicator: what is counted, and from which question or records."""

from collections.abc import Mapping

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.goals import drafts
from survey_app.coordinators.goals.measure_forms import RATIO_SOURCES
from survey_app.coordinators.goals.overview import ONE
from survey_app.domain.membership import Right
from survey_app.domain.text import wording
from survey_app.evaluation.goals.indicators import Kind
from survey_app.evaluation.goals.sources import Source
from survey_app.extensions import db
from survey_app.services.question_catalogue import Question, list_questions
from survey_app.web import goal_words
from survey_app.web.gate import needs
from survey_app.web.locale import current_language

EXAMPLES: Mapping[Kind, tuple[LazyString, LazyString]] = {
    Kind.ANSWER_SHARE: (
        lazy_gettext("Counts who agrees to a question, of everybody who was asked."),
        lazy_gettext("at least 60 per cent have made contacts that would not have come about otherwise"),
    ),
    Kind.RECORD_COUNT: (
        lazy_gettext("Counts meetings, partners, needs or offers that you have recorded."),
        lazy_gettext("at least 2 network meetings in every full calendar year"),
    ),
    Kind.RECORD_SHARE: (
        lazy_gettext("Asks of how many of your records something holds; with the target 100 per cent: of all."),
        lazy_gettext("every meeting offers an opportunity to present good practice"),
    ),
    Kind.MEAN_RATIO: (
        lazy_gettext("Divides two recorded numbers and takes the mean over all records."),
        lazy_gettext("on average at least 40 per cent of those invited come"),
    ),
    Kind.ANSWER_MEAN: (
        lazy_gettext("Turns the answers of a scale into numbers and takes their mean."),
        lazy_gettext("the benefit is rated at least 3 out of 4 on average"),
    ),
    Kind.SHARE_CHANGE: (
        lazy_gettext("Compares the share of another indicator with an earlier one."),
        lazy_gettext("not fewer than in the year before see a benefit"),
    ),
    Kind.MANUAL_VALUE: (
        lazy_gettext("Takes a figure from a document that you name."),
        lazy_gettext("the district council has received at least 2 reports this year"),
    ),
}
"""Each kind in one sentence, with an example; the most frequent first."""

_ASK_QUESTION = (Kind.ANSWER_SHARE, Kind.ANSWER_MEAN)
_ASK_SOURCE = (Kind.RECORD_COUNT, Kind.RECORD_SHARE, Kind.MEAN_RATIO)


@bp.get(f"{ONE}/indicators/choose")
@needs(Right.ORGANISE)
def choose_indicator(system_id: int) -> ResponseReturnValue:
    """Lead to the form of a new indicator, one decision a page."""
    stored = drafts.load_draft(system_id)
    start = {name: request.args[name] for name in ("goal", "kind") if request.args.get(name)}
    kind = Kind(start["kind"]) if start.get("kind") in tuple(Kind) else None
    goal = stored.goal_system.find_goal(start.get("goal", ""))
    shown = {"stored": stored, "goal": goal, "start": start, "words": goal_words}
    if kind is None:
        return render_template("coordinators/goals/choose_kind.html", examples=EXAMPLES, next_step=_next_step, **shown)
    if kind in _ASK_QUESTION:
        questions = list_questions(db.session(), network_id=g.network.id)
        return render_template(
            "coordinators/goals/choose_question.html", questions=questions, words_of=_words_of, **shown
        )
    sources = RATIO_SOURCES if kind is Kind.MEAN_RATIO else tuple(Source)
    return render_template("coordinators/goals/choose_source.html", sources=sources, **shown)


def _next_step(system_id: int, kind: Kind, start: Mapping[str, str]) -> str:
    """Return where the choice of a kind leads: to a further choice, or to the form."""
    has_more = kind in (*_ASK_QUESTION, *_ASK_SOURCE)
    endpoint = "coordinators.choose_indicator" if has_more else "coordinators.add_indicator"
    return url_for(endpoint, system_id=system_id, **{**start, "kind": str(kind)})


def _words_of(question: Question) -> tuple[str, str]:
    return wording(question.item.texts, current_language().tag, source=question.source_language)
