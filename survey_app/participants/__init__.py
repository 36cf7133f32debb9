"""Front door: phones. Everything a participant sees, from the code to the thanks."""

from survey_app.participants.refusals import register_refusals
from survey_app.participants.routes import bp

register_refusals(bp)

BLUEPRINTS = (bp,)
