"""The page behind a translator's link: one language of one draft, for whoever holds the secret, and nothing else."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from survey_app.coordinators.translations.workbench import Bench, serve
from survey_app.domain.errors import UnknownLink
from survey_app.extensions import db
from survey_app.services import translating

visitors = Blueprint("translators", __name__)


@visitors.route("/translate/<token>/", methods=["GET", "POST"])
def translate(token: str) -> ResponseReturnValue:
    """Translate what the link opens; a link that has ended says so and shows nothing."""
    try:
        link, stored = translating.follow_link(db.session(), token, now=datetime.now(UTC))
    except UnknownLink:
        return render_template("coordinators/translations/link_ended.html"), 404
    here = url_for("translators.translate", token=token)
    return serve(Bench(stored, link.language, link.network_id, here))
