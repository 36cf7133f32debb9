"""The door itself: every address below ``/n/<network>/`` that coordinators use, behind the wall."""

from typing import Any

from flask import Blueprint, current_app, g, url_for

from survey_app.coordinators.local_time import describe_moment
from survey_app.web.gate import guard
from survey_app.web.vocabulary import label_of

LARGEST_ID = 2**31 - 1
"""The largest key both databases can look for; an address with a larger one names nothing."""

bp = Blueprint("coordinators", __name__, url_prefix="/n/<network>")
guard(bp)


@bp.context_processor
def name_helpers() -> dict[str, Any]:
    """Give the templates of this door their words and dates."""
    return {"describe_moment": describe_moment, "label_of": label_of, "report_address": report_address()}


def report_address() -> str | None:
    """Return the address of the network's report, None while no such page exists."""
    return url_for("staff.show_report", network=g.network.slug) if _has_report() and "network" in g else None


def _has_report() -> bool:
    return "staff.show_report" in current_app.view_functions
