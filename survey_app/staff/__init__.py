"""Front door of the staff: what the network's surveys and records say about its goals."""

from survey_app.staff import questions, releases, screen  # noqa: F401  # importing them attaches their views
from survey_app.staff.routes import bp

BLUEPRINTS = (bp,)
