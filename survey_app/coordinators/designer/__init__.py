"""Questionnaires at the coordinators' door: begin one, write and order its items, check, compare, publish."""

from survey_app.coordinators.designer import (  # noqa: F401  # importing them attaches their views
    around,
    exchange_pages,
    item_pages,
    order_pages,
    overview,
    preview,
    publishing_pages,
    rule_pages,
    series_pages,
    starting,
)
