"""Results on the wall of the room: one question after another, first asked, then answered.

Whoever is in the room is the public, so only what was released to the public is shown.
"""

from collections.abc import Sequence

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from survey_app.domain.membership import Right
from survey_app.evaluation.goals.goals import Tier
from survey_app.extensions import db
from survey_app.services import released
from survey_app.staff.questions import QuestionResult, list_results
from survey_app.staff.routes import bp
from survey_app.staff.showing import load_readable
from survey_app.web.gate import needs


@bp.get("/reports/releases/<int:release>/surveys/<survey>/screen")
@needs(Right.READ_REPORTS)
def show_screen(release: int, survey: str) -> ResponseReturnValue:
    """Show one step for the projector; ``step`` 0 is the title, then each question without and with its answers."""
    report = load_readable(release)
    description = next((one for one in report.descriptions if one["id"] == survey), None)
    if description is None or report.report.tier is not Tier.PUBLIC:
        abort(404)
    key = (description["questionnaire"], description["version"])
    everything = list_results(description, released.find_questionnaires(db.session(), g.network)[key])
    results = [result for result in everything if result.lines]
    last = 2 * len(results)
    step = min(_read_step(), last)
    return render_template(
        "staff/screen.html",
        release=report.mark,
        survey=next(one for one in report.report.surveys if one.id == survey),
        title=report.titles.get(survey, ""),
        result=results[(step - 1) // 2] if step else None,
        number=(step + 1) // 2,
        total=len(results),
        untold=_count_withheld(everything),
        is_revealed=step % 2 == 0,
        step=step,
        last=last,
    )


def _read_step() -> int:
    asked = request.args.get("step", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0


def _count_withheld(results: Sequence[QuestionResult]) -> int:
    return sum(result.withheld is not None for result in results)
