"""The coordinators' door: meetings, partners, surveys with their posters, questionnaires, goals, settings."""

from survey_app.coordinators import (  # noqa: F401  # importing them attaches their views
    cards,
    goals,
    limits,
    meetings,
    openings,
    paper_entry,
    paper_sheets,
    partners,
    posters,
    questionnaires,
    quotations,
    settings,
    slide,
    surveys,
)
from survey_app.coordinators.blueprint import bp

BLUEPRINTS = (bp,)
