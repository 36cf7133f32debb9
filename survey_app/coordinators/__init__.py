"""Front door."""

BLUEPRINTS = ()
