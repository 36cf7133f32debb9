"""The results of every question of one survey, after disclosure control, in the words that people read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import abort, g
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from survey_app.domain.membership import Right
from survey_app.domain.questionnaire import NO_ANSWER, Item, Questionnaire
from survey_app.evaluation import Reason
from survey_app.evaluation.wording.display import SHOW_PERCENT_FROM
from survey_app.extensions import db
from survey_app.services import released, releasing
from survey_app.services.released import ReleasedReport
from survey_app.staff.phrases import Phrase, phrase_of
from survey_app.staff.routes import bp
from survey_app.staff.showing import Shown, find_shown, render_shown
from survey_app.staff.wording import BASE_PARTS, REASONS
from survey_app.web.figures import number_text, share_text
from survey_app.web.gate import needs
from survey_app.web.locale import current_language


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line of a distribution.

    Attributes:
        answers: several where small ones are told together.
        share: per cent of the base as words, empty where they would say too much or too little.
        width: the same as a number from 0 to 100, for the bar.
    """

    answers: tuple[Phrase, ...]
    persons: str
    share: str
    width: str | None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """The results of one question.

    Attributes:
        withheld: why nothing is shown, None if something is.
        missing: who is not in the base, in words.
    """

    question: Phrase
    base: int | None
    missing: tuple[str, ...]
    lines: tuple[AnswerLine, ...]
    has_several: bool
    withheld: str | None


@bp.get("/reports/surveys/<survey>/", defaults={"release": None})
@bp.get("/reports/releases/<int:release>/surveys/<survey>/")
@needs(Right.READ_REPORTS)
def show_survey(survey: str, release: int | None) -> ResponseReturnValue:
    """Show the results of every question of one survey, as of today or as they were released."""
    shown = find_shown(release)
    if not isinstance(shown, Shown):
        return shown
    assessment = shown.assessment
    if isinstance(assessment, ReleasedReport):
        found = [one for one in assessment.descriptions if one["id"] == survey]
    else:
        found = releasing.describe_surveys(db.session(), assessment, only=survey)
    if not found:
        abort(404)
    line = next(one for one in assessment.report.surveys if one.id == survey)
    key = (found[0]["questionnaire"], found[0]["version"])
    questionnaire = released.find_questionnaires(db.session(), g.network)[key]
    results = list_results(found[0], questionnaire)
    return render_shown("staff/survey.html", shown, survey=line, questionnaire=questionnaire, results=results)


def list_results(description: Mapping[str, Any], questionnaire: Questionnaire) -> tuple[QuestionResult, ...]:
    """Return the results of a survey in the words of its questionnaire, in its order."""
    source = questionnaire.source_language
    items = {item.code: item for item in questionnaire.questions}
    return tuple(_build_result(entry, items[entry["code"]], source) for entry in description["items"])


def _build_result(entry: Mapping[str, Any], item: Item, source: str) -> QuestionResult:
    base = entry["base"]
    return QuestionResult(
        question=phrase_of(item.texts, source),
        base=base,
        missing=_list_missing(entry["missing"] or {}),
        lines=tuple(_build_line(cell, item, base, source) for cell in entry["cells"]),
        has_several=entry["several"],
        withheld=None if entry["reason"] is None else str(REASONS[Reason(entry["reason"])]),
    )


def _list_missing(missing: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(f"{BASE_PARTS[name]}: {number_text(count)}" for name, count in missing.items() if count)


def _build_line(cell: Mapping[str, Any], item: Item, base: int, source: str) -> AnswerLine:
    answers = _list_answers(cell["codes"], item, source)
    if cell["count"] is None:
        limit = int("".join(filter(str.isdigit, cell["display"])))
        return AnswerLine(answers, ngettext("fewer than %(num)s", "fewer than %(num)s", limit), "", None)
    share = Fraction(cell["share"])
    width = f"{float(share * 100):.2f}"
    percent = share_text(share) if base >= SHOW_PERCENT_FROM else ""
    return AnswerLine(answers, number_text(cell["count"]), percent, width if percent else None)


def _list_answers(codes: Sequence[str], item: Item, source: str) -> tuple[Phrase, ...]:
    texts = {choice.code: choice.texts for choice in (*item.options, *item.classes)}
    language = current_language().tag
    return tuple(
        phrase_of(texts[code], source)
        if code in texts
        else Phrase(gettext("no answer") if code == NO_ANSWER else code, language)
        for code in codes
    )
