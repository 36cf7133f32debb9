"""Translating one language of a draft: what coordinators and people with a link have in common."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from survey_app.coordinators.fields import submitted_form
from survey_app.coordinators.survey_forms import title_of
from survey_app.coordinators.translations.rows import PROGRESS, build_groups, build_rows, list_texts, read_rows
from survey_app.domain.errors import InvalidRecord, Problem
from survey_app.domain.translating import LONGEST_WORDS, Translated, WordingConflict
from survey_app.extensions import db
from survey_app.services import translating
from survey_app.services.questionnaire_design import StoredQuestionnaire


@dataclass(frozen=True, slots=True)
class Bench:
    """A place where one language of a draft is translated.

    Attributes:
        address: of this page; `way_back`: of the page above it, None for people with a link.
    """

    stored: StoredQuestionnaire
    language: str
    network_id: int
    address: str
    way_back: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What becomes of a form that could not be saved as a whole: everything typed stays on the page."""

    status: int = 200
    given: Sequence[Translated] = ()
    problems: Sequence[Problem] = ()
    conflicts: Sequence[WordingConflict] = ()


def serve(bench: Bench) -> ResponseReturnValue:
    """Show the texts, all or those that need somebody, or save what was typed."""
    typed = submitted_form()
    if typed is None:
        return _show(bench, _Answer())
    given = read_rows(typed)
    try:
        saved = translating.save_translations(
            db.session(), bench.stored.id, bench.language, given, network_id=bench.network_id
        )
    except InvalidRecord as error:
        return _show(bench, _Answer(400, given, error.problems))
    if saved.conflicts:
        left = {conflict.path for conflict in saved.conflicts}
        kept = [one for one in given if one.path in left]
        return _show(replace(bench, stored=saved.stored), _Answer(409, kept, conflicts=saved.conflicts))
    flash(gettext("Saved."), "success")
    show = "?show=open" if _shows_open() else ""
    place = typed.get("at", "")
    return redirect(f"{bench.address}{show}{f'#place-{place}' if place.isdecimal() else ''}", 303)


def _shows_open() -> bool:
    return request.args.get("show") == "open"


def _show(bench: Bench, answer: _Answer) -> ResponseReturnValue:
    questionnaire = bench.stored.questionnaire
    texts = list_texts(bench.stored, bench.language)
    rows = build_rows(
        texts,
        questionnaire.source_language,
        bench.language,
        only_open=_shows_open(),
        typed={one.path: one for one in answer.given},
        problems=answer.problems,
        conflicts=answer.conflicts,
    )
    page = render_template(
        "coordinators/translations/workbench.html",
        bench=bench,
        questionnaire=questionnaire,
        form=FlaskForm(),
        groups=build_groups(questionnaire, rows),
        counts=Counter(text.progress for text in texts),
        total=len(texts),
        shows_open=_shows_open(),
        progress=PROGRESS,
        gone=[conflict for conflict in answer.conflicts if conflict.theirs is None],
        answer=answer,
        title_of=title_of,
        longest=LONGEST_WORDS,
    )
    return page, answer.status
