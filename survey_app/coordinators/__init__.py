"""The coordinators' door: meetings, partners, needs, offers, surveys and posters, questionnaires, goals, settings."""

from survey_app.coordinators import (  # noqa: F401  # importing them attaches their views
    cards,
    designer,
    goals,
    limits,
    logo,
    meetings,
    needs,
    offers,
    openings,
    paper_entry,
    paper_sheets,
    partners,
    posters,
    questionnaires,
    quotations,
    record_tables,
    repeating,
    settings,
    slide,
    surveys,
    translations,
)
from survey_app.coordinators.blueprint import bp
from survey_app.coordinators.translations import visitors

BLUEPRINTS = (bp, visitors)
