"""The page for the projector: the code to be scanned, the address, and how many have answered, in steps of ten."""

from datetime import UTC, datetime

from flask import g, render_template
from flask.typing import ResponseReturnValue

from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.posters import announce_survey, embed_picture
from survey_app.coordinators.surveys import count_received, load_survey
from survey_app.domain.duties import Stage, stage_of
from survey_app.domain.membership import Right
from survey_app.files.qr import render_svg
from survey_app.web.gate import needs

SECONDS = 20
"""After which the counter is looked at again; it moves in steps of ten, so that nobody sees when somebody answers."""

_LONG, _LONG_ADDRESS = 80, 30
"""Characters from which on title and motto, or the address, are set smaller."""

_TO_COME = frozenset({Stage.DRAFT, Stage.SCHEDULED})


@bp.get("/surveys/<code>/slide")
@needs(Right.ORGANISE)
def show_slide(code: str) -> ResponseReturnValue:
    """Show the slide; ``languages`` (tags separated by commas, or repeated) chooses and orders the invitations."""
    survey = load_survey(code)
    said = announce_survey(survey)
    stage = stage_of(survey, datetime.now(UTC))
    short_address = said.address.split("://", 1)[-1]
    return render_template(
        "coordinators/slide.html",
        survey=survey,
        said=said,
        is_open=stage is Stage.OPEN,
        is_to_come=stage in _TO_COME,
        counted=count_received(survey) if stage is Stage.OPEN else 0,
        seconds=SECONDS,
        short_address=short_address,
        is_long=len(said.title or said.network) + len(said.motto) > _LONG,
        is_long_address=len(short_address) > _LONG_ADDRESS,
        picture=embed_picture(render_svg(said.address, title=said.address)),
        logo=said.logo,
        is_synthetic=survey.is_synthetic or g.network.is_synthetic,
    )
