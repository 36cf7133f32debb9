"""What the three doors share: language, login, errors, messages, headers, base templates."""

BLUEPRINTS = ()
