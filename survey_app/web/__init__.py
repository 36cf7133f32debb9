"""What the three doors share: language, login, errors, messages, headers, base templates."""

from survey_app.web.public import bp as public

BLUEPRINTS = (public,)
