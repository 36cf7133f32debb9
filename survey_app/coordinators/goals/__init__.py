"""Goal systems at the coordinators' door: begin one, build its tree and its indicators, compare, publish."""

from survey_app.coordinators.goals import (  # noqa: F401  # importing them attaches their views
    goal_pages,
    indicator_pages,
    indicator_start,
    overview,
    rule_pages,
    starting,
    versions,
)
